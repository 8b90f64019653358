"""What the vault's pages say at first sight: on a phone, of changed keys, of names nobody signed for, of twins."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import Site, violations
from tests.journeys.vault import WORKSPACE, make_keys, three_steps, unlock

OPEN = Callable[..., Page]
PHONE = {"width": 390, "height": 800}
TABS = "[...document.querySelectorAll('.rail > ul > li')].filter(each => each.offsetParent)"


def test_a_phone_shows_four_places_and_the_rest_behind_one(site: Site, page_as: OPEN) -> None:
    page = unlock(page_as(site.world.ane, viewport=PHONE), "ane")
    expect(page.locator(".contributions li").first).to_be_visible()
    tabs = page.evaluate(
        f"{TABS}.map(each => [each.querySelector('span').innerText, each.getBoundingClientRect().right])"
    )
    assert [name for name, _ in tabs] == ["Overview", "Add work", "Register", "Search", "More"]
    assert max(right for _, right in tabs) <= PHONE["width"]
    page.locator(".more-tabs summary").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(".more-tabs .pop")).to_be_hidden()
    page.locator(".more-tabs summary").click()
    expect(page.locator(".rail").get_by_role("link", name="Consortium")).to_be_in_viewport()
    page.locator(".rail").get_by_role("link", name="Partners").click()
    expect(page.get_by_role("heading", name="Partners and their keys", level=1)).to_be_visible()
    expect(page.locator(".more-tabs .pop")).to_be_hidden()


def test_at_its_door_the_vault_shows_ones_keys_and_says_so(site: Site, page_as: OPEN) -> None:
    page = unlock(page_as(site.world.ane), "ane", "/vault/")
    expect(page.get_by_role("heading", name="Your keys", exact=True)).to_be_visible()
    expect(page.locator(".rail [aria-current=page]")).to_have_text(["Your keys"])


def test_on_a_phone_the_seal_is_one_line_and_work_comes_before_partners(site: Site, page_as: OPEN) -> None:
    page = unlock(page_as(site.world.ane, viewport=PHONE), "ane")
    expect(page.locator(".contributions li").first).to_be_visible()
    strip = page.locator(".seal-strip")
    tall = strip.bounding_box()
    assert tall is not None
    assert 44 <= tall["height"] <= 52
    strip.locator("summary").click()
    expect(strip).to_contain_text("Crosslab cannot.")
    expect(strip.get_by_role("button", name="Lock this device")).to_be_visible()
    heads = page.locator(".home h2").all_inner_texts()
    assert heads.index("Contributions") < heads.index("Partners and their keys")


def test_a_changed_key_is_told_at_unlocking_and_looked_at_from_there(site: Site, page_as: OPEN) -> None:
    ane, tom = page_as(site.world.ane), page_as(site.world.tom)
    unlock(tom, "tom")
    expect(tom.locator(".contributions li").first).to_be_visible()
    unlock(ane, "ane", "/vault/#/renew")
    ane.get_by_label("It is time for a new one").check(force=True)
    ane.get_by_role("button", name="Continue").click()
    three_steps(ane, "Your key was changed")
    unlock_again(tom)
    news = tom.locator("#main > .notice")
    expect(news).to_contain_text("1 key changed since this device last looked")
    assert violations(tom) == []
    news.get_by_role("button", name="See what changed").click()
    expect(tom.locator(".changes")).to_contain_text("place")
    tom.get_by_role("button", name="Go on, knowing this").click()
    expect(tom.locator(".contributions li").first).to_be_visible()
    expect(news).to_have_count(0)


def unlock_again(page: Page) -> None:
    """Load the vault anew, as on the next day."""
    page.reload()
    unlock(page, "tom", WORKSPACE)


def test_the_check_at_the_start_is_a_check_of_the_sheet(site: Site, page_as: OPEN) -> None:
    mei = page_as(site.world.mei)
    make_keys(mei)
    expect(mei.locator(".ways")).to_contain_text("Last in your hands on")


def test_whom_the_server_names_without_a_key_stands_apart(site: Site, page_as: OPEN) -> None:
    page = page_as(site.world.ane)
    page.route("**/vault/session", lambda route: route.fulfill(json=with_a_ghost(route.fetch().json())))
    unlock(page, "ane")
    partner = page.locator(".members > li", has_text="Tinker & Tap Ltd")
    expect(partner).to_contain_text("1 person with a key")
    expect(partner).to_contain_text("The server also names")
    expect(partner).to_contain_text("Gary Ghost")
    partner.locator("summary").click()
    expect(partner.locator(".people")).not_to_contain_text("Gary Ghost")


def with_a_ghost(told: dict) -> dict:
    """A session in which somebody more is named at every partner."""
    for partner in (each for place in told["consortia"] for each in place["partners"]):
        partner["people"].append("Gary Ghost")
    return told


def test_partners_that_stand_together_have_colours_of_their_own(site: Site, page_as: OPEN) -> None:
    page = unlock(page_as(site.world.ane), "ane")
    expect(page.locator(".members > li").first).to_be_visible()
    seen = page.locator(".members > li > .org")
    classes = {each.get_attribute("class") for each in seen.all()}
    assert len(classes) == page.locator(".members > li").count()


def test_two_of_one_title_are_told_apart(site: Site, page_as: OPEN, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("the plan")
    page = unlock(page_as(site.world.ane), "ane")
    for _ in range(2):
        page.goto(f"{WORKSPACE}/add")
        page.get_by_label("Title").fill("Stage plan")
        page.get_by_label("Choose files").set_input_files(tmp_path / "plan.txt")
        page.get_by_role("button", name="Seal and enter").click()
        expect(page.get_by_role("heading", name="Stage plan")).to_be_visible()
    page.goto(f"{WORKSPACE}/evidence")
    options = page.get_by_label("Which contribution").locator("option", has_text="Stage plan")
    expect(options).to_have_count(2)
    assert len(set(options.all_inner_texts())) == 2
    page.goto(f"{WORKSPACE}/search")
    page.get_by_label("Words").fill("stage plan")
    expect(page.locator(".found li code")).to_have_count(2)


def test_a_saved_receipt_is_true_to_a_stranger(site: Site, page_as: OPEN, tmp_path: Path) -> None:
    owner, stranger = page_as(site.world.ane), page_as()
    unlock(owner, "ane")
    owner.locator(".contributions a").first.click()
    with owner.expect_download() as kept:
        owner.get_by_role("button", name="Save the receipt").first.click()
    kept.value.save_as(tmp_path / "it.tlog-proof")
    stranger.goto("/en/verify")
    stranger.get_by_label("The receipt", exact=True).fill((tmp_path / "it.tlog-proof").read_text())
    stranger.get_by_role("button", name="Check the receipt").click()
    expect(stranger.locator("#verdict-head")).to_have_text("The receipt is true")
    expect(stranger.locator("#verdict .checks .held")).to_have_count(5)
    assert violations(stranger) == []
