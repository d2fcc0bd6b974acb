#!/usr/bin/env bash
# unpack.sh DIR SUITE PACKAGE LEFT-OUT CHECK - unpacks a program of the distribution into DIR/root and runs CHECK.
#
# For tests on a machine that does not have it. Needs apt-get and dpkg, but neither root nor an installation: apt works
# on lists and caches of its own, packages are unpacked and never configured, and nothing outside DIR changes. Delete DIR
# to get a newer one.
#
#   SUITE     of Debian: this machine's own if it is -; Ubuntu has everything in its own
#   PACKAGE   a pattern of its name, or several; of each the last one in the order of versions is taken
#   LEFT-OUT  a pattern of what it depends on and does not need here; . for all
#   CHECK     a command that shows that it runs, told of $ROOT
#
# Archive address, keyring and proxy are those of this machine's own apt configuration.
set -euo pipefail

fail() { echo "$*" >&2; exit 1; }

for tool in apt-get dpkg flock; do command -v "$tool" >/dev/null || fail "this machine has no $tool"; done
DIR=$(realpath -m "${1:?usage: unpack.sh DIR SUITE PACKAGE LEFT-OUT CHECK}")
suite=${2:?} package=${3:?} left_out=${4:?} check=${5:?}
mkdir -p "$DIR"
exec 9>"$DIR/.lock"
flock 9 # two builds on one machine: the second waits and finds the work done

check() { ROOT=$DIR/root bash -c "$check"; }
[ -e "$DIR/complete" ] && { check; exit 0; }

# shellcheck disable=SC1091
. /etc/os-release
components=main
case $ID in
  debian) [ "$suite" != - ] || suite=$VERSION_CODENAME ;;
  ubuntu) suite=$VERSION_CODENAME components="main universe" ;;
  *) fail "no recipe for $ID" ;;
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
programs=
for pattern in $package; do
  program=$(apt-cache -c "$apt/apt.conf" search --names-only "^$pattern\$" | awk '{print $1}' | sort -V | tail -1)
  [ -n "$program" ] || fail "$suite has no $pattern"
  programs+="$program "
done
# shellcheck disable=SC2086
needed=$(get -q -s install $programs | awk '/^Inst/ {print $2}')
libraries=$(grep -vxF "$(tr ' ' '\n' <<<"${programs% }")" <<<"$needed" | grep -vE "$left_out" || true)
# shellcheck disable=SC2086
(cd "$apt/packages" && get download $programs $libraries) >>"$apt/log" 2>&1 || fail "download failed: $(tail -1 "$apt/log")"
for file in "$apt"/packages/*.deb; do dpkg -x "$file" "$DIR/root"; done

rm -rf "$apt" "$DIR"/root/usr/share/{doc,man,locale,lintian}
check
touch "$DIR/complete"
