"""The two clients that people have, as they are: the page's engine in Node, and a machine with the command line."""

import json
import subprocess
from base64 import b64encode
from functools import cache
from pathlib import Path
from shutil import which
from typing import Any

import httpx

from crosslab.ip_vault.client.troubles import Tampered, Trouble, read_proof, tampered
from crosslab.ip_vault.errors import ProofError, VaultError
from crosslab.ip_vault.grants import IdentityFile
from crosslab.ip_vault.replay import view
from crosslab.member import opening
from crosslab.member.door import Door
from crosslab.member.home import Home
from crosslab.member.stops import Code, Stop
from crosslab.member.vault import Vault
from tests.ip_vault.doors import Doors
from tests.ip_vault.wild import Wild

ROOT = Path(__file__).parents[2]
State = dict[str, Any]
Opened = tuple[dict[str, list[str]], set[str]]


class Engine:
    """One Node for all pages: it asks for what a page asks its server, and tells what came of each act."""

    def __init__(self) -> None:
        found = which("node")
        assert found, "Node 20 or newer is needed, as for building the pages."
        pipe = subprocess.PIPE
        self.node = subprocess.Popen(
            [found, "tests/js/page.mjs"], cwd=ROOT, stdin=pipe, stdout=pipe, text=True
        )
        self.pages = 0

    def act(self, doors: Doors, act: str, **told: Any) -> Any:
        """What comes of an act in front of these doors. Raises as the page does."""
        self._say(act=act, **told)
        while True:
            assert self.node.stdout
            said = json.loads(self.node.stdout.readline())
            if "done" in said:
                return said["done"]
            if "failed" in said:
                raise failure(**said["failed"])
            body = doors.answer(said["path"])
            status = 404 if body is None else 200
            self._say(answer=said["ask"], status=status, body=b64encode(body or b"{}").decode())

    def close(self) -> None:
        self.node.communicate(timeout=60)

    def _say(self, **told: Any) -> None:
        assert self.node.stdin
        self.node.stdin.write(json.dumps(told) + "\n")
        self.node.stdin.flush()


def failure(code: str, detail: str = "", proof: dict[str, Any] | None = None) -> Exception:
    """What the page says went wrong, in the words of the command line."""
    if proof:
        return Tampered(read_proof(json.dumps({**proof, "sentence": ""}).encode()))
    if code == Trouble.KEY_REPLACED:
        return tampered(Trouble.KEY_REPLACED)
    if code == "server":
        return Stop(Code.NETWORK, detail)
    if code == "proof":
        return ProofError(detail)
    return AssertionError(f"{code} {detail}")


class Page:
    """A tab in somebody's browser, and what that browser remembers when the tab is closed."""

    def __init__(self, engine: Engine, wild: Wild, person: str) -> None:
        self.engine, self.wild, self.person = engine, wild, person
        self.pinned: dict[str, Any] = {}
        self.tab, self.seed = 0, b""

    def look(self, doors: Doors) -> State:
        """Everything that is so, after one look. After a lie, or a new key of ours, the tab is loaded anew."""
        if self.tab and self.seed != self.wild.seeds[self.person]:
            self.close(doors)
        try:
            if not self.tab:
                self._load(doors)
            told = self.engine.act(doors, "look", page=self.tab)
        except (VaultError, Stop):
            self.close(doors)
            raise
        self.pinned = told["pinned"]
        return dict(told["state"])

    def _load(self, doors: Doors) -> None:
        self.engine.pages += 1
        self.seed, tab = self.wild.seeds[self.person], self.engine.pages
        keys = {"person": self.person, "seed": self.seed.hex()}
        self.engine.act(doors, "begin", page=tab, pinned=self.pinned, **keys)
        self.tab = tab

    def close(self, doors: Doors) -> None:
        """Closes the tab: what was pinned stays."""
        self.engine.act(doors, "close", page=self.tab)
        self.tab = 0

    def open(self, doors: Doors) -> Opened:
        """The texts in every version that opens, and the versions that are refused as not what was signed."""
        told = self.engine.act(doors, "open", page=self.tab)
        assert {each["code"] for each in told["failed"].values()} <= {"proof"}
        return told["opened"], set(told["failed"])

    def receipt(self, doors: Doors, id: str) -> None:
        """Fetches a receipt and checks it."""
        self.engine.act(doors, "receipt", page=self.tab, id=id)


class Machine:
    """Somebody's machine with the command line. Each look is a run of its own; what it remembers is on the disk."""

    def __init__(self, home: Path, wild: Wild, person: str) -> None:
        self.home, self.wild, self.person = Home(home), wild, person
        self.door = one_door()

    def twin(self, home: Path) -> "Machine":
        """A machine with the same pins, and nothing else of what this one has read."""
        twin = Machine(home, self.wild, self.person)
        for name in ("pins.json", "server.json"):
            twin.home.write(name, self.home.read(name) or b"")
        return twin

    def look(self, doors: Doors) -> State:
        """Everything that is so, after one look."""
        return view(self._here(doors).state)

    def open(self, doors: Doors) -> Opened:
        """The texts in every version that opens, and the versions that are refused as not what was signed."""
        vault = self._here(doors)
        opened: dict[str, list[str]] = {}
        failed = set()
        for version in vault.state.versions.values():
            try:
                found = opening.open_version(vault, version)
                if found:
                    opened[version.id] = [self._text(vault, found, each) for each in found.manifest.files]
            except (VaultError, Stop):
                failed.add(version.id)
        return opened, failed

    def receipt(self, doors: Doors, id: str) -> None:
        """Fetches a receipt and checks it, after the last look that was true."""
        vault = self._here(Doors(doors.honest or doors.source))
        self.door.client = out(doors)
        known = vault.known[id]
        vault.follower.confirm(self.door, self.door.receipt(id), id, known.note, known.said.place.after)

    def _text(self, vault: Vault, found: opening.Opened, file: Any) -> str:
        target = self.home.folder / "opened"
        opening.save_file(vault, found, file, target, lambda _: None)
        return target.read_text()

    def _here(self, doors: Doors) -> Vault:
        self.door.client = out(doors)
        vault = Vault(self.home, self.door)
        epoch = len(self.wild.roots[self.person])
        vault.unlock(IdentityFile(self.person, epoch, self.wild.seeds[self.person]))
        return vault


@cache
def one_door() -> Door:
    """The command line's way out, made once: it reads the machine's certificates, which takes its time."""
    return Door("http://vault.example", "", tries=1)


def out(doors: Doors) -> httpx.Client:
    """The way from the command line to these doors."""
    reached = httpx.MockTransport(lambda request: answered(doors, request))
    return httpx.Client(base_url="http://vault.example", transport=reached)


def answered(doors: Doors, request: httpx.Request) -> httpx.Response:
    body = doors.answer(request.url.raw_path.decode())
    return httpx.Response(404 if body is None else 200, stream=httpx.ByteStream(body or b"{}"))
