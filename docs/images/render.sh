#!/bin/sh
# Draws a process as SVG: docs/images/render.sh processes/change/NormalChange.bpmn docs/images/normal-change.svg
# Needs npm (to fetch bpmn-js) and Chromium. The pictures are committed, so only whoever redraws a process needs them.
set -eu
model=$(realpath "$1")
picture=$(realpath "$(dirname "$2")")/$(basename "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent bpmn-js@17.11.1 >/dev/null
tar -xzf bpmn-js-*.tgz
{
  echo '<!doctype html><meta charset="utf-8"><div id="canvas"></div><pre id="picture"></pre>'
  echo '<script src="package/dist/bpmn-viewer.production.min.js"></script>'
  printf '<script>const model = "%s";\n' "$(base64 -w0 "$model")"
  cat <<'SCRIPT'
const bytes = Uint8Array.from(atob(model), character => character.charCodeAt(0));
const viewer = new BpmnJS({ container: '#canvas' });
viewer.importXML(new TextDecoder().decode(bytes))
  .then(() => viewer.saveSVG())
  .then(({ svg }) => {
    const encoded = new TextEncoder().encode(svg);
    document.getElementById('picture').textContent = 
        btoa(Array.from(encoded, byte => String.fromCharCode(byte)).join(''));
  });
</script>
SCRIPT
} > page.html
chromium --headless --no-sandbox --disable-gpu --virtual-time-budget=20000 --dump-dom "file://$work/page.html" 2>/dev/null |
  sed -n 's/.*<pre id="picture">\([^<]*\)<.*/\1/p' | base64 -d > "$picture"
test -s "$picture"
