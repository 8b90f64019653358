"""The house with scripts switched off: plain forms, answered by pages."""

import re

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from crosslab.challenges.tables import Challenge, Question
from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.db import session
from crosslab.funding.tables import Application
from crosslab.rules import Verb
from tests.browser import look
from tests.journeys.hands import enter, follow_letter, press, said


@pytest.fixture
def plain(site, page_as):
    """`plain("ane")`: a browser that runs no scripts, signed in."""
    return lambda key="": page_as(getattr(site.world, key) if key else None, java_script_enabled=False)


def one(site, kind, **values):
    """A thing of the story."""
    with session(site.engine, read_only=True) as db:
        found = db.exec(select(kind).filter_by(**values)).first()
        db.expunge_all()
        return found


def test_one_signs_in_by_the_link_from_the_mailbox(plain):
    page = look(plain(), "/sign-in")
    enter(page, email="ane@fjordlys.example")
    page.get_by_role("button", name="Send me a link").click()
    follow_letter(page, "ane@fjordlys.example")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk")
    said(page, "Ane")


def test_an_empty_interest_is_refused_and_a_full_one_is_kept(plain, site):
    challenge = one(site, Challenge, question="How could our amphitheatre earn its keep?")
    page = look(plain("fiona"), f"/challenges/{challenge.id}/interest")
    enter(page, brings="", seeks="A square that is cold in November.")
    press(page, Verb.CHALLENGES_INTEREST)
    expect(page.locator(".summary")).to_contain_text("There is a problem")
    expect(page).to_have_title(re.compile("^Error:"))
    expect(page.locator("[name=seeks]")).to_have_value("A square that is cold in November.")
    enter(page, brings="Heat for seats, without gas.")
    press(page, Verb.CHALLENGES_INTEREST)
    said(page, "Your interest is registered.")


def test_a_question_is_asked_in_public(plain, site):
    challenge = one(site, Challenge, question="How could our amphitheatre earn its keep?")
    page = look(plain("fiona"), f"/en/challenges/{challenge.no}-{challenge.slug}")
    enter(page, text="May a seat be warm in the night?")
    press(page, Verb.CHALLENGES_ASK)
    said(page, "May a seat be warm in the night?")
    assert one(site, Question, text="May a seat be warm in the night?")


def test_an_invitation_is_accepted(plain, site):
    team = one(site, Consortium, slug="open-square")
    page = look(plain("fiona"), "/w/open-square")
    press(page, Verb.CONSORTIA_ACCEPT)
    said(page, "Open Square")
    house = site.world.houses["heatloop"].id
    assert one(site, Membership, consortium_id=team.id, organisation_id=house).state == "active"


def test_a_card_is_put_on_hold(plain, site):
    team = one(site, Consortium, slug="amphi-nights")
    page = look(plain("priya"), f"/p/{site.world.programme.slug}/consortia/{team.ref}/move/hold")
    press(page, Verb.PIPELINE_HOLD)
    expect(page.locator(".summary")).to_be_visible()
    enter(page, reason="The square is dug up until March.")
    press(page, Verb.PIPELINE_HOLD)
    said(page, "Amphi Nights is on hold.")


def test_the_last_partner_signs(plain, site):
    team = one(site, Consortium, slug="amphi-nights")
    application = one(site, Application, consortium_id=team.id)
    page = look(plain("beth"), f"/w/amphi-nights/applications/{application.no}/sign-off")
    press(page, Verb.FUNDING_SIGN)
    said(page, "Signed for Brightwater Events Ltd.")
