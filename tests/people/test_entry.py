"""The way in: a link by mail, used once."""

from datetime import timedelta

import pytest
from sqlmodel import select

from crosslab.core import clock
from crosslab.core.actor import NOBODY_YET
from crosslab.core.clock import now
from crosslab.core.errors import Missing, Refused
from crosslab.core.events import Event
from crosslab.core.find import find
from crosslab.core.jobs import Job
from crosslab.people import actions, queries
from crosslab.people.tables import Person, Presence, SignInLink
from crosslab.people.tokens import digest
from crosslab.rules import Verb


def a_link(db, email="ane@fjordlys.example", token="a-token"):
    link = SignInLink(email=email, token_hash=digest(token), ends_at=now() + timedelta(minutes=20))
    db.add(link)
    db.commit()
    return link


def used(db, link, name=""):
    return actions.sign_in(db, NOBODY_YET, link, name=name, language="no", browser="Firefox on Linux")


def test_asking_for_a_link_puts_a_letter_in_the_queue(browse, db):
    answer = browse().post("/sign-in", {"email": "ane@fjordlys.example", "next": "/desk"})

    assert answer.status_code == 303
    assert db.exec(select(Job.name).where(Job.name == "mail.send", Job.done_at.is_(None))).first()


def test_known_and_unknown_addresses_are_answered_alike(browse):
    known = browse().post("/sign-in", {"email": "ane@fjordlys.example"})
    unknown = browse().post("/sign-in", {"email": "nobody@nowhere.example"})

    assert (known.status_code, known.headers["location"]) == (
        unknown.status_code,
        unknown.headers["location"],
    )


def test_an_address_that_is_none_is_told_beside_the_field(browse):
    answer = browse().post("/sign-in", {"email": "not an address"})

    assert answer.status_code == 422
    assert "Write an e-mail address like name@example.org." in answer.text


def test_a_form_without_its_token_is_refused_and_nothing_is_saved(browse, db):
    before = len(db.exec(select(Job)).all())
    answer = browse().post("/sign-in", {"email": "ane@fjordlys.example"}, csrf=False)

    assert answer.status_code == 403
    assert len(db.exec(select(Job)).all()) == before


def test_the_sixth_link_in_twenty_minutes_is_refused(db):
    facts = {"email": "lena@new.example", "next": "", "language": "en", "origin": ""}
    for _ in range(5):
        actions.ask_link(db, NOBODY_YET, **facts)

    with pytest.raises(Refused, match="Five links"):
        actions.ask_link(db, NOBODY_YET, **facts)
    with clock.at(now() + timedelta(minutes=21)):
        assert actions.ask_link(db, NOBODY_YET, **facts)


def test_a_link_signs_in_once(db):
    link = a_link(db)
    actor = queries.who(db, used(db, link))

    assert (actor.name, actor.signed_in) == ("Ane Nilsen", True)
    assert db.exec(select(Event).where(Event.verb == Verb.PEOPLE_SIGN_IN).order_by(Event.id.desc())).first()
    with pytest.raises(Refused, match="used already"):
        used(db, link)


def test_a_link_is_good_for_twenty_minutes(db):
    link = a_link(db)

    with clock.at(now() + timedelta(minutes=21)), pytest.raises(Refused, match="older than twenty minutes"):
        used(db, link)


def test_a_newcomer_says_their_name(db):
    link = a_link(db, email="lena@new.example")
    with pytest.raises(Refused, match="Write your name") as told:
        used(db, link)
    db.rollback()

    used(db, link, name="Lena Falk")

    assert told.value.field == "name"
    assert db.exec(select(Person.name).where(Person.email == "lena@new.example")).one() == "Lena Falk"


def test_a_used_link_offers_a_new_one(browse, db):
    link = a_link(db)
    link.used_at = now()
    db.commit()

    answer = browse().get("/sign-in/a-token")

    assert "This link was used already. Ask for a new one." in answer.text


def test_a_link_leads_where_it_was_asked_and_never_out_of_the_house(browse, db):
    for token, asked, goes in (("t-one", "/account", "/account"), ("t-two", "//evil.example", "/desk")):
        a_link(db, token=token).next = asked
        db.commit()
        assert browse().post(f"/sign-in/{token}").headers["location"] == goes


def test_a_link_we_never_sent_is_not_found(browse):
    assert browse().get("/sign-in/never-sent").status_code == 404


def test_signing_out_ends_the_session(browse, world, db):
    ane = browse(world.ane)
    assert ane.get("/account").status_code == 200

    assert ane.post("/sign-out").status_code == 303
    assert ane.get("/account").status_code == 303
    assert db.exec(select(Presence).where(Presence.ended_at.is_not(None))).first()


def test_one_ends_ones_own_sessions_and_nobody_elses(browse, world, db):
    other, ane = browse(world.ane), browse(world.ane)
    session = queries.presence_of(db, other.client.cookies["crosslab"])

    assert browse(world.lars).post(f"/account/sessions/{session.id}/end").status_code == 404
    assert ane.post(f"/account/sessions/{session.id}/end").status_code == 303
    assert other.get("/account").status_code == 303
    assert ane.get("/account").status_code == 200


def test_a_session_that_ended_cannot_be_ended_again(db, world):
    session = Presence(person_id=world.ane.person_id, token_hash="x", ends_at=now() + timedelta(days=1))
    db.add(session)
    db.flush()
    actions.revoke(db, world.ane, session)

    with pytest.raises(Refused, match="ended already"):
        actions.revoke(db, world.ane, session)
    with pytest.raises(Missing):
        find(db, world.tom, Presence, session.id)
