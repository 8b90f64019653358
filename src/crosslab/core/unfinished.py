"""What has come of files that are still being sent: kept byte by byte, so that a line that broke costs nothing.

Each lies at a place of its own, which is no key of the store: nobody can read it there. On a disk it is one file
that grows. In an S3-compatible store, where nothing grows, it is a row of pieces, each named by the bytes it
brings: any process goes on where another one stopped, and neither locks nor rows of a database are needed.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path
from typing import Protocol

from crosslab.rules import N_

from .errors import Elsewhere, Full, Hurried

READ = 1_048_576
FOLDER = "unfinished"
RESERVE = 256 * 1_048_576  # bytes left to others: a database on the same disk must still be able to write
PATIENCE, A_MOMENT = (
    2.0,
    0.02,
)  # seconds until somebody who waits for their turn is told so; between two looks
NO_ROOM = (ENOSPC, EDQUOT, EFBIG)
Pieces = Iterator[bytes]


class Unfinished(Protocol):
    """Where unfinished files are kept. What `size` counts is durable and is never asked for again."""

    def size(self, place: str) -> int:
        """How many bytes have come, from the first one on without a gap."""

    def append(self, place: str, at: int, piece: bytes) -> None:
        """Add what comes at `at`. Raises `Elsewhere` when another number of bytes is there, `Full` without room."""

    def keep(self, place: str, size: int, key: str, through: Callable[[Pieces], Pieces]) -> None:
        """Store the whole of `size` bytes under `key`. All of it passes `through`; if that raises, nothing is stored.

        Raises `Elsewhere` when another number of bytes is there: somebody else may have put it together.
        """

    def drop(self, place: str) -> None:
        """Throw away what has come."""

    def names(self, folder: str) -> set[str]:
        """The names of the places in a folder."""

    def sweep(self, before: datetime) -> None:
        """Throw away what nobody has added to since."""


class Growing:
    """On a disk: a file a place. Whoever writes holds it locked for one piece; who stopped holds up nobody."""

    def __init__(self, root: Path, *, reserve: int = RESERVE) -> None:
        self._root, self._reserve = root, reserve

    def size(self, place: str) -> int:
        try:
            with (self._root / place).open("rb") as file:
                come = os.fstat(file.fileno()).st_size
                os.fsync(file.fileno())
        except FileNotFoundError:
            return 0
        return come

    def append(self, place: str, at: int, piece: bytes) -> None:
        with self._held(self._root / place, make=at == 0) as file:
            if (come := os.fstat(file).st_size) != at:
                raise Elsewhere(come)
            if piece and _room(file) < len(piece) + self._reserve:
                raise Full
            try:
                _write(file, at, piece)
            except OSError as error:
                if error.errno in NO_ROOM:
                    raise Full from error
                raise

    def keep(self, place: str, size: int, key: str, through: Callable[[Pieces], Pieces]) -> None:
        path, target = self._root / place, self._root / key
        with self._held(path) as file:
            if (come := os.fstat(file).st_size) != size:
                raise Elsewhere(come)
            for _ in through(_read(file)):
                pass
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
            _settle(target.parent)

    def drop(self, place: str) -> None:
        with suppress(Elsewhere), self._held(self._root / place):
            (self._root / place).unlink()

    def names(self, folder: str) -> set[str]:
        with suppress(FileNotFoundError):
            return {path.name for path in (self._root / folder).iterdir()}
        return set()

    def sweep(self, before: datetime) -> None:
        for path in (self._root / FOLDER).glob("*/*"):
            with suppress(Elsewhere, Hurried), self._held(path) as file:
                if datetime.fromtimestamp(os.fstat(file).st_mtime, UTC) < before:
                    path.unlink()

    @contextmanager
    def _held(self, path: Path, *, make: bool = False) -> Iterator[int]:
        """The file at a place, locked. One that was moved or thrown away while we waited is not it."""
        until = time.monotonic() + PATIENCE
        while True:
            file = _opened(path, make)
            try:
                if _locked(file, until) and _is_at(file, path):
                    yield file
                    return
            finally:
                os.close(file)


def _opened(path: Path, make: bool) -> int:
    if make:
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return os.open(path, os.O_RDWR | (os.O_CREAT if make else 0), 0o600)
    except FileNotFoundError:
        raise Elsewhere(0) from None


def _locked(file: int, until: float) -> bool:
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        if time.monotonic() > until:
            raise joining()
        time.sleep(A_MOMENT)


def _is_at(file: int, path: Path) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(file), path.stat())
    return False


def joining() -> Hurried:
    """Somebody puts this file together just now."""
    return Hurried(N_("This file is being put together just now. Ask again in {seconds} seconds."), seconds=5)


def _room(file: int) -> int:
    """How many bytes are free where a file lies."""
    there = os.fstatvfs(file)
    return there.f_bavail * there.f_frsize


def _write(file: int, at: int, piece: bytes) -> None:
    """Onto the disk itself. Where it grows full, what still fitted is right, and stays."""
    left = memoryview(piece)
    try:
        while left:
            written = os.pwrite(file, left, at)
            at, left = at + written, left[written:]
    finally:
        os.fsync(file)


def _read(file: int) -> Pieces:
    at = 0
    while piece := os.pread(file, READ, at):
        yield piece
        at += len(piece)


def _settle(folder: Path) -> None:
    """A name is on the disk when its folder is."""
    there = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(there)
    finally:
        os.close(there)
