#!/usr/bin/env bash
# Puts a version of the code in service without losing a request: `release.sh FOLDER`, as root, with the code in
# FOLDER, such as /opt/stod/releases/2026-11-29. The version before is put in service again in the same way.
# `release.sh FOLDER BACKUP` restores a backup before, into a database that is empty.
#
# It checks, makes a backup, prepares once, and restarts one server after the other, each when the one before is ready.
# It stops at the first step that fails; until the restarts readers notice nothing of it.
set -euo pipefail

STOD="${STOD:-/opt/stod}" # `current` in it leads to the version in service
ENVIRONMENT="${ENVIRONMENT:-/etc/stod/env}"
BACKUPS="${BACKUPS:-/var/backups/stod}"
PORTS="${PORTS:-8000 8001}"
SITE_USER="${SITE_USER:-stod}"
PATIENCE="${PATIENCE:-60}" # seconds for a server to be ready

new="$(realpath "$1")"
[ -f "$new/manage.py" ] || { echo "$new holds no manage.py" >&2; exit 2; }
backup="${2:+$(realpath "$2")}"
before="$(readlink "$STOD/current" || true)"

say() { echo "=== $*"; }

manage() { (cd "$new" && runuser -u "$SITE_USER" -- .venv/bin/python manage.py "$@"); }

is_ready() { curl --silent --fail --max-time 5 --output /dev/null "http://127.0.0.1:$1/health/ready"; }

restart() {
  systemctl restart "stod@$1"
  for _second in $(seq "$PATIENCE"); do
    ! is_ready "$1" || return 0
    sleep 1
  done
  echo "The server on port $1 is not ready; the others were left as they are:" >&2
  curl --silent "http://127.0.0.1:$1/health/ready" >&2 || true
  [ -z "$before" ] || echo "Back to the version before: $0 $before" >&2
  return 1
}

say "Install"
ln -sfn "$ENVIRONMENT" "$new/.env"
[ -x "$new/.venv/bin/python" ] || (cd "$new" && uv sync --locked --no-dev --compile-bytecode ${EXTRAS:+--extra "$EXTRAS"})
# The site's user may not write here: each start and each command would compile everything, for most of its time.
(cd "$new" && .venv/bin/python -m compileall -q -x '/\.venv/' .)
[ -z "$backup" ] || { say "Restore"; manage restore "$backup"; }
say "Upgrade: backup, migrations, static files, check"
manage upgrade "$BACKUPS/$(date -u +%Y-%m-%dT%H%M%SZ)-before-$(basename "$new").tar.gz"
say "Restart"
ln -sfn "$new" "$STOD/next"
mv -T "$STOD/next" "$STOD/current" # in one step
for port in $PORTS; do
  restart "$port"
  say "Port $port is ready"
done
