"""What is hidden or removed leaves by no way: every page and file of a room, its live channel, its café, its log."""

import pytest
from sqlmodel import select

from crosslab import app
from crosslab.core.events import Event, EventPlace
from crosslab.rules import Verb
from crosslab.web.door import CARD_COOKIE
from crosslab.workshops import actions
from crosslab.workshops.after.tables import Audience
from crosslab.workshops.cafe.shown import day
from crosslab.workshops.links import LinkKind
from crosslab.workshops.news import news
from crosslab.workshops.tables import Company, Note
from tests.house.doors import PARAMETER
from tests.workshops.test_cafe import CafeRoom

NAME, RUDE = "Xaverine Quill", "Zebedee drinks paint"


@pytest.fixture
def secret(room):
    """Somebody wrote and tied; one note of hers was removed; names are hidden."""
    room.author = room.comes(NAME, "Quillworks", email="xq@quill.example")
    room.other = room.comes("Ola Nord", "Loom")
    room.rude = room.writes(room.author, RUDE)
    room.note, mine = room.writes(room.author, "A quiet lamp"), room.writes(room.other, "A loud lamp")
    for one, two in ((room.note, mine), (room.rude, mine)):
        facts = {"one": one, "two": two, "kind": LinkKind.OFFER, "why": "Fits", "key": f"k{one.id}"[:30]}
        actions.tie(room.db, room.author, room.workshop, **facts)
    room.theme = actions.gather(
        room.db, room.manager, room.workshop, title="Lamps", notes=[room.note, mine, room.rude]
    )
    actions.remove(room.db, room.manager, room.rude, workshop=room.workshop, reason="About a person.")
    actions.hide_names(room.db, room.manager, room.workshop)
    return room


def pages(settings):
    """Every page and file of a room."""
    for route in app.build(settings).routes:
        path = getattr(route, "path_format", "")
        if path.startswith("/s/{no") and not path.endswith("/live") and "GET" in route.methods:
            yield path


def walked(visitor, room, settings):
    """What somebody reads who asks for everything, by address."""
    ids = {"themes": room.theme.id, "notes": room.note.id, "people": room.other.cards[room.workshop.id]}
    for path in pages(settings):
        one = next((each for word, each in ids.items() if f"/{word}/" in path), room.note.id)
        for screen in ("write", "walk", "link", "vote"):
            filled = {"no": room.workshop.no, "id": str(one), "screen": screen}
            at = PARAMETER.sub(lambda found, filled=filled: filled.get(found[1], "1"), path)
            yield at, visitor.get(at)
            if "screen" not in path:
                break
    for scene in ("join", "seats", "cafe", "wall", "links", "themes", "votes", "calls"):
        at = f"/s/{room.workshop.no}/projector?scene={scene}"
        yield at, visitor.get(at)


def seen(visitor, room, settings, *words):
    """The addresses at which somebody reads one of these words, and how many pages were theirs at all."""
    answers = list(walked(visitor, room, settings))
    told = [at for at, answer in answers if any(word in answer.text for word in words)]
    return told, sum(answer.status_code == 200 for _, answer in answers)


@pytest.mark.parametrize("over", [False, True])
def test_no_page_or_file_names_an_author_or_says_a_removed_note(secret, browse, settings, over):
    if over:
        actions.finish(secret.db, secret.manager, secret.workshop)
        made = actions.sum_up(
            secret.db, secret.manager, secret.workshop, summary="Thanks.", audience=Audience.EVERYONE
        )
        actions.publish(secret.db, secret.manager, made, workshop=secret.workshop)
    secret.db.commit()
    visitor = browse()
    visitor.client.cookies.set(CARD_COOKIE, secret.tokens[1])
    told, many = seen(visitor, secret, settings, NAME, "xq@quill.example", RUDE)
    assert told == []
    assert many > 10
    assert seen(browse(), secret, settings, NAME, RUDE, *([] if over else ["A quiet lamp"]))[0] == []


def test_a_replay_from_the_first_number_names_nobody_and_says_no_removed_note(secret):
    secret.db.commit()
    said = b"".join(words for _, words in news(secret.db, secret.workshop.id, 0).messages).decode()
    assert "A quiet lamp" in said
    assert NAME not in said
    assert RUDE not in said


def test_a_card_whose_note_was_removed_is_on_no_list_of_the_cafe(planned):
    room, cafe = planned, CafeRoom(planned).seated().begins()
    card = cafe.keeps(cafe.host(1), 1, RUDE)
    cafe.ends()
    assert [each.idea for each in day(room.db, room.workshop).out] == [RUDE]
    note = room.db.exec(select(Note).where(Note.id == card.note_id)).one()
    actions.rewrite(room.db, room.manager, note, workshop=room.workshop, text="Somebody likes paint")
    assert card.idea == "Somebody likes paint"
    actions.remove(room.db, room.manager, note, workshop=room.workshop, reason="About a person.")
    assert day(room.db, room.workshop).out == []


def test_whoever_put_their_name_right_and_erases_it_leaves_neither_in_the_log(room):
    liv = room.comes("Liv Sole", "Loom")
    room.writes(liv, "A lamp")
    company = room.db.exec(select(Company).where(Company.workshop_id == room.workshop.id)).first()
    actions.name_oneself(room.db, liv, room.workshop, name="Liv Sole Dahl", company=company)
    actions.erase(room.db, liv, room.workshop)
    here = select(Event).join(EventPlace, EventPlace.event_id == Event.id)
    log = room.db.exec(here.where(EventPlace.place_id == room.workshop.id)).all()
    assert Verb.WORKSHOPS_WRITE in {each.verb for each in log}
    assert "Liv Sole" not in str([each.facts for each in log])
