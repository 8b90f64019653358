"""How the journeys use a page: type into fields by their name, press a verb's button, and wait for what is said."""

from playwright.sync_api import Locator, Page, expect

from crosslab.rules import RULES, Verb
from tests.browser import Site, look


def enter(page: Page, **typed: object) -> None:
    """Type into the fields of these names, choose among options, tick boxes."""
    for name, value in typed.items():
        field = page.locator(f'main [name="{name}"]:not([type=hidden])')
        kind = field.first.evaluate("each => each.type")
        if kind == "radio":
            page.locator(f'main [name="{name}"][value="{value}"]').check(
                force=True
            )  # a card's label lies over it
        elif kind == "checkbox":
            field.set_checked(bool(value))
        elif kind.startswith("select"):
            field.first.select_option(str(value))
        else:
            field.first.fill(str(value))


def press(page: Page, verb: Verb, within: str = "main") -> None:
    """Press the one button of a verb."""
    button(page, verb, within).click()


def button(page: Page, verb: Verb, within: str = "main") -> Locator:
    """The button of a verb, in English; a page has it once unless told where to look."""
    return page.locator(within).get_by_role("button", name=RULES[verb].button).first


def said(page: Page, words: str) -> None:
    """Wait until the page says these words where one can see them."""
    expect(page.get_by_text(words).locator("visible=true").first).to_be_visible()


def home_of(page: Page) -> str:
    """The address without the query."""
    return page.url.split("?")[0]


def opened(page: Page, site: Site, path: str) -> Page:
    """Go to an address, given whole or as a path."""
    return look(page, path.removeprefix(site.url))


def follow_letter(page: Page, to: str) -> None:
    """Look into the mailbox until the letter with the sign-in link has come, and follow the link."""
    for _ in range(40):
        link = look(page, "/mailbox").locator(".letter", has_text=to).locator("a[href*='/sign-in/']")
        if link.count():
            return link.first.click()
        page.wait_for_timeout(250)
    raise AssertionError(f"No letter to {to} came")
