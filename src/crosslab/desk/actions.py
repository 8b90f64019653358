"""What a person does at their own desk, and a steward for the house."""

from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Missing, Refused
from crosslab.core.find import find
from crosslab.core.jobs import Job
from crosslab.people.tables import Person
from crosslab.rules import N_, Verb

from .queries import newest
from .tables import ReadUntil


def read(db: Session, actor: Actor, *, until: UUID | None = None) -> None:
    """Everything up to now, or up to an event, is seen."""
    me = _me(db, actor)
    with act(db, actor, Verb.DESK_READ, me):
        last = until or newest(db)
        mark = db.exec(select(ReadUntil).where(ReadUntil.person_id == me.id)).first()
        mark = mark or ReadUntil(person_id=me.id, event_id=last)
        mark.event_id = last
        db.add(mark)


def retry(db: Session, actor: Actor, *, job: UUID) -> None:
    """A job that was given up is due now, with as many tries as at first. Nothing that was done is done again."""
    with act(db, actor, Verb.DESK_RETRY, _me(db, actor)) as event:
        given_up = select(Job).where(Job.id == job, col(Job.failed_at).is_not(None))
        found = db.exec(given_up.with_for_update()).first()
        if found is None:
            raise Refused(N_("This job is not among those that failed any more. Load the page again."))
        found.failed_at, found.leased_until, found.tries, found.due_at = None, None, 0, now()
        event.facts = {"job": found.name}


def _me(db: Session, actor: Actor) -> Person:
    if actor.person_id is None:
        raise Missing(N_("There is nothing here, or it is not for you to see."))
    return find(db, actor, Person, actor.person_id)
