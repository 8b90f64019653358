"""A file of 1 GB goes through the command line, in and out, in 64 MiB more memory than one of 1 KiB.

A house of its own is served over SQLite and a folder, with the demo world in it; Ane seals and sends the file
with `crosslab vault put`, and gets it back with `crosslab vault get`. Each command is a process of its own, and
what counts is the most memory it ever held, as the system tells until its end. Ane's keys come from her printed root:
stretching a passphrase takes 128 MiB by itself and would hide what the files take.
"""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from time import sleep

import httpx
from sqlmodel import select

from bench import promise
from crosslab.core.clock import now
from crosslab.core.db import connect, session, transaction
from crosslab.demo.keys import passphrase_of
from crosslab.demo.world import world_in
from crosslab.ip_vault.client import unlock
from crosslab.ip_vault.keys import recovery_string
from crosslab.ledger.tables import Unlock
from crosslab.people.tables import Presence
from crosslab.people.tokens import digest, new_token

LARGE, SMALL, PIECE = 1_000_000_000, 1024, 1 << 20
MOST = 64


def main() -> None:
    """Print the figures; end with an error when a promise is broken."""
    folder = Path(mkdtemp())
    try:
        with _house(folder) as url:
            home, root = _signed_in(folder, url)
            base = _round(folder, home, root, "small", SMALL)
            much = _round(folder, home, root, "large", LARGE)
    finally:
        rmtree(folder)
    for what, least, most in zip(("put", "get"), base, much, strict=True):
        promise(f"{what} of 1 GB over one of 1 KiB ({least:,.0f} MiB)", most - least, MOST, "MiB more")


def _round(folder: Path, home: Path, root: str, name: str, size: int) -> tuple[float, float]:
    """The most memory, in MiB, of sealing a file and of opening it again; the bytes must be the same."""
    path, out = folder / f"{name}.bin", folder / f"out-{name}"
    _fill(path, size)
    put, told = _run(home, root, "put", str(path), "--in", "amphi-nights")
    get, _ = _run(home, root, "get", told["contribution"], "--to", str(out))
    subprocess.run(["cmp", path, out / path.name], check=True)
    path.unlink()
    rmtree(out)
    return put, get


def _fill(path: Path, size: int) -> None:
    with path.open("wb") as out:
        for left in range(size, 0, -PIECE):
            out.write(os.urandom(min(PIECE, left)))


def _run(home: Path, root: str, *args: str) -> tuple[float, dict[str, str]]:
    flags = ["--json", "--home", str(home), "--root-fd", "0"]
    command = [sys.executable, "-m", "crosslab", "vault", *args, *flags]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin
    assert process.stdout
    process.stdin.write(root.encode() + b"\n")
    process.stdin.close()
    most = _most_memory(process)
    told = process.stdout.read()
    if process.wait():
        sys.exit(f"{args[0]} ended with {process.returncode}: {told.decode()}")
    return most, json.loads(told)


def _most_memory(process: subprocess.Popen[bytes]) -> float:
    """The high-water mark of a process's memory in MiB, looked at until it ends."""
    most, status = 0.0, Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        most = int(found[1]) / 1024 if found else most
        sleep(0.01)
    return most


@contextmanager
def _house(folder: Path) -> Iterator[str]:
    """A house that is served for as long as the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    given = {
        **os.environ,
        "CROSSLAB_DEMO": "1",
        "CROSSLAB_DATABASE": f"sqlite:///{folder}/db.sqlite",
        "CROSSLAB_FILES": f"file:{folder}/files",
        "CROSSLAB_LOG_KEY": f"{folder}/log.key",
        "CROSSLAB_UPLOAD_LIMIT": str(LARGE + LARGE // 10),
        "CROSSLAB_LOG_LEVEL": "warning",
    }
    for each in ("migrate", "seed"):
        subprocess.run([sys.executable, "-m", "crosslab", each], env=given, check=True)
    serve = [sys.executable, "-m", "crosslab", "serve", "--port", str(port), "--origin", url]
    server = subprocess.Popen(serve, env=given)
    try:
        _wait_for(url)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(url: str) -> None:
    for _ in range(300):
        try:
            httpx.get(f"{url}/vault/log/checkpoint").raise_for_status()
            return
        except httpx.HTTPError:
            sleep(0.1)
    sys.exit("The house did not start to serve.")


def _signed_in(folder: Path, url: str) -> tuple[Path, str]:
    """A machine of Ane's, and her printed root."""
    home, token, engine = folder / "home", new_token(), connect(f"sqlite:///{folder}/db.sqlite")
    home.mkdir(mode=0o700)
    with session(engine, read_only=True) as db:
        ane = world_in(db).ane
        sealed = db.exec(select(Unlock.data).where(Unlock.person_id == ane.person_id)).one()
    with transaction(engine) as db:
        ends = now() + timedelta(hours=2)
        db.add(Presence(person_id=ane.person_id, token_hash=digest(token), ends_at=ends))
    (home / "session").write_text(token)
    (home / "server.json").write_text(json.dumps({"url": url}))
    return home, recovery_string(unlock(sealed, passphrase_of("ane")).root)


if __name__ == "__main__":
    main()
