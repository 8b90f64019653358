"""The world in one place: built once through actions, found again in any copy of it."""

from dataclasses import dataclass

from sqlmodel import Session, select

from crosslab.consortia.seats import with_consortia
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.people.queries import actor_for
from crosslab.people.tables import Organisation, Person, Programme
from crosslab.web.door import Door
from crosslab.workshops.seats import with_workshops

from . import (
    after,
    cafe,
    challenges,
    consortia,
    evening_after,
    funding,
    people,
    pipeline,
    sessions,
    skeletons,
    voices,
    workshops,
    workspace,
)
from .cast import HOUSES, PLAYERS
from .story import Story

CHAPTERS = (
    people.tell,
    challenges.tell,
    workshops.tell,
    skeletons.tell,
    after.tell,
    sessions.tell,
    voices.tell,
    consortia.tell,
    evening_after.tell,
    workspace.tell,
    funding.tell,
    pipeline.tell,
    challenges.close,
    cafe.tell,
)


@dataclass
class World:
    """The cast and the places of the story, as tests see them: `world.ane`, `world.houses["fjordlys"]`."""

    people: dict[str, Actor]
    houses: dict[str, Organisation]
    programme: Programme

    def __getattr__(self, key: str) -> Actor:
        people: dict[str, Actor] = self.__dict__.get("people", {})
        try:
            return people[key]
        except KeyError:
            raise AttributeError(key) from None


def build_world(door: Door) -> None:
    """Tell the whole story through actions, in the order it happened."""
    story = Story(door, begins=now())
    for tell in CHAPTERS:
        tell(story)


def world_in(db: Session) -> World:
    """The cast and the places in a database where the story was told."""
    ids = {email: one for one, email in db.exec(select(Person.id, Person.email)).all()}
    actors = {p.key: with_workshops(db, with_consortia(db, actor_for(db, ids[p.email])), "") for p in PLAYERS}
    named = {o.name: o for o in db.exec(select(Organisation)).all()}
    houses = {h.key: named[h.name] for h in HOUSES}
    return World(actors, houses, db.exec(select(Programme).where(Programme.code == "HIP")).one())
