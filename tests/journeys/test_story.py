"""The whole story in Chromium, by the whole cast: from a question to a funded project."""

import hashlib
import io
import json
import re
import zipfile
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from crosslab.rules import Verb
from tests.browser import Site, look
from tests.journeys.hands import button, enter, follow_letter, home_of, opened, press, said, until_there

QUESTION = "Could our reading garden be lit without a cable?"
STEPS = (
    {"situation": "A garden of 400 square metres beside the library. It closes at dusk."},
    {"ask_1": "Light to read by until nine in the evening.", "ask_2": "Nothing dug into the ground."},
    {"bring_1": "The garden", "words_1": "Ours for two winters.", "budget": "12,500.00"},
    {},
    {"ip_terms": "open"},
    {"closes_day": "1", "closes_month": "6", "closes_year": "2099", "closes_time": "17:00"},
    {"criterion_1": "Light", "weight_1": "60", "criterion_2": "Upkeep", "weight_2": "40"},
    {"deciders": "The garden committee"},
)
CHARTER = {
    "purpose": "Light for the reading garden that needs no cable.",
    "voting": "Each organisation has one vote.",
    "leaving": "Four weeks of notice.",
    "ip_regime": "desca_he",
}


@dataclass
class Tale:
    """What the scenes hand on: who is at which browser, and the addresses of what they made."""

    site: Site
    page_as: object
    pages: dict[str, Page] = field(default_factory=dict)
    challenge: str = ""
    public: str = ""
    workspace: str = ""
    application: str = ""

    def at(self, key: str) -> Page:
        """The browser of one of the cast."""
        if key not in self.pages:
            self.pages[key] = self.page_as(getattr(self.site.world, key))
        return self.pages[key]


@pytest.fixture
def tale(site, page_as):
    return Tale(site, page_as)


def test_from_a_challenge_to_a_funded_project(tale):
    helen_writes_a_challenge_and_sends_it(tale)
    priya_sends_it_back_and_then_publishes_it(tale)
    a_visitor_reads_it_in_german(tale)
    liv_signs_in_for_the_first_time(tale)
    ane_registers_interest_and_starts_a_consortium(tale)
    tom_accepts_the_invitation_and_both_the_charter(tale)
    ane_starts_an_application_and_they_write_it(tale)
    each_partner_fills_in_a_budget_in_their_own_numbers(tale)
    they_sign_and_a_change_lapses_the_signature(tale)
    the_package_holds_what_was_signed(tale)
    priya_records_the_submission_and_the_award(tale)


def helen_writes_a_challenge_and_sends_it(tale):
    page = look(tale.at("helen"), "/challenges/new")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile(r"/challenges/[0-9a-f-]{36}"))
    tale.challenge = home_of(page).removesuffix("/edit/question")
    opened(page, tale.site, f"{tale.challenge}/edit/question")
    enter(page, question=QUESTION, sector="heritage", language="en")
    page.locator("[name=lead]").press_sequentially(
        "A garden people love by day. We want it by night as well."
    )
    expect(page.locator("[data-autosave-said]")).to_contain_text("Saved")
    for typed in (None, *STEPS):
        enter(page, **(typed or {}))
        step = page.url
        press(page, Verb.CHALLENGES_EDIT)
        page.wait_for_url(lambda url, before=step: url != before)
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    press(page, Verb.CHALLENGES_SUBMIT)
    said(page, "The programme manager is reading it.")


def priya_sends_it_back_and_then_publishes_it(tale):
    priya, helen = tale.at("priya"), tale.at("helen")
    opened(priya, tale.site, f"{tale.challenge}/review")
    enter(priya, reason="Say how far the nearest socket is, for those who plan a trial.")
    press(priya, Verb.CHALLENGES_SEND_BACK)
    priya.wait_for_url(lambda url: not url.endswith("/review"))
    opened(helen, tale.site, tale.challenge)
    said(helen, "Say how far the nearest socket is")
    opened(helen, tale.site, f"{tale.challenge}/edit/situation?back=check")
    enter(helen, situation="A garden of 400 square metres. The nearest socket is 60 metres away.")
    press(helen, Verb.CHALLENGES_EDIT)
    press(helen, Verb.CHALLENGES_SUBMIT)
    said(helen, "The programme manager is reading it.")
    opened(priya, tale.site, f"{tale.challenge}/review")
    press(priya, Verb.CHALLENGES_PUBLISH)
    said(priya, QUESTION)


def a_visitor_reads_it_in_german(tale):
    visitor = tale.page_as(locale="de-DE")
    look(visitor, "/de/challenges")
    visitor.get_by_role("link", name=QUESTION).first.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(QUESTION)
    expect(visitor.locator("html")).to_have_attribute("lang", "de")
    expect(visitor.locator("h1")).to_have_attribute("lang", re.compile("^en"))
    tale.public = home_of(visitor).replace("/de/", "/en/")


def liv_signs_in_for_the_first_time(tale):
    liv = look(tale.page_as(), "/sign-in")
    enter(liv, email="liv@strand.example")
    liv.get_by_role("button", name="Send me a link").click()
    said(liv, "A link is on its way to liv@strand.example.")
    expect(liv.get_by_role("link", name="Open the mailbox")).to_be_visible()
    follow_letter(liv, "liv@strand.example")
    enter(liv, name="Liv Strand")
    liv.get_by_role("button", name="Sign in").click()
    liv.wait_for_url("**/desk")
    said(liv, "Liv")


def ane_registers_interest_and_starts_a_consortium(tale):
    ane = opened(tale.at("ane"), tale.site, tale.public)
    ane.locator("main").get_by_role("link", name="Register interest").first.click()
    enter(ane, brings="Lamps that stand on their own.", seeks="Somebody who measures light.")
    press(ane, Verb.CHALLENGES_INTEREST)
    said(ane, "Your interest is registered.")
    number = re.search(r"/challenges/(\d{4}-\d+)", tale.public).group(1)
    look(ane, f"/challenges/{number}/consortia/new")
    enter(ane, name="Garden Light", pitch="Light without a cable.")
    press(ane, Verb.CONSORTIA_START)
    ane.wait_for_url("**/w/garden-light")
    tale.workspace = home_of(ane)
    opened(ane, tale.site, f"{tale.workspace}/members?q=Tinker")
    ane.get_by_role("radio", name="Tinker & Tap Ltd").check(force=True)
    enter(ane, task="Measures light")
    with ane.expect_navigation():
        press(ane, Verb.CONSORTIA_INVITE)
    said(ane, "Tinker & Tap Ltd")


def tom_accepts_the_invitation_and_both_the_charter(tale):
    ane, tom = tale.at("ane"), opened(tale.at("tom"), tale.site, tale.workspace)
    with tom.expect_navigation():
        press(tom, Verb.CONSORTIA_ACCEPT)
    expect(button(tom, Verb.CONSORTIA_ACCEPT)).to_have_count(0)
    opened(ane, tale.site, f"{tale.workspace}/charter")
    enter(ane, **CHARTER)
    press(ane, Verb.CONSORTIA_WRITE_CHARTER)
    said(ane, "is with the partners")
    for page in (ane, tom):
        opened(page, tale.site, f"{tale.workspace}/charter")
        page.get_by_role("button", name="Accept for").click()
        said(page, "The charter is accepted for your organisation.")
    said(tom, "2 of 2 accepted")


def ane_starts_an_application_and_they_write_it(tale):
    ane, tom = tale.at("ane"), tale.at("tom")
    opened(ane, tale.site, f"{tale.workspace}/applications/new")
    enter(ane, scheme="eurostars-3", title="Garden Light", months="12")
    enter(ane, starts_on_day="1", starts_on_month="5", starts_on_year="2098")
    ane.get_by_role("button", name="Start the application").click()
    ane.wait_for_url(re.compile(r"/applications/HIP-"))
    tale.application = home_of(ane)
    sections = ane.locator("a[href*='/sections/']").evaluate_all("all => all.map(each => each.href)")
    for n, section in enumerate(sections):
        page = opened((ane, tom)[n % 2], tale.site, section)
        enter(page, text="We light the garden with lamps that stand on their own.")
        press(page, Verb.FUNDING_WRITE)
        said(page, "The section is saved.")


def each_partner_fills_in_a_budget_in_their_own_numbers(tale):
    lars = tale.at("lars")
    for page, slug, cost, rate in (
        (lars, "fjordlys-as", "38 400,50", "45"),
        (tale.at("tom"), "tinker-tap-ltd", "12,600.25", "1/3"),
    ):
        opened(page, tale.site, f"{tale.application}/budget/{slug}")
        enter(page, what_1="Staff", cost_1=cost, rate=rate)
        page.locator("#budget .btn.primary").click()
        expect(page.locator("#toasts")).not_to_be_empty()
        opened(page, tale.site, f"{tale.application}/budget/{slug}")
        expect(page.locator("[name=what_1]")).to_have_value("Staff")
    expect(lars.locator("[name=cost_1]")).to_have_value(re.compile(r"38.?400,50"))
    expect(tale.at("tom").locator("[name=cost_1]")).to_have_value(re.compile(r"12.?600\.25"))


def they_sign_and_a_change_lapses_the_signature(tale):
    ane, tom = tale.at("ane"), tale.at("tom")
    _close_for_signing(tale)
    _sign(tale, tom)
    opened(ane, tale.site, f"{tale.application}/sign-off")
    press(ane, Verb.FUNDING_REOPEN)
    said(ane, "open for changes")
    opened(ane, tale.site, f"{tale.application}/sections/summary")
    enter(ane, text="We light the garden, and say so anew.")
    press(ane, Verb.FUNDING_WRITE)
    said(ane, "The section is saved.")
    _close_for_signing(tale)
    opened(tom, tale.site, f"{tale.application}/sign-off")
    said(tom, "Lapsed. Changed since")
    for page in (tom, ane):
        _sign(tale, page)
    opened(ane, tale.site, tale.application)
    said(ane, "All partners have signed")


def _close_for_signing(tale):
    ane = opened(tale.at("ane"), tale.site, tale.application)
    press(ane, Verb.FUNDING_FIX)
    said(ane, "The partners are asked to sign.")


def _sign(tale, page):
    opened(page, tale.site, f"{tale.application}/sign-off")
    press(page, Verb.FUNDING_SIGN)
    said(page, "Signed for")


def the_package_holds_what_was_signed(tale):
    ane = tale.at("ane")
    with ane.expect_download() as download:
        ane.locator("a[href$='package.zip']").first.click()
    package = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes()))
    names = package.namelist()
    assert any(name.endswith(".pdf") for name in names)
    manifest = json.loads(package.read(next(name for name in names if name.endswith("manifest.json"))))
    assert "signed.json" in manifest["files"]
    for name, told in manifest["files"].items():
        assert hashlib.sha256(package.read(name)).hexdigest() == told["sha256"]


def priya_records_the_submission_and_the_award(tale):
    priya = opened(tale.at("priya"), tale.site, f"{tale.application}/submit")
    enter(priya, reference="E!-2026-77")
    press(priya, Verb.FUNDING_SUBMIT)
    said(priya, "Recorded. The partners are told.")
    _stands_at(tale, "Submitted")
    opened(priya, tale.site, f"{tale.application}/award")
    enter(priya, amount="20,000.00")
    press(priya, Verb.FUNDING_AWARD)
    said(priya, "Recorded. The partners are told.")
    _stands_at(tale, "Funded")


def _stands_at(tale, stage):
    """The worker moves the card a moment later; the board is asked until it has."""
    priya = tale.at("priya")
    card = priya.locator("main tr", has_text="Garden Light").filter(has_text=stage)
    until_there(priya, f"/p/{tale.site.world.programme.slug}/pipeline?view=table&q=Garden", card)
