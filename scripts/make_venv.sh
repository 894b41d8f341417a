#!/bin/sh
# Make .venv; where Python's venv module is missing, install it or say how.
set -eu
python=$1
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "Wervelwijzer needs Python 3.11 or newer. Set it with: make PYTHON=/path/to/python3.11 ..." >&2
  exit 1
fi
"$python" scripts/one_at_a_time.py "$python" -m venv .venv >/dev/null 2>&1 && exit 0
rm -rf .venv
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
  exec "$python" -m venv .venv
fi
echo "Python's venv module is missing. Install it with: sudo apt-get install python3-venv" >&2
exit 1
