#!/usr/bin/env bash
# Writes a migration against SQLite, then tries it upwards and downwards on SQLite and PostgreSQL.
source "$(dirname "$0")/say.sh"

[ -n "${1:-}" ] || stop 'Say what changes: make migration m="add a deadline to challenges".'
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export CROSSLAB_DATABASE=sqlite:///$scratch/now.sqlite3
say "Writing the migration"
$PY -m alembic upgrade head
$PY -m alembic revision --autogenerate -m "$1"
written=$(ls -t alembic/versions/*.py | head -n 1)
sed -i '/^ *# ###/d' "$written"
say "Read it before you commit it: $written"
unset CROSSLAB_DATABASE
say "Trying it on SQLite and PostgreSQL, with data in it"
$PY -m pytest -q tests/house/test_migrations.py
