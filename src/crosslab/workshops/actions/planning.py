"""Planning a workshop, and who runs it."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from crosslab.challenges.tables import Challenge
from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.errors import Refused
from crosslab.core.slugs import slug
from crosslab.people.tables import Person, Programme
from crosslab.rules import N_, Verb
from crosslab.workshops.codes import new_code
from crosslab.workshops.numbers import next_no
from crosslab.workshops.prompts import FIVE
from crosslab.workshops.tables import Facilitator, Workshop
from crosslab.workshops.wall import tell

SOONER = N_("The workshop ends before it begins. Change one of the two.")


def plan(
    db: Session,
    actor: Actor,
    programme: Programme,
    *,
    title: str,
    starts_at: datetime,
    closes_at: datetime,
    challenge: Challenge | None = None,
    prompts: list[dict[str, str]] | None = None,
    **facts: Any,
) -> Workshop:
    """A programme's manager plans a workshop, with the five questions unless others are given."""
    if closes_at <= starts_at:
        raise Refused(SOONER, field="closes_at")
    made = Workshop(
        no=next_no(db, starts_at.year),
        slug=slug(title),
        programme_id=programme.id,
        challenge_id=challenge.id if challenge else None,
        title=title,
        starts_at=starts_at,
        closes_at=closes_at,
        code=new_code(),
        prompts=prompts or [{"letter": a, "title": b, "question": c} for a, b, c in FIVE],
        **facts,
    )
    with act(db, actor, Verb.WORKSHOPS_PLAN, made, at=programme):
        db.add(made)
    return made


def describe(db: Session, actor: Actor, workshop: Workshop, **facts: Any) -> None:
    """Whoever runs it changes what is said of a workshop. Prompts with notes keep their letter."""
    with act(db, actor, Verb.WORKSHOPS_DESCRIBE, workshop):
        for name, value in facts.items():
            setattr(workshop, name, value)
        if workshop.closes_at <= workshop.starts_at:
            raise Refused(SOONER, field="closes_at")
        workshop.slug = slug(workshop.title)
        tell(db, workshop.id, "room")


def appoint(db: Session, actor: Actor, workshop: Workshop, *, person: Person) -> None:
    """The manager gives the room to a facilitator."""
    with act(db, actor, Verb.WORKSHOPS_APPOINT, workshop, hear=(person.id,)) as event:
        event.facts["person"] = person.name
        db.merge(Facilitator(workshop_id=workshop.id, person_id=person.id))


def dismiss(db: Session, actor: Actor, workshop: Workshop, *, person: Person) -> None:
    """The manager takes the room back from a facilitator."""
    with act(db, actor, Verb.WORKSHOPS_DISMISS, workshop, hear=(person.id,)) as event:
        event.facts["person"] = person.name
        held = select(Facilitator).where(
            Facilitator.workshop_id == workshop.id, col(Facilitator.person_id) == person.id
        )
        seat = db.exec(held).one_or_none()
        if seat is None:
            raise Refused(N_("They do not run this workshop."))
        db.delete(seat)
