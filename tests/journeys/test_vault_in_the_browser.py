"""The sealed workspace in a real browser: keys, invitations, sealing, opening, and a server that cheats."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser import Site, violations
from tests.journeys.vault import make_keys, people_of, unlock

OPEN = Callable[..., Page]
MARKER = "Zaunkönig-7391"


def test_a_colleague_makes_keys_and_is_let_in(site: Site, page_as: OPEN) -> None:
    tom, mei = page_as(site.world.tom), page_as(site.world.mei)
    make_keys(mei)
    people_of(unlock(tom, "tom", "/vault/#/keys"))
    tom.get_by_role("button", name="Invite a colleague who reads").click()
    mei.goto(tom.locator(".link-once").inner_text().strip())
    expect(mei.get_by_text("Tom Okafor made this link.", exact=False)).to_be_visible()
    assert mei.url == f"{site.url}/vault/#/join"
    mei.get_by_role("button", name="Ask to join Tinker & Tap Ltd").click()
    expect(mei.get_by_role("heading", name="You have asked to join")).to_be_visible()
    tom.reload()
    admit = unlock(tom, "tom", "/vault/#/keys").get_by_role("button", name="Admit Mei Chen")
    expect(admit).to_be_visible()
    admit.click()
    expect(tom.get_by_text("2 people hold its key.")).to_be_visible()
    expect(people_of(tom).locator(".holders")).to_contain_text("Mei Chen")
    mei.goto("/vault/#/w/amphi-nights")
    expect(mei.locator(".contributions li").first).to_be_visible()


def test_the_sheet_opens_what_the_words_opened(site: Site, page_as: OPEN) -> None:
    page = page_as(site.world.mei)
    sheet = make_keys(page)
    page.get_by_role("button", name="Lock this device").first.click()
    page.get_by_role("link", name="Use your recovery sheet instead").click()
    page.get_by_label("Recovery key").fill(sheet.lower()[:-1] + ("q" if sheet[-1] in "xX" else "x"))
    page.get_by_role("button", name="Open with this key").click()
    expect(page.get_by_role("alert")).to_contain_text("wrong letter")
    page.get_by_label("Recovery key").fill(sheet.lower())
    page.get_by_role("button", name="Open with this key").click()
    expect(page.get_by_role("heading", name="Your new six words")).to_be_visible()


def test_work_is_sealed_shared_and_opened_and_the_server_never_reads_it(
    site: Site, page_as: OPEN, tmp_path: Path
) -> None:
    ane, tom = page_as(site.world.ane), page_as(site.world.tom)
    sent: list[bytes] = []
    ane.context.on(
        "request", lambda request: sent.append(request.url.encode() + (request.post_data_buffer or b""))
    )
    unlock(ane, "ane").get_by_role("link", name="Add work").first.click()
    seal_work(ane, tmp_path)
    expect(ane.get_by_role("heading", name=MARKER)).to_be_visible()
    assert not [each for each in sent if MARKER.encode() in each or b"the plan" in each]
    ane.locator(".sharing label", has_text="Tinker & Tap").click()
    ane.get_by_role("button", name="Share with 1 partner").click()
    expect(ane.locator(".sharing")).to_contain_text("Tinker & Tap Ltd can read")
    opened = unlock(tom, "tom", "/vault/" + ane.url.partition("/vault/")[2])
    expect(opened.get_by_role("heading", name=MARKER)).to_be_visible()
    with opened.expect_download() as download:
        opened.get_by_role("button", name="Download plan.txt").click()
    assert Path(download.value.path()).read_text() == "the plan"
    opened.get_by_role("button", name="We agree").click()
    expect(opened.locator(".head")).to_contain_text("Agreed")
    assert violations(opened) == []
    assert MARKER not in opened.title() + str(opened.evaluate("JSON.stringify({...localStorage})"))


def seal_work(page: Page, folder: Path) -> None:
    (folder / "plan.txt").write_text("the plan")
    page.get_by_label("Title").fill(MARKER)
    ours, theirs = (
        page.locator(".owners li", has_text=name).locator("input") for name in ("Fjordlys", "Tinker")
    )
    ours.fill("1/2")
    theirs.fill("1/3")
    expect(page.locator(".sum")).to_have_text("FJ 1/2 + TT 1/3 = 5/6. 1/6 is missing.")
    theirs.fill("1/2")
    page.get_by_label("Choose files").set_input_files(folder / "plan.txt")
    page.get_by_role("button", name="Seal and enter").click()


def cheat(page: Page, path: str, change: Callable[[Any], Any]) -> None:
    """Answers of the server are changed on their way, as a server that lies would."""

    def lie(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=json.dumps(change(answer.json())))

    page.context.route(path, lie)


def shorten(chain: Any) -> Any:
    if chain["kind"] != "consortium" or chain["size"] < 2:
        return chain
    return {
        **chain,
        "size": chain["size"] - 1,
        "ids": chain["ids"][:-1],
        "statements": chain["statements"][:-1],
    }


def test_a_withheld_statement_stops_everything(site: Site, page_as: OPEN) -> None:
    page = page_as(site.world.ane)
    cheat(page, "**/vault/chains/**", shorten)
    unlock(page, "ane")
    expect(page.get_by_role("alert")).to_contain_text("is in the log and is withheld")


def hide_approvals(chain: dict[str, Any]) -> dict[str, Any]:
    """Every approval is said to be none of the reader's business."""
    rows = [
        {**each, "note": None} if '"type":"approve","v":1' in (each["note"] or "") else each
        for each in chain["statements"]
    ]
    return {**chain, "statements": rows}


def test_a_partners_approval_that_is_hidden_stops_everything(site: Site, page_as: OPEN) -> None:
    page = page_as(site.world.beth)
    cheat(page, "**/vault/chains/**", hide_approvals)
    unlock(page, "beth")
    expect(page.get_by_role("alert")).to_contain_text("A chain is shown with gaps or in disorder.")


def test_another_key_in_the_register_is_a_full_stop(site: Site, page_as: OPEN) -> None:
    page, tom = page_as(site.world.ane), page_as(site.world.tom)
    other = tom.request.get("/vault/session").json()["person"]["vault_id"]
    cheat(page, "**/vault/session", lambda told: {**told, "person": {**told["person"], "vault_id": other}})
    unlock(page, "ane")
    expect(page.get_by_role("heading", name="Your key was replaced")).to_be_visible()
    assert page.get_by_role("button", name="Add work").count() == 0
