"""Moves on the board: their gates, their reasons, their refusals."""

from datetime import date

import pytest
from sqlmodel import select

from crosslab.consortia import actions as consortia
from crosslab.consortia.tables import Consortium
from crosslab.core.actor import SYSTEM
from crosslab.core.errors import Forbidden, Refused
from crosslab.core.events import Event
from crosslab.pipeline import actions, jobs
from crosslab.rules import Stage, Verb


def test_a_consortium_that_is_ready_moves_on_with_its_reason(db, world, card, last):
    trail = card("Paper Trail")
    actions.advance(db, world.priya, trail, reason="Two trades.")

    assert (trail.state, trail.reason) == (Stage.CONSORTIUM, "Two trades.")
    assert (last().verb, last().facts["from"], last().facts["to"]) == (
        Verb.PIPELINE_ADVANCE,
        "interest",
        "consortium",
    )


def test_a_move_that_is_too_early_says_what_is_missing(db, world, card):
    square = card("Open Square")
    with pytest.raises(Refused) as refused:
        actions.advance(db, world.priya, square)

    assert refused.value.facts["lacking"] == frozenset({"a charter that every member has accepted"})
    assert square.state is Stage.CONSORTIUM


def test_nobody_but_the_manager_moves_a_card(db, world, card):
    for who in (world.ane, world.helen, world.stig):
        with pytest.raises(Forbidden):
            actions.advance(db, who, card("Paper Trail"))


def test_one_stage_at_a_time(db, world, card):
    with pytest.raises(Refused, match="one stage at a time"):
        actions.advance(db, world.priya, card("Paper Trail"), to=Stage.APPLICATION)


def test_a_move_back_undoes_a_move_on(db, world, card):
    trail = card("Paper Trail")
    actions.advance(db, world.priya, trail)
    actions.send_back(db, world.priya, trail)

    assert trail.state is Stage.INTEREST
    with pytest.raises(Refused):
        actions.send_back(db, world.priya, trail)


def test_on_hold_nothing_moves_until_it_is_taken_off(db, world, card, last):
    drawn = card("Drawn Out")
    with pytest.raises(Refused, match="on hold"):
        actions.advance(db, world.priya, drawn)
    actions.resume(db, world.priya, drawn)
    assert (drawn.held_since, last().verb) == (None, Verb.PIPELINE_RESUME)

    actions.hold(db, world.priya, drawn, reason="Winter.")
    with pytest.raises(Refused, match="on hold"):
        actions.hold(db, world.priya, drawn, reason="Winter.")


def test_what_was_stopped_is_taken_up_again_as_a_consortium(db, world, card, last):
    echo = card("Echo Steps")
    assert echo.state is Stage.STOPPED
    with pytest.raises(Refused, match="stopped"):
        actions.hold(db, world.priya, echo, reason="Not now.")
    actions.revive(db, world.priya, echo, reason="A carpenter was found.")

    assert (echo.state, last().verb) == (Stage.CONSORTIUM, Verb.PIPELINE_REVIVE)
    actions.stop(db, world.priya, echo, reason="The carpenter left.")
    assert (echo.state, last().facts["reason"]) == (Stage.STOPPED, "The carpenter left.")


def test_a_note_names_the_next_step_and_its_day(db, world, card, last):
    nights = card("Amphi Nights")
    actions.note(db, world.priya, nights, next_step="Call Ane", next_on=date(2026, 12, 1))

    assert (nights.next_step, nights.next_on, last().verb) == (
        "Call Ane",
        date(2026, 12, 1),
        Verb.PIPELINE_NOTE,
    )
    with pytest.raises(Forbidden):
        actions.note(db, world.ane, nights, next_step="Call me")


def test_a_consortium_comes_onto_the_board_once(db, world, card):
    begun = db.exec(select(Event).where(Event.verb == Verb.CONSORTIA_START)).first()
    before = card("Calm Rooms").id
    jobs.enter(db, str(begun.id))
    jobs.enter(db, str(begun.id))

    assert card("Calm Rooms").id == before


def test_only_a_manager_or_the_platform_puts_something_on_the_board(db, world, card):
    nights = db.exec(select(Consortium).where(Consortium.name == "Amphi Nights")).one()
    with pytest.raises(Forbidden):
        actions.enter(db, world.ane, nights)


def test_a_dissolved_consortium_is_stopped_by_itself_and_once(db, world, card, last):
    square = db.exec(select(Consortium).where(Consortium.name == "Open Square")).one()
    consortia.dissolve(db, world.eli, square, reason="No maker.")
    told = last()
    jobs.follow(db, str(told.id))
    jobs.follow(db, str(told.id))

    assert card("Open Square").state is Stage.STOPPED
    assert last().facts["reason"] == "The consortium dissolved."


def test_a_recorded_fact_moves_a_consortium_to_where_it_is(db, card, world):
    trail = card("Paper Trail")
    actions.advance(db, SYSTEM, trail, reason="The application was submitted.", following=True)

    assert trail.state is Stage.CONSORTIUM
