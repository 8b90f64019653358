"""Every page in Chromium, in three languages, light and dark, wide and narrow, as the right one of the cast sees it.

A page is opened once a language; its window and its colours change while it is open.
"""

import pytest
from playwright.sync_api import expect

from crosslab.web.languages import BY_CODE
from tests.browser import a_context, look, within
from tests.sweeps.looking import inspected, sideways, small_targets, tab_walk
from tests.sweeps.pages import LOOKS

WIDE, NARROW, NARROWEST = 1280, 390, 320
NAMES = [f"{each.who or 'visitor'} {each.path or '/'}" for each in LOOKS]


@pytest.fixture
def shown(chromium, gallery):
    """`shown(look, "de")`: a page of a browser of their own, opened."""
    opened = []

    def open_page(each, code):
        seen = gallery(code)
        context = a_context(chromium, seen.site, locale=seen.language.tag)
        opened.append(context)
        context.add_cookies(
            [{"name": n, "value": v, "url": seen.site.url} for n, v in seen.cookies(each.who).items()]
        )
        page = context.new_page()
        if each.path != "/vault/":
            return look(page, seen.address(each))
        page.goto(seen.address(each))
        expect(page.locator("h1:visible")).to_have_count(1)  # drawn by the vault itself,
        expect(page.locator("h1:visible")).to_be_focused()  # which then puts the reader at its heading
        return page

    yield open_page
    for context in opened:
        within(context.close)


def troubles_at(page, width, violations):
    """What is wrong at this width, in either theme."""
    page.set_viewport_size({"width": width, "height": 900})
    found = [*sideways(page), *small_targets(page)]
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        found += [f"{theme}: {each}" for each in violations()]
    return [f"{width} px: {each}" for each in found]


@pytest.mark.parametrize("code", tuple(BY_CODE))
@pytest.mark.parametrize("each", LOOKS, ids=NAMES)
def test_a_page_is_for_everybody(shown, gallery, each, code):
    page = shown(each, code)
    with inspected(page) as violations:
        found = [*troubles_at(page, WIDE, violations), *troubles_at(page, NARROW, violations)]
    page.set_viewport_size({"width": NARROWEST, "height": 900})
    found += [f"{NARROWEST} px: {trouble}" for trouble in sideways(page)]
    troubles = gallery(code).site.troubles
    found += [troubles.pop() for _ in range(len(troubles))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("each", LOOKS, ids=NAMES)
def test_tab_goes_through_a_page(shown, each):
    found = tab_walk(shown(each, "en"))
    assert not found, "\n".join(found)
