"""A bundle of evidence from the vault to a stranger: made and checked on one device, checked again on another."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from crosslab.ip_vault import evidence
from tests.browser import Site, violations
from tests.journeys.test_vault_in_the_browser import unlock

OPEN = Callable[..., Page]
GOLDEN = Path(__file__).parents[1] / "vectors" / "evidence"


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
    expect(stranger.locator(".verdict-sentence")).to_contain_text("entered by a key of Fjordlys AS")
    assert asked == [f"GET {site.url}/vault/app/verifier.js None"]
    assert violations(stranger) == []
    assert evidence.check_path(tmp_path / "claim.zip", vkey, without_time=True).facts["title"]


def test_a_changed_bundle_names_its_broken_link(exhibition: Site, page_as: OPEN, tmp_path: Path) -> None:
    page = page_as()
    page.goto("/en/verify")
    page.get_by_text("The log’s key").click()
    page.get_by_label("The key that you know the log by").fill(
        re.findall(r'vkey": "(.*)"', (GOLDEN / "keys.json").read_text())[0]
    )
    files = evidence.read_zip((GOLDEN / "claim.zip").read_bytes())
    check(page, GOLDEN / "claim.zip")
    expect(page.locator(".verdict")).to_contain_text("A time stamp says that it existed on")
    files["data/reveal/files/hinge.txt"] = b"fold there"
    payload = {name: data for name, data in files.items() if name.startswith("data/")}
    (tmp_path / "changed.zip").write_bytes(evidence.write_zip(evidence.pack(payload, b"", b""), "x"))
    page.locator(".drop input").set_input_files(tmp_path / "changed.zip")
    page.get_by_role("button", name="Check the bundle").click()
    expect(page.locator("#bundle-verdict")).to_have_text("The chain is broken")
    expect(page.locator(".verdict .now")).to_contain_text("What is shown is what was sealed")
    assert violations(page) == []


def test_without_scripts_the_page_says_how_to_check(exhibition: Site, page_as: OPEN) -> None:
    page = page_as(java_script_enabled=False)
    page.goto("/de/verify")
    expect(page.locator("#bundle")).to_contain_text("verify.py")
    answer = page.request.get("/vault/verify.py")
    assert answer.body() == evidence.PROGRAM
