"""Whole age files: encrypt and decrypt, in one piece, as pieces, or between two open files."""

import hmac
from collections.abc import Iterable, Iterator, Sequence
from io import BufferedIOBase
from secrets import token_bytes

from crosslab.ip_vault.age.errors import HeaderFailure, HmacFailure, NoMatch
from crosslab.ip_vault.age.format import (
    MAX_HEADER,
    Header,
    Identity,
    Recipient,
    header_mac,
    parse_header,
    write_header,
)
from crosslab.ip_vault.age.scrypt import ScryptRecipient
from crosslab.ip_vault.age.stream import (
    NONCE,
    Readable,
    Writable,
    open_chunks,
    open_file,
    payload_key,
    seal_chunks,
    seal_file,
)

_FILE_KEY = 16


def encrypt(plaintext: bytes | memoryview, *recipients: Recipient) -> bytes:
    """The plaintext as an age file that each recipient can open."""
    return b"".join(encrypt_pieces([plaintext], *recipients))


def encrypt_pieces(pieces: Iterable[bytes | memoryview], *recipients: Recipient) -> Iterator[bytes]:
    """The age file as it grows, for plaintext that does not fit in memory."""
    head, key = _begin(recipients)
    yield head
    yield from seal_chunks(key, pieces)


def _begin(recipients: Sequence[Recipient]) -> tuple[bytes, bytes]:
    """Header and nonce of a new file, and the key of its payload."""
    alone = any(isinstance(recipient, ScryptRecipient) for recipient in recipients)
    if not recipients or (alone and len(recipients) > 1):
        raise HeaderFailure("an age file has at least one recipient, and a passphrase stands alone")
    file_key, nonce = token_bytes(_FILE_KEY), token_bytes(NONCE)
    head = write_header([recipient.wrap(file_key) for recipient in recipients], file_key) + nonce
    return head, payload_key(file_key, nonce)


def encrypt_file(source: Readable, target: Writable, *recipients: Recipient) -> None:
    """Encrypts one open file into another, in little memory however long it is."""
    head, key = _begin(recipients)
    target.write(head)
    seal_file(key, source, target)


def decrypt(data: bytes | memoryview, *identities: Identity) -> bytes:
    """The whole plaintext, or an AgeError and nothing."""
    return b"".join(decrypt_pieces([data], *identities))


def decrypt_pieces(pieces: Iterable[bytes | memoryview], *identities: Identity) -> Iterator[bytes]:
    """The verified chunks of the plaintext. Use none of them before the iterator has ended (see `stream`)."""
    source = iter(pieces)
    header, rest = _read_header(source)
    file_key = unwrap(header, identities)
    while len(rest) < NONCE:
        piece = next(source, None)
        if piece is None:
            raise HeaderFailure("the payload's nonce is cut")
        rest = memoryview(bytes(rest) + bytes(piece))
    key = payload_key(file_key, bytes(rest[:NONCE]))
    yield from open_chunks(key, _then(rest[NONCE:], source))


def decrypt_file(source: BufferedIOBase, target: Writable, *identities: Identity) -> None:
    """Decrypts one open file, from its start and seekable, into another.

    On an AgeError the caller throws the target away: what was written may be cut.
    """
    header = parse_header(source.read(MAX_HEADER))
    file_key = unwrap(header, identities)
    source.seek(header.size)
    nonce = source.read(NONCE)
    if len(nonce) != NONCE:
        raise HeaderFailure("the payload's nonce is cut")
    open_file(payload_key(file_key, nonce), source, target)


def unwrap(header: Header, identities: Sequence[Identity]) -> bytes:
    """The file key of a header whose MAC it verifies: only one key can, so a file has one plaintext."""
    for identity in identities:
        file_key = identity.unwrap(header.stanzas)
        if file_key is None:
            continue
        if not hmac.compare_digest(header_mac(header.signed, file_key), header.mac):
            raise HmacFailure("the header was changed, or holds the key of another file")
        return file_key
    raise NoMatch("none of the keys at hand opens this file")


def _read_header(source: Iterator[bytes | memoryview]) -> tuple[Header, memoryview]:
    """The header and what came after it; whole buffers are not copied, small pieces are gathered."""
    view = memoryview(next(source, b""))
    if not _has_mac_line(view):
        held = bytearray(view)
        for piece in source:
            held += piece
            if len(held) > MAX_HEADER or (b"\n" in piece and _has_mac_line(memoryview(held))):
                break
        view = memoryview(bytes(held))
    header = parse_header(view)
    return header, view[header.size :]


def _has_mac_line(view: memoryview) -> bool:
    head = bytes(view[:MAX_HEADER])
    mark = head.find(b"\n--- ")
    return mark >= 0 and head.find(b"\n", mark + 1) >= 0


def _then(first: memoryview, rest: Iterator[bytes | memoryview]) -> Iterator[bytes | memoryview]:
    yield first
    yield from rest
