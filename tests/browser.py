"""A real browser on a real house.

* `site`: the app on a free port over a fresh copy of the demo world, worker and all; `site.world` is its cast.
* `exhibition`: the same, one for all of a worker's tests: only to look at. Nothing moves in it.
* `page_as(site.world.ane)`: a page of a browser of their own, signed in; `page_as()` is a visitor's. It takes
  what a Playwright context takes, too: `viewport`, `color_scheme`, `java_script_enabled`.
* `look(page, path)`: goes there, and asserts that it is a page: 200, one heading, no script error.
* `violations(page)`: what axe finds, a sentence each; `assert violations(page) == []`.
"""

import os
import shutil
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright
from sqlalchemy import Engine

from crosslab.app import build, open_door
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.db import session, transaction
from crosslab.demo.world import World, world_in
from crosslab.people.tables import Presence
from crosslab.people.tokens import digest, new_token
from crosslab.web.door import COOKIE
from crosslab.worker import Worker
from tests.databases import CHECKOUT, House, a_house, copy_of_files

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 30_000  # milliseconds until a test gives up on a page: keys are stretched, and cores are few
expect.set_options(timeout=PATIENCE)
AXE = CHECKOUT / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """axe.run(document, {runOnly: %s, resultTypes: ["violations"]}).then(found =>
    found.violations.flatMap(rule => rule.nodes.map(
        node => `${rule.id}: ${node.target} ${node.failureSummary}`)))"""


@dataclass
class Site:
    """A house that is being served, and what went wrong in the browsers that looked at it."""

    url: str
    house: House
    world: World
    troubles: list[str] = field(default_factory=list)

    @property
    def engine(self) -> Engine:
        return self.house.engine


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[[], Browser]]:
    """`launch()`: the browser of this worker; a new one if the last had to be killed."""
    path = next(filter(None, map(shutil.which, (os.environ.get("CROSSLAB_CHROMIUM", ""), *NAMES))), None)
    if not path:
        pytest.fail("No Chromium here. On Debian: apt-get install chromium.")
    with sync_playwright() as playwright:
        running: list[Browser] = []

        def launched() -> Browser:
            if not running or not running[-1].is_connected():
                running.append(playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS)))
            return running[-1]

        yield launched
        for browser in running:
            within(browser.close)


@pytest.fixture
def chromium(launch: Callable[[], Browser]) -> Iterator[Browser]:
    """One browser for all tests of a worker; each page gets a profile of its own, and none outlives its test."""
    browser = launch()
    yield browser
    for context in browser.contexts:
        within(context.close)


def within(close: Callable[[], None], seconds: float = 30) -> None:
    """Close a context or a browser. One that does not answer is killed, so that the next test gets another.

    Chromium now and then never answers when it is asked to close while a page is on its way.
    """
    killing = threading.Timer(seconds, _kill_browsers)
    killing.start()
    try:
        close()
    except Error:
        if killing.is_alive():
            raise
    finally:
        killing.cancel()


def _kill_browsers() -> None:
    for pid in filter(is_browser, descendants(os.getpid())):
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)


def is_browser(pid: int) -> bool:
    """Whether this process is one of Chromium's."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text().startswith("chrom")
    return False


def descendants(pid: int) -> Iterator[int]:
    """The processes below this one, the deepest first; none where the system has no `/proc`."""
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, listed.read_text().split()):
                yield from descendants(child)
                yield child


@pytest.fixture
def site(worker_id: str, tmp_path: Path) -> Iterator[Site]:
    """The house, served over a copy of the demo world of this test's own."""
    with a_site("sqlite", worker_id, tmp_path) as served:
        yield served
        assert served.troubles == []


@pytest.fixture(scope="session")
def exhibition(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The house for tests that only look: one for all of a worker's tests. Change nothing in it."""
    with a_still_site(worker_id, tmp_path_factory.mktemp("exhibition")) as served:
        yield served


@pytest.fixture
def page_as(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """`page_as(site.world.ingrid)`: a page of a browser of their own, on `site` (or on `exhibition`)."""
    name = "exhibition" if "exhibition" in request.fixturenames else "site"
    served: Site = request.getfixturevalue(name)
    opened: list[BrowserContext] = []

    def open_page(person: Actor | None = None, **choices: Any) -> Page:
        context = a_context(chromium, served, **choices)
        opened.append(context)
        if person is not None:
            sign_in(context, served, person)
        return context.new_page()

    yield open_page
    for context in opened:
        within(context.close)


@contextmanager
def a_site(kind: str, worker_id: str, folder: Path, **settings: Any) -> Iterator[Site]:
    """Serve a house of one's own for as long as the block lasts, with other settings if any are given."""
    with a_house(kind, worker_id, copy_of_files(kind, folder)) as made, served_on(made, **settings) as site:
        yield site


@contextmanager
def a_still_site(worker_id: str, folder: Path) -> Iterator[Site]:
    """Serve a house whose worker has done what was due, and rests: the clocks of other tests move nothing in it."""
    with a_site("sqlite", worker_id, folder, worker=False) as served:
        worker = Worker(replace(open_door(served.house.settings), engine=served.engine))
        worker.plan()
        worker.drain()
        yield served


@contextmanager
def served_on(made: House, port: int = 0, **settings: Any) -> Iterator[Site]:
    """Serve a house for as long as the block lasts; at an address it had before, if that is asked for."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        given = {"origin": url, "worker": True, **settings}
        house = replace(made, settings=replace(made.settings, **given))
        config = uvicorn.Config(build(house.settings), log_level="warning", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        _wait_for(lambda: server.started or not thread.is_alive())
        with session(house.engine, read_only=True) as db:
            world = world_in(db)
        yield Site(url, house, world)
        server.should_exit = True
        thread.join(timeout=10)


def _wait_for(came_true: Callable[[], bool], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not came_true():
        if time.monotonic() > until:
            raise TimeoutError("The house did not start to serve.")
        time.sleep(0.02)


def a_context(chromium: Browser, served: Site, **choices: Any) -> BrowserContext:
    """A browser profile of its own that reports script errors and breaches of the content policy."""
    usual = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", "reduced_motion": "reduce"}
    context = chromium.new_context(base_url=served.url, **{**usual, **choices})
    context.set_default_timeout(PATIENCE)
    context.on("weberror", lambda error: served.troubles.append(str(error.error)))
    context.on("console", lambda said: served.troubles.append(said.text) if _is_breach(said) else None)
    return context


def _is_breach(said: Any) -> bool:
    return said.type == "error" and any(word in said.text for word in ("Content Security Policy", "Trusted"))


def sign_in(context: BrowserContext, served: Site, person: Actor) -> None:
    """Give the browser the cookie that a used sign-in link gives."""
    token, ends_at = new_token(), now() + timedelta(hours=1)
    with transaction(served.engine) as db:
        db.add(Presence(person_id=person.person_id, token_hash=digest(token), ends_at=ends_at))
    context.add_cookies([{"name": COOKIE, "value": token, "url": served.url, "httpOnly": True}])


def look(page: Page, path: str) -> Page:
    """Go to a page and assert that it is one: it answers 200 and has one heading of the first level."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200, f"{path} answered {answer.status}"
    assert page.locator("h1:visible").count() == 1, f"{path} does not have one h1"
    return page


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is now. It runs in a world of its own, where no policy holds."""
    inspector = page.context.new_cdp_session(page)
    frame = inspector.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = inspector.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "axe"})
    here = {"contextId": world["executionContextId"], "awaitPromise": True, "returnByValue": True}
    inspector.send("Runtime.evaluate", {"expression": AXE.read_text(), **here})
    found = inspector.send("Runtime.evaluate", {"expression": RUN_AXE % RULES, **here})
    inspector.detach()
    assert "exceptionDetails" not in found, found["exceptionDetails"]
    return list(found["result"]["value"])
