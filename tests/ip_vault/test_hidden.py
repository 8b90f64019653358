"""What is hidden is of a kind that may be: its tag says so, and whoever lies about it is named."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crosslab.ip_vault import client, tlog
from crosslab.ip_vault.client.following import Follower
from crosslab.ip_vault.client.memory import Row
from crosslab.ip_vault.client.troubles import Proof, Tampered, Trouble, stands
from crosslab.ip_vault.evidence import verify
from crosslab.ip_vault.statements import parse
from crosslab.ip_vault.statements.types import FOR_PARTIES, TYPES
from tests.ip_vault import liars
from tests.ip_vault.honest import SIGNER, View, reader
from tests.ip_vault.served import LOG_SIGNER, Served
from tests.ip_vault.test_worlds import grown, look
from tests.ip_vault.world import Cast

ROOT = Path(__file__).parents[2]
OPEN = sorted(kind for kind, each in TYPES.items() if kind not in FOR_PARTIES and not each.genesis)


def views() -> Iterator[View]:
    """Worlds, each through the eyes of everybody whose organisation is in a consortium."""
    for seed in range(12):
        wild = grown(seed)
        for person in wild.roots:
            eyes = reader(wild.state, person)
            if eyes.chains & wild.state.consortia.keys():
                yield View(wild.server, eyes)


def hiding(kind: str) -> tuple[View, View]:
    """An honest view, and one in which somebody else's statement of this kind is without its text."""
    for view in views():
        for chain, hidden in liars.strangers(view):
            if view.server.said[hidden].type == kind:
                rows = [
                    replace(each, note=None) if each.id == hidden else each for each in view_rows(view, chain)
                ]
                return view, liars.Lie(view.server, view.eyes, at=chain, rows=lambda _, told=rows: told)
    raise AssertionError(kind)


def view_rows(view: View, chain: str) -> list[Row]:
    shown = view.chain(chain, 0)
    assert shown
    return list(shown.rows)


@pytest.mark.parametrize("said", OPEN)
def test_a_partners_text_that_is_not_for_its_parties_cannot_be_hidden(said: str) -> None:
    honest, lie = hiding(said)
    with pytest.raises(Tampered) as caught:
        look(Follower(SIGNER), lie, honest)
    assert caught.value.trouble is Trouble.CHAIN_INCOMPLETE
    assert "is held back, and is not for its parties alone" in caught.value.proof.detail


def test_the_line_of_a_text_that_is_held_back_is_in_the_proof() -> None:
    honest, lie = hiding("approve")
    with pytest.raises(Tampered) as caught:
        look(Follower(SIGNER), lie, honest)
    (entry, receipt) = caught.value.proof.receipts[0]
    assert tlog.verify_receipt(
        tlog.parse_receipt(receipt.encode()), entry.encode(), SIGNER.name, SIGNER.public
    )


def test_who_is_in_no_consortium_is_not_shown_everything_and_accuses_nobody() -> None:
    """To whom something is released, or who has left, only a part is shown of a consortium."""
    honest, lie = hiding("object")
    told = Follower(SIGNER).sync(lie, honest.roots, own=honest.own)
    assert told.state.index == look(Follower(SIGNER), honest).state.index


def test_what_was_not_shown_is_asked_for_again_by_whom_it_is_now_for() -> None:
    honest, lie = hiding("object")
    follower = Follower(SIGNER)
    follower.sync(lie, honest.roots, own=honest.own)
    assert look(follower, honest).state == look(Follower(SIGNER), honest).state


@pytest.fixture
def served(cast: Cast) -> Served:
    cast.seal()
    return Served(cast)


def mislabelled(served: Served, kind: str) -> Proof:
    """The log turns the last bit of the tag of the first statement of this kind; its reader names it."""
    known = {row.index: row.note for rows in served.rows.values() for row in rows if row.note}
    at = next(index for index, whole in sorted(known.items()) if parse(whole)[0].type == kind)
    said = parse(known[at])[0]
    wrong = not said.for_parties
    served.entries_held[at] = tlog.statement_entry(said.id, known[at], said.place.after, for_parties=wrong)
    with pytest.raises(Tampered) as caught:
        Follower(LOG_SIGNER).sync(served, [served.world.consortium])
    assert caught.value.trouble is Trouble.MISLABELLED
    return caught.value.proof


@pytest.mark.parametrize("said", ["person.create", "org.add", "version", "grant", "person.request"])
def test_a_label_that_does_not_fit_its_text_convicts_the_log(served: Served, said: str) -> None:
    proof = mislabelled(served, said)
    assert stands(proof, LOG_SIGNER)
    assert not stands(replace(proof, notes=()), LOG_SIGNER)
    assert not stands(replace(proof, notes=("no statement",)), LOG_SIGNER)


def test_the_right_label_convicts_nobody(served: Served) -> None:
    row = served.rows[served.world.consortium][-1]
    assert row.note
    entry, receipt = served.entries_held[row.index].decode(), served.receipt(row.index).decode()
    made = Proof(Trouble.MISLABELLED, "", receipts=((entry, receipt),), notes=(row.note.decode(),))
    assert not stands(made, LOG_SIGNER)
    other = served.world.notes[0].decode()
    assert not stands(replace(made, notes=(other,)), LOG_SIGNER)


def test_a_fork_is_one_whatever_its_labels_say(served: Served) -> None:
    """Two statements at one place, the second logged as for its parties: their tags differ in the last bit."""
    before = served.links(served.world.consortium)[-2]
    held = tlog.parse_entry(served.entries_held[served.rows[served.world.consortium][-1].index])
    open_too = held.tag != tlog.tag(held.id, before)
    served.entries_held.append(tlog.statement_entry("2" * 64, b"x", before, for_parties=not open_too))
    assert tlog.parse_entry(served.entries_held[-1]).tag != held.tag
    with pytest.raises(Tampered) as caught:
        Follower(LOG_SIGNER).sync(served, [served.world.consortium])
    assert caught.value.trouble is Trouble.FORKED
    assert stands(caught.value.proof, LOG_SIGNER)


@pytest.mark.parametrize("label", [True, False])
def test_what_follows_is_withheld_whatever_its_label_says(served: Served, label: bool) -> None:
    head = served.links(served.world.consortium)[-1]
    served.entries_held.append(tlog.statement_entry("2" * 64, b"x", head, for_parties=label))
    with pytest.raises(Tampered) as caught:
        Follower(LOG_SIGNER).sync(served, [served.world.consortium])
    assert caught.value.trouble is Trouble.WITHHELD
    assert stands(caught.value.proof, LOG_SIGNER)


def test_whoever_says_something_sees_at_once_that_it_was_logged_under_another_label(served: Served) -> None:
    """The first who could be lied about is the author: the receipt is for the line with the right label."""
    cast = served.world
    follower = Follower(LOG_SIGNER)
    follower.sync(served, [cast.consortium])
    said = client.invite_organisation(cast.pen("ines"), cast.orgs["tinsel"], cast.consortium, b"i" * 32)
    line = tlog.statement_entry(said.id, said.note, said.place.after, for_parties=True)
    served.entries_held.append(line)
    with pytest.raises(Tampered) as caught:
        follower.confirm(
            served, served.receipt(len(served.entries_held) - 1), said.id, said.note, said.place.after
        )
    assert caught.value.trouble is Trouble.RECEIPT


def test_whoever_does_not_follow_a_chain_learns_no_kind_from_the_log() -> None:
    """The bit is turned, not set: on either side of it both values are as frequent."""
    ends = {True: set(), False: set()}  # type: dict[bool, set[int]]
    for said in grown(0).server.said.values():
        tag = tlog.tag(said.id, said.place.after, for_parties=said.for_parties)
        ends[said.for_parties].add(int(tag[-1], 16) & 1)
    assert ends == {True: {0, 1}, False: {0, 1}}


def test_every_implementation_and_the_specification_name_the_same_kinds() -> None:
    page = (ROOT / "assets/vault/statements/types.ts").read_text()
    told = (ROOT / "src/crosslab/ip_vault/SPEC.md").read_text()
    named = page.split("FOR_PARTIES", 1)[1].split(";", 1)[0]
    said = told.split("The texts of `org.wrap` are for", 1)[1].split("**for their parties**", 1)[0]
    assert set(re.findall(r'"([a-z.]+)"', named)) == verify.FOR_PARTIES == FOR_PARTIES
    assert {"org.wrap", *re.findall(r"`([a-z.]+)`", said)} == FOR_PARTIES
