"""A phone in the room: without a line, in two tabs, under a lock, and when the room goes on. Nobody types twice."""

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from crosslab.core.actor import NOBODY_YET
from crosslab.core.db import session
from crosslab.people.tokens import new_token
from crosslab.rules import Verb
from crosslab.web.door import CARD_COOKIE
from crosslab.workshops import actions
from crosslab.workshops.tables import Note
from tests.browser import look
from tests.journeys.hands import press
from tests.workshops.conftest import Room

PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True}
TRYING = "Not on the wall yet, trying again"


class Hall:
    """An open wall in a served house, and Ane's phone in it."""

    def __init__(self, site, page_as):
        self.site, token = site, new_token()
        with session(site.engine) as db:
            room = Room(db, site.world.priya).opened()
            actions.join(db, NOBODY_YET, room.workshop, name="Ane", company="Fjordlys AS", token=token)
            db.commit()
            self.id, self.at = room.workshop.id, f"/s/{room.workshop.no}"
        self.page, self.priya = page_as(**PHONE), page_as(site.world.priya)
        self.page.context.add_cookies([{"name": CARD_COOKIE, "value": token, "url": site.url}])
        look(self.page, f"{self.at}/me/write")

    def writes(self, words, page=None):
        (page or self.page).locator("[name=text]").first.fill(words)
        (page or self.page).get_by_role("button", name="Put it on the wall").click()

    def does(self, verb):
        """The facilitator pulls a lever."""
        press(look(self.priya, f"{self.at}/control"), verb)

    @property
    def hung(self):
        with session(self.site.engine, read_only=True) as db:
            return sorted(db.exec(select(Note.text).where(Note.workshop_id == self.id)).all())


@pytest.fixture
def hall(site, page_as):
    return Hall(site, page_as)


def test_a_note_without_a_line_is_kept_and_hangs_once(hall):
    page = hall.page
    hall.writes("With a line")
    expect(page.locator("#own p", has_text="With a line")).to_be_visible()
    page.context.set_offline(True)
    hall.writes("Light without wires")
    hall.writes("Light without walls")
    expect(page.locator("#waiting").get_by_text(TRYING)).to_have_count(2)
    expect(page.locator("[name=text]").first).to_have_value("")
    page.context.set_offline(False)
    expect(page.locator("#own p", has_text="Light without")).to_have_count(2)
    expect(page.locator("#waiting")).to_be_hidden()
    assert hall.hung == ["Light without walls", "Light without wires", "With a line"]


def test_it_is_kept_through_a_reload_and_two_tabs_send_it_once(hall):
    page = hall.page
    page.route("**/notes", lambda route: route.abort())
    hall.writes("Light without wires")
    expect(page.get_by_text(TRYING)).to_be_visible()
    page.reload()
    expect(page.locator("#waiting").get_by_text("Light without wires")).to_be_visible()
    other = page.context.new_page()
    look(other, f"{hall.at}/me/write")
    page.unroute("**/notes")
    page.reload()
    expect(page.locator("#waiting")).to_be_hidden()
    page.reload()  # whichever of the two has sent it
    expect(page.locator("#own p", has_text="Light without wires")).to_have_count(1)
    assert hall.hung == ["Light without wires"]


def test_what_the_room_refuses_comes_back_into_the_form_and_says_why(hall):
    page = hall.page
    page.context.set_offline(True)
    hall.writes("Light without wires")
    expect(page.get_by_text(TRYING)).to_be_visible()
    hall.does(Verb.WORKSHOPS_LOCK)
    page.context.set_offline(False)
    expect(page.locator("#refused")).to_contain_text("Writing is locked just now.")
    expect(page.locator("[name=text]").first).to_have_value("Light without wires")
    assert hall.hung == []


def test_when_the_room_goes_on_the_phone_goes_along_but_not_under_ones_fingers(hall):
    page = hall.page
    page.locator("[name=text]").first.fill("Half a thou")
    hall.does(Verb.WORKSHOPS_ADVANCE)
    expect(page.get_by_text("The room has gone on.")).to_be_visible()
    expect(page.locator("[name=text]").first).to_have_value("Half a thou")
    page.locator("[name=text]").first.fill("")
    page.get_by_role("link", name="Go along").click()
    page.wait_for_url("**/me/walk")
    hall.does(Verb.WORKSHOPS_GO_BACK)
    page.wait_for_url("**/me/write")
