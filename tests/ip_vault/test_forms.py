"""The form of every part: what it takes at its edges, and what it refuses by name, whatever kind of value comes."""

import base64
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from crosslab.ip_vault import cj, grants, manifest, note, statements, tlog
from crosslab.ip_vault.errors import FormatError, ProofError, VaultError
from crosslab.ip_vault.keys import SigningKey, b64u
from crosslab.ip_vault.manifest import Manifest
from crosslab.ip_vault.statements import Place, ingest, shape
from crosslab.ip_vault.statements.statement import LABEL, MAX_SIZE
from tests.ip_vault.test_statements import BODY, FIELDS, ID, OWN, TEXT
from tests.ip_vault.world import AT, LOG

OTHER = "cd" * 32
SHAPES: dict[str, tuple[shape.Shape, list[Any]]] = {
    "a word": (shape.word("yes", "no"), ["yes", "no"]),
    "a pattern": (shape.matching("a{1,2}"), ["a", "aa"]),
    "a text": (shape.text(3), ["x", "abc"]),
    "a text on lines": (shape.text(3, least=0, lines=True), ["", "x", "a\nb"]),
    "a number": (shape.number(1, 3), [1, 3]),
    "an id": (shape.ident, [ID]),
    "nothing": (shape.empty, [""]),
    "nothing or an id": (shape.either(shape.empty, shape.ident), ["", ID]),
    "a second": (shape.moment, [AT, "1000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]),
    "a key": (shape.public_key, [b64u(OWN.sign.public)]),
    "a recipient": (shape.recipient, [str(OWN.age.recipient)]),
    "owners": (shape.owners, [[{"party": ID, "share": "1/1"}]]),
    "a list": (shape.each(shape.ident, 2), [[], [ID], [ID, ID]]),
    "a list of one each": (shape.each(shape.ident, 2, least=1, once=""), [[ID], [ID, OTHER]]),
    "an object": (shape.closed(a=shape.ident), [{"a": ID}]),
}
KINDS: list[Any] = [
    0,
    4,
    -1,
    True,
    False,
    "x",
    "é" * 4,
    " a",
    "a ",
    "\n",
    [],
    ["x"],
    [ID] * 3,
    {},
    {"a": 1},
    {"b": ID},
]


@pytest.mark.parametrize("name", SHAPES)
def test_a_part_takes_what_it_is_made_for_and_nothing_of_another_kind(name: str) -> None:
    check, good = SHAPES[name]
    for value in good:
        check(value)
    for value in [each for each in KINDS if each not in good or isinstance(each, bool)]:
        with pytest.raises(VaultError):
            check(value)


BAD_MOMENTS = ["0999-12-31T23:59:59Z", "2026-1-1T0:0:0Z", "2026-11-21T22:00:00", "2026-11-21 22:00:00Z", "x"]


@pytest.mark.parametrize("value", BAD_MOMENTS)
def test_a_second_has_one_spelling(value: str) -> None:
    with pytest.raises(FormatError):
        shape.moment(value)


LEAVES: dict[str, Any] = {
    **FIELDS, "type": "consortium.leave", "chain": ID, "seq": 1, "after": ID, "by": ID, "for": ID, "body": {"org": ID},
}  # fmt: skip


def leaving(**changes: Any) -> bytes:
    fields = {key: value for key, value in {**LEAVES, **changes}.items() if value is not ...}
    return LABEL + cj.encode(fields) + b"\n"


OUT_OF_PLACE = {
    "for nobody": {"for": ...},
    "for something that is no id": {"for": "x"},
    "for a number": {"for": 7},
    "by something that is no id": {"by": "x"},
    "by nobody": {"by": ""},
    "first on its chain": {"seq": 0},
    "before the first": {"seq": -1},
    "beyond every chain": {"seq": 2**40},
    "on no chain": {"chain": ""},
    "on a chain that is no id": {"chain": "x"},
    "after nothing": {"after": ""},
    "after something that is no link": {"after": "x"},
    **{
        f"with a list for {key}": {key: []}
        for key in ("after", "at", "by", "chain", "log", "salt", "type", "seq")
    },
}


@pytest.mark.parametrize("name", OUT_OF_PLACE)
def test_a_later_statement_out_of_form_is_refused(name: str) -> None:
    with pytest.raises(FormatError):
        statements.read_text(leaving(**OUT_OF_PLACE[name]))


def test_a_later_statement_is_read_up_to_the_last_place_there_can_be() -> None:
    assert statements.read_text(leaving(seq=2**40 - 1)).place.seq == 2**40 - 1


@pytest.mark.parametrize("tail", [b"[]\n", b"7\n", TEXT.removeprefix(LABEL)[:-1] + b"x", b"\n", b""])
def test_a_text_that_is_no_object_on_a_line_is_no_statement(tail: bytes) -> None:
    with pytest.raises(FormatError):
        statements.read_text(LABEL + tail)


def test_nothing_is_composed_that_nobody_would_read() -> None:
    with pytest.raises(FormatError):
        statements.compose(Place(LOG), "person.create", {**BODY, "x": 1}, by="", at=AT, salt=b"s" * 16)


def filled(size: int) -> bytes:
    """A statement's note of exactly so many bytes: a line by nobody fills it up."""
    start = TEXT + b"\n\xe2\x80\x94 "
    end = b" AAAAAAA=\n"
    return start + b"n" * (size - len(start) - len(end)) + end


def test_a_note_of_exactly_the_largest_size_is_read() -> None:
    assert statements.parse(filled(MAX_SIZE))[0].text == TEXT
    with pytest.raises(FormatError, match="60 000"):
        statements.parse(filled(MAX_SIZE + 1))


def test_a_note_is_signed_up_to_the_largest_size_and_not_beyond() -> None:
    """The log's name stands in the text and in the line beneath it; a letter of a name evens it out."""

    def of(long: int, name: str) -> bytes:
        body = {**BODY, "name": name}
        return statements.compose(Place("l" * long), "person.create", body, by="", at=AT, salt=b"s" * 16)

    least = len(statements.sign(of(1, "n"), OWN.sign)) - 2
    long, odd = divmod(MAX_SIZE - least, 2)
    assert len(statements.sign(of(long, "n" * (1 + odd)), OWN.sign)) == MAX_SIZE
    with pytest.raises(FormatError, match="60 000"):
        statements.sign(of(long, "n" * (2 + odd)), OWN.sign)


def test_the_clock_and_every_text_however_deep_are_looked_at_on_the_way_in() -> None:
    said = statements.read_text(TEXT)
    at = datetime.fromisoformat(AT)
    for moment in (at - ingest.TOLERANCE, at + ingest.TOLERANCE):
        ingest.check(said, moment)
        with pytest.raises(FormatError, match="ten minutes"):
            ingest.check(said, moment + (moment - at) / ingest.TOLERANCE * timedelta(seconds=1))
    ingest.check(replace(said, body={"number": 3, "list": [{"name": "\u00e9"}, 4]}), at)
    for body in ({"list": ["e\u0301"]}, {"list": [{"a": ["e\u0301"]}]}, {"a": {"b": "e\u0301"}}):
        with pytest.raises(FormatError, match="normal form"):
            ingest.check(replace(said, body=body), at)


def test_what_is_no_file_of_keys_is_said_to_be_none() -> None:
    for data in (b"", b"x", b"# crosslab org keys \n", "é".encode()):
        with pytest.raises(FormatError):
            grants.read_org_keys(data, ID, [])
        with pytest.raises(FormatError):
            grants.read_grant(data, ID)
        with pytest.raises(FormatError):
            grants.read_identity_file(data)


def test_the_salt_of_a_manifest_has_one_spelling() -> None:
    data = manifest.write_manifest(Manifest("A title", "", ()), bytes(32))
    with pytest.raises(FormatError):
        manifest.read_manifest(data.replace(b'"salt":"' + b"A" * 43, b'"salt":"' + b"A" * 42 + b"B"))


KEY, HASH = SigningKey(b"k" * 32), base64.b64encode(bytes(32)).decode()
POINT = tlog.sign_checkpoint(tlog.Checkpoint("log.example/1", 1, bytes(32)), KEY)


def receipt(*hashes: str, checkpoint: bytes = POINT, head: str = "index 0") -> bytes:
    return "\n".join([tlog.PROOF_LINE, *filter(None, [head]), *hashes]).encode() + b"\n\n" + checkpoint


def test_a_receipt_has_as_many_hashes_as_a_log_can_need() -> None:
    assert tlog.parse_receipt(receipt()).proof == ()
    assert len(tlog.parse_receipt(receipt(*[HASH] * 64)).proof) == 64


BAD_RECEIPTS = {
    "65 hashes": receipt(*[HASH] * 65),
    "without an index": receipt(head=""),
    "an index of another name": receipt(head="place 0"),
    "without a checkpoint": receipt(checkpoint=b""),
    "over something else": receipt(checkpoint=b"a checkpoint\n"),
    "without an empty line": receipt().replace(b"\n\n", b"\n", 1),
    "with a hash spelled otherwise": receipt(HASH[:-2] + "B="),
    "with a short hash": receipt(base64.b64encode(bytes(31)).decode()),
}


@pytest.mark.parametrize("name", BAD_RECEIPTS)
def test_a_receipt_out_of_form_is_refused(name: str) -> None:
    with pytest.raises(FormatError):
        tlog.parse_receipt(BAD_RECEIPTS[name])


BAD_LINES = [
    b"s " + ID.encode() + b"\n",
    f"s {ID} {ID}\n".encode(),
    f"s {ID} {'x' * 64} {ID[:32]}\n".encode(),
    f"s {ID} {ID} {'x' * 32}\n".encode(),
    f"s {ID} {ID} {ID}\n".encode(),
    f"s {ID} {ID.upper()} {ID[:32]}\n".encode(),
    f"r {ID} {ID} {ID[:32]}\n".encode(),
    f"p {ID}".encode(),
    f"t {ID}\n".encode(),
    b"\xff\n",
]


@pytest.mark.parametrize("line", BAD_LINES)
def test_a_line_of_the_log_out_of_form_is_refused(line: bytes) -> None:
    with pytest.raises(FormatError):
        tlog.parse_entry(line)


BAD_CHECKPOINTS = ["log.example/1\n1\n", f"log.example/1\n1\n{HASH}\n\n", f"log.example/1\n1\n{HASH}\nmore\n"]


@pytest.mark.parametrize("told", BAD_CHECKPOINTS)
def test_a_checkpoint_has_exactly_three_lines(told: str) -> None:
    with pytest.raises(FormatError):
        tlog.parse_checkpoint(note.sign(told.encode(), [("log.example/1", KEY)]))


def test_a_checkpoint_of_another_log_under_this_log_s_name_is_refused() -> None:
    lie = note.sign(
        tlog.checkpoint_text(tlog.Checkpoint("other.example/1", 1, bytes(32))), [("log.example/1", KEY)]
    )
    with pytest.raises(ProofError):
        tlog.open_checkpoint(lie, "log.example/1", KEY.public)


def test_a_smaller_log_is_no_continuation() -> None:
    pin, smaller = (tlog.Checkpoint("log.example/1", size, bytes(32)) for size in (2, 1))
    for proof in ([], [bytes(32)]):
        with pytest.raises(ProofError):
            tlog.extends(pin, smaller, proof)
