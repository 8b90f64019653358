"""The log's tree in the database: append an entry, read a root, prove that an entry stands where it stands."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from crosslab.ip_vault import merkle, tiles

from .tables import LogEntry, LogHead, LogTile

INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def locked_size(db: Session) -> int:
    """The size of the log, with the head locked until the transaction ends: one writer at a time.

    Two first writers at once both put the head's row there; the second finds the first's.
    """
    head = select(LogHead).where(LogHead.id == 1).with_for_update()
    locked = db.exec(head, execution_options={"populate_existing": True}).first()
    if locked is None:
        insert = INSERTS[db.get_bind().dialect.name]
        db.execute(insert(LogHead).values(id=1, size=0).on_conflict_do_nothing())
        locked = db.exec(head).one()
    return locked.size


def size(db: Session) -> int:
    """How many entries the log has."""
    return db.exec(select(LogHead.size).where(LogHead.id == 1)).first() or 0


def append(db: Session, entry: bytes) -> int:
    """Put an entry at the end of the log. The caller holds the head locked."""
    head = db.exec(select(LogHead).where(LogHead.id == 1)).one()
    index = head.size
    db.add(LogEntry(idx=index, data=entry))
    for level, place, value in merkle.appended(index, merkle.leaf_hash(entry), reader(db)):
        if level % tiles.HEIGHT == 0:
            _put(db, level // tiles.HEIGHT, place, value)
    head.size = index + 1
    db.add(head)
    db.flush()
    return index


def _put(db: Session, level: int, place: int, value: bytes) -> None:
    n = place // tiles.WIDTH
    tile = db.exec(select(LogTile).where(LogTile.level == level, LogTile.n == n)).first()
    tile = tile or LogTile(level=level, n=n, data=b"")
    tile.data = tile.data + value
    db.add(tile)
    db.flush()


def reader(db: Session) -> merkle.Reader:
    """Reads the hashes of complete subtrees from the stored tiles."""
    return tiles.reader(_load(db))


def _load(db: Session) -> Callable[[int, int], bytes]:
    def load(level: int, n: int) -> bytes:
        data = db.exec(select(LogTile.data).where(LogTile.level == level, LogTile.n == n)).first()
        return data or b""

    return load


def root(db: Session, at: int) -> bytes:
    """The root over the first `at` entries."""
    return merkle.root(at, reader(db))


def inclusion(db: Session, index: int, at: int) -> list[bytes]:
    """The proof that an entry stands at an index of a log of a size."""
    return merkle.inclusion_proof(index, at, reader(db))


def consistency(db: Session, old: int, new: int) -> list[bytes]:
    """The proof that a log of `new` entries begins with the log of `old` entries."""
    return merkle.consistency_proof(old, new, reader(db))


def tile(db: Session, level: int, n: int) -> bytes:
    """A tile's hashes so far."""
    return _load(db)(level, n)


def entries(db: Session, n: int) -> list[bytes]:
    """The entries under the n-th tile of the lowest level."""
    first = n * tiles.WIDTH
    wanted = select(LogEntry.data).where(col(LogEntry.idx) >= first, col(LogEntry.idx) < first + tiles.WIDTH)
    return list(db.exec(wanted.order_by(col(LogEntry.idx))).all())
