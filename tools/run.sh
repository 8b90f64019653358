#!/usr/bin/env bash
# Migrates, builds the demo world where there is none, and serves it. An argument is the page to name.
source "$(dirname "$0")/say.sh"

free_port() {
  $PY - "${PORT:-}" <<'PYTHON'
import socket, sys

def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True

wanted = [int(sys.argv[1])] if sys.argv[1] else range(8000, 8100)
print(next(filter(is_free, wanted), ""))
PYTHON
}

port=$(free_port)
[ -n "$port" ] || stop "Port ${PORT:-8000 and the hundred after it} is taken. Choose another one: make run PORT=8080."
export CROSSLAB_DEMO=${CROSSLAB_DEMO:-1} CROSSLAB_ORIGIN=http://127.0.0.1:$port
crosslab() { $PY -m crosslab "$@"; }
step "Bringing the database up to date" crosslab migrate || stop "The database could not be brought up to date."
step "The demo world, built where there is none" crosslab seed || stop "The demo world could not be built."
printf '\nCrosslab opens at %s%s\n\n' "$CROSSLAB_ORIGIN" "${1:-}"
crosslab cast
printf '\nStop it with Ctrl-C.\n\n'
exec $PY -m crosslab serve --port "$port" --origin "$CROSSLAB_ORIGIN"
