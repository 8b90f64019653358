"""Everything that is handed in to the vault."""

import json
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session, select

from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Missing, Refused
from crosslab.core.files import Files
from crosslab.core.find import find, find_by
from crosslab.ip_vault.age.shape import Shape, check_shape
from crosslab.ip_vault.errors import VaultError
from crosslab.ip_vault.statements import Statement as Said
from crosslab.ledger import intake
from crosslab.ledger.history import History
from crosslab.ledger.intake import Taken
from crosslab.ledger.store import Arriving
from crosslab.ledger.tables import Blob, Unlock
from crosslab.people.tables import Organisation, Person
from crosslab.rules import N_, MembershipState, Verb

KINDS = {
    "version": N_("a sealed version"),
    "grant": N_("access for a partner"),
    "approve": N_("an approval"),
    "object": N_("an objection"),
    "consortium.create": N_("the start of the sealed workspace"),
    "consortium.join": N_("an arrival in the sealed workspace"),
}
MOST_UNLOCK = 16_384


def record(
    db: Session,
    actor: Actor,
    history: History,
    *,
    notes: Sequence[bytes],
    files: Mapping[str, bytes],
    about: str,
) -> list[Taken]:
    """Take in signed statements that belong together: all or none.

    A person speaks with the key the platform knows as theirs. An organisation or consortium gets its chain
    from somebody who may bind it, once.
    """
    me = _self(db, actor)
    said = [intake.read(note) for note in notes]
    if not said:
        raise Refused(N_("There is no statement in what was sent."))
    with act(db, actor, Verb.WORKSPACE_RECORD, me, hear=_places(db, said)) as event:
        _speaks_as_oneself(me, said)
        taken = intake.take_in(db, history, notes, files)
        for each in taken:
            if not each.again:
                _bind(db, actor, me, each.said, _told(about))
        event.facts = {"kind": KINDS.get(said[0].type, N_("a signed statement"))}
    return taken


def store(db: Session, actor: Actor, files: Files, arriving: Arriving, *, name: str) -> None:
    """Keep a sealed file that has arrived whole. The same file sent twice is kept once."""
    with act(db, actor, Verb.WORKSPACE_STORE, _self(db, actor)):
        arriving.keep(files, name)
        if db.exec(select(Blob.sha256).where(Blob.sha256 == name)).first() is None and actor.person_id:
            db.add(Blob(sha256=name, size=arriving.size, person_id=actor.person_id, stored_at=now()))


def keep(db: Session, actor: Actor, *, kind: str, data: bytes) -> None:
    """Keep one's own unlock file, which only one's passphrase or passkey opens. A newer one replaces it."""
    me = _self(db, actor)
    with act(db, actor, Verb.WORKSPACE_KEEP, me):
        shapes = {"passphrase": Shape.PASSPHRASE, "passkey": Shape.PASSKEY}
        if kind not in shapes or len(data) > MOST_UNLOCK:
            raise Refused(N_("There is no such way to unlock."))
        try:
            check_shape(data, len(data), shapes[kind])
        except VaultError as wrong:
            raise Refused(N_("The unlock file is not sealed as it must be: {why}"), why=str(wrong)) from wrong
        db.merge(Unlock(person_id=me.id, kind=kind, data=data, kept_at=now()))


def forget(db: Session, actor: Actor, *, kind: str) -> None:
    """Remove one's own unlock file of a kind."""
    me = _self(db, actor)
    with act(db, actor, Verb.WORKSPACE_FORGET, me):
        there = db.exec(select(Unlock).where(Unlock.person_id == me.id, Unlock.kind == kind)).first()
        if there is None:
            raise Missing(N_("There is no such way to unlock."))
        db.delete(there)


def _self(db: Session, actor: Actor) -> Person:
    if actor.person_id is None:
        raise Forbidden(N_("Sign in first."))
    return find(db, actor, Person, actor.person_id)


def _speaks_as_oneself(me: Person, said: Sequence[Said]) -> None:
    for each in said:
        if each.type == "person.create" and me.vault_id and me.vault_id != each.id:
            raise Refused(N_("You have a key already. A new one replaces it by a signed statement."))
        if each.type != "person.create" and each.by != me.vault_id:
            raise Forbidden(N_("This statement is signed by somebody else. You can only hand in your own."))


def _bind(db: Session, actor: Actor, me: Person, said: Said, about: Mapping[str, str]) -> None:
    """Tie the first statement of a chain to what it stands for on the platform."""
    match said.type:
        case "person.create":
            me.vault_id = said.id
        case "org.create":
            organisation = find(
                db, actor, Organisation, _uuid(about, "organisation"), to=Verb.PEOPLE_IDENTIFY
            )
            organisation.vault_id = _first(organisation.vault_id, said.id)
        case "consortium.create":
            consortium = find_by(
                db, actor, Consortium, slug=about.get("consortium", ""), to=Verb.CONSORTIA_DESCRIBE
            )
            consortium.vault_id = _first(consortium.vault_id, said.id)
            _is_member(db, consortium.vault_id, said.org)
        case "consortium.join":
            _is_member(db, said.chain, said.org)


def _first(known: str | None, new: str) -> str:
    if known and known != new:
        raise Refused(N_("This has its place in the vault already. Load what is new."))
    return new


def _is_member(db: Session, consortium: str, org: str) -> None:
    """Only an organisation that is a member on the platform becomes one in the vault."""
    member = db.exec(
        select(Membership.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)  # type: ignore[arg-type]
        .join(Consortium, Consortium.id == Membership.consortium_id)  # type: ignore[arg-type]
        .where(Organisation.vault_id == org, Consortium.vault_id == consortium)
        .where(Membership.state == MembershipState.ACTIVE)
    ).first()
    if member is None:
        raise Forbidden(N_("This organisation is not a member of the consortium."))


def _places(db: Session, said: Sequence[Said]) -> list[UUID]:
    """The consortia whose members hear that something was handed in."""
    chains = [each.chain for each in said]
    return list(db.exec(select(Consortium.id).where(Consortium.vault_id.in_(chains))).all())  # type: ignore[union-attr]


def _told(about: str) -> Mapping[str, str]:
    try:
        told = json.loads(about or "{}")
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise Refused(N_("It is not said what the statement is about."))
    return {str(name): str(value) for name, value in told.items()}


def _uuid(about: Mapping[str, str], name: str) -> UUID:
    try:
        return UUID(about.get(name, ""))
    except ValueError:
        raise Refused(N_("It is not said which organisation the statement is about.")) from None
