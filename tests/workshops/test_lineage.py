"""The trail of a note is never lost, in whatever order themes are merged, split and refilled around a case."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from crosslab.core.errors import Refused
from crosslab.rules import SkeletonState, Verb
from crosslab.workshops import actions, queries
from crosslab.workshops.lineage import Fate, Grown, Paper, Reach, before, cut_from, ever_on, parts, path
from crosslab.workshops.skeletons import suggested
from crosslab.workshops.tables import Laid
from tests.workshops.conftest import Room

NOTES = 5
ONE = st.integers(0, NOTES - 1)
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), ONE, ONE),
        st.tuples(st.just("split"), ONE, st.sets(ONE, min_size=1, max_size=3)),
        st.tuples(st.just("lay"), ONE, ONE),
        st.tuples(st.just("lift"), ONE, ONE),
    ),
    max_size=7,
)


@pytest.fixture
def wall(db, world):
    """`wall()`: a new wall with five notes on two themes."""

    def built():
        room = Room(db, world.priya).opened()
        room.ane = room.comes("Ane", "Fjord")
        room.notes = [room.writes(room.ane, f"Thought {n}") for n in range(NOTES)]
        for title, of in (("Evenings", room.notes[:3]), ("Steps", room.notes[3:])):
            actions.gather(db, world.priya, room.workshop, title=title, notes=of)
        return room

    return built


def moved(room, moves):
    """The moves, as far as the wall allows them."""
    for verb, one, other in moves:
        themes = queries.themes(room.db, room.workshop)
        theme, db, who = themes[one % len(themes)], room.db, room.manager
        try:
            if verb == "merge":
                actions.merge(db, who, theme, into=themes[other % len(themes)])
            elif verb == "split":
                actions.split(db, who, theme, title=f"Part {one}", notes=[room.notes[n] for n in other])
            elif verb == "lay":
                actions.lay(db, who, room.notes[other], theme=theme)
            else:
                actions.lift(db, who, room.notes[other])
        except Refused:
            continue


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(earlier=MOVES, later=MOVES)
def test_the_sources_of_a_case_survive_every_merge_and_split(wall, earlier, later):
    room = wall()
    moved(room, earlier)
    theme = next(each for each in queries.themes(room.db, room.workshop) if queries.notes_up(room.db, each))
    sources = {note.id for note in queries.notes_up(room.db, theme)}
    case = actions.draft(
        room.db, room.manager, room.workshop, seed=suggested.of_theme(theme, queries.notes_up(room.db, theme))
    )
    moved(room, later)
    assert {quote.id for quote in queries.origin(room.db, room.ane, case).quotes} == sources
    fates = queries.fates(room.db, room.workshop)
    assert {note for note, fate in fates.items() if fate.cases} == sources
    living = {each.title for each in queries.themes(room.db, room.workshop)}
    trail = queries.origin(room.db, room.ane, case).trail
    assert ({trail.title, *trail.became[-1:]} & living) != set()


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(moves=MOVES)
def test_every_note_that_ever_lay_on_a_theme_is_on_the_trail_of_what_it_became(wall, moves):
    room = wall()
    moved(room, moves)
    laid = room.db.exec(select(Laid).where(Laid.note_id.in_([note.id for note in room.notes]))).all()
    ever = {
        theme.id: {quote.id for quote in queries.theme_origin(room.db, room.ane, theme).quotes}
        for theme in queries.themes(room.db, room.workshop)
    }
    fates = queries.fates(room.db, room.workshop)
    assert {row.note_id for row in laid} <= set().union(*ever.values())
    for note in room.notes:
        on = {theme.title for theme in queries.themes(room.db, room.workshop) if note.id in ever[theme.id]}
        assert {fates[note.id].theme, *fates[note.id].before} - {""} <= on


def test_a_path_ends_at_what_lives_and_never_turns_in_a_circle():
    into = {"a": "b", "b": "c", "c": None, "d": "c", "e": "f", "f": "e"}
    assert path("a", into) == ("a", "b", "c")
    assert path("e", into) == ("e", "f")
    assert parts("c", into) == {"a", "b", "c", "d"}
    assert cut_from("a", {"a": "x", "x": "y"}) == ("x", "y")
    assert ever_on("c", into, [(1, "a"), (2, "e"), (1, "c"), (3, "d")]) == (1, 3)
    assert list(before("c", ["a", "e"], into)) == ["f"]


def test_a_note_went_as_far_as_the_furthest_of_its_cases():
    case = Grown(uuid4(), "Glow", SkeletonState.DRAFT)
    paper = Paper("Rural evenings", Verb.FUNDING_SUBMIT)
    far = Grown(uuid4(), "Glow", SkeletonState.TAKEN_UP, "Glow Nights", papers=(paper,))
    reach = lambda *cases, **more: Fate(uuid4(), "up", cases=cases, **more).reach  # noqa: E731
    assert [reach(), reach(met=(uuid4(),)), reach(theme="Evenings")] == [Reach.WALL, Reach.TIED, Reach.THEME]
    assert [reach(case), reach(case, far, theme="Evenings")] == [Reach.CASE, Reach.APPLICATION]
