#!/usr/bin/env bash
# run-buildbot.sh ROOT PY ORDERS-PORT WORKER-PORT CALLBACK SECRET DATA - runs a Buildbot master and a worker on 127.0.0.1.
#
# ROOT is where they are unpacked, PY the folder of gatehouse.py, DATA a folder for what they keep. They live as long as
# this script's standard input is open: when the starting process ends, however it ends, the pipe closes, both stop, and
# DATA is gone.
set -euo pipefail
trap '' INT # Ctrl-C reaches the whole process group; the closing pipe is the signal to stop

root=${1:?}
export GATEHOUSE_PY=${2:?} ORDERS_PORT=${3:?} WORKER_PORT=${4:?} CALLBACK=${5:?} SECRET=${6:?} BUILDBOT_DATA=${7:?}
here=$(cd "$(dirname "$0")" && pwd)
log=$BUILDBOT_DATA/log
running=()
finish() {
  if [ "${#running[@]}" -gt 0 ]; then kill -KILL "${running[@]}" && wait "${running[@]}"; fi 2>/dev/null || true
  rm -rf "$BUILDBOT_DATA"
}
trap finish EXIT
trap 'tail -qn 8 "$log" "$BUILDBOT_DATA"/*/twistd.log >&2' ERR

# shellcheck disable=SC1091
. "$here/python.sh" "$root"
"${python[@]}" "$root/usr/bin/buildbot" create-master "$BUILDBOT_DATA/master" </dev/null >>"$log" 2>&1
cp "$here/master.cfg" "$BUILDBOT_DATA/master/"
"${python[@]}" "$root/usr/bin/buildbot-worker" create-worker "$BUILDBOT_DATA/worker" "127.0.0.1:$WORKER_PORT" w1 loopback \
  </dev/null >>"$log" 2>&1
"${python[@]}" "$root/usr/bin/buildbot" start --nodaemon "$BUILDBOT_DATA/master" </dev/null >>"$log" 2>&1 &
running+=("$!")
until (: <>"/dev/tcp/127.0.0.1/$WORKER_PORT") 2>/dev/null; do
  kill -0 "${running[0]}"
  sleep 0.2
done
"${python[@]}" "$root/usr/bin/buildbot-worker" start --nodaemon "$BUILDBOT_DATA/worker" </dev/null >>"$log" 2>&1 &
running+=("$!")

# Three ends are possible: the starter is gone, or one of the two is.
cat <&0 >/dev/null & # without <&0 a background command reads /dev/null
starter=$!
wait -n "${running[@]}" "$starter" || true
kill -0 "${running[@]}" 2>/dev/null
