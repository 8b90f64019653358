"""Years later: the register went on in another log, and what was entered before it is shown, checked and believed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from crosslab.ip_vault import evidence
from crosslab.ledger.succession import next_settings, roll_over
from tests.browser import Site, a_context, served_on, sign_in, violations
from tests.journeys.test_evidence_in_the_browser import check
from tests.journeys.vault import unlock

REGISTER = "/vault/#/w/amphi-nights/evidence"


@pytest.fixture
def later(site: Site) -> Iterator[Site]:
    """The same house under its next log."""
    roll_over(site.engine, site.house.settings)
    given = next_settings(site.house.settings)
    named: dict[str, Any] = {"log_origin": given.log_origin, "log_key": given.log_key}
    with served_on(site.house, **named) as again:
        yield again


def make(page: Page, which: str, folder: Path) -> Path:
    """A bundle, made in the vault and kept."""
    if which == "register":
        page.locator(".choice label", has_text="Who owns what").click()
    page.get_by_role("button", name="Make the bundle").click()
    with page.expect_download() as kept:
        page.get_by_role("button", name="Download the bundle").click()
    kept.value.save_as(folder / f"{which}.zip")
    return folder / f"{which}.zip"


@pytest.mark.parametrize("which", ["claim", "register"])
def test_what_was_entered_before_the_border_is_shown_and_checked_after_it(
    site: Site, chromium: Browser, later: Site, tmp_path: Path, which: str
) -> None:
    context = a_context(chromium, later)
    sign_in(context, later, later.world.ane)
    owner = unlock(context.new_page(), "ane", REGISTER)
    expect(owner.get_by_label("Which contribution")).to_be_visible()
    made = make(owner, which, tmp_path)

    stranger = a_context(chromium, later).new_page()
    stranger.goto("/en/verify")
    check(stranger, made)
    expect(stranger.locator("#bundle-verdict")).to_have_text("The bundle holds")
    place = stranger.locator("#bundle-check")
    ended, newest = (place.get_attribute(f"data-{each}") or "" for each in ("earlier", "key"))
    logs = stranger.locator(".verdict li.panel", has_text="of the register")
    expect(logs).to_contain_text([ended, newest])
    assert violations(stranger) == []
    found = evidence.check_path(made, newest, without_time=True)
    assert [each.split(", key ")[1] for each in found.facts["logs"]] == [ended, newest]


def test_a_bundle_from_before_the_border_holds_and_says_so(
    site: Site, chromium: Browser, page_as: Callable[..., Page], tmp_path: Path
) -> None:
    owner = unlock(page_as(site.world.ane), "ane", REGISTER)
    made = make(owner, "claim", tmp_path)
    roll_over(site.engine, site.house.settings)
    given = next_settings(site.house.settings)
    with served_on(site.house, log_origin=given.log_origin, log_key=given.log_key) as again:
        stranger = a_context(chromium, again).new_page()
        stranger.goto("/en/verify")
        check(stranger, made)
        expect(stranger.locator("#bundle-verdict")).to_have_text("The bundle holds")
        expect(stranger.locator(".verdict")).to_contain_text(
            "from before the register went on in another log"
        )
