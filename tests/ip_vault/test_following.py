"""A follower finds out every lie a server can tell, names it, and keeps what shows it."""

from dataclasses import replace

import pytest

from crosslab.ip_vault import client, keys, note, tlog
from crosslab.ip_vault.client.following import Follower, Quorum
from crosslab.ip_vault.client.memory import Memory, Pins, Row, Shown, rows_as_json, rows_from_json
from crosslab.ip_vault.client.troubles import (
    SENTENCES,
    Proof,
    Tampered,
    Trouble,
    read_proof,
    stands,
    write_proof,
)
from crosslab.ip_vault.errors import FormatError
from crosslab.ip_vault.replay import view
from tests.ip_vault.served import LOG_KEY, LOG_SIGNER, Served
from tests.ip_vault.world import Cast, give, secret


@pytest.fixture
def served(cast: Cast) -> Served:
    cast.seal()
    return Served(cast)


def caught(follower: Follower, served: Served, trouble: Trouble, roots: list[str] | None = None) -> Proof:
    """The sync stops with this trouble, and remembers nothing of it."""
    before = follower.memory
    with pytest.raises(Tampered) as stopped:
        follower.sync(served, roots or [served.world.consortium], now=1000)
    assert stopped.value.trouble is trouble
    assert follower.memory is before
    assert read_proof(write_proof(stopped.value.proof)) == stopped.value.proof
    return stopped.value.proof


def synced(served: Served) -> Follower:
    follower = Follower(LOG_SIGNER)
    follower.sync(served, [served.world.consortium])
    return follower


def test_a_follower_reads_the_same_history_as_the_world(served):
    history = Follower(LOG_SIGNER).sync(served, [*served.world.orgs.values(), served.world.consortium])
    assert view(history.state) == view(served.world.state)
    assert {each.said.id for each in history.known.values()} == served.world.state.seen


def test_what_is_hidden_still_moves_its_chain_on(cast):
    cast.seal()
    served = Served(cast, readers=frozenset({cast.orgs["loom"]}))
    state = Follower(LOG_SIGNER).sync(served, [cast.consortium]).state
    assert all(chain == cast.state.chains[each] for each, chain in state.chains.items())
    assert not next(iter(state.contributions.values())).access


def test_a_second_sync_fetches_only_what_is_new(served):
    follower = synced(served)
    cast = served.world
    cast.seal()
    served.load()
    served.fetched.clear()
    follower.sync(served, [cast.consortium])
    assert f"chain {cast.consortium} {len(served.rows[cast.consortium]) - 2}" in served.fetched
    assert [each for each in served.fetched if each.startswith("entries")] == ["entries 0"]
    served.fetched.clear()
    follower.sync(served, [cast.consortium])
    assert not [each for each in served.fetched if each.startswith(("entries", "consistency"))]


def test_memory_survives_being_written_down(served):
    memory = synced(served).memory
    pins = Pins.load(memory.pins.dump())
    chains = {key: rows_from_json(rows_as_json(rows)) for key, rows in memory.chains.items()}
    assert (pins, chains) == (memory.pins, memory.chains)
    again = Follower(LOG_SIGNER, Memory(pins, chains=chains))
    assert again.sync(served, [served.world.consortium]).state.contributions


def test_pins_that_cannot_be_read_are_not_forgotten():
    for text in ("", "[]", '{"v":2}', '{"v":1,"checkpoint":1,"heads":{},"checked":[]}'):
        with pytest.raises(FormatError):
            Pins.load(text)


def test_texts_once_hidden_are_asked_for_when_more_is_followed(cast):
    cast.seal()
    served = Served(cast, readers=frozenset({cast.orgs["loom"]}))
    follower = synced(served)
    seen = Served(cast)
    state = follower.sync(seen, [cast.consortium, cast.orgs["tinsel"]]).state
    assert next(iter(state.contributions.values())).access


def test_a_checkpoint_by_another_key(served):
    served.signer = keys.SigningKey(secret("somebody else"))
    caught(Follower(LOG_SIGNER), served, Trouble.CHECKPOINT)


def test_a_checkpoint_of_another_log(served):
    caught(Follower(note.Signer("vault.example/log2", LOG_KEY.public)), served, Trouble.OTHER_LOG)


def test_a_log_that_went_back(served):
    follower = synced(served)
    served.size = len(served.entries_held) - 2
    proof = caught(follower, served, Trouble.SMALLER)
    assert len(proof.checkpoints) == 2


def test_two_roots_for_one_size_convict_the_log(served):
    follower = synced(served)
    served.entries_held[0] = served.entries_held[0].replace(b"s ", b"s 0", 1)
    proof = caught(follower, served, Trouble.SPLIT)
    assert stands(proof, LOG_SIGNER)
    assert not stands(proof, note.Signer(LOG_SIGNER.name, keys.SigningKey(secret("other")).public))
    assert not stands(replace(proof, checkpoints=proof.checkpoints[:1] * 2), LOG_SIGNER)


def test_a_rewritten_log(served):
    follower = synced(served)
    served.entries_held[0] = served.entries_held[0][:-5] + b"0000\n"
    served.world.seal()
    served.load()
    caught(follower, served, Trouble.REWRITTEN)


def test_entries_that_are_held_back(served, monkeypatch):
    monkeypatch.setattr(served, "entries", lambda bundle, width: served.entries_held[: width - 1])
    caught(Follower(LOG_SIGNER), served, Trouble.ENTRIES_WITHHELD)


def test_entries_that_are_not_under_the_root(served, monkeypatch):
    monkeypatch.setattr(served, "entries", lambda bundle, width: served.entries_held[::-1])
    caught(Follower(LOG_SIGNER), served, Trouble.ENTRIES_CHANGED)


def test_too_few_witnesses(served):
    witness = keys.SigningKey(secret("witness"))
    known = note.Signer("witness.example", witness.public)
    follower = Follower(LOG_SIGNER, quorum=Quorum((known,), 1, oldest=500))
    caught(follower, served, Trouble.WITNESSES)
    plain = served.checkpoint()
    for at, right in ((900, True), (400, False), (1700, False)):
        signed = plain + tlog.cosign(plain, known.name, witness, at)
        served.checkpoint = lambda signed=signed: signed
        if right:
            assert Follower(LOG_SIGNER, quorum=follower.quorum).sync(served, [], now=1000)
        else:
            caught(follower, served, Trouble.WITNESSES)


def test_witnesses_may_be_a_little_behind_but_not_elsewhere(served):
    witness = keys.SigningKey(secret("witness"))
    known = note.Signer("witness.example", witness.public)
    follower = Follower(LOG_SIGNER, quorum=Quorum((known,), 1, oldest=500))
    whole = len(served.entries_held)
    served.size = whole - 2
    seen = served.checkpoint() + tlog.cosign(served.checkpoint(), known.name, witness, 900)
    served.size, served.agreed = None, lambda quorum: seen
    assert follower.sync(served, [served.world.consortium], now=1000).state.contributions
    served.size = whole - 3
    caught(Follower(LOG_SIGNER, quorum=follower.quorum), served, Trouble.REWRITTEN)


def test_a_chain_that_is_not_shown(served):
    caught(Follower(LOG_SIGNER), served, Trouble.CHAIN_MISSING, ["0" * 64])


def test_a_chain_with_a_gap_or_in_disorder(served):
    rows = served.rows[served.world.consortium]
    for wrong in ([], rows[:1] + rows[2:], rows[1:]):
        served.rows[served.world.consortium] = wrong
        caught(Follower(LOG_SIGNER), served, Trouble.CHAIN_INCOMPLETE)


def test_a_chain_shorter_than_it_was(served):
    follower = synced(served)
    del served.rows[served.world.consortium][-2:]
    caught(follower, served, Trouble.CHAIN_SHORTER)


def test_a_chain_shorter_than_its_pin_convicts_the_log_that_has_the_rest(served):
    pins = synced(served).memory.pins
    del served.rows[served.world.consortium][-2:]
    caught(Follower(LOG_SIGNER, Memory(pins)), served, Trouble.WITHHELD)


def test_a_chain_shorter_than_its_pin(served):
    pins = synced(served).memory.pins
    heads = {served.world.consortium: (99, "00" * 32)}
    caught(Follower(LOG_SIGNER, Memory(replace(pins, heads=heads))), served, Trouble.CHAIN_SHORTER)


def test_a_chain_that_is_another_one(served):
    follower = synced(served)
    rows = served.rows[served.world.consortium]
    rows[-1] = replace(rows[-1], id="1" * 64)
    caught(follower, served, Trouble.CHAIN_CHANGED)


def test_a_pinned_head_that_is_not_on_the_chain(served):
    pins = synced(served).memory.pins
    heads = {served.world.consortium: (2, "00" * 32)}
    caught(Follower(LOG_SIGNER, Memory(replace(pins, heads=heads))), served, Trouble.CHAIN_CHANGED)


def test_a_statement_that_is_not_in_the_log(served):
    served.size = len(served.entries_held) - 1
    caught(Follower(LOG_SIGNER), served, Trouble.UNLOGGED)


def test_another_statement_at_its_place(served):
    rows = served.rows[served.world.consortium]
    rows[-1] = replace(rows[-1], index=0)
    caught(Follower(LOG_SIGNER), served, Trouble.WRONG_ID)


def test_other_signatures_than_were_logged(served):
    rows = served.rows[served.world.consortium]
    assert rows[0].note
    rows[0] = replace(rows[0], note=rows[0].note[:-6] + b"AAA==\n"[-6:])
    with pytest.raises(Tampered) as trouble:
        Follower(LOG_SIGNER).sync(served, [served.world.consortium])
    assert trouble.value.trouble in (Trouble.WRONG_NOTE, Trouble.AGAINST_RULES)


def test_the_text_of_another_statement(served):
    rows = served.rows[served.world.consortium]
    rows[1] = replace(rows[1], note=rows[2].note)
    caught(Follower(LOG_SIGNER), served, Trouble.WRONG_NOTE)


def test_a_statement_logged_for_another_place(served):
    row = served.rows[served.world.consortium][-1]
    assert row.note
    served.entries_held[row.index] = tlog.statement_entry(row.id, row.note, b"x" * 32)
    caught(Follower(LOG_SIGNER), served, Trouble.WRONG_PLACE)


def test_a_fork_convicts_the_log(served):
    cast = served.world
    there = served.rows[cast.consortium][-1]
    before = served.links(cast.consortium)[-2]
    served.entries_held.append(tlog.statement_entry("2" * 64, b"another", before))
    assert stands(caught(Follower(LOG_SIGNER), served, Trouble.FORKED), LOG_SIGNER)
    assert there.index < len(served.entries_held)


def test_a_withheld_statement_convicts_the_log(served):
    last = served.rows[served.world.consortium].pop()
    proof = caught(Follower(LOG_SIGNER), served, Trouble.WITHHELD)
    assert last.id in proof.receipts[0][0]
    assert stands(proof, LOG_SIGNER)
    assert not stands(replace(proof, chain=proof.chain[:-1]), LOG_SIGNER)


def test_a_statement_that_the_rules_do_not_allow(cast):
    """A ghost: signed by somebody, logged, and against the rules."""
    sealed = cast.seal()
    ghost = give(cast, sealed, cast.orgs["loom"], by="bo", org="loom")
    cast.notes.append(ghost.note)
    caught(Follower(LOG_SIGNER), Served(cast), Trouble.AGAINST_RULES)


def test_a_hidden_text_cannot_stand_where_the_chain_begins(served):
    rows = served.rows[served.world.consortium]
    rows[0] = replace(rows[0], note=None)
    caught(Follower(LOG_SIGNER), served, Trouble.CHAIN_INCOMPLETE)


def test_a_receipt_moves_the_pin_on(served):
    follower, cast = synced(served), served.world
    said = client.acknowledge(cast.pen("ines"), cast.orgs["tinsel"], next(iter(cast.state.versions)))
    cast.say(said)
    served.load()
    receipt = served.receipt(len(served.entries_held) - 1)
    follower.confirm(served, receipt, said.id, said.note, said.place.after)
    pin = tlog.parse_checkpoint(follower.memory.pins.checkpoint)
    assert pin.size == len(served.entries_held)
    assert follower.sync(served, [cast.consortium]).state.index == pin.size - 1


def test_a_receipt_for_something_else(served):
    follower, cast = synced(served), served.world
    receipt = served.receipt(0)
    said = client.acknowledge(cast.pen("ines"), cast.orgs["tinsel"], next(iter(cast.state.versions)))
    with pytest.raises(Tampered) as stopped:
        follower.confirm(served, receipt, said.id, said.note, said.place.after)
    assert stopped.value.trouble is Trouble.RECEIPT


def test_statements_that_come_in_between_are_looked_for_again(served, monkeypatch):
    """The checkpoint is fetched first, so a chain may be ahead of it once or twice."""
    cast, plain = served.world, served.chain
    served.size = len(served.entries_held) - 1

    def later(id: str, after: int) -> Shown | None:
        shown, served.size = plain(id, after), None
        return shown

    monkeypatch.setattr(served, "chain", later)
    assert Follower(LOG_SIGNER).sync(served, [cast.consortium]).state.contributions


def test_more_chains_than_can_be(served):
    many = [f"{n:064x}" for n in range(2_001)]
    with pytest.raises(Tampered) as stopped:
        Follower(LOG_SIGNER).sync(served, [], more=many)
    assert stopped.value.trouble is Trouble.TOO_MANY_CHAINS


def test_a_compared_fingerprint_is_remembered(served):
    follower = synced(served)
    follower.check("a" * 64)
    follower.sync(served, [served.world.consortium])
    assert follower.memory.pins.checked == {"a" * 64}
    follower.check("a" * 64, yes=False)
    assert not follower.memory.pins.checked


def test_every_trouble_has_a_sentence():
    assert SENTENCES.keys() == set(Trouble)
    with pytest.raises(FormatError):
        read_proof(b'{"v":1}')


def test_a_row_keeps_its_place():
    assert rows_from_json([["a", 3, None], ["b", 5, "text"]]) == [
        Row("a", 0, 3, None),
        Row("b", 1, 5, b"text"),
    ]
