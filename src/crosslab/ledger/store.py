"""Sealed files on their way into the store: checked for hash, size and shape; all there or not at all.

They come in one go, or in parts of any size, of which none is lost when a line breaks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from types import MappingProxyType
from uuid import UUID

from sqlmodel import Session, col, func, select

from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.core.files import Files
from crosslab.core.unfinished import FOLDER
from crosslab.ip_vault.age.shape import Shape, check_shape
from crosslab.ip_vault.errors import VaultError
from crosslab.rules import N_

from .tables import Blob, BlobUse

HEADER = 4_096
IN_MEMORY = 4 * 1_048_576
WORTH_A_WRITE = 4 * 1_048_576
KEPT = timedelta(days=7)  # what has come of a sealed file, after its sender added to it last
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
        fits(self.size, self._most)
        self._hash.update(piece)
        self._file.write(piece)

    def keep(self, files: Files, name: str) -> None:
        """Put the whole file into the store under its hash, if it is what it says."""
        _check_hash(self._hash.hexdigest(), name)
        self._file.seek(0)
        _check_shape(self._file.read(HEADER), self.size)
        self._file.seek(0)
        files.put_parts(key(name), iter(lambda: self._file.read(1_048_576), b""))


class Continued:
    """A sealed file that is being received in parts: one person's, for two who send the same spoil it for nobody.

    Bytes are held until there are enough of them to be worth a write; `write` makes them durable.
    """

    def __init__(self, files: Files, name: str, person_id: UUID, *, at: int, most: int) -> None:
        self._files, self._name, self._most = files, name, most
        self._place, self._waiting, self.size = unfinished(name, person_id), bytearray(), at

    @property
    def waits(self) -> bool:
        """Whether something came that is not durable yet."""
        return bool(self._waiting)

    @property
    def full(self) -> bool:
        """Whether enough has come for a write."""
        return len(self._waiting) >= WORTH_A_WRITE

    def take(self, piece: bytes) -> None:
        """Take the next bytes. Raises `Refused` when the file grows beyond what is allowed."""
        fits(self.size + len(self._waiting) + len(piece), self._most)
        self._waiting += piece

    def write(self) -> None:
        """Make durable what came. Raises `Elsewhere` when the file goes on at another byte."""
        piece, self._waiting = bytes(self._waiting), bytearray()
        self._files.unfinished.append(self._place, self.size, piece)
        self.size += len(piece)

    def keep(self) -> None:
        """Put the whole file into the store under its hash, if it is what it says; else throw it away."""
        try:
            self._files.unfinished.keep(self._place, self.size, key(self._name), self._checked)
        except Wrong:
            self._files.unfinished.drop(self._place)
            raise

    def _checked(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        start, size, seen = b"", 0, sha256()
        for piece in pieces:
            start, size = (start + piece)[:HEADER] if len(start) < HEADER else start, size + len(piece)
            seen.update(piece)
            yield piece
        _check_hash(seen.hexdigest(), self._name)
        _check_shape(start, size)


def unfinished(name: str, person_id: UUID) -> str:
    """Where what has come of a person's sealed file lies until it is whole."""
    return f"{FOLDER}/{person_id}/{name}"


def come(files: Files, name: str, person_id: UUID) -> int:
    """How many bytes of a person's sealed file have come."""
    return files.unfinished.size(unfinished(name, person_id))


def fits(size: int, most: int) -> None:
    """Refuse a sealed file that is larger than this house takes."""
    if size > most:
        raise Refused(N_("The sealed file is larger than {most} bytes."), most=most)


class Wrong(Refused):
    """A file that came whole and is not what it must be. Going on would not help; it can be sent anew."""

    headers = MappingProxyType({"Upload-Complete": "?1"})


def _check_hash(found: str, name: str) -> None:
    if found != name:
        raise Wrong(N_("The file arrived damaged: its hash is another one. Send it again."))


def _check_shape(start: bytes, size: int) -> None:
    try:
        check_shape(start, size, Shape.HYBRID)
    except VaultError as wrong:
        raise Wrong(N_("The file is not sealed as it must be: {why}"), why=str(wrong)) from wrong


@dataclass(frozen=True)
class Stored:
    """What is known of a sealed file: its size, the versions that name it, who sent it."""

    size: int
    versions: tuple[str, ...]
    person_id: UUID


def has_room(db: Session, files: Files, name: str, person_id: UUID) -> None:
    """Refuse another sealed file while too many of a person's wait for a version that names them, or for their end."""
    unnamed = col(Blob.sha256).not_in(select(BlobUse.sha256))
    waiting = select(func.count()).where(col(Blob.person_id) == person_id, unnamed, col(Blob.sha256) != name)
    begun = files.unfinished.names(f"{FOLDER}/{person_id}") - {name}
    if db.exec(waiting).one() + len(begun) >= MOST_WAITING:
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
