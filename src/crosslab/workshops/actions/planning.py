"""Planning a workshop, and who runs it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.challenges.tables import Challenge
from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.errors import Refused
from crosslab.core.slugs import slug
from crosslab.people.tables import Person, Programme
from crosslab.rules import N_, Step, Verb
from crosslab.workshops.codes import new_code
from crosslab.workshops.numbers import next_no
from crosslab.workshops.prompts import asked
from crosslab.workshops.tables import Facilitator, Kind, Workshop
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
    kind: Kind = Kind.WALL,
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
        challenge_id=_challenge(programme.id, challenge),
        title=title,
        starts_at=starts_at,
        closes_at=closes_at,
        code=new_code(),
        kind=kind,
        prompts=asked(kind, prompts or []),
        **facts,
    )
    with act(db, actor, Verb.WORKSHOPS_PLAN, made, at=programme):
        db.add(made)
    return made


def describe(db: Session, actor: Actor, workshop: Workshop, **facts: Any) -> None:
    """Whoever runs it changes what is said of a workshop. Prompts with notes keep their letter.

    It may belong to a challenge of its programme, also when that is published after it was planned.
    """
    with act(db, actor, Verb.WORKSHOPS_DESCRIBE, workshop):
        if "challenge" in facts:
            workshop.challenge_id = _challenge(workshop.programme_id, facts.pop("challenge"))
        if facts.get("kind", workshop.kind) is not workshop.kind and workshop.state is not Step.PLANNED:
            raise Refused(N_("What a workshop is made of is decided before it begins."), field="kind")
        for name, value in facts.items():
            setattr(workshop, name, value)
        workshop.prompts = asked(workshop.kind, workshop.prompts)
        if workshop.closes_at <= workshop.starts_at:
            raise Refused(SOONER, field="closes_at")
        workshop.slug = slug(workshop.title)
        tell(db, workshop.id, "room")


def _challenge(programme_id: UUID, challenge: Challenge | None) -> UUID | None:
    if challenge is not None and challenge.programme_id != programme_id:
        raise Refused(
            N_("This challenge is of another programme. Choose one of this one."), field="challenge"
        )
    return challenge.id if challenge else None


def appoint(db: Session, actor: Actor, workshop: Workshop, *, person: Person) -> None:
    """The manager gives the room to a facilitator."""
    with act(db, actor, Verb.WORKSHOPS_APPOINT, workshop, hear=(person.id,)) as event:
        event.facts["person"] = person.name
        db.merge(Facilitator(workshop_id=workshop.id, person_id=person.id))


def dismiss(db: Session, actor: Actor, workshop: Workshop, *, person: Person) -> None:
    """The manager takes the room back from a facilitator, whose open pages of it end at once."""
    with act(db, actor, Verb.WORKSHOPS_DISMISS, workshop, hear=(person.id,)) as event:
        event.facts["person"] = person.name
        held = select(Facilitator).where(
            Facilitator.workshop_id == workshop.id, col(Facilitator.person_id) == person.id
        )
        seat = db.exec(held).one_or_none()
        if seat is None:
            raise Refused(N_("They do not run this workshop."))
        db.delete(seat)
        tell(db, workshop.id, "people", dismissed=person.id)
