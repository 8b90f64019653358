"""C2SP signed notes: a text, an empty line, signature lines. Ed25519 only (type 0x01).

A note is parsed strictly and kept as the bytes that came. Who must have signed is the caller's rule:
`verify_exactly` for statements (these keys, this order, nobody else), `verify_one` for checkpoints
(this key; lines of unknown keys are ignored, as the standard wants).
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from crosslab.ip_vault import keys
from crosslab.ip_vault.curve import check_public
from crosslab.ip_vault.errors import FormatError, ProofError

ED25519 = 1
COSIGNATURE = 4
MAX_LINES = 32
_MARK = "— "
_SPACE = re.compile("[\x00-\x20\x7f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000+]")
_CONTROL = re.compile(rb"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True)
class Signature:
    """One signature line: whose key, its four-byte id, and the rest."""

    name: str
    key_id: bytes
    data: bytes


@dataclass(frozen=True)
class Note:
    """A parsed note: the signed text (with its last line feed) and the lines under it."""

    text: bytes
    signatures: tuple[Signature, ...]


@dataclass(frozen=True)
class Signer:
    """A name and the public key that must have signed under it."""

    name: str
    public: bytes


def key_id(name: str, public: bytes, kind: int = ED25519) -> bytes:
    """Four bytes that tell keys of one name apart; not a fingerprint, collisions are easy to make."""
    return sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def check_name(name: str) -> None:
    """Refuses an empty name and one with a space or plus."""
    if not name or _SPACE.search(name):
        raise FormatError("a key name is empty or holds a space or a plus")


def signature_line(name: str, ident: bytes, data: bytes) -> bytes:
    """One line under the text."""
    check_name(name)
    return f"{_MARK}{name} {base64.b64encode(ident + data).decode()}\n".encode()


def sign(text: bytes, signers: Sequence[tuple[str, keys.SigningKey]]) -> bytes:
    """The whole note: the text, signed by each name with its key, in this order."""
    lines = [signature_line(name, key_id(name, key.public), key.sign(text)) for name, key in signers]
    whole = text + b"\n" + b"".join(lines)
    parse(whole)
    return whole


def parse(data: bytes) -> Note:
    """The note in these bytes; anything but the one strict form is refused."""
    if _CONTROL.search(data):
        raise FormatError("a note holds a control character")
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise FormatError("a note is not UTF-8") from error
    text, mark, tail = data.rpartition(b"\n\n")
    if not mark or not tail.endswith(b"\n"):
        raise FormatError("a note has a text, an empty line and signature lines")
    lines = tail[:-1].decode().split("\n")
    if len(lines) > MAX_LINES:
        raise FormatError("a note has more than 32 signature lines")
    signatures = tuple(_signature(line) for line in lines)
    if len({(each.name, each.key_id) for each in signatures}) != len(signatures):
        raise FormatError("a key signed twice")
    return Note(text + b"\n", signatures)


def verify_exactly(note: Note, signers: Sequence[Signer]) -> None:
    """Raises ProofError unless exactly these signed, in this order."""
    if len(note.signatures) != len(signers):
        raise ProofError("the note is not signed by exactly those who must sign")
    for signature, signer in zip(note.signatures, signers, strict=True):
        _verify(note.text, signature, signer)


def verify_one(note: Note, signer: Signer) -> None:
    """Raises ProofError unless this key signed; other lines are nobody's business."""
    wanted = (signer.name, key_id(signer.name, signer.public))
    for signature in note.signatures:
        if (signature.name, signature.key_id) == wanted:
            return _verify(note.text, signature, signer)
    raise ProofError("the note is not signed by the key it must be signed by")


def vkey(name: str, public: bytes, kind: int = ED25519) -> str:
    """A verifier key as text: `name+id+base64(type and key)`. A witness's is of the kind `COSIGNATURE`."""
    check_name(name)
    body = base64.b64encode(bytes([kind]) + public).decode()
    return f"{name}+{key_id(name, public, kind).hex()}+{body}"


def parse_vkey(text: str, kind: int = ED25519) -> Signer:
    """The name and key of a verifier key of this kind, checked as at registration."""
    parts = text.split("+", 2)
    if len(parts) != 3:
        raise FormatError("a verifier key has a name, an id and a key")
    data = _unb64(parts[2])
    signer = Signer(parts[0], data[1:])
    check_name(signer.name)
    if data[:1] != bytes([kind]) or vkey(signer.name, signer.public, kind) != text:
        raise FormatError("the verifier key's parts do not belong together")
    check_public(signer.public)
    return signer


def _verify(text: bytes, signature: Signature, signer: Signer) -> None:
    if (signature.name, signature.key_id) != (signer.name, key_id(signer.name, signer.public)):
        raise ProofError("a signature line is not by the key that must sign here")
    keys.verify(signer.public, text, signature.data)


def _signature(line: str) -> Signature:
    mark, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    if mark != _MARK.strip():
        raise FormatError("a line under a note's text is not a signature line")
    check_name(name)
    data = _unb64(encoded)
    if len(data) < 5:
        raise FormatError("a signature line is too short")
    return Signature(name, data[:4], data[4:])


def _unb64(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise FormatError("a signature or key is not base64") from error
    if base64.b64encode(data).decode() != text:
        raise FormatError("a signature or key is not canonical base64")
    return data
