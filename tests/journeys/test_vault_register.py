"""The register's page: in the reader's order by the heads of the table, and one of it chosen in the drawing."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import Site, violations
from tests.journeys.vault import WORKSPACE, unlock

OPEN = Callable[..., Page]


def register(page: Page) -> Page:
    unlock(page, "ane", f"{WORKSPACE}/assets")
    expect(page.locator(".assets tbody").first).to_be_visible()
    return page


def places(page: Page) -> list[int]:
    """The place in the register at which the owners of each right were set, from above."""
    cells = page.locator(".assets td[data-name=Since]").all_inner_texts()
    return [int(re.findall(r"\d+", each)[0]) for each in cells]


def test_the_heads_sort_by_key_and_by_pointer_and_say_how(exhibition: Site, page_as: OPEN) -> None:
    page = register(page_as(exhibition.world.ane))
    since = page.get_by_role("columnheader", name="Since")
    since.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(since).to_have_attribute("aria-sort", "ascending")
    assert places(page) == sorted(places(page))
    since.get_by_role("button").click()
    expect(since).to_have_attribute("aria-sort", "descending")
    assert places(page) == sorted(places(page), reverse=True)
    page.get_by_role("columnheader", name="What").get_by_role("button").click()
    titles = page.locator(".assets tbody th a").all_inner_texts()
    told = [each for each in titles if not each.startswith("Sealed from you")]
    assert titles[: len(told)] == told == sorted(told)
    assert page.locator("th[aria-sort]").count() == 1


def test_one_that_is_chosen_lights_what_it_rests_on(exhibition: Site, page_as: OPEN) -> None:
    page = register(page_as(exhibition.world.ane))
    page.locator(".node", has_text="March trial").click()
    expect(page.locator(".chosen-one h3")).to_have_text("March trial design")
    expect(page.locator(".node.lit")).to_have_count(4)
    expect(page.locator(".assets tbody.chosen")).to_contain_text("March trial design")
    assert violations(page) == []


def test_the_arrow_keys_go_from_one_to_the_next(exhibition: Site, page_as: OPEN) -> None:
    page = register(page_as(exhibition.world.ane, viewport={"width": 390, "height": 800}))
    page.locator(".node[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".node[aria-pressed=true]")).to_be_focused()
    expect(page.locator(".node.lit")).not_to_have_count(0)
    assert violations(page) == []
    page.locator(".node[aria-pressed=true]").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".chosen-one")).to_have_count(0)
    expect(page.locator(".node").first).to_be_visible()
