"""The age v1 header: version line, recipient stanzas, MAC line (C2SP age, "Header").

Parsing is strict: one byte sequence per meaning. `parse_header` alone proves nothing about who made a
file or whether it opens; it is what a server without keys may check. Never rebuild a parsed header to
compute its MAC: the MAC covers the bytes that came.
"""

import base64
import binascii
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from crosslab.ip_vault.age.errors import HeaderFailure

VERSION_LINE = b"age-encryption.org/v1"
MAX_HEADER = 256 * 1024
MAX_STANZAS = 1024
_COLUMNS = 64
_BASE64 = re.compile(rb"[A-Za-z0-9+/]*")
_ARGUMENT = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True)
class Stanza:
    """One wrapping of the file key: its arguments (the first names the kind) and its body."""

    args: tuple[str, ...]
    body: bytes


@dataclass(frozen=True)
class Header:
    """A parsed header; `signed` are the bytes that the MAC covers, `size` is where the payload starts."""

    stanzas: tuple[Stanza, ...]
    mac: bytes
    signed: bytes
    size: int


class Recipient(Protocol):
    """Whoever may open a file: makes one stanza from the file key."""

    def wrap(self, file_key: bytes) -> Stanza:
        """The stanza that gives this recipient the file key."""


class Identity(Protocol):
    """A key that opens files: the file key, or None when no stanza is for it."""

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        """The file key; raises HeaderFailure when a stanza of its kind breaks the rules."""


def hkdf(secret: bytes, salt: bytes | None, info: bytes) -> bytes:
    """32 bytes of HKDF-SHA256 (RFC 5869); `info` says what the key is for, so no key has two jobs."""
    return HKDF(SHA256(), 32, salt, info).derive(secret)


def b64(data: bytes) -> str:
    """Unpadded standard base64, as age writes it."""
    return base64.b64encode(data).rstrip(b"=").decode()


def unb64(text: bytes) -> bytes:
    """Unpadded base64 in its one canonical spelling; stray bits, padding and white space are refused."""
    if _BASE64.fullmatch(text) is None:
        raise HeaderFailure("a header field is not base64")
    try:
        data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise HeaderFailure("a header field is not base64") from error
    if b64(data).encode() != text:
        raise HeaderFailure("a header field is not canonical base64")
    return data


def parse_header(data: bytes | memoryview) -> Header:
    """The header at the start of the data; the rest may be anything."""
    head = bytes(data[:MAX_HEADER])
    lines = head.split(b"\n")[:-1]
    if not lines or lines[0] != VERSION_LINE:
        raise HeaderFailure("this is not an age v1 file")
    stanzas: list[Stanza] = []
    place, at = len(VERSION_LINE) + 1, 1
    while at < len(lines) and lines[at].startswith(b"-> "):
        stanza, taken = _stanza(lines, at)
        stanzas.append(stanza)
        place += sum(len(line) + 1 for line in lines[at : at + taken])
        at += taken
        if len(stanzas) > MAX_STANZAS:
            raise HeaderFailure("the header has more than 1024 stanzas")
    if at >= len(lines) or not stanzas or not lines[at].startswith(b"--- "):
        raise HeaderFailure("the header has no stanza or no MAC line within 256 KiB")
    mac = unb64(lines[at][4:])
    if len(mac) != 32:
        raise HeaderFailure("the header's MAC is not 32 bytes")
    return Header(tuple(stanzas), mac, head[: place + 3], place + len(lines[at]) + 1)


def _stanza(lines: list[bytes], at: int) -> tuple[Stanza, int]:
    try:
        args = tuple(lines[at][3:].decode("ascii").split(" "))
    except UnicodeDecodeError as error:
        raise HeaderFailure("a stanza argument is not ASCII") from error
    if any(_ARGUMENT.fullmatch(arg) is None for arg in args):
        raise HeaderFailure("a stanza argument is empty or not visible ASCII")
    body: list[bytes] = []
    for line in lines[at + 1 :]:
        if len(line) > _COLUMNS:
            raise HeaderFailure("a stanza line is longer than 64 columns")
        body.append(unb64(line))
        if len(line) < _COLUMNS:
            return Stanza(args, b"".join(body)), len(body) + 1
    raise HeaderFailure("a stanza has no final line")


def write_header(stanzas: Sequence[Stanza], file_key: bytes) -> bytes:
    """The header for these stanzas, with the MAC made from the file key."""
    out = [VERSION_LINE.decode() + "\n"]
    for stanza in stanzas:
        out.append("-> " + " ".join(stanza.args) + "\n")
        body = b64(stanza.body)
        out += [body[start : start + _COLUMNS] + "\n" for start in range(0, len(body) + 1, _COLUMNS)]
    signed = "".join(out).encode() + b"---"
    return signed + b" " + b64(header_mac(signed, file_key)).encode() + b"\n"


def header_mac(signed: bytes, file_key: bytes) -> bytes:
    """HMAC-SHA256 over the header up to and including `---`; commits the header to this file key."""
    return hmac.digest(hkdf(file_key, None, b"header"), signed, sha256)
