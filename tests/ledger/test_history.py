"""The state in memory is what the database makes true, whatever was begun, undone, or done elsewhere."""

import copy
import os
import threading

import pytest
from sqlmodel import select

from crosslab.core.clock import now
from crosslab.core.db import connect, session, transaction
from crosslab.core.errors import Refused
from crosslab.ip_vault import client
from crosslab.ip_vault.client import Pen
from crosslab.ip_vault.keys import person_keys
from crosslab.ip_vault.replay import Logged, replay, view
from crosslab.ip_vault.statements.shape import TIME
from crosslab.ledger import log
from crosslab.ledger.history import History
from crosslab.ledger.intake import Stale, recorded
from crosslab.ledger.tables import Statement
from tests.ledger.members import arrive, hand_over, somebody


@pytest.fixture
def origin(house):
    return house.settings.log_origin


@pytest.fixture
def history(origin):
    return History(origin)


def seen(history, engine):
    with session(engine, read_only=True) as db, history.caught_up(db) as state:
        return view(state)


def anew(origin, engine):
    """What the pure rules make of everything that was recorded."""
    with session(engine, read_only=True) as db:
        rows = db.exec(select(Statement).order_by(Statement.idx)).all()
    return view(replay([Logged(row.idx, row.note.encode()) for row in rows], origin))


def pen(history, engine, keys, me=""):
    with session(engine, read_only=True) as db, history.caught_up(db) as state:
        return Pen(copy.deepcopy(state), now().strftime(TIME), os.urandom, keys, me)


def test_it_equals_what_the_pure_rules_make_of_all_statements(house, history, origin):
    with session(house.engine) as db:
        arrive(db, history, somebody(log=origin))
        arrive(db, history, somebody(log=origin), somebody(log=origin))

    assert seen(history, house.engine) == anew(origin, house.engine)


def test_what_was_undone_was_never_so(house, history, origin):
    before = seen(history, house.engine)
    with session(house.engine) as db:
        hand_over(db, history, somebody(log=origin).note)
        db.rollback()

    assert seen(history, house.engine) == before
    with session(house.engine) as db:
        arrive(db, history, somebody(log=origin))
    assert seen(history, house.engine) == anew(origin, house.engine)


def test_who_looks_before_the_commit_does_not_see_it(house, history, origin):
    before = seen(history, house.engine)
    said = somebody(log=origin)
    with session(house.engine) as db:
        hand_over(db, history, said.note)
        assert seen(history, house.engine) == before
        db.commit()

    assert said.id in seen(history, house.engine)["persons"]


def test_who_began_to_look_before_the_commit_is_brought_up_to_date(house, history, origin):
    said = somebody(log=origin)
    with session(house.engine, read_only=True) as early:
        log.size(early)
        with session(house.engine) as db:
            arrive(db, history, said)
        assert said.id in seen(history, house.engine)["persons"]
        with history.caught_up(early) as state:
            assert said.id in state.persons


def test_one_that_has_no_place_takes_the_whole_envelope_with_it(house, history, origin):
    before = seen(history, house.engine)
    good, stranger = somebody(log=origin), somebody(log="another.example/log")
    with session(house.engine) as db, pytest.raises(Refused):
        hand_over(db, history, good.note, stranger.note)

    assert seen(history, house.engine) == before
    with session(house.engine) as db:
        assert arrive(db, history, good)[0].again is False


def test_sent_again_it_is_recorded_once_even_by_two_at_the_same_moment(house, history, origin):
    said, ready, taken = somebody(log=origin), threading.Barrier(2), []

    def send():
        with session(house.engine) as db:
            ready.wait()
            taken.extend(arrive(db, history, said))

    threads = [threading.Thread(target=send) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(each.again for each in taken) == [False, True]
    assert len({each.index for each in taken}) == 1


def test_of_two_at_once_on_a_chain_one_is_told_where_to_go_on(house, history, origin):
    keys = person_keys(os.urandom(32))
    me = client.create_person(pen(history, house.engine, keys), "Two hands")
    with session(house.engine) as db:
        arrive(db, history, me)
    fresh = [person_keys(os.urandom(32)) for _ in range(2)]
    rotations = [client.rotate(pen(history, house.engine, keys, me.id), each, "routine") for each in fresh]
    ready, told = threading.Barrier(2), []

    def send(said):
        with session(house.engine) as db:
            ready.wait()
            try:
                arrive(db, history, said)
                told.append("taken")
            except Stale as stale:
                told.append((stale.size, len(stale.head)))

    threads = [threading.Thread(target=send, args=(each,)) for each in rotations]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(map(str, told)) == ["(2, 64)", "taken"]


def test_two_processes_over_one_database_read_the_same(house, origin):
    """Two replicas: each with an engine and a history of its own."""
    other = connect(house.engine.url.render_as_string(hide_password=False))
    replicas = [(house.engine, History(origin)), (other, History(origin))]

    def work(engine, history):
        for _ in range(5):
            with session(engine) as db:
                arrive(db, history, somebody(log=origin))

    threads = [threading.Thread(target=work, args=each) for each in replicas]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    views = [seen(history, engine) for engine, history in replicas]
    other.dispose()
    assert views[0] == views[1]
    assert views[0] == anew(origin, house.engine)


def test_a_replica_notices_that_the_database_was_put_back(house, history, origin):
    with session(house.engine) as db:
        arrive(db, history, somebody(log=origin))
    with transaction(house.engine) as db:
        last = db.exec(select(Statement).order_by(Statement.idx.desc())).first()
        db.delete(last)

    assert seen(history, house.engine) == anew(origin, house.engine)


def test_what_was_recorded_is_found_again(house, history, origin):
    said = somebody(log=origin)
    with session(house.engine) as db:
        with history.trial(db) as trial:
            assert recorded(db, trial, [said.note]) == []
        first = arrive(db, history, said)
        with history.trial(db) as trial:
            assert [each.index for each in recorded(db, trial, [said.note])] == [first[0].index]
            assert recorded(db, trial, [said.note, somebody(log=origin).note]) == []
