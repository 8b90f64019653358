"""Sealed files on their way into the store: checked for hash, size and shape; all there or not at all."""

from dataclasses import dataclass
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from uuid import UUID

from sqlmodel import Session, col, func, select

from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.core.files import Files
from crosslab.ip_vault.age.shape import Shape, check_shape
from crosslab.ip_vault.errors import VaultError
from crosslab.rules import N_

from .tables import Blob, BlobUse

HEADER = 4_096
IN_MEMORY = 4 * 1_048_576
MOST_WAITING = 260  # four versions with all the files they may have


def key(name: str) -> str:
    """Where a sealed file lies in the store."""
    return f"sealed/{name[:2]}/{name}"


class Arriving:
    """A sealed file that is being received. Leave the block early and nothing stays behind."""

    def __init__(self, most: int) -> None:
        self._most, self._hash, self.size = most, sha256(), 0
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by `__exit__`

    def __enter__(self) -> "Arriving":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def take(self, piece: bytes) -> None:
        """Take the next piece. Raises `Refused` when the file grows beyond what is allowed."""
        self.size += len(piece)
        if self.size > self._most:
            raise Refused(N_("The sealed file is larger than {most} bytes."), most=self._most)
        self._hash.update(piece)
        self._file.write(piece)

    def keep(self, files: Files, name: str) -> None:
        """Put the whole file into the store under its hash, if it is what it says."""
        if self._hash.hexdigest() != name:
            raise Refused(N_("The file arrived damaged: its hash is another one. Send it again."))
        self._file.seek(0)
        _check_shape(self._file.read(HEADER), self.size)
        self._file.seek(0)
        files.put_parts(key(name), iter(lambda: self._file.read(1_048_576), b""))


def _check_shape(start: bytes, size: int) -> None:
    try:
        check_shape(start, size, Shape.HYBRID)
    except VaultError as wrong:
        raise Refused(N_("The file is not sealed as it must be: {why}"), why=str(wrong)) from wrong


@dataclass(frozen=True)
class Stored:
    """What is known of a sealed file: its size, the versions that name it, who sent it."""

    size: int
    versions: tuple[str, ...]
    person_id: UUID


def has_room(db: Session, name: str, person_id: UUID) -> None:
    """Refuse another sealed file while too many of a person's wait for a version that names them."""
    unnamed = col(Blob.sha256).not_in(select(BlobUse.sha256))
    waiting = select(func.count()).where(col(Blob.person_id) == person_id, unnamed, col(Blob.sha256) != name)
    if db.exec(waiting).one() >= MOST_WAITING:
        raise Refused(
            N_("{most} of your sealed files wait for a version that names them. Finish one of those first."),
            most=MOST_WAITING,
        )


def remember(db: Session, name: str, size: int, person_id: UUID) -> None:
    """Note that a sealed file has arrived. Sent again, it waits another day for the version that names it."""
    there = db.exec(select(Blob).where(col(Blob.sha256) == name).with_for_update()).first()
    there = there or Blob(sha256=name, size=size, person_id=person_id)
    there.stored_at = now()
    db.add(there)


def stored(db: Session, name: str) -> Stored | None:
    """What the database knows of a sealed file."""
    found = db.exec(select(Blob).where(col(Blob.sha256) == name)).first()
    if found is None:
        return None
    uses = db.exec(select(BlobUse.version_id).where(col(BlobUse.sha256) == name)).all()
    return Stored(found.size, tuple(uses), found.person_id)
