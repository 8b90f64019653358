"""What a page must be in a browser beyond what axe can tell: no sideways scroll, targets to hit, a path for Tab."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page

from tests.browser import AXE, RULES, RUN_AXE

MOST_STOPS = 150
SIDEWAYS = """() => {
    const wide = document.documentElement.scrollWidth - window.innerWidth;
    if (wide <= 0) return [];
    const out = [...document.body.querySelectorAll("*")].filter(each => {
        const box = each.getBoundingClientRect();
        return box.width && box.right > window.innerWidth + 1 && getComputedStyle(each).position !== "fixed";
    }).slice(0, 3).map(each => each.tagName.toLowerCase() + "." + each.className);
    return [`scrolls sideways by ${wide} px: ${out.join(", ")}`];
}"""
SMALL = """() => {
    const kinds = "a[href], button, summary, select, textarea, input:not([type=hidden]):not([type=file])";
    const shown = [...document.querySelectorAll(kinds)].filter(
        each => each.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true }));
    const boxes = new Map();
    for (const each of shown) {
        const label = ["radio", "checkbox"].includes(each.type) ? each.closest("label") ?? each.labels?.[0] : null;
        const box = (label ?? each).getBoundingClientRect();
        if (box.width > 1 && box.height > 1) boxes.set(each, box);
    }
    const inSentence = each => {
        if (getComputedStyle(each).display !== "inline") return false;
        const around = each.parentElement.textContent.trim();
        return around.length > each.textContent.trim().length;
    };
    const floats = each => {
        for (; each; each = each.parentElement)
            if (["fixed", "sticky"].includes(getComputedStyle(each).position)) return true;
        return false;
    };
    const near = (one, other) => {
        const x = one.left + one.width / 2, y = one.top + one.height / 2;
        const dx = Math.max(other.left - x, 0, x - other.right);
        const dy = Math.max(other.top - y, 0, y - other.bottom);
        return Math.hypot(dx, dy) < 12;
    };
    return [...boxes].filter(([each, box]) => Math.min(box.width, box.height) < 23.5 && !inSentence(each))
        .filter(([each, box]) => [...boxes].some(([other, its]) =>
            other !== each && !each.contains(other) && !other.contains(each) && near(box, its)
                && floats(other) === floats(each)))
        .map(([each, box]) => `small target ${Math.round(box.width)}×${Math.round(box.height)}: `
            + `${each.tagName.toLowerCase()} “${(each.textContent || each.name || "").trim().slice(0, 30)}”`);
}"""
STOP = """() => {
    const here = document.activeElement;
    if (!here || here === document.body) return null;
    if (here.tabIndex < 0) return { n: -1, again: false, name: "", troubles: [] }; // put there by the page, not by Tab
    window.stops ??= [];
    let n = window.stops.indexOf(here);
    const again = n >= 0;
    if (!again) n = window.stops.push(here) - 1;
    const box = here.getBoundingClientRect(), troubles = [];
    const name = `${here.tagName.toLowerCase()} “${(here.getAttribute("aria-label") || here.textContent || here.name
        || "").trim().replace(/\\s+/g, " ").slice(0, 40)}”`;
    const choice = ["radio", "checkbox", "file"].includes(here.type) ? here.labels?.[0] : null;
    const drawn = look => look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
    const near = [here, choice, here.parentElement, here.nextElementSibling, here.closest("li, article")];
    const marked = near.filter(Boolean).some(each => drawn(getComputedStyle(each)))
        || drawn(getComputedStyle(here, "::after")) || drawn(getComputedStyle(here, "::before"));
    if (!marked) troubles.push(`no outline on ${name}`);
    const seen = choice && (box.width < 2 || box.height < 2) ? choice.getBoundingClientRect() : box;
    if (seen.width < 2 || seen.height < 2) troubles.push(`${name} is not visible`);
    const x0 = Math.max(seen.left, 0), x1 = Math.min(seen.right, innerWidth - 1);
    const y0 = Math.max(seen.top, 0), y1 = Math.min(seen.bottom, innerHeight - 1);
    if (x1 < x0 || y1 < y0) troubles.push(`${name} is outside the window`);
    else {
        const points = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]];
        const shows = points.some(([a, b]) => {
            const top = document.elementFromPoint(x0 + (x1 - x0) * a, y0 + (y1 - y0) * b);
            return top && (here.contains(top) || top.contains(here) || choice?.contains(top) || top.control === here);
        });
        if (!shows) troubles.push(`${name} is covered`);
    }
    return { n, again, name, troubles };
}"""


def sideways(page: Page) -> list[str]:
    """What makes the page wider than its window."""
    return list(page.evaluate(SIDEWAYS))


def small_targets(page: Page) -> list[str]:
    """Links and buttons under 24 px, outside sentences, with another one too near."""
    return list(page.evaluate(SMALL))


def tab_walk(page: Page) -> list[str]:
    """Press Tab from the top to the end: each stop is seen, outlined, not covered, and never comes twice."""
    troubles: list[str] = []
    for stops in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here: dict[str, Any] | None = page.evaluate(STOP)
        if here is None or (here["again"] and here["n"] == 0):
            return troubles if stops else ["Tab finds nothing"]
        if here["again"]:
            return [*troubles, f"Tab is caught at {here['name']}"]
        troubles += here["troubles"]
    return [*troubles, f"more than {MOST_STOPS} stops"]


@contextmanager
def inspected(page: Page) -> Iterator[Callable[[], list[str]]]:
    """What axe finds, as often as asked while the page stays: it is brought in once, in a world of its own."""
    inspector = page.context.new_cdp_session(page)
    frame = inspector.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = inspector.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "axe"})
    here = {"contextId": world["executionContextId"], "awaitPromise": True, "returnByValue": True}
    inspector.send("Runtime.evaluate", {"expression": AXE.read_text(), **here})

    def violations() -> list[str]:
        found = inspector.send("Runtime.evaluate", {"expression": RUN_AXE % RULES, **here})
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return list(found["result"]["value"])

    yield violations
    inspector.detach()
