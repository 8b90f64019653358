"""Checking a receipt: what holds, and which link is named when it does not."""

import base64
import re

import pytest
from sqlmodel import select

from crosslab.desk.queries import sample, verdict
from crosslab.ip_vault import tlog
from crosslab.ip_vault.keys import SigningKey
from crosslab.ledger.tables import Statement

READ, SIGNED, ENTERED, INCLUDED, CONTINUED, STATED = range(6)


@pytest.fixture
def keeper(door):
    return door.keeper


@pytest.fixture
def statement(db, world):
    """A version that Fjordlys sealed."""
    return db.exec(select(Statement).where(Statement.type == "version").order_by(Statement.idx)).first()


@pytest.fixture
def receipt(db, keeper, statement):
    return keeper.receipts(db, [statement.idx])[0].decode()


def broken(made):
    """The number of the link that does not hold."""
    return [check.state for check in made.checks].index("now")


def test_a_receipt_holds_and_says_so_link_by_link(db, keeper, receipt, statement):
    made = verdict(db, keeper, receipt)

    assert made.holds
    assert [check.state for check in made.checks] == ["done"] * 5
    assert (made.index, made.at, made.organisation) == (statement.idx, None, "")


def test_whoever_holds_the_statement_learns_when_and_for_whom_it_was_made(db, keeper, receipt, statement):
    made = verdict(db, keeper, receipt, statement.note)

    assert made.holds
    assert made.at == statement.at
    assert made.organisation == "Fjordlys AS"


def test_line_breaks_of_a_form_do_no_harm(db, keeper, receipt, statement):
    posted = receipt.replace("\n", "\r\n").strip()

    assert verdict(db, keeper, posted, statement.note.replace("\n", "\r\n").rstrip()).holds


@pytest.mark.parametrize(
    "text", ["x", "c2sp.org/tlog-proof@v1\nindex 0\n", "c2sp.org/tlog-proof@v1\nindex -1\n\nx\n"]
)
def test_what_is_no_receipt_breaks_at_the_first_link(db, keeper, text):
    made = verdict(db, keeper, text)

    assert (made.holds, broken(made)) == (False, READ)
    assert [check.state for check in made.checks[1:]] == ["next"] * 4


def test_a_receipt_of_another_register_or_another_key_is_not_signed_by_this_one(db, keeper, receipt):
    parsed = tlog.parse_receipt(receipt.encode())
    point = tlog.parse_checkpoint(parsed.checkpoint)
    for origin, signer in (("other.example/log", keeper.key), (keeper.origin, SigningKey(b"f" * 32))):
        forged = tlog.sign_checkpoint(tlog.Checkpoint(origin, point.size, point.root), signer)
        written = tlog.write_receipt(tlog.Receipt(parsed.index, parsed.proof, forged)).decode()
        assert broken(verdict(db, keeper, written)) == SIGNED


def test_an_entry_that_is_not_there_is_named(db, keeper, receipt):
    assert broken(verdict(db, keeper, re.sub(r"index \d+", "index 999999", receipt))) == ENTERED


def test_a_receipt_for_another_entry_does_not_lead_to_the_signature(db, keeper, receipt, statement):
    moved = receipt.replace(f"index {statement.idx}\n", f"index {statement.idx - 1}\n")

    assert broken(verdict(db, keeper, moved)) == INCLUDED


def test_a_tampered_proof_is_noticed(db, keeper, receipt):
    line = receipt.split("\n")[2]
    turned = bytes([base64.b64decode(line)[0] ^ 1]) + base64.b64decode(line)[1:]

    assert broken(verdict(db, keeper, receipt.replace(line, base64.b64encode(turned).decode()))) == INCLUDED


def test_a_register_that_was_rewritten_is_noticed(db, keeper, receipt):
    parsed = tlog.parse_receipt(receipt.encode())
    size = tlog.parse_checkpoint(parsed.checkpoint).size
    newer = tlog.sign_checkpoint(tlog.Checkpoint(keeper.origin, size + 1, b"r" * 32), keeper.key)
    written = tlog.write_receipt(tlog.Receipt(parsed.index, parsed.proof, newer)).decode()

    assert broken(verdict(db, keeper, written)) == INCLUDED


def test_another_statement_is_not_the_one_that_was_entered(db, keeper, receipt, statement):
    other = db.exec(select(Statement).where(Statement.idx == statement.idx - 1)).one()

    assert broken(verdict(db, keeper, receipt, other.note)) == STATED
    assert broken(verdict(db, keeper, receipt, "not a statement")) == STATED


def test_the_sample_is_a_true_receipt(db, keeper, world):
    assert verdict(db, keeper, sample(db, keeper)).holds


def test_anyone_can_check_on_the_page_in_each_language(browse, world, receipt, statement):
    visitor = browse()
    good = visitor.get("/en/verify", params={"receipt": receipt, "note": statement.note})
    bad = visitor.get("/de/verify", params={"receipt": receipt[:-9]})

    assert "The receipt and the statement belong together" in good.text
    assert "Fjordlys AS" in good.text
    assert "Die Kette ist gerissen" in bad.text
    assert "Kvitteringen er ekte" in visitor.get("/no/verify?sample=yes").text


def test_nothing_about_a_statement_is_told_to_whoever_does_not_hold_it(browse, world, receipt):
    assert "Fjordlys AS" not in browse().get("/en/verify", params={"receipt": receipt}).text
