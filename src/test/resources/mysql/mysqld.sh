#!/usr/bin/env bash
# mysqld.sh ROOT ARGUMENT... - becomes the mysqld unpacked under ROOT, run with the C library it was unpacked with.
set -euo pipefail
root=${1:?usage: mysqld.sh ROOT ARGUMENT...}
shift
libraries=$root/usr/lib/$(uname -m)-linux-gnu
exec "$libraries"/ld-linux-*.so.* --library-path "$libraries" "$root/usr/sbin/mysqld" "$@"
