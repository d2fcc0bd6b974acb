#!/usr/bin/env bash
# run-docker-mysql.sh PORT root fast|durable|stock - runs MySQL in a container that is published on 127.0.0.1:PORT only.
#
# The password is in $MYSQL_TEST_PASSWORD. The container lives as long as this script's standard input is open.
set -euo pipefail
trap '' INT

port=${1:?} mode=${3:?}
name=gatehouse-mysql-$port
options=()
if [ "$mode" != stock ]; then
  options+=(--performance-schema=OFF --innodb-buffer-pool-size=256M --max-connections=300 --skip-log-bin)
fi
if [ "$mode" = fast ]; then
  options+=(--innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=OFF)
fi

MYSQL_ROOT_PASSWORD=$MYSQL_TEST_PASSWORD docker run --detach --name "$name" --env MYSQL_ROOT_PASSWORD \
  --publish "127.0.0.1:$port:3306" mysql:8.4 "${options[@]}" >/dev/null
trap 'docker rm --force --volumes "$name" >/dev/null 2>&1' EXIT

# Ends with the pipe, or with the container: then its last words are the reason.
cat <&0 >/dev/null &
starter=$!
docker wait "$name" >/dev/null 2>&1 &
wait -n "$starter" "$!" || true
if kill "$starter" 2>/dev/null; then docker logs --tail 2 "$name" >&2 || true; exit 1; fi
