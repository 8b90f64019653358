"""Somebody new outside is named by the id on their own page of keys, and finds what was released to them."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from crosslab.core.clock import now
from tests.browser import Site, violations
from tests.journeys.vault import make_keys, people_of, unlock

OPEN = Callable[..., Page]


def id_on(page: Page) -> str:
    """The id that a page shows for a release."""
    return page.get_by_role("group", name="Id, for a release").inner_text().strip()


def release_to(page: Page, id: str) -> None:
    """Release what Fjordlys owns alone to whoever has this id."""
    page.get_by_role("link", name="Self-standing rig, load table").first.click()
    page.get_by_role("link", name="Who can read").click()
    page.get_by_role("link", name="Release to somebody outside").click()
    page.locator("label[for=to-other]").click()
    page.get_by_label("Id of the person or organisation").fill(id)
    page.get_by_role("button", name="Show its fingerprint").click()
    expect(page.locator(".notice .fingerprint")).to_be_visible()
    page.get_by_label("Until the end of").fill((now() + timedelta(days=9)).date().isoformat())
    page.get_by_role("button", name="Sign and hand the key over").click()
    expect(page.locator(".panel.outside").first).to_contain_text("In force")


def test_an_outsider_is_named_by_their_id_and_opens_what_was_released(site: Site, page_as: OPEN) -> None:
    stig, ane = page_as(site.world.stig), page_as(site.world.ane)
    make_keys(stig)
    named = id_on(stig)
    assert len(named) == 64
    assert violations(stig) == []
    release_to(unlock(ane, "ane"), named)
    hand = ane.get_by_role("button", name="Hand the key over")
    expect(hand.or_(ane.get_by_role("button", name="Revoke", exact=True)).first).to_be_visible()
    if hand.count():
        hand.click()
    expect(ane.get_by_role("button", name="Revoke", exact=True)).to_be_visible()
    stig.goto("/desk")
    stig.get_by_role("link", name="A release waits for you in the vault").click()
    expect(stig.get_by_label("Your six words")).to_be_visible()


def test_an_organisation_has_an_id_too(site: Site, page_as: OPEN) -> None:
    page = unlock(page_as(site.world.helen), "helen", "/vault/#/keys")
    own = id_on(page)
    houses = id_on(people_of(page))
    assert (len(own), len(houses), own == houses) == (64, 64, False)
    assert violations(page) == []


def test_who_has_no_workspace_comes_in_where_the_releases_are(site: Site, page_as: OPEN) -> None:
    ruth = unlock(page_as(site.world.ruth), "ruth", "/vault/")
    expect(ruth.get_by_role("button", name="Open it and confirm")).to_be_visible()
    assert ruth.url.endswith("#/released")
