"""A workspace left open follows the bell: what others do is there without a reload, and nothing typed is lost."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import Site, violations
from tests.journeys.test_vault_in_the_browser import cheat
from tests.journeys.vault import WORKSPACE, three_steps, unlock

OPEN = Callable[..., Page]
STAGE = "Audience-lit stage"
NEWS = ".toasts[role=status] .toast"


def at_home(page: Page, key: str) -> Page:
    """One of the cast in the workspace, with the bell's line open; a mark shows later that nothing was reloaded."""
    with page.expect_response("**/bell?places=**"):
        unlock(page, key)
    expect(page.locator(".contributions li").first).to_be_visible()
    page.evaluate("window.never = 'reloaded'")
    return page


def seal(page: Page, title: str) -> None:
    """Put something in that the partners may read at once."""
    page.goto(f"{WORKSPACE}/add")
    page.get_by_label("Title").fill(title)
    for partner in page.locator(".choices input[id^=a-]:enabled").all():
        partner.check(force=True)
    page.get_by_role("button", name="Seal and enter").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def test_what_a_partner_seals_is_there_without_a_reload(site: Site, page_as: OPEN) -> None:
    tom, ane = at_home(page_as(site.world.tom), "tom"), at_home(page_as(site.world.ane), "ane")
    seal(ane, "Rain cover, second try")
    expect(tom.locator(".contributions").get_by_role("link", name="Rain cover, second try")).to_be_visible()
    expect(tom.locator(NEWS)).to_contain_text("Ane Nilsen sealed a contribution.")
    assert violations(tom) == []
    assert tom.evaluate("window.never") == "reloaded"
    expect(ane.locator(NEWS)).to_have_count(0)


def test_a_half_typed_title_stays_with_its_cursor(site: Site, page_as: OPEN) -> None:
    tom, ane = at_home(page_as(site.world.tom), "tom"), page_as(site.world.ane)
    tom.get_by_role("link", name="Add work").first.click()
    title = tom.get_by_label("Title")
    title.fill("Half a thought")
    title.evaluate("field => field.setSelectionRange(5, 6)")
    seal(at_home(ane, "ane"), "Rain cover")
    expect(tom.locator(NEWS)).to_contain_text("Ane Nilsen sealed a contribution.")
    title.press("x")
    expect(title).to_have_value("Half x thought")
    expect(title).to_be_focused()


def test_a_matter_that_waits_shows_itself_where_it_is_looked_at(site: Site, page_as: OPEN) -> None:
    tom, ane = at_home(page_as(site.world.tom), "tom"), at_home(page_as(site.world.ane), "ane")
    for page in (tom, ane):
        page.get_by_role("link", name=STAGE).first.click()
    tom.locator("summary", has_text="What was said before").click()
    ane.get_by_role("link", name="Propose other owners").click()
    for name in ("Fjordlys", "Tinker"):
        ane.locator(".owners li", has_text=name).locator("input").fill("1/2")
    ane.get_by_role("button", name="Sign the proposal").click()
    tom.get_by_role("button", name="We agree").click()
    tom.get_by_label("to sign").fill("12")
    expect(tom.locator(".more-d[open]", has_text="What was said before")).to_be_visible()
    ane.locator(".matter").get_by_role("button", name="Take the proposal back").click()
    expect(tom.get_by_text("Nothing waits for anyone's word.")).to_be_visible()
    assert tom.evaluate("window.never") == "reloaded"


def test_a_key_that_changes_meanwhile_is_told_and_stops_what_is_handed_over(
    site: Site, page_as: OPEN
) -> None:
    tom, ane = at_home(page_as(site.world.tom), "tom"), page_as(site.world.ane)
    tom.get_by_role("link", name="Add work").first.click()
    unlock(ane, "ane", "/vault/#/renew")
    ane.get_by_label("It is time for a new one").check(force=True)
    ane.get_by_role("button", name="Continue").click()
    three_steps(ane, "Your key was changed")
    expect(tom.locator("#main > .notice")).to_contain_text("1 key changed since this device last looked")
    tom.get_by_label("Title").fill("For all")
    tom.locator(".choice", has_text="Fjordlys").locator("input[id^=a-]").check(force=True)
    tom.get_by_role("button", name="Seal and enter").click()
    expect(tom.get_by_text("Nothing was handed over.").first).to_be_visible()


def test_a_key_of_ones_own_that_is_replaced_meanwhile_is_a_full_stop(site: Site, page_as: OPEN) -> None:
    ane, tom = at_home(page_as(site.world.ane), "ane"), at_home(page_as(site.world.tom), "tom")
    other = tom.request.get("/vault/session").json()["person"]["vault_id"]
    cheat(ane, "**/vault/session", lambda told: {**told, "person": {**told["person"], "vault_id": other}})
    seal(tom, "Anything at all")
    expect(ane.get_by_role("heading", name="Your key was replaced")).to_be_visible()
    assert ane.get_by_role("link", name=STAGE).count() == 0


def test_a_lost_line_alarms_nobody_and_what_was_missed_is_there_afterwards(site: Site, page_as: OPEN) -> None:
    tom, ane = at_home(page_as(site.world.tom), "tom"), at_home(page_as(site.world.ane), "ane")
    tom.context.set_offline(True)
    seal(ane, "Rain cover")
    assert tom.get_by_role("alert").count() == 0
    expect(tom.locator(".contributions li").first).to_be_visible()
    with tom.expect_response("**/bell?places=**"):
        tom.context.set_offline(False)
    expect(tom.locator(".contributions").get_by_role("link", name="Rain cover")).to_be_visible()
    expect(tom.locator(NEWS)).to_contain_text("Ane Nilsen sealed a contribution.")


def test_a_locked_vault_follows_nothing_and_catches_up_when_it_is_opened(site: Site, page_as: OPEN) -> None:
    tom, ane = at_home(page_as(site.world.tom), "tom"), at_home(page_as(site.world.ane), "ane")
    tom.get_by_role("button", name="Lock this device").first.click()
    expect(tom.get_by_label("Your six words")).to_be_visible()
    asked: list[str] = []
    tom.on("request", lambda each: asked.append(each.url))
    seal(ane, "Rain cover")
    assert asked == []
    assert tom.locator(NEWS).count() == 0
    unlock(tom, "tom")
    expect(tom.locator(".contributions").get_by_role("link", name="Rain cover")).to_be_visible()
    expect(tom.locator(NEWS)).to_contain_text("Ane Nilsen sealed a contribution.")


def test_the_bell_says_that_something_happened_and_never_what(site: Site, page_as: OPEN) -> None:
    tom, ane = page_as(site.world.tom), at_home(page_as(site.world.ane), "ane")
    told = tom.request.get("/vault/session").json()["consortia"][0]["id"]
    tom.goto("/")
    tom.evaluate(
        "place => { window.all = []; const bell = new EventSource(`/bell?places=${place}`);"
        "bell.onmessage = each => all.push(each.data); return new Promise(done => bell.onopen = done); }",
        told,
    )
    seal(ane, "Rain cover")
    tom.wait_for_function("all.length > 0")
    assert set(tom.evaluate("all")) == {"workspace.record"}


def test_what_is_shared_meanwhile_is_opened_by_nobody_but_the_reader(site: Site, page_as: OPEN) -> None:
    tom, ane = at_home(page_as(site.world.tom), "tom"), at_home(page_as(site.world.ane), "ane")
    ane.goto(f"{WORKSPACE}/add")
    ane.get_by_label("Title").fill("Rain cover")
    ane.get_by_role("button", name="Seal and enter").click()
    expect(ane.get_by_role("heading", name="Rain cover")).to_be_visible()
    tom.goto("/vault/" + ane.url.partition("/vault/")[2])
    expect(tom.get_by_role("heading", name="Sealed from you")).to_be_visible()
    ane.locator(".sharing label", has_text="Tinker & Tap").click()
    ane.get_by_role("button", name="Share with 1 partner").click()
    expect(tom.get_by_text("A version that you can open came in")).to_be_visible()
    ane.get_by_role("link", name="Each version and reader").click()
    row = ane.locator(".matrix tr", has_text="Tinker & Tap")
    expect(row).to_contain_text("can read")
    tom.get_by_role("button", name="Open it").click()
    expect(tom.get_by_role("heading", name="Rain cover")).to_be_visible()
    expect(row).to_contain_text("opened")
