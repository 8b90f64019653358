"""One house, a command line and two browsers: a lost laptop, a lead with only paper, a leaver, and a refusal."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import Site
from tests.journeys.vault import (
    KEYS,
    WORKSPACE,
    begin_anew,
    change_key,
    first_keys,
    in_english,
    let_in,
    make_keys,
    people_of,
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
STAGE = "Audience-lit stage"


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


def test_a_leaver_opens_nothing_new_on_any_device_and_the_firm_opens_all(
    site: Site, page_as: OPEN, machine: Of
) -> None:
    tom, mei, office, hers = page_as(site.world.tom), page_as(site.world.mei), machine("tom"), machine("mei")
    hers.passphrase, _ = first_keys(mei)
    unlock(tom, "tom", KEYS)
    let_in(tom, mei, "Mei Chen", "signs")
    hers.run("get", STAGE, "--to", str(hers.folder / "before"), *PLACE)
    assert (hers.folder / "before/wiring.txt").exists()

    office.run("org", "remove", "--person", "Mei Chen")
    later = [
        put(office, "Said after she left", *PLACE),
        put(machine("ane"), "Of a partner", *PLACE, *PARTNER),
    ]
    for each in later:
        assert hers.try_("get", each, "--to", str(hers.folder / "after")).code == 1
    assert titles(hers) == set()
    mei.goto(WORKSPACE)
    expect(mei.get_by_text("Nothing here that you can open")).to_be_visible()

    expect(people_of(tom).locator(".head")).to_contain_text("Key number 2")
    expect(tom.locator(".holders")).not_to_contain_text("Mei Chen")
    assert "stage box 1" in read_file(tom, STAGE, "wiring.txt")
    for each in ("Said after she left", "Of a partner"):
        assert read_file(tom, each, "said.txt") == each
    assert titles(office) > {STAGE, "Said after she left", "Of a partner"}


def say(page: Page, key: str, word: str) -> None:
    """In this browser, one's firm's word on what waits at the stage."""
    unlock(page, key)
    page.get_by_role("link", name=STAGE).first.click()
    moved(page).get_by_role("button", name=word).click()
    expect(moved(page).get_by_role("button", name="Take back what we said")).to_be_visible()


def moved(page: Page) -> Locator:
    """The matter in which Nordlyd is offered a tenth."""
    return page.locator(".matter", has_text="1/10")


def test_a_transfer_that_one_refuses_stands_the_same_for_all_and_moves_nothing(
    site: Site, page_as: OPEN, machine: Of
) -> None:
    in_english(site, "ingrid@")
    ane, tom, ingrid = machine("ane"), page_as(site.world.tom), page_as(site.world.ingrid)
    before = ane.run("show", STAGE, *PLACE)["owners"]
    wanted = "Fjordlys AS:1/2,Tinker & Tap Ltd:2/5,Nordlyd AS:1/10"
    made = ane.run("transfer", STAGE, "--to", wanted, *PLACE)
    assert made["standing"] == "pending"

    say(tom, "tom", "We agree")
    say(ingrid, "ingrid", "We object")
    for page in (tom, ingrid):
        matter = moved(page)
        expect(matter).to_contain_text("Disputed")
        expect(matter).to_contain_text("Owners stay as they are while somebody objects")
        for voice in ("Fjordlys ASsaid so", "Nordlyd ASobjects", "Tinker & Tap Ltdagrees"):
            expect(matter.locator(".voices li", has_text=voice)).to_have_count(1)
    told = ane.run("show", STAGE, *PLACE)
    [move] = [each for each in told["matters"] if each["id"] == made["transfer"][:12]]
    assert move["standing"] == "disputed"
    assert set(move["said"]) == {"Tinker & Tap Ltd approved", "Nordlyd AS objected"}
    assert told["owners"] == before
