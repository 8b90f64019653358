"""Somebody who registered and walks in on another phone counts once, wherever people are counted."""

import pytest

from crosslab.core.actor import NOBODY_YET
from crosslab.core.errors import Forbidden, Refused
from crosslab.people.tokens import new_token
from crosslab.rules import RegistrationState
from crosslab.sessions import actions, queries
from crosslab.sessions.seats import with_sessions
from crosslab.sessions.voices import queries as voices
from crosslab.sessions.voices.tables import VoiceKind
from crosslab.workshops.tables import Presence


@pytest.fixture
def walks_in(field):
    """`walks_in("Liv")`: somebody comes in with the code, on a phone of their own."""

    def come(name, email="", actor=NOBODY_YET):
        token = new_token()
        actions.come_in(field.db, actor, field.session, name=name, token=token, email=email)
        return with_sessions(field.db, NOBODY_YET, token)

    return come


def entry(field, guest):
    return queries.own(field.db, guest, field.session)


def test_the_address_of_the_registration_makes_the_two_one(field, walks_in):
    field.comes("Liv")
    walks_in("Liv on her phone", "liv@example.org")
    assert queries.attendance(field.db, field.session) == {"placed": 1, "came": 1, "walked_in": 0}
    assert (queries.count_here(field.db, field.session), queries.count_taken(field.db, field.session)) == (
        1,
        1,
    )
    assert [one.name for one in queries.at_the_door(field.db, field.session)] == ["Liv"]
    assert field.of("Liv").presence is Presence.HERE


def test_an_address_that_nobody_registered_is_neither_kept_nor_told(field, walks_in):
    field.registers("Kim")
    ola = entry(field, walks_in("Ola", "ola@nowhere.example"))
    kim = entry(field, walks_in("Not Kim", "kim@example.org"))
    assert (ola.email, ola.same_as_id, ola.state) == ("", None, RegistrationState.REGISTERED)
    assert (kim.email, kim.same_as_id, kim.state) == ("", None, RegistrationState.REGISTERED)


def test_it_opens_nothing_of_the_registration(field, walks_in):
    field.comes("Liv")
    phone = walks_in("Somebody who knows the address", "liv@example.org")
    assert entry(field, phone).email == ""
    assert field.of("Liv").id not in phone.cards.values()
    with pytest.raises(Forbidden):
        actions.leave(field.db, phone, field.of("Liv"), session=field.session)


def test_the_door_puts_two_together_and_apart_again(field, walks_in, world):
    field.comes("Liv")
    phone = entry(field, walks_in("Livs phone"))
    assert queries.attendance(field.db, field.session)["placed"] == 2
    with pytest.raises(Forbidden):
        actions.join(field.db, world.tom, phone, registration=field.of("Liv"), session=field.session)
    actions.join(field.db, field.host, phone, registration=field.of("Liv"), session=field.session)
    assert queries.attendance(field.db, field.session) == {"placed": 1, "came": 1, "walked_in": 0}
    assert queries.phones(field.db, field.session) == {field.of("Liv").id: [phone]}
    actions.part(field.db, field.host, phone, session=field.session)
    assert queries.attendance(field.db, field.session) == {"placed": 2, "came": 2, "walked_in": 1}


def test_only_somebody_who_walked_in_is_put_with_somebody_who_has_a_place(field, walks_in):
    field.comes("Liv"), field.comes("Tom"), field.registers("Kim")
    phone = entry(field, walks_in("Livs phone"))
    for one, other, why in (
        (field.of("Tom"), field.of("Liv"), "without having registered"),
        (phone, phone, "somebody else"),
        (phone, field.of("Kim"), "no place yet"),
    ):
        with pytest.raises(Refused, match=why):
            actions.join(field.db, field.host, one, registration=other, session=field.session)
    actions.join(field.db, field.host, phone, registration=field.of("Liv"), session=field.session)
    second = entry(field, walks_in("Another phone"))
    with pytest.raises(Refused, match="already"):
        actions.join(field.db, field.host, second, registration=phone, session=field.session)


def test_a_place_is_taken_once(planned, db):
    hall = planned.published()
    hall.comes("Liv")
    actions.come_in(
        db, NOBODY_YET, hall.session, name="Livs phone", token=new_token(), email="liv@example.org"
    )
    taken, _ = queries.counts(db, [hall.session.id])
    assert taken == {hall.session.id: 1}
    assert queries.around(db, NOBODY_YET, hall.session).free == 2


def test_one_person_supports_once_and_answers_once(field, walks_in, later):
    liv, tom = field.comes("Liv"), field.comes("Tom")
    phone = walks_in("Livs phone", "liv@example.org")
    voice = actions.say(
        field.db, tom, field.session, kind=VoiceKind.QUESTION, text="How heavy?", key="abcdefgh", agrees=True
    )
    for guest in (liv, phone):
        actions.support(field.db, guest, voice, session=field.session)
    assert voices.supporters(field.db, field.session) == {voice.id: 1}
    with later(days=10, hours=3):
        actions.finish(field.db, field.host, field.session)
        for guest, worth in ((liv, 5), (phone, 2)):
            actions.rate(field.db, guest, field.session, worth=worth)
    assert [each.worth for each in voices.opinions(field.db, field.session)] == [5]


def test_whoever_is_turned_away_is_turned_away_on_every_phone(field, walks_in):
    field.comes("Liv")
    phone = entry(field, walks_in("Livs phone", "liv@example.org"))
    actions.turn_away(field.db, field.host, field.of("Liv"), session=field.session, reason="Rude.")
    assert phone.state is RegistrationState.TURNED_AWAY


def test_whoever_erases_the_registration_is_still_one_guest(field, walks_in):
    liv = field.comes("Liv")
    phone = entry(field, walks_in("Livs phone", "liv@example.org"))
    actions.erase(field.db, liv, field.of("Liv"), session=field.session)
    field.db.expire_all()
    assert phone.same_as_id is None
    assert queries.attendance(field.db, field.session) == {"placed": 1, "came": 1, "walked_in": 1}
