"""How the journeys use the vault: unlock, make keys, let a colleague in, print a sheet and read its end."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from sqlmodel import select

from crosslab.core.db import transaction
from crosslab.demo.keys import passphrase_of
from crosslab.people.tables import Person
from tests.browser import Site

KEYS = "/vault/#/keys"
WORKSPACE = "/vault/#/w/amphi-nights"


def unlock(page: Page, words: str, path: str = WORKSPACE) -> Page:
    """Open the vault with six words, or with those of one of the cast."""
    page.goto(path)
    page.get_by_label("Your six words").fill(words if " " in words else passphrase_of(words))
    page.get_by_role("button", name="Unlock", exact=True).click()
    return page


def in_english(site: Site, email: str) -> None:
    """Somebody whose address begins so reads English from now on."""
    with transaction(site.engine) as db:
        db.exec(select(Person).where(Person.email.startswith(email))).one().language = "en"


def make_keys(page: Page) -> str:
    """The three steps of a first key; the recovery key on the sheet."""
    return first_keys(page)[1]


def first_keys(page: Page) -> tuple[str, str]:
    """The same; the six words, and the recovery key."""
    page.goto("/vault/")
    return three_steps(page, "Your keys are made")


def three_steps(page: Page, then: str) -> tuple[str, str]:
    """Six words, a sheet and its check, up to the page of keys; the words and the recovery key."""
    expect(page.locator(".passphrase span").first).to_be_visible()
    words = page.locator(".passphrase").inner_text()
    page.get_by_label("Type the six words").fill(words)
    page.get_by_role("button", name="Continue").click()
    sheet = take_sheet(page)
    expect(page.get_by_role("heading", name=then)).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Your keys", exact=True)).to_be_visible()
    return words, sheet


def take_sheet(page: Page) -> str:
    """Print the sheet on show, on one page of paper, and type its last characters."""
    expect(page.locator(".recovery")).to_be_visible()
    assert len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(prefer_css_page_size=True))) == 1
    sheet = "".join(page.locator(".recovery-key").inner_text().split())
    page.get_by_role("button", name="I have it. Continue").click()
    page.get_by_label("Last 8 characters").fill(sheet[-8:])
    page.get_by_role("button", name="This is my sheet").click()
    return sheet


def begin_anew(page: Page, email: str) -> None:
    """Words, passkey and sheet are all gone: new keys, as a new key holder."""
    page.goto("/vault/")
    page.get_by_role("link", name="I have lost all of them").click()
    page.get_by_label("Type your e-mail address").fill(email)
    page.get_by_role("button", name="Begin anew").click()
    three_steps(page, "Your keys are made")


def take_back(page: Page, name: str, paper: str) -> str:
    """Take an organisation's keys back with its printed sheet; the recovery key on the next sheet."""
    people_of(page).get_by_role("link", name="Take the keys back with the sheet").click()
    page.get_by_label("Recovery key of the organisation").fill(paper.lower())
    page.get_by_role("button", name="Go on with this sheet").click()
    renewed = take_sheet(page)
    expect(page.get_by_role("heading", name=f"You manage the keys of {name}")).to_be_visible()
    return renewed


def change_key(page: Page, reason: str) -> str:
    """One's next key, for a reason that the page offers; the new six words."""
    page.goto("/vault/#/renew")
    page.get_by_label(reason).check(force=True)
    page.get_by_role("button", name="Continue").click()
    return three_steps(page, "Your key was changed")[0]


def read_file(page: Page, title: str, name: str, path: str = WORKSPACE) -> str:
    """What stands in a file of a contribution, as this person's browser opens it."""
    page.goto(path)
    page.get_by_role("link", name=title).first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Download {name}").click()
    return Path(download.value.path()).read_text()


def let_in(admin: Page, colleague: Page, name: str, role: str = "reads") -> None:
    """Send a link by another way, let it be followed, and admit whoever came by it."""
    people_of(admin)
    admin.get_by_role("button", name=f"Invite a colleague who {role}").click()
    colleague.goto(admin.locator(".link-once", has_text="/join/").inner_text().strip())
    colleague.get_by_role("button", name="Ask to join").click()
    expect(colleague.get_by_role("heading", name="You have asked to join")).to_be_visible()
    admin.goto(KEYS)
    admin.get_by_role("button", name=f"Admit {name}").click()
    expect(admin.get_by_text("people hold its key.")).to_be_visible()
    people_of(admin)


def people_of(page: Page) -> Page:
    """The page of the first organisation's people and keys."""
    page.goto(KEYS)
    page.get_by_role("link", name="People and keys").first.click()
    expect(page.get_by_role("heading", name="Who holds its key")).to_be_visible()
    return page


def holder(page: Page, name: str) -> Locator:
    """A person among the key holders, with what can be done about them unfolded."""
    found = page.locator(".holders > li", has_text=name)
    more = found.locator("details", has_text="Change the role, or remove")
    if more.get_attribute("open") is None:
        more.locator("summary").click()
    return found


def remove(page: Page, name: str) -> None:
    """Take a person out of the key holders, and confirm it."""
    one = holder(page, name)
    one.get_by_role("button", name=f"Remove {name}").click()
    one.get_by_role("button", name="Remove and make a new key").click()
