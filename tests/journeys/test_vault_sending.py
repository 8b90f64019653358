"""Sealing in the browser over a line that breaks: sending goes on by itself, and nothing that came is sent again."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Site
from tests.journeys.vault import WORKSPACE, unlock
from tests.member.between import Between, standing_between

BLOBS = "/vault/blobs/"
SIZE = 20 << 20
OPEN = Callable[..., Page]


@pytest.fixture
def between(site: Site) -> Iterator[Between]:
    """Somebody on the line to the house."""
    with standing_between(site.url) as listening:
        yield listening


@pytest.fixture
def sealing(site: Site, page_as: OPEN, between: Between, tmp_path: Path) -> Callable[[], Page]:
    """`sealing()`: Ane seals a drawing of 20 MiB over that line."""
    (tmp_path / "drawing.bin").write_bytes(os.urandom(SIZE))

    def begin() -> Page:
        page = page_as(site.world.ane)
        page.route(
            "**/bell?*", lambda route: route.abort()
        )  # whoever stands between hands on whole answers only
        unlock(page, "ane", f"{between.url}{WORKSPACE}/add")
        page.get_by_label("Title").fill("Large drawing")
        page.get_by_label("Choose files").set_input_files(tmp_path / "drawing.bin")
        page.get_by_role("button", name="Seal and enter").click()
        return page

    return begin


def offsets(between: Between) -> list[int]:
    """Where each part of a large file began that was sent."""
    return [int(at) for path, at, _ in between.sent if BLOBS in path and at]


def test_a_file_goes_on_at_the_byte_where_the_line_broke(
    between: Between, sealing: Callable[[], Page]
) -> None:
    between.breaks[BLOBS] = 12 << 20
    page = sealing()
    expect(page.get_by_text("Waiting for the line")).to_be_visible()
    between.breaks.clear()

    expect(page.get_by_role("heading", name="Large drawing")).to_be_visible()
    first, *_, last = offsets(between)
    assert first == 0 < last <= 12 << 20


def test_a_line_that_never_comes_back_is_told_and_nothing_is_entered(
    between: Between, sealing: Callable[[], Page]
) -> None:
    between.breaks[BLOBS] = 0
    page = sealing()
    expect(page.get_by_text("Waiting for the line")).to_be_visible()
    page.get_by_role("button", name="Stop").click()

    expect(page.get_by_role("button", name="Seal and enter")).to_be_visible()
    assert "/vault/statements" not in {path for path, _, _ in between.sent}
