"""What the tests of workshops have at hand: a room that is open, and people in it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from crosslab.core.actor import NOBODY_YET
from crosslab.core.clock import now
from crosslab.people.tables import Programme
from crosslab.people.tokens import new_token
from crosslab.workshops import actions, queries
from crosslab.workshops.links import LinkKind
from crosslab.workshops.seats import with_workshops
from crosslab.workshops.skeletons import suggested


class Room:
    """A workshop of the story's manager, and whoever came in."""

    def __init__(self, db, manager):
        self.db, self.manager, self.tokens = db, manager, []
        self.programme = db.exec(select(Programme).where(Programme.code == "HIP")).one()
        begins = now() + timedelta(days=1)
        self.workshop = actions.plan(
            db,
            manager,
            self.programme,
            title="What light could do",
            starts_at=begins,
            closes_at=begins + timedelta(hours=4),
        )

    def opened(self):
        """The wall is open."""
        actions.begin(self.db, self.manager, self.workshop, minutes=15)
        return self

    def comes(self, name, company, **facts):
        """Somebody without an account comes in; what they are from then on."""
        token = new_token()
        self.tokens.append(token)
        actions.join(self.db, NOBODY_YET, self.workshop, name=name, company=company, token=token, **facts)
        return replace(with_workshops(self.db, NOBODY_YET, token), name=name)

    def writes(self, actor, text, prompt="A", key=None):
        """A note of theirs on the wall."""
        return actions.write(
            self.db,
            actor,
            self.workshop,
            prompt=prompt,
            text=text,
            key=key or new_token()[:30].replace("_", "x"),
        )


@pytest.fixture
def planned(db, world):
    """A room that is planned."""
    return Room(db, world.priya)


@pytest.fixture
def room(planned):
    """A room whose wall is open."""
    return planned.opened()


@pytest.fixture
def day(planned):
    """Three companies whose notes are tied each to each, and the suggestions of their wall."""
    room = planned.opened()
    room.ane, room.tom, room.eli = (room.comes(name, name) for name in ("Fjord", "Loom", "Haugen"))
    room.light, room.cloth = room.writes(room.ane, "Light"), room.writes(room.tom, "Cloth", "B")
    room.seat = room.writes(room.eli, "Seats", "D")
    pairs = [
        (room.ane, room.light, room.cloth),
        (room.tom, room.cloth, room.light),
        (room.tom, room.cloth, room.seat),
    ]
    for n, (who, one, two) in enumerate(pairs):
        actions.tie(
            room.db,
            who,
            room.workshop,
            one=one,
            two=two,
            kind=LinkKind.JOINT,
            why=f"Glow {n}",
            key=f"thread-{n}",
        )
    room.talks = suggested.talks(queries.wall(room.db, room.workshop))
    return room


def drafted(day, actor=None, n=0):
    """A case of one of the suggestions of that wall."""
    return actions.draft(day.db, actor or day.ane, day.workshop, seed=day.talks[n].seed)
