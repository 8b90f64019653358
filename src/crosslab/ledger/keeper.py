"""The keeper of the log signs its checkpoints, and refuses to when the log is not what it signed before.

The key and the high-water mark lie in files beside each other, never in the database: a restored backup of
the database must not make the log sign a second history.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from sqlmodel import Session

from crosslab.core.db import look_again
from crosslab.core.errors import Refused
from crosslab.core.settings import Settings
from crosslab.ip_vault import note, tlog
from crosslab.ip_vault.errors import ProofError
from crosslab.ip_vault.keys import SigningKey
from crosslab.rules import N_

from . import log
from .tables import LogHead

WENT_BACK = N_(
    "The register is older than what it has already vouched for, as after a restored backup. "
    "It takes nothing in until its operator has put that right. Nothing of yours is lost."
)
BROKEN = N_(
    "The register’s own hashes do not fit together, as after a damaged disk. "
    "It takes nothing in until its operator has put that right."
)
UNREADABLE = N_(
    "What the register vouched for last cannot be read. It takes nothing in until its operator has put that right."
)
CANNOT_WRITE = N_(
    "The register cannot vouch for anything just now, because its disk is full or cannot be written. "
    "What was handed in is kept. Send it again in a while to get its receipt."
)
ENDED = N_(
    "This log of the register has ended and another one goes on. Its operator must name that one in the settings."
)
Signed = tuple[int, str] | None


class Halted(Refused):
    """The register does not vouch for anything until its operator has looked at it."""

    status = 503


@dataclass(frozen=True)
class Keeper:
    """The log's name, its signing key, and where the high-water mark is kept."""

    origin: str
    key: SigningKey
    mark: Path

    @property
    def vkey(self) -> str:
        """The public key as C2SP notes write it."""
        return note.vkey(self.origin, self.key.public)

    @property
    def vouched(self) -> tuple[int, datetime] | None:
        """How many entries were signed for last, and when; None before the first checkpoint."""
        signed = self._signed()
        return signed and (signed[0], datetime.fromtimestamp(self.mark.stat().st_mtime, UTC))

    def checkpoint(self, db: Session) -> bytes:
        """Sign the log as it is now, after its new size was committed. Raises `Halted` if it went back."""
        log.size(db)  # whoever writes waits here for their turn, never while holding the mark
        with self._alone():
            look_again(db)
            size = log.size(db)
            root = log.root(db, size)
            signed = self._signed()
            self._check(db, signed, size)
            if signed is None or signed[0] < size:
                self._write({"size": size, "root": root.hex()})
        return self._sign(size, root)

    def issued(self, db: Session, size: int) -> bytes:
        """The checkpoint of an earlier size, the same bytes as were issued then. Raises `Halted` if it went back."""
        self.check(db)
        return self._sign(size, log.root(db, size))

    def last(self, db: Session, *, lost: bool = False) -> bytes:
        """The log's last checkpoint, which another log follows. `lost` entries are vouched for no more."""
        signed, size = self._signed(), log.size(db)
        if not (lost and signed and signed[0] > size):
            self._check(db, signed, size)
        return self._sign(size, log.root(db, size))

    def end(self) -> None:
        """Never sign anything again, whatever the settings say."""
        with self._alone():
            size, root = self._signed() or (0, "")
            self._write({"size": size, "root": root, "ended": True})

    def check(self, db: Session) -> None:
        """Refuse, before anything is taken in, when the log does not begin with what was signed before."""
        self._check(db, self._signed(), log.size(db))

    def receipts(self, db: Session, indices: Sequence[int]) -> list[bytes]:
        """The proofs, for their maker to keep, that entries stand in the register; of one log under one checkpoint.

        Entries of a log that has ended are proven under its last checkpoint. `indices` count over all logs.
        """
        made: dict[int, bytes] = {}
        for head in log.heads(db):
            end = head.base + (head.size if head.ended else max(indices, default=0) + 1)
            if here := sorted({index for index in indices if head.base <= index < end}):
                checkpoint = head.ended.encode() or self.checkpoint(db)
                made.update(self._proven(db, head, here, checkpoint))
        return [made[index] for index in indices]

    def _proven(
        self, db: Session, head: LogHead, indices: Sequence[int], checkpoint: bytes
    ) -> Iterator[tuple[int, bytes]]:
        places = [index - head.base for index in indices]
        proofs = log.inclusions(db, places, tlog.parse_checkpoint(checkpoint).size, head.id)
        for index, place, proof in zip(indices, places, proofs, strict=True):
            yield index, tlog.write_receipt(tlog.Receipt(place, tuple(proof), checkpoint))

    def _sign(self, size: int, root: bytes) -> bytes:
        return tlog.sign_checkpoint(tlog.Checkpoint(self.origin, size, root), self.key)

    def _check(self, db: Session, signed: Signed, size: int) -> None:
        if signed is None or not signed[0]:
            return
        try:
            if signed[0] > size or log.root(db, signed[0]).hex() != signed[1]:
                raise Halted(WENT_BACK)
        except ProofError as trouble:
            raise Halted(BROKEN) from trouble

    def _signed(self) -> Signed:
        """The size and root that were signed last."""
        try:
            mark = json.loads(self.mark.read_text())
            if mark.get("ended"):
                raise Halted(ENDED)
            return int(mark["size"]), str(mark["root"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as trouble:
            raise Halted(UNREADABLE) from trouble

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One thread of one process at a time: the mark only ever rises."""
        try:
            lock = self.mark.with_suffix(".lock").open("w")
        except OSError as trouble:
            raise Halted(CANNOT_WRITE) from trouble
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _write(self, mark: Mapping[str, int | str]) -> None:
        """Write the mark so that it is whole or unchanged, whatever happens to the machine."""
        fresh = self.mark.with_suffix(".fresh")
        try:
            with fresh.open("w") as out:
                json.dump(mark, out)
                out.flush()
                os.fsync(out.fileno())
            fresh.replace(self.mark)
        except OSError as trouble:
            fresh.unlink(missing_ok=True)
            raise Halted(CANNOT_WRITE) from trouble


def keeper(settings: Settings) -> Keeper:
    """The keeper with the key in the settings' file, made at the first start."""
    path = Path(settings.log_key)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{uuid4().hex}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(os.urandom(32).hex().encode())
        with suppress(FileExistsError):  # another process was first: its key is the key
            path.hardlink_to(fresh)
        fresh.unlink()
    return Keeper(
        settings.log_origin, SigningKey(bytes.fromhex(path.read_text().strip())), path.with_suffix(".mark")
    )
