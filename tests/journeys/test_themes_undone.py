"""A merge and a split are taken back: where they were done, on the wall, and while somebody else works on."""

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from crosslab.core.db import session, transaction
from crosslab.demo.workshops import SECOND
from crosslab.rules import Verb
from crosslab.workshops import actions, queries
from crosslab.workshops.tables import Workshop
from tests.browser import look, violations
from tests.journeys.hands import press


@pytest.fixture
def at(site):
    """The address of the room that is open, with two themes on its wall."""
    with transaction(site.engine) as db:
        workshop = db.exec(select(Workshop).where(Workshop.title == SECOND)).one()
        notes = queries.wall(db, workshop).notes
        for title, some in (("Daylight", notes[:2]), ("Drawings", notes[2:])):
            actions.gather(db, site.world.priya, workshop, title=title, notes=some)
        return f"/s/{workshop.no}"


def merged(page, at):
    """Daylight becomes part of Drawings."""
    look(page, f"{at}/themes")
    theme = page.locator(".themes > li", has=page.get_by_text("Daylight", exact=True)).first
    theme.locator("summary").click()
    theme.locator("select").select_option(label="Drawings")
    theme.get_by_role("button", name="Merge the themes").click()
    expect(page.locator(".themes > li", has_text="“Daylight” became part of it")).to_have_count(1)
    return page


def themes_of(site, at):
    with session(site.engine, read_only=True) as db:
        workshop = db.exec(select(Workshop).where(Workshop.no == at.rsplit("/", 1)[1])).one()
        return {each.title for each in queries.themes(db, workshop)}


def test_a_merge_is_taken_back_where_it_was_done(page_as, site, at):
    page = merged(page_as(site.world.priya), at)
    expect(page.locator(".toast")).to_contain_text("The themes are one now.")
    assert violations(page) == []
    page.locator("#undo").click()
    expect(page.locator(".toast")).to_contain_text("Undone")
    expect(page.locator("#undo")).to_be_hidden()
    assert themes_of(site, at) == {"Daylight", "Drawings"}


def test_a_merge_is_taken_back_from_the_wall_by_key_and_others_see_it(page_as, site, at):
    other = look(page_as(site.world.mikkel), f"{at}/wall?side=themes")
    page = merged(page_as(site.world.priya), at)
    piles = other.locator("[data-panel=themes] li")
    expect(piles).to_have_count(1)
    look(page, f"{at}/wall?side=themes")
    page.keyboard.press("Control+z")
    expect(piles).to_have_count(2)
    expect(other.locator(".note .th", has_text="Daylight")).to_have_count(2)


def test_somebody_who_built_on_it_meanwhile_is_not_undone(page_as, site, at):
    page = merged(page_as(site.world.priya), at)
    with transaction(site.engine) as db:
        workshop = db.exec(select(Workshop).where(Workshop.no == at.rsplit("/", 1)[1])).one()
        (left,) = queries.themes(db, workshop)
        third = actions.gather(db, site.world.mikkel, workshop, title="All of it")
        actions.merge(db, site.world.mikkel, left, into=third)
    page.locator("#undo").click()
    expect(page.locator(".toast.bad")).to_contain_text("Take those two apart first")
    assert themes_of(site, at) == {"All of it"}


def test_without_scripts_both_are_taken_back_by_a_button(page_as, site, at):
    page = merged(page_as(site.world.priya, java_script_enabled=False), at)
    press(page, Verb.WORKSHOPS_UNMERGE)
    assert themes_of(site, at) == {"Daylight", "Drawings"}
    theme = page.locator(".themes > li", has=page.get_by_text("Daylight", exact=True)).first
    theme.locator("summary").click()
    theme.locator("[name=title]").last.fill("Evenings")
    theme.locator("[name=notes]").first.check()
    press(page, Verb.WORKSHOPS_SPLIT)
    assert themes_of(site, at) == {"Daylight", "Drawings", "Evenings"}
    press(page, Verb.WORKSHOPS_UNSPLIT)
    assert themes_of(site, at) == {"Daylight", "Drawings"}
