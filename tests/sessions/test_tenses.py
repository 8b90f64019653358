"""What is over is told as over, on its public page and on the page of one's own place."""

import pytest

from crosslab.sessions import actions
from crosslab.workshops.tables import Presence


def page_of(hall, browse, language="en"):
    return browse().get(f"/{language}/sessions/{hall.session.no}-{hall.session.slug}").text


@pytest.fixture
def held(field, later):
    """A session that was held: Liv came, Tom had a place and stayed away. The clock stands after it."""
    field.session.online = "https://meet.example/lamp"
    liv, _ = field.comes("Liv", listed=True), field.comes("Tom", listed=True)
    actions.mark(field.db, field.host, field.of("Liv"), session=field.session, presence=Presence.HERE)
    with later(days=10, hours=3):
        actions.finish(field.db, field.host, field.session)
        field.db.commit()
        field.liv = liv
        yield field


def test_a_session_to_come_says_who_comes(field, browse):
    field.comes("Liv", listed=True, company="Loom")
    field.db.commit()
    page = page_of(field, browse)
    assert all(words in page for words in ("Who comes", "Liv, Loom", "As many as come", "You can ask"))


@pytest.mark.parametrize(
    ("language", "now", "then"),
    [("en", "Who comes", "Who came"), ("de", "Wer kommt", "Wer da war"), ("no", "som kommer", "som kom<")],
)
def test_a_session_that_was_held_says_who_came(held, browse, language, now, then):
    page = page_of(held, browse, language)
    assert [words in page for words in (then, now, "Liv", "Tom")] == [True, False, True, False]


def test_a_session_that_was_held_offers_nothing_that_is_gone(held, browse):
    page = page_of(held, browse)
    assert "has taken place" in page
    assert not [words for words in ("From afar", "As many as come", "Calendar file") if words in page]


def test_two_weeks_later_nobody_is_asked_to_say_something(held, browse, later):
    with later(days=20):
        assert "No more voices are taken here" in page_of(held, browse)


def test_ones_own_place_was_a_place(held, browse):
    liv = browse()
    liv.get(f"/en/r/{held.link(held.of('Liv'))}")
    page = liv.get(f"/en/sessions/{held.session.no}/mine").text
    assert ("You had a place." in page, "You have a place." in page, "meet.example" in page) == (
        True,
        False,
        False,
    )
