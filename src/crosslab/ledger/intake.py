"""Taking statements in: form, clock, place, signatures, rules, attachments; then all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlmodel import Session, col, select

from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.ip_vault import chains, tlog
from crosslab.ip_vault.age.shape import Shape, check_shape
from crosslab.ip_vault.errors import VaultError
from crosslab.ip_vault.replay import Reason, Rejected, State
from crosslab.ip_vault.statements import Statement as Said
from crosslab.ip_vault.statements import attachments, blobs, parse
from crosslab.ip_vault.statements.ingest import check
from crosslab.rules import N_

from . import log
from .history import History
from .tables import Attachment, Blob, BlobUse, Statement

MOST_ATTACHMENT = 65_536


class Stale(Refused):
    """Somebody else was first on this chain; the head says where to go on."""

    def __init__(self, chain: str, state: State) -> None:
        super().__init__(N_("Somebody else was first. Load what is new and send it again."))
        known = state.chains.get(chain)
        self.size, self.head = (len(known.ids), known.head.hex()) if known else (0, "")


@dataclass(frozen=True)
class Taken:
    """A statement that was taken in, and its index in the log."""

    said: Said
    index: int
    again: bool = False


def read(note: bytes) -> Said:
    """The statement in a note, checked for form alone. Raises `Refused`."""
    try:
        return parse(note)[0]
    except VaultError as wrong:
        raise Refused(
            N_("The statement is not in the form that statements have: {why}"), why=str(wrong)
        ) from wrong


def take_in(db: Session, history: History, notes: Sequence[bytes], files: Mapping[str, bytes]) -> list[Taken]:
    """Record statements that belong together, in order: all or none.

    Raises `Stale` when the chain has moved on, `Refused` with the reason in words otherwise. The same
    statement sent twice is recorded once.
    """
    known = _known(db, notes)
    if len(known) == len(notes):
        return known
    log.locked_size(db)
    with history.caught_up(db) as state:
        try:
            return [_take_one(db, history, state, note, files) for note in notes]
        except Refused:
            history.forget()
            raise


def _known(db: Session, notes: Sequence[bytes]) -> list[Taken]:
    found = []
    for note in notes:
        said = read(note)
        index = db.exec(select(Statement.idx).where(Statement.id == said.id)).first()
        if index is not None:
            found.append(Taken(said, index, again=True))
    return found


def _take_one(db: Session, history: History, state: State, note: bytes, files: Mapping[str, bytes]) -> Taken:
    said = read(note)
    before = state.chains[said.chain].head if said.chain in state.chains else None
    index = log.size(db)
    try:
        check(said, now())
        history.read(index, note)
    except Rejected as rejected:
        if rejected.code is Reason.STALE_PLACE:
            raise Stale(said.chain, state) from rejected
        raise Refused(N_("{sentence}"), sentence=rejected.sentence) from rejected
    except VaultError as wrong:
        raise Refused(N_("The statement cannot be taken in: {why}"), why=str(wrong)) from wrong
    db.add(_row(said, note, index))
    db.flush()
    _attach(db, said, files)
    _use_blobs(db, said)
    log.append(db, tlog.statement_entry(said.id, note, before))
    assert chains.link(before, said.id) == state.chains[said.chain].head  # noqa: S101 - tag and chain agree
    return Taken(said, index)


def _row(said: Said, note: bytes, index: int) -> Statement:
    return Statement(
        id=said.id,
        idx=index,
        chain=said.chain,
        seq=said.place.seq,
        type=said.type,
        by=said.person,
        org=said.org,
        note=note.decode(),
    )


def _attach(db: Session, said: Said, files: Mapping[str, bytes]) -> None:
    for name, size in attachments(said):
        data = files.get(name, b"")
        if len(data) != size or size > MOST_ATTACHMENT or sha256(data).hexdigest() != name:
            raise Refused(N_("A file that belongs to the statement is missing or is not the one it names."))
        _check_shape(data, size)
        db.add(Attachment(sha256=name, statement_id=said.id, data=data))


def _check_shape(data: bytes, size: int) -> None:
    try:
        check_shape(data, size, Shape.HYBRID)
    except VaultError as wrong:
        raise Refused(
            N_("A file that belongs to the statement is not sealed as it must be: {why}"), why=str(wrong)
        ) from wrong


def _use_blobs(db: Session, said: Said) -> None:
    for name, size in blobs(said):
        stored = db.exec(select(Blob.size).where(col(Blob.sha256) == name)).first()
        if stored != size:
            raise Refused(N_("A sealed file that the version names has not arrived. Send it first."))
        db.merge(BlobUse(sha256=name, version_id=said.id))
