"""A log that lies: forked, cut, put back, with proofs of the wrong length and cosignatures of others."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from crosslab.ip_vault import client, keys, merkle, note, tlog
from crosslab.ip_vault.client import Said
from crosslab.ip_vault.errors import FormatError, ProofError, VaultError
from crosslab.ip_vault.replay import Hidden, Logged, Reason, Rejected, replay
from crosslab.ip_vault.statements import Place
from tests.ip_vault.world import LOG, Cast, refused, secret

KEY, WITNESS = keys.SigningKey(secret("log")), keys.SigningKey(secret("witness"))
SEES = note.Signer("witness.example", WITNESS.public)


def tree(*entries: bytes) -> merkle.Tree:
    made = merkle.Tree()
    for each in entries:
        made.append(merkle.leaf_hash(each))
    return made


def point(made: merkle.Tree, size: int | None = None) -> tlog.Checkpoint:
    size = made.size if size is None else size
    return tlog.Checkpoint(LOG, size, made.root(size))


def entry(number: int) -> bytes:
    return b"entry %d\n" % number


TREE = tree(*map(entry, range(7)))
SIGNED = tlog.sign_checkpoint(point(TREE), KEY)


def role(cast: Cast, place: Place) -> Said:
    body = {"person": cast.people["uma"], "role": "signer"}
    return cast.pen("ines").write("org.role", body, place=place)


WRONG: dict[str, tuple[Callable[[Place], Place], Reason]] = {
    "the same place twice": (lambda at: replace(at, seq=at.seq - 1), Reason.STALE_PLACE),
    "a gap": (lambda at: replace(at, seq=at.seq + 1), Reason.STALE_PLACE),
    "after another link": (lambda at: replace(at, after=secret("x")), Reason.STALE_PLACE),
    "on another log": (lambda at: replace(at, log="vault.example/log2"), Reason.OTHER_LOG),
    "on a chain that is not": (lambda at: replace(at, chain="0" * 64), Reason.CHAIN_UNKNOWN),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_statement_in_a_wrong_place_is_refused(cast: Cast, name: str) -> None:
    change, reason = WRONG[name]
    refused(cast, role(cast, change(cast.pen("ines").place(cast.orgs["tinsel"]))), reason)


def test_a_statement_is_not_replayed_on_another_chain(cast: Cast) -> None:
    pen = cast.pen("ines")
    for chain in (cast.consortium, cast.people["ines"]):
        refused(cast, role(cast, pen.place(chain)), Reason.CHAIN_KIND)
    refused(cast, role(cast, pen.place(cast.orgs["loom"])), Reason.NOT_IN_ORG)


def test_a_note_is_logged_once_though_signed_again(cast: Cast) -> None:
    with pytest.raises(Rejected) as caught:
        cast.log(cast.notes[3])
    assert caught.value.code is Reason.DUPLICATE


def test_of_two_at_the_same_place_one_has_no_place(cast: Cast) -> None:
    at = cast.pen("ines").place(cast.orgs["tinsel"])
    first, second = role(cast, at), role(cast, at)
    assert first.id != second.id
    assert tlog.tag(first.id, at.after) == tlog.tag(second.id, at.after)
    cast.say(first)
    refused(cast, second, Reason.STALE_PLACE)


def test_a_hidden_statement_given_another_id_breaks_the_chain_that_follows(cast: Cast) -> None:
    """The id is all a stranger gets; the next text on the chain says which it was."""
    sealed = cast.seal()
    cast.say(client.object_to(cast.pen("bo"), cast.orgs["loom"], sealed.version.id))
    last = len(cast.notes) - 1
    history: list[Logged | Hidden] = [Logged(index, each) for index, each in enumerate(cast.notes)]
    history[last - 1] = Hidden(last - 1, cast.consortium, "f" * 64)
    with pytest.raises(Rejected) as caught:
        replay(history, LOG, partial=True)
    assert caught.value.code is Reason.STALE_PLACE


@pytest.mark.parametrize("leaf", range(7))
def test_a_log_with_one_entry_changed_is_a_fork(leaf: int) -> None:
    """Two checkpoints of one size, both signed."""
    other = tree(*(b"changed" if n == leaf else entry(n) for n in range(7)))
    with pytest.raises(ProofError, match="forked"):
        tlog.extends(point(TREE), point(other), [])


def test_a_log_never_grows_smaller_or_into_another() -> None:
    with pytest.raises(ProofError, match="smaller"):
        tlog.extends(point(TREE), point(TREE, 6), [])
    with pytest.raises(ProofError, match="another"):
        tlog.extends(point(TREE), replace(point(TREE), origin="vault.example/log2"), [])


@pytest.mark.parametrize("old", range(1, 7))
def test_a_fork_is_not_proven_by_either_tree(old: int) -> None:
    """The newer tree is another one from the first leaf on; no proof of either leads there."""
    other = tree(b"changed", *(entry(n) for n in range(1, 9)))
    for proof in (
        merkle.consistency_proof(old, 9, other.read),
        merkle.consistency_proof(old, 7, TREE.read),
        [],
    ):
        with pytest.raises(ProofError):
            tlog.extends(point(TREE, old), point(other), proof)


@pytest.mark.parametrize("change", ["longer", "shorter", "none", "doubled", "31 bytes"])
def test_a_consistency_proof_has_exactly_its_length(change: str) -> None:
    proof = merkle.consistency_proof(3, 7, TREE.read)
    wrong = {
        "longer": [*proof, bytes(32)],
        "shorter": proof[:-1],
        "none": [],
        "doubled": proof * 2,
        "31 bytes": [proof[0][:31], *proof[1:]],
    }[change]
    with pytest.raises(ProofError):
        tlog.extends(point(TREE, 3), point(TREE), wrong)


def test_there_is_no_proof_from_nothing_and_none_of_what_is_beyond() -> None:
    with pytest.raises(ProofError):
        merkle.consistency_proof(0, 7, TREE.read)
    receipt = tlog.Receipt(7, (), SIGNED)
    with pytest.raises(ProofError):
        tlog.verify_receipt(receipt, entry(7), LOG, KEY.public)


@pytest.mark.parametrize("index", [0, 1, 5])
def test_a_receipt_moved_to_another_place_proves_nothing(index: int) -> None:
    proof = tuple(merkle.inclusion_proof(6, 7, TREE.read))
    with pytest.raises(ProofError):
        tlog.verify_receipt(tlog.Receipt(index, proof, SIGNED), entry(6), LOG, KEY.public)


BAD_CHECKPOINTS = {
    "an extension line": tlog.checkpoint_text(point(TREE)) + b"extension\n",
    "a size with a zero before": tlog.checkpoint_text(point(TREE)).replace(b"\n7\n", b"\n07\n"),
    "a size below nothing": tlog.checkpoint_text(point(TREE)).replace(b"\n7\n", b"\n-7\n"),
    "a size with a plus": tlog.checkpoint_text(point(TREE)).replace(b"\n7\n", b"\n+7\n"),
    "a size without end": tlog.checkpoint_text(point(TREE)).replace(b"\n7\n", b"\n" + b"9" * 40 + b"\n"),
    "a short root": tlog.checkpoint_text(replace(point(TREE), root=b"r" * 31)),
    "no name": b"\n7\n" + tlog.checkpoint_text(point(TREE)).split(b"\n")[2] + b"\n",
}


@pytest.mark.parametrize("name", BAD_CHECKPOINTS)
def test_a_checkpoint_out_of_form_is_refused_though_signed(name: str) -> None:
    with pytest.raises(FormatError):
        tlog.parse_checkpoint(note.sign(BAD_CHECKPOINTS[name], [(LOG, KEY)]))


def test_a_checkpoint_under_33_lines_is_refused() -> None:
    lines = (note.signature_line(f"w{n}.example", b"abcd", bytes(72)) for n in range(32))
    with pytest.raises(FormatError, match="32"):
        tlog.parse_checkpoint(SIGNED + b"".join(lines))


def test_a_cosignature_counts_for_its_witness_its_checkpoint_and_its_second() -> None:
    line = tlog.cosign(SIGNED, SEES.name, WITNESS, 1_800_000_000)
    assert tlog.verify_cosignature(SIGNED + line, SEES) == 1_800_000_000
    smaller = tlog.sign_checkpoint(point(TREE, 6), KEY)
    unknown = note.Signer(SEES.name, KEY.public)
    later = note.signature_line(
        SEES.name, note.key_id(SEES.name, WITNESS.public, 4), (1_900_000_000).to_bytes(8, "big") + bytes(64)
    )
    for checkpoint, witness in [
        (smaller + line, SEES),
        (SIGNED + line, unknown),
        (SIGNED + line, replace(SEES, name="another.example")),
        (SIGNED + later, SEES),
    ]:
        with pytest.raises(ProofError):
            tlog.verify_cosignature(checkpoint, witness)


def test_a_signature_of_the_log_is_no_cosignature_and_the_other_way_round() -> None:
    """One key, two uses: the bytes that are signed never meet."""
    twice = SIGNED + tlog.cosign(SIGNED, LOG, KEY, 1_800_000_000)
    assert tlog.verify_cosignature(twice, note.Signer(LOG, KEY.public)) == 1_800_000_000
    alone = note.parse(twice).text + b"\n" + twice.split(b"\n")[-2] + b"\n"
    with pytest.raises(VaultError):
        tlog.open_checkpoint(alone, LOG, KEY.public)
