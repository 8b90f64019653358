"""A bundle of evidence from the vault to a stranger: made and checked on one device, checked again on another."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from crosslab.ip_vault import evidence
from tests.browser import Site, violations
from tests.journeys.test_vault_in_the_browser import unlock

OPEN = Callable[..., Page]
GOLDEN = Path(__file__).parents[1] / "vectors" / "evidence"
KEYS = json.loads((GOLDEN / "keys.json").read_text())
STAMPED = evidence.read_zip((GOLDEN / "claim.zip").read_bytes())["data/timestamps/1.pem"].decode()
ROOT = {
    "fingerprint": ":".join(re.findall("..", KEYS["tsa_sha256"].upper())),
    "certificate": STAMPED[: STAMPED.index("-----BEGIN", 1)],
}


def check(page: Page, bundle: Path | str) -> None:
    """Choose a bundle and have it checked."""
    page.locator(".drop input").set_input_files(bundle)
    page.get_by_role("button", name="Check the bundle").click()
    expect(page.locator("#bundle-verdict")).to_be_visible()


def test_what_the_vault_makes_a_stranger_checks_and_nothing_is_sent(
    site: Site, page_as: OPEN, tmp_path: Path
) -> None:
    owner, stranger = page_as(site.world.ane), page_as()
    unlock(owner, "ane", "/vault/#/w/amphi-nights/evidence")
    expect(owner.get_by_label("Which contribution")).to_be_visible()
    owner.locator(".choice label", has_text="Title, description").click()
    assert violations(owner) == []
    owner.get_by_role("button", name="Make the bundle").click()
    with owner.expect_download() as kept:
        owner.get_by_role("button", name="Download the bundle").click()
    kept.value.save_as(tmp_path / "claim.zip")

    stranger.goto("/en/verify")
    expect(stranger.locator(".drop")).to_be_visible()
    vkey = stranger.locator("#bundle-check").get_attribute("data-key") or ""
    asked: list[str] = []
    stranger.on(
        "request", lambda request: asked.append(f"{request.method} {request.url} {request.post_data}")
    )
    check(stranger, tmp_path / "claim.zip")
    expect(stranger.locator(".verdict-sentence")).to_contain_text(
        "entered by a key of Fjordlys AS. Its title and the list of its files are shown, its files are not."
    )
    assert asked == [f"GET {site.url}/vault/app/verifier.js None"]
    assert violations(stranger) == []
    assert evidence.check_path(tmp_path / "claim.zip", vkey, without_time=True).facts["title"]


def reader(page: Page, language: str = "en") -> Page:
    """At the page, with the key of the log that the golden bundles are from."""
    page.goto(f"/{language}/verify")
    page.locator("#bundle-check details > summary").first.click()
    page.locator("#bundle-check textarea").first.fill(KEYS["log_vkey"])
    return page


@pytest.mark.parametrize("named", ["fingerprint", "certificate"])
def test_a_time_is_told_to_who_knows_the_authority_and_to_nobody_else(
    exhibition: Site, page_as: OPEN, named: str
) -> None:
    page = reader(page_as())
    check(page, GOLDEN / "claim.zip")
    expect(page.locator("#bundle-verdict")).to_have_text("The bundle holds")
    expect(page.locator(".verdict")).to_contain_text("names a time that this page has not checked")
    expect(page.locator(".verdict")).not_to_contain_text("A time stamp")
    page.get_by_label("Time stamp authorities that you know").fill(ROOT[named])
    page.get_by_role("button", name="Check the bundle").click()
    expect(page.locator(".verdict-sentence")).to_contain_text("A time stamp says that it existed on")
    expect(page.locator(".checks .held").last).to_contain_text("signed by an authority that you named")
    assert violations(page) == []


def test_what_a_register_cannot_say_breaks_nothing(exhibition: Site, page_as: OPEN, tmp_path: Path) -> None:
    page = reader(page_as())
    (tmp_path / "plan.txt").write_text("a plan")
    page.get_by_label("A file in your hand").set_input_files(tmp_path / "plan.txt")
    check(page, GOLDEN / "register.zip")
    expect(page.locator("#bundle-verdict")).to_have_text("The bundle holds")
    expect(page.locator(".verdict")).to_contain_text("Only a claim of its version can show what was sealed")


@pytest.mark.parametrize(
    ("language", "why"),
    [("de", "Eine Datei ist nicht die, die auf der Liste steht"), ("no", "En fil er ikke den som står på")],
)
def test_why_a_bundle_is_broken_is_said_in_the_readers_language(
    exhibition: Site, page_as: OPEN, tmp_path: Path, language: str, why: str
) -> None:
    page = reader(page_as(), language)
    page.locator(".drop input").set_input_files(changed(tmp_path))
    page.locator("#bundle-check form button.primary").click()
    expect(page.locator(".verdict .notice")).to_contain_text(why)
    expect(page.locator(".verdict [lang=en]")).to_have_count(0)


def changed(folder: Path) -> Path:
    """The golden claim with another hinge in it, packed anew."""
    files = evidence.read_zip((GOLDEN / "claim.zip").read_bytes())
    files["data/reveal/files/hinge.txt"] = b"fold there"
    payload = {name: data for name, data in files.items() if name.startswith("data/")}
    (folder / "changed.zip").write_bytes(evidence.write_zip(evidence.pack(payload, b"", b""), "x"))
    return folder / "changed.zip"


def test_a_changed_bundle_names_its_broken_link(exhibition: Site, page_as: OPEN, tmp_path: Path) -> None:
    page = reader(page_as())
    check(page, changed(tmp_path))
    expect(page.locator("#bundle-verdict")).to_have_text("The chain is broken")
    expect(page.locator(".checks .broken")).to_contain_text("What is shown is what was sealed")
    assert violations(page) == []


def test_without_scripts_the_page_says_how_to_check(exhibition: Site, page_as: OPEN) -> None:
    page = page_as(java_script_enabled=False)
    page.goto("/de/verify")
    expect(page.locator("#bundle")).to_contain_text("verify.py")
    answer = page.request.get("/vault/verify.py")
    assert answer.body() == evidence.PROGRAM
