"""A restored backup, as two browsers see it: told in words while it lasts, and afterwards as if nothing had been."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import Site, a_context, sign_in
from tests.journeys.vault import unlock
from tests.member.machine import Machine, signed_in
from tests.member.restorable import Restorable, restorable


@pytest.fixture
def kept(worker_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Restorable]:
    with restorable(worker_id, tmp_path, monkeypatch) as made:
        yield made


def pages(chromium: Browser, site: Site) -> list[Page]:
    """Ane's browser, and Tom's."""
    opened = []
    for person in (site.world.ane, site.world.tom):
        context = a_context(chromium, site)
        sign_in(context, site, person)
        opened.append(context.new_page())
    return opened


def share(machine: Machine) -> None:
    source = machine.folder / "after-the-backup.txt"
    source.write_text("said after the backup")
    place = ("--in", "amphi-nights")
    machine.run(
        "put", str(source), "--title", "Said after the backup", "--reader", "Tinker & Tap Ltd", *place
    )


def test_what_was_lost_comes_back_and_no_browser_accuses_the_register(
    chromium: Browser, kept: Restorable
) -> None:
    with kept.serve() as site:
        browsers = dict(zip(("ane", "tom"), pages(chromium, site), strict=True))
        member = signed_in(site, site.world.ane, kept.folder / "ane", "ane")
        kept.back_up()
        share(member)
        for key, page in browsers.items():
            expect(unlock(page, key).get_by_text("Said after the backup").first).to_be_visible()
            page.goto("about:blank")
    kept.restore()
    with kept.serve():
        for key, page in browsers.items():
            expect(
                unlock(page, key).get_by_text("as after a restored backup", exact=False).first
            ).to_be_visible()
            page.goto("about:blank")
        member.run("give-back")
    assert kept.operator("take-back") == ""
    with kept.serve():
        for key, page in browsers.items():
            expect(unlock(page, key).get_by_text("Said after the backup").first).to_be_visible()
            assert page.get_by_role("alert").count() == 0
            page.context.close()
