"""The control page: what the facilitator does with a press, and what a press carries along."""

import re

import pytest

from crosslab.rules import STEP_MINUTES, Step
from crosslab.workshops.tables import Kind
from crosslab.workshops.wall import seconds_left


def minutes_offered(page):
    """What stands beside the press that goes on, before anybody wrote there."""
    found = re.search(r'id="step-minutes" name="minutes" [^>]*value="(\d+)"', page)
    return int(found[1]) if found else None


@pytest.fixture
def priya(planned, browse, world):
    """Whoever runs the room, at their browser."""
    planned.db.commit()
    return browse(world.priya)


def test_each_step_is_offered_its_own_minutes_and_one_press_takes_them(planned, priya):
    at = f"/s/{planned.workshop.no}"
    for path, step in zip(["begin", *["advance"] * 4], STEP_MINUTES, strict=True):
        minutes = minutes_offered(priya.get(f"{at}/control").text)
        assert minutes == STEP_MINUTES[step]
        assert priya.post(f"{at}/{path}", {"minutes": str(minutes)}).status_code == 303
        planned.db.refresh(planned.workshop)
        assert planned.workshop.state is step
        assert 60 * minutes - 30 < seconds_left(planned.workshop) <= 60 * minutes
    assert minutes_offered(priya.get(f"{at}/control").text) is None


def test_the_facilitator_writes_other_minutes_or_none(planned, priya):
    at = f"/s/{planned.workshop.no}"
    assert priya.post(f"{at}/begin", {"minutes": "42"}).status_code == 303
    planned.db.refresh(planned.workshop)
    assert seconds_left(planned.workshop) > 41 * 60
    assert priya.post(f"{at}/advance", {"minutes": ""}).status_code == 303
    planned.db.refresh(planned.workshop)
    assert (planned.workshop.state, seconds_left(planned.workshop)) == (Step.LINKING, None)


def test_minutes_that_are_none_bring_the_form_back_and_the_step_stays(planned, priya):
    answer = priya.post(f"/s/{planned.workshop.no}/begin", {"minutes": "a while"})
    assert (answer.status_code, "a while" in answer.text) == (422, True)
    planned.db.refresh(planned.workshop)
    assert planned.workshop.state is Step.PLANNED


def test_a_cafe_is_opened_without_a_clock_because_its_rounds_have_their_own(planned, priya):
    planned.workshop.kind = Kind.CAFE
    planned.db.commit()
    at = f"/s/{planned.workshop.no}"
    assert minutes_offered(priya.get(f"{at}/control").text) is None
    assert priya.post(f"{at}/begin").status_code == 303
    planned.db.refresh(planned.workshop)
    assert (planned.workshop.state, seconds_left(planned.workshop)) == (Step.WRITING, None)
