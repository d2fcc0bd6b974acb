#!/usr/bin/env bash
# check.sh ROOT - shows that what is unpacked in ROOT runs.
set -euo pipefail
# shellcheck disable=SC1091
. "$(dirname "$0")/python.sh" "$1"
"${python[@]}" "$1/usr/bin/buildbot" --version
"${python[@]}" "$1/usr/bin/buildbot-worker" --version
