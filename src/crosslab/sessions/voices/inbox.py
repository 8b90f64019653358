"""Questions about leads: an organisation's inbox, whose lead a link takes back, how many there are."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, func, select

from crosslab.challenges.tables import Challenge
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Missing
from crosslab.core.events import Event
from crosslab.core.find import seen_by
from crosslab.people.tables import Organisation, Person, Seat
from crosslab.people.tokens import digest
from crosslab.rules import ALIVE, N_, ChallengeState, LeadState, Verb
from crosslab.sessions.tables import OpenSession, Registration

from .leads import ANSWERS, Intent, Lead, LeadKey, LeadNote
from .presenting import agreed

MOST = 500
NAMING = (Verb.CONSORTIA_START, Verb.CONSORTIA_DESCRIBE)


def organisations_of(db: Session, session: OpenSession) -> list[Organisation]:
    """Who can be left a lead: the host, whose challenge the session is about, and who agreed to present."""
    asks = select(Challenge.organisation_id).where(Challenge.id == session.challenge_id)
    ids = {session.organisation_id, *db.exec(asks).all()}
    found = db.exec(select(Organisation).where(col(Organisation.id).in_(ids))).all()
    first = sorted(found, key=lambda each: each.id != session.organisation_id)
    return [*first, *(each for each in agreed(db, session) if each.id not in ids)]


def is_left(db: Session, lead: Lead) -> bool:
    """Whether the same guest left the same organisation the same wish, and it stands."""
    same = select(Lead.id).where(
        Lead.registration_id == lead.registration_id,
        Lead.organisation_id == lead.organisation_id,
        Lead.intent == lead.intent,
        col(Lead.state).in_(ALIVE),
        Lead.id != lead.id,
    )
    return lead.registration_id is not None and db.exec(same).first() is not None


def leads(
    db: Session,
    actor: Actor,
    organisation: Organisation,
    *,
    state: LeadState | None = None,
    intent: Intent | None = None,
) -> Sequence[Lead]:
    """The leads of an organisation these eyes may see: what is due first, then the newest."""
    found = seen_by(actor, Lead).where(Lead.organisation_id == organisation.id)
    if state:
        found = found.where(Lead.state == state)
    if intent:
        found = found.where(Lead.intent == intent)
    due = col(Lead.next_on).is_(None), col(Lead.next_on), col(Lead.id).desc()
    return db.exec(found.order_by(*due).limit(MOST)).all()


def by_state(db: Session, actor: Actor, organisation: Organisation) -> Counter[LeadState]:
    """How many leads of an organisation are where."""
    seen = seen_by(actor, Lead).where(Lead.organisation_id == organisation.id).subquery()
    rows = db.execute(select(seen.c.state, func.count()).group_by(seen.c.state)).all()
    return Counter({LeadState(state): many for state, many in rows})


def counted(db: Session, session: OpenSession) -> Counter[Intent]:
    """How many leads a session brought, by what they wish: all that its organiser is told."""
    rows = select(Lead.intent, func.count()).where(Lead.session_id == session.id).group_by(Lead.intent)
    return Counter({Intent(intent): many for intent, many in db.exec(rows).all()})


def notes(db: Session, lead: Lead) -> Sequence[LeadNote]:
    """What colleagues noted and sent, the newest first."""
    return db.exec(
        select(LeadNote).where(LeadNote.lead_id == lead.id).order_by(col(LeadNote.id).desc())
    ).all()


def colleagues(db: Session, lead: Lead) -> Sequence[Person]:
    """Who can take care of a lead."""
    here = select(Seat.person_id).where(Seat.place_id == lead.organisation_id, col(Seat.role).in_(ANSWERS))
    return db.exec(select(Person).where(col(Person.id).in_(here)).order_by(col(Person.name))).all()


def names(db: Session, found: Sequence[Lead]) -> dict[UUID | None, str]:
    """The names of those who take care of leads."""
    ids = {each.assignee_id for each in found if each.assignee_id}
    return dict(db.exec(select(Person.id, Person.name).where(col(Person.id).in_(ids))).all())


def organisation_of(db: Session, lead: Lead) -> Organisation:
    """Whom a lead was left to."""
    return db.exec(select(Organisation).where(Organisation.id == lead.organisation_id)).one()


def by_token(db: Session, token: str) -> Lead:
    """The lead that a letter's link takes back. Raises `Missing` for a link that is none of ours."""
    key = select(LeadKey.lead_id).where(LeadKey.token_hash == digest(token))
    lead = db.exec(select(Lead).where(col(Lead.id).in_(key))).one_or_none()
    if lead is None:
        raise Missing(N_("There is nothing here, or it is not for you to see."))
    return lead


def left_by(db: Session, guest: Registration) -> Sequence[Lead]:
    """The leads a guest left and that stand."""
    own = select(Lead).where(Lead.registration_id == guest.id, col(Lead.state).in_(ALIVE))
    return db.exec(own.order_by(col(Lead.id))).all()


def with_it(db: Session, lead: Lead) -> Sequence[Lead]:
    """A lead, and what the same guest left others of the session under the same address, while it stands.

    A link in a letter to one address says nothing of what was left under another.
    """
    same = select(Lead).where(
        Lead.registration_id == lead.registration_id,
        Lead.email == lead.email,
        Lead.session_id == lead.session_id,
        col(Lead.state).in_(ALIVE),
    )
    others = db.exec(same.order_by(col(Lead.id))).all() if lead.registration_id else ()
    return [lead, *(each for each in others if each.id != lead.id)]


def houses_of(db: Session, found: Sequence[Lead]) -> dict[UUID, str]:
    """What the organisations are called that leads were left to."""
    ids = {each.organisation_id for each in found}
    return dict(
        db.exec(select(Organisation.id, Organisation.name).where(col(Organisation.id).in_(ids))).all()
    )


def run_out(db: Session) -> Sequence[Lead]:
    """The leads whose day has come."""
    return db.exec(select(Lead).where(col(Lead.state).in_(ALIVE), Lead.erase_at <= now()).limit(MOST)).all()


def open_challenges(db: Session, actor: Actor) -> Sequence[Challenge]:
    """The challenges that take questions now, the newest first."""
    takes = col(Challenge.state).in_((ChallengeState.OPEN, ChallengeState.CALLED))
    return db.exec(seen_by(actor, Challenge).where(takes).order_by(col(Challenge.id).desc()).limit(100)).all()


def challenge_of(db: Session, actor: Actor, lead: Lead) -> Challenge | None:
    """The challenge a lead led to."""
    return db.exec(seen_by(actor, Challenge).where(Challenge.id == lead.challenge_id)).first()


def consortium_of(db: Session, actor: Actor, lead: Lead) -> str:
    """What the consortium is called that a lead led to, for those with a seat in it; nothing for others.

    It belongs to a later room, so its name is read from what was heard of it.
    """
    if lead.consortium_id is None or lead.consortium_id not in actor.seats:
        return ""
    heard = select(Event).where(Event.thing_id == lead.consortium_id, col(Event.verb).in_(NAMING))
    named = db.exec(heard.order_by(col(Event.at).desc(), col(Event.id).desc())).first()
    return str(named.facts["what"]) if named else ""
