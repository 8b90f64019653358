"""Business cases: drafted from suggestions, owned, worked on, read by those in them and by nobody else."""

import pytest
from sqlmodel import select

from crosslab.core.errors import Forbidden, Missing, Overtaken, Refused
from crosslab.core.find import find
from crosslab.rules import SkeletonState
from crosslab.workshops import actions, queries
from crosslab.workshops.links import LinkKind
from crosslab.workshops.skeletons import suggested
from crosslab.workshops.skeletons.tables import PlannedAction, Skeleton


@pytest.fixture
def day(planned):
    """Three companies whose notes are tied each to each, and the suggestions of their wall."""
    room = planned.opened()
    room.ane, room.tom, room.eli = (room.comes(name, name) for name in ("Fjord", "Loom", "Haugen"))
    room.light, room.cloth = room.writes(room.ane, "Light"), room.writes(room.tom, "Cloth", "B")
    room.seat = room.writes(room.eli, "Seats", "D")
    pairs = [(room.ane, room.light, room.cloth), (room.tom, room.cloth, room.light), (room.tom, room.cloth, room.seat)]
    for n, (who, one, two) in enumerate(pairs):
        actions.tie(
            room.db, who, room.workshop, one=one, two=two, kind=LinkKind.JOINT, why=f"Glow {n}", key=f"thread-{n}"
        )
    room.talks = suggested.talks(queries.wall(room.db, room.workshop))
    return room


def drafted(day, actor=None, n=0):
    return actions.draft(day.db, actor or day.ane, day.workshop, seed=day.talks[n].seed)


def test_a_pair_becomes_a_case_with_its_notes_threads_and_companies(day):
    case = drafted(day)
    names = [each.name for each in queries.involved(day.db, case.id)]
    origin = queries.origin(day.db, day.ane, case)
    assert (case.state, case.title, names) == (SkeletonState.DRAFT, "Glow 0", ["Fjord", "Loom"])
    assert [quote.text for quote in origin.quotes] == ["Light", "Cloth"]
    assert [thread.why for thread in origin.threads] == ["Glow 0", "Glow 1"]
    assert (case.card_id, case.company_id) == (day.ane.cards[day.workshop.id], day.light.company_id)


def test_the_same_suggestion_is_drafted_once_until_it_is_let_go(day):
    case = drafted(day)
    with pytest.raises(Refused, match="drafted already"):
        drafted(day, day.tom)
    actions.let_go(day.db, day.ane, case)
    again = drafted(day, day.tom)
    with pytest.raises(Refused, match="drafted already"):
        actions.resume(day.db, day.ane, case, workshop=day.workshop)
    assert again.id != case.id


def test_nobody_drafts_for_companies_they_are_not_of(day):
    with pytest.raises(Forbidden, match="your own company"):
        drafted(day, day.eli)
    assert drafted(day, day.manager).card_id is None
