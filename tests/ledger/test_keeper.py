"""The keeper vouches for what is durable, never for two histories, and says so when it cannot."""

import json
import os
import shutil
import threading
from dataclasses import replace

import pytest

from crosslab.core.db import session, transaction
from crosslab.ip_vault import merkle, note, tlog
from crosslab.ledger import log
from crosslab.ledger.keeper import Halted, keeper


@pytest.fixture
def kept(house, tmp_path):
    """A keeper with a mark of its own over the house's log."""
    shutil.copytree(house.var, tmp_path / "own")
    return keeper(replace(house.settings, log_key=str(tmp_path / "own" / "log.key"))), house.engine


def grow(engine, count=1):
    with transaction(engine) as db:
        log.locked(db)
        log.append(db, [os.urandom(20) for _ in range(count)])


def sign(kept):
    made, engine = kept
    with session(engine, read_only=True) as db:
        return tlog.parse_checkpoint(made.checkpoint(db))


def mark_of(kept):
    return json.loads(kept[0].mark.read_text())


def test_a_receipt_of_long_ago_can_be_had_again_under_today_s_checkpoint(kept):
    made, engine = kept
    grow(engine, 40)
    with session(engine, read_only=True) as db:
        receipts = made.receipts(db, [0, 3, log.size(db) - 1])
        entries = log.entries(db, 0)
        for receipt in map(tlog.parse_receipt, receipts):
            public = note.parse_vkey(made.vkey).public
            assert tlog.verify_receipt(receipt, entries[receipt.index], made.origin, public).size == log.size(
                db
            )


def test_the_mark_rises_with_the_log_and_never_falls(kept):
    sizes = []
    for _ in range(3):
        grow(kept[1])
        sizes.append((sign(kept).size, mark_of(kept)["size"]))

    assert sizes == sorted(sizes)
    assert all(size == mark for size, mark in sizes)


def test_many_who_sign_at_once_agree(kept):
    troubles = []

    def work():
        try:
            for _ in range(4):
                grow(kept[1])
                sign(kept)
        except Exception as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert troubles == []
    assert mark_of(kept)["size"] == sign(kept).size


def test_who_began_to_read_before_the_log_grew_is_not_told_that_it_went_back(kept):
    made, engine = kept
    with session(engine, read_only=True) as early:
        before = log.size(early)
        grow(engine, 2)
        sign(kept)
        assert tlog.parse_checkpoint(made.checkpoint(early)).size == before + 2


def test_a_restored_backup_is_vouched_for_no_more(kept):
    """The mark says more than the database holds."""
    grow(kept[1])
    vouched = sign(kept)
    kept[0].mark.write_text(json.dumps({"size": vouched.size + 5, "root": "00" * 32}))

    with pytest.raises(Halted, match="older than what it has already vouched for") as told:
        sign(kept)
    assert told.value.status == 503


def test_a_log_of_the_right_size_with_another_history_is_vouched_for_no_more(kept):
    grow(kept[1])
    size = sign(kept).size
    kept[0].mark.write_text(json.dumps({"size": size - 1, "root": merkle.leaf_hash(b"another").hex()}))

    with pytest.raises(Halted):
        sign(kept)


@pytest.mark.parametrize("rubbish", ["", "{", "[]", '{"size": "many"}', "\x00"])
def test_a_mark_that_cannot_be_read_stops_everything(kept, rubbish):
    kept[0].mark.write_text(rubbish)

    with pytest.raises(Halted, match="cannot be read"):
        sign(kept)


def test_a_process_that_ended_before_it_signed_is_no_harm(kept):
    """Committed, but neither signed nor marked: the next one to sign vouches for it too."""
    grow(kept[1])
    before = sign(kept).size
    grow(kept[1], 2)

    assert (sign(kept).size, mark_of(kept)["size"]) == (before + 2, before + 2)


def test_signing_what_is_marked_already_writes_nothing(kept):
    grow(kept[1])
    sign(kept)
    written = kept[0].mark.stat().st_mtime_ns
    sign(kept)

    assert kept[0].mark.stat().st_mtime_ns == written


def test_a_key_is_made_once_for_its_owner_alone(house, tmp_path):
    settings = replace(house.settings, log_key=str(tmp_path / "new" / "log.key"))
    made = []
    threads = [threading.Thread(target=lambda: made.append(keeper(settings).vkey)) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert len(set(made)) == 1
    assert (tmp_path / "new" / "log.key").stat().st_mode & 0o777 == 0o600
    assert [each.name for each in (tmp_path / "new").iterdir()] == ["log.key"]
