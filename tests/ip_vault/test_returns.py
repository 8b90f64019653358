"""What is handed back to a log that has lost something: its form, and that only what the log has signed passes."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosslab.ip_vault import cj, merkle, note, tlog
from crosslab.ip_vault.client import create_person
from crosslab.ip_vault.client.memory import Peaks
from crosslab.ip_vault.client.pen import Pen
from crosslab.ip_vault.errors import FormatError, ProofError, VaultError
from crosslab.ip_vault.keys import SigningKey, person_keys
from crosslab.ip_vault.replay import State
from crosslab.ip_vault.returns import MOST_BYTES, Return, prove, read_return, write_return
from tests.ip_vault.world import AT, LOG, secret

KEY = SigningKey(b"l" * 32)
SIGNER = note.Signer(LOG, KEY.public)
FIRST = [tlog.release_entry(b"a release"), tlog.release_entry(b"another")]


def a_return() -> Return:
    """A person's first statement and a release, after two entries that the log still has."""
    said = create_person(Pen(State(LOG), AT, bytes, person_keys(secret("ines"))), "Ines")
    entries = (tlog.statement_entry(said.id, said.note, None), tlog.release_entry(b"a third"))
    return Return(LOG, 2, entries, signed([*FIRST, *entries]), (said.note,))


def signed(entries: list[bytes], log: str = LOG, key: SigningKey = KEY) -> bytes:
    tree = peaks(entries)
    return tlog.sign_checkpoint(tlog.Checkpoint(log, tree.size, tree.root()), key)


def peaks(entries: list[bytes]) -> Peaks:
    made = Peaks()
    for each in entries:
        made.append(merkle.leaf_hash(each))
    return made


GIVEN = a_return()


def test_what_is_written_is_read_and_proven() -> None:
    again = read_return(write_return(GIVEN))
    assert again == GIVEN
    assert prove(again, peaks(FIRST), SIGNER).size == 4


FIELDS: dict[str, Any] = json.loads(write_return(GIVEN))
BAD_FORMS = {
    "a key too many": {"more": 1},
    "a key too few": {"log": ...},
    "another version": {"v": 2},
    "a place before the first": {"first": -1},
    "true for a place": {"first": True},
    "a text for a place": {"first": "2"},
    "a text for a list": {"notes": "x"},
    "a number for a text": {"notes": [1]},
    "a number for a checkpoint": {"checkpoint": 1},
    "a list for a log": {"log": []},
    "a line that is none": {"entries": ["x\n"]},
    "a file that is no base64": {"files": ["é"]},
    "a file with a stray letter": {"files": ["AA=A"]},
}


@pytest.mark.parametrize("name", BAD_FORMS)
def test_a_return_out_of_form_is_refused(name: str) -> None:
    fields = {key: value for key, value in {**FIELDS, **BAD_FORMS[name]}.items() if value is not ...}
    with pytest.raises(FormatError):
        read_return(cj.encode(fields) + b"\n")


@pytest.mark.parametrize(
    "data", [b"", b"[]\n", b"7", b"{}", json.dumps(FIELDS).encode(), bytes(MOST_BYTES + 1)]
)
def test_what_is_no_return_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        read_return(data)


STRANGER = SigningKey(b"s" * 32)
LIES: dict[str, Callable[[], tuple[Return, list[bytes]]]] = {
    "for another log": lambda: (replace(GIVEN, log="other.example/1"), FIRST),
    "signed by a stranger": lambda: (
        replace(GIVEN, checkpoint=signed([*FIRST, *GIVEN.entries], key=STRANGER)),
        FIRST,
    ),
    "a line left out": lambda: (replace(GIVEN, entries=GIVEN.entries[:1]), FIRST),
    "a line exchanged": lambda: (replace(GIVEN, entries=(GIVEN.entries[0], FIRST[0])), FIRST),
    "lines in another order": lambda: (replace(GIVEN, entries=GIVEN.entries[::-1]), FIRST),
    "after another history": lambda: (GIVEN, FIRST[::-1]),
    "after a gap": lambda: (GIVEN, FIRST[:1]),
    "a text that nothing names": lambda: (replace(GIVEN, notes=(*GIVEN.notes, b"x")), FIRST),
    "a file that nothing names": lambda: (replace(GIVEN, files=(b"x",)), FIRST),
}


WHY = {"a line left out": "do not end", "after a gap": "do not end", "a line exchanged": "are not the ones"}


@pytest.mark.parametrize("name", LIES)
def test_only_what_the_log_has_signed_is_proven(name: str) -> None:
    lie, before = LIES[name]()
    with pytest.raises(ProofError, match=WHY.get(name)):
        prove(lie, peaks(before), SIGNER)


def test_a_whole_log_can_be_handed_back() -> None:
    whole = Return(LOG, 0, (*FIRST, *GIVEN.entries), GIVEN.checkpoint)
    assert prove(read_return(write_return(whole)), Peaks(), SIGNER).size == 4


def test_a_line_without_its_text_is_proven_all_the_same() -> None:
    """Texts are with their parties; each of them hands back their own."""
    assert prove(replace(GIVEN, notes=()), peaks(FIRST), SIGNER).size == 4


@settings(max_examples=100)
@given(st.data())
def test_whatever_is_changed_is_refused_by_name(data: st.DataObject) -> None:
    whole = bytearray(write_return(GIVEN))
    at = data.draw(st.integers(0, len(whole) - 2))
    whole[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(VaultError):
        prove(read_return(bytes(whole)), peaks(FIRST), SIGNER)
