"""Planning, publishing, the door, cancelling: what hosts do, and who may not."""

from datetime import timedelta

import pytest
from sqlmodel import select

from crosslab.core.actor import NOBODY_YET
from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Refused
from crosslab.core.find import seen_by
from crosslab.people.tables import Person
from crosslab.rules import Role, Verb
from crosslab.sessions import actions, queries
from crosslab.sessions.seats import with_sessions
from crosslab.sessions.tables import OpenSession, Registration
from crosslab.workshops.numbers import next_no
from crosslab.workshops.tables import Presence, Workshop
from tests.sessions.conftest import Hall


def test_a_contributor_plans_for_their_firm_and_nobody_for_another_s(db, world):
    assert Hall(db, world.lars, world.programme).session.state == "planned"
    for other in (world.tom, world.stig, world.mei):
        with pytest.raises(Forbidden):
            Hall(db, other, world.programme)


def test_a_manager_plans_for_any_firm_of_the_programme(db, world):
    assert Hall(db, world.priya, world.programme).session.organisation_id


def test_workshops_and_sessions_share_one_sequence_of_numbers(planned):
    taken = set(planned.db.exec(select(Workshop.no)).all())
    assert planned.session.no not in taken
    assert next_no(planned.db, planned.session.starts_at.year) == planned.session.no[:5] + (
        f"{int(planned.session.no[5:]) + 1:03}"
    )


def test_what_is_planned_is_seen_by_those_who_run_it_alone(planned, world):
    seen = [
        planned.db.exec(seen_by(actor, OpenSession).where(OpenSession.id == planned.session.id)).one_or_none()
        for actor in (NOBODY_YET, world.tom, world.helen, world.ane, world.lars, world.priya)
    ]
    assert [each is not None for each in seen] == [False, False, False, True, True, True]


def test_a_session_does_not_end_before_it_begins(planned):
    with pytest.raises(Refused) as no:
        actions.describe(planned.db, planned.host, planned.session, ends_at=planned.session.starts_at)
    assert no.value.field == "ends_at"


def test_a_firm_that_is_not_verified_publishes_through_the_manager(planned, world):
    planned.house.state = "unverified"
    with pytest.raises(Refused):
        planned.published()
    actions.publish(planned.db, world.priya, planned.session)
    assert planned.session.state == "open"


def test_what_would_begin_in_the_past_is_not_published(planned, later):
    with later(days=11), pytest.raises(Refused):
        planned.published()


def test_a_host_who_was_appointed_runs_the_door_and_cancels_nothing(hall, world, db):
    sam = person_of(db, world.sam)
    actions.appoint(db, hall.host, hall.session, person=sam)
    host = with_sessions(db, world.sam, "")
    assert host.may(Verb.SESSIONS_MARK, hall.session)
    with pytest.raises(Forbidden):
        actions.cancel(db, host, hall.session, reason="No.")
    actions.dismiss(db, hall.host, hall.session, person=sam)
    assert Role.FACILITATOR not in with_sessions(db, world.sam, "").roles_at([hall.session.id])


def person_of(db, actor):
    return db.exec(select(Person).where(Person.id == actor.person_id)).one()


def test_everybody_who_registered_is_told_that_it_is_cancelled(hall):
    for name in ("Ada", "Ben", "Cai", "Dan"):
        hall.comes(name)
    hall.registers("Typed")
    actions.cancel(hall.db, hall.host, hall.session, reason="A storm.")
    letters = hall.letters(kind="session_cancelled")
    assert len(letters) == 5
    assert [letter.facts["facts"].get("event", {}).get("cancelled") for letter in letters] == [True] * 3 + [
        None
    ] * 2
    with pytest.raises(Refused):
        hall.registers("Late")


def test_a_new_time_is_told_and_new_words_are_not(hall):
    hall.comes("Ada")
    actions.describe(hall.db, hall.host, hall.session, lead="Other words.")
    assert not hall.letters(kind="session_changed")
    begins = hall.session.starts_at + timedelta(days=1)
    actions.describe(hall.db, hall.host, hall.session, starts_at=begins, ends_at=begins + timedelta(hours=1))
    assert len(hall.letters(hall.of("Ada"), "session_changed")) == 1


def test_another_like_it_is_as_long_and_has_nobody_in_it(hall):
    hall.comes("Ada")
    made = actions.copy(hall.db, hall.host, hall.session, starts_at=now() + timedelta(days=40))
    assert (made.state, made.title, made.ends_at - made.starts_at) == (
        "planned",
        hall.session.title,
        timedelta(hours=2),
    )
    assert made.code != hall.session.code
    assert queries.count_taken(hall.db, made) == 0


def test_who_is_here_late_or_absent_is_noted_by_those_who_run_it(hall, world):
    hall.comes("Ada")
    for presence in (Presence.HERE, Presence.LATE, Presence.ABSENT, Presence.HERE):
        actions.mark(hall.db, world.lars, hall.of("Ada"), session=hall.session, presence=presence)
    assert queries.count_here(hall.db, hall.session) == 1
    with pytest.raises(Forbidden):
        actions.mark(hall.db, world.tom, hall.of("Ada"), session=hall.session, presence=Presence.HERE)


def test_only_who_has_a_place_can_be_here(hall):
    hall.registers("Ada")
    with pytest.raises(Refused):
        actions.mark(hall.db, hall.host, hall.of("Ada"), session=hall.session, presence=Presence.HERE)


def test_walk_ins_are_let_in_while_fewer_are_here_than_there_are_places(hall):
    for name in ("Ada", "Ben", "Cai", "Dan"):
        hall.comes(name)
    for name in ("Walk", "In"):
        actions.seat(hall.db, hall.host, hall.session, name=name)
    actions.seat(hall.db, hall.host, hall.session, waits=hall.of("Dan"))
    assert (hall.of("Dan").state, hall.of("Walk").walk_in) == ("registered", True)
    with pytest.raises(Refused):
        actions.seat(hall.db, hall.host, hall.session, name="One more")


def test_needs_are_seen_by_those_who_run_it_and_by_oneself(hall, world):
    ada = hall.comes("Ada", access="A hearing loop")
    seen = [
        hall.db.exec(seen_by(actor, Registration).where(Registration.name == "Ada")).one_or_none()
        for actor in (NOBODY_YET, world.tom, world.helen, ada, world.lars, world.priya)
    ]
    assert [each is not None for each in seen] == [False, False, False, True, True, True]


def test_once_it_has_begun_nobody_is_promoted_by_itself(hall, later):
    ada = hall.comes("Ada")
    for name in ("Ben", "Cai", "Dan"):
        hall.comes(name)
    with later(days=10, minutes=5):
        actions.begin(hall.db, hall.host, hall.session)
        actions.leave(hall.db, ada, hall.of("Ada"), session=hall.session)
        assert hall.of("Dan").state == "waiting"
