#!/bin/sh
# The database up to date, with the catalogue and, where there are none yet, the demo's people in it.
set -eu
"$1" manage.py migrate --verbosity 0
"$1" manage.py loaddata --verbosity 0 insurers packages
"$1" manage.py demo --patients 60 --if-empty
