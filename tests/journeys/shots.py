"""Pictures of the real thing for the README and the docs: `python -m tests.journeys.shots`, of some by their names.

Serves the demo world, and writes `docs/pictures/<name>-<theme>.png` at 1280 px and a few at 390 px.
"""

import io
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from crosslab.core.db import session
from crosslab.demo.keys import passphrase_of
from tests import servers
from tests.browser import ARGUMENTS, NAMES, Site, a_context, a_site, sign_in
from tests.databases import CHECKOUT
from tests.sweeps.pages import things_in

PICTURES = CHECKOUT / "docs/pictures"
LARGEST = 200 * 1024
SHOTS = {
    "landing": ("", "/en"),
    "challenge": ("", "/en/challenges/{challenge.no}-{challenge.slug}"),
    "catalogue": ("", "/en/challenges"),
    "consortium": ("ane", "/w/{team.slug}"),
    "vault": ("ane", "/vault/#/w/{team.slug}"),
    "register": ("beth", "/vault/#/w/{team.slug}/assets"),
    "released": ("helen", "/vault/#/released"),
    "board": ("priya", "/p/{programme.slug}/pipeline"),
    "application": ("beth", "/w/{team.slug}/applications/{application.no}"),
    "desk": ("ane", "/desk"),
    "wall": ("priya", "/s/{filled.no}/wall"),
    "results": ("ane", "/s/{filled.no}/results"),
    "session": ("", "/o/{coming.no}"),
    "phone": ("ane", "/s/{workshop.no}/me/write"),
}
NARROW = ("landing", "challenge", "desk", "phone", "session")
OPENED = {"vault": ".contributions li", "register": ".assets tbody", "released": ".panel.outside"}
"""Pages of the vault, and what is there once it is unlocked."""


def main() -> None:
    """Take every picture, or those that are named."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    servers.open_run()
    try:
        with tempfile.TemporaryDirectory() as folder, a_site("sqlite", "shots", Path(folder)) as site:
            _take_all(site)
    finally:
        servers.close_run()


def _take_all(site: Site) -> None:
    path = next(filter(None, map(shutil.which, NAMES)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        for theme in ("light", "dark"):
            for name in wanted(SHOTS):
                _take(browser, site, name, theme, 1280)
            for name in wanted(NARROW):
                _take(browser, site, name, theme, 390)
        browser.close()


def wanted(names: Iterable[str]) -> list[str]:
    """All of these, or those that the command names."""
    return [each for each in names if each in (sys.argv[1:] or SHOTS)]


def _take(browser: Browser, site: Site, name: str, theme: str, width: int) -> None:
    who, path = SHOTS[name]
    size = {"width": width, "height": 860 if width > 600 else 844}
    context = a_context(browser, site, viewport=size, color_scheme=theme)
    if who:
        sign_in(context, site, getattr(site.world, who))
    page = context.new_page()
    page.goto(_address(site, path), wait_until="load")
    page.wait_for_function("document.fonts.status == 'loaded'")
    if name in OPENED:
        page.get_by_label("Your six words").fill(passphrase_of(who))
        page.get_by_role("button", name="Unlock", exact=True).click()
        page.locator(OPENED[name]).first.wait_for(timeout=60_000)
    suffix = "" if width > 600 else "-narrow"
    _keep(page.screenshot(), PICTURES / f"{name}{suffix}-{theme}.png")
    context.close()


def _address(site: Site, path: str) -> str:
    with session(site.engine) as db:
        return path.format(**vars(things_in(db)))


def _keep(taken: bytes, path: Path) -> None:
    """With as many colours as fit the size."""
    picture = Image.open(io.BytesIO(taken)).convert("RGB")
    for colours in (256, 192, 128, 96, 64, 48):
        out = io.BytesIO()
        fewer = picture.quantize(
            colours, method=Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE
        )  # keeps accents
        fewer.save(out, "PNG", optimize=True)
        if out.tell() <= LARGEST:
            break
    path.write_bytes(out.getvalue())
    sys.stdout.write(f"· {path.name}: {out.tell() // 1024} KB, {colours} colours\n")


if __name__ == "__main__":
    main()
