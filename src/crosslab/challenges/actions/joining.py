"""Following a challenge, and saying that an organisation would take part."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, select

from crosslab.challenges.tables import Audience, Challenge, Follow, Interest
from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.people.tables import Organisation
from crosslab.rules import N_, Verb

GRACE = timedelta(minutes=15)


def follow(db: Session, actor: Actor, challenge: Challenge) -> None:
    """Hear by letter of updates, the call and the end. Following twice is following once."""
    with act(db, actor, Verb.CHALLENGES_FOLLOW, challenge):
        if not _followed(db, actor.me, challenge):
            db.add(Follow(challenge_id=challenge.id, person_id=actor.me))


def unfollow(db: Session, actor: Actor, challenge: Challenge) -> None:
    """Hear no more."""
    with act(db, actor, Verb.CHALLENGES_UNFOLLOW, challenge):
        if there := _followed(db, actor.person_id, challenge):
            db.delete(there)


def _followed(db: Session, person_id: UUID | None, challenge: Challenge) -> Follow | None:
    mine = select(Follow).where(Follow.challenge_id == challenge.id, Follow.person_id == person_id)
    return db.exec(mine).first()


def interest(
    db: Session, actor: Actor, challenge: Challenge, *,
    organisation: Organisation, brings: str, seeks: str, shown: Audience,
) -> Interest:  # fmt: skip
    """Say what an organisation would bring and whom it seeks. Saying it again replaces what was said.

    A quarter of an hour after the deadline is still in time.
    """
    with act(db, actor, Verb.CHALLENGES_INTEREST, challenge, at=organisation) as event:
        if challenge.closes_at and now() > challenge.closes_at + GRACE:
            raise Refused(N_("The deadline passed more than 15 minutes ago. No more interest is taken."))
        if organisation.id == challenge.organisation_id:
            raise Refused(N_("This is your own challenge."), field="organisation")
        said = _said(db, challenge, organisation)
        said.brings, said.seeks, said.shown, said.withdrawn_at = brings, seeks, shown, None
        event.facts["organisation"] = organisation.name
        db.add(said)
    return said


def _said(db: Session, challenge: Challenge, organisation: Organisation) -> Interest:
    there = select(Interest).where(
        Interest.challenge_id == challenge.id, Interest.organisation_id == organisation.id
    )
    new = Interest(challenge_id=challenge.id, organisation_id=organisation.id, brings="")
    return db.exec(there).first() or new


def withdraw_interest(db: Session, actor: Actor, interest: Interest, *, challenge: Challenge) -> None:
    """Take the interest back. Nobody but the own organisation sees it any more."""
    with act(db, actor, Verb.CHALLENGES_WITHDRAW_INTEREST, interest, hear=challenge.places) as event:
        if interest.withdrawn_at:
            raise Refused(N_("This interest was withdrawn already."))
        interest.withdrawn_at = now()
        event.facts["what"] = challenge.called
