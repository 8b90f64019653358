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

from .history import Trial
from .tables import Attachment, Blob, BlobUse, Statement

MOST_ATTACHMENT = 65_536


class Stale(Refused):
    """Somebody else was first on this chain; the head says where to go on."""

    def __init__(self, chain: str, state: State) -> None:
        super().__init__(N_("Somebody else was first. Load what is new and send it again."))
        known = state.chains.get(chain)
        self.size, self.head = (len(known.ids), known.head.hex()) if known else (0, "")


class NoPlace(Refused):
    """History has no place for the statement; `reason` is the replay's code."""

    def __init__(self, rejected: Rejected) -> None:
        super().__init__(rejected.sentence)
        self.reason = rejected.code.value


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


def take_in(db: Session, trial: Trial, notes: Sequence[bytes], files: Mapping[str, bytes]) -> list[Taken]:
    """Record statements that belong together, in order: all or none. The caller undoes what was begun.

    Raises `Stale` when the chain has moved on, `Refused` with the reason in words otherwise. The same
    statements sent twice are recorded once.
    """
    if known := recorded(db, trial, notes):
        return known
    with trial.envelope():
        return [_take_one(db, trial, note, files) for note in notes]


def recorded(db: Session, trial: Trial, notes: Sequence[bytes]) -> list[Taken]:
    """The statements as they were taken in before, if all of them were; else nothing."""
    said = [read(note) for note in notes]
    if any(each.id not in trial.state.seen for each in said):
        return []
    trial.write(db)
    known = select(Statement.id, Statement.idx).where(col(Statement.id).in_([each.id for each in said]))
    at: dict[str, int] = dict(db.exec(known).all())
    return [Taken(each, at[each.id], again=True) for each in said] if len(at) == len(said) else []


def _take_one(db: Session, trial: Trial, note: bytes, files: Mapping[str, bytes]) -> Taken:
    said, index = read(note), trial.index
    chains_now = trial.state.chains
    before = chains_now[said.chain].head if said.chain in chains_now else None
    try:
        check(said, now())
        trial.read(note)
    except Rejected as rejected:
        if rejected.code is Reason.STALE_PLACE:
            raise Stale(said.chain, trial.state) from rejected
        raise NoPlace(rejected) from rejected
    except VaultError as wrong:
        raise Refused(N_("The statement cannot be taken in: {why}"), why=str(wrong)) from wrong
    entry = tlog.statement_entry(said.id, note, before, for_parties=said.for_parties)
    trial.add(_row(said, note, index), entry)
    if attachments(said) or blobs(said):
        trial.write(db)
        _attach(db, said, files)
        _use_blobs(db, said)
    assert chains.link(before, said.id) == chains_now[said.chain].head  # noqa: S101 - tag and chain agree
    return Taken(said, index)


def _row(said: Said, note: bytes, index: int) -> dict[str, object]:
    return {
        "id": said.id,
        "idx": index,
        "chain": said.chain,
        "seq": said.place.seq,
        "type": said.type,
        "by": said.person,
        "org": said.org,
        "note": note.decode(),
        "at": now(),
    }


def _attach(db: Session, said: Said, files: Mapping[str, bytes]) -> None:
    named = attachments(said)
    if not named:
        return
    for name, size in named:
        data = files.get(name, b"")
        if len(data) != size or size > MOST_ATTACHMENT or sha256(data).hexdigest() != name:
            raise Refused(N_("A file that belongs to the statement is missing or is not the one it names."))
        _check_shape(data, size)
        db.add(Attachment(sha256=name, statement_id=said.id, data=data))
    there = select(Attachment.sha256).where(col(Attachment.sha256).in_([name for name, _ in named]))
    with db.no_autoflush:
        if len({name for name, _ in named}) < len(named) or db.exec(there).first():
            raise Refused(N_("A file that belongs to the statement was sent before. Seal it anew."))


def _check_shape(data: bytes, size: int) -> None:
    try:
        check_shape(data, size, Shape.HYBRID)
    except VaultError as wrong:
        raise Refused(
            N_("A file that belongs to the statement is not sealed as it must be: {why}"), why=str(wrong)
        ) from wrong


def _use_blobs(db: Session, said: Said) -> None:
    """A version counts on files that have arrived. They are marked, so that no sweep takes them now."""
    for name, size in blobs(said):
        stored = db.exec(select(Blob).where(col(Blob.sha256) == name).with_for_update()).first()
        if stored is None or stored.size != size:
            raise Refused(N_("A sealed file that the version names has not arrived. Send it first."))
        stored.stored_at = now()
        db.add(stored)
        db.merge(BlobUse(sha256=name, version_id=said.id))
