"""Canonical JSON: one value, one byte sequence."""

from contextlib import suppress
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from crosslab.ip_vault import cj
from crosslab.ip_vault.errors import FormatError

KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn"])) | st.just('a"\\\n')
VALUES = st.recursive(
    st.booleans() | st.integers(-cj.MAX_INT, cj.MAX_INT) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_written_is_read(value: Any) -> None:
    assert cj.decode(cj.encode(value)) == value


@given(VALUES)
def test_it_is_a_subset_of_rfc_8785(value: Any) -> None:
    assert cj.encode(value) == rfc8785.dumps(value)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(FormatError):
        assert cj.encode(cj.decode(data)) == data


BAD = {
    "a duplicate key": b'{"a":1,"a":2}',
    "the same key twice with one value": b'{"a":1,"a":1}',
    "unsorted keys": b'{"b":1,"a":2}',
    "white space": b'{"a": 1}',
    "a line feed at the end": b'{"a":1}\n',
    "a float": b"1.0",
    "an exponent": b"1e3",
    "minus zero": b"-0",
    "2 to the 53": b"9007199254740992",
    "a hundred digits": b"1" * 5000,
    "null": b"null",
    "NaN": b"NaN",
    "__proto__": b'{"__proto__":1}',
    "an upper-case key": b'{"A":1}',
    "an empty key": b'{"":1}',
    "depth 17": b"[" * 17 + b"]" * 17,
    "depth 100000": b"[" * 100_000,
    "an escaped letter": b'"\\u0041"',
    "an escaped slash": b'"\\/"',
    "a tab": b'"\\t"',
    "a raw line feed": b'"\n"',
    "a lone surrogate": b'"\\ud800"',
    "overlong UTF-8": b'"\xc0\xaf"',
    "a surrogate in UTF-8": b'"\xed\xa0\x80"',
    "a byte order mark": b'\xef\xbb\xbf"a"',
    "a right-to-left override": '"exe\u202ecod"'.encode(),
    "an isolate": '"\u2066"'.encode(),
    "DEL": b'"\x7f"',
    "C1": b'"\xc2\x85"',
    "a non-character": '"\uffff"'.encode(),
    "nothing": b"",
    "two values": b"1 2",
}


@pytest.mark.parametrize("name", BAD)
def test_other_spellings_are_refused(name: str) -> None:
    with pytest.raises(FormatError):
        cj.decode(BAD[name])


@pytest.mark.parametrize("value", [None, 1.5, {1: 2}, b"x", ["\ud800"], {"a": None}, 2**53])
def test_other_values_are_not_written(value: Any) -> None:
    with pytest.raises(FormatError):
        cj.encode(value)


def test_sixteen_levels_are_allowed() -> None:
    assert cj.decode(b"[" * 16 + b"]" * 16)
