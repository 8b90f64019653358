"""Everything that is handed in to the vault."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.consortia.tables import Consortium
from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Missing, Refused
from crosslab.core.events import Event, Ring, rings
from crosslab.core.find import find, find_by
from crosslab.core.mail import post
from crosslab.ip_vault.age.shape import check_shape
from crosslab.ip_vault.errors import VaultError
from crosslab.ip_vault.statements import Statement as Said
from crosslab.ledger import intake, returning, unlocking
from crosslab.ledger.history import Trial
from crosslab.ledger.intake import Taken
from crosslab.ledger.keeper import Halted, Keeper
from crosslab.ledger.store import remember
from crosslab.ledger.tables import Unlock
from crosslab.people.tables import Organisation, Person
from crosslab.rules import N_, Verb

from . import ringing, telling
from .queries import NO_WAY, WAYS
from .scope import scope_of
from .standing import Hand, check_after, check_before

KINDS = {
    "version": N_("a sealed version"),
    "approve": N_("an approval"),
    "object": N_("an objection"),
    "withdraw": N_("a withdrawal"),
    "transfer": N_("a proposal for new owners"),
    "release": N_("a release to somebody outside"),
    "decline": N_("the refusal of a release"),
    "consortium.create": N_("the start of the sealed workspace"),
    "consortium.invite": N_("an invitation to the sealed workspace"),
    "consortium.join": N_("an arrival in the sealed workspace"),
    "consortium.leave": N_("a departure from the sealed workspace"),
    "consortium.remove": N_("a removal from the sealed workspace"),
}
"""What the consortium hears. What is between its parties (HIDDEN) is heard as a signed statement alone."""
MOST_UNLOCK, MOST_ABOUT, MOST_NOTES = 16_384, 300, 64
ANEW_AGAIN = timedelta(days=1)
SLUG = re.compile(r"[a-z0-9-]{1,80}")


def record(
    db: Session,
    actor: Actor,
    trial: Trial,
    *,
    notes: Sequence[bytes],
    files: Mapping[str, bytes],
    about: str,
) -> list[Taken]:
    """Take in signed statements that belong together: all or none.

    A person speaks with the key the platform knows as theirs, for the organisations they work for. An
    organisation or consortium gets its chain from somebody who may bind it, once.
    """
    me = _self(db, actor)
    if not 0 < len(notes) <= MOST_NOTES:
        raise Refused(N_("Between one and {most} statements are handed in at once."), most=MOST_NOTES)
    said = [intake.read(note) for note in notes]
    trial.write(db)
    check_before(Hand(db, actor, scope_of(db, actor, trial.state), trial.state), me, said)
    if known := intake.recorded(db, trial, notes):
        return known
    with act(db, actor, Verb.WORKSPACE_RECORD, me, hear=_places(db, said)) as event:
        taken = intake.take_in(db, trial, notes, files)
        for each in taken:
            if not each.again:
                _bind(db, actor, me, each.said, _told(about))
                check_after(db, each.said)
        event.facts = {"kind": KINDS.get(said[0].type, N_("a signed statement"))}
    telling.tell(db, trial.state, [each.said for each in taken if not each.again], me.id)
    heard = ringing.places(db, trial.state, said)
    rings(db).extend(Ring(place, Verb.WORKSPACE_RECORD) for place in heard)
    return taken


def store(db: Session, actor: Actor, *, name: str, size: int) -> None:
    """Note that a sealed file has arrived whole. The same file sent twice is kept once."""
    me = _self(db, actor)
    with act(db, actor, Verb.WORKSPACE_STORE, me):
        remember(db, name, size, me.id)


def keep(db: Session, actor: Actor, *, kind: str, data: bytes) -> None:
    """Keep one's own unlock file, which only one's passphrase or passkey opens. A newer one replaces it."""
    me = _self(db, actor)
    with act(db, actor, Verb.WORKSPACE_KEEP, me):
        if kind not in WAYS:
            raise Missing(NO_WAY)
        if len(data) > MOST_UNLOCK:
            raise Refused(N_("The unlock file is larger than {most} bytes."), most=MOST_UNLOCK)
        try:
            check_shape(data, len(data), WAYS[kind])
        except VaultError as wrong:
            raise Refused(N_("The unlock file is not sealed as it must be: {why}"), why=str(wrong)) from wrong
        db.merge(Unlock(person_id=me.id, kind=kind, data=data, kept_at=now()))


def forget(db: Session, actor: Actor, *, kind: str) -> None:
    """Remove one's own unlock file of a kind."""
    me = _self(db, actor)
    with act(db, actor, Verb.WORKSPACE_FORGET, me):
        mine = select(Unlock).where(Unlock.person_id == me.id, Unlock.kind == kind)
        there = db.exec(mine).first() if kind in WAYS else None
        if there is None:
            raise Missing(NO_WAY)
        db.delete(there)


def begin_anew(db: Session, actor: Actor, trial: Trial, *, note: bytes, about: str) -> list[Taken]:
    """Start over with a new first key, for whoever lost their words, their passkey and their sheet.

    The new key opens nothing by itself: in every chain the old one stays until somebody removes it, and an
    organisation lets the new one in as it would a stranger. The person types their own address, does it once
    a day at most, and hears of it by letter, as do those who sign for their organisations.
    """
    me, said = _self(db, actor), intake.read(note)
    if known := intake.recorded(db, trial, [note]):
        return known
    with act(db, actor, Verb.WORKSPACE_BEGIN_ANEW, me, hear=actor.places):
        if me.vault_id is None or said.type != "person.create":
            raise Refused(N_("Only who has a key already begins anew, and with a first key."))
        if _told(about).get("anew", "").strip().casefold() != me.email.casefold():
            raise Refused(N_("Type your own e-mail address to begin anew."))
        _not_again_today(db, me)
        taken = intake.take_in(db, trial, [note], {})
        me.vault_id = said.id
        unlocking.forget_all(db, me.id)
        post(db, me.email, me.language, "begun_anew", name=me.name, url="/vault/#/keys")
    return taken


def give_back(db: Session, actor: Actor, keeper: Keeper, *, data: bytes) -> None:
    """Hand back entries, statements and small files that the register has lost, as after a restored backup.

    They wait beside its high-water mark until the operator takes them in. What the register has not lost, or has
    never signed, is refused.
    """
    me = _self(db, actor)
    with act(db, actor, Verb.WORKSPACE_GIVE_BACK, me):
        try:
            keeper.check(db)
        except Halted:
            given = returning.gather(db, keeper, [data])
        else:
            raise Refused(
                N_("The register holds everything that it has vouched for. There is nothing to hand back.")
            )
        if given.refused:
            raise Refused(N_("This cannot be taken back: {why}"), why=given.refused[0].partition(": ")[2])
        returning.keep(keeper, me.id, data)


def _not_again_today(db: Session, me: Person) -> None:
    lately = select(Event.id).where(
        Event.person_id == me.id, Event.verb == Verb.WORKSPACE_BEGIN_ANEW, Event.at > now() - ANEW_AGAIN
    )
    if db.exec(lately).first():
        raise unlocking.TooOften(N_("You began anew within the last day. Wait a day, then try again."))


def _self(db: Session, actor: Actor) -> Person:
    if actor.person_id is None:
        raise Forbidden(N_("Sign in first."))
    return find(db, actor, Person, actor.person_id)


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
            consortium = find_by(db, actor, Consortium, slug=_slug(about), to=Verb.CONSORTIA_DESCRIBE)
            lead = db.exec(select(Organisation.vault_id).where(Organisation.id == consortium.lead_id)).one()
            if said.org != lead:
                raise Forbidden(N_("The organisation that leads the consortium opens its sealed workspace."))
            consortium.vault_id = _first(consortium.vault_id, said.id)


def _first(known: str | None, new: str) -> str:
    if known and known != new:
        raise Refused(N_("This has its place in the vault already. Load what is new."))
    return new


def _places(db: Session, said: Sequence[Said]) -> list[UUID]:
    """The consortia whose members hear that something was handed in."""
    chains = [each.chain for each in said]
    return list(db.exec(select(Consortium.id).where(col(Consortium.vault_id).in_(chains))).all())


def _told(about: str) -> Mapping[str, str]:
    try:
        told = json.loads(about[:MOST_ABOUT] or "{}")
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise Refused(N_("It is not said what the statement is about."))
    return {str(name): str(value) for name, value in told.items()}


def _slug(about: Mapping[str, str]) -> str:
    slug = about.get("consortium", "")
    return slug if SLUG.fullmatch(slug) else ""


def _uuid(about: Mapping[str, str], name: str) -> UUID:
    try:
        return UUID(about.get(name, ""))
    except ValueError:
        raise Refused(N_("It is not said which organisation the statement is about.")) from None
