"""The next morning: results that are published, one letter for each author, and whoever wants to be forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from crosslab.core import clock
from crosslab.core.actor import NOBODY_YET
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.core.events import Event
from crosslab.core.find import seen_by
from crosslab.core.jobs import Job
from crosslab.core.mail import Letter
from crosslab.rules import ResultsState
from crosslab.workshops import actions
from crosslab.workshops.after import queries as after
from crosslab.workshops.after.effect import effect
from crosslab.workshops.after.tables import Audience, CardLetter, Outcome, Results
from crosslab.workshops.links import LinkKind
from crosslab.workshops.queries import wall
from crosslab.workshops.seats import with_workshops
from crosslab.workshops.tables import Card


@pytest.fixture
def over(room):
    """Two people wrote and tied, one note was removed, the day is over and summed up."""
    room.ane = room.comes("Ane Berg", "Fjordlys AS", email="ane@light.example", language="no")
    room.tom = room.comes("Tom Vik", "Loom", email="tom@loom.example")
    room.eli = room.comes("Eli Aas", "Loom")
    one, two = room.writes(room.ane, "Light without wires"), room.writes(room.tom, "Cloth that glows")
    rude = room.writes(room.tom, "Something rude")
    room.writes(room.eli, "A roof of cloth")
    actions.tie(
        room.db,
        room.ane,
        room.workshop,
        one=one,
        two=two,
        kind=LinkKind.OFFER,
        why="It needs light",
        key="k" * 9,
    )
    actions.remove(room.db, room.manager, rude, workshop=room.workshop, reason="It is about a person.")
    actions.gather(room.db, room.manager, room.workshop, title="Glow", notes=[one, two])
    actions.finish(room.db, room.manager, room.workshop)
    room.results = actions.sum_up(
        room.db, room.manager, room.workshop, summary="It glows.", audience=Audience.ROOM
    )
    return room


def published(room):
    actions.publish(room.db, room.manager, room.results, workshop=room.workshop)
    return room


def told(room):
    actions.feed_back(room.db, room.manager, published(room).results, workshop=room.workshop)
    room.db.commit()
    return room


def letters(db):
    return {
        each.to: each
        for each in db.exec(select(Letter).where(Letter.to.in_(["ane@light.example", "tom@loom.example"])))
    }


def sees(room, actor):
    return (
        room.db.exec(seen_by(actor, Results).where(Results.workshop_id == room.workshop.id)).first()
        is not None
    )


def test_a_draft_is_seen_by_those_who_run_it_alone(over, world):
    assert sees(over, over.manager)
    assert not sees(over, over.ane)
    published(over)
    assert over.results.state is ResultsState.PUBLISHED
    assert sees(over, over.ane)
    assert not sees(over, world.stig)
    assert not sees(over, NOBODY_YET)


def test_results_for_everyone_are_seen_by_a_stranger_until_they_are_taken_back(over):
    actions.sum_up(over.db, over.manager, over.workshop, summary="It glows.", audience=Audience.EVERYONE)
    assert sees(published(over), NOBODY_YET)
    actions.withdraw(over.db, over.manager, over.results, workshop=over.workshop)
    assert not sees(over, NOBODY_YET)


def test_a_room_that_is_open_has_no_results_to_publish(room):
    results = actions.sum_up(room.db, room.manager, room.workshop, summary="Early.", audience=Audience.ROOM)
    with pytest.raises(Refused, match="not over"):
        actions.publish(room.db, room.manager, results, workshop=room.workshop)


def test_every_author_with_an_address_is_told_once_in_their_language(worker, over):
    told(over)
    worker.drain()
    found = letters(over.db)
    assert sorted(found) == ["ane@light.example", "tom@loom.example"]
    assert "Light without wires" in found["ane@light.example"].text
    assert found["ane@light.example"].subject.startswith("Hva det ble av lappene dine")
    tom = found["tom@loom.example"].text
    assert "Fjordlys AS tied a thread to it: It needs light" in tom
    assert "The reason: It is about a person." in tom
    assert "“Glow”, to which 2 companies contributed" in tom
    assert "Ane" not in tom


def test_pressed_again_nobody_gets_a_second_letter(worker, over):
    told(over)
    with pytest.raises(Refused, match="has had their letter"):
        actions.feed_back(over.db, over.manager, over.results, workshop=over.workshop)
    over.db.commit()
    worker.drain()
    worker.drain()
    assert len(over.db.exec(select(Letter).where(Letter.to == "tom@loom.example")).all()) == 1


def test_who_leaves_an_address_later_is_told_then(worker, over):
    told(over)
    eli = over.db.exec(select(Card).where(Card.name == "Eli Aas")).one()
    eli.email = "eli@loom.example"
    assert actions.feed_back(over.db, over.manager, over.results, workshop=over.workshop) == 1


def test_a_letter_that_failed_is_seen_and_goes_to_the_right_address(worker, over):
    told(over)
    failed = over.db.exec(
        select(Job).where(Job.name == "mail.send").where(Job.once.startswith("workshop"))
    ).first()
    failed.failed_at = now()
    over.db.commit()
    bad = next(each for each in after.authors(over.db, over.workshop) if each.sent == after.FAILED)
    facts = {"workshop": over.workshop, "card": bad.card, "email": "right@loom.example"}
    actions.readdress(over.db, over.manager, over.results, **facts)
    over.db.commit()
    worker.drain()
    assert over.db.exec(select(Letter).where(Letter.to == "right@loom.example")).one()


def test_a_letters_link_opens_the_card_on_another_device(worker, over, browse):
    told(over)
    worker.drain()
    link = next(word for word in letters(over.db)["tom@loom.example"].text.split() if "/l/" in word)
    phone = browse()
    assert phone.get(f"/s/{over.workshop.no}/me/notes").status_code == 403
    answer = phone.get("/l/" + link.rsplit("/", 1)[1])
    assert answer.headers["location"] == f"/s/{over.workshop.no}/me/notes"
    assert "Cloth that glows" in phone.get(f"/s/{over.workshop.no}/me/notes").text
    assert phone.get(f"/s/{over.workshop.no}/results").status_code == 200
    assert browse().get("/l/made-up").status_code == 404


def test_erasing_takes_the_name_everywhere_and_leaves_the_note(worker, over, browse):
    told(over)
    over.db.commit()
    actions.erase(over.db, over.tom, over.workshop)
    over.db.commit()
    worker.drain()
    assert "tom@loom.example" not in letters(over.db)
    card = over.db.exec(select(Card).where(Card.id == over.tom.cards[over.workshop.id])).one()
    assert (card.name, card.email, card.person_id) == ("", "", None)
    assert "Tom Vik" not in str([event.facts for event in over.db.exec(select(Event)).all()])
    assert "Cloth that glows" in [note.text for note in wall(over.db, over.workshop).notes]
    assert over.db.exec(select(CardLetter).where(CardLetter.card_id == card.id)).first() is None


def test_who_signs_in_with_the_same_browser_keeps_the_card_in_the_account(over, world):
    both = replace(world.stig, cards=over.tom.cards, seats={**world.stig.seats, **over.tom.seats})
    actions.claim(over.db, both, over.workshop)
    elsewhere = with_workshops(over.db, world.stig, "")
    assert elsewhere.cards == over.tom.cards
    with pytest.raises(Refused, match="account already"):
        actions.claim(over.db, both, over.workshop)


def test_weeks_later_everybody_is_asked_and_once_more(worker, over):
    told(over)
    actions.ask_after(over.db, over.manager, over.results, workshop=over.workshop, days=30)
    actions.ask_after(over.db, over.manager, over.results, workshop=over.workshop, days=20)
    over.db.commit()
    for days, many in ((10, 2), (21, 4), (31, 5), (60, 5)):
        with clock.at(now() + timedelta(days=days)):
            worker.drain()
            if days == 21:
                actions.answer(
                    over.db, over.tom, over.workshop, outcome=Outcome.MEETING, companies=[], words="Met"
                )
                over.db.commit()
        assert len(over.db.exec(select(Letter).where(Letter.to.in_(list(letters(over.db))))).all()) == many, (
            days
        )


def test_who_wants_no_letters_gets_none(worker, over):
    actions.stop(over.db, over.tom, over.workshop)
    told(over)
    worker.drain()
    assert sorted(letters(over.db)) == ["ane@light.example"]


def test_answers_are_told_from_five_on(over):
    people = [over.ane, over.tom, over.eli]
    for each in people:
        actions.answer(
            over.db, each, over.workshop, outcome=Outcome.CONTACT, companies=[], words="Secret words"
        )
    few = effect(over.db, over.workshop, wall(over.db, over.workshop, names=False))
    assert (few.answered, few.enough, few.outcomes, few.words) == (3, False, {}, [])
    line = next(each for each in few.lines if each.company.name == "Loom")
    assert (sum(line.present.values()), line.notes, line.reached) == (2, 2, 1)


def test_attendance_and_effect_are_taken_away_by_whoever_runs_it_and_nobody_else(over, browse, world):
    next(each for each in wall(over.db, over.workshop).companies if each.name == "Loom").name = "=Loom()"
    over.db.commit()
    at, priya = f"/s/{over.workshop.no}/effect", browse(over.manager)
    assert all(f'href="{at}.{kind}"' in priya.get(at).text for kind in ("csv", "json"))
    head, *lines = priya.get(f"{at}.csv").text.splitlines()
    assert head.startswith("\ufeffcompany,here,late,expected,absent,notes")
    assert [line.split(",")[0] for line in lines if "Loom" in line] == ["'=Loom()"]
    for other in (browse(world.stig), browse(world.helen), browse()):
        assert {other.get(f"{at}.{kind}").status_code for kind in ("csv", "json")} <= {303, 401, 403, 404}


def test_the_effect_for_programs_tells_answers_from_five_on(over, browse):
    actions.answer(over.db, over.ane, over.workshop, outcome=Outcome.CONTACT, companies=[], words="Secret")
    over.db.commit()
    answer = browse(over.manager).get(f"/s/{over.workshop.no}/effect.json")
    found = answer.json()
    assert (found["form"], found["answered"], found["outcomes"]) == ("crosslab-effect-1", 1, None)
    assert "Secret" not in answer.text
    assert sum(line["notes"] for line in found["companies"]) == len(wall(over.db, over.workshop).notes)
