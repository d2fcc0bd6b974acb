#!/usr/bin/env bash
# run-sshd.sh ROOT ADDRESS PORT DATA [GATEWAY] - runs the sshd unpacked in ROOT on ADDRESS:PORT with keys of its own, made in
# DATA. With a GATEWAY it does so in a network namespace of its own, at the other end of a cable whose end here has that
# address; only root can have one.
#
# Whoever started it may sign in as themselves with DATA/key, and find the host key in DATA/known_hosts. It lives as long
# as this script's standard input is open: when the starting process ends, however it ends, the pipe closes, the server
# stops, and DATA and the namespace are gone.
set -euo pipefail
trap '' INT # Ctrl-C reaches the whole process group; the closing pipe is the signal to stop

root=${1:?} address=${2:?} port=${3:?} data=${4:?} gateway=${5:-}
server= namespace=
finish() {
  if [ -n "$server" ]; then kill -KILL "$server" && wait "$server"; fi 2>/dev/null || true
  if [ -n "$namespace" ]; then unplug "$namespace"; fi
  rm -rf "$data"
}
trap finish EXIT

unplug() { # the cable goes with the namespace, but not before the last process in there has ended
  ip link delete "$1" 2>/dev/null || true
  ip netns delete "$1" 2>/dev/null || true
}

if [ -n "$gateway" ]; then
  for left in $(ip netns list | sed -n 's/^\(gh-ssh-\([0-9]*\)\).*/\1/p'); do # by scripts that were killed
    kill -0 "${left#gh-ssh-}" 2>/dev/null || unplug "$left"
  done
  namespace=gh-ssh-$$
  ip netns add "$namespace"
  ip link add "$namespace" type veth peer name cable netns "$namespace"
  ip address add "$gateway/30" dev "$namespace"
  ip link set "$namespace" up
  ip -netns "$namespace" address add "$address/30" dev cable
  ip -netns "$namespace" link set cable up
fi

ssh-keygen -q -t ed25519 -N '' -f "$data/host-key"
ssh-keygen -q -t ed25519 -N '' -f "$data/key"
cp "$data/key.pub" "$data/authorized"
printf '[%s]:%s %s\n' "$address" "$port" "$(cat "$data/host-key.pub")" >"$data/known_hosts"
cat >"$data/sshd_config" <<CONF
ListenAddress $address:$port
HostKey $data/host-key
AuthorizedKeysFile $data/authorized
AuthenticationMethods publickey
PermitRootLogin prohibit-password
StrictModes no
UsePAM no
PidFile none
Subsystem sftp internal-sftp
CONF

libraries=$(printf '%s:' "$root"/usr/lib/*-linux-gnu "$root"/lib/*-linux-gnu)
sshd=(env "LD_LIBRARY_PATH=${libraries%:}" "$root/usr/sbin/sshd" -D -f "$data/sshd_config" -E "$data/log")
if [ "$(id -u)" -eq 0 ]; then
  # As root it wants an account and a folder that come with the installed package. Only it sees the ones made here.
  { cat /etc/passwd; echo 'sshd:x:65534:65534::/run/sshd:/usr/sbin/nologin'; } >"$data/passwd"
  # shellcheck disable=SC2016
  sshd=(unshare --mount sh -c 'mount --bind "$0" /etc/passwd && mount -t tmpfs none /run && mkdir -m 755 /run/sshd && exec "$@"'
    "$data/passwd" "${sshd[@]}")
fi
if [ -n "$namespace" ]; then sshd=(ip netns exec "$namespace" "${sshd[@]}"); fi
"${sshd[@]}" </dev/null >>"$data/log" 2>&1 &
server=$!

# Two ends are possible: the starter is gone, or the server is.
cat <&0 >/dev/null & # without <&0 a background command reads /dev/null
starter=$!
wait -n "$server" "$starter" || true
kill -0 "$server" 2>/dev/null || { tail -n 5 "$data/log" >&2; exit 1; }
