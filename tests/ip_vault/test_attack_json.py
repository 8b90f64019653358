"""Texts made to be read in two ways: duplicate keys, other spellings, hidden letters, names that leave their folder."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from crosslab.ip_vault import cj, statements
from crosslab.ip_vault.errors import FormatError
from crosslab.ip_vault.filenames import check_file_name
from crosslab.ip_vault.manifest import File, Manifest, write_manifest
from crosslab.ip_vault.statements import ingest
from crosslab.ip_vault.statements.statement import LABEL, MAX_SIZE
from tests.ip_vault.test_statements import BODY, TEXT

NOW = datetime(2026, 11, 21, 22, 0, 0, tzinfo=UTC)
LINE = TEXT.removeprefix(LABEL)[:-1].decode()
FIELDS: dict[str, Any] = json.loads(LINE)


def spelled(old: str, new: str) -> bytes:
    """A genuine statement with one thing spelled in another way."""
    assert old in LINE
    return LABEL + LINE.replace(old, new, 1).encode("utf-8", "surrogatepass") + b"\n"


def named(name: str) -> bytes:
    return LABEL + cj.encode({**FIELDS, "body": {**BODY, "name": name}}) + b"\n"


SPELLED = {
    "a duplicate key": spelled('"seq":0', '"seq":0,"seq":0'),
    "a duplicate key with another value": spelled('"v":1', '"v":2,"v":1'),
    "unsorted keys": spelled('"type":"person.create","v":1', '"v":1,"type":"person.create"'),
    "a space": spelled('"v":1', '"v": 1'),
    "a line feed": spelled('"v":1', '"v":1\n'),
    "1.0": spelled('"v":1', '"v":1.0'),
    "1e0": spelled('"v":1', '"v":1e0'),
    "-0": spelled('"seq":0', '"seq":-0'),
    "2 to the 53": spelled('"seq":0', '"seq":9007199254740992'),
    "null": spelled('"seq":0', '"seq":null'),
    "an unknown key": spelled('"v":1', '"v":1,"w":1'),
    "a missing key": spelled(',"v":1', ""),
    "__proto__": spelled('"after"', '"__proto__":{},"after"'),
    "constructor": spelled('"chain"', '"constructor":1,"chain"'),
    "depth 17": spelled('"seq":0', '"seq":' + "[" * 17 + "]" * 17),
    "an escaped letter": spelled('"name":"Ines"', '"name":"\\u0049nes"'),
    "a lone surrogate": spelled('"name":"Ines"', '"name":"Ines\\ud800"'),
    "a surrogate as bytes": spelled('"name":"Ines"', '"name":"Ines\ud800"'),
    "overlong UTF-8": TEXT.replace(b"Ines", b"\xc1\x89nes"),
    "a byte order mark": LABEL + b"\xef\xbb\xbf" + TEXT.removeprefix(LABEL),
}


@pytest.mark.parametrize("name", SPELLED)
def test_a_statement_spelled_otherwise_is_refused(name: str) -> None:
    with pytest.raises(FormatError):
        statements.read_text(SPELLED[name])


def test_one_byte_above_the_limit_is_one_too_many() -> None:
    with pytest.raises(FormatError, match="60 000"):
        statements.parse(b"x" * (MAX_SIZE + 1))


@pytest.mark.parametrize("name", ["Ine\u0301s", "A\u030angstro\u0308m"])
def test_a_name_in_another_normal_form_is_refused_at_the_door_and_nowhere_else(name: str) -> None:
    """Old evidence must verify when Unicode's tables have changed."""
    said = statements.read_text(named(name))
    with pytest.raises(FormatError, match="normal form C"):
        ingest.check(said, NOW)


@pytest.mark.parametrize("mark", ["\u202e", "\u202a", "\u2066", "\u2069", "\ufeff"])
def test_a_name_that_turns_the_writing_around_is_never_read(mark: str) -> None:
    line = LINE.replace("Ines", f"In{mark}es")
    with pytest.raises(FormatError, match="direction character"):
        statements.read_text(LABEL + line.encode() + b"\n")


@pytest.mark.parametrize(
    "mark", ["\u200b", "\u200c", "\u200d", "\u200e", "\u00ad", "\u2060", "\u3164", "\u180e"]
)
def test_a_name_with_an_invisible_letter_is_refused_at_the_door(mark: str) -> None:
    with pytest.raises(FormatError, match="invisible"):
        ingest.check(statements.read_text(named(f"In{mark}es")), NOW)


HOSTILE = {
    "the folder above": "../passwd",
    "the folder above, elsewhere": "..\\passwd",
    "an absolute path": "/etc/passwd",
    "a drive": "C:hinge.txt",
    "a stream": "hinge.txt:evil",
    "a device": "CON",
    "a device with an ending": "con.txt",
    "a device and a space": "nul .txt",
    "a superscript device": "com\u00b9.txt",
    "an ending turned around": "hinge\u202ecod.exe",
    "a mark from right to left": "hinge\u200fcod.exe",
    "300 bytes": "x" * 300,
    "256 bytes of two each": "é" * 128,
    "another normal form": "e\u0301.txt",
    "a hidden file": ".bashrc",
    "an ending that falls off": "hinge.exe.",
    "a line feed": "a\nb",
    "a zero": "a\0b",
    "nothing": "",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_name_is_refused_before_anything_is_sealed(name: str) -> None:
    with pytest.raises(FormatError):
        check_file_name(HOSTILE[name])
    with pytest.raises(FormatError):
        write_manifest(Manifest("x", "", (File(HOSTILE[name], "a/b", 1, "0" * 64, "1" * 64),)), bytes(32))
