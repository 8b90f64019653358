"""Statements, the log's tree, attachments, sealed files and unlock files. None of it is plaintext or a key."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from crosslab.core.clock import now
from crosslab.core.columns import serial
from crosslab.core.tables import Base, Row


class Statement(Base, table=True):
    """A signed note at its place in the log and on its chain."""

    __table_args__ = (UniqueConstraint("chain", "seq"), Index("ix_statement_chain_idx", "chain", "idx"))

    id: str = Field(primary_key=True, max_length=64)
    idx: int = Field(sa_type=serial(), unique=True)
    chain: str = Field(max_length=64)
    seq: int
    type: str = Field(max_length=40, index=True)
    by: str = Field(max_length=64)
    org: str = Field(default="", max_length=64)
    note: str
    at: datetime = Field(default_factory=now)


class LogHead(Base, table=True):
    """One row: how many entries the log has. Whoever appends holds it locked."""

    __tablename__ = "log_head"

    id: int = Field(default=1, primary_key=True)
    size: int = Field(default=0, sa_type=serial())


class LogEntry(Base, table=True):
    """One line of the log."""

    __tablename__ = "log_entry"

    idx: int = Field(sa_type=serial(), primary_key=True)
    data: bytes = Field(sa_type=LargeBinary)


class LogTile(Base, table=True):
    """Up to 256 hashes of complete subtrees: the tree, cut as C2SP tlog-tiles cut it."""

    __tablename__ = "log_tile"

    level: int = Field(primary_key=True)
    n: int = Field(sa_type=serial(), primary_key=True)
    data: bytes = Field(sa_type=LargeBinary)


class Attachment(Base, table=True):
    """A small age file that travels with a statement: a grant or a wrapped key."""

    sha256: str = Field(primary_key=True, max_length=64)
    statement_id: str = Field(foreign_key="statement.id", index=True, max_length=64)
    data: bytes = Field(sa_type=LargeBinary)


class Blob(Base, table=True):
    """A sealed file in the store. It counts once a version names it; others are swept after a day."""

    sha256: str = Field(primary_key=True, max_length=64)
    size: int = Field(sa_type=serial())
    person_id: UUID = Field(foreign_key="person.id")
    stored_at: datetime = Field(default_factory=now, index=True)


class BlobUse(Base, table=True):
    """Which versions name a sealed file."""

    __tablename__ = "blob_use"

    sha256: str = Field(primary_key=True, max_length=64)
    version_id: str = Field(primary_key=True, foreign_key="statement.id", max_length=64)


class Unlock(Base, table=True):
    """A person's root, sealed by their passphrase or passkey. Only they may fetch it."""

    person_id: UUID = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    kind: str = Field(primary_key=True, max_length=20)
    data: bytes = Field(sa_type=LargeBinary)
    kept_at: datetime = Field(default_factory=now)


class UnlockFetch(Row, table=True):
    """That a person fetched an unlock file of theirs: the last hour is counted."""

    __tablename__ = "unlock_fetch"

    person_id: UUID = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    at: datetime = Field(default_factory=now)
