"""The log keeps up: entries are appended in batches, proofs are quick in a large log, writers who come at once share.

Promised:

* Twenty thousand entries are appended, a thousand a transaction, in at most a second of processor time; the ratio
  to bare inserts of the same rows into the same table, in the same run, is printed beside it.
* In a log of a million entries an inclusion or a consistency proof takes at most two milliseconds (the best of
  many: what the code costs; what else the machine does comes on top).
* Thirty-two writers at once have their statements taken in at ten times the rate of one by one, each with a
  receipt, with nothing less durable, on the disk as it is: the median over rounds in which both are measured one
  after the other. What they share is what a turn costs, above all the waiting for the disk: the transaction's and
  the mark's. What nobody shares is what a statement costs: reading it, its signature, its rows, its proof. Both are
  printed, for they bound the ratio: on a disk that costs nothing a turn still does.
  The statements are those of people whose keys are known. A new key is looked at for two milliseconds, once: the
  ratio for first keys is printed and not promised.

All on SQLite, which is slower here than PostgreSQL at everything but the single commit.
"""

import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from statistics import median
from time import perf_counter, process_time

from sqlalchemy import Engine, insert
from sqlmodel import Session

from bench import promise
from bench._page import measured_house
from crosslab.core.bell import Bell
from crosslab.core.clock import now
from crosslab.core.db import connect, session, transaction
from crosslab.core.settings import Settings
from crosslab.everything import metadata
from crosslab.ip_vault import client
from crosslab.ip_vault.age import HybridIdentity
from crosslab.ip_vault.client import Pen
from crosslab.ip_vault.curve import check_public
from crosslab.ip_vault.keys import person_keys, recovery_keys
from crosslab.ip_vault.replay import State
from crosslab.ip_vault.statements import parse
from crosslab.ip_vault.statements.shape import TIME
from crosslab.ledger import log
from crosslab.ledger.gathering import Envelope, Gathering
from crosslab.ledger.history import History
from crosslab.ledger.intake import take_in
from crosslab.ledger.keeper import keeper
from crosslab.ledger.tables import LogEntry

BATCH, APPENDED, LARGE = 1_000, 20_000, 1_000_000
WRITERS, EACH, ROUNDS, PROOFS = 32, 12, 9, 200
Make = Callable[[int], list[bytes]]
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


@dataclass(frozen=True)
class Founder:
    """Somebody whose key is known, and the organisation they speak for."""

    pen: Pen
    org: str

    def founds(self) -> bytes:
        """Their statement that a consortium begins, signed and ready."""
        return client.create_consortium(self.pen, self.org, "Somebody’s", "none").note


def new_pen(origin: str) -> Pen:
    """The pen of somebody new."""
    return Pen(State(origin), now().strftime(TIME), os.urandom, person_keys(os.urandom(32)))


def founder(gathering: Gathering, origin: str) -> Founder:
    """Somebody who has made their keys and their organisation's."""
    pen = new_pen(origin)
    me = client.create_person(pen, "Somebody")
    pen = replace(pen, person=me.id)
    identity, recovery = HybridIdentity(os.urandom(32)), recovery_keys(os.urandom(32))
    org = client.create_organisation(pen, "Some house", identity, recovery)
    for said in (me, org):
        gathering.hand_in(envelope(said.note))
    return Founder(pen, org.id)


def first_keys(origin: str, count: int) -> list[bytes]:
    """So many first statements of new people, whose keys nobody has looked at yet."""
    made = [client.create_person(new_pen(origin), "Somebody").note for _ in range(count)]
    check_public.cache_clear()
    parse.cache_clear()
    return made


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


def rounds(gathering: Gathering, make: Make, count: int) -> tuple[float, float, float]:
    """How long a statement takes at once against one by one, and both in seconds: medians over so many rounds."""
    measured = []
    for _ in range(count):
        first, *alone = make(WRITERS + 1)
        one_by_one(gathering, [first])  # who comes after many waits a moment for many
        singly, together = one_by_one(gathering, alone), at_once(gathering, make(WRITERS * EACH))
        measured.append((together / singly, singly, together))
    ratio, singly, together = map(median, zip(*measured, strict=True))
    return ratio, singly, together


def sharing(gathering: Gathering, origin: str) -> float:
    """How long a statement takes among thirty-two writers against one by one."""
    founders = [founder(gathering, origin) for _ in range(WRITERS)]
    ratio, singly, together = rounds(
        gathering, lambda count: [founders[n % WRITERS].founds() for n in range(count)], ROUNDS
    )
    print(
        f"  {1 / singly:,.0f} statements a second one by one, {1 / together:,.0f} at once: {1 / ratio:.1f} times"
    )
    each = (WRITERS * together - singly) / (WRITERS - 1)
    print(f"  a turn costs {(singly - each) * 1000:.2f} ms, each statement in it {each * 1000:.2f} ms more")
    first, *_ = rounds(gathering, lambda count: first_keys(origin, count), 3)
    print(f"  first keys, each looked at closely: {1 / first:.1f} times")
    return ratio


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
            gathering = Gathering(engine, History(given.log_origin), keeper(given), Bell())
            shared = sharing(gathering, given.log_origin)
            promise("a statement among thirty-two writers against one by one", 100 * shared, 10.0, "%")


if __name__ == "__main__":
    main()
