"""Unfinished files in an S3-compatible store, where nothing grows: an object a piece, named by the bytes it brings."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

import obstore
from obstore.store import S3Store

from crosslab.rules import N_

from .errors import Elsewhere, Refused
from .unfinished import FOLDER, READ, Pieces, joining

MOST_PIECES = 10_000


@dataclass(frozen=True, order=True)
class Piece:
    """Some of the bytes of an unfinished file: from `start` to before `stop`."""

    start: int
    stop: int
    key: str
    at: datetime


class InPieces:
    """In an S3-compatible store: an object a piece.

    Two who send at once may bring the same bytes twice, in other pieces; either will do. They are sent by one
    person under one name, and what is wrong is found when the whole is hashed as it is stored.
    """

    def __init__(self, store: S3Store, *, most: int = MOST_PIECES) -> None:
        self._most = most
        self._store, self._joining, self._one = store, set[str](), Lock()

    def size(self, place: str) -> int:
        return sum(stop - start for start, stop, _ in self._row(place))

    def append(self, place: str, at: int, piece: bytes) -> None:
        pieces = self._pieces(place)
        come = sum(stop - start for start, stop, _ in _in_a_row(pieces))
        if come != at:
            raise Elsewhere(come)
        if len(pieces) >= self._most:
            self.drop(place)
            raise Refused(N_("This file came in more than {most} pieces. Send it again."), most=self._most)
        if not piece:
            return
        key = f"{place}/{at:015d}-{at + len(piece):015d}"
        obstore.put(self._store, key, piece, use_multipart=False)

    def keep(self, place: str, size: int, key: str, through: Callable[[Pieces], Pieces]) -> None:
        with self._alone(place):
            try:
                obstore.put(self._store, key, _beside(through(self._read(place, size))))
            except FileNotFoundError:  # another process was putting it together, and is done
                raise Elsewhere(self.size(place)) from None
            self.drop(place)

    @contextmanager
    def _alone(self, place: str) -> Iterator[None]:
        """One at a time puts a file together: it is read and written whole, however often that is asked for."""
        with self._one:
            if place in self._joining:
                raise joining()
            self._joining.add(place)
        try:
            yield
        finally:
            self._joining.discard(place)

    def drop(self, place: str) -> None:
        if keys := [piece.key for piece in self._pieces(place)]:
            obstore.delete(self._store, keys)

    def names(self, folder: str) -> set[str]:
        found = obstore.list_with_delimiter(self._store, folder)["common_prefixes"]
        return {str(path).rsplit("/", 1)[-1] for path in found}

    def sweep(self, before: datetime) -> None:
        newest: dict[str, datetime] = {}
        for piece in self._pieces(FOLDER):
            place = piece.key.rsplit("/", 1)[0]
            newest[place] = max(piece.at, newest.get(place, piece.at))
        for place, at in newest.items():
            if at < before:
                self.drop(place)

    def _pieces(self, place: str) -> list[Piece]:
        found = (each for batch in obstore.list(self._store, prefix=place) for each in batch)
        return sorted(_piece(str(each["path"]), each["last_modified"]) for each in found)

    def _row(self, place: str) -> Iterator[tuple[int, int, Piece]]:
        return _in_a_row(self._pieces(place))

    def _read(self, place: str, size: int) -> Pieces:
        row = list(self._row(place))
        come = sum(stop - start for start, stop, _ in row)
        if come != size:
            raise Elsewhere(come)
        for start, stop, piece in row:
            stretch = (start - piece.start, stop - piece.start)
            found = obstore.get(self._store, piece.key, options={"range": stretch})
            for part in found.stream(min_chunk_size=READ):
                yield bytes(part)


def _beside(pieces: Pieces) -> Pieces:
    """The same, read in a thread beside: the one that a store takes them in may not ask a store."""
    with ThreadPoolExecutor(1) as beside:
        while (piece := beside.submit(next, pieces, None).result()) is not None:
            yield piece


def _piece(key: str, at: datetime) -> Piece:
    start, _, stop = key.rsplit("/", 1)[-1].partition("-")
    return Piece(int(start), int(stop), key, at)


def _in_a_row(pieces: list[Piece]) -> Iterator[tuple[int, int, Piece]]:
    """What each piece adds to those before it, up to the first gap."""
    at = 0
    for piece in pieces:
        if piece.start > at:
            return
        if piece.stop > at:
            yield at, piece.stop, piece
            at = piece.stop
