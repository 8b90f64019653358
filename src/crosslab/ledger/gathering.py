"""Statements that are handed in at the same moment are taken in together: one transaction, one checkpoint.

Whoever comes first leads: they take in what has gathered while the one before them was at it, each envelope
under a savepoint of its own, so that one that is refused spoils nothing for its neighbours. What is durable is
the same as one by one: everybody gets their answer after the commit, under a checkpoint whose mark is on the
disk. Within a process one thread leads, between processes it is the locked row of the log's head.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Engine
from sqlmodel import Session

from crosslab.core.bell import Bell, commit
from crosslab.core.db import session
from crosslab.core.events import rings

from .history import History, Trial
from .intake import Taken
from .keeper import Keeper

MOST = 64
LINGER = 0.005
"""How many seconds to wait at most for as many as came the last time: less than one turn of the disk."""
Envelope = Callable[[Session, Trial], Sequence[Taken]]


def _closed() -> threading.Lock:
    gate = threading.Lock()
    gate.acquire()
    return gate


@dataclass
class Turn:
    """An envelope that waits, and then what became of it. Its gate opens once: it was served, or is to lead."""

    envelope: Envelope
    taken: Sequence[Taken] = ()
    receipts: Sequence[bytes] = ()
    trouble: BaseException | None = None
    leads: bool = False
    gate: threading.Lock = field(default_factory=_closed)

    def open(self, db: Session, trial: Trial) -> None:
        """Take the envelope in, or remember why not. Then it is as if it had never come."""
        owed = len(rings(db))
        try:
            with db.begin_nested(), trial.envelope():
                self.taken = self.envelope(db, trial)
        except Exception as trouble:
            del rings(db)[owed:]
            self.trouble = trouble


class Gathering:
    """Where statements are handed in, in this process."""

    def __init__(self, engine: Engine, history: History, keeper: Keeper, bell: Bell) -> None:
        self._engine, self._history, self._keeper, self._bell = engine, history, keeper, bell
        self._turns: list[Turn] = []
        self._lock = threading.Lock()
        self._enough = threading.Condition(self._lock)
        self._is_led, self._before = False, 1

    def hand_in(self, envelope: Envelope) -> tuple[Sequence[Taken], Sequence[bytes]]:
        """Take an envelope in with whatever else has come; what was taken, and its receipts.

        The caller must hold no transaction. Raises what the envelope raises, `Halted` when nothing is vouched for.
        """
        mine = Turn(envelope)
        with self._lock:
            self._turns.append(mine)
            mine.leads, self._is_led = not self._is_led, True
            if len(self._turns) >= self._before:
                self._enough.notify()
        if not mine.leads:
            mine.gate.acquire()
        if mine.leads:
            self._serve()
        if mine.trouble:
            raise mine.trouble
        return mine.taken, mine.receipts

    def _serve(self) -> None:
        """Lead: take in all that has gathered, which is at least one's own, and let the first of the others lead on.

        After many came at once, the next many are waited for a moment. Nobody is woken but whom it concerns.
        """
        served = self._gathered()
        try:
            self._take_in(served)
        except BaseException as trouble:
            for each in served:  # everybody who waits must be told, each in their own thread
                each.trouble = each.trouble or trouble
        with self._lock:
            self._before = len(served)
            after = self._turns[:1]
            self._is_led = bool(after)
            for each in after:
                each.leads = True
        for each in [*served, *after]:
            each.gate.release()

    def _gathered(self) -> Sequence[Turn]:
        with self._lock:
            if self._before > 1:
                self._enough.wait_for(lambda: len(self._turns) >= self._before, LINGER)
            served, self._turns = self._turns[:MOST], self._turns[MOST:]
        return served

    def _take_in(self, served: Sequence[Turn]) -> None:
        with session(self._engine) as db:
            with self._history.trial(db) as trial:
                self._keeper.check(db)
                for each in served:
                    each.open(db, trial)
            commit(db, self._bell)
            kept = [each for each in served if each.trouble is None]
            receipts = iter(self._keeper.receipts(db, [one.index for each in kept for one in each.taken]))
            for each in kept:
                each.receipts = [next(receipts) for _ in each.taken]
