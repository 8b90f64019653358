"""The one door through which anything changes.

`act` asks three questions in the order a stranger should learn the answers: may you, can it be done now,
is it wise. Then it moves the state and writes the event, the rings and the jobs in the same transaction.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlmodel import Session

from crosslab.rules import N_, RULES, Verb

from .actor import Actor
from .allow import allow
from .errors import Refused
from .events import Event, EventPlace, Ring, rings
from .jobs import enqueue
from .tables import Governed


@dataclass
class Happening:
    """What the body of an action may say of the event it is making."""

    facts: dict[str, Any] = field(default_factory=dict)
    organisation_id: UUID | None = None
    stays: bool = False

    def stay(self) -> None:
        """Leave the state as it is: one of several who must act has acted."""
        self.stays = True


@contextmanager
def act(
    db: Session,
    actor: Actor,
    verb: Verb,
    thing: Governed,
    *,
    at: Governed | None = None,
    hear: Iterable[UUID] = (),
) -> Iterator[Happening]:
    """Do `verb` to `thing`, or refuse with a sentence.

    `at` answers for the permission when it is not the thing itself: an organisation registers interest, a
    membership accepts a charter. `hear` names further places that hear of it.
    """
    allow(actor, verb, at or thing)
    target = _where_it_leads(verb, thing)
    happening = Happening(organisation_id=_acts_for(actor, verb, at or thing))
    yield happening
    if target is not None and not happening.stays:
        thing.state = target
    db.add(thing)
    db.flush()
    _remember(db, actor, verb, thing, {*thing.places, *(at.places if at else ()), *hear}, happening)


def _where_it_leads(verb: Verb, thing: Any) -> StrEnum | None:
    if thing.lifecycle is None or not thing.lifecycle.knows(verb):
        return None
    target: StrEnum | None = thing.lifecycle.target(verb, thing.state)
    if target is None:
        state = thing.lifecycle.names[thing.state]
        raise Refused(
            N_("This is now “{state}”, so “{verb}” cannot be done."), state=state, verb=RULES[verb].button
        )
    return target


def _acts_for(actor: Actor, verb: Verb, thing: Governed) -> UUID | None:
    """The place whose seat let the person act, so that the log can name the organisation."""
    return next(
        (place for place in thing.places if actor.seats.get(place, frozenset()) & RULES[verb].who), None
    )


def _remember(
    db: Session, actor: Actor, verb: Verb, thing: Governed, places: set[UUID], happening: Happening
) -> None:
    event = Event(
        verb=verb,
        person_id=actor.person_id,
        organisation_id=happening.organisation_id,
        kind=str(type(thing).__tablename__),
        thing_id=thing.id,
        facts={"who": actor.name, "what": thing.called, **happening.facts},
    )
    db.add(event)
    db.flush()
    db.add_all(EventPlace(event_id=event.id, place_id=place, verb=verb) for place in places)
    rings(db).extend(Ring(place, verb) for place in places)
    for name in RULES[verb].then:
        enqueue(db, name, event_id=str(event.id))
    if RULES[verb].mail:
        enqueue(db, "desk.tell", event_id=str(event.id))
