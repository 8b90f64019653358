"""A witness signs what continues what it signed before, and nothing else; and whose lines count."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosslab.ip_vault import keys, merkle, note, tlog, witness
from crosslab.ip_vault.errors import FormatError, ProofError
from crosslab.ip_vault.witness import Asked, Cause, Declined, Seen, Witness

LOG, STRANGER = keys.SigningKey(b"l" * 32), keys.SigningKey(b"s" * 32)
ORIGIN, NOW = "vault.example/log1", 1_800_000_000
NORA = Witness("nora.example/w", keys.SigningKey(b"n" * 32))
OTTO = Witness("otto.example/w", keys.SigningKey(b"o" * 32))
LOGS = {ORIGIN: LOG.public}


def tree(size: int, say: bytes = b"entry %d\n") -> merkle.Tree:
    made = merkle.Tree()
    for number in range(size):
        made.append(merkle.leaf_hash(say % number))
    return made


TREE = tree(40)


def point(size: int, made: merkle.Tree = TREE, key: keys.SigningKey = LOG, origin: str = ORIGIN) -> bytes:
    return tlog.sign_checkpoint(tlog.Checkpoint(origin, size, made.root(size)), key)


def asked(old: int, new: int) -> Asked:
    proof = merkle.consistency_proof(old, new, TREE.read) if 0 < old < new else []
    return Asked(old, tuple(proof), point(new))


def seen(size: int) -> Seen:
    return Seen(size, TREE.root(size))


def declined(last: Seen, wanted: Asked) -> Declined:
    with pytest.raises(Declined) as told:
        NORA.answer(LOGS, last, wanted, NOW)
    return told.value


@given(st.integers(0, 40), st.integers(0, 40))
def test_it_signs_whatever_continues_what_it_signed_before(old: int, more: int) -> None:
    new = min(40, old + more)
    answer = NORA.answer(LOGS, seen(old), witness.read_request(witness.write_request(asked(old, new))), NOW)
    assert answer.now == seen(new)
    assert witness.signed_by(point(new) + answer.line, [witness.parse_vkey(NORA.vkey)]) == {NORA.name: NOW}


def test_it_tells_the_size_it_is_at() -> None:
    told = declined(seen(7), asked(5, 9))
    assert (told.cause.status, told.body, told.media_type) == (409, "7\n", "text/x.tlog.size")
    assert witness.read_size(told.body.encode()) == 7
    assert declined(seen(9), asked(5, 9)).cause is Cause.STALE


@pytest.mark.parametrize("body", [b"7", b"", b"07\n", b"7\n\n", b"-1\n", b"seven\n"])
def test_a_size_has_one_form(body: bytes) -> None:
    with pytest.raises(FormatError):
        witness.read_size(body)


def test_a_second_history_is_declined() -> None:
    other = tree(40, b"another %d\n")
    assert declined(seen(9), Asked(9, (), point(9, other))).cause is Cause.FORKED
    forged = Asked(9, tuple(merkle.consistency_proof(9, 20, other.read)), point(20, other))
    assert declined(seen(9), forged).cause.status == 422
    assert declined(Seen(), Asked(0, (), point(0, other, origin="x"))).cause is Cause.UNKNOWN_LOG


def test_a_log_that_is_empty_has_the_root_of_nothing() -> None:
    wrong = tlog.sign_checkpoint(tlog.Checkpoint(ORIGIN, 0, b"r" * 32), LOG)
    assert declined(Seen(), Asked(0, (), wrong)).cause is Cause.UNPROVEN


def test_a_smaller_log_is_declined() -> None:
    assert declined(seen(9), Asked(9, (), point(8))).cause is Cause.LARGER_BEFORE
    assert declined(seen(9), Asked(8, (), point(8))).cause is Cause.STALE


def test_a_proof_of_another_length_is_declined() -> None:
    right = asked(9, 20)
    for proof in (right.proof[:-1], (*right.proof, b"x" * 32), (), right.proof[::-1]):
        assert declined(seen(9), replace(right, proof=proof)).cause is Cause.UNPROVEN
    assert declined(seen(9), replace(asked(9, 9), proof=(b"x" * 32,))).cause is Cause.UNPROVEN
    assert declined(Seen(), replace(asked(0, 9), proof=(b"x" * 32,))).cause is Cause.UNPROVEN


def test_only_logs_it_knows_under_their_own_key() -> None:
    assert declined(Seen(), Asked(0, (), point(9, origin="other/log"))).cause.status == 404
    assert declined(Seen(), Asked(0, (), point(9, key=STRANGER))).cause.status == 403
    assert declined(Seen(), Asked(0, (), b"no checkpoint")).cause.status == 400
    with pytest.raises(Declined):
        witness.origin_of(Asked(0, (), b"no checkpoint"))


def test_requests_have_one_form() -> None:
    good = witness.write_request(asked(9, 20))
    assert witness.read_request(good) == asked(9, 20)
    for bad in (
        b"",
        good[4:],
        good.replace(b"old 9", b"old 09"),
        good.replace(b"old 9", b"old -9"),
        good.replace(b"old 9\n", b"old 9\n====\n"),
        good.replace(b"old 9\n", b"old 9\n" + b"A" * 43 + b"=\n"),
        b"old 0\n" + (b"A" * 43 + b"=\n") * 64 + b"\n" + point(20),
        good + b"x" * 65_536,
    ):
        with pytest.raises(Declined):
            NORA.answer(LOGS, seen(9), witness.read_request(bad), NOW)


def line(who: Witness, size: int, at: int = NOW) -> bytes:
    return tlog.cosign(point(size), who.name, who.key, at)


KNOWN = [witness.parse_vkey(NORA.vkey), witness.parse_vkey(OTTO.vkey)]


def test_a_line_is_taken_from_a_known_witness_about_now() -> None:
    signer, at = witness.read_line(point(9), line(NORA, 9, NOW - 30), KNOWN, NOW)
    assert (signer.name, at) == (NORA.name, NOW - 30)


@pytest.mark.parametrize(
    "bad",
    [
        line(NORA, 8),
        line(Witness(NORA.name, STRANGER), 9),
        line(Witness("unknown.example", NORA.key), 9),
        line(NORA, 9, NOW + 601),
        line(NORA, 9, NOW - 601),
        line(NORA, 9) + line(OTTO, 9),
        b"",
        b"not a line\n",
        line(NORA, 9)[:-1],
        note.signature_line(NORA.name, note.key_id(NORA.name, NORA.key.public, note.COSIGNATURE), b"x" * 71),
        note.sign(b"x\n", [(NORA.name, NORA.key)]).partition(b"\n\n")[2],
    ],
)
def test_any_other_line_is_refused(bad: bytes) -> None:
    with pytest.raises((FormatError, ProofError)):
        witness.read_line(point(9), bad, KNOWN, NOW)


def test_a_quorum_counts_each_known_key_once() -> None:
    both = point(9) + line(NORA, 9) + line(OTTO, 9) + line(Witness("x.example", STRANGER), 9)
    assert set(witness.check_quorum(both, KNOWN, 2)) == {NORA.name, OTTO.name}
    with pytest.raises(ProofError, match="1 of the known"):
        witness.check_quorum(point(9) + line(NORA, 9) + line(OTTO, 8), KNOWN, 2)
    twin = Witness("twin.example", NORA.key)
    twice = point(9) + line(NORA, 9) + line(twin, 9)
    with pytest.raises(ProofError):
        witness.check_quorum(twice, [KNOWN[0], witness.parse_vkey(twin.vkey)], 2)


def test_a_witness_key_is_no_log_key() -> None:
    with pytest.raises(FormatError):
        note.parse_vkey(NORA.vkey)
    with pytest.raises(FormatError):
        witness.parse_vkey(note.vkey(NORA.name, NORA.key.public))
