# How the build speaks: one line for each step, dots while it lasts, a sentence when it cannot go on.
# Sourced by the scripts beside it; never run by itself.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '· %s\n' "$*"; }

stop() {
  printf '\n✗ %s\n' "$*" >&2
  exit 1
}

# step "What it does" command…: runs it quietly, shows that it is alive, and its last words if it fails.
step() {
  local title=$1 log started=$SECONDS pid
  shift
  log=$(mktemp "${TMPDIR:-/tmp}/crosslab-step.XXXXXX")
  printf '· %s ' "$title"
  "$@" >"$log" 2>&1 &
  pid=$!
  trap 'kill "$pid" 2>/dev/null || true' INT TERM
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.2
    (( (SECONDS - started) / 3 > ${dots:=0} )) && { printf '.'; dots=$(( (SECONDS - started) / 3 )); }
    true
  done
  trap - INT TERM
  dots=0
  if wait "$pid"; then
    printf ' %s s\n' $((SECONDS - started))
    rm -f "$log"
  else
    printf ' failed\n\n' >&2
    tail -n 25 "$log" >&2
    rm -f "$log"
    return 1
  fi
}

# digest file…: one hash over all of them, for the stamps that make the second time quick.
digest() { cat "$@" | sha256sum | cut -c1-32; }

PY=.venv/bin/python
