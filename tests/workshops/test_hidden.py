"""What is hidden or removed leaves by no way: every page and file of a room, its live channel, its café, its log."""

import io

import pytest
from pypdf import PdfReader
from sqlmodel import select

from crosslab import app
from crosslab.core.events import Event, EventPlace
from crosslab.desk.queries import inbox
from crosslab.people.tokens import new_token
from crosslab.rules import Verb
from crosslab.web.door import CARD_COOKIE
from crosslab.workshops import actions
from crosslab.workshops.after.tables import Audience
from crosslab.workshops.cafe.shown import day
from crosslab.workshops.links import LinkKind
from crosslab.workshops.news import news
from crosslab.workshops.tables import Company, Note
from tests.house.doors import PARAMETER
from tests.workshops.conftest import drafted
from tests.workshops.test_cafe import CafeRoom

NAME, RUDE = "Xaverine Quill", "Zebedee drinks paint"
TOOLS = {"control", "people", "publish", "letters"}
"""Where whoever runs the room deals with people: to send them out, to write to them."""


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


def read(answer):
    """What a page or file says, a paper too: its letters are packed."""
    if answer.content[:5] != b"%PDF-":
        return answer.text
    paper = PdfReader(io.BytesIO(answer.content))
    return f"{paper.metadata} " + " ".join(" ".join(page.extract_text().split()) for page in paper.pages)


def seen(visitor, room, settings, *words):
    """The addresses at which somebody reads one of these words, and how many pages were theirs at all."""
    answers = list(walked(visitor, room, settings))
    told = [at for at, answer in answers if any(word in read(answer) for word in words)]
    return told, sum(answer.status_code == 200 for _, answer in answers)


def published(room):
    """The day is over, and its results are there for everybody."""
    actions.finish(room.db, room.manager, room.workshop)
    made = actions.sum_up(room.db, room.manager, room.workshop, summary="Thanks.", audience=Audience.EVERYONE)
    actions.publish(room.db, room.manager, made, workshop=room.workshop)


@pytest.mark.parametrize("over", [False, True])
def test_no_page_or_file_names_an_author_or_says_a_removed_note(secret, browse, settings, over):
    if over:
        published(secret)
    secret.db.commit()
    visitor, card = browse(), str(secret.author.cards[secret.workshop.id])
    visitor.client.cookies.set(CARD_COOKIE, secret.tokens[1])
    told, many = seen(visitor, secret, settings, NAME, "xq@quill.example", card, RUDE)
    assert told == []
    assert many > 10
    assert seen(browse(), secret, settings, NAME, card, RUDE, *([] if over else ["A quiet lamp"]))[0] == []


@pytest.mark.parametrize("over", [False, True])
def test_whoever_runs_the_room_reads_names_where_they_deal_with_people_alone(
    secret, browse, settings, world, over
):
    if over:
        published(secret)
    secret.db.commit()
    told, many = seen(browse(world.priya), secret, settings, NAME)
    assert {at.split("?")[0].split("/")[3] for at in told} <= TOOLS
    assert many > 20


def test_a_notice_names_nobody_who_took_part_but_to_those_who_run_the_room(day, world):
    actions.join(day.db, world.stig, day.workshop, name="Stig", company="Sten", token=new_token())
    actions.call(day.db, day.ane, drafted(day), title="Glow", words="Light", seeks=["A yard"], public=False)

    def caller(reader):
        rows = inbox(day.db, reader).rows
        return next(each.facts["who"] for each in rows if each.verb is Verb.WORKSHOPS_CALL)

    assert caller(world.stig) == "Fjord"
    actions.hide_names(day.db, day.manager, day.workshop)
    assert (caller(world.stig), caller(world.priya)) == ("…", "Fjord")
    actions.show_names(day.db, day.manager, day.workshop)
    assert caller(world.stig) == "Fjord"


def test_a_replay_from_the_first_number_names_nobody_and_says_no_removed_note(secret):
    secret.db.commit()
    said = b"".join(words for _, words in news(secret.db, secret.workshop.id, 0).messages).decode()
    assert "A quiet lamp" in said
    assert NAME not in said
    assert str(secret.author.cards[secret.workshop.id]) not in said
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
