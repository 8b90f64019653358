"""A member's machine in a test: a folder of its own, signed in on a served house, its secrets through pipes."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.db import transaction
from crosslab.demo.keys import passphrase_of
from crosslab.member.door import Door
from crosslab.member.main import main
from crosslab.people.tables import Presence
from crosslab.people.tokens import digest, new_token
from tests.browser import Site

WITHOUT_KEYS = {
    "login",
    "logout",
    "status",
    "setup",
    "sync",
    "monitor",
    "trust",
    "proof",
    "witness",
    "evidence",
    "verify",
}


@dataclass
class Ran:
    """What a command said and ended with."""

    code: int
    told: dict[str, Any]
    err: str


@dataclass
class Machine:
    """One person's machine. `run("list")` is `crosslab vault list --json` there."""

    folder: Path
    site: Site
    passphrase: str = ""
    said: list[Ran] = field(default_factory=list)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    def run(self, *args: str, code: int = 0, **secrets: str) -> dict[str, Any]:
        """Runs a command that must end with this code. Secrets go in by name: `link_fd="…"`."""
        ran = self.try_(*args, **secrets)
        assert ran.code == code, f"{args} ended with {ran.code}: {ran.err or ran.told}"
        return ran.told

    def try_(self, *args: str, **secrets: str) -> Ran:
        """Runs a command and gives back how it ended."""
        if "root_fd" not in secrets:
            secrets.setdefault("passphrase_fd", self.passphrase)
        out, err = io.StringIO(), io.StringIO()
        with pipes(secrets) as flags, redirect_stdout(out), redirect_stderr(err):
            code = main([*args, "--json", "--home", str(self.home), "--tries", "2", *flags])
        lines = out.getvalue().splitlines()
        self.said.append(Ran(code, json.loads(lines[-1]) if lines else {}, err.getvalue()))
        return self.said[-1]

    def goes_by(self, url: str) -> "Machine":
        """From now on it finds its server at another address."""
        (self.home / "server.json").write_text(json.dumps({"url": url}))
        return self

    def door_of(self) -> Door:
        """This machine's way to the server, as its commands have it."""
        return Door(self.site.url, (self.home / "session").read_text(), tries=2)

    def start(self, *args: str) -> "Running":
        """The same as a process of its own, that goes on beside the test; its passphrase at descriptor 0."""
        process = subprocess.Popen(
            self.command(*args), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdin
        process.stdin.write(self.passphrase.encode() + b"\n")
        process.stdin.close()
        process.stdin = None
        return Running(process)

    def command(self, *args: str) -> list[str]:
        """The same as a process of its own; the passphrase is at descriptor 0."""
        flags = ["--json", "--home", str(self.home), "--passphrase-fd", "0"]
        return [sys.executable, "-m", "crosslab.member.main", *args, *flags]


@dataclass
class Running:
    """A command in a process of its own."""

    process: subprocess.Popen[bytes]
    heard: str = ""

    def wait_for(self, pattern: str) -> str:
        """Waits until it says this on standard error; what the pattern's group found."""
        assert self.process.stderr
        while not (found := re.search(pattern, self.heard)):
            line = self.process.stderr.readline()
            assert line, f"it ended and said: {self.heard}"
            self.heard += line.decode()
        return found[1]

    def end(self) -> int:
        """Waits for its end; the code it left."""
        out, err = self.process.communicate(timeout=180)
        self.heard += err.decode() + out.decode()
        return self.process.returncode

    def kill(self) -> None:
        """As when the power goes."""
        self.process.kill()
        self.process.communicate()


@contextmanager
def pipes(secrets: dict[str, str]) -> Iterator[list[str]]:
    """Descriptors from which each secret can be read once, and the flags that name them."""
    flags, opened = [], []
    for name, secret in secrets.items():
        read, write = os.pipe()
        os.write(write, secret.encode() + b"\n")
        os.close(write)
        opened.append(read)
        flags += [f"--{name.replace('_', '-')}", str(read)]
    yield flags
    for each in opened:
        os.close(each)


def signed_in(site: Site, actor: Actor, folder: Path, key: str = "") -> Machine:
    """A machine with the session that a confirmed login gives."""
    token = session_of(site, actor)
    machine = Machine(folder, site, passphrase_of(key))
    machine.home.mkdir(parents=True)
    (machine.home / "session").write_text(token)
    return machine.goes_by(site.url)


def session_of(site: Site, actor: Actor) -> str:
    """The cookie of a person who is signed in."""
    token = new_token()
    with transaction(site.engine) as db:
        ends = now() + timedelta(hours=1)
        db.add(Presence(person_id=actor.person_id, token_hash=digest(token), ends_at=ends))
    return token
