"""How the journeys use a page: type into fields by their name, press a verb's button, and wait for what is said."""

from time import monotonic

from playwright.sync_api import Locator, Page, Request, expect

from crosslab.rules import RULES, Verb
from tests.browser import PATIENCE, Site, look


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
    """Press the one button of a verb, and wait until the server has answered: from then on others see it too."""
    pressed = button(page, verb, within)
    to = pressed.evaluate("each => each.hasAttribute('formaction') ? each.formAction : each.form.action")
    with page.expect_response(lambda answer: answer.url == to and _is_sent(answer.request)):
        pressed.click()


def _is_sent(request: Request) -> bool:
    return request.method == "POST" and "x-autosave" not in request.headers


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


def follow_letter(page: Page, to: str, link: str = "/sign-in/") -> None:
    """Look into the mailbox until the letter has come, and follow the link in it that leads there."""
    letter = page.locator(".letter", has_text=to)
    until_there(page, "/mailbox", letter.locator(f"a[href*='{link}']")).click()


def until_there(page: Page, path: str, wanted: Locator) -> Locator:
    """Load a page again and again until the worker has done what it shows."""
    ends = monotonic() + PATIENCE / 1000
    look(page, path)
    while not wanted.count():
        assert monotonic() < ends, f"{path} never showed {wanted}"
        page.wait_for_timeout(250)
        look(page, path)
    return wanted.first
