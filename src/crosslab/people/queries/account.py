"""What a person may know of themselves."""

from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Missing, SignedOut
from crosslab.core.events import Event
from crosslab.people.tables import EVERYWHERE, Invitation, Organisation, Person, Presence, Programme, Seat
from crosslab.people.tokens import digest
from crosslab.rules import N_

Held = dict[str, Any]


def me(db: Session, actor: Actor) -> Person:
    """The row of the person who asks."""
    found = db.exec(select(Person).where(Person.id == actor.person_id)).first()
    if found is None:
        raise SignedOut(N_("Your session has ended. Sign in again to go on."))
    return found


def presences(db: Session, actor: Actor) -> list[Presence]:
    """The sessions of a person that are still open, newest first."""
    mine = select(Presence).where(
        Presence.visible_to(actor), col(Presence.ended_at).is_(None), Presence.ends_at > now()
    )
    return list(db.exec(mine.order_by(col(Presence.began_at).desc())).all())


def presence_of(db: Session, token: str) -> Presence:
    """The session of this cookie. Raises `Missing` when there is none."""
    presence = db.exec(select(Presence).where(Presence.token_hash == digest(token))).first()
    if presence is None:
        raise Missing(N_("This session has ended already."))
    return presence


def held(db: Session, actor: Actor) -> Held:
    """Everything the server holds of a person, for themselves. Sealed contributions are not readable here."""
    person = me(db, actor)
    return {
        "person": {
            "name": person.name,
            "email": person.email,
            "language": person.language,
            "digest": person.digest,
            "known since": person.created_at.isoformat(),
            "first key statement": person.vault_id,
        },
        "seats": _seats(db, person.id),
        "sessions": _sessions(db, person.id),
        "invitations": _invitations(db, person.email),
        "what you did": _doings(db, person.id),
    }


def _seats(db: Session, person_id: UUID) -> list[Held]:
    rows = db.exec(
        select(Seat, Organisation.name, Programme.name)
        .outerjoin(Organisation, col(Organisation.id) == col(Seat.place_id))
        .outerjoin(Programme, col(Programme.id) == col(Seat.place_id))
        .where(Seat.person_id == person_id)
    ).all()
    return [
        {"at": "Crosslab" if seat.place_id == EVERYWHERE else house or programme,
         "role": seat.role, "since": seat.since.isoformat()}
        for seat, house, programme in rows
    ]  # fmt: skip


def _sessions(db: Session, person_id: UUID) -> list[Held]:
    rows = db.exec(
        select(Presence).where(Presence.person_id == person_id).order_by(col(Presence.began_at).desc())
    )
    return [
        {"browser": row.browser, "began": row.began_at.isoformat(), "ends": row.ends_at.isoformat(),
         "ended": row.ended_at.isoformat() if row.ended_at else None}
        for row in rows
    ]  # fmt: skip


def _invitations(db: Session, email: str) -> list[Held]:
    rows = db.exec(
        select(Invitation, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(Invitation.organisation_id))
        .where(Invitation.email == email)
    ).all()
    return [
        {"to": name, "as": row.role, "by": row.invited_by, "made": row.made_at.isoformat(),
         "taken": row.taken_at.isoformat() if row.taken_at else None}
        for row, name in rows
    ]  # fmt: skip


def _doings(db: Session, person_id: UUID) -> list[Held]:
    rows = db.exec(
        select(Event.at, Event.verb, Event.facts)
        .where(Event.person_id == person_id)
        .order_by(col(Event.id).desc())
    ).all()
    return [{"at": at.isoformat(), "verb": verb, "what": facts.get("what", "")} for at, verb, facts in rows]
