#!/usr/bin/env bash
# run-prometheus.sh PORT PROGRAM TARGET - runs a Prometheus on 127.0.0.1:PORT that scrapes TARGET five times a second.
#
# It lives as long as this script's standard input is open: when the starting process ends, however it ends, the pipe
# closes, the server stops, its data are gone.
set -euo pipefail
trap '' INT # Ctrl-C reaches the whole process group; the closing pipe is the signal to stop

port=${1:?} program=${2:?} target=${3:?}
data=$(mktemp -d "${TMPDIR:-/tmp}/gatehouse-prometheus.XXXXXX")
server=
finish() {
  if [ -n "$server" ]; then kill -KILL "$server" && wait "$server"; fi 2>/dev/null || true
  rm -rf "$data"
}
trap finish EXIT

cat >"$data/prometheus.yml" <<CONF
global: {scrape_interval: 200ms, scrape_timeout: 200ms}
scrape_configs:
  - {job_name: sample, static_configs: [{targets: ["$target"]}]}
CONF
"$program" --config.file="$data/prometheus.yml" --storage.tsdb.path="$data/tsdb" --log.level=warn \
  --web.listen-address="127.0.0.1:$port" </dev/null >"$data/log" 2>&1 &
server=$!

# Two ends are possible: the starter is gone, or the server is.
cat <&0 >/dev/null & # without <&0 a background command reads /dev/null
starter=$!
wait -n "$server" "$starter" || true
kill -0 "$server" 2>/dev/null || { tail -2 "$data/log" >&2; exit 1; }
