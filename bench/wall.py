"""A wall of 300 notes and 200 threads costs the browser 4 ms a frame while it is scrolled, 8 ms at 20 changes a second.

A real house, and Chromium at 1920×1080. What counts is the processor time that the page's main thread spends,
from Chromium's own trace, for each sixtieth of a second. Beside it, in the same run: the same page left alone, and
the same 20 changes a second when the page asks for the whole wall again, as it did before it was told the changes.
"""

import json
import logging
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

import httpx
from playwright.sync_api import Page, sync_playwright
from sqlmodel import Session, col, select

from bench import promise
from crosslab.core.clock import now
from crosslab.core.db import transaction
from crosslab.demo.world import World
from crosslab.people.tables import Programme
from crosslab.workshops import actions
from crosslab.workshops.links import LinkKind
from crosslab.workshops.tables import Company, Note, Tie, Workshop
from tests import servers
from tests.browser import ARGUMENTS, Site, a_context, a_site, sign_in

NOTES, TIES, COMPANIES = 300, 200, 12
SECONDS, A_SECOND, FRAMES = 6, 20, 60
WORDS = (
    "light",
    "water",
    "steps",
    "evening",
    "sound",
    "garden",
    "paper",
    "school",
    "canal",
    "winter",
    "lamp",
)
SCROLL = """seconds => new Promise(done => {
    const wall = document.querySelector(".wall"), began = performance.now();
    const step = at => {
        const t = (at - began) / 1000;
        wall.scrollTo(300 + 300 * Math.sin(t * 2), 500 + 500 * Math.sin(t * 3));
        t < seconds ? requestAnimationFrame(step) : done();
    };
    requestAnimationFrame(step);
})"""
REFETCH = """() => setInterval(() => htmx.ajax("GET", location.href,
    {target: "#wall", select: "#wall", swap: "outerHTML"}), 400)"""
COUNT = """() => {
    window.heard = 0;
    new MutationObserver(all => window.heard += all.filter(each => each.addedNodes[0]?.nodeName === "LI").length)
        .observe(document.querySelector(".wall"), { childList: true, subtree: true });
}"""
PROOF = "() => document.querySelector('[name=csrf]').value"


def filled(db: Session, world: World) -> Workshop:
    """A wall that is open, with as many notes and threads as a large day brings."""
    chance, begins = Random(7), now() + timedelta(days=1)
    programme = db.exec(select(Programme).where(Programme.id == world.programme.id)).one()
    workshop = actions.plan(
        db,
        world.priya,
        programme,
        title="A full wall",
        starts_at=begins,
        closes_at=begins + timedelta(hours=4),
    )
    actions.begin(db, world.priya, workshop)
    companies = [
        actions.add_company(db, world.priya, workshop, name=f"Company {n + 1}") for n in range(COMPANIES)
    ]
    own = {"workshop_id": workshop.id, "programme_id": workshop.programme_id}
    notes = [_note(chance, n, companies[n % COMPANIES], own) for n in range(NOTES)]
    db.add_all(notes)
    db.flush()
    for n in range(TIES):
        one = chance.randrange(NOTES)
        two = (one + chance.randrange(1, COMPANIES)) % NOTES
        db.add(
            Tie(
                **own,
                key=f"full-tie-{n}",
                from_id=notes[one].id,
                to_id=notes[two].id,
                kind=LinkKind.JOINT,
                why=f"Why {n}",
            )
        )
    db.flush()
    return workshop


def _note(chance: Random, n: int, company: Company, own: dict[str, Any]) -> Note:
    text = " ".join(chance.choices(WORDS, k=chance.randint(3, 14))).capitalize()[:140]
    return Note(
        **own, key=f"full-note-{n}", company_id=company.id, prompt="ABCDE"[n % 5], text=text, at=float(n + 1)
    )


def main() -> None:
    logging.getLogger("httpx").setLevel(logging.WARNING)
    servers.open_run()
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            a_site("sqlite", "bench", Path(folder)) as site,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(ARGUMENTS))
            _measure(_page(browser, site), _page(browser, site))
            browser.close()
    finally:
        servers.close_run()


def _page(browser: Any, site: Site) -> Page:
    with transaction(site.engine) as db:
        there = db.exec(select(Workshop).where(col(Workshop.title) == "A full wall")).first()
        no = (there or filled(db, site.world)).no
    context = a_context(browser, site, viewport={"width": 1920, "height": 1080})
    sign_in(context, site, site.world.priya)
    page: Page = context.new_page()
    page.goto(f"/s/{no}/wall")
    page.wait_for_timeout(1_500)
    return page


def _measure(page: Page, hand: Page) -> None:
    page.bring_to_front()
    still = _cost(page, lambda: page.wait_for_timeout(SECONDS * 1_000))
    scrolled = _cost(page, lambda: page.evaluate(SCROLL, SECONDS))
    page.evaluate(COUNT)
    with _changes(hand):
        told = _cost(page, lambda: page.wait_for_timeout(SECONDS * 1_000))
        heard = page.evaluate("() => window.heard")
        page.evaluate(REFETCH)
        asked = _cost(page, lambda: page.wait_for_timeout(SECONDS * 1_000))
    print(f"  left alone {still:.2f} ms a frame; asking for all of it at each change {asked:.2f} ms a frame")
    promise(f"a wall of {NOTES} notes and {TIES} threads, scrolled", scrolled, 4.0, "ms a frame")
    promise(f"the same while {heard / SECONDS:.0f} notes a second move", told, 8.0, "ms a frame")


@contextmanager
def _changes(hand: Page) -> Iterator[None]:
    """Another facilitator moves notes, twenty a second."""
    proof, base, over = hand.evaluate(PROOF), hand.url.removesuffix("/wall"), threading.Event()
    notes = hand.evaluate("() => [...document.querySelectorAll('.wall .note')].map(each => each.id.slice(1))")
    companies = hand.evaluate(
        "() => [...document.querySelectorAll('.col')].map(each => each.dataset.company)"
    )
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in hand.context.cookies())
    sender = threading.Thread(target=_send, args=(base, cookies, proof, notes, companies, over), daemon=True)
    sender.start()
    yield
    over.set()
    sender.join()


def _send(
    base: str, cookies: str, proof: str, notes: list[str], companies: list[str], over: threading.Event
) -> None:
    chance, headers = Random(8), {"cookie": cookies, "x-csrf": proof, "accept": "application/json"}
    with httpx.Client(headers=headers) as client:
        due = monotonic()
        while not over.is_set():
            to = {"company": chance.choice(companies), "prompt": chance.choice("ABCDE"), "once": uuid4().hex}
            client.post(f"{base}/notes/{chance.choice(notes)}/move", data=to)
            due += 1 / A_SECOND
            sleep(max(0, due - monotonic()))


def _cost(page: Page, work: Any) -> float:
    """Milliseconds of processor time that the page's main thread spends for each sixtieth of a second."""
    browser = page.context.browser
    assert browser is not None
    browser.start_tracing(page=page, categories=["toplevel", "__metadata"])
    began = monotonic()
    work()
    seconds = monotonic() - began
    events = json.loads(browser.stop_tracing())["traceEvents"]
    return _busiest(events) / 1_000 / (seconds * FRAMES)


def _busiest(events: list[dict[str, Any]]) -> float:
    """Microseconds on the busiest main thread of a page: ours."""
    mains = {
        (each["pid"], each["tid"])
        for each in events
        if each["name"] == "thread_name" and each["args"]["name"] == "CrRendererMain"
    }
    spent = dict.fromkeys(mains, 0.0)
    for each in events:
        at = (each["pid"], each["tid"])
        if at in mains and each["ph"] == "X" and each["name"] == "ThreadControllerImpl::RunTask":
            spent[at] += each.get("tdur", each.get("dur", 0))
    return max(spent.values())


if __name__ == "__main__":
    main()
