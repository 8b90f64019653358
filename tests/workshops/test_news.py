"""What the live channel says of a wall: what is so now, in the order it was told, and nothing that is not for all."""

import json

from sqlmodel import select

from crosslab.people.tables import Person
from crosslab.workshops import actions
from crosslab.workshops.links import LinkKind
from crosslab.workshops.news import news
from crosslab.workshops.tables import Card, Company
from crosslab.workshops.wall import tell


def heard(room, after=0):
    """The changes after a number, as a phone reads them."""
    room.db.flush()
    room.db.refresh(room.workshop)
    found = news(room.db, room.workshop.id, after)
    told = [json.loads(words.decode().split("\ndata: ")[1]) for _, words in found.messages]
    assert (
        [each["seq"] for each in told]
        == [seq for seq, _ in found.messages]
        == list(range(after + 1, found.seq + 1))
    )
    return told


def test_a_note_comes_whole_with_its_author(room):
    ane = room.comes("Ane", "Fjordlys AS")
    note = room.writes(ane, "Light – without “wires” 🙂\u2028next", "B")
    told = heard(room)[-1]
    assert (told["kind"], told["id"], told["by"]) == ("note", str(note.id), "Ane")
    assert (told["text"], told["prompt"], told["theme"]) == (
        "Light – without “wires” 🙂\u2028next",
        "B",
        None,
    )
    assert (told["company"], told["paper"], told["liked"]) == (str(note.company_id), False, 0)


def test_while_names_are_hidden_nobody_is_named_and_old_numbers_name_nobody_either(room, world):
    ane = room.comes("Ane", "Fjordlys AS")
    room.writes(ane, "Light without wires")
    assert heard(room)[-1]["by"] == "Ane"
    actions.hide_names(room.db, world.priya, room.workshop)
    assert heard(room)[-1] == {"seq": room.workshop.seq, "kind": "names", "hidden": True}
    assert not any("by" in each or "Ane" in str(each.values()) for each in heard(room))
    actions.show_names(room.db, world.priya, room.workshop)
    assert "Ane" in [each.get("by") for each in heard(room)]


def test_the_words_of_a_note_that_is_gone_are_said_to_nobody(room, world):
    ane = room.comes("Ane", "Fjordlys AS")
    note = room.writes(ane, "Something rude")
    actions.rewrite(room.db, ane, note, workshop=room.workshop, text="Something very rude")
    actions.remove(room.db, world.priya, note, workshop=room.workshop, reason="Not here")
    told = heard(room)
    assert [each for each in told if each.get("id") == str(note.id)] == [
        {"seq": each["seq"], "kind": "note gone", "id": str(note.id)} for each in told[-3:]
    ]
    assert "rude" not in str(told)
    assert "Not here" not in str(told)


def test_a_note_that_is_put_back_brings_its_threads(room, world):
    ane, tom = room.comes("Ane", "Fjordlys AS"), room.comes("Tom", "Loom & Lantern")
    one, two = room.writes(ane, "Light"), room.writes(tom, "Cloth")
    facts = {"one": one, "two": two, "kind": LinkKind.OFFER, "why": "It glows", "key": "abcdefgh"}
    tie = actions.tie(room.db, ane, room.workshop, **facts)
    ends = {"from": str(one.id), "to": str(two.id), "link": "offer", "why": "It glows"}
    assert heard(room)[-1] == {"seq": room.workshop.seq, "kind": "tie", "id": str(tie.id), **ends}
    actions.take_back(room.db, tom, two, workshop=room.workshop)
    assert "It glows" not in str(heard(room))
    actions.put_back(room.db, tom, two, workshop=room.workshop)
    assert [each["kind"] for each in heard(room)[-2:]] == ["note", "tie"]


def test_a_theme_says_what_lies_on_it_and_where_it_went(room, world):
    ane, tom = room.comes("Ane", "Fjordlys AS"), room.comes("Tom", "Loom & Lantern")
    notes = [room.writes(ane, "Light"), room.writes(tom, "Cloth"), room.writes(tom, "Glow")]
    glow = actions.gather(room.db, world.priya, room.workshop, title="Glow", notes=notes[:2])
    told = heard(room)[-1]
    assert (told["title"], told["companies"], told["dots"]) == ("Glow", 2, 0)
    assert told["notes"] == [str(note.id) for note in notes[:2]]
    other = actions.gather(room.db, world.priya, room.workshop, title="Cloth", notes=notes[2:])
    actions.merge(room.db, world.priya, other, into=glow)
    gone, whole = heard(room)[-2:]
    assert gone == {"seq": gone["seq"], "kind": "theme gone", "id": str(other.id), "into": str(glow.id)}
    assert (whole["id"], len(whole["notes"])) == (str(glow.id), 3)


def test_stars_dots_steps_and_people_are_numbers_and_words(room, world):
    ane, tom = room.comes("Ane", "Fjordlys AS"), room.comes("Tom", "Loom & Lantern")
    note = room.writes(tom, "Cloth")
    glow = actions.gather(room.db, world.priya, room.workshop, title="Glow", notes=[note])
    actions.mark_interesting(room.db, ane, note, workshop=room.workshop)
    assert heard(room)[-1] == {"seq": room.workshop.seq, "kind": "liked", "id": str(note.id), "liked": 1}
    for _ in range(3):
        actions.advance(room.db, world.priya, room.workshop, minutes=5)
    step = heard(room)[-1]
    assert (step["kind"], step["state"], step["paused"]) == ("step", "voting", False)
    assert 290 <= step["left"] <= 300
    actions.vote(room.db, ane, room.workshop, theme=glow)
    assert heard(room)[-1] == {"seq": room.workshop.seq, "kind": "dots", "id": str(glow.id), "dots": 1}
    room.comes("Eli", "Tonwerk")
    assert heard(room)[-1] == {"seq": room.workshop.seq, "kind": "people", "here": 3}


def test_a_company_is_called_otherwise_and_replays_call_it_so_too(room, world):
    room.comes("Ane", "Fjordlys")
    company = room.db.exec(select(Company).where(Company.workshop_id == room.workshop.id)).one()
    actions.rename_company(room.db, world.priya, room.workshop, company=company, name="Fjordlys AS")
    names = [each["name"] for each in heard(room) if each["kind"] == "company"]
    assert names == ["Fjordlys AS", "Fjordlys AS"]


def test_who_was_sent_out_is_told_to_the_hub_and_to_nobody_else(room, world):
    ane = room.comes("Ane", "Fjordlys AS")
    card = room.db.exec(select(Card).where(Card.id == ane.cards[room.workshop.id])).one()
    before = room.workshop.seq
    actions.send_out(room.db, world.priya, room.workshop, card=card, reason="Loud")
    found = news(room.db, room.workshop.id, before)
    assert found.gone == {card.id}
    assert "Loud" not in str(found.messages)


def test_a_facilitator_from_whom_the_room_is_taken_is_told_to_the_hub_and_to_nobody_else(room, world):
    stig = room.db.exec(select(Person).where(Person.id == world.stig.person_id)).one()
    actions.appoint(room.db, world.priya, room.workshop, person=stig)
    before = room.workshop.seq
    actions.dismiss(room.db, world.priya, room.workshop, person=stig)
    found = news(room.db, room.workshop.id, before)
    assert found.gone == {stig.id}
    assert str(stig.id) not in str(found.messages)
    actions.appoint(room.db, world.priya, room.workshop, person=stig)
    assert news(room.db, room.workshop.id, before).gone == frozenset()


def test_only_the_newest_are_replayed(room):
    ane = room.comes("Ane", "Fjordlys AS")
    for n in range(12):
        room.writes(ane, f"Note {n}")
    room.db.flush()
    found = news(room.db, room.workshop.id, 0, most=10)
    assert len(found.messages) == 10
    assert b'"kind":"reload"' in found.after(0)[1]
    assert found.after(found.since)[1].count(b"id: ") == 10
    assert b'"kind":"reload"' in found.after(10**11)[1], "numbers from another life of the database"


def test_what_other_rooms_tell_is_said_as_it_was_told(room):
    tell(room.db, room.workshop.id, "harvest", id="one", table=3)
    assert heard(room)[-1] == {"seq": room.workshop.seq, "kind": "harvest", "id": "one", "table": 3}
