"""Seats at an organisation: offered by mail, taken, changed, taken away. One person holds one seat."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Missing, Refused
from crosslab.core.mail import post
from crosslab.people import queries
from crosslab.people.tables import Invitation, Organisation, Seat
from crosslab.people.tokens import digest, new_token
from crosslab.rules import N_, Role, Verb

INVITATION_LASTS = timedelta(days=14)
SEATS = (Role.SIGNATORY, Role.CONTRIBUTOR, Role.FINANCE, Role.READER)


def invite(
    db: Session, actor: Actor, organisation: Organisation, *, email: str, role: Role, origin: str
) -> Invitation:
    """Offer somebody a seat by mail. It waits fourteen days, and only this address can take it."""
    token = new_token()
    made = Invitation(
        organisation_id=organisation.id, email=email, role=role, token_hash=digest(token),
        invited_by=actor.name, ends_at=now() + INVITATION_LASTS,
    )  # fmt: skip
    with act(db, actor, Verb.PEOPLE_INVITE, organisation):
        _may_be_invited(db, actor, organisation, email)
        db.add(made)
        person = queries.person_by(db, email)
        post(
            db, email, person.language if person else actor.language, "invitation",
            url=f"{origin}/invitations/{token}", who=actor.name, organisation=organisation.name, role=role,
        )  # fmt: skip
    return made


def _may_be_invited(db: Session, actor: Actor, organisation: Organisation, email: str) -> None:
    person = queries.person_by(db, email)
    if person and queries.seat_of(db, organisation, person.id):
        raise Refused(
            N_("{name} holds a seat here already. Change it in the list."), field="email", name=person.name
        )
    if any(waiting.email == email for waiting in queries.invitations_of(db, actor, organisation)):
        raise Refused(
            N_("An invitation to {email} is waiting already. Withdraw it to send another."),
            field="email",
            email=email,
        )


def withdraw_invitation(
    db: Session, actor: Actor, invitation: Invitation, organisation: Organisation
) -> None:
    """Withdraw an invitation that nobody has taken; its link stops working."""
    with act(db, actor, Verb.PEOPLE_WITHDRAW_INVITATION, invitation, at=organisation) as event:
        event.facts = {"what": organisation.name}
        if not invitation.is_open:
            raise Refused(
                N_("This invitation was taken, withdrawn or has run out. There is nothing to withdraw.")
            )
        invitation.withdrawn_at = now()


def take_seat(db: Session, actor: Actor, invitation: Invitation, organisation: Organisation) -> None:
    """Accept an invitation: only the invited address can, once, while it lasts."""
    with act(db, actor, Verb.PEOPLE_TAKE_SEAT, invitation) as event:
        event.facts = {"what": organisation.name, "role": invitation.role}
        me = queries.me(db, actor)
        _can_be_taken(invitation, me.email)
        if queries.seat_of(db, organisation, me.id):
            raise Refused(N_("You hold a seat at {name} already."), name=organisation.name)
        invitation.taken_at = now()
        db.add(Seat(person_id=me.id, place_id=organisation.id, role=invitation.role))


def _can_be_taken(invitation: Invitation, email: str) -> None:
    if invitation.email != email:
        raise Refused(
            N_(
                "This invitation is for {invited}. You are signed in as {email}. Sign in with the other address."
            ),
            invited=invitation.email,
            email=email,
        )
    if invitation.taken_at:
        raise Refused(N_("This invitation was taken already."))
    if not invitation.is_open:
        raise Refused(N_("This invitation was withdrawn or is older than fourteen days. Ask for another."))


def seat(db: Session, actor: Actor, organisation: Organisation, *, person: UUID, role: Role) -> None:
    """Give somebody another role. An organisation always has a signatory."""
    with act(db, actor, Verb.PEOPLE_SEAT, organisation) as event:
        held = _held(db, organisation, person)
        if role is not Role.SIGNATORY:
            _not_the_last(db, organisation, person)
        db.delete(held)
        db.flush()
        db.add(Seat(person_id=person, place_id=organisation.id, role=role, since=held.since))
        event.facts = {"role": role}


def unseat(db: Session, actor: Actor, organisation: Organisation, *, person: UUID) -> None:
    """Take somebody's seat away. An organisation always has a signatory."""
    with act(db, actor, Verb.PEOPLE_UNSEAT, organisation):
        held = _held(db, organisation, person)
        _not_the_last(db, organisation, person)
        db.delete(held)


def _held(db: Session, organisation: Organisation, person: UUID) -> Seat:
    held = queries.seat_of(db, organisation, person)
    if held is None:
        raise Missing(N_("This person holds no seat here any more."))
    return held


def _not_the_last(db: Session, organisation: Organisation, person: UUID) -> None:
    if queries.sole_signatory(db, organisation, person):
        raise Refused(
            N_("{name} needs a signatory. Make somebody else a signatory first."), name=organisation.name
        )
