"""Somebody who was removed: one letter, their own words and data, and nothing else of the room."""

from dataclasses import replace

import pytest
from sqlmodel import select

from crosslab.core.actor import NOBODY_YET
from crosslab.core.errors import Forbidden
from crosslab.core.events import Event, EventPlace
from crosslab.core.mail import Letter
from crosslab.rules import NoteState, Verb
from crosslab.web.door import CARD_COOKIE
from crosslab.workshops import actions
from crosslab.workshops.seats import with_workshops
from crosslab.workshops.tables import Card, Company, Note, Presence, Tie

HERS, OTHERS = "Paint that sings at night", "Cloth that glows"


@pytest.fixture
def out(room):
    """Liv wrote a note and was removed; Tom is still there. The workshop is on no list."""
    actions.describe(room.db, room.manager, room.workshop, listed=False)
    room.liv = room.comes("Liv Sole", "Loom", email="liv@loom.example", language="no")
    room.token, room.tom = room.tokens[-1], room.comes("Tom Vik", "Fjord")
    room.hers, room.others = room.writes(room.liv, HERS), room.writes(room.tom, OTHERS)
    room.card = card_of(room, room.liv)
    send_out(room)
    room.liv = with_workshops(room.db, NOBODY_YET, room.token)
    return room


def card_of(room, actor):
    return room.db.exec(select(Card).where(Card.id == actor.cards[room.workshop.id])).one()


def send_out(room):
    actions.send_out(room.db, room.manager, room.workshop, card=room.card, reason="Called others names.")


def phone_of(room, browse):
    visitor = browse()
    visitor.client.cookies.set(CARD_COOKIE, room.token)
    room.db.commit()
    return visitor


def letters(room):
    return room.db.exec(select(Letter).where(Letter.to == "liv@loom.example")).all()


def test_they_get_one_letter_with_the_reason_and_nothing_that_was_said(worker, out):
    actions.mark(out.db, out.manager, out.workshop, card=out.card, presence=Presence.HERE)
    send_out(out)
    out.db.commit()
    worker.drain()
    (letter,) = letters(out)
    assert "Called others names." in letter.text
    assert "Hei Liv Sole" in letter.text
    assert HERS not in letter.text
    assert OTHERS not in letter.text


def test_who_left_no_address_or_wants_no_letters_gets_none(worker, out):
    for email in ("", "stop@loom.example"):
        liv = out.comes("Eli Aas", "Loom", email=email)
        if email:
            actions.stop(out.db, liv, out.workshop)
        actions.send_out(out.db, out.manager, out.workshop, card=card_of(out, liv), reason="Too loud by far")
    out.db.commit()
    worker.drain()
    assert out.db.exec(select(Letter).where(Letter.to != "liv@loom.example")).first() is None


def test_the_letters_link_and_the_old_phone_show_their_own_data_alone(worker, out, browse):
    out.db.commit()
    worker.drain()
    link = next(word for word in letters(out)[0].text.split() if "/l/" in word)
    other, phone = browse(), phone_of(out, browse)
    at = f"/s/{out.workshop.no}"
    assert other.get("/l/" + link.rsplit("/", 1)[1]).headers["location"] == f"{at}/me/data"
    for visitor in (other, phone):
        told = visitor.get(f"{at}/me/data").text
        assert HERS in told
        assert "Called others names." in told
        assert OTHERS not in told
        assert visitor.get(f"{at}/me/data.json").json()["card"]["reason"] == "Called others names."


def test_nothing_else_of_the_room_is_theirs(out, browse):
    phone, at = phone_of(out, browse), f"/s/{out.workshop.no}"
    assert phone.get(f"{at}/me").headers["location"] == f"{at}/me/data"
    assert phone.get(f"{at}/me/walk").headers["location"] == f"{at}/me/data"
    assert phone.get(f"/en/j/{out.workshop.code}").headers["location"] == f"{at}/me/data"
    for page in (
        "me/notes",
        "me/after",
        "results",
        "report.pdf",
        "notes.csv",
        "live?after=0",
        "cafe/harvest",
    ):
        assert phone.get(f"{at}/{page}").status_code in {403, 404}, page
    for path in ("notes", "ties", "me/name", f"notes/{out.hers.id}", f"notes/{out.others.id}/interesting"):
        assert phone.post(f"{at}/{path}", {"text": "Again"}).status_code in {403, 404}, path


def test_they_take_their_own_note_back_and_nobody_elses(out, browse):
    phone, at = phone_of(out, browse), f"/s/{out.workshop.no}/notes"
    assert phone.post(f"{at}/{out.others.id}/take-back").status_code == 404
    assert phone.post(f"{at}/{out.hers.id}/take-back").status_code == 303
    assert phone.post(f"{at}/{out.hers.id}/put-back").status_code in {403, 404}
    out.db.expire_all()
    assert (out.hers.state, out.others.state) == (NoteState.TAKEN_BACK, NoteState.UP)


def test_writing_that_is_locked_does_not_keep_them_from_taking_back(out):
    actions.lock(out.db, out.manager, out.workshop)
    actions.take_back(out.db, out.liv, out.hers, workshop=out.workshop)
    assert out.hers.state is NoteState.TAKEN_BACK


def test_they_erase_their_name_and_what_they_took_back_by_themselves(worker, out, browse):
    phone, at = phone_of(out, browse), f"/s/{out.workshop.no}"
    phone.post(f"{at}/notes/{out.hers.id}/take-back")
    answer = phone.post(f"{at}/me/erase")
    assert (answer.status_code, answer.headers["location"]) == (303, "/en")
    out.db.expire_all()
    assert (out.card.name, out.card.email, out.card.reason, out.hers.text) == ("", "", "", "")
    assert phone.get(f"{at}/me/data").status_code == 404
    worker.drain()
    assert letters(out) == []
    log = out.db.exec(select(Event).join(EventPlace).where(EventPlace.place_id == out.workshop.id)).all()
    assert "Liv Sole" not in str([each.facts for each in log])


def test_somebody_elses_card_is_not_erased_by_them(out):
    stranger = replace(out.liv, seats={})
    with pytest.raises(Forbidden):
        actions.erase(out.db, stranger, out.workshop)


def names(room, verb, key="who"):
    of_room = (
        select(Event).join(EventPlace).where(EventPlace.place_id == room.workshop.id, Event.verb == verb)
    )
    return [each.facts[key] for each in room.db.exec(of_room.order_by(Event.id)).all()]


def test_a_namesake_keeps_what_they_did_when_the_other_is_erased(room):
    one, two = room.comes("Eli Aas", "Loom"), room.comes("Eli Aas", "Fjord")
    for who in (one, two):
        room.writes(who, f"Thought of {who.cards[room.workshop.id]}")
        actions.mark(room.db, room.manager, room.workshop, card=card_of(room, who), presence=Presence.LATE)
    actions.erase(room.db, one, room.workshop)
    assert names(room, Verb.WORKSHOPS_JOIN) == ["…", "Eli Aas"]
    assert names(room, Verb.WORKSHOPS_WRITE) == ["…", "Eli Aas"]
    assert names(room, Verb.WORKSHOPS_MARK, "person") == ["…", "Eli Aas"]


def test_a_namesake_with_an_account_keeps_it_too_and_loses_it_under_another_name(room, world):
    stig = with_workshops(room.db, world.stig, "")
    actions.join(room.db, stig, room.workshop, name="Stig in the room", company="Loom", token="t" * 40)
    stig = with_workshops(room.db, world.stig, "")
    guest = room.comes(world.stig.name, "Fjord")
    mine, theirs = room.writes(stig, "A lamp"), room.writes(guest, "A bench")
    tie(room, stig, mine, theirs)
    actions.erase(room.db, stig, room.workshop)
    assert names(room, Verb.WORKSHOPS_TIE) == ["…"]
    assert names(room, Verb.WORKSHOPS_JOIN) == ["…", world.stig.name]


def tie(room, who, one, two):
    actions.tie(room.db, who, room.workshop, one=one, two=two, kind="offer", key="k" * 9)
    assert room.db.exec(select(Tie).where(Tie.from_id == one.id)).one()


def test_whoever_puts_their_name_right_has_the_new_one_in_the_log_and_a_namesake_the_old(room):
    one, two = room.comes("Eli Aas", "Loom"), room.comes("Eli Aas", "Fjord")
    company = room.db.exec(select(Company).where(Company.workshop_id == room.workshop.id)).first()
    actions.name_oneself(room.db, two, room.workshop, name="Elin Aas", company=company)
    assert names(room, Verb.WORKSHOPS_JOIN) == ["Eli Aas", "Elin Aas"]
    actions.erase(room.db, one, room.workshop)
    assert names(room, Verb.WORKSHOPS_JOIN) == ["…", "Elin Aas"]


def test_a_facilitator_with_a_card_keeps_what_they_did_for_the_room(room):
    both = replace(room.manager, seats={**room.manager.seats}, cards={})
    actions.join(room.db, both, room.workshop, name="Priya", company="Loom", token="p" * 40)
    both = with_workshops(room.db, room.manager, "")
    actions.lock(room.db, both, room.workshop)
    actions.erase(room.db, both, room.workshop)
    assert names(room, Verb.WORKSHOPS_LOCK) == [room.manager.name]
    assert room.db.exec(select(Note)).first() is not None
