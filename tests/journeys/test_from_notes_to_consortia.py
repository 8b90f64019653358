"""From two companies' threads to a consortium: suggestion, business case, call, interest, start, and the trail back."""

import re

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from crosslab.core.db import session
from crosslab.rules import Verb
from crosslab.web.door import CARD_COOKIE
from crosslab.workshops.tables import Workshop
from tests.browser import look, violations
from tests.journeys.hands import enter, press, said


@pytest.fixture
def room(site):
    """The address of the room of the eleven companies."""
    with session(site.engine, read_only=True) as db:
        named = Workshop.title == "An amphitheatre and eleven companies"
        return f"/s/{db.exec(select(Workshop.no).where(named)).one()}"


@pytest.mark.parametrize("scripted", [True, False], ids=["with script", "without"])
def test_a_pair_of_companies_becomes_a_consortium_that_knows_its_notes(site, page_as, room, scripted):
    tom = page_as(site.world.tom, java_script_enabled=scripted)
    look(tom, f"{room}/cases")
    pair = tom.locator(".suggestion", has_text="Steps that answer with sound").first
    pair.get_by_role("button", name="Draft a suggestion").click()
    said(tom, "The business case is drafted")
    tom.get_by_role("link", name="Work on it").click()
    enter(tom, network="One rig, tuned to the place", together="Steps that answer when people move")
    press(tom, Verb.WORKSHOPS_DEVELOP)
    said(tom, "2 of 10 required fields are filled")
    if scripted:
        assert violations(tom) == []
    tom.get_by_role("link", name="Call for partners").click()
    enter(tom, words="We tune steps to a square. Who has one?", seeks="A square")
    press(tom, Verb.WORKSHOPS_CALL)
    said(tom, "The call is open")
    call = tom.url.removeprefix(site.url)

    joan = page_as(java_script_enabled=scripted)
    joan.context.add_cookies([{"name": CARD_COOKIE, "value": "a walk-in", "url": site.url}])
    look(joan, call)
    joan.locator("label", has_text="A place to try it").click()
    enter(joan, brings="A yard with steps")
    press(joan, Verb.WORKSHOPS_INTEREST)
    said(joan, "Your interest is registered")
    expect(joan.get_by_role("link", name="Start a consortium")).to_have_count(0)

    look(tom, call)
    said(tom, "A yard with steps")
    tom.get_by_role("link", name="Start a consortium").click()
    enter(tom, organisation=site.world.houses["tinker"].id, name="Sounding Steps")
    tom.locator("label", has_text="another consortium on this challenge").click()
    press(tom, Verb.CONSORTIA_START)
    tom.wait_for_url(re.compile("/w/sounding-steps"))
    said(tom, "A stage that answers when the audience moves")
    look(joan, call)
    said(joan, "A consortium has taken it up")
    assert "Sounding Steps" not in joan.locator("main").inner_text()
