"""Two databases, one behaviour: SQLite out of the box, PostgreSQL when one machine is not enough."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlmodel import Session

READ_ONLY = {"read_only": True}


def connect(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql+psycopg://…`."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url)
    return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=10)


def _sqlite(url: str) -> Engine:
    """Write-ahead log, foreign keys on, and `BEGIN IMMEDIATE` for whoever may write.

    A commit is on the disk when it returns: the log vouches for what was committed, and a power cut that took
    a transaction back would look as if the register had been tampered with.

    A deferred transaction that reads and then writes fails at once when another one has written meanwhile,
    whatever the busy timeout; an immediate one waits its turn.
    """
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": 15})

    @event.listens_for(engine, "connect")
    def _habits(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("read_only")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def session(engine: Engine, *, read_only: bool = False) -> Session:
    """A session whose objects stay readable after commit."""
    bind = engine.execution_options(**READ_ONLY) if read_only else engine
    return Session(bind, expire_on_commit=False)


def snapshot(engine: Engine) -> Session:
    """A session that only reads, and sees one moment however long it reads."""
    on_postgres = engine.dialect.name == "postgresql"
    steady = engine.execution_options(isolation_level="REPEATABLE READ") if on_postgres else engine
    return session(steady, read_only=True)


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """One session, one transaction: committed at the end, undone by anything that is raised."""
    with session(engine) as db:
        yield db
        db.commit()


def look_again(db: Session) -> None:
    """Let a session that only reads see what was committed since its first look; others see it anyway."""
    if db.get_bind().get_execution_options().get("read_only"):
        db.commit()
