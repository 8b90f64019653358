"""The start page: what takes place next, the same for everybody, and nothing of it when nothing does."""

from datetime import timedelta

import pytest
from sqlmodel import select

from crosslab.core import clock
from crosslab.core.clock import now
from crosslab.rules import SessionState
from crosslab.sessions.tables import OpenSession


def agenda(page):
    return page.split('class="agenda', 1)[-1].split("</ul>", 1)[0] if 'class="agenda' in page else ""


def test_the_next_three_are_shown_with_a_way_to_all(browse):
    page = browse().get("/en").text
    assert agenda(page).count("<li") == 3
    assert 'href="/en/sessions">All sessions and workshops' in page


def test_what_is_planned_or_unlisted_or_called_off_is_not_shown_to_its_host_either(browse, world, db):
    shown = db.exec(select(OpenSession).where(OpenSession.state == SessionState.OPEN)).all()
    for each, change in zip(
        shown, ({"listed": False}, {"state": SessionState.CANCELLED}, {"listed": False}), strict=True
    ):
        for name, value in change.items():
            setattr(each, name, value)
    db.commit()
    for visitor in (browse(), browse(world.ane)):
        page = agenda(visitor.get("/en").text)
        assert not any(each.title in page for each in shown)


def test_nothing_is_shown_when_nothing_takes_place(browse):
    with clock.at(now() + timedelta(days=400)):
        page = browse().get("/en").text
    assert agenda(page) == ""
    assert "Come and meet them" not in page


@pytest.mark.parametrize(("code", "words"), [("de", "Alle Termine und Werkstätten"), ("no", "Alle økter")])
def test_it_is_told_in_every_language(browse, code, words):
    assert words in browse().get(f"/{code}").text


def test_a_host_finds_the_sessions_they_run_from_anywhere(browse, world):
    ane = browse(world.ane)
    assert 'href="/hosting"' in ane.get("/desk").text
    assert 'href="/hosting"' in ane.get("/organisations/fjordlys-as/leads").text
    assert "Light that lets the bats fly" in ane.get("/desk").text
    assert "Light that lets the bats fly" in browse(world.lars).get("/desk").text
    assert "Light that lets the bats fly" not in browse(world.stig).get("/desk").text
