"""Witnesses are asked for their lines, hand them in themselves, are down, slow and lie: the log goes on."""

from dataclasses import replace
from datetime import timedelta
from time import sleep

import pytest

from crosslab.core import clock
from crosslab.core.clock import now
from crosslab.core.db import session, transaction
from crosslab.core.errors import Forbidden, Missing, Refused
from crosslab.core.settings import Unfit
from crosslab.ip_vault import keys, merkle, note, tlog, witness
from crosslab.ip_vault.witness import Declined, Seen, Witness
from crosslab.ledger import log, outside, witnesses
from crosslab.ledger.keeper import keeper
from crosslab.ledger.witnesses import Illegible, listed, push, take
from tests.authority import served

NORA = Witness("nora.example/w", keys.SigningKey(b"n" * 32))
OTTO = Witness("otto.example/w", keys.SigningKey(b"o" * 32))


@pytest.fixture
def kept(house):
    made = keeper(house.settings)
    grow(house.engine, 3)
    return made


def grow(engine, count=1):
    with transaction(engine) as db:
        log.locked(db)
        log.append(db, [b"entry of %r\n" % now().isoformat()] * count)


class Someone:
    """A witness at work, with a memory."""

    def __init__(self, kept, who=NORA):
        self.logs = {kept.origin: kept.key.public}
        self.who, self.seen, self.asked = who, Seen(), 0

    def answer(self, body):
        self.asked += 1
        try:
            made = self.who.answer(self.logs, self.seen, witness.read_request(body), int(now().timestamp()))
        except Declined as declined:
            return declined.cause.status, declined.media_type, declined.body.encode()
        self.seen = made.now
        return 200, "text/plain", made.line


def newest(house, kept):
    with session(house.engine, read_only=True) as db:
        checkpoint = kept.checkpoint(db)
        return checkpoint + witnesses.lines(db, 1, tlog.parse_checkpoint(checkpoint).size)


def test_each_new_checkpoint_is_signed_and_served_with_the_line(house, kept):
    someone = Someone(kept)
    with served(someone.answer) as url:
        known = listed(f"{NORA.vkey} {url}")
        for _ in range(3):
            assert push(house.engine, kept, known) == {NORA.name: ""}
            assert set(witness.check_quorum(newest(house, kept), [known[0].signer], 1)) == {NORA.name}
            assert push(house.engine, kept, known) == {}
            grow(house.engine)
    assert someone.asked == 3


def test_a_witness_that_is_elsewhere_than_we_think_is_asked_again_from_there(house, kept):
    someone = Someone(kept)
    with session(house.engine, read_only=True) as db:
        someone.seen = Seen(2, log.root(db, 2))
    with served(someone.answer) as url:
        assert push(house.engine, kept, listed(f"{NORA.vkey} {url}")) == {NORA.name: ""}
    assert (someone.asked, someone.seen.size) == (2, tlog.parse_checkpoint(newest(house, kept)).size)


def test_a_witness_that_has_seen_another_history_says_so_and_is_not_counted(house, kept):
    someone = Someone(kept)
    someone.seen = Seen(2, merkle.leaf_hash(b"another history"))
    with served(someone.answer) as url:
        assert push(house.engine, kept, listed(f"{NORA.vkey} {url}")) == {NORA.name: "it answered 422"}


@pytest.mark.parametrize(
    "answer",
    [
        (200, "text/plain", b""),
        (200, "text/plain", b"x" * 70_000),
        (200, "text/plain", "— nora.example/w AAAA\n".encode()),
        (409, witness.SIZE_TYPE, b"many\n"),
        (409, witness.SIZE_TYPE, b"999999\n"),
        (409, witness.SIZE_TYPE, b"1\n"),
        (500, "text/html", b"<html>"),
    ],
)
def test_whatever_nonsense_a_witness_answers_the_others_are_heard(house, kept, answer):
    with served(lambda _: answer) as odd, served(Someone(kept, OTTO).answer) as good:
        told = push(house.engine, kept, listed(f"{NORA.vkey} {odd}, {OTTO.vkey} {good}"))
    assert told[NORA.name]
    assert told[OTTO.name] == ""


def test_a_witness_that_is_down_or_dawdles_is_not_waited_for(house, kept, monkeypatch):
    monkeypatch.setattr(outside, "SECONDS", 0.2)
    with served(lambda _: (200, "text/plain", b"")) as url:
        pass
    assert push(house.engine, kept, listed(f"{NORA.vkey} {url}"))[NORA.name].startswith("Connect")
    with served(lambda _: sleep(1) or (200, "text/plain", b"")) as slow:
        assert push(house.engine, kept, listed(f"{NORA.vkey} {slow}"))[NORA.name]


def handed(house, kept, who=NORA, at=None, size=0):
    with session(house.engine, read_only=True) as db:
        point = kept.issued(db, size) if size else kept.checkpoint(db)
    return point + tlog.cosign(point, who.name, who.key, at or int(now().timestamp()))


def taking(house, kept, data, known=None):
    with transaction(house.engine) as db:
        return take(db, kept, known or listed(f"{NORA.vkey},{OTTO.vkey}"), data)


def test_a_member_s_own_witness_hands_its_line_in_and_again_changes_nothing(house, kept):
    for _ in range(2):
        assert taking(house, kept, handed(house, kept)) == 1
    assert newest(house, kept).count(NORA.name.encode()) == 1
    with session(house.engine, read_only=True) as db:
        assert witnesses.agreed(db, 1, 1) == newest(house, kept)
        with pytest.raises(Missing):
            witnesses.agreed(db, 1, 2)


def test_a_line_beneath_the_one_that_was_there_already_is_no_trouble(house, kept):
    """Whoever asks for the checkpoint gets it with their own line, and hands both in."""
    taking(house, kept, handed(house, kept))
    again = tlog.cosign(newest(house, kept), NORA.name, NORA.key, int(now().timestamp()) + 1)

    assert taking(house, kept, newest(house, kept) + again) == 2
    assert newest(house, kept).count(NORA.name.encode()) == 1


def test_the_newest_checkpoint_that_enough_have_signed_is_served_for_those_who_want_it(house, kept):
    taking(house, kept, handed(house, kept))
    taking(house, kept, handed(house, kept, OTTO))
    agreed = newest(house, kept)
    grow(house.engine)
    taking(house, kept, handed(house, kept))
    with session(house.engine, read_only=True) as db:
        assert witnesses.agreed(db, 1, 2) == agreed
        assert witnesses.agreed(db, 1, 1) == newest(house, kept)


def test_lines_of_strangers_and_of_another_time_are_refused(house, kept):
    stranger = Witness("stranger.example", keys.SigningKey(b"s" * 32))
    second = int(now().timestamp())
    for data in (
        handed(house, kept, stranger),
        handed(house, kept, Witness(NORA.name, stranger.key)),
        handed(house, kept, at=second - 700),
        handed(house, kept, at=second + 700),
        newest(house, kept),
    ):
        with pytest.raises(Forbidden):
            taking(house, kept, data)


def test_lines_under_anything_but_our_own_checkpoints_are_refused(house, kept):
    point = tlog.parse_checkpoint(newest(house, kept))
    other_root = tlog.sign_checkpoint(replace(point, root=merkle.leaf_hash(b"x")), kept.key)
    larger = tlog.sign_checkpoint(replace(point, size=point.size + 1), kept.key)
    elsewhere = tlog.sign_checkpoint(replace(point, origin="other/log"), kept.key)
    for data, refusal in (
        (other_root, Refused),
        (larger, Refused),
        (elsewhere, Missing),
        (b"rubbish", Illegible),
    ):
        with pytest.raises(refusal):
            taking(house, kept, data)
    swapped = handed(house, kept, size=2).partition(b"\n\n")[2].splitlines(keepends=True)[-1]
    with pytest.raises(Forbidden):
        taking(house, kept, newest(house, kept) + swapped)


def test_a_line_for_an_earlier_size_of_ours_is_taken(house, kept):
    assert taking(house, kept, handed(house, kept, size=2)) == 1


def test_when_our_own_clock_jumps_lines_are_refused_and_the_log_goes_on(house, kept):
    data = handed(house, kept)
    with clock.at(now() + timedelta(days=2000)), pytest.raises(Forbidden):
        taking(house, kept, data)
    assert newest(house, kept)


@pytest.mark.parametrize("wrong", ["x", "a+b+c", NORA.vkey + " ftp://x", NORA.vkey + " http://x http://y"])
def test_a_setting_that_cannot_be_right_is_told(wrong):
    with pytest.raises(Unfit, match="CROSSLAB_WITNESSES"):
        listed(wrong)
    with pytest.raises(Unfit):
        listed(note.vkey("nora.example", NORA.key.public))
