#!/usr/bin/env bash
# unpack-keycloak.sh DIR VERSION CONF - unpacks Keycloak into DIR/VERSION and builds it for CONF.
#
# It comes from Maven Central through Maven itself, so mirrors and proxies of this machine's settings hold. 180 MB once;
# the build takes half a minute of processor time, and is repeated only when CONF has changed. Delete DIR to start over.
# MVN names the program and MAVEN_REPOSITORY the local repository, if they are not the ordinary ones.
set -euo pipefail

fail() { echo "$*" >&2; exit 1; }

dir=${1:?} version=${2:?} conf=$(realpath "${3:?}")
mvn=$(command -v "${MVN:-mvn}") || fail "this machine has no mvn"
command -v flock >/dev/null || fail "this machine has no flock"
mkdir -p "$dir"
cd "$dir"
exec 9>.lock
flock 9 # two builds on one machine: the second waits and finds the work done

if [ ! -e "$version/version.txt" ]; then
  # Without a project the plugin keeps its mark that this is unpacked in a folder of that name; one that was ended in the
  # middle of it has left the mark and nothing else.
  rm -rf unpacking '${project.basedir}'
  "$mvn" -q -B -ntp ${MAVEN_REPOSITORY:+"-Dmaven.repo.local=$MAVEN_REPOSITORY"} \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack \
    "-Dartifact=org.keycloak:keycloak-quarkus-dist:$version:zip" "-DoutputDirectory=$PWD/unpacking" >log 2>&1 ||
    fail "Maven did not get it: $(grep -m1 ERROR log || tail -1 log)"
  mv "unpacking/keycloak-$version" "$version"
  rm -rf unpacking
fi

cmp -s "$conf" "$version/built.conf" && exit 0
cp "$conf" "$version/conf/keycloak.conf"
# The environment may hold KC_ settings of somebody's own Keycloak.
env -i PATH="$PATH" HOME="$HOME" ${JAVA_HOME:+"JAVA_HOME=$JAVA_HOME"} \
  bash "$version/bin/kc.sh" build --db=dev-mem >log 2>&1 || fail "its build failed: $(grep -m1 ERROR log || tail -1 log)"
cp "$conf" "$version/built.conf"
