"""The wall, as it is played: two facilitators and a phone by hand, a whole run by keyboard, one without scripts."""

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from crosslab.core.db import session
from crosslab.demo.workshops import SECOND
from crosslab.workshops.tables import Workshop
from tests.browser import look, violations

AT_RANDOM = """async ([base, times]) => {
    let seed = 11;
    const any = list => list[(seed = (seed * 48271) % 2147483647) % list.length];
    const proof = document.querySelector("[name=csrf]").value;
    const headers = { "x-csrf": proof, accept: "application/json" };
    const send = (path, facts) => fetch(base + path, { method: "POST", headers, body: new URLSearchParams(facts) });
    const of = (kind, from) =>
        [...from.matchAll(new RegExp(kind + '="(?:n|)([0-9a-f-]{36})"', "g"))].map(hit => hit[1]);
    for (let n = 0; n < times; n++) {
        const page = await (await fetch(base + "/wall")).text();
        const notes = of("<article class=.note n.. id".replace("..", "[1-5]."), page);
        const companies = of("data-company", page), ties = of("data-tie", page), one = any(notes), two = any(notes);
        await any([
            () => send(`/notes/${one}/move`, { company: any(companies), prompt: any([..."ABCDE"]) }),
            () => send(`/notes/${one}/move`, { company: any(companies), prompt: any([..."ABCDE"]), before: two }),
            () => send("/ties", { one, two, kind: "offer", why: `Because ${n}`, key: `at-random-${n}` }),
            () => ties.length ? send(`/ties/${any(ties)}/untie`, {}) : null,
            () => send(`/notes/${one}`, { text: `Rewritten ${n}` }),
            () => send("/themes", { title: `Theme ${n}`, notes: one }),
            () => send(`/notes/${one}/remove`, { reason: "At random" }).then(() => send(`/notes/${one}/put-back`, {})),
        ])();
    }
}"""
HANGS = """() => ({
    notes: [...document.querySelectorAll(".col")].map(col => [col.dataset.company,
        [...col.querySelectorAll("li")].map(li => [li.querySelector(".note").id, li.dataset.prompt,
            ...["p", ".th", ".ties .k"].map(part => li.querySelector(part).textContent)])]),
    ties: [...document.querySelectorAll("[data-tie]")].map(tie => tie.dataset.tie + tie.innerText).sort(),
    counts: [...document.querySelectorAll("[data-side] .k, .col .k")].map(each => each.textContent),
    piles: [...document.querySelectorAll("[data-panel=themes] li")].map(each => each.textContent),
})"""
COLOUR = "note => getComputedStyle(note).backgroundColor + getComputedStyle(note).borderInlineStartWidth"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def at(site):
    """The address of the room that is open."""
    with session(site.engine, read_only=True) as db:
        return f"/s/{db.exec(select(Workshop.no).where(Workshop.title == SECOND)).one()}"


def wall_of(page, at):
    look(page, f"{at}/wall")
    return page


def note(page, words):
    return page.locator(".wall .note", has_text=words)


def in_column(page, company, words):
    """Wait until a note hangs under a company."""
    column = page.locator(".col", has=page.get_by_role("heading", name=company, exact=True))
    expect(column.locator(".note", has_text=words)).to_have_count(1)


def drag(page, words, company):
    """Carry a note by the mouse onto a column."""
    box = note(page, words).bounding_box()
    to = page.locator(".col", has=page.get_by_role("heading", name=company, exact=True)).bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 30, box["y"] + 30, steps=3)
    page.mouse.move(to["x"] + 60, to["y"] + 160, steps=6)
    page.mouse.up()


def tie_by_press(page, one, two, why):
    """Choose a note, press Tie, choose the other, say why."""
    note(page, one).click()
    page.locator("[data-act=tie]").click()
    note(page, two).click()
    page.locator("#tie-why").fill(why)
    page.locator("#tie-sheet .primary").click()


def test_two_facilitators_and_a_phone_play_one_wall(page_as, site, at):
    mikkel, priya = wall_of(page_as(site.world.mikkel), at), wall_of(page_as(site.world.priya), at)
    ane = look(page_as(site.world.ane, **PHONE), f"{at}/me/write")
    ane.locator("input[name=prompt][value=A]").check(force=True)
    ane.locator("#text").fill("Lamps that <b>listen</b>")
    ane.locator(".write button.primary, .write button.wide").first.click()
    for page in (mikkel, priya):
        in_column(page, "Fjordlys AS", "Lamps that <b>listen</b>")
    expect(priya.locator("#news")).to_contain_text("New notes since")
    assert note(priya, "Lamps that").evaluate(COLOUR) == wall_of(page_as(site.world.priya), at).locator(
        ".wall .note", has_text="Lamps that"
    ).evaluate(COLOUR)
    drag(mikkel, "Lamps that", "Nordlyd AS")
    in_column(priya, "Nordlyd AS", "Lamps that")
    tie_by_press(priya, "Reading rooms", "Scannen, wo", "A lamp that scans")
    expect(mikkel.locator("[data-tie]", has_text="A lamp that scans")).to_have_count(1)
    expect(mikkel.locator(".threads path")).to_have_count(1)
    priya.locator("#undo").click()
    expect(mikkel.locator("[data-tie]")).to_have_count(0)
    assert violations(priya) == []


def test_the_last_of_two_moves_is_right_and_the_other_is_told(page_as, site, at):
    mikkel, priya = wall_of(page_as(site.world.mikkel), at), wall_of(page_as(site.world.priya), at)
    drag(priya, "Reading rooms", "Nordlyd AS")
    in_column(mikkel, "Nordlyd AS", "Reading rooms")
    drag(mikkel, "Reading rooms", "Tinker & Tap Ltd")
    in_column(priya, "Tinker & Tap Ltd", "Reading rooms")
    expect(priya.locator(".toast")).to_contain_text("Somebody else moved")
    expect(priya.locator("#undo")).to_be_hidden()


def test_the_wall_on_a_phone_is_played_by_single_presses(page_as, site, at):
    priya = wall_of(page_as(site.world.priya, **PHONE), at)
    note(priya, "Reading rooms").tap()
    assert violations(priya) == []
    priya.locator("[data-act=move]").tap()
    priya.locator("#move-company").select_option(label="Nordlyd AS")
    assert violations(priya) == []
    priya.locator("#move-sheet .primary").tap()
    in_column(priya, "Nordlyd AS", "Reading rooms")
    priya.locator("[data-act=remove]").tap()
    priya.locator("#remove-reason").fill("It hangs twice")
    priya.locator("#remove-sheet .primary").tap()
    expect(note(priya, "Reading rooms")).to_have_count(0)
    priya.locator("#undo").tap()
    in_column(priya, "Nordlyd AS", "Reading rooms")


def test_the_wall_is_played_by_keyboard_alone(page_as, site, at):
    page = wall_of(page_as(site.world.priya), at)
    spoken, press = page.locator("p.vh[role=status]"), page.keyboard.press
    for _ in range(60):
        press("Tab")
        if page.evaluate("() => document.activeElement.matches('.wall .note')"):
            break
    assert page.locator(".wall [tabindex='0']").count() == 1
    for key in ("m", "ArrowRight", "Enter"):
        press(key)
    in_column(page, "Tinker & Tap Ltd", "Reading rooms")
    expect(spoken).to_have_text("Moved to Tinker & Tap Ltd, place 1 of 1.")
    for key in ("l", "ArrowRight", "Enter"):
        press(key)
    page.locator("#tie-why").focus()
    page.keyboard.type("Light for scans")
    press("Enter")
    expect(page.locator("[data-tie]", has_text="Light for scans")).to_have_count(1)
    press("t")
    page.locator("#theme-title").focus()
    page.keyboard.type("Daylight")
    press("Enter")
    expect(note(page, "Reading rooms").locator(".th")).to_have_text("Daylight")
    for _ in range(3):
        press("Control+z")
    in_column(page, "Fjordlys AS", "Reading rooms")
    expect(page.locator("[data-tie]")).to_have_count(0)
    expect(note(page, "Reading rooms").locator(".th")).to_be_hidden()


def test_undo_takes_back_what_is_still_on_its_way_and_nothing_older(page_as, site, at):
    page, held = wall_of(page_as(site.world.priya), at), []
    drag(page, "Reading rooms", "Nordlyd AS")
    expect(page.locator("#undo")).to_be_visible()

    def hold(asked):
        held.append(asked)

    page.route(f"**{at}/ties", hold)
    with page.expect_request(f"**{at}/ties"):
        tie_by_press(page, "Reading rooms", "Scannen, wo", "A lamp that scans")
    page.keyboard.press("Control+z")
    with page.expect_response("**/untie"):
        held[0].continue_()
    expect(page.locator("[data-tie]")).to_have_count(0)
    in_column(page, "Nordlyd AS", "Reading rooms")


def test_escape_puts_a_held_note_back_and_nothing_is_sent(page_as, site, at):
    page = wall_of(page_as(site.world.priya), at)
    sent = []
    page.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)
    note(page, "Reading rooms").focus()
    for key in ("m", "ArrowRight", "ArrowRight", "Escape"):
        page.keyboard.press(key)
    in_column(page, "Fjordlys AS", "Reading rooms")
    assert sent == []


def test_what_is_done_without_a_line_is_kept_and_goes_later(page_as, site, at):
    page, other = wall_of(page_as(site.world.priya), at), wall_of(page_as(site.world.mikkel), at)
    page.context.set_offline(True)
    drag(page, "Reading rooms", "Nordlyd AS")
    expect(page.locator("#strip")).to_have_text("Reconnecting, your changes are kept (1)")
    in_column(other, "Fjordlys AS", "Reading rooms")
    page.context.set_offline(False)
    in_column(other, "Nordlyd AS", "Reading rooms")
    expect(page.locator("#strip")).to_be_hidden()


def test_what_a_page_was_told_is_what_a_fresh_one_shows(page_as, site, at):
    page, hand = wall_of(page_as(site.world.priya), at), wall_of(page_as(site.world.mikkel), at)
    hand.evaluate(AT_RANDOM, [at, 60])
    fresh = wall_of(page_as(site.world.priya), at).evaluate(HANGS)
    seq = hand.evaluate(
        "() => fetch(location.href).then(a => a.text()).then(t => t.match(/data-seq=.(\\d+)/)[1])"
    )
    expect(page.locator("main")).to_have_attribute("data-seq", seq)
    assert page.evaluate(HANGS) == fresh


def test_without_scripts_every_note_has_a_page_of_forms(page_as, site, at):
    page = wall_of(page_as(site.world.priya, java_script_enabled=False), at)
    note(page, "Reading rooms").get_by_role("link").click()
    page.locator("select[name=company]").select_option(label="Nordlyd AS")
    page.get_by_role("button", name="Move the note", exact=True).click()
    in_column(page, "Nordlyd AS", "Reading rooms")
    note(page, "Reading rooms").get_by_role("link").click()
    page.locator("[name=reason]").fill("It hangs twice")
    page.get_by_role("button", name="Remove the note").click()
    expect(note(page, "Reading rooms")).to_have_count(0)
    page.locator(".removed summary").click()
    page.get_by_role("button", name="Put it back").click()
    in_column(page, "Nordlyd AS", "Reading rooms")


def test_the_projector_shows_what_is_new_and_keeps_its_picture_without_a_line(page_as, site, at):
    page = page_as(site.world.priya, viewport={"width": 1920, "height": 1080})
    look(page, f"{at}/projector?scene=wall")
    wall = wall_of(page_as(site.world.mikkel), at)
    drag(wall, "Reading rooms", "Nordlyd AS")
    column = page.locator(".pwall .col", has=page.get_by_role("heading", name="Nordlyd AS"))
    expect(column.locator(".note")).to_have_count(1)
    assert violations(page) == []
    page.route("**/live?*", lambda asked: asked.abort())
    look(page, f"{at}/projector?scene=wall")
    expect(page.locator("#stale")).to_contain_text("last update")
    expect(column.locator(".note")).to_have_count(1)
    look(page, f"{at}/projector?scene=join")
    assert page.locator(".pjoin .qr").bounding_box()["height"] >= 0.4 * 1080
