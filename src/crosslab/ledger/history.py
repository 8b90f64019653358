"""What all statements together make true, kept in memory and caught up from the database: a cache, rebuildable."""

import copy
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import insert
from sqlmodel import Session, col, select

from crosslab.core.db import look_again
from crosslab.ip_vault.replay import Logged, State, apply

from . import log
from .tables import Statement

BATCH = 1_000
RECORD = insert(Statement)


class Reading:
    """A state, and the last statement that went into it."""

    def __init__(self, origin: str) -> None:
        self.state, self.last = State(origin), ""

    def read(self, index: int, note: bytes) -> None:
        """Read one more statement. Raises `Rejected` and stays as it was."""
        said = apply(self.state, Logged(index, note))
        self.last = said.id if said else self.last


class Trial:
    """New statements on their way in: tried on a reading of everything so far, one envelope after another.

    Their entries and their rows wait for the end of the transaction, which stores all of them at once. Who asks the
    database for statements before that, or names one, has them written first.
    """

    def __init__(self, history: "History", reading: Reading, first: int) -> None:
        self._history, self.reading, self._first = history, reading, first
        self._read: list[bytes] = []
        self.entries: list[bytes] = []
        self._rows: list[Mapping[str, object]] = []

    @property
    def state(self) -> State:
        """What is so after everything that was taken in so far."""
        return self.reading.state

    @property
    def index(self) -> int:
        """The place in the register of the next entry."""
        return self._first + len(self.entries)

    def read(self, note: bytes) -> None:
        """Read a statement as the next entry. Raises `Rejected` when it has no place."""
        self.reading.read(self.index, note)
        self._read.append(note)

    def add(self, row: Mapping[str, object], entry: bytes) -> None:
        """Remember what is to be stored of the statement that was read last."""
        self._rows.append(row)
        self.entries.append(entry)

    def write(self, db: Session) -> None:
        """Store the rows that wait. If that is undone with an envelope, they wait again."""
        if self._rows:
            db.connection().execute(RECORD, self._rows)
            self._rows = []

    @contextmanager
    def envelope(self) -> Iterator[None]:
        """Statements that belong together: whatever is raised, it is as if none of them had been read."""
        before, waiting = len(self._read), self._rows.copy()
        try:
            yield
        except BaseException:
            self._rows = waiting
            if len(self._read) > before:
                self._forget(before)
            raise

    def _forget(self, kept: int) -> None:
        del self._read[kept:], self.entries[kept:]
        self.reading = self._history.copy()
        for at, note in enumerate(self._read):
            self.reading.read(self._first + at, note)


class History:
    """The state of the log as far as it was read. One thread at a time reads on or looks into it.

    `settled` holds what the database holds. New statements are tried on a second reading, so that whoever
    looks meanwhile neither sees what may be undone, nor has to read everything anew when it is.
    """

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._lock = threading.RLock()
        self._settled = self._ahead = Reading(origin)

    @contextmanager
    def caught_up(self, db: Session) -> Iterator[State]:
        """The state after every statement in the database. Do not keep it beyond the block."""
        with self._lock:
            yield self._catch_up(db).state

    @contextmanager
    def trial(self, db: Session) -> Iterator[Trial]:
        """A trial of new statements after everything so far, with the log's head locked: nobody else adds any.

        At its end their entries are appended. If the transaction is undone, so is, at the next look, all of it.
        """
        head = log.locked(db)
        with self._lock:
            settled = self._catch_up(db)
            if self._ahead is settled or self._ahead.last != settled.last:
                self._ahead = copy.deepcopy(settled)
            tried, self._ahead = self._ahead, settled
        made = Trial(self, tried, head.base + head.size)
        yield made
        made.write(db)
        log.append(db, made.entries)
        with self._lock:
            self._ahead = made.reading

    def copy(self) -> Reading:
        """Another reading of what is settled."""
        with self._lock:
            return copy.deepcopy(self._settled)

    def _catch_up(self, db: Session) -> Reading:
        if not self._stands_on(db):
            look_again(db)
            if not self._stands_on(db):
                self._settled = Reading(self._origin)
        if not self._settled.last:
            self._settled.state.earlier = log.earlier(db)
        while batch := self._next(db):
            for index, note in batch:
                self._settled.read(index, note.encode())
        return self._settled

    def _stands_on(self, db: Session) -> bool:
        """Whether the last statement read is still what the database has at that place."""
        if not self._settled.last:
            return True
        there = select(Statement.idx).where(Statement.id == self._settled.last)
        return db.exec(there).first() == self._settled.state.index

    def _next(self, db: Session) -> list[tuple[int, str]]:
        after = select(Statement.idx, Statement.note).where(col(Statement.idx) > self._settled.state.index)
        return list(db.exec(after.order_by(col(Statement.idx)).limit(BATCH)).all())
