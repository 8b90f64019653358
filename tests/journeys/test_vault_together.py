"""One house, a command line and two browsers: a lost laptop, and a lead with only paper."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Site
from tests.journeys.vault import (
    KEYS,
    begin_anew,
    change_key,
    in_english,
    make_keys,
    read_file,
    take_back,
    take_sheet,
    unlock,
)
from tests.member.machine import Machine, signed_in

OPEN = Callable[..., Page]
Of = Callable[[str], Machine]
PLACE = ("--in", "amphi-nights")
PARTNER = ("--reader", "Tinker & Tap Ltd")


@pytest.fixture
def machine(site: Site, tmp_path: Path) -> Of:
    """`machine("ane")`: a machine of Ane's, with nothing on it but her session."""
    folders = (tmp_path / f"machine{n}" for n in range(9))
    return lambda key: signed_in(site, getattr(site.world, key), next(folders), key)


def titles(machine: Machine) -> set[str]:
    """What this machine's owner can open in Amphi Nights."""
    return {each["title"] for each in machine.run("list", *PLACE)["contributions"]} - {"(sealed)"}


def put(machine: Machine, text: str, *more: str) -> str:
    """Seal one file that says this, under a title that says it too; the contribution."""
    source = machine.folder / "said.txt"
    source.write_text(text)
    return str(machine.run("put", str(source), "--title", text, *more)["contribution"])


def let_its_owner_sign_in(machine: Machine, page: Page) -> None:
    """`crosslab vault login` on a machine without a session, confirmed in its owner's browser."""
    (machine.home / "session").unlink()
    login = machine.start("login", machine.site.url, "--wait", "60")
    page.goto(login.wait_for(r"(http\S+/account/machines/new\?\S+)"))
    page.get_by_label("Code in the terminal").fill(login.wait_for(r"code: (\S+)"))
    page.get_by_role("button", name="Let it in").click()
    assert login.end() == 0


def end_session(page: Page) -> None:
    """Among one's signed-in browsers, end the one that is a machine's command line."""
    page.goto("/account/sessions")
    laptop = page.locator(".devices li", has_text="crosslab vault")
    laptop.get_by_role("button").click()
    expect(laptop).to_have_count(0)


def test_a_lost_laptop_opens_nothing_and_loses_nothing(site: Site, page_as: OPEN, machine: Of) -> None:
    ane, tom, laptop = page_as(site.world.ane), page_as(site.world.tom), machine("ane")
    let_its_owner_sign_in(laptop, ane)
    put(laptop, "Said before the loss", *PLACE, *PARTNER)
    had = titles(laptop)

    end_session(ane)
    assert "Your session has ended" in laptop.run("list", *PLACE, code=3)["sentence"]
    unlock(ane, "ane")
    assert read_file(ane, "Said before the loss", "said.txt") == "Said before the loss"
    words = change_key(ane, "A device is lost, or a sheet")

    found = machine("ane")
    assert found.try_("unlock").code == 3
    found.passphrase = words
    assert titles(found) == had
    put(found, "Said after the loss", *PLACE, *PARTNER)
    unlock(tom, "tom")
    for each in ("Said before the loss", "Said after the loss"):
        assert read_file(tom, each, "said.txt") == each
        assert read_file(ane, each, "said.txt") == each


def open_with_keys(page: Page) -> str:
    """Keys of their own, keys of the firm, and the workspace opened; the recovery key of the firm."""
    make_keys(page)
    page.get_by_role("button", name="Make keys for Kaiserlicht GmbH").click()
    paper = take_sheet(page)
    expect(page.get_by_text("You hold its key")).to_be_visible()
    page.goto("/vault/#/w/calm-rooms")
    page.get_by_role("button", name="Open the workspace").click()
    expect(page.get_by_role("link", name="Add work").first).to_be_visible()
    return paper


def partner_joins(lead: Page, partner: Machine) -> None:
    """Nina makes keys on the command line and follows the link that the lead's browser made."""
    for command in ("setup",), ("org", "create"):
        made = partner.run(*command, "--sheet", str(partner.folder / f"{command[-1]}.txt"))
        partner.passphrase = made.get("passphrase", partner.passphrase)
    lead.goto("/vault/#/w/calm-rooms/members")
    lead.get_by_role("button", name="Make a link for Sørlandet Data AS").click()
    partner.run("consortium", "join", link_fd=lead.locator(".link-once").inner_text().strip())


def test_a_lead_comes_back_from_paper_and_a_partners_machine_stops_until_somebody_compared(
    site: Site, page_as: OPEN, machine: Of
) -> None:
    in_english(site, "katrin@")
    lost, found, nina = page_as(site.world.katrin), page_as(site.world.katrin), machine("nina")
    paper = open_with_keys(lost)
    partner_joins(lost, nina)
    rooms, to = ("--in", "calm-rooms"), ("--to", "Kaiserlicht GmbH")
    given = put(nina, "Ours", *rooms, "--reader", "Kaiserlicht GmbH")
    kept = put(nina, "Later", *rooms)
    nina.run("sync")
    assert read_file(lost, "Ours", "said.txt", "/vault/#/w/calm-rooms") == "Ours"

    begin_anew(found, site.world.katrin.email)
    take_back(found, "Kaiserlicht GmbH", paper)
    assert "KEY CHANGED: Kaiserlicht GmbH" in nina.run("sync")["changes"]
    assert "--key-changed" in nina.run("grant", kept, *to, code=1)["sentence"]
    (nina.folder / "said.txt").write_text("Ours, again")
    again = ("put", str(nina.folder / "said.txt"), "--continue", given, *rooms)
    assert "--key-changed" in nina.run(*again, code=1)["sentence"]
    found.goto(KEYS)
    nina.run("keys", "check", found.locator(".fingerprint.large").inner_text())
    nina.run("grant", kept, *to, "--key-changed")
    nina.run(*again)
    for title, said in (("Later", "Later"), ("Ours", "Ours, again")):
        assert read_file(found, title, "said.txt", "/vault/#/w/calm-rooms") == said
