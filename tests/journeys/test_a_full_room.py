"""Three hundred people look for their tables on the projector: nobody is left out, and nothing is cut off."""

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from crosslab.core.db import transaction
from crosslab.workshops import actions
from crosslab.workshops.cafe import queries
from crosslab.workshops.tables import Note, Workshop
from tests.browser import look
from tests.crowds import full_room

WHOLE = """selector => { const scene = document.querySelector("#scene > :nth-child(2)").getBoundingClientRect();
    return [...document.querySelectorAll(selector)].filter(one => one.offsetParent).map(one => {
        const box = one.getBoundingClientRect();
        const within = box.top >= scene.top - 1 && box.bottom <= scene.bottom + 1
            && box.left >= scene.left - 1 && box.right <= scene.right + 1 && one.scrollWidth <= one.clientWidth + 1;
        const size = parseFloat(getComputedStyle(one).fontSize);
        return [one.textContent.trim(), within && size >= 18]; }); }"""
SCREEN = {"viewport": {"width": 1920, "height": 1080}}


@pytest.fixture
def room(site):
    with transaction(site.engine) as db:
        workshop = full_room(db, site.world)
        names = [card.name for card in queries.coming(db, workshop)]
        return f"/s/{workshop.no}", names


def pages_of(screen, selector):
    """What is seen on each page, turned by hand, and whether each thing is whole."""
    screen.evaluate("() => document.fonts.ready.then(() => {})")  # then it is laid out anew
    many = (
        int(screen.locator("#pages").inner_text().split("/")[1])
        if screen.locator("#pages:visible").count()
        else 1
    )
    for n in range(many):
        assert n == 0 or screen.locator("#pages").inner_text() == f"{n + 1} / {many}"
        yield screen.evaluate(WHOLE, selector)
        screen.keyboard.press("PageDown")


def test_everybodys_name_is_on_one_page_of_the_projector_and_whole(page_as, site, room):
    at, names = room
    screen = look(page_as(site.world.priya, **SCREEN), f"{at}/projector?scene=seats")
    pages = list(pages_of(screen, ".pnames li span"))
    seen = [name for page in pages for name, _ in page]
    assert len(pages) > 1
    assert sorted(seen) == sorted(names)
    assert [name for page in pages for name, whole in page if not whole] == []


def a_round(site, at, themes=0):
    """Every table brings out a card; they are laid on so many themes."""
    with transaction(site.engine) as db:
        workshop = db.exec(select(Workshop).where(Workshop.no == at.split("/")[-1])).one()
        cafe, runs = queries.cafe_of(db, workshop), {"actor": site.world.priya, "workshop": workshop}
        actions.begin_round(db, cafe=cafe, turn=1, **runs)
        for table in queries.tables_of(db, workshop):
            actions.harvest(db, cafe=cafe, turn=1, at=table.at, idea=f"Idea {table.at}. " + "w " * 60, **runs)
        actions.end_round(db, cafe=cafe, **runs)
        notes = list(db.exec(select(Note).where(Note.workshop_id == workshop.id)).all())
        for n in range(themes):
            actions.gather(db, title=f"Theme {n} that light has", notes=notes[n::themes], **runs)


def test_sixty_tables_are_on_the_picture_of_what_they_bring_out(page_as, site, room):
    screen = look(page_as(site.world.priya, **SCREEN), f"{room[0]}/projector?scene=cafe")
    tables = [[str(at), True] for at in range(1, 61)]
    assert list(pages_of(screen, ".ptables li b")) == [tables]
    a_round(site, room[0])
    look(screen, f"{room[0]}/projector?scene=cafe")
    assert list(pages_of(screen, ".ptables li b")) == [tables]
    assert all(whole for _, whole in screen.evaluate(WHOLE, ".pcafe .note p"))


def test_more_themes_than_fit_beside_sixty_tables_come_in_pages(page_as, site, room):
    a_round(site, room[0], themes=24)
    screen = look(page_as(site.world.priya, **SCREEN), f"{room[0]}/projector?scene=cafe")
    seen = [theme for page in pages_of(screen, ".pthemes li") for theme in page]
    assert len(seen) == 24
    assert [theme for theme, whole in seen if not whole] == []
    assert len(screen.evaluate(WHOLE, ".ptables li b")) == 60


def test_the_questions_of_sixty_tables_come_in_pages_while_names_are_hidden(page_as, site, room):
    desk, screen = page_as(site.world.priya), page_as(site.world.priya, **SCREEN)
    look(desk, f"{room[0]}/control").get_by_role("button", name="Hide names").click()
    expect(desk.get_by_role("button", name="Show names")).to_be_visible()
    look(screen, f"{room[0]}/projector?scene=seats")
    seen = [table for page in pages_of(screen, ".pquestions li") for table in page]
    assert len(seen) == 60
    assert all(whole for _, whole in seen)
