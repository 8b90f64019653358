"""The log keeps up: entries are appended in batches, proofs are quick in a large log, writers who come at once share.

Promised:

* Twenty thousand entries are appended, a thousand a transaction, in at most a second of processor time; the ratio
  to bare inserts of the same rows into the same table, in the same run, is printed beside it.
* In a log of a million entries an inclusion or a consistency proof takes at most two milliseconds (the best of
  many: what the code costs; what else the machine does comes on top).
* Thirty-two writers at once have their statements taken in at ten times the rate of one by one, each with a
  receipt, with nothing less durable. What they share is the waiting for the disk: the transaction's and the mark's.
  This disk is a fast one, so ordinary ones are stood in for: each of the two is made to take so many milliseconds
  longer, as much as a network disk takes (DISK). At the disk's own speed the ratio is printed and not promised.

All on SQLite, which is slower here than PostgreSQL at everything but the single commit.
"""

import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter, process_time, sleep

from sqlalchemy import Engine, event, insert
from sqlmodel import Session

from bench import promise
from bench._page import measured_house
from crosslab.core.bell import Bell
from crosslab.core.clock import now
from crosslab.core.db import connect, session, transaction
from crosslab.core.settings import Settings
from crosslab.everything import metadata
from crosslab.ip_vault import client
from crosslab.ip_vault.client import Pen
from crosslab.ip_vault.keys import person_keys
from crosslab.ip_vault.replay import State
from crosslab.ip_vault.statements.shape import TIME
from crosslab.ledger import log
from crosslab.ledger.gathering import Envelope, Gathering
from crosslab.ledger.history import History
from crosslab.ledger.intake import take_in
from crosslab.ledger.keeper import keeper
from crosslab.ledger.tables import LogEntry

BATCH, APPENDED, LARGE = 1_000, 20_000, 1_000_000
WRITERS, EACH, TURNS, PROOFS = 32, 4, 3, 200
DISK = 0.02
ENTRY = b"s " + b"a" * 64 + b" " + b"b" * 64 + b" " + b"c" * 32 + b"\n"


@contextmanager
def house(folder: str, name: str) -> Iterator[tuple[Engine, Settings]]:
    """An empty database of its own, with the settings of a house over it."""
    given = Settings(
        database=f"sqlite:///{folder}/{name}.sqlite", log_key=f"{folder}/{name}.key", secret="none"
    )
    engine = connect(given.database)
    metadata.create_all(engine)
    yield engine, given
    engine.dispose()


def grow(engine: Engine, count: int) -> float:
    """Append so many entries, a thousand at a time; the processor time it took."""
    started = process_time()
    for _ in range(count // BATCH):
        with transaction(engine) as db:
            log.locked(db)
            log.append(db, [ENTRY] * BATCH)
    return process_time() - started


def bare(engine: Engine, count: int) -> float:
    """Insert as many rows and nothing else, far above the log's own."""
    started = process_time()
    for first in range(10**9, 10**9 + count, BATCH):
        with transaction(engine) as db:
            db.execute(insert(LogEntry), [{"idx": first + at, "data": ENTRY} for at in range(BATCH)])
    return process_time() - started


def proving(engine: Engine, prove: Callable[[Session, int], object]) -> float:
    """The best time of many for a proof somewhere in the log, in milliseconds."""
    best = 1.0
    with session(engine, read_only=True) as db:
        for turn in range(PROOFS):
            started = perf_counter()
            prove(db, 1 + turn * 4_999)
            best = min(best, perf_counter() - started)
    return best * 1_000


def new_people(name: str, count: int) -> list[bytes]:
    """So many first statements, signed and ready."""
    pens = (
        Pen(State(name), now().strftime(TIME), os.urandom, person_keys(os.urandom(32))) for _ in range(count)
    )
    return [client.create_person(pen, "Somebody").note for pen in pens]


def envelope(note: bytes) -> Envelope:
    """One statement in an envelope of its own."""
    return lambda db, trial: take_in(db, trial, [note], {})


def one_by_one(gathering: Gathering, notes: Sequence[bytes]) -> float:
    """The seconds a statement takes when each waits for the one before."""
    started = perf_counter()
    for note in notes:
        gathering.hand_in(envelope(note))
    return (perf_counter() - started) / len(notes)


def at_once(gathering: Gathering, notes: Sequence[bytes]) -> float:
    """The seconds a statement takes when thirty-two writers hand in as fast as they get their receipts."""

    def writer(own: Sequence[bytes]) -> None:
        for note in own:
            assert len(gathering.hand_in(envelope(note))[1]) == 1

    threads = [threading.Thread(target=writer, args=(notes[n::WRITERS],)) for n in range(WRITERS)]
    started = perf_counter()
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return (perf_counter() - started) / len(notes)


@contextmanager
def slow_disk(engine: Engine, seconds: float) -> Iterator[None]:
    """Let every commit and every mark take so much longer to reach the disk."""
    fsync = os.fsync

    def wait(_connection: object) -> None:
        sleep(seconds)

    def slow(descriptor: int) -> None:
        sleep(seconds)
        fsync(descriptor)

    event.listen(engine, "commit", wait)
    os.fsync = slow  # type: ignore[assignment]
    yield
    os.fsync = fsync
    event.remove(engine, "commit", wait)


def sharing(engine: Engine, given: Settings) -> tuple[float, float]:
    """The seconds a statement takes one by one and at once, the best of a few turns."""
    gathering = Gathering(engine, History(given.log_origin), keeper(given), Bell())
    singly, together = [], []
    for _ in range(TURNS):
        singly.append(one_by_one(gathering, new_people(given.log_origin, WRITERS)))
        together.append(at_once(gathering, new_people(given.log_origin, WRITERS * EACH)))
    return min(singly), min(together)


def main() -> None:
    with measured_house(), tempfile.TemporaryDirectory() as folder:
        with house(folder, "large") as (engine, _):
            grown, inserted = grow(engine, APPENDED), bare(engine, APPENDED)
            print(
                f"  {APPENDED / grown:,.0f} entries a second, {grown / inserted:.1f} times as long as bare inserts"
            )
            promise(f"{APPENDED:,} entries appended, a thousand at a time", grown, 1.0, "s")
            grow(engine, LARGE - APPENDED)
            included = proving(engine, lambda db, at: log.inclusions(db, [at], LARGE))
            promise("an inclusion proof among a million entries", included, 2.0, "ms")
            continued = proving(engine, lambda db, at: log.consistency(db, at, LARGE))
            promise("a consistency proof to a million entries", continued, 2.0, "ms")
        with house(folder, "shared") as (engine, given):
            singly, together = sharing(engine, given)
            print(f"  this disk: {1 / singly:.0f} statements a second one by one, {1 / together:.0f} at once")
            with slow_disk(engine, DISK):
                singly, together = sharing(engine, given)
            print(
                f"  a disk of {DISK * 1000:.0f} ms: {1 / singly:.0f} one by one, {1 / together:.0f} at once"
            )
            promise("a statement among thirty-two against one by one", together / singly, 0.1)


if __name__ == "__main__":
    main()
