"""A form that saves itself a moment after typing stops, and its button."""

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from crosslab.consortia.tables import Consortium
from crosslab.core.db import session
from crosslab.funding.tables import Application
from crosslab.rules import Verb
from tests.browser import look
from tests.journeys.hands import button, enter, press, said


@pytest.fixture
def ane(page_as, site):
    """Ane at a section of an application that is open for changes."""
    with session(site.engine, read_only=True) as db:
        of = select(Application.no).join(Consortium).where(Consortium.slug == "amphi-nights")
        at = f"/w/amphi-nights/applications/{db.exec(of).one()}"
    page = look(page_as(site.world.ane), f"{at}/sign-off")
    press(page, Verb.FUNDING_REOPEN)
    said(page, "open for changes")
    page.clock.install()
    return look(page, f"{at}/sections/summary")


def types(page, words):
    """Type, and wait until the form saves itself: the request is held on its way, later ones pass."""
    held = []

    def hold(asked):
        return asked.continue_() if held else held.append(asked)

    page.route("**/sections/summary", hold)
    with page.expect_request(lambda asked: "x-autosave" in asked.headers):
        enter(page, text=words)
    expect(page.locator("[name=text]")).to_have_value(words)
    return held[0]


def test_the_button_waits_for_a_save_that_is_on_its_way(ane):
    saving = types(ane, "Light on the steps.")
    saved = saving.fetch()
    button(ane, Verb.FUNDING_WRITE).click()
    saving.fulfill(response=saved)
    said(ane, "The section is saved.")
    expect(ane.locator("[name=text]")).to_have_value("Light on the steps.")


def test_what_is_typed_while_it_saves_is_saved_after_it(ane):
    saving = types(ane, "Light on the steps.")
    enter(ane, text="Light on the steps, and sound.")
    ane.clock.run_for(1_000)
    with ane.expect_response(lambda answer: "sound" in (answer.request.post_data or "")) as second:
        saving.continue_()
    assert second.value.status == 200
    expect(ane.locator("[data-autosave-said]")).to_contain_text("Saved")
