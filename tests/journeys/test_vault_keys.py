"""Keys belong to organisations, people come and go: a leaver, a lost laptop, a lead with only paper, a passkey."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.browser import Site, violations
from tests.journeys.vault import (
    KEYS,
    WORKSPACE,
    begin_anew,
    holder,
    in_english,
    let_in,
    make_keys,
    people_of,
    read_file,
    remove,
    take_back,
    take_sheet,
    three_steps,
    unlock,
)

OPEN = Callable[..., Page]
TOUCH = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "hasPrf": True,
    "automaticPresenceSimulation": True,
}
PRESS = "[...document.querySelectorAll('button')].find(each => each.innerText == 'Make the new key').click()"


def test_a_leaver_opens_nothing_new_and_leaves_nothing_locked(site: Site, page_as: OPEN) -> None:
    tom, mei = page_as(site.world.tom), page_as(site.world.mei)
    make_keys(mei)
    unlock(tom, "tom", KEYS)
    let_in(tom, mei, "Mei Chen", "signs")
    holder(tom, "Mei Chen").get_by_role("button", name="Let them manage the keys").click()
    expect(tom.locator(".holders > li", has_text="Mei Chen")).to_contain_text("manages the key")
    mei.goto(WORKSPACE)
    expect(mei.locator(".contributions li").first).to_be_visible()
    remove(tom, "Mei Chen")
    expect(tom.locator(".head")).to_contain_text("Key number 2")
    expect(tom.locator(".holders")).not_to_contain_text("Mei Chen")
    assert violations(tom) == []
    mei.goto(KEYS)
    expect(mei.get_by_text("Not handed to you")).to_be_visible()
    mei.goto(WORKSPACE)
    expect(mei.get_by_text("Nothing here that you can open")).to_be_visible()
    tom.goto(WORKSPACE)
    expect(tom.locator(".contributions li").first).to_be_visible()


def test_who_leaves_by_themselves_leaves_the_next_key_as_a_task_and_two_managers_do_it_once(
    site: Site, page_as: OPEN
) -> None:
    tom, mei, second = page_as(site.world.tom), page_as(site.world.mei), page_as(site.world.tom)
    make_keys(mei)
    unlock(tom, "tom", KEYS)
    let_in(tom, mei, "Mei Chen", "manages the keys")
    people_of(mei).get_by_text("Change your role, or leave").click()
    mei.get_by_role("button", name="Leave the key holders").click()
    mei.get_by_role("button", name="Leave now").click()
    expect(mei.get_by_text("Not handed to you")).to_be_visible()
    unlock(second, "tom", KEYS)
    tom.goto(KEYS + "/again")
    for device in (tom, second):
        expect(device.get_by_text("A new key is due")).to_be_visible()
    for device in (tom, second):
        device.evaluate(PRESS)
    for device in (tom, second):
        expect(device.get_by_text("A new key is due")).to_have_count(0)
        expect(people_of(device).locator(".head")).to_contain_text("Key number 2")


def test_a_stolen_key_is_followed_by_another_that_partners_must_look_at(site: Site, page_as: OPEN) -> None:
    ane, tom = page_as(site.world.ane), page_as(site.world.tom)
    unlock(tom, "tom")
    expect(tom.locator(".contributions li").first).to_be_visible()
    unlock(ane, "ane", "/vault/#/renew")
    ane.get_by_label("Somebody had my key").check(force=True)
    ane.get_by_role("button", name="Continue").click()
    words, _ = three_steps(ane, "Your key was changed")
    ane.get_by_role("button", name="Make the new key").click()
    expect(ane.get_by_text("A new key is due")).to_have_count(0)
    ane.reload()
    unlock(ane, words)
    expect(ane.locator(".contributions li").first).to_be_visible()
    tom.get_by_role("link", name="Crowd sensing without cameras").click()
    share_again(tom, "Fjordlys AS")
    expect(tom.get_by_role("heading", name="A key changed")).to_be_visible()
    ours = tom.locator(".changes section", has=tom.get_by_role("heading", name="Ane Nilsen"))
    expect(ours).to_contain_text("somebody else had the old one")
    assert violations(tom) == []
    ours.get_by_role("button", name="Compared, and it is right").click()
    theirs = tom.locator(".changes section", has=tom.get_by_role("heading", name="Fjordlys AS"))
    theirs.get_by_role("button", name="Go on, knowing this").click()
    expect(tom.get_by_role("heading", name="A key changed")).to_have_count(0)
    tom.get_by_role("button", name="Share with 1 partner").click()
    expect(tom.locator(".sharing")).to_contain_text("Fjordlys AS can read")


def share_again(page: Page, name: str) -> None:
    """End sharing with a partner and begin it anew, up to the press of the button."""
    reader = page.locator(".sharing li", has_text=name)
    reader.get_by_role("button").first.click()
    reader.get_by_role("button", name="Stop sharing", exact=True).click()
    page.locator(".sharing label", has_text=name).click()
    page.get_by_role("button", name="Share with 1 partner").click()


def test_a_lead_who_lost_everything_comes_back_with_the_organisations_sheet(
    site: Site, page_as: OPEN, tmp_path: Path
) -> None:
    in_english(site, "katrin@")
    lost, found = page_as(site.world.katrin), page_as(site.world.katrin)
    make_keys(lost)
    lost.get_by_role("button", name="Make keys for Kaiserlicht GmbH").click()
    paper = take_sheet(lost)
    expect(lost.get_by_text("You hold its key")).to_be_visible()
    seal_something(lost, tmp_path)
    begin_anew(found, site.world.katrin.email)
    assert take_back(found, "Kaiserlicht GmbH", paper) != paper
    assert read_file(found, "Before the fire", "plan.txt", "/vault/#/w/calm-rooms") == "the plan"
    people_of(found).get_by_role("button", name="Check the sheet").click()
    found.get_by_label("Recovery key of the organisation").fill(paper)
    found.get_by_role("button", name="Check it").click()
    expect(found.get_by_role("alert")).to_contain_text("belongs to somebody else")


def seal_something(page: Page, folder: Path) -> None:
    (folder / "plan.txt").write_text("the plan")
    page.goto("/vault/#/w/calm-rooms")
    page.get_by_role("button", name="Open the workspace").click()
    page.get_by_role("link", name="Add work").first.click()
    page.get_by_label("Title").fill("Before the fire")
    page.get_by_label("Choose files").set_input_files(folder / "plan.txt")
    page.get_by_role("button", name="Seal and enter").click()
    expect(page.get_by_role("heading", name="Before the fire")).to_be_visible()


def test_a_passkey_opens_the_vault_and_the_worker_alone_sees_the_key(site: Site, page_as: OPEN) -> None:
    page, local = (
        page_as(site.world.ane),
        site.url.replace("127.0.0.1", "localhost"),
    )  # a passkey needs a name
    cookie = page.context.cookies(site.url)[0]
    page.context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": local}])
    authenticator = page.context.new_cdp_session(page)
    authenticator.send("WebAuthn.enable")
    authenticator.send("WebAuthn.addVirtualAuthenticator", {"options": TOUCH})
    unlock(page, "ane", local + KEYS).get_by_role("button", name="Set up a passkey").click()
    expect(page.get_by_role("button", name="Remove the passkey")).to_be_visible()
    assert "SECRET" not in str(page.evaluate("JSON.stringify({...localStorage})"))
    page.reload()
    page.get_by_role("button", name="Unlock with your passkey").click()
    expect(page.get_by_role("heading", name="Your keys", exact=True)).to_be_visible()
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_role("button", name="Set up a passkey")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Unlock", exact=True)).to_be_visible()
    assert page.get_by_role("button", name="Unlock with your passkey").count() == 0


def test_a_change_of_key_survives_a_lost_answer_and_an_old_sheet_is_told_from_a_wrong_one(
    site: Site, page_as: OPEN
) -> None:
    page = page_as(site.world.mei)
    old = make_keys(page)
    lose_an_answer(page, "**/vault/statements")
    page.get_by_role("link", name="Change your key").click()
    page.get_by_label("A device is lost, or a sheet").check(force=True)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".passphrase span").first).to_be_visible()
    page.get_by_label("Type the six words").fill(page.locator(".passphrase").inner_text())
    page.get_by_role("button", name="Continue").click()
    take_sheet(page)
    expect(page.get_by_role("alert")).to_contain_text("The connection was lost")
    page.get_by_role("button", name="This is my sheet").click()
    expect(page.get_by_role("heading", name="Your key was changed")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Lock this device").first.click()
    page.get_by_role("link", name="Use your recovery sheet instead").click()
    page.get_by_label("Recovery key").fill(old)
    page.get_by_role("button", name="Open with this key").click()
    expect(page.get_by_role("alert")).to_contain_text("This is an older key of yours")


def lose_an_answer(page: Page, path: str) -> None:
    """The next request arrives and does its work; its answer does not come back."""

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.context.route(path, lose, times=1)


def test_who_goes_on_while_the_workspace_is_being_opened_finds_it_open(site: Site, page_as: OPEN) -> None:
    in_english(site, "katrin@")
    page = page_as(site.world.katrin)
    make_keys(page)
    page.get_by_role("button", name="Make keys for Kaiserlicht GmbH").click()
    take_sheet(page)
    expect(page.get_by_text("You hold its key")).to_be_visible()
    page.goto("/vault/#/w/calm-rooms")
    let_go = hold_back(page, "**/vault/statements")
    with page.expect_request("**/vault/statements"):
        page.get_by_role("button", name="Open the workspace").click()
    page.get_by_role("link", name="Add work").first.click()
    with page.expect_response("**/vault/statements"):
        let_go()
    expect(page.get_by_label("Title")).to_be_visible()


def hold_back(page: Page, path: str) -> Callable[[], None]:
    """The next request is on its way until it is let go by what is given back."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.context.route(path, hold, times=1)
    return lambda: held.pop().continue_()
