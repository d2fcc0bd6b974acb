#!/usr/bin/env bash
# unpack-mysql.sh DIR - unpacks a real mysqld of the distribution into DIR and prints its version.
#
# For tests on a machine without MySQL and without Docker. Needs apt-get and dpkg, but neither root nor an
# installation: apt works on lists and caches of its own, packages are unpacked and never configured, and nothing
# outside DIR changes. Debian's stable releases carry no MySQL, so there it comes from unstable, together with the C
# library it was built for; Ubuntu has it in every release. About 15 s and 250 MB. Delete DIR to get a newer one.
#
# Archive address, keyring and proxy are those of this machine's own apt configuration.
set -euo pipefail

fail() { echo "$*" >&2; exit 1; }

for tool in apt-get dpkg flock; do command -v "$tool" >/dev/null || fail "this machine has no $tool"; done
DIR=$(realpath -m "${1:?usage: unpack-mysql.sh DIR}")
mkdir -p "$DIR"
exec 9>"$DIR/.lock"
flock 9 # two builds on one machine: the second waits and finds the work done

version() { bash "$(dirname "$0")/mysqld.sh" "$DIR/root" --no-defaults --version; }
[ -e "$DIR/complete" ] && { version; exit 0; }

# shellcheck disable=SC1091
. /etc/os-release
case $ID in
  debian) suite=sid components=main ;;
  ubuntu) suite=$VERSION_CODENAME components="main universe" ;;
  *) fail "no MySQL recipe for $ID" ;;
esac

# The first address and keyring apt knows, in either of its two formats (deb822, one line).
sources=$(cat /etc/apt/sources.list.d/*.sources 2>/dev/null || true)
lines=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null || true)
address=$(awk '/^URIs:/ {print $2; exit}' <<<"$sources")
[ -n "$address" ] || address=$(awk '$1 == "deb" {for (i = 2; i <= NF; i++) if ($i ~ /:\/\//) {print $i; exit}}' <<<"$lines")
[ -n "$address" ] || fail "apt has no package source"
keyring=$(awk '/^Signed-By: *\// {print $2; exit}' <<<"$sources")
[ -n "$keyring" ] || keyring=/usr/share/keyrings/$ID-archive-keyring.gpg

apt=$DIR/apt
rm -rf "$apt" "$DIR/root"
mkdir -p "$apt"/{state/lists/partial,cache/archives/partial,parts,packages} "$DIR/root"
: >"$apt/status" # an empty list of installed packages: every library is taken along
echo "deb [signed-by=$keyring] $address $suite $components" >"$apt/sources.list"
cat >"$apt/apt.conf" <<CONF
Dir::State "$apt/state";
Dir::State::status "$apt/status";
Dir::Cache "$apt/cache";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "$apt/parts";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "$apt/parts";
Dir::Log "$apt";
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
#clear APT::Update;
#clear DPkg;
#clear Acquire::IndexTargets::deb::DEP-11;
#clear Acquire::IndexTargets::deb::Contents-deb;
CONF
get() { apt-get -c "$apt/apt.conf" -q "$@"; }

get update >"$apt/log" 2>&1 || fail "apt-get update failed: $(tail -1 "$apt/log")"
server=$(apt-cache -c "$apt/apt.conf" search --names-only '^mysql-server-core(-[0-9.]+)?$' | awk '{print $1}' | sort -V | tail -1)
[ -n "$server" ] || fail "$suite has no mysql-server-core"
# Perl and friends are needed by the maintainer scripts only, which never run here.
packages=$(get -q -s install "$server" | awk '/^Inst/ {print $2}' | grep -vE '^(perl|libperl|gcc-.*-base|libgdbm|libdb5|libc-gconv)')
# shellcheck disable=SC2086
(cd "$apt/packages" && get download $packages) >>"$apt/log" 2>&1 || fail "download failed: $(tail -1 "$apt/log")"
for package in "$apt"/packages/*.deb; do dpkg -x "$package" "$DIR/root"; done

rm -rf "$apt" "$DIR"/root/usr/share/{doc,man,locale,lintian}
version
touch "$DIR/complete"
