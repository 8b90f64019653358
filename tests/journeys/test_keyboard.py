"""The journeys with the keyboard alone: nothing is clicked, touched or dragged."""

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from crosslab.challenges.tables import Challenge
from crosslab.consortia.tables import Consortium
from crosslab.core.db import session
from crosslab.funding.tables import Application
from crosslab.rules import RULES, Verb
from tests.browser import look
from tests.journeys.hands import said

FARTHEST = 120


def one(site, kind, **values):
    """A thing of the story."""
    with session(site.engine, read_only=True) as db:
        found = db.exec(select(kind).filter_by(**values)).first()
        db.expunge_all()
        return found


def tab_to(page, selector):
    """Press Tab until the focus is there; fail when it never comes."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab never comes to {selector}")


def tab_to_button(page, words):
    """Press Tab until the focus is on the button or link of these words."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        if words in page.evaluate("() => document.activeElement.textContent"):
            return
    pytest.fail(f"Tab never comes to {words}")


def test_a_challenge_is_begun_and_its_first_step_written(page_as, site):
    page = look(page_as(site.world.grace), "/challenges/new")
    tab_to_button(page, "Begin")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not url.endswith("/new"))
    look(page, f"{page.url.removeprefix(site.url).removesuffix('/edit/question')}/edit/question")
    tab_to(page, "[name=question]")
    page.keyboard.type("How do coins sound?")
    tab_to(page, "[name=lead]")
    page.keyboard.type("Nobody may touch them. Everybody wants to hear them.")
    tab_to(page, "[name=sector]")
    page.keyboard.press("ArrowDown")
    tab_to_button(page, RULES[Verb.CHALLENGES_EDIT].button)
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/situation")


def test_interest_is_registered(page_as, site):
    challenge = one(site, Challenge, question="How could our amphitheatre earn its keep?")
    page = look(page_as(site.world.fiona), f"/challenges/{challenge.id}/interest")
    tab_to(page, "[name=brings]")
    page.keyboard.type("Heat for seats, without gas.")
    tab_to_button(page, RULES[Verb.CHALLENGES_INTEREST].button)
    page.keyboard.press("Enter")
    said(page, "Your interest is registered.")


def test_a_card_is_moved_by_its_own_page(page_as, site):
    team = one(site, Consortium, slug="amphi-nights")
    page = look(page_as(site.world.priya), f"/p/{site.world.programme.slug}/consortia/{team.ref}")
    tab_to_button(page, RULES[Verb.PIPELINE_HOLD].button)
    page.keyboard.press("Enter")
    page.wait_for_url("**/move/hold")
    tab_to(page, "[name=reason]")
    page.keyboard.type("The square is dug up until March.")
    tab_to_button(page, RULES[Verb.PIPELINE_HOLD].button)
    page.keyboard.press("Enter")
    said(page, "Amphi Nights is on hold.")


def test_the_last_partner_signs(page_as, site):
    team = one(site, Consortium, slug="amphi-nights")
    application = one(site, Application, consortium_id=team.id)
    page = look(page_as(site.world.beth), f"/w/amphi-nights/applications/{application.no}/sign-off")
    tab_to_button(page, RULES[Verb.FUNDING_SIGN].button)
    page.keyboard.press("Enter")
    said(page, "Signed for Brightwater Events Ltd.")
    expect(page.locator(".signature.signed")).to_have_count(4)
