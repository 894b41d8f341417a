#!/bin/sh
# Installs the pinned npm packages and copies the built files that the site serves to static/vendor.
set -eu
cd "$(dirname "$0")/.."

npm ci --omit=peer --ignore-scripts

from=node_modules/bootstrap
to=static/vendor/bootstrap
mkdir -p "$to"
cp "$from/dist/css/bootstrap.min.css" "$from/dist/css/bootstrap.min.css.map" "$from/LICENSE" "$to/"

if grep -q '"resolved"' package-lock.json; then
    echo "package-lock.json records where packages came from: check .npmrc" >&2
    exit 1
fi
