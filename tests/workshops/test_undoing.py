"""Taking back a merge and a split: sources and votes are what they were, and what others did meanwhile stays."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from crosslab.core.db import transaction
from crosslab.core.errors import Refused
from crosslab.demo.world import world_in
from crosslab.rules import Step
from crosslab.workshops import actions, queries
from crosslab.workshops.skeletons import suggested
from crosslab.workshops.tables import Laid, Theme, Workshop
from tests.workshops.conftest import Room


class Wall:
    """Three themes of two notes each, and somebody who has given a dot to each."""

    def __init__(self, room):
        self.room, self.db, self.priya = room, room.db, room.manager
        self.ane, self.tom = room.comes("Ane", "Fjord"), room.comes("Tom", "Loom")
        self.notes = [room.writes(who, f"Thought {n}") for n, who in enumerate([self.ane, self.tom] * 3)]
        self.rain, self.light, self.cloth = (
            actions.gather(self.db, self.priya, room.workshop, title=title, notes=self.notes[n : n + 2])
            for title, n in (("Rain", 0), ("Light", 2), ("Cloth", 4))
        )
        room.workshop.state = Step.VOTING
        for theme in (self.rain, self.light, self.cloth):
            self.vote(self.ane, theme)

    def vote(self, who, theme):
        actions.vote(self.db, who, self.room.workshop, theme=theme)

    def merge(self, theme, into):
        actions.merge(self.db, self.priya, theme, into=into)

    def unmerge(self, theme):
        actions.unmerge(self.db, self.priya, theme)

    def split(self, theme, *notes):
        return actions.split(self.db, self.priya, theme, title="Apart", notes=notes)

    def unsplit(self, theme):
        actions.unsplit(self.db, self.priya, theme)

    def lies(self):
        """The notes and the dots of each living theme."""
        shown = queries.wall(self.db, self.room.workshop)
        return {
            theme.title: (
                sorted(note.text[-1] for note in shown.by_theme.get(theme.id, [])),
                shown.dots[theme.id],
            )
            for theme in shown.themes
        }

    def trail(self):
        """Where every note lay and lies."""
        rows = self.db.exec(select(Laid.note_id, Laid.theme_id, Laid.since, Laid.until)).all()
        return sorted(rows, key=str)


@pytest.fixture
def wall(room):
    return Wall(room)


def test_a_merge_that_is_taken_back_leaves_no_trace_on_sources_and_votes(wall):
    before, trail = wall.lies(), wall.trail()
    wall.merge(wall.rain, wall.light)
    assert wall.lies()["Light"] == (["0", "1", "2", "3"], 2)
    wall.unmerge(wall.rain)
    assert (wall.lies(), wall.trail()) == (before, trail)


def test_merges_upon_merges_are_taken_back_one_after_another(wall):
    before, trail = wall.lies(), wall.trail()
    wall.merge(wall.rain, wall.light)
    wall.merge(wall.light, wall.cloth)
    with pytest.raises(Refused, match="Take those two apart first"):
        wall.unmerge(wall.rain)
    wall.unmerge(wall.light)
    wall.unmerge(wall.rain)
    assert (wall.lies(), wall.trail()) == (before, trail)


def test_what_was_laid_elsewhere_and_voted_since_stays_where_it_is(wall):
    wall.merge(wall.rain, wall.light)
    actions.lay(wall.db, wall.priya, wall.notes[0], theme=wall.cloth)
    wall.vote(wall.tom, wall.light)
    wall.unmerge(wall.rain)
    assert wall.lies() == {"Rain": (["1"], 1), "Light": (["2", "3"], 2), "Cloth": (["0", "4", "5"], 1)}


def test_a_note_that_was_laid_there_by_hand_since_does_not_go_back(wall):
    wall.merge(wall.rain, wall.light)
    actions.lift(wall.db, wall.priya, wall.notes[0])
    actions.lay(wall.db, wall.priya, wall.notes[0], theme=wall.light)
    wall.unmerge(wall.rain)
    assert wall.lies()["Light"][0] == ["0", "2", "3"]


def test_a_dot_that_was_taken_back_since_comes_to_no_theme(wall):
    wall.merge(wall.rain, wall.light)
    actions.take_vote(wall.db, wall.ane, wall.room.workshop, theme=wall.light)
    actions.take_vote(wall.db, wall.ane, wall.room.workshop, theme=wall.light)
    wall.unmerge(wall.rain)
    assert (wall.lies()["Rain"][1], wall.lies()["Light"][1]) == (0, 0)


def test_a_merge_is_taken_back_once(wall):
    wall.merge(wall.rain, wall.light)
    wall.unmerge(wall.rain)
    with pytest.raises(Refused, match="one of its own"):
        wall.unmerge(wall.rain)


def test_a_case_that_was_drafted_from_the_merged_theme_keeps_its_sources(wall):
    wall.merge(wall.rain, wall.light)
    notes = queries.notes_up(wall.db, wall.light)
    case = actions.draft(wall.db, wall.priya, wall.room.workshop, seed=suggested.of_theme(wall.light, notes))
    wall.unmerge(wall.rain)
    assert {quote.id for quote in queries.origin(wall.db, wall.ane, case).quotes} == {
        note.id for note in notes
    }


def test_a_split_that_is_taken_back_leaves_no_trace(wall):
    before, trail = wall.lies(), wall.trail()
    apart = wall.split(wall.rain, wall.notes[0])
    wall.unsplit(apart)
    assert (wall.lies(), wall.trail()) == (before, trail)
    assert wall.notes[0].theme_id == wall.rain.id


def test_splits_of_splits_are_taken_back_one_after_another(wall):
    wall.merge(wall.light, wall.rain)
    before = wall.lies()
    one = wall.split(wall.rain, wall.notes[0], wall.notes[1])
    two = wall.split(one, wall.notes[0])
    with pytest.raises(Refused, match="merge the two"):
        wall.unsplit(one)
    wall.unsplit(two)
    wall.unsplit(one)
    assert wall.lies() == before


@pytest.mark.parametrize("built", ["a note", "a dot", "a case"])
def test_a_split_that_somebody_built_on_stays(wall, built):
    apart = wall.split(wall.rain, wall.notes[0])
    if built == "a note":
        actions.lay(wall.db, wall.priya, wall.notes[2], theme=apart)
    elif built == "a dot":
        wall.vote(wall.tom, apart)
    else:
        seed = suggested.of_theme(apart, queries.notes_up(wall.db, apart))
        actions.draft(wall.db, wall.priya, wall.room.workshop, seed=seed)
    with pytest.raises(Refused, match="merge the two"):
        wall.unsplit(apart)


def test_a_theme_that_was_never_split_off_cannot_go_back(wall):
    with pytest.raises(Refused, match="not split off"):
        wall.unsplit(wall.rain)


def test_both_are_on_the_page_of_themes_without_scripts(wall, browse, world):
    at, priya = f"/s/{wall.room.workshop.no}/themes", browse(world.priya)
    wall.merge(wall.rain, wall.light)
    apart = wall.split(wall.cloth, wall.notes[4])
    wall.db.commit()
    shown = priya.get(at).text
    assert f"{at}/{wall.rain.id}/unmerge" in shown
    assert f"{at}/{apart.id}/unsplit" in shown
    assert priya.post(f"{at}/{wall.rain.id}/unmerge").status_code == 303
    assert priya.post(f"{at}/{apart.id}/unsplit").status_code == 303
    wall.db.expire_all()
    assert list(wall.lies()) == ["Rain", "Light", "Cloth"]


def test_two_facilitators_who_take_one_merge_back_at_once_take_it_back_once(house):
    with transaction(house.engine) as db:
        wall = Wall(Room(db, world_in(db).priya).opened())
        wall.merge(wall.rain, wall.light)

    def back(_):
        try:
            with transaction(house.engine) as db:
                actions.unmerge(db, wall.priya, db.exec(select(Theme).where(Theme.id == wall.rain.id)).one())
        except Refused:
            return "refused"
        return "done"

    with ThreadPoolExecutor(2) as hands:
        assert sorted(hands.map(back, range(2))) == ["done", "refused"]


def test_a_dot_given_while_two_themes_are_merged_is_never_lost(house):
    with transaction(house.engine) as db:
        wall = Wall(Room(db, world_in(db).priya).opened())

    def does(what):
        try:
            with transaction(house.engine) as db:
                rain, light = (
                    db.exec(select(Theme).where(Theme.id == each.id)).one()
                    for each in (wall.rain, wall.light)
                )
                if what == "merge":
                    actions.merge(db, wall.priya, rain, into=light)
                else:
                    room = db.exec(select(Workshop).where(Workshop.id == wall.room.workshop.id)).one()
                    actions.vote(db, wall.tom, room, theme=rain)
        except Refused:
            return None
        return what

    with ThreadPoolExecutor(2) as hands:
        done = list(hands.map(does, ("merge", "vote")))
    with transaction(house.engine) as db:
        dots = queries.wall(db, wall.room.workshop).dots
    assert dots == {wall.light.id: 2 + ("vote" in done), wall.cloth.id: 1}
