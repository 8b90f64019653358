"""The queue: whatever people do, no place is given twice, and nobody is passed over. Two at once included."""

import threading
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from crosslab.core.actor import NOBODY_YET
from crosslab.core.db import session as opened
from crosslab.core.db import transaction
from crosslab.core.errors import Refused
from crosslab.demo.world import world_in
from crosslab.people.tokens import new_token
from crosslab.rules import RegistrationState
from crosslab.sessions import actions, queries
from crosslab.sessions.giving import fill, is_overdue
from crosslab.sessions.letters import new_key
from crosslab.sessions.queue import answer_by, free_places, prove_by
from crosslab.sessions.seats import with_sessions
from crosslab.sessions.tables import OpenSession, Registration
from tests.sessions.conftest import Hall

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOURS = st.floats(min_value=0.01, max_value=2_000)
DEEDS = st.sampled_from(["comes", "types", "leaves", "lapses", "places", "erases"])
STEPS = st.lists(st.tuples(DEEDS, st.integers(0, 8)), max_size=14)


@given(HOURS)
def test_a_place_is_kept_at_most_half_of_what_is_left(hours):
    begins = NOON + timedelta(hours=hours)
    until = answer_by(NOON, begins)
    assert until is None or NOON < until <= NOON + (begins - NOON) / 2
    assert prove_by(NOON, begins) >= NOON + timedelta(minutes=15)


@given(st.one_of(st.none(), st.integers(0, 50)), st.integers(0, 80))
def test_there_are_never_fewer_than_no_places(capacity, taken):
    free = free_places(capacity, taken)
    assert free is None if capacity is None else 0 <= free <= capacity


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(STEPS)
def test_no_place_is_given_twice_and_nobody_is_passed_over(db, world, steps):
    hall = Hall(db, world.ane, world.programme, capacity=2).published()
    for n, (step, which) in enumerate(steps):
        before = queries.count_taken(db, hall.session)
        _do(hall, step, which, n)
        _holds(hall, before)


def _do(hall, step, which, n):
    """One thing somebody does."""
    there = queries.standing(hall.db, hall.session)
    if step == "comes":
        hall.comes(f"P{n}")
    elif step == "types":
        hall.registers(f"P{n}")
    elif step == "places":
        actions.describe(hall.db, hall.host, hall.session, capacity=1 + which % 4)
    elif there:
        _ends(hall, step, there[which % len(there)])


def _ends(hall, step, one):
    oneself = with_sessions(hall.db, NOBODY_YET, new_key(hall.db, one))
    if step == "leaves":
        actions.leave(hall.db, oneself, one, session=hall.session)
    elif step == "erases":
        actions.erase(hall.db, oneself, one, session=hall.session)
    elif one.state is not RegistrationState.REGISTERED:
        queries.hold(hall.db, hall.session)
        actions.lapse(hall.db, hall.session, one)
        fill(hall.db, hall.session)


def _holds(hall, before):
    """Nobody gets a place beyond what there is; nobody waits while one is free; the queue keeps its order."""
    taken = queries.count_taken(hall.db, hall.session)
    waiting = queries.waiting(hall.db, hall.session)
    assert taken <= max(hall.session.capacity, before)
    assert not waiting or taken >= hall.session.capacity
    placed = [each.nth for each in queries.standing(hall.db, hall.session) if each not in waiting]
    assert not waiting or max(placed, default=0) < min(each.nth for each in waiting)


def test_twenty_at_once_get_eight_places_and_twelve_turns(house):
    no = _session(house.engine, capacity=8)
    together(20, lambda n: _register(house.engine, no, n))
    states = _states(house.engine, no)
    assert sorted(states) == ["held"] * 8 + ["waiting"] * 12


def test_two_who_leave_at_once_make_room_for_two(house):
    no = _session(house.engine, capacity=4)
    for n in range(8):
        _register(house.engine, no, n)
    together(4, lambda n: _leave(house.engine, no, n))
    states = _states(house.engine, no)
    assert (states.count("left"), states.count("held"), states.count("waiting")) == (4, 4, 0)


def test_one_address_typed_twenty_times_at_once_has_one_place(house):
    no = _session(house.engine, capacity=8)
    together(20, lambda _: _register(house.engine, no, 1))
    assert _states(house.engine, no) == ["held"]


def test_who_says_yes_and_who_lets_it_lapse_at_once_leave_one_of_both(house, later):
    no = _session(house.engine, capacity=1)
    for n in range(2):
        _register(house.engine, no, n)
    with later(hours=1, minutes=59):
        together(2, lambda n: _confirm(house.engine, no) if n else _lapse(house.engine, no))
    with later(hours=3):
        _lapse(house.engine, no)
    assert _states(house.engine, no).count("registered") + _states(house.engine, no).count("held") == 1


def test_numbers_of_sessions_planned_at_once_are_all_different(house):
    together(8, lambda _: _session(house.engine, capacity=None))
    with opened(house.engine) as db:
        numbers = db.exec(select(OpenSession.no)).all()
    assert len(numbers) == len(set(numbers))


def together(many, does):
    """Everybody at the same moment, each in a thread of their own."""
    gate, troubles = threading.Barrier(many), []

    def one(n):
        gate.wait()
        try:
            does(n)
        except Refused:
            pass
        except Exception as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=one, args=(n,)) for n in range(many)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert troubles == []


def _session(engine, *, capacity):
    with transaction(engine) as db:
        world = world_in(db)
        return Hall(db, world.ane, world.programme, capacity=capacity).published().session.no


def _of(db, no):
    return db.exec(select(OpenSession).where(OpenSession.no == no)).one()


def _register(engine, no, n):
    with transaction(engine) as db:
        email = f"p{n}@example.org"
        actions.register(db, NOBODY_YET, _of(db, no), name=f"P{n}", email=email, token=new_token())


def _who(db, no, n):
    session = _of(db, no)
    return session, db.exec(
        select(Registration).where(Registration.session_id == session.id, Registration.name == f"P{n}")
    ).one()


def _leave(engine, no, n):
    with transaction(engine) as db:
        session, one = _who(db, no, n)
        actions.leave(db, with_sessions(db, NOBODY_YET, new_key(db, one)), one, session=session)


def _confirm(engine, no):
    with transaction(engine) as db:
        session, one = _who(db, no, 0)
        actions.confirm(db, with_sessions(db, NOBODY_YET, new_key(db, one)), one, session=session)


def _lapse(engine, no):
    with transaction(engine) as db:
        session = _of(db, no)
        queries.hold(db, session)
        for one in queries.standing(db, session):
            if is_overdue(one):
                actions.lapse(db, session, one)
                fill(db, session)


def _states(engine, no):
    with opened(engine) as db:
        rows = select(Registration.state).where(Registration.session_id == _of(db, no).id)
        return [str(state) for state in db.exec(rows.order_by(col(Registration.nth))).all()]
