#!/usr/bin/env bash
# Runs the tests that need no browser once more on the newest Python found here, if it is newer than ours.
source "$(dirname "$0")/say.sh"

newest() {
  local minor each
  for minor in 20 19 18 17 16 15 14 13 12; do
    for each in "python3.$minor" "$HOME"/.pyenv/versions/3."$minor".*/bin/python3."$minor"; do
      if "$each" -c 'import venv, ssl, sqlite3' 2>/dev/null; then echo "$each"; return; fi
    done
  done
}

python=$(newest)
[ -n "$python" ] || { say "No Python newer than 3.11 is here; the tests on it are left to a machine that has one"; exit 0; }
away=$(mktemp -d)
trap 'rm -rf "$away"' EXIT
"$python" -m venv "$away/venv"
step "Installing for $("$python" --version)" \
  "$away/venv/bin/python" -m pip install --require-hashes -r requirements.lock ||
  { say "Not every package is to be had for it yet; left out"; exit 0; }
say "Running the tests that need no browser on it"
PYTHONPATH=src "$away/venv/bin/python" -m pytest -q -n 2 -p no:cacheprovider tests \
  --ignore tests/journeys --ignore tests/house/test_browser.py
