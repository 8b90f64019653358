"""What all statements together make true, kept in memory and caught up from the database: a cache, rebuildable."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session, col, select

from crosslab.ip_vault.replay import Logged, State, apply

from .tables import Statement

BATCH = 1_000


class History:
    """The state of the log as far as it was read. One thread at a time reads on or looks into it."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._lock = threading.RLock()
        self._state = State(origin)
        self._last = ""

    @contextmanager
    def caught_up(self, db: Session) -> Iterator[State]:
        """The state after every statement in the database. Do not keep it beyond the block."""
        with self._lock:
            if not self._stands_on(db):
                self.forget()
            while batch := self._next(db):
                for each in batch:
                    apply(self._state, Logged(each.idx, each.note.encode()))
                    self._last = each.id
            yield self._state

    def forget(self) -> None:
        """Start from nothing at the next look: what was read may not have been committed."""
        with self._lock:
            self._state, self._last = State(self._origin), ""

    def read(self, index: int, note: bytes) -> None:
        """Read one more statement that is being taken in. Raises `Rejected` and stays as it was."""
        said = apply(self._state, Logged(index, note))
        self._last = said.id if said else self._last

    def _stands_on(self, db: Session) -> bool:
        """Whether the last statement read is still what the database has at that place."""
        if not self._last:
            return True
        there = select(Statement.idx).where(Statement.id == self._last)
        return db.exec(there).first() == self._state.index

    def _next(self, db: Session) -> list[Statement]:
        after = select(Statement).where(col(Statement.idx) > self._state.index)
        return list(db.exec(after.order_by(col(Statement.idx)).limit(BATCH)).all())
