"""The keeper of the log signs its checkpoints, and refuses to when the log is not what it signed before.

The key and the high-water mark lie in files beside each other, never in the database: a restored backup of
the database must not make the log sign a second history.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from crosslab.core.errors import Refused
from crosslab.core.settings import Settings
from crosslab.ip_vault import note, tlog
from crosslab.ip_vault.keys import SigningKey
from crosslab.rules import N_

from . import log

WENT_BACK = N_(
    "The register is older than what it has already vouched for, as after a restored backup. "
    "It takes nothing in until its operator has put that right. Nothing of yours is lost."
)


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

    def checkpoint(self, db: Session) -> bytes:
        """Sign the log as it is now, after its new size was committed. Raises `Refused` if it went back."""
        size = log.size(db)
        root = log.root(db, size)
        self.check(db, size)
        self._raise_mark(size, root)
        return tlog.sign_checkpoint(tlog.Checkpoint(self.origin, size, root), self.key)

    def check(self, db: Session, size: int) -> None:
        """Refuse when the log does not begin with what was signed before."""
        if not self.mark.exists():
            return
        signed = json.loads(self.mark.read_text())
        if signed["size"] > size or (signed["size"] and log.root(db, signed["size"]).hex() != signed["root"]):
            raise Refused(WENT_BACK)

    def receipt(self, db: Session, index: int) -> bytes:
        """The proof, for its maker to keep, that an entry stands in the log."""
        checkpoint = self.checkpoint(db)
        proof = log.inclusion(db, index, tlog.parse_checkpoint(checkpoint).size)
        return tlog.write_receipt(tlog.Receipt(index, tuple(proof), checkpoint))

    def _raise_mark(self, size: int, root: bytes) -> None:
        """Write the mark so that it is whole or unchanged, whatever happens to the machine."""
        fresh = self.mark.with_suffix(f".{os.getpid()}")
        with fresh.open("w") as out:
            json.dump({"size": size, "root": root.hex()}, out)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(self.mark)


def keeper(settings: Settings) -> Keeper:
    """The keeper with the key in the settings' file, made at the first start."""
    path = Path(settings.log_key)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(os.urandom(32).hex().encode())
    return Keeper(
        settings.log_origin, SigningKey(bytes.fromhex(path.read_text().strip())), path.with_suffix(".mark")
    )
