"""Reading the register from beginning to end: does everything that is stored still say what was vouched for.

Discs lose bits and backups are restored by halves. A log whose hashes no longer fit must be found by us, tonight,
and not by a member in ten years. Nothing is repaired here: what does not fit is told, by place.
"""

import logging
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from hashlib import sha256
from itertools import islice
from time import monotonic

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from crosslab.core.clock import now
from crosslab.core.db import snapshot, transaction
from crosslab.ip_vault import merkle, tiles, tlog
from crosslab.ip_vault.errors import VaultError
from crosslab.ip_vault.replay import Logged, Rejected, State, apply
from crosslab.ip_vault.statements.types import FOR_PARTIES

from . import log
from .keeper import Halted, Keeper
from .tables import Attachment, Issued, LogCheck, LogHead, LogTile, Release, Statement

logger = logging.getLogger(__name__)
BATCH, MOST_TROUBLES = 1_000, 50


def check(engine: Engine, keeper: Keeper) -> LogCheck:
    """Read everything, remember the result, and return it."""
    started = monotonic()
    with snapshot(engine) as db, closing(_troubles(db, keeper)) as found:
        entries, troubles = log.count(db), list(islice(found, MOST_TROUBLES))
    made = LogCheck(at=now(), entries=entries, seconds=int(monotonic() - started), troubles=troubles)
    with transaction(engine) as db:
        db.add(made)
    for trouble in troubles:
        logger.error("the register does not fit together: %s", trouble)
    return made


def last(db: Session) -> LogCheck | None:
    """The last time the register was read through."""
    return db.exec(
        select(LogCheck).order_by(col(LogCheck.at).desc(), col(LogCheck.id).desc()).limit(1)
    ).first()


def _troubles(db: Session, keeper: Keeper) -> Generator[str, None, None]:
    for head in log.heads(db):
        yield from _tree(db, head)
    yield from _statements(db, keeper)
    yield from _attachments(db)
    try:
        keeper.check(db)
    except Halted as halted:
        yield str(halted)


def _tree(db: Session, head: LogHead) -> Iterator[str]:
    """One log: its entries hash to its tiles, and to every checkpoint that others vouched for."""
    made, called = merkle.Tree(), f"log {head.id}"
    for first in range(0, head.size, BATCH):
        end = min(first + BATCH, head.size)
        found = log.stretch(db, head.base + first, head.base + end)
        if len(found) < end - first:
            yield f"{called}: entries are missing from place {first} on"
            return
        for entry in found:
            made.append(merkle.leaf_hash(entry))
    yield from (f"{called}: {each}" for each in _tiles(db, head, made))
    for point in _vouched(db, head):
        if point.size > head.size or made.root(point.size) != point.root:
            yield f"{called}: the entries do not lead to the checkpoint of {point.size} that was issued"


def _tiles(db: Session, head: LogHead, made: merkle.Tree) -> Iterator[str]:
    stored = select(LogTile).where(LogTile.log == head.id).order_by(col(LogTile.level), col(LogTile.n))
    found = {(each.level, each.n): each.data for each in db.exec(stored)}
    for tile in tiles.tiles(head.size):
        level, first = tile.level * tiles.HEIGHT, tile.index * tiles.WIDTH
        hashes = b"".join(made.read(level, first + at) for at in range(tile.width))
        if found.pop((tile.level, tile.index), b"") != hashes:
            yield f"{tile.path} does not hold the hashes of the entries"
    for level, n in found:
        yield f"{tiles.Tile(level, n).path} has no entries beneath it"


def _vouched(db: Session, head: LogHead) -> Iterator[tlog.Checkpoint]:
    """Every checkpoint of a log that somebody outside put their name or time to, and its last one."""
    notes = list(db.exec(select(Issued.note).where(Issued.log == head.id)))
    for note in [*notes, *([head.ended] if head.ended else [])]:
        yield tlog.parse_checkpoint(note.encode())


def _statements(db: Session, keeper: Keeper) -> Iterator[str]:
    """Every statement stands in its entry, every entry has its statement, and all of them have their place."""
    said = select(Statement).order_by(col(Statement.idx)).execution_options(yield_per=BATCH)
    with db.exec(said) as rows:
        yield from _said(db, keeper, rows)


def _said(db: Session, keeper: Keeper, rows: Iterable[Statement]) -> Iterator[str]:
    state, entries = State(keeper.origin, earlier=log.earlier(db)), _entries(db)
    others = _others(db)
    for row in rows:
        note = row.note.encode()
        place, entry = next(entries, (-1, b""))
        while entry and not entry.startswith(b"s "):
            yield from _other(place, entry, others)
            place, entry = next(entries, (-1, b""))
        known, apart = state.chains.get(row.chain), row.type in FOR_PARTIES
        line = tlog.statement_entry(row.id, note, known.head if known else None, for_parties=apart)
        if place != row.idx or entry != line:
            yield f"the statement at {row.idx} is not the one that was logged"
            return
        try:
            apply(state, Logged(row.idx, note))
        except (Rejected, VaultError) as wrong:
            yield f"the statement at {row.idx} has no place in history: {wrong}"
            return
    for place, entry in entries:
        yield from _other(place, entry, others)


def _entries(db: Session) -> Iterator[tuple[int, bytes]]:
    for first in range(0, log.count(db), BATCH):
        yield from enumerate(log.stretch(db, first, first + BATCH), first)


def _others(db: Session) -> dict[int, bytes]:
    """The entries that are no statements: releases, and the first line of each log that follows another."""
    found = {each.idx: tlog.release_entry(each.manifest.encode()) for each in db.exec(select(Release))}
    ended = ((head.base + head.size, head.ended.encode()) for head in log.heads(db) if head.ended)
    return found | {place: tlog.previous_log_entry(last) for place, last in ended}


def _other(place: int, entry: bytes, others: Mapping[int, bytes]) -> Iterator[str]:
    """An entry without a statement is one of those that are known."""
    try:
        read = tlog.parse_entry(entry)
    except VaultError:
        yield f"the entry at {place} cannot be read"
        return
    if read.kind is tlog.Kind.STATEMENT:
        yield f"the statement of the entry at {place} is missing"
    elif others.get(place) != entry:
        yield f"the entry at {place} names a release or a log that is not known"


def _attachments(db: Session) -> Iterator[str]:
    with db.exec(select(Attachment).execution_options(yield_per=100)) as rows:
        for row in rows:
            if sha256(row.data).hexdigest() != row.sha256:
                yield f"the attachment {row.sha256} is damaged"
