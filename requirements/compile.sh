#!/bin/sh
# Makes one lock per supported Python from pyproject.toml: all hashes, no index or host lines.
# Needs `uv` on the path; only maintainers who change a dependency run it.
set -eu
cd "$(dirname "$0")/.."
for v in 3.11 3.12 3.13; do
    uv pip compile pyproject.toml --extra demo --extra dev --python-version "$v" \
        --python-platform linux --generate-hashes --no-header --no-annotate --no-strip-extras \
        --no-emit-index-url --no-emit-find-links -q -o "requirements/$v.lock" "$@"
done
# The peers of `make bench`, for one Python: they are measured against, never shipped.
uv pip compile pyproject.toml --extra demo --extra dev --extra bench --python-version 3.11 \
    --python-platform linux --generate-hashes --no-header --no-annotate --no-strip-extras \
    --no-emit-index-url --no-emit-find-links -q -c requirements/3.11.lock -o requirements/bench.lock "$@"
