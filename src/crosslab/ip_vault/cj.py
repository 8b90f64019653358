"""CJ1: canonical JSON, a strict subset of RFC 8785. One value, one byte sequence.

Reading is parse, write again, compare: whatever a lenient parser would repair (duplicate keys, white
space, `1.0`, `-0`, escapes) is thereby refused. No null, no floats. Do not loosen it for convenience:
signatures stand on these bytes. NFC is not checked here, since Unicode tables change (see `ingest`).
"""

import json
import re
from typing import Any, NoReturn

from crosslab.ip_vault.errors import FormatError

MAX_INT = 2**53 - 1
MAX_DEPTH = 16
_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")
_FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)

Value = Any  # bool | int | str | list[Value] | dict[str, Value]; mypy has no strict recursive form for JSON


def encode(value: Value) -> bytes:
    """The one byte sequence of a value; a value outside CJ1 is refused."""
    return _text(value, 0).encode()


def decode(data: bytes) -> Value:
    """The value of canonical bytes; bytes that are not exactly what `encode` writes are refused."""
    try:
        value = json.loads(data.decode(), parse_float=_no_floats, parse_constant=_no_floats, parse_int=_int)
    except (ValueError, RecursionError) as error:
        raise FormatError("this is not JSON as the vault writes it") from error
    if encode(value) != data:
        raise FormatError("the JSON is not canonical")
    return value


def check_text(text: str) -> None:
    """Refuses control, direction and non-characters; a line feed is allowed."""
    if _FORBIDDEN.search(text):
        raise FormatError("a text holds a control or direction character")


def _text(value: Value, depth: int) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return _number(value)
    if isinstance(value, str):
        return _string(value)
    if depth >= MAX_DEPTH:
        raise FormatError("the JSON is nested more than 16 levels deep")
    if isinstance(value, list):
        return "[" + ",".join(_text(item, depth + 1) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(_pair(key, value[key], depth) for key in _sorted(value)) + "}"
    raise FormatError("the JSON holds a null, a float or something else that is not allowed")


def _number(value: int) -> str:
    if abs(value) > MAX_INT:
        raise FormatError("a number is beyond 2^53 - 1")
    return str(value)


def _string(value: str) -> str:
    check_text(value)
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _sorted(value: dict[Any, Value]) -> list[str]:
    if not all(isinstance(key, str) and _KEY.fullmatch(key) for key in value):
        raise FormatError("a key is not lower-case ASCII")
    return sorted(value)


def _pair(key: str, value: Value, depth: int) -> str:
    return f'"{key}":' + _text(value, depth + 1)


def _no_floats(_: str) -> NoReturn:
    raise FormatError("the JSON holds a float")


def _int(digits: str) -> int:
    if len(digits) > 17:
        raise FormatError("a number is beyond 2^53 - 1")
    return int(digits)
