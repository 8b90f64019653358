"""A round that was ended by mistake: it goes on until the next one has begun, and what was kept is kept."""

from datetime import timedelta

import pytest
from sqlmodel import select

from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Refused
from crosslab.rules import CafeState
from crosslab.workshops import actions
from crosslab.workshops.tables import Note
from tests.workshops.test_cafe import CafeRoom


@pytest.fixture
def cafe(planned):
    """A café in its first round, whose first table has a card."""
    made = CafeRoom(planned).seated().begins()
    made.card = made.keeps(made.host(1), 1, "A lamp that listens")
    return made


def goes_on(cafe, who=None, turn=None):
    actions.reopen_round(
        cafe.db, who or cafe.manager, cafe.cafe, workshop=cafe.workshop, turn=turn or cafe.cafe.turn
    )


def on_the_wall(cafe):
    return [
        note.text
        for note in cafe.db.exec(select(Note).where(Note.workshop_id == cafe.workshop.id, Note.prompt == "H"))
    ]


def test_the_clock_has_what_was_left(cafe):
    cafe.workshop.ends_at = now() + timedelta(minutes=7)
    cafe.ends()
    assert cafe.workshop.ends_at is None
    goes_on(cafe)
    assert cafe.cafe.state is CafeState.ROUND
    assert 6 * 60 < (cafe.workshop.ends_at - now()).total_seconds() <= 7 * 60


def test_a_round_whose_time_was_up_has_a_minute(cafe):
    cafe.workshop.ends_at = now() - timedelta(minutes=7)
    cafe.ends()
    goes_on(cafe)
    assert 50 < (cafe.workshop.ends_at - now()).total_seconds() <= 60


def test_the_harvest_stays_on_the_wall_once_and_a_card_changes_its_note(cafe):
    cafe.ends()
    goes_on(cafe)
    assert on_the_wall(cafe) == ["A lamp that listens"]
    cafe.keeps(cafe.host(1), 1, "A lamp that sings", seen=cafe.card.version)
    cafe.keeps(cafe.host(2), 2, "A bench that warms")
    assert on_the_wall(cafe) == ["A lamp that sings"]
    cafe.ends()
    assert sorted(on_the_wall(cafe)) == ["A bench that warms", "A lamp that sings"]


def test_the_last_round_can_go_on_until_the_cafe_is_over(cafe):
    for _ in range(2):
        cafe.ends().begins()
    cafe.ends()
    goes_on(cafe)
    cafe.ends()
    actions.close_cafe(cafe.db, cafe.manager, cafe.cafe, workshop=cafe.workshop)
    with pytest.raises(Refused):
        goes_on(cafe)


def test_once_the_next_round_has_begun_the_last_one_stays_ended(cafe):
    cafe.ends().begins()
    with pytest.raises(Refused):
        goes_on(cafe, turn=1)
    cafe.ends()
    with pytest.raises(Refused, match="has begun already"):
        goes_on(cafe, turn=1)


def test_a_guest_lets_no_round_go_on(cafe):
    cafe.ends()
    with pytest.raises(Forbidden):
        goes_on(cafe, cafe.host(1))


def test_the_lever_is_there_between_the_rounds_alone(cafe, browse, world):
    at, priya = f"/s/{cafe.workshop.no}/cafe", browse(world.priya)
    cafe.db.commit()
    assert "reopen-round" not in priya.get(at).text
    cafe.ends().db.commit()
    assert f"{at}/reopen-round" in priya.get(at).text
    assert priya.post(f"{at}/reopen-round", {"turn": "1"}).status_code == 303
