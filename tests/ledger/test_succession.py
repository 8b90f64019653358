"""One log ends and another goes on: nothing is said again, and every proof stays good."""

import json
from dataclasses import replace

import pytest
from litestar.testing import TestClient
from sqlmodel import select

from crosslab import app
from crosslab.core.clock import now
from crosslab.core.db import session, transaction
from crosslab.core.settings import Unfit
from crosslab.desk.queries.verdict import verdict
from crosslab.ip_vault import client, merkle, note, tiles, tlog
from crosslab.ip_vault.client import Pen
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.keys import person_keys
from crosslab.ip_vault.statements.shape import TIME
from crosslab.ledger import checking, log
from crosslab.ledger.history import History
from crosslab.ledger.keeper import Halted, keeper
from crosslab.ledger.succession import next_settings, roll_over
from crosslab.ledger.tables import Statement
from tests.ledger.members import arrive, somebody


@pytest.fixture
def before(house):
    """The settings, the keeper, and what it vouched for last."""
    made = keeper(house.settings)
    with session(house.engine, read_only=True) as db:
        return made, made.checkpoint(db), made.receipts(db, [0])[0]


@pytest.fixture
def after(house, before):
    """The settings of the log that goes on."""
    roll_over(house.engine, house.settings)
    return next_settings(house.settings)


def test_the_new_log_begins_with_the_last_checkpoint_of_the_old(house, before, after):
    old, last, _ = before
    new = keeper(after)
    with session(house.engine, read_only=True) as db:
        point = tlog.parse_checkpoint(new.checkpoint(db))
        assert log.entries(db, 0) == [f"p {digest(last)}\n".encode()]
        assert log.head(db, 1).ended.encode() == last
    assert (point.origin, point.size, after.log_origin) == ("crosslab.local/log2", 1, "crosslab.local/log2")
    assert old.key.public != new.key.public


def test_the_old_log_signs_nothing_ever_again(house, before, after):
    old = before[0]
    with session(house.engine, read_only=True) as db:
        for ask in (lambda: old.check(db), lambda: old.checkpoint(db)):
            with pytest.raises(Halted, match="has ended"):
                ask()
    with pytest.raises(Halted):
        roll_over(house.engine, house.settings)


def test_an_old_receipt_and_a_new_one_for_it_are_good_under_the_last_checkpoint(house, before, after):
    old, last, receipt = before
    with session(house.engine, read_only=True) as db:
        (again,) = keeper(after).receipts(db, [0])
        (entry,) = log.stretch(db, 0, 1)
    for each in (receipt, again):
        assert tlog.verify_receipt(tlog.parse_receipt(each), entry, old.origin, old.key.public)
    assert tlog.parse_receipt(again).checkpoint == last


def test_the_page_for_strangers_still_finds_an_old_receipt_good(house, before, after):
    with session(house.engine, read_only=True) as db:
        for receipt in (before[2], *keeper(after).receipts(db, [log.count(db) - 1])):
            assert verdict(db, keeper(after), receipt.decode()).holds


def test_chains_run_on_over_the_border(house, before):
    keys = person_keys(b"r" * 32)
    me = somebody_with(keys, house.settings.log_origin)
    with session(house.engine) as db:
        arrive(db, History(house.settings.log_origin), me)
    roll_over(house.engine, house.settings)
    after = next_settings(house.settings)
    history = History(after.log_origin)
    with session(house.engine) as db:
        with history.caught_up(db) as state:
            pen = Pen(state, now().strftime(TIME), bytes, keys, me.id)
            rotated = client.rotate(pen, person_keys(b"s" * 32), "routine")
        (taken,) = arrive(db, history, rotated)
        (receipt,) = keeper(after).receipts(db, [taken.index])
        (entry,) = log.stretch(db, taken.index, taken.index + 1)
    new = keeper(after)
    parsed = tlog.parse_receipt(receipt)
    tlog.verify_receipt(parsed, entry, new.origin, new.key.public)
    assert (parsed.index, checking.check(house.engine, new).troubles) == (1, [])


def somebody_with(keys, origin):
    state = History(origin)._settled.state
    return client.create_person(Pen(state, now().strftime(TIME), bytes, keys), "Somebody")


def test_a_statement_made_for_the_old_log_has_no_place_in_the_new(house, before, after):
    stranger = somebody(log=house.settings.log_origin)
    with session(house.engine) as db, pytest.raises(Exception, match="another log"):
        arrive(db, History(after.log_origin), stranger)


def test_the_old_log_can_be_read_at_its_own_address(house, before, after):
    _, last, _ = before
    size = tlog.parse_checkpoint(last).size
    with TestClient(app.build(after), base_url="http://127.0.0.1:8000") as visitor:
        assert visitor.get("/vault/log/1/checkpoint").content == last
        told = visitor.get("/vault/log/about").json()["logs"]
        old = list(tiles.tiles(size))
        read = tiles.reader(
            lambda level, n: (
                visitor.get(
                    "/vault/log/1/"
                    + next(each.path for each in old if (each.level, each.index) == (level, n))
                ).content
            )
        )
        assert merkle.root(size, read) == tlog.parse_checkpoint(last).root
        entries = tiles.unbundle(visitor.get("/vault/log/2/tile/entries/000.p/1").content)
    assert [(each["number"], each["base"], each["ended"]) for each in told] == [
        (1, 0, True),
        (2, size, False),
    ]
    assert note.parse_vkey(told[0]["vkey"]).name == house.settings.log_origin
    assert tlog.parse_entry(entries[0]).id == digest(last)


def test_after_a_restored_backup_the_log_rolls_over_only_when_told_that_entries_are_lost(house, before):
    made = before[0]
    with transaction(house.engine) as db:
        log.locked(db)
        log.append(db, [b"to be lost\n"])
    with session(house.engine, read_only=True) as db:
        made.checkpoint(db)
    with transaction(house.engine) as db:
        head = log.locked(db)
        head.size -= 1
        db.add(head)
        db.execute(log.LogEntry.__table__.delete().where(log.LogEntry.idx == head.size))
    with pytest.raises(Halted, match="older than"):
        roll_over(house.engine, house.settings)
    assert roll_over(house.engine, house.settings, lost=True).origin == "crosslab.local/log2"
    with session(house.engine, read_only=True) as db:
        assert log.head(db, 1).size == head.size
        assert len(db.exec(select(Statement)).all()) < log.count(db)


def test_a_log_that_does_not_begin_with_what_was_vouched_for_cannot_be_ended_so(house, before):
    made = before[0]
    mark = json.loads(made.mark.read_text())
    made.mark.write_text(json.dumps({**mark, "root": "00" * 32}))
    for lost in (False, True):
        with pytest.raises(Halted):
            roll_over(house.engine, house.settings, lost=lost)


def test_a_log_is_followed_by_the_next_number_or_not_at_all(house):
    assert next_settings(replace(house.settings, log_origin="a.example/log9")).log_origin == "a.example/log10"
    with pytest.raises(Unfit):
        next_settings(replace(house.settings, log_origin="a.example/log"))
