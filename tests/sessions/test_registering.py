"""Registering: who gets a place, who waits, and in which order places go on."""

from datetime import timedelta

import pytest
from sqlmodel import select

from crosslab.core.actor import NOBODY_YET
from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Refused
from crosslab.core.events import Event
from crosslab.people.tokens import new_token
from crosslab.rules import Role, Verb
from crosslab.sessions import actions, jobs, queries
from crosslab.sessions.seats import with_sessions
from crosslab.sessions.tables import RegistrationKey


def test_an_address_gets_a_place_once_it_is_proven(hall):
    kari = hall.registers("Kari")
    assert (kari.state, kari.proven_at) == ("held", None)
    actions.confirm(hall.db, hall.opens(kari), kari, session=hall.session)
    assert kari.state == "registered"
    assert [each.facts["letter"] for each in hall.letters(kari)] == ["session_confirm", "session_place"]


def test_whoever_has_an_account_has_proven_their_address(hall, world):
    made = actions.register(hall.db, world.eli, hall.session, name="Eli", email="other@example.org")
    assert (made.state, made.email, made.person_id) == ("registered", world.eli.email, world.eli.person_id)


def test_without_an_address_the_browser_is_what_knows_them(field):
    token = new_token()
    one = actions.register(field.db, NOBODY_YET, field.session, name="The baker", token=token)
    again = actions.register(field.db, NOBODY_YET, field.session, name="The baker", token=token)
    assert (one.id, one.state) == (again.id, "registered")
    assert with_sessions(field.db, NOBODY_YET, token).cards == {field.session.id: one.id}


def test_where_places_are_few_an_address_is_needed(hall):
    with pytest.raises(Refused) as no:
        hall.registers("Nobody", email="")
    assert no.value.field == "email"


def test_the_fourth_of_three_waits_and_is_told_where(hall):
    for name in ("Ada", "Ben", "Cai", "Dan", "Eva"):
        hall.comes(name)
    assert list(hall.states().values()) == ["registered"] * 3 + ["waiting"] * 2
    assert hall.letters(hall.of("Eva"), "session_waiting")[0].facts["facts"]["nth"] == 2


def test_when_somebody_leaves_the_next_is_offered_the_place_until_some_time(hall):
    ada = hall.comes("Ada")
    for name in ("Ben", "Cai", "Dan", "Eva"):
        hall.comes(name)
    actions.leave(hall.db, ada, hall.of("Ada"), session=hall.session)
    assert hall.states() == {
        "Ada": "left",
        "Ben": "registered",
        "Cai": "registered",
        "Dan": "held",
        "Eva": "waiting",
    }
    assert timedelta(hours=23, minutes=59) < hall.of("Dan").held_until - now() <= timedelta(hours=24)
    assert len(hall.letters(hall.of("Dan"), "session_offer")) == 1


def test_who_does_not_answer_in_time_makes_room_for_the_next(hall, later):
    ada = hall.comes("Ada")
    for name in ("Ben", "Cai", "Dan", "Eva"):
        hall.comes(name)
    actions.leave(hall.db, ada, hall.of("Ada"), session=hall.session)
    jobs.lapse(hall.db, str(hall.of("Dan").id))
    assert hall.of("Dan").state == "held"
    with later(hours=25):
        jobs.lapse(hall.db, str(hall.of("Dan").id))
        jobs.lapse(hall.db, str(hall.of("Dan").id))
        assert (hall.of("Dan").state, hall.of("Eva").state) == ("lapsed", "held")
        with pytest.raises(Refused):
            actions.confirm(hall.db, hall.opens(hall.of("Dan")), hall.of("Dan"), session=hall.session)


def test_more_places_move_the_queue_up_in_order(hall):
    for name in ("Ada", "Ben", "Cai", "Dan", "Eva", "Fay"):
        hall.comes(name)
    actions.describe(hall.db, hall.host, hall.session, capacity=5)
    assert [hall.of(name).state for name in ("Dan", "Eva", "Fay")] == ["held", "held", "waiting"]


def test_fewer_places_take_nobody_s_place(hall):
    for name in ("Ada", "Ben", "Cai", "Dan"):
        hall.comes(name)
    actions.describe(hall.db, hall.host, hall.session, capacity=2)
    assert [hall.of(name).state for name in ("Ada", "Ben", "Cai", "Dan")] == ["registered"] * 3 + ["waiting"]


def test_just_before_the_beginning_nobody_is_asked_whether_they_come(hall, later):
    ada = hall.comes("Ada")
    for name in ("Ben", "Cai", "Dan"):
        hall.comes(name)
    with later(days=9, hours=23, minutes=30):
        actions.leave(hall.db, ada, hall.of("Ada"), session=hall.session)
        assert hall.of("Dan").state == "registered"


def test_an_address_that_nobody_proves_loses_its_place(hall, later):
    hall.registers("Ada")
    with later(hours=3):
        jobs.lapse(hall.db, str(hall.of("Ada").id))
        assert hall.of("Ada").state == "lapsed"
        assert not hall.letters(hall.of("Ada"), "session_lapsed")


def test_registering_an_address_that_is_there_says_so_to_its_mailbox_alone(hall):
    hall.comes("Ada")
    other = hall.registers("Somebody else", email="ada@example.org")
    assert (other.name, len(hall.letters(other, "session_again"))) == ("Ada", 1)


def test_a_mailbox_is_not_filled_by_typing_its_address(hall):
    for _ in range(20):
        hall.registers("Ada")
    assert len(hall.letters(hall.of("Ada"))) <= 6


def test_a_browser_that_typed_an_address_learns_nothing_of_it(hall):
    token = new_token()
    one = actions.register(
        hall.db, NOBODY_YET, hall.session, name="Ada", email="ada@example.org", token=token
    )
    assert with_sessions(hall.db, NOBODY_YET, token).cards == {}
    assert one.state == "held"


def test_only_who_has_a_place_is_a_participant(hall):
    waiting = [hall.comes(name) for name in ("Ada", "Ben", "Cai", "Dan")][-1]
    assert Role.PARTICIPANT not in waiting.roles_at([hall.session.id])
    assert Role.PARTICIPANT in hall.opens(hall.of("Ada")).roles_at([hall.session.id])


def test_nobody_gives_up_another_s_place(hall, world):
    hall.comes("Ada")
    ben = hall.comes("Ben")
    for other in (ben, NOBODY_YET, world.stig, world.ane):
        with pytest.raises(Forbidden):
            actions.leave(hall.db, other, hall.of("Ada"), session=hall.session)


def test_what_is_erased_is_gone_and_the_place_goes_on(hall):
    ada = hall.comes("Ada")
    for name in ("Ben", "Cai", "Dan"):
        hall.comes(name)
    gone = hall.of("Ada").id
    actions.erase(hall.db, ada, hall.of("Ada"), session=hall.session)
    assert hall.states() == {"Ben": "registered", "Cai": "registered", "Dan": "held"}
    assert not hall.db.exec(select(RegistrationKey).where(RegistrationKey.registration_id == gone)).all()


def test_the_log_keeps_no_name_of_who_registered(hall, world):
    actions.register(hall.db, world.eli, hall.session, name="Eli")
    hall.comes("Ada")
    events = hall.db.exec(select(Event).where(Event.verb == Verb.SESSIONS_REGISTER)).all()
    assert {event.person_id for event in events} == {None}
    assert not {"Ada", "Eli", world.eli.name} & {str(v) for event in events for v in event.facts.values()}


def test_whoever_left_can_come_back_at_the_end_of_the_queue(hall):
    ada = hall.comes("Ada")
    for name in ("Ben", "Cai", "Dan"):
        hall.comes(name)
    actions.leave(hall.db, ada, hall.of("Ada"), session=hall.session)
    hall.comes("Ada")
    assert list(hall.states().items())[-1] == ("Ada", "waiting")


def test_whoever_was_turned_away_does_not_come_back(hall):
    ada = hall.comes("Ada")
    actions.turn_away(hall.db, hall.host, hall.of("Ada"), session=hall.session, reason="Only for neighbours.")
    again = hall.registers("Ada")
    assert again.state == "turned_away"
    with pytest.raises(Refused):
        actions.confirm(hall.db, ada, again, session=hall.session)


def test_registration_ends_when_it_is_closed_and_begins_again(hall):
    actions.close(hall.db, hall.host, hall.session)
    with pytest.raises(Refused):
        hall.registers("Ada")
    actions.reopen(hall.db, hall.host, hall.session)
    assert hall.registers("Ada").state == "held"


def test_the_database_holds_no_token(hall):
    ada = hall.registers("Ada")
    token = hall.link(ada)
    held = hall.db.exec(select(RegistrationKey.token_hash)).all()
    assert token not in held
    assert queries.keyed(hall.db, hall.session, token) is not None


def test_nobody_registers_for_what_is_only_planned(planned):
    with pytest.raises(Refused):
        planned.registers("Ada")


def test_each_verb_of_the_platform_is_nobody_s_to_do(hall, world):
    for verb in (Verb.SESSIONS_ADMIT, Verb.SESSIONS_OFFER, Verb.SESSIONS_LAPSE):
        assert not any(actor.may(verb, hall.session) for actor in (world.ane, world.priya, NOBODY_YET))
