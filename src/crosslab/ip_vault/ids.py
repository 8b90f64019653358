"""Ids: the lower-case hex SHA-256 of a statement's text. A thing's id is that of its first statement."""

import re
from hashlib import sha256

from crosslab.ip_vault.errors import FormatError

_HEX = re.compile(r"[0-9a-f]{64}")


def digest(data: bytes) -> str:
    """The hex SHA-256 of some bytes."""
    return sha256(data).hexdigest()


def is_id(text: object) -> bool:
    """Whether this is 64 lower-case hex digits."""
    return isinstance(text, str) and _HEX.fullmatch(text) is not None


def raw(text: str) -> bytes:
    """The 32 bytes behind an id or hash."""
    if not is_id(text):
        raise FormatError("this is not 64 lower-case hex digits")
    return bytes.fromhex(text)
