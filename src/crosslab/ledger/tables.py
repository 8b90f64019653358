"""Statements, the log's tree, attachments, sealed files and unlock files. None of it is plaintext or a key."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from crosslab.core.clock import now
from crosslab.core.columns import json_of, serial
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
    """A log of the register's, counted from 1, and how many entries it has. Whoever appends holds the newest locked.

    `base` is how many entries the logs before it have together. A log that has ended keeps its name, its public
    key and its last checkpoint, for its private key is gone.
    """

    __tablename__ = "log_head"

    id: int = Field(default=1, primary_key=True)
    size: int = Field(default=0, sa_type=serial())
    base: int = Field(default=0, sa_type=serial())
    origin: str = Field(default="", max_length=200)
    vkey: str = Field(default="", max_length=300)
    ended: str = ""


class LogEntry(Base, table=True):
    """One line of the register. `idx` counts on over all its logs."""

    __tablename__ = "log_entry"

    idx: int = Field(sa_type=serial(), primary_key=True)
    data: bytes = Field(sa_type=LargeBinary)


class LogTile(Base, table=True):
    """Up to 256 hashes of complete subtrees: the tree, cut as C2SP tlog-tiles cut it."""

    __tablename__ = "log_tile"

    log: int = Field(primary_key=True)
    level: int = Field(primary_key=True)
    n: int = Field(sa_type=serial(), primary_key=True)
    data: bytes = Field(sa_type=LargeBinary)


class Issued(Base, table=True):
    """A checkpoint as the log signed it, kept because others put their name or their time to it."""

    __tablename__ = "log_checkpoint"

    log: int = Field(primary_key=True)
    size: int = Field(sa_type=serial(), primary_key=True)
    note: str


class Cosignature(Base, table=True):
    """A witness's line under a checkpoint: seen by it at that instant."""

    log: int = Field(primary_key=True)
    size: int = Field(sa_type=serial(), primary_key=True)
    witness: str = Field(max_length=300, primary_key=True)
    line: str
    at: datetime


class Timestamp(Row, table=True):
    """A time-stamp token (RFC 3161) over a checkpoint as issued, with the certificates it is checked by."""

    __table_args__ = (Index("ix_timestamp_log_size", "log", "size"),)

    log: int
    size: int = Field(sa_type=serial())
    authority: str = Field(max_length=80)
    level: str = Field(max_length=20)
    token: bytes = Field(sa_type=LargeBinary)
    chain: str
    at: datetime
    until: datetime


class Release(Base, table=True):
    """A browser bundle that was served, named by the hash of its manifest, and its place in the register."""

    sha256: str = Field(primary_key=True, max_length=64)
    idx: int = Field(sa_type=serial(), unique=True)
    manifest: str
    at: datetime = Field(default_factory=now)


class LogCheck(Row, table=True):
    """That the register was read from beginning to end, and what did not fit."""

    __tablename__ = "log_check"

    at: datetime = Field(default_factory=now, index=True)
    entries: int = Field(sa_type=serial())
    seconds: int
    troubles: list[str] = Field(default_factory=list, sa_type=json_of())


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
