"""Age files made to deceive: each is refused under its name, and not one byte of plaintext comes out before."""

from base64 import b64encode
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from crosslab.ip_vault import age
from crosslab.ip_vault.age import Stanza
from crosslab.ip_vault.age.format import write_header
from crosslab.ip_vault.age.stream import CHUNK, NONCE, TAG, payload_key

KEY, OTHER = age.HybridIdentity(b"\x07" * 32), age.HybridIdentity(b"\x08" * 32)
CLASSIC = age.X25519Identity(b"\x09" * 32)
FILE_KEY, AT = b"k" * 16, b"n" * NONCE
OURS = KEY.recipient.wrap(FILE_KEY)
LARGE = b"z" * (2 * CHUNK + 100)


def sealed(*stanzas: Stanza, chunks: tuple[tuple[int, bool, bytes], ...] = ((0, True, b"hinge"),)) -> bytes:
    """A file as its maker wants it: any stanzas, any chunks as (counter, last, text)."""
    cipher = ChaCha20Poly1305(payload_key(FILE_KEY, AT))
    body = [
        cipher.encrypt(number.to_bytes(11, "big") + bytes([last]), text, None)
        for number, last, text in chunks
    ]
    return write_header(stanzas or [OURS], FILE_KEY) + AT + b"".join(body)


def lines(*inside: bytes) -> bytes:
    return b"\n".join([b"age-encryption.org/v1", *inside, b"--- " + b"A" * 43, b"x" * 48])


def with_share(share: bytes) -> Stanza:
    return replace(OURS, args=(OURS.args[0], b64encode(share).rstrip(b"=").decode()))


GOOD = sealed()
HEAD = age.parse_header(GOOD).size
WHOLE = age.encrypt(LARGE, KEY.recipient)
FIRST = age.parse_header(WHOLE).size + NONCE
STEP = CHUNK + TAG
ONE, TWO, REST = (
    WHOLE[FIRST : FIRST + STEP],
    WHOLE[FIRST + STEP : FIRST + 2 * STEP],
    WHOLE[FIRST + 2 * STEP :],
)
START = WHOLE[:FIRST]
SHARE = age.hybrid.stanza_share(OURS)
HEADER, HMAC, PAYLOAD = age.HeaderFailure, age.HmacFailure, age.PayloadFailure

BAD: dict[str, tuple[type[age.AgeError], bytes]] = {
    "an empty file": (HEADER, b""),
    "CRLF": (HEADER, GOOD[:HEAD].replace(b"\n", b"\r\n") + GOOD[HEAD:]),
    "a missing final line": (HEADER, lines(b"-> X25519 abc", b"A" * 64)),
    "a body of 65 columns": (HEADER, lines(b"-> X25519 abc", b"A" * 65, b"")),
    "base64 with stray bits": (HEADER, GOOD.replace(OURS.args[1][-1:].encode() + b"\n", b"/\n", 1)),
    "base64 with padding": (HEADER, lines(b"-> X25519 abc", b"AAA=")),
    "an empty argument": (HEADER, GOOD.replace(b"-> mlkem", b"->  mlkem")),
    "an extra argument": (HEADER, sealed(replace(OURS, args=(*OURS.args, "more")))),
    "no stanza": (HEADER, lines()),
    "a low-order share": (HEADER, sealed(with_share(SHARE[:-32] + b"\x01" + bytes(31)))),
    "an all-zero share": (HEADER, sealed(with_share(SHARE[:-32] + bytes(32)))),
    "a share of another size": (HEADER, sealed(with_share(SHARE[:-1]))),
    "a body of 31 bytes": (HEADER, sealed(replace(OURS, body=OURS.body[:31]))),
    "a body of 48 bytes": (HEADER, sealed(replace(OURS, body=OURS.body + bytes(16)))),
    "a header above 256 KiB": (HEADER, lines(b"-> a", *[b"A" * 64] * 4200, b"")),
    "1025 stanzas": (HEADER, lines(*[b"-> a", b""] * 1025)),
    "the MAC of another key": (HMAC, GOOD[: HEAD - 44] + b"B" * 42 + b"A\n" + GOOD[HEAD:]),
    "a second key wrapped": (HMAC, sealed(KEY.recipient.wrap(b"o" * 16), OTHER.recipient.wrap(FILE_KEY))),
    "only a plugin stanza": (age.NoMatch, GOOD.replace(b"mlkem768x25519", b"example.com/plug")),
    "for somebody else": (age.NoMatch, age.encrypt(b"hinge", OTHER.recipient)),
    "armored": (HEADER, age.enarmor(GOOD)),
    "a cut nonce": (HEADER, GOOD[: HEAD + NONCE - 1]),
    "no chunk at all": (PAYLOAD, GOOD[: HEAD + NONCE]),
    "a cut chunk": (PAYLOAD, GOOD[:-1]),
    "a byte too many": (PAYLOAD, GOOD + b"\0"),
    "chunks swapped": (PAYLOAD, START + TWO + ONE + REST),
    "a chunk twice": (PAYLOAD, START + ONE + ONE + TWO + REST),
    "a chunk dropped": (PAYLOAD, START + ONE + REST),
    "the end dropped": (PAYLOAD, START + ONE + TWO),
    "the last flag moved forward": (PAYLOAD, sealed(chunks=((0, True, LARGE[:CHUNK]), (1, False, b"rest")))),
    "two last chunks": (PAYLOAD, sealed(chunks=((0, True, LARGE[:CHUNK]), (1, True, b"rest")))),
    "no last chunk": (PAYLOAD, sealed(chunks=((0, False, LARGE[:CHUNK]),))),
    "an empty last chunk": (PAYLOAD, sealed(chunks=((0, False, LARGE[:CHUNK]), (1, True, b"")))),
    "a short chunk in the middle": (PAYLOAD, sealed(chunks=((0, False, b"short"), (1, True, b"rest")))),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_is_refused_under_its_name(name: str) -> None:
    expected, file = BAD[name]
    with pytest.raises(age.AgeError) as caught:
        age.decrypt(file, KEY)
    assert type(caught.value) is expected


@pytest.mark.parametrize("name", BAD)
def test_is_refused_the_same_when_it_arrives_byte_by_byte(name: str) -> None:
    """Short reads once let other programs take a cut file for a whole one."""
    expected, file = BAD[name]
    size = 1 if len(file) < 10_000 else 4099
    with pytest.raises(age.AgeError) as caught:
        list(age.decrypt_pieces((file[at : at + size] for at in range(0, len(file), size)), KEY))
    assert type(caught.value) is expected


@pytest.mark.parametrize("name", [name for name in BAD if BAD[name][0] in {HEADER, HMAC, age.NoMatch}])
def test_what_fails_in_its_header_releases_no_piece(name: str) -> None:
    pieces = age.decrypt_pieces([BAD[name][1]], KEY)
    with pytest.raises(age.AgeError):
        next(pieces)


@pytest.mark.parametrize("first", [True, False])
def test_a_passphrase_beside_another_stanza_is_refused(first: bool) -> None:
    words = age.ScryptRecipient("six words", 17).wrap(FILE_KEY)
    pair = [words, CLASSIC.recipient.wrap(FILE_KEY)]
    file = sealed(*(pair if first else pair[::-1]))
    with pytest.raises(HEADER):
        age.decrypt(file, age.ScryptIdentity("six words"))


@pytest.mark.parametrize("shape", age.Shape)
def test_the_server_refuses_every_shape_but_one(shape: age.Shape) -> None:
    """Two stanzas where one is required, another kind, text wrapping: refused without a key."""
    two, classic = sealed(OURS, OURS), sealed(CLASSIC.recipient.wrap(FILE_KEY))
    for file in (two, classic, age.enarmor(GOOD), b"", GOOD[: HEAD + 3]):
        with pytest.raises(age.AgeError):
            age.check_shape(file, len(file), shape)


@pytest.mark.parametrize("log_n", ["0", "01", "16", "19", "99", "-1", "+17", "1e1"])
def test_the_server_refuses_a_work_factor_outside_17_and_18(log_n: str) -> None:
    file = write_header([Stanza(("scrypt", "A" * 22, log_n), bytes(32))], FILE_KEY) + bytes(64)
    with pytest.raises(HEADER):
        age.check_shape(file, len(file), age.Shape.PASSPHRASE)
