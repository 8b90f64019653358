"""Owners, readers and outsiders in a real browser: a transfer that is refused, a release from consent to revocation,
search that stays on the device, and a log that shows two histories.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Locator, Page, Route, expect
from sqlmodel import select

from crosslab.app import open_door
from crosslab.core.clock import now
from crosslab.core.db import transaction
from crosslab.demo.keys import passphrase_of
from crosslab.ip_vault import note, tlog
from crosslab.ip_vault.client.troubles import Trouble, read_proof, stands
from crosslab.people.tables import Person
from tests.browser import Site, violations
from tests.journeys.test_vault_in_the_browser import unlock

OPEN = Callable[..., Page]
TEAM = "/vault/#/w/amphi-nights"
STAGE = "Audience-lit stage"


def again(page: Page, key: str) -> None:
    """Load the page anew and unlock: keys do not survive it."""
    page.reload()
    page.get_by_label("Your six words").fill(passphrase_of(key))
    page.get_by_role("button", name="Unlock").click()


def stage(page: Page, key: str, part: str = "") -> Page:
    """One of the cast at the contribution that Fjordlys and Tinker & Tap own together."""
    unlock(page, key).get_by_role("link", name=STAGE).first.click()
    expect(page.get_by_role("heading", name=STAGE)).to_be_visible()
    if part:
        page.get_by_role("link", name=part).click()
        expect(page.locator("[aria-current=page]", has_text=part)).to_be_visible()
    return page


def propose(page: Page, ours: str, theirs: str) -> None:
    page.get_by_role("link", name="Propose other owners").click()
    for name, share in (("Fjordlys", ours), ("Tinker", theirs)):
        page.locator(".owners li", has_text=name).locator("input").fill(share)
    page.get_by_role("button", name="Sign the proposal").click()


def test_other_owners_are_refused_and_then_agreed(site: Site, page_as: OPEN) -> None:
    ane, tom = stage(page_as(site.world.ane), "ane"), page_as(site.world.tom)
    propose(ane, "3/4", "1/3")
    expect(ane.locator(".sum")).to_have_text("FJ 3/4 + TT 1/3 = 13/12. That is 1/12 too much.")
    ane.locator(".owners li", has_text="Tinker").locator("input").fill("1/4")
    ane.get_by_role("button", name="Sign the proposal").click()
    expect(ane.locator(".matter")).to_contain_text("has not said")
    unlock(tom, "tom").get_by_role("link", name=STAGE).first.click()
    tom.get_by_role("button", name="We object").click()
    expect(tom.locator(".matter")).to_contain_text("Owners stay as they are while somebody objects")
    again(ane, "ane")
    ane.get_by_role("button", name="Take the proposal back").click()
    expect(ane.get_by_text("Nothing waits for anyone's word.")).to_be_visible()
    propose(ane, "1/2", "1/2")
    expect(ane.locator(".matter")).to_be_visible()
    again(tom, "tom")
    tom.get_by_role("button", name="We agree").click()
    mark = tom.locator(".matter code").inner_text().split()[0]
    tom.get_by_label("to sign").fill(mark)
    tom.get_by_role("button", name="Agree and change the owners").click()
    expect(tom.locator(".rights").first).to_contain_text("Tinker & Tap Ltd 1/2")
    assert violations(tom) == []
    tom.goto(f"{TEAM}/assets")
    row = tom.locator(".assets tbody", has=tom.get_by_role("link", name=STAGE, exact=True))
    expect(row).to_contain_text("Fjordlys AS 1/2")
    expect(row).to_contain_text("Rests on Self-standing rig, load table (needs it to work)")
    assert violations(tom) == []


def everything_sent(page: Page) -> list[bytes]:
    """The addresses and bodies of every request from now on."""
    sent: list[bytes] = []
    page.context.on("request", lambda each: sent.append(each.url.encode() + (each.post_data_buffer or b"")))
    return sent


def of_the_stage(page: Page) -> Locator:
    """What was released of the stage, beside what the library was shown before."""
    return page.locator(".panel.outside", has_text="For the jury.")


def release(page: Page) -> None:
    page.get_by_role("link", name="Release to somebody outside").click()
    page.get_by_role("button", name="Sign and ask for consent").click()
    expect(page.get_by_text("Choose a day from today on.")).to_be_visible()
    page.get_by_label("Until the end of").fill((now() + timedelta(days=9)).date().isoformat())
    page.get_by_label("Terms").fill("For the jury.")
    page.get_by_role("button", name="Sign and ask for consent").click()
    expect(page.locator(".panel.outside").first).to_contain_text("Waits for consent")


def test_a_release_needs_every_owner_and_ends(site: Site, page_as: OPEN) -> None:
    helen = unlock(page_as(site.world.helen), "helen", "/vault/#/released")
    ane, tom = stage(page_as(site.world.ane), "ane", "Who can read"), page_as(site.world.tom)
    release(ane)
    assert violations(ane) == []
    expect(helen.locator(".panel.outside")).to_have_count(3)
    expect(of_the_stage(helen)).to_have_count(0)
    expect(unlock(tom, "tom").locator(".next")).to_contain_text("waits for your consent")
    tom.locator(".next a").click()
    tom.get_by_role("button", name="We consent").click()
    tom.get_by_role("button", name="Hand the key over").click()
    expect(tom.get_by_role("button", name="Revoke", exact=True)).to_be_visible()
    helen.goto("/vault/#/keys")
    helen.goto("/vault/#/released")
    helen.get_by_role("button", name="Open it and confirm").click()
    expect(helen.get_by_role("heading", name=STAGE)).to_be_visible()
    with helen.expect_download() as download:
        helen.get_by_role("button", name="Download wiring.txt").click()
    assert b"stage box 1" in Path(download.value.path()).read_bytes()
    assert violations(helen) == []
    tom.get_by_role("button", name="Revoke", exact=True).click()
    expect(tom.get_by_text("nobody can call that back").first).to_be_visible()
    tom.get_by_role("button", name="Revoke the release").click()
    expect(tom.locator(".panel.outside")).to_contain_text("Revoked")
    helen.goto("/vault/#/keys")
    helen.goto("/vault/#/released")
    expect(of_the_stage(helen)).to_contain_text("This has ended.")
    assert helen.get_by_role("heading", name=STAGE).count() == 0
    tom.get_by_role("link", name="What was given to whom").click()
    line = tom.locator(".disclosed tr", has_text="Canal Row Library")
    expect(line).to_contain_text("ended by an owner")
    with tom.expect_download() as table:
        tom.get_by_role("button", name="Save as a table").click()
    assert '"Canal Row Library"' in Path(table.value.path()).read_text("utf-8-sig")


CLOCK = """
const Real = Date, clock = new BroadcastChannel("clock");
let ahead = 0;
self.Date = class extends Real {
    constructor(...given) { if (given.length) super(...given); else super(Real.now() + ahead); }
    static now() { return Real.now() + ahead; }
};
clock.onmessage = ({ data }) => { ahead = data; clock.postMessage("set"); };
"""
PASS = """days => new Promise(set => {
    const clock = new BroadcastChannel("clock");
    clock.onmessage = () => set();
    clock.postMessage(days * 86_400_000);
})"""


def with_a_clock(page: Page) -> Page:
    """The vault's worker on this device goes by a clock that the test can put forward."""

    def wind(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=CLOCK + answer.text())

    page.context.route("**/vault/app/worker.js", wind)
    return page


def release_alone(page: Page) -> None:
    """Of what Fjordlys owns alone: nobody else is asked, the key is handed over at once."""
    page.get_by_role("link", name="Release to somebody outside").click()
    page.get_by_label("Until the end of").fill((now() + timedelta(days=2)).date().isoformat())
    page.get_by_role("button", name="Sign and hand the key over").click()
    expect(page.locator(".panel.outside").first).to_contain_text("In force")


def test_a_date_ends_one_release_and_a_refusal_another(site: Site, page_as: OPEN) -> None:
    helen, ane = (with_a_clock(page_as(each)) for each in (site.world.helen, site.world.ane))
    unlock(helen, "helen", "/vault/#/released")
    unlock(ane, "ane").get_by_role("link", name="Self-standing rig, load table").first.click()
    ane.get_by_role("link", name="Who can read").click()
    release_alone(ane)
    helen.goto("/vault/#/keys")
    helen.goto("/vault/#/released")
    helen.get_by_role("button", name="Open it and confirm").click()
    expect(helen.get_by_role("button", name="Download load-table.csv")).to_be_visible()
    again(ane, "ane")
    release_alone(ane)
    helen.goto("/vault/#/keys")
    helen.goto("/vault/#/released")
    helen.get_by_role("button", name="Decline", exact=True).first.click()
    helen.get_by_role("button", name="Decline it").click()
    expect(helen.locator(".panel.outside").first).to_contain_text("Declined")
    helen.evaluate(PASS, 3)
    helen.goto("/vault/#/keys")
    helen.goto("/vault/#/released")
    expect(helen.locator(".panel.outside").nth(1)).to_contain_text("Ended by its date")
    assert helen.get_by_role("button", name="Download load-table.csv").count() == 0
    again(ane, "ane")
    given = ane.get_by_role("link", name="What was given to whom")
    expect(given).to_be_visible()
    ane.evaluate(PASS, 3)
    given.click()
    shown = ane.locator(".disclosed tr", has_text="Canal Row Library")
    expect(shown.first).to_contain_text("by its date")
    expect(shown.last).to_contain_text("declined")


def readers_of(page: Page, key: str, title: str) -> Page:
    """One of the cast where it stands who reads which version."""
    unlock(page, key).get_by_role("link", name=title).first.click()
    page.get_by_role("link", name="Who can read").click()
    expect(page.locator(".matrix tbody tr").first).to_be_visible()
    return page


def test_whom_something_is_released_to_never_was_a_partner_and_never_left(site: Site, page_as: OPEN) -> None:
    page = readers_of(page_as(site.world.beth), "beth", "Site plan for two evenings")
    library, ruth = (
        page.locator(".matrix tr", has_text=name) for name in ("Canal Row Library", "Ruth Adeyemi")
    )
    expect(library).to_contain_text("outside the consortium")
    expect(library).to_contain_text("opened")
    expect(ruth).to_contain_text("this person alone · outside the consortium")
    expect(page.get_by_text("left and can still open this")).to_have_count(0)
    assert violations(page) == []


def test_whoever_owns_nothing_of_it_is_not_told_that_nothing_was_given(site: Site, page_as: OPEN) -> None:
    """Beth sees the plan handed over and opened; from Tom, who may read it, both are hidden."""
    beth = readers_of(page_as(site.world.beth), "beth", "Site plan for two evenings")
    expect(beth.locator(".path").first).not_to_contain_text("not for you to see")
    page = readers_of(page_as(site.world.tom), "tom", "Site plan for two evenings")
    library = page.locator(".panel.outside", has_text="Canal Row Library")
    expect(library).to_contain_text("All owners consent")
    expect(library.locator(".path li", has_text="not for you to see")).to_have_count(2)
    expect(page.get_by_text("hands over the key next")).to_have_count(0)
    assert violations(page) == []
    page.get_by_role("link", name="What was given to whom").click()
    for name in ("Canal Row Library", "Ruth Adeyemi"):
        line = page.locator(".disclosed tr", has_text=name)
        expect(line.get_by_text("not for you to see")).to_have_count(3)
        expect(line).not_to_contain_text("not handed over")
    with page.expect_download() as table:
        page.get_by_role("button", name="Save as a table").click()
    kept = Path(table.value.path()).read_text("utf-8-sig").splitlines()
    assert [each.count('"not for you to see"') for each in kept if "Canal Row Library" in each] == [3]


def test_what_was_shown_until_a_day_is_not_read_after_it(site: Site, page_as: OPEN) -> None:
    """Tom showed the library how people are counted, for five days; and Nordlyd until he ended it."""
    page = readers_of(page_as(site.world.tom), "tom", "Crowd sensing without cameras")
    for name in ("Canal Row Library", "Nordlyd AS"):
        expect(page.locator(".matrix tr", has_text=name)).to_contain_text("ended")
    expect(page.get_by_role("button", name="Stop sharing with Fjordlys AS")).to_be_visible()
    expect(page.get_by_role("button", name="Stop sharing with Canal Row Library")).to_have_count(0)


def test_search_finds_inside_files_and_leaves_no_trace(site: Site, page_as: OPEN) -> None:
    page = page_as(site.world.ane)
    sent = everything_sent(page)
    unlock(page, "ane", f"{TEAM}/search")
    page.get_by_label("Words", exact=True).fill("FALLBÀCK lamps")
    expect(page.get_by_role("status").last).to_contain_text("0 contributions found")
    page.locator("label[for=inside]").click()
    expect(page.locator(".found li")).to_contain_text("In wiring.txt:")
    assert violations(page) == []
    kept = (
        page.url + page.title() + str(page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})"))
    )
    assert "lamps" not in kept
    assert not [each for each in sent if b"lamps" in each]
    page.get_by_role("button", name="Lock this device").first.click()
    expect(page.get_by_label("Your six words")).to_be_visible()
    assert page.get_by_text("wiring.txt").count() == 0


def test_a_fork_is_named_stops_everything_and_leaves_a_proof(site: Site, page_as: OPEN) -> None:
    page = page_as(site.world.ane)
    unlock(page, "ane")
    expect(page.locator(".contributions li").first).to_be_visible()
    forged = another_root(page, site)
    page.context.route("**/vault/log/checkpoint", lambda route: route.fulfill(body=forged))
    page.get_by_role("link", name="Register", exact=True).click()
    expect(page.get_by_role("heading", name="The server's history does not hold")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("two different histories of the same length")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the proof").click()
    proof = read_proof(Path(download.value.path()).read_bytes())
    assert proof.trouble is Trouble.SPLIT
    assert stands(proof, note.parse_vkey(proof.log))
    page.unroute_all()
    page.get_by_role("link", name="Add work").click()
    assert page.get_by_role("button", name="Seal and enter").count() == 0


def another_root(page: Page, site: Site) -> bytes:
    """A checkpoint of today's size over other entries, signed by the log's own key, as only the log can forge it."""
    keeper = open_door(site.house.settings).keeper
    today = tlog.parse_checkpoint(page.request.get("/vault/log/checkpoint").body())
    return tlog.sign_checkpoint(tlog.Checkpoint(today.origin, today.size, bytes(32)), keeper.key)


def test_whoever_lost_access_to_one_work_still_has_the_workspace(site: Site, page_as: OPEN) -> None:
    with transaction(site.engine) as db:
        db.exec(select(Person).where(Person.id == site.world.ingrid.person_id)).one().language = "en"
    page = unlock(page_as(site.world.ingrid), "ingrid")

    expect(page.get_by_role("link", name="Audience-lit stage")).to_be_visible()
    expect(page.get_by_text("There is nothing here")).to_have_count(0)
