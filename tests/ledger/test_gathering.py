"""What many hand in at once is taken in together: each gets their own verdict and a receipt for what is durable."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import sleep

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from crosslab.core.bell import Bell
from crosslab.core.db import connect, session
from crosslab.core.errors import Refused
from crosslab.core.events import Ring, rings
from crosslab.core.ids import uuid7
from crosslab.ip_vault import note, tlog
from crosslab.ledger import checking, log
from crosslab.ledger.gathering import MOST, Gathering
from crosslab.ledger.history import History
from crosslab.ledger.intake import take_in
from crosslab.ledger.keeper import Halted, keeper
from crosslab.ledger.tables import Statement
from crosslab.rules import Verb
from tests.faults.conftest import at_once
from tests.ledger.members import somebody


class Heard(Bell):
    def __init__(self):
        super().__init__()
        self.heard = []

    def ring(self, owed):
        self.heard += owed


@pytest.fixture
def gathering(house):
    return Gathering(house.engine, History(house.settings.log_origin), keeper(house.settings), Heard())


def envelope(*said):
    return lambda db, trial: take_in(db, trial, [each.note for each in said], {})


def people(house, count):
    return [somebody(log=house.settings.log_origin) for _ in range(count)]


def handed(gathering, *envelopes):
    """What becomes of envelopes that are handed in at the same moment."""

    def hand_in(each):
        try:
            return gathering.hand_in(each)
        except Exception as trouble:
            return trouble

    return at_once(*(lambda each=each: hand_in(each) for each in envelopes))


def together(gathering, *envelopes):
    """What becomes of envelopes in this order, which gather while another one is being taken in."""
    begun, go = threading.Event(), threading.Event()

    def keeps_them_waiting(db, trial):
        begun.set()
        go.wait()
        return []

    with ThreadPoolExecutor(len(envelopes) + 1) as threads:
        threads.submit(gathering.hand_in, keeps_them_waiting)
        begun.wait()
        answers = []
        for count, each in enumerate(envelopes, 1):
            answers.append(threads.submit(gathering.hand_in, each))
            while len(gathering._turns) < count:
                sleep(0.001)
        go.set()
    return [each.exception() or each.result() for each in answers]


def known(house, said):
    with session(house.engine, read_only=True) as db:
        return {each.id for each in said} & set(db.exec(select(Statement.id)).all())


def test_thirty_two_at_once_share_checkpoints_and_each_receipt_is_good(house, gathering):
    made = people(house, 32)
    answers = handed(gathering, *(envelope(each) for each in made))
    kept = keeper(house.settings)
    points = set()
    for said, (taken, (receipt,)) in zip(made, answers, strict=True):
        entry = tlog.statement_entry(said.id, said.note, None)
        parsed = tlog.parse_receipt(receipt)
        points.add(tlog.verify_receipt(parsed, entry, kept.origin, kept.key.public).size)
        assert (taken[0].said.id, taken[0].index) == (said.id, parsed.index)
    assert len(points) < 32
    assert checking.check(house.engine, kept).troubles == []


def test_one_that_is_refused_spoils_nothing_for_its_neighbours(house, gathering):
    good, stranger = people(house, 6), somebody(log="another.example/log1")
    pair = envelope(people(house, 1)[0], stranger)
    answers = handed(gathering, *map(envelope, good[:3]), pair, envelope(stranger), *map(envelope, good[3:]))

    assert [isinstance(each, Refused) for each in answers] == [False] * 3 + [True] * 2 + [False] * 3
    assert known(house, good) == {each.id for each in good}
    assert checking.check(house.engine, keeper(house.settings)).troubles == []


def test_what_was_refused_late_leaves_no_statement_no_entry_and_no_ring(house, gathering):
    first, late, last = people(house, 3)

    def refused_late(db, trial):
        take_in(db, trial, [late.note], {})
        rings(db).append(Ring(uuid7(), Verb.WORKSPACE_RECORD))
        raise Refused("not this one")

    with session(house.engine, read_only=True) as db:
        before = log.size(db)
    handed(gathering, envelope(first), refused_late, envelope(last))
    with session(house.engine, read_only=True) as db:
        assert log.size(db) == before + 2
    assert known(house, [first, late, last]) == {first.id, last.id}
    assert gathering._bell.heard == []


def test_the_same_statement_handed_in_by_many_at_once_is_taken_in_once(house, gathering):
    (said,) = people(house, 1)
    answers = handed(gathering, *[envelope(said)] * 8)

    assert sorted(taken[0].again for taken, _ in answers) == [False] + [True] * 7
    assert len({taken[0].index for taken, _ in answers}) == 1


def test_a_halted_log_tells_everybody_and_takes_nothing_in(house, gathering):
    mark = house.var / "log.mark"
    with session(house.engine, read_only=True) as db:
        keeper(house.settings).checkpoint(db)
    mark.write_text(json.dumps({**json.loads(mark.read_text()), "size": 10_000}))
    made = people(house, 5)

    assert {type(each) for each in handed(gathering, *map(envelope, made))} == {Halted}
    assert known(house, made) == set()


def test_a_commit_that_fails_is_told_to_all_and_the_next_ones_go_on(house, gathering):
    made = people(house, 4)

    def breaks(db, trial):
        db.connection().invalidate()
        return []

    for each in handed(gathering, *map(envelope, made[:3]), breaks):
        assert isinstance(each, Exception) or known(house, made)
    ((taken, (receipt,)),) = handed(gathering, envelope(made[3]))
    assert tlog.parse_receipt(receipt).index == taken[0].index
    assert checking.check(house.engine, keeper(house.settings)).troubles == []


def test_what_waits_for_the_end_is_stored_before_somebody_asks_for_it(house, gathering):
    first, second = people(house, 2)
    seen = []

    def looks(db, trial):
        trial.write(db)
        seen.extend(db.exec(select(Statement.id).where(Statement.id == first.id)))
        return take_in(db, trial, [second.note], {})

    answers = together(gathering, envelope(first), looks)
    assert seen == [first.id]
    assert [taken[0].said.id for taken, _ in answers] == [first.id, second.id]


def test_what_was_stored_for_one_that_is_refused_then_is_stored_again(house, gathering):
    first, refused, last = people(house, 3)

    def looks_and_is_refused(db, trial):
        trial.write(db)
        take_in(db, trial, [refused.note], {})
        trial.write(db)
        raise Refused("not this one")

    answers = together(gathering, envelope(first), looks_and_is_refused, envelope(last))
    assert [isinstance(each, Refused) for each in answers] == [False, True, False]
    assert known(house, [first, refused, last]) == {first.id, last.id}
    assert checking.check(house.engine, keeper(house.settings)).troubles == []


def test_a_statement_that_comes_again_in_the_same_turn_is_found_though_it_waits(house, gathering):
    (said,) = people(house, 1)
    answers = together(gathering, envelope(said), envelope(said))

    assert [(taken[0].index, taken[0].again) for taken, _ in answers] == [
        (answers[0][0][0].index, False),
        (answers[0][0][0].index, True),
    ]


def test_rows_that_cannot_be_stored_are_told_to_all_and_nothing_is_kept(house, gathering):
    """As when a row of the database was changed behind the register's back."""
    made = people(house, 3)

    def spoils(db, trial):
        taken = take_in(db, trial, [made[1].note], {})
        trial.add({**trial._rows[-1]}, b"")
        return taken

    answers = together(gathering, envelope(made[0]), spoils, envelope(made[2]))
    assert all(isinstance(each, IntegrityError) for each in answers)
    assert known(house, made) == set()
    gathering.hand_in(envelope(made[0]))
    assert checking.check(house.engine, keeper(house.settings)).troubles == []


def test_more_than_one_turn_takes_are_led_on_by_the_first_who_is_left(house, gathering):
    made = people(house, MOST + 8)
    answers = together(gathering, *map(envelope, made))

    assert [taken[0].said.id for taken, _ in answers] == [each.id for each in made]
    assert len({tlog.parse_receipt(receipt).checkpoint for _, (receipt,) in answers}) == 2


def test_two_processes_gather_over_one_database(house):
    """Two replicas, each with an engine, a history and a keeper of its own."""
    other = connect(house.engine.url.render_as_string(hide_password=False))
    replicas = [
        Gathering(engine, History(house.settings.log_origin), keeper(replace(house.settings)), Bell())
        for engine in (house.engine, other)
    ]
    made = people(house, 16)
    answers = at_once(*(lambda n=n: replicas[n % 2].hand_in(envelope(made[n])) for n in range(16)))
    other.dispose()

    assert len({taken[0].index for taken, _ in answers}) == 16
    public = note.parse_vkey(keeper(house.settings).vkey).public
    for said, (_, (receipt,)) in zip(made, answers, strict=True):
        entry = tlog.statement_entry(said.id, said.note, None)
        tlog.verify_receipt(tlog.parse_receipt(receipt), entry, house.settings.log_origin, public)
    assert checking.check(house.engine, keeper(house.settings)).troubles == []


def test_whoever_comes_alone_is_not_kept_waiting_for_others(house, gathering):
    for said in people(house, 3):
        gathering.hand_in(envelope(said))

    assert (gathering._before, threading.active_count()) == (1, threading.active_count())
