"""A round of a café in two browsers: the facilitator goes on, a phone hears of it, a card comes to the projector."""

from playwright.sync_api import expect
from sqlmodel import select

from crosslab.core.db import session
from crosslab.rules import Verb
from crosslab.workshops.tables import Workshop
from tests.browser import look
from tests.journeys.hands import enter, press, said


def the_cafe(site):
    """The café of the story that is in its second round."""
    with session(site.engine, read_only=True) as db:
        return db.exec(select(Workshop.no).where(Workshop.title == "Evenings on the square")).one()


def test_a_phone_is_sent_on_when_the_round_ends_and_the_card_hangs_for_everybody(page_as, site):
    s = f"/s/{the_cafe(site)}"
    phone, desk = page_as(site.world.ane), page_as(site.world.priya)
    look(phone, f"{s}/me/table")
    said(phone, "Round 2 of 3")
    look(desk, f"{s}/cafe/card?turn=2&at=3")
    enter(desk, idea="Stairs that count how many dare")
    press(desk, Verb.WORKSHOPS_HARVEST)
    press(desk, Verb.WORKSHOPS_END_ROUND)
    phone.bring_to_front()
    expect(phone.get_by_role("heading", name="Go to table")).to_be_visible()
    screen = look(page_as(site.world.priya), f"{s}/projector?scene=cafe")
    expect(screen.locator(".pcafe")).to_contain_text("Stairs that count how many dare")
