#!/usr/bin/env bash
# run-keycloak.sh PORT HOSTNAME HOME REALM - runs the Keycloak built in HOME on 127.0.0.1:PORT with fresh data in memory
# and the realm of the file REALM, known to the world as HOSTNAME.
#
# What REALM asks for comes from the environment, and so do name and password of the administrator. The server lives as
# long as this script's standard input is open: when the starting process ends, however it ends, the pipe closes, the
# server stops, its data are gone.
set -euo pipefail
trap '' INT # Ctrl-C reaches the whole process group; the closing pipe is the signal to stop

port=${1:?} hostname=${2:?} home=${3:?} realm=${4:?}
run=$(mktemp -d "${TMPDIR:-/tmp}/gatehouse-keycloak.XXXXXX")
trap 'rm -rf "$run"' EXIT

# A home of its own, because Keycloak writes into it; only what was built is shared.
mkdir -p "$run"/{data/import,providers,themes}
cp -r "$home/bin" "$home/conf" "$run"
ln -s "$home/lib" "$run/lib"
cp "$realm" "$run/data/import/realm.json"

# The first of the compilers only: this server is stopped before the second would pay off.
JAVA_OPTS_APPEND="-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m" bash "$run/bin/kc.sh" start --optimized --import-realm \
  --http-enabled=true --http-host=127.0.0.1 --http-port="$port" --hostname="$hostname" </dev/null >"$run/log" 2>&1 &
server=$!

# Two ends are possible: the starter is gone, or the server is.
cat <&0 >/dev/null & # without <&0 a background command reads /dev/null
starter=$!
wait -n "$server" "$starter" || true
if kill "$server" 2>/dev/null; then wait "$server" || true; else grep -m3 ERROR "$run/log" >&2 || tail -2 "$run/log" >&2; exit 1; fi
