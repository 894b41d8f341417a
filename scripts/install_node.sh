#!/bin/sh
# npm, which the tests use to compare the vendored files with their packages.
set -eu
command -v npm >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  exec apt-get install -y -qq --no-install-recommends nodejs npm
fi
echo "The tests need npm. Install it with: sudo apt-get install nodejs npm" >&2
exit 1
