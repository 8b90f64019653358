"""What sealing costs in Chromium: speed beside the page's own limit, fifty recipients, and memory for a large file.

The vault's own code runs in a page of its own. Its speed is compared with the cipher it uses, run alone over the
same bytes in the same page in turns; the browser's AES, which age does not use, is told beside it. Then Ane seals
a file of 200 MB in a real house, and the memory of the processes that run the pages is looked at all the while.
"""

import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect, sync_playwright

from bench import promise
from crosslab.demo.keys import passphrase_of
from tests import servers
from tests.browser import ARGUMENTS, Site, a_context, a_site, sign_in
from tests.databases import CHECKOUT

LARGE = 200 * 1_000_000
MEBI = 1_048_576
PAGE = "http://127.0.0.1/measure"


def main() -> None:
    servers.open_run()
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            a_site("sqlite", "bench", Path(folder), upload_limit=2 * LARGE) as site,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(ARGUMENTS))
            _speed(browser)
            _memory(browser, site, Path(folder))
            browser.close()
    finally:
        servers.close_run()


def _speed(browser: Browser) -> None:
    script = subprocess.run(
        ["node", str(CHECKOUT / "bench/vault_browser.mjs")], check=True, capture_output=True, text=True
    ).stdout
    page = browser.new_page()
    page.set_default_timeout(300_000)
    page.route(PAGE, lambda route: route.fulfill(body="<title>-</title>", content_type="text/html"))
    page.goto(PAGE)
    page.add_script_tag(content=script)
    best: dict[str, float] = page.evaluate("measure(5)")
    page.close()
    for what in ("seal", "chacha", "aes"):
        print(f"  {what}: {best['megabytes'] / best[what] * 1000:,.0f} MB/s")
    promise("the cipher alone, of sealing with it", best["seal"] / best["chacha"], 2.0)
    promise("1 KiB to fifty recipients", best["fifty"], 150, "ms")


def _memory(browser: Browser, site: Site, folder: Path) -> None:
    drawing = folder / "drawing.bin"
    with drawing.open("wb") as file:
        for _ in range(LARGE // 1_000_000):
            file.write(os.urandom(1_000_000))
    context = a_context(browser, site)
    sign_in(context, site, site.world.ane)
    page = context.new_page()
    page.set_default_timeout(600_000)
    page.goto("/vault/#/w/amphi-nights/add")
    page.get_by_label("Your six words").fill(passphrase_of("ane"))
    page.get_by_role("button", name="Unlock").click()
    page.get_by_label("Title").fill("A large drawing")
    page.get_by_label("Choose files").set_input_files(drawing)
    with _watched(_pages(browser)) as most:
        page.get_by_role("button", name="Seal and enter").click()
        expect(page.get_by_role("heading", name="A large drawing")).to_be_visible(timeout=600_000)
    promise("memory over the start while 200 MB are sealed", most[-1] / MEBI, 64, "MiB")


def _pages(browser: Browser) -> list[int]:
    """The processes that run pages and their workers."""
    told: dict[str, Any] = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    return [each["id"] for each in told["processInfo"] if each["type"] == "renderer"]


@contextmanager
def _watched(processes: list[int]) -> Iterator[list[int]]:
    """The most memory above the start that these processes held together, in bytes, at the end of the list."""
    base, most, done = _held(processes), [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.05):
            most.append(max(most[-1], _held(processes) - base))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    yield most
    done.set()
    watcher.join()


def _held(processes: list[int]) -> int:
    """Private memory: what is shared with the browser's store for files is not the page's."""
    return sum(_private(each) for each in processes)


def _private(process: int) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Private_"))


if __name__ == "__main__":
    main()
