#!/usr/bin/env bash
# Builds the wheel, installs it into a clean environment elsewhere with no Node on the path, and asks it for a page.
source "$(dirname "$0")/say.sh"

away=$(mktemp -d)
server=
cleanup() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  rm -rf "$away"
}
trap cleanup EXIT

step "Building the wheel" $PY -m hatchling build -t wheel -d "$away" ||
  stop "The wheel could not be built; the reason is above."
$PY -m venv "$away/venv"
step "Installing it elsewhere, with only what a server needs" \
  "$away/venv/bin/python" -m pip install --require-hashes -r requirements-run.lock ||
  stop "The packages of requirements-run.lock could not be installed; the reason is above."
"$away/venv/bin/python" -m pip install --quiet --no-deps "$away"/crosslab-*.whl

checkout=$PWD
cd "$away"
port=$("$away/venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
crosslab() { exec env -i PATH="$away/venv/bin" HOME="$away" CROSSLAB_DEMO=1 "$away/venv/bin/crosslab" "$@"; }
step "Migrating" crosslab migrate || stop "The wheel could not migrate an empty database."
crosslab serve --port "$port" >"$away/log" 2>&1 &
server=$!
"$away/venv/bin/python" "$checkout/tools/smoke.py" "http://127.0.0.1:$port" || {
  cat "$away/log" >&2
  stop "The house from the wheel does not answer as it should; its log is above."
}
