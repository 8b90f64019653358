"""Statements taken in together cost much less than the same number taken in one by one.

Promised: a batch of sixty-four takes at most half the time of sixty-four by themselves. One by one, each pays
for the lock on the log's head, a commit, and a checkpoint with its mark on the disk; a batch pays once. What
both pay for every statement is its signatures, the rules and its place in the tree. Both take in first
statements of new people, made beforehand, into one empty log on PostgreSQL, in turns; the best of five on the
wall counts, so that the database's work is in it. The rates beside it promise nothing.
"""

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from sqlalchemy import Engine

from bench import promise
from bench._page import measured_house
from crosslab.core.clock import now
from crosslab.core.db import connect, session
from crosslab.everything import metadata
from crosslab.ip_vault import client
from crosslab.ip_vault.client import Pen
from crosslab.ip_vault.keys import person_keys
from crosslab.ip_vault.replay import State
from crosslab.ip_vault.statements.shape import TIME
from crosslab.ledger.history import History
from crosslab.ledger.intake import take_in
from crosslab.ledger.keeper import Keeper, keeper
from tests.databases import lent, settings_of

MANY, TURNS = 64, 5
TakeIn = Callable[[Sequence[bytes]], None]


def new_people(log: str) -> list[bytes]:
    """So many first statements, signed and ready."""
    pens = (
        Pen(State(log), now().strftime(TIME), os.urandom, person_keys(os.urandom(32))) for _ in range(MANY)
    )
    return [client.create_person(pen, "Somebody").note for pen in pens]


def taking_in(engine: Engine, made: Keeper, history: History) -> TakeIn:
    """What the door does with an envelope: all of it or nothing, then the receipts."""

    def envelope(notes: Sequence[bytes]) -> None:
        with session(engine) as db:
            taken = take_in(db, history, notes, {})
            db.commit()
            made.receipts(db, [each.index for each in taken])

    return envelope


def passed(work: Callable[[], None]) -> float:
    """How long it took, on the wall."""
    started = perf_counter()
    work()
    return perf_counter() - started


def main() -> None:
    with (
        measured_house(),
        lent("postgres", "bench", of=None) as url,
        tempfile.TemporaryDirectory() as folder,
    ):
        engine, given = connect(url), settings_of(url, Path(folder))
        metadata.create_all(engine)
        envelope = taking_in(engine, keeper(given), History(given.log_origin))
        singly, together = [], []
        for _ in range(TURNS):
            one, other = new_people(given.log_origin), new_people(given.log_origin)
            singly.append(passed(lambda notes=one: [envelope([each]) for each in notes]))  # type: ignore[misc]
            together.append(passed(lambda notes=other: envelope(notes)))  # type: ignore[misc]
        engine.dispose()
    print(f"  {MANY / min(singly):.0f} statements a second one by one, {MANY / min(together):.0f} together")
    promise("sixty-four together against one by one", min(together) / min(singly), 0.5)


if __name__ == "__main__":
    main()
