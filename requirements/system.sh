#!/bin/sh
# The Debian packages Rightsdesk needs. Skips what is there; without root or sudo it stops with
# the exact line to run. Nothing else in the project uses apt.
set -eu
packages="chromium fonts-liberation2 libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0
libreoffice-calc-nogui libreoffice-writer-nogui postgresql python3-venv tesseract-ocr
tesseract-ocr-eng"
missing=""
for p in $packages; do
    dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing="$missing $p"
done
[ -n "$missing" ] || exit 0
echo "Debian packages needed:$missing"
line="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" = 0 ]; then
    run=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    run="sudo"
else
    echo "Run this once as an administrator, then start again:" >&2
    echo "    sudo apt-get update && sudo $line" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
$run apt-get update -qq
# shellcheck disable=SC2086
$run $line >/dev/null
