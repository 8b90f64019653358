"""What a person does at their own desk."""

from uuid import UUID

from sqlmodel import Session, select

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.errors import Missing
from crosslab.core.find import find
from crosslab.people.tables import Person
from crosslab.rules import N_, Verb

from .queries import newest
from .tables import ReadUntil


def read(db: Session, actor: Actor, *, until: UUID | None = None) -> None:
    """Everything up to now, or up to an event, is seen."""
    if actor.person_id is None:
        raise Missing(N_("There is nothing here, or it is not for you to see."))
    me = find(db, actor, Person, actor.person_id)
    with act(db, actor, Verb.DESK_READ, me):
        last = until or newest(db)
        mark = db.exec(select(ReadUntil).where(ReadUntil.person_id == me.id)).first()
        mark = mark or ReadUntil(person_id=me.id, event_id=last)
        mark.event_id = last
        db.add(mark)
