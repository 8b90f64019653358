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

step "Building the wheel" $PY -m hatchling build -t wheel -d "$away" || stop "The wheel could not be built; the reason is above."
$PY -m venv "$away/venv"
step "Installing it elsewhere, with what a server needs" "$away/venv/bin/python" -m pip install --require-hashes -r requirements-run.lock ||
  stop "The packages of requirements-run.lock could not be installed; the reason is above."
"$away/venv/bin/python" -m pip install --quiet --no-deps "$away"/crosslab-*.whl

bin=$away/bin
mkdir "$bin" "$away/var"
for each in env sh cat sleep uname ldconfig gcc; do ln -sf "$(command -v $each || echo /bin/false)" "$bin/$each"; done
cd "$away"
export PATH=$bin CROSSLAB_DATABASE=sqlite:///$away/var/house.sqlite3 CROSSLAB_VAR=$away/var
unset PYTHONPATH
run=$away/venv/bin/crosslab
