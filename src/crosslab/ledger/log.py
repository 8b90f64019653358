"""The log's tree in the database: append entries, read a root, prove that an entry stands where it stands.

The register is one log after another; only the newest grows. `of` names a log by its number, 0 is the newest.
Sizes and indices are those within the log; `idx` of a stored entry counts on over all logs.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, func, select

from crosslab.ip_vault import merkle, tiles

from .tables import LogEntry, LogHead, LogTile

INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
AGAIN = {"populate_existing": True}
NEWEST = select(LogHead).order_by(col(LogHead.id).desc()).limit(1)


def locked(db: Session) -> LogHead:
    """The newest log, locked until the transaction ends: one writer at a time.

    Two first writers at once both put the first log's row there; the second finds the first's. Who waited while
    the log ended asks again.
    """
    while True:
        head = db.exec(NEWEST.with_for_update(), execution_options=AGAIN).first()
        if head and not head.ended:
            return head
        if head is None:
            fresh = INSERTS[db.get_bind().dialect.name](LogHead).values(id=1, size=0, base=0)
            db.execute(fresh.on_conflict_do_nothing())


def head(db: Session, of: int = 0) -> LogHead:
    """A log: its number, size, and what is known of it when it has ended."""
    wanted = select(LogHead).where(LogHead.id == of) if of else NEWEST
    return db.exec(wanted, execution_options=AGAIN).first() or LogHead(id=1)


def heads(db: Session) -> list[LogHead]:
    """All logs of the register, the oldest first."""
    return list(db.exec(select(LogHead).order_by(col(LogHead.id)), execution_options=AGAIN).all())


def size(db: Session, of: int = 0) -> int:
    """How many entries a log has."""
    sizes = select(LogHead.size).order_by(col(LogHead.id).desc()).limit(1)
    return db.exec(sizes.where(LogHead.id == of) if of else sizes).first() or 0


def count(db: Session) -> int:
    """How many entries all logs have together."""
    return int(db.exec(select(func.coalesce(func.sum(LogHead.size), 0))).one())


def earlier(db: Session) -> tuple[tuple[str, int], ...]:
    """The logs that have ended: their names, and the place in the register that each ended before."""
    return tuple((each.origin, each.base + each.size) for each in heads(db) if each.ended)


def append(db: Session, entries: Sequence[bytes]) -> int:
    """Put entries at the end of the newest log, which the caller holds locked; the first one's place in it."""
    last = head(db)
    first, grown = last.size, _Growing(db, last.id)
    for at, entry in enumerate(entries, first):
        grown.take(merkle.appended(at, merkle.leaf_hash(entry), grown.read))
    if entries:
        rows = [{"idx": last.base + at, "data": entry} for at, entry in enumerate(entries, first)]
        db.connection().execute(insert(LogEntry), rows)
        grown.write()
    last.size = first + len(entries)
    db.add(last)
    db.flush()
    return first


class _Growing:
    """Tiles to which hashes are added before they are written, each once."""

    def __init__(self, db: Session, number: int) -> None:
        self._db, self._log, self._read = db, number, reader(db, number)
        self._made: dict[tuple[int, int], bytes] = {}
        self._fresh: dict[tuple[int, int], list[bytes]] = {}

    def read(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree, be it stored already or not."""
        return self._made.get((level, index)) or self._read(level, index)

    def take(self, subtrees: Sequence[tuple[int, int, bytes]]) -> None:
        """Remember subtrees that an entry completed; every eighth level is stored."""
        for level, place, value in subtrees:
            self._made[level, place] = value
            if level % tiles.HEIGHT == 0:
                tile = level // tiles.HEIGHT, place // tiles.WIDTH
                self._fresh.setdefault(tile, []).append(value)

    def write(self) -> None:
        """Write every tile that has grown."""
        rows = [
            {
                "log": self._log,
                "level": level,
                "n": n,
                "data": _data(self._db, self._log, level, n) + b"".join(more),
            }
            for (level, n), more in self._fresh.items()
        ]
        put = INSERTS[self._db.get_bind().dialect.name](LogTile)
        places = ["log", "level", "n"]
        self._db.execute(
            put.on_conflict_do_update(index_elements=places, set_={"data": put.excluded.data}), rows
        )


def reader(db: Session, of: int = 0) -> merkle.Reader:
    """Reads the hashes of complete subtrees from the stored tiles, each once. For one question: logs grow."""
    number, known = of or head(db).id, dict[tuple[int, int], bytes]()

    def load(level: int, n: int) -> bytes:
        if (level, n) not in known:
            known[level, n] = _data(db, number, level, n)
        return known[level, n]

    return cache(tiles.reader(load))


def _data(db: Session, number: int, level: int, n: int) -> bytes:
    wanted = select(LogTile.data).where(LogTile.log == number, LogTile.level == level, LogTile.n == n)
    return db.exec(wanted).first() or b""


def root(db: Session, at: int, of: int = 0) -> bytes:
    """The root over the first `at` entries."""
    return merkle.root(at, reader(db, of))


def inclusions(db: Session, indices: Sequence[int], at: int, of: int = 0) -> list[list[bytes]]:
    """The proofs that entries stand at their indices of a log of a size."""
    read = reader(db, of)
    return [merkle.inclusion_proof(index, at, read) for index in indices]


def consistency(db: Session, old: int, new: int, of: int = 0) -> list[bytes]:
    """The proof that a log of `new` entries begins with the log of `old` entries."""
    return merkle.consistency_proof(old, new, reader(db, of))


def tile(db: Session, level: int, n: int, of: int = 0) -> bytes:
    """A tile's hashes so far."""
    return _data(db, of or head(db).id, level, n)


def entries(db: Session, n: int, of: int = 0) -> list[bytes]:
    """The entries under the n-th tile of the lowest level, so far."""
    known = head(db, of)
    first, end = n * tiles.WIDTH, min((n + 1) * tiles.WIDTH, known.size)
    return stretch(db, known.base + first, known.base + end) if first < end else []


def stretch(db: Session, first: int, end: int) -> list[bytes]:
    """The register's entries from a place up to another."""
    wanted = select(LogEntry.data).where(col(LogEntry.idx) >= first, col(LogEntry.idx) < end)
    return list(db.exec(wanted.order_by(col(LogEntry.idx))).all())
