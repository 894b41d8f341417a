#!/bin/sh
# What the tests need of the machine: Chromium and a font for the browser tests, gettext for the translations.
set -eu
missing=""
command -v chromium >/dev/null || missing="$missing chromium fonts-liberation"
command -v msgfmt >/dev/null || missing="$missing gettext"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  # shellcheck disable=SC2086  # the names are words
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
  exit 0
fi
echo "The tests need more of this machine. Install it with: sudo apt-get install$missing" >&2
exit 1
