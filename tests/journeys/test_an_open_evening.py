"""A neighbour without an account comes to an open evening: registers on a phone, says yes, is ticked at the door."""

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from crosslab.core.db import session
from crosslab.rules import Verb
from crosslab.sessions.tables import OpenSession
from tests.browser import look, violations
from tests.journeys.hands import enter, follow_letter, press, said

PHONE = {"width": 390, "height": 844}


def evening(site):
    """The evening that has places left."""
    with session(site.engine, read_only=True) as db:
        wanted = select(OpenSession).where(OpenSession.title == "Light that lets the bats fly")
        return db.exec(wanted).one().no


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_neighbour_registers_and_is_ticked_at_the_door(page_as, site, scripts):
    no, guest = evening(site), page_as(None, viewport=PHONE, java_script_enabled=scripts)
    look(guest, "/en/sessions").get_by_role("link", name="Light that lets the bats fly").click()
    guest.get_by_role("link", name="Register").click()
    enter(guest, name="Berit", email="berit@example.org", access="A seat near the door")
    guest.get_by_text("The host may keep what I wrote").click()
    press(guest, Verb.SESSIONS_REGISTER)
    said(guest, "Look into your mailbox")
    follow_letter(guest, "berit@example.org", "/r/")
    press(guest, Verb.SESSIONS_CONFIRM)
    said(guest, "You have a place.")
    if scripts:
        assert violations(guest) == []
    door = look(page_as(site.world.ane, java_script_enabled=scripts), f"/o/{no}/door")
    berit = door.locator(".door li", has_text="Berit")
    expect(berit).to_contain_text("A seat near the door")
    berit.get_by_role("button", name="Here").click()
    expect(door.locator(".door li", has_text="Berit").locator("[aria-pressed=true]")).to_contain_text("Here")
    guest.get_by_role("button", name="Give up the place").click()
    said(guest, "You have given up your place.")
