"""The folder on a member's machine: what it has seen, the sealed root, the session. For its owner alone.

Files are written whole or not at all. Pins only ever move forward: whoever changes them holds the lock.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from crosslab.ip_vault import merkle, tiles, tlog
from crosslab.ip_vault.client.look import Ended
from crosslab.ip_vault.client.memory import Memory, Peaks, Pins, Row, rows_as_json, rows_from_json
from crosslab.ip_vault.errors import VaultError
from crosslab.ip_vault.ids import digest, is_id

from .stops import Code, Stop

PRIVATE = 0o600


class Home:
    """One folder, one person, one server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)

    @property
    def spool(self) -> Path:
        """Where sealed files wait to be sent, and come in."""
        return self._inside("spool")

    def read(self, name: str) -> bytes | None:
        """A file of this folder, or None."""
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """Puts a file into this folder: whole or not at all, readable by its owner alone."""
        write_whole(self.folder / name, data)

    def forget(self, name: str) -> None:
        """Removes a file of this folder."""
        (self.folder / name).unlink(missing_ok=True)

    def keep(self, file: bytes) -> None:
        """Keeps a small sealed file under its hash: what the server may lose, its members still have."""
        path = self._inside("kept") / digest(file)
        if not path.exists():
            write_whole(path, file)

    def kept(self, sha256: str) -> bytes | None:
        """A small sealed file that was kept, if it is still whole."""
        file = self.read(f"kept/{sha256}") if is_id(sha256) else None
        return file if file is not None and digest(file) == sha256 else None

    def settings(self) -> dict[str, Any]:
        """Which server and log this folder belongs to; empty before the first login."""
        data = self.read("server.json")
        if data is None:
            return {}
        try:
            return dict(json.loads(data))
        except (ValueError, TypeError) as error:
            raise Stop(Code.HERE, f"{self.folder / 'server.json'} cannot be read.") from error

    def remember(self, **facts: Any) -> None:
        """Adds to what is known of the server."""
        self.write("server.json", json.dumps({**self.settings(), **facts}, indent=1).encode() + b"\n")

    def earlier(self) -> tuple[Ended, ...]:
        """The logs before the one that is followed, each with where it ended and its last checkpoint."""
        told = self.settings().get("earlier", [])
        return tuple(Ended(str(each["name"]), int(each["end"]), str(each["last"]).encode()) for each in told)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One process at a time: pins are read, moved on and written in one go."""
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def ends_under(self) -> bytes:
        """The log's checkpoint over exactly the entries in the cache; empty when there is none."""
        return str(self._cache().get("checkpoint", "")).encode()

    def load(self) -> Memory:
        """Pins and what was verified. A cache that does not fit the pins is read anew from the server."""
        text = self.read("pins.json")
        pins = self._pins(text.decode("utf-8", "replace")) if text is not None else Pins()
        entries, peaks = self._entries()
        scope, followed = (frozenset(self._cache().get(each, [])) for each in ("scope", "followed"))
        return Memory(pins, entries, peaks, self._chains(), scope, followed)

    def save(self, memory: Memory, before: Memory) -> None:
        """Keeps what was verified: pins first, for they are what matters."""
        self.write("pins.json", memory.pins.dump().encode())
        folder = self._inside("cache/chains")
        for chain, rows in memory.chains.items():
            if rows != before.chains.get(chain):
                write_whole(folder / f"{chain}.json", json.dumps(rows_as_json(rows)).encode())
        self._save_entries(memory)

    def _pins(self, text: str) -> Pins:
        try:
            return Pins.load(text)
        except VaultError as error:
            told = f"{error}: {self.folder / 'pins.json'}. Put it back from a backup, or remove it knowingly."
            raise Stop(Code.HERE, told) from error

    def _cache(self) -> dict[str, Any]:
        with suppress(ValueError, TypeError):
            return dict(json.loads(self.read("cache/cache.json") or b"{}"))
        return {}

    def _entries(self) -> tuple[list[bytes], Peaks]:
        known, data = self._cache(), self.read("cache/entries") or b""
        data = data[: int(known.get("bytes", 0))]
        if digest(data) != known.get("sha256"):
            return [], Peaks()
        entries, peaks = tiles.unbundle(data), Peaks()
        ended = self.earlier()
        for entry in entries[ended[-1].end if ended else 0 :]:
            peaks.append(merkle.leaf_hash(entry))
        return entries, peaks

    def _chains(self) -> dict[str, list[Row]]:
        chains = {}
        for path in self._inside("cache/chains").glob("*.json"):
            with suppress(ValueError, TypeError, AttributeError):
                if is_id(path.stem):
                    chains[path.stem] = rows_from_json(json.loads(path.read_bytes()))
        return chains

    def _save_entries(self, memory: Memory) -> None:
        data = tiles.bundle(memory.entries)
        facts: dict[str, Any] = {"bytes": len(data), "sha256": digest(data)}
        facts |= {"scope": sorted(memory.scope), "followed": sorted(memory.followed)}
        facts["checkpoint"] = self._ends_under(memory)
        if facts != self._cache():
            write_whole(self._inside("cache") / "entries", data)
            self.write("cache/cache.json", json.dumps(facts).encode())

    def _ends_under(self, memory: Memory) -> str:
        """The checkpoint that ends with the newest entry that was read; the pin may be ahead of the entries."""
        pin, ended = memory.pins.checkpoint, self.earlier()
        read = len(memory.entries) - (ended[-1].end if ended else 0)
        if pin and tlog.parse_checkpoint(pin).size == read:
            return pin.decode()
        return str(self._cache().get("checkpoint", ""))

    def _inside(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder


def write_whole(path: Path, data: bytes) -> None:
    """Writes a private file so that it is whole or unchanged, whatever happens to the machine."""
    fresh = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
