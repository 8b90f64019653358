"""What the vault asks of age beyond the public vectors."""

import io
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosslab.ip_vault import age
from crosslab.ip_vault.age import bech32, hybrid, x25519
from crosslab.ip_vault.age.format import write_header
from crosslab.ip_vault.age.stream import legal_payload

SIZES = [0, 1, 65535, 65536, 65537, 131072, 200_000]
KEY = age.HybridIdentity(b"\x07" * 32)
TEXT = b"the drawing of the hinge"
FILE = age.encrypt(TEXT, KEY.recipient)


@pytest.mark.parametrize("size", SIZES)
def test_what_is_sealed_opens_again(size: int) -> None:
    plain = bytes(range(256)) * (size // 256) + bytes(size % 256)
    sealed = age.encrypt(plain, KEY.recipient)
    assert age.decrypt(sealed, KEY) == plain
    assert legal_payload(len(sealed) - age.parse_header(sealed).size)


@pytest.mark.parametrize("size", SIZES)
def test_pyrage_reads_us_and_we_read_pyrage(size: int) -> None:
    key, plain = age.X25519Identity.generate(), b"c" * size
    theirs = pyrage.x25519.Identity.from_str(str(key))
    assert pyrage.decrypt(age.encrypt(plain, key.recipient), [theirs]) == plain
    assert age.decrypt(pyrage.encrypt(plain, [theirs.to_public()]), key) == plain
    assert str(theirs.to_public()) == str(key.recipient)


def test_a_passphrase_file_travels_both_ways() -> None:
    words = "Grünkohl smørbrød ☃"
    sealed = age.encrypt(TEXT, age.ScryptRecipient(words))
    assert pyrage.passphrase.decrypt(sealed, words) == TEXT
    theirs = pyrage.passphrase.encrypt(TEXT, words)
    assert age.decrypt(theirs, age.ScryptIdentity(words, max_log_n=22)) == TEXT
    with pytest.raises(age.NoMatch):
        age.decrypt(sealed, age.ScryptIdentity("another"))


@pytest.mark.parametrize("read", [1, 15, 65536])
def test_short_reads_change_nothing(read: int) -> None:
    plain = b"x" * 70_000
    sealed = b"".join(
        age.encrypt_pieces((plain[at : at + read] for at in range(0, 70_000, read)), KEY.recipient)
    )
    pieces = (sealed[at : at + read] for at in range(0, len(sealed), read))
    assert b"".join(age.decrypt_pieces(pieces, KEY)) == plain


def test_open_files_are_streamed() -> None:
    plain, sealed, opened = io.BytesIO(b"y" * 3_000_000), io.BytesIO(), io.BytesIO()
    age.encrypt_file(plain, sealed, KEY.recipient)
    age.decrypt_file(io.BytesIO(sealed.getvalue()), opened, KEY)
    assert opened.getvalue() == plain.getvalue()


def test_a_file_for_several_opens_for_each_and_no_one_else() -> None:
    keys = [age.HybridIdentity.generate() for _ in range(3)]
    sealed = age.encrypt(TEXT, *(key.recipient for key in keys))
    assert [age.decrypt(sealed, key) for key in keys] == [TEXT] * 3
    with pytest.raises(age.NoMatch):
        age.decrypt(sealed, age.HybridIdentity.generate())


def test_a_file_with_two_file_keys_opens_for_one_of_them_at_most() -> None:
    other = age.HybridIdentity.generate()
    stanzas = [KEY.recipient.wrap(b"a" * 16), other.recipient.wrap(b"b" * 16)]
    forged = write_header(stanzas, b"a" * 16) + FILE[age.parse_header(FILE).size :]
    with pytest.raises(age.HmacFailure):
        age.decrypt(forged, other)


def mac(change: Callable[[bytes], bytes]) -> bytes:
    header = age.parse_header(FILE)
    return change(FILE[: header.size]) + FILE[header.size :]


def body(text: bytes) -> bytes:
    return b"age-encryption.org/v1\n-> X25519 " + b64encode(b"s" * 32).rstrip(b"=") + b"\n" + text


LARGE = age.encrypt(b"z" * 200_000, KEY.recipient)
AT = age.parse_header(LARGE).size + 16
CHUNK = 65536 + 16
BAD = {
    "nothing": b"",
    "CRLF": mac(lambda head: head.replace(b"\n", b"\r\n")),
    "no final line": body(b"A" * 64 + b"\n--- " + b"A" * 43 + b"\n"),
    "a line of 65 columns": body(b"A" * 65 + b"\n\n--- " + b"A" * 43 + b"\n"),
    "stray bits in base64": mac(lambda head: head[:-2] + bytes([head[-2] ^ 1]) + b"\n"),
    "an empty argument": FILE.replace(b"-> mlkem", b"->  mlkem"),
    "one argument too many": FILE.replace(b"mlkem768x25519 ", b"mlkem768x25519 x "),
    "no stanza": b"age-encryption.org/v1\n--- " + b"A" * 43 + b"\n" + bytes(64),
    "the next version": FILE.replace(b"/v1", b"/v2"),
    "1025 stanzas": b"age-encryption.org/v1\n" + b"-> a\n\n" * 1025 + b"--- " + b"A" * 43 + b"\n",
    "a header above 256 KiB": b"age-encryption.org/v1\n-> a\n" + (b"A" * 64 + b"\n") * 4200,
    "a cut nonce": FILE[: age.parse_header(FILE).size + 9],
    "no payload": FILE[: age.parse_header(FILE).size + 16],
    "a cut chunk": FILE[:-1],
    "a byte too many": FILE + b"\0",
    "chunks swapped": LARGE[:AT]
    + LARGE[AT + CHUNK : AT + 2 * CHUNK]
    + LARGE[AT : AT + CHUNK]
    + LARGE[AT + 2 * CHUNK :],
    "a chunk twice": LARGE[: AT + CHUNK] + LARGE[AT:],
    "a chunk dropped": LARGE[:AT] + LARGE[AT + CHUNK :],
    "the last chunk dropped": LARGE[: AT + 3 * CHUNK],
    "text wrapping": age.enarmor(FILE),
    "only a plugin stanza": FILE.replace(b"mlkem768x25519", b"example.com/plug"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_shows_nothing(name: str) -> None:
    with pytest.raises(age.AgeError):
        age.decrypt(BAD[name], KEY)


@pytest.mark.parametrize("factor", ["0", "01", "19", "99", "-1", "+17", "17x", "", "1000"])
def test_a_work_factor_out_of_range_is_refused_before_any_work(factor: str) -> None:
    stanza = age.Stanza(("scrypt", "A" * 21 + "A", factor or "x"), bytes(32))
    with pytest.raises(age.HeaderFailure):
        age.ScryptIdentity("x").unwrap([stanza])


def test_a_passphrase_never_shares_a_file() -> None:
    with pytest.raises(age.HeaderFailure):
        age.encrypt(TEXT, age.ScryptRecipient("x"), KEY.recipient)
    with pytest.raises(age.HeaderFailure):
        age.encrypt(TEXT)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
def test_a_changed_file_never_opens(place: int, flip: int) -> None:
    changed = bytearray(FILE)
    changed[place] ^= flip
    with pytest.raises(age.AgeError):
        age.decrypt(bytes(changed), KEY)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_end_in_an_age_error(noise: bytes) -> None:
    for data in (noise, b"age-encryption.org/v1\n" + noise, age.armor.BEGIN + noise):
        with pytest.raises(age.AgeError):
            age.decrypt(data, KEY)
    if age.is_armored(noise):
        with pytest.raises(age.AgeError):
            age.dearmor(noise)


def test_the_server_knows_the_shape_without_a_key() -> None:
    age.check_shape(FILE, len(FILE), age.Shape.HYBRID)
    with pytest.raises(age.AgeError):
        age.check_shape(FILE, len(FILE) - len(TEXT) - 1, age.Shape.HYBRID)
    with pytest.raises(age.AgeError):
        age.check_shape(FILE, len(FILE), age.Shape.PASSPHRASE)
    two = age.encrypt(TEXT, KEY.recipient, KEY.recipient)
    with pytest.raises(age.AgeError):
        age.check_shape(two, len(two), age.Shape.HYBRID)


@given(st.binary(max_size=80))
def test_bech32_round_trips(data: bytes) -> None:
    assert bech32.decode(bech32.encode("age", data)) == ("age", data)
    assert bech32.decode(bech32.encode("age", data).upper()) == ("age", data)


@pytest.mark.parametrize(
    "text", ["", "1", "age1", "agE1qqqqqq", "age1qqqqqqq", "age1b" + "q" * 10, "äge1qqqqqq"]
)
def test_mistyped_keys_are_refused(text: str) -> None:
    with pytest.raises(age.KeyFailure):
        x25519.parse_recipient(text)
    with pytest.raises(age.KeyFailure):
        hybrid.parse_recipient(text)
    with pytest.raises(age.KeyFailure):
        hybrid.parse_identity(text)


def test_keys_survive_their_spelling() -> None:
    assert hybrid.parse_identity(str(KEY)) == KEY
    assert hybrid.parse_recipient(str(KEY.recipient)) == KEY.recipient
    assert str(KEY).startswith("AGE-SECRET-KEY-PQ-1")
    assert "seed" not in repr(KEY)


def test_a_recipient_outside_the_lattice_is_refused() -> None:
    with pytest.raises(age.KeyFailure):
        hybrid.parse_recipient(bech32.encode("age1pq", b"\xff" * 1216))


def test_armor_round_trips() -> None:
    assert age.dearmor(age.enarmor(FILE)) == FILE
    assert age.is_armored(b"\n " + age.enarmor(FILE))
    assert not age.is_armored(FILE)


def test_the_specification_s_own_key_pair_is_ours() -> None:
    spelled = "AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR"
    recipient = str(hybrid.parse_identity(spelled).recipient)
    assert sha256(recipient.encode()).hexdigest() == (
        "a091dd7e0ee9d62b75173dcc98441a0424baa941e66a8776e570a4ae60ff61ea"
    )


def test_a_passkeys_file_has_one_nonce_and_one_wrapped_key() -> None:
    good = _passkey_file("A" * 22, bytes(32))
    age.check_shape(good, len(good), age.Shape.PASSKEY)
    for nonce, body in (
        ("A" * 21 + "B", bytes(32)),
        ("A" * 20, bytes(32)),
        ("A" * 22, bytes(31)),
        ("", bytes(32)),
    ):
        bad = _passkey_file(nonce, body)
        with pytest.raises(age.AgeError):
            age.check_shape(bad, len(bad), age.Shape.PASSKEY)


def _passkey_file(nonce: str, body: bytes) -> bytes:
    """A file of the right size around a stanza as typage writes it for a passkey."""
    wrapped = b64encode(body).rstrip(b"=").decode()
    head = f"age-encryption.org/v1\n-> age-encryption.org/fido2prf {nonce}\n{wrapped}\n--- {'A' * 43}\n"
    return head.encode() + bytes(16 + 17)
