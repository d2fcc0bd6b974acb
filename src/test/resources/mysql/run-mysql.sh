#!/usr/bin/env bash
# run-mysql.sh PORT USER fast|durable|stock ROOT - runs the mysqld unpacked under ROOT on 127.0.0.1:PORT with fresh data.
#
# fast does not wait for the disk, durable does, stock does too and is otherwise as it comes, with its binary log.
# USER may do everything, with the password in $MYSQL_TEST_PASSWORD. The server lives as long as this script's standard
# input is open: when the starting process ends, however it ends, the pipe closes, the server stops, its data are gone.
set -euo pipefail
trap '' INT # Ctrl-C reaches the whole process group; the closing pipe is the signal to stop

here=$(dirname "$0")
port=${1:?} user=${2:?} mode=${3:?} root=${4:?}
data=$(mktemp -d "${TMPDIR:-/tmp}/gatehouse-mysql.XXXXXX")
empty=$root/empty # the data of a server that nobody has used yet
server=
# Not by request: its data go anyway, and a server that is still shutting down when they do spins for ever.
finish() {
  if [ -n "$server" ]; then kill -KILL "$server" && wait "$server"; fi 2>/dev/null || true
  rm -rf "$data" "$empty.$$"
}
trap finish EXIT

options=(--no-defaults --user="$(id -un)" --basedir="$root/usr" --datadir="$data/data"
  --lc-messages-dir="$root/usr/share/mysql" --character-sets-dir="$root/usr/share/mysql/charsets"
  --plugin-dir="$root/usr/lib/mysql/plugin" --secure-file-priv=NULL --mysqlx=OFF --log-error="$data/log.err")
fail() { tail -2 "$data/log.err" >&2; exit 1; }
if [ ! -d "$empty" ]; then # made once, as it comes, which takes seconds; of several at the same time the first one counts
  bash "$here/mysqld.sh" "$root" "${options[@]}" --initialize-insecure </dev/null || fail
  cp -r "$data/data" "$empty.$$"
  mv -T "$empty.$$" "$empty" 2>/dev/null || true
else
  cp -r "$empty" "$data/data"
fi

if [ "$mode" != stock ]; then
  options+=(--skip-log-bin --performance-schema=OFF --innodb-buffer-pool-size=256M --max-connections=300)
fi
if [ "$mode" = fast ]; then
  options+=(--innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=OFF)
fi

cat >"$data/user.sql" <<SQL
CREATE USER IF NOT EXISTS '$user'@'%' IDENTIFIED BY '$MYSQL_TEST_PASSWORD';
GRANT ALL ON *.* TO '$user'@'%' WITH GRANT OPTION;
SQL
bash "$here/mysqld.sh" "$root" "${options[@]}" --init-file="$data/user.sql" --skip-name-resolve \
  --bind-address=127.0.0.1 --port="$port" --socket="$data/socket" --pid-file="$data/pid" </dev/null &
server=$!

# Two ends are possible: the starter is gone, or the server is.
cat <&0 >/dev/null & # without <&0 a background command reads /dev/null
starter=$!
wait -n "$server" "$starter" || true
kill -0 "$server" 2>/dev/null || fail
