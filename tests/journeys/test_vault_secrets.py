"""What never leaves the browser: words, sheet, the secret in a link, a title, a file. All that was sent is searched."""

import secrets
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, Request, expect

from crosslab.core.db import session
from crosslab.demo.keys import passphrase_of
from tests.browser import Site
from tests.journeys.vault import WORKSPACE, make_keys, people_of, unlock
from tests.workspace.test_canary import heard, kept, rows

OPEN = Callable[..., Page]


class Wire:
    """Everything that the pages of a browser sent: addresses, headers, bodies."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.asked: set[tuple[str, str]] = set()

    def __call__(self, request: Request) -> None:
        self.asked.add((request.method, request.url.partition("/vault/")[2].partition("/")[0]))
        self.sent += [request.url.encode(), str(request.headers).encode(), request.post_data_buffer or b""]


def test_no_secret_is_ever_in_a_request_or_on_the_server(site: Site, page_as: OPEN, tmp_path: Path) -> None:
    wire, mark = Wire(), f"canary{secrets.token_hex(8)}"
    tom, mei = page_as(site.world.tom), page_as(site.world.mei)
    for page in (tom, mei):
        page.context.on("request", wire)
    sheet = make_keys(mei)
    people_of(unlock(tom, "tom", "/vault/#/keys"))
    tom.get_by_role("button", name="Invite a colleague who reads").click()
    link = tom.locator(".link-once").inner_text().strip()
    mei.goto(link)
    mei.get_by_role("button", name="Ask to join Tinker & Tap Ltd").click()
    expect(mei.get_by_role("heading", name="You have asked to join")).to_be_visible()
    seal(tom, mark, tmp_path)
    known = [sheet, sheet[-20:], mark, passphrase_of("tom"), secret_of(link)]
    with session(site.engine, read_only=True) as db:
        places = {
            "the wire": wire.sent,
            "the database": list(rows(db)),
            "the files": list(kept(site.house.var)),
        }
    assert heard([each.encode() for each in known], places) == []
    assert {("PUT", "unlock"), ("PUT", "blobs"), ("POST", "statements")} <= wire.asked


def secret_of(link: str) -> str:
    """The last part of a link's fragment: 32 bytes that prove that it arrived."""
    secret = link.partition("#")[2].rpartition(".")[2]
    assert len(secret) == 43
    return secret


def seal(page: Page, mark: str, folder: Path) -> None:
    """Work with the mark in its title, its text and its file."""
    (folder / f"{mark}.txt").write_text(mark * 3)
    page.goto(WORKSPACE)
    page.get_by_role("link", name="Add work").first.click()
    page.get_by_label("Title").fill(mark)
    page.get_by_label("Choose files").set_input_files(folder / f"{mark}.txt")
    page.get_by_role("button", name="Seal and enter").click()
    expect(page.get_by_role("heading", name=mark)).to_be_visible()
