"""Sealing 50 MB in the browser says how far it is at least twice a second, and stops within a second when told.

A real house, a real Chromium: Ane unlocks her workspace and seals one file of 50 MB. An observer in the page
notes when what the page says of the progress changes; the longest pause between two changes counts, from the
press of the button to the moment when the register has answered. A second time she presses Stop half a second
in; what counts is how long the editor takes to come back with everything she typed, in milliseconds and as a
part of the whole sealing in the same run.
"""

import os
import tempfile
import threading
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Page, expect, sync_playwright

from bench import promise
from crosslab.demo.keys import passphrase_of
from tests import servers
from tests.browser import ARGUMENTS, a_context, a_site, sign_in

SIZE = 50 * 1_048_576
WATCH = """() => {
  window.changes = [performance.now()];
  const note = () => { if (document.querySelector(".sending")) window.changes.push(performance.now()); };
  new MutationObserver(note)
    .observe(document.body, {subtree: true, childList: true, characterData: true});
}"""
PAUSES = "() => window.changes.slice(1).map((at, n) => at - window.changes[n])"


def main() -> None:
    servers.open_run()
    try:
        with tempfile.TemporaryDirectory() as folder, a_site("sqlite", "bench", Path(folder)) as site:
            drawing = Path(folder) / "drawing.bin"
            drawing.write_bytes(os.urandom(SIZE))
            _measure(site, drawing)
    finally:
        servers.close_run()


def _measure(site: object, drawing: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(ARGUMENTS))
        context = a_context(browser, site, reduced_motion="no-preference")  # type: ignore[arg-type]
        sign_in(context, site, site.world.ane)  # type: ignore[attr-defined, arg-type]
        page = context.new_page()
        page.set_default_timeout(120_000)
        whole, longest = _sealed(page, drawing)
        stopped = _stopped(page, drawing)
        browser.close()
    print(f"  50 MB sealed, sent and receipt checked in {whole:.1f} s")
    promise("longest pause of the progress", longest, 500, "ms")
    promise("from Stop to the editor", stopped * 1000, 1000, "ms")
    promise("from Stop to the editor, of the whole", stopped / whole, 1.0, "of it")


def _editor(page: Page, drawing: Path) -> None:
    page.goto("/vault/#/w/amphi-nights")
    if page.get_by_label("Your six words").count() or page.get_by_role("button", name="Unlock").count():
        page.get_by_label("Your six words").fill(passphrase_of("ane"))
        page.get_by_role("button", name="Unlock").click()
    page.get_by_role("link", name="Add work").first.click()
    page.get_by_label("Title").fill("A large drawing")
    page.get_by_label("Choose files").set_input_files(drawing)


def _sealed(page: Page, drawing: Path) -> tuple[float, float]:
    page.goto("/vault/")
    page.get_by_label("Your six words").wait_for()
    _editor(page, drawing)
    page.evaluate(WATCH)
    began = perf_counter()
    page.get_by_role("button", name="Seal and enter").click()
    expect(page.get_by_role("heading", name="A large drawing")).to_be_visible(timeout=120_000)
    return perf_counter() - began, max(page.evaluate(PAUSES))


def _stopped(page: Page, drawing: Path) -> float:
    _editor(page, drawing)
    page.get_by_role("button", name="Seal and enter").click()
    page.locator(".sending progress").wait_for()
    threading.Event().wait(0.5)
    began = perf_counter()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_label("Title")).to_have_value("A large drawing")
    return perf_counter() - began


if __name__ == "__main__":
    main()
