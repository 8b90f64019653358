"""An open session with a phone, the host's desk and a screen: what is said is there at once."""

from playwright.sync_api import expect
from sqlmodel import select

from crosslab.core.db import session
from crosslab.rules import Verb
from crosslab.sessions.tables import OpenSession
from tests.browser import look
from tests.journeys.hands import enter, press, said

PHONE = {"width": 390, "height": 800}
ASKED = "May I touch the lamp?"


def evening(site):
    """The next evening of the story: its number and its code."""
    with session(site.engine, read_only=True) as db:
        wanted = select(OpenSession.no, OpenSession.code).where(
            OpenSession.title == "Hanging light without a pole"
        )
        return db.exec(wanted).one()


def begun(site, page_as):
    """The evening has begun, so whoever has the code is in the room: its number and its code."""
    no, code = evening(site)
    desk = look(page_as(site.world.ane), f"/o/{no}/manage")
    press(desk, Verb.SESSIONS_BEGIN)
    expect(desk.get_by_text("The session has begun.")).to_be_visible()
    return no, code


def test_what_a_phone_says_is_on_the_screen_until_the_host_has_answered(site, page_as):
    no, code = begun(site, page_as)
    screen, desk = look(page_as(site.world.ane), f"/o/{no}/screen"), page_as(site.world.ane)
    phone = look(page_as(viewport=PHONE), f"/i/{code}")
    enter(phone, name="Ola")
    press(phone, Verb.SESSIONS_COME_IN)
    enter(phone, text=ASKED)
    phone.get_by_label("I have read this", exact=True).check(force=True)
    press(phone, Verb.SESSIONS_SAY)
    said(phone, ASKED)
    expect(screen.get_by_text(ASKED)).to_be_visible()
    expect(screen.locator("li", has_text=ASKED)).not_to_contain_text("Ola")
    look(desk, f"/o/{no}/desk")
    desk.get_by_role("button", name=f"Put it on the screen : {ASKED[:5]}").click()
    expect(screen.locator("li.pinned", has_text=ASKED)).to_be_visible()
    desk.get_by_role("button", name=f"Answered live : {ASKED[:5]}").click()
    expect(screen.get_by_text(ASKED)).to_have_count(0)
    expect(phone.locator("#voices .voice", has_text=ASKED).get_by_text("Answered live")).to_be_visible()


def test_a_phone_supports_by_one_touch_and_the_warning_comes_with_an_idea(site, page_as):
    _, code = begun(site, page_as)
    phone = look(page_as(viewport=PHONE), f"/i/{code}")
    enter(phone, name="Ola")
    press(phone, Verb.SESSIONS_COME_IN)
    support = phone.locator(".voice", has_text="Does the rig go through").get_by_role("button")
    support.click()
    expect(support).to_have_attribute("aria-pressed", "true")
    warning = phone.get_by_text("Is it an invention?")
    expect(warning).to_be_hidden()
    enter(phone, kind="idea", text="A lamp that floats")
    phone.get_by_label("I have read this", exact=True).check(force=True)
    expect(warning).to_be_visible()
    press(phone, Verb.SESSIONS_SAY)
    expect(phone.locator(".summary")).to_contain_text("making an idea public")
    expect(phone.locator("#text")).to_have_value("A lamp that floats")
