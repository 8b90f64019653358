"""Signed notes, keys and fingerprints."""

import base64
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosslab.ip_vault import keys, note, passphrase
from crosslab.ip_vault.age.errors import KeyFailure
from crosslab.ip_vault.errors import FormatError, ProofError, VaultError
from crosslab.ip_vault.fingerprint import fingerprint

A, B = keys.SigningKey(b"a" * 32), keys.SigningKey(b"b" * 32)
TEXT = "Wir übernehmen das Scharnier.\n".encode()
NOTE = note.sign(TEXT, [("log/p/a", A), ("log/p/b", B)])
BOTH = [note.Signer("log/p/a", A.public), note.Signer("log/p/b", B.public)]
LINE = note.sign(TEXT, [("log/p/a", A)])[len(TEXT) + 1 :]
L = 2**252 + 27742317777372353535851937790883648493


def raised(line: bytes) -> bytes:
    """The signature with its scalar S raised by the group order: the same equation, another spelling."""
    data = base64.b64decode(line.split(b" ")[2])
    scalar = int.from_bytes(data[36:], "little") + L
    return note.signature_line("log/p/a", data[:4], data[4:36] + scalar.to_bytes(32, "little"))


def test_a_note_is_signed_by_exactly_those_in_order() -> None:
    parsed = note.parse(NOTE)
    note.verify_exactly(parsed, BOTH)
    for wrong in (BOTH[::-1], BOTH[:1], [*BOTH, BOTH[0]], []):
        with pytest.raises(ProofError):
            note.verify_exactly(parsed, wrong)


def test_a_checkpoint_reader_ignores_other_lines() -> None:
    note.verify_one(note.parse(NOTE), BOTH[1])
    with pytest.raises(ProofError):
        note.verify_one(note.parse(NOTE), note.Signer("log/p/a", B.public))


BAD_FORM = {
    "no empty line": TEXT + LINE,
    "no signature": TEXT + b"\n",
    "no last line feed": NOTE[:-1],
    "CR": NOTE.replace(b"\n", b"\r\n"),
    "tab": NOTE.replace(b"Sch", b"S\tch"),
    "NUL": NOTE.replace(b"Sch", b"S\0ch"),
    "not UTF-8": NOTE.replace(b"Sch", b"S\xffch"),
    "U+2028 in a name": NOTE.replace(b"log/p/a", "log\u2028a".encode()),
    "a plus in a name": NOTE.replace(b"log/p/a", b"log+a"),
    "two spaces": NOTE.replace(b"log/p/a ", b"log/p/a  "),
    "one key twice": TEXT + b"\n" + LINE + LINE,
    "a hyphen for the dash": NOTE.replace("—".encode(), b"-"),
    "no padding": TEXT + b"\n" + LINE.replace(b"=", b""),
    "a line feed inside": TEXT + b"\n" + LINE[:60] + b"\n" + LINE[60:],
    "33 lines": TEXT + b"\n" + b"".join(LINE.replace(b"/a", b"/%d" % i) for i in range(33)),
    "stray bits": TEXT + b"\n" + note.signature_line("x", b"abcd", b"abcdefg").replace(b"Zmc=", b"Zmd="),
    "a key id and no signature": TEXT + b"\n" + note.signature_line("x", b"abcd", b""),
    "less than a key id": TEXT + b"\n" + note.signature_line("x", b"ab", b""),
    "a signature line and no text": LINE,
    "nothing": b"",
}


@pytest.mark.parametrize("name", BAD_FORM)
def test_a_note_out_of_form_is_refused(name: str) -> None:
    with pytest.raises(FormatError):
        note.parse(BAD_FORM[name])


@pytest.mark.parametrize("text", [b"a tab\t.\n", b"no last line feed", b"\xff\n"])
def test_what_nobody_could_read_is_not_signed(text: bytes) -> None:
    with pytest.raises(FormatError):
        note.sign(text, [("log/p/a", A)])


@pytest.mark.parametrize("name", ["", "log a", "log+a", "log\u2028a"])
def test_no_line_is_written_under_a_name_that_is_none(name: str) -> None:
    with pytest.raises(FormatError):
        note.signature_line(name, b"abcd", b"abcdefg")


BAD_PROOF = {
    "another text": TEXT.replace(b"Sch", b"Sck") + b"\n" + LINE,
    "another name": TEXT + b"\n" + LINE.replace(b"/a", b"/c"),
    "another key under a colliding id": TEXT
    + b"\n"
    + note.signature_line("log/p/a", note.key_id("log/p/a", A.public), B.sign(TEXT)),
    "S plus L": TEXT + b"\n" + raised(LINE),
    "a short signature": TEXT
    + b"\n"
    + note.signature_line("log/p/a", note.key_id("log/p/a", A.public), A.sign(TEXT)[:63]),
}


@pytest.mark.parametrize("name", BAD_PROOF)
def test_a_note_without_proof_is_refused(name: str) -> None:
    with pytest.raises(ProofError):
        note.verify_exactly(note.parse(BAD_PROOF[name]), BOTH[:1])


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(NOTE) - 1), st.integers(1, 255))
def test_a_changed_note_never_verifies(place: int, flip: int) -> None:
    changed = bytearray(NOTE)
    changed[place] ^= flip
    with pytest.raises(VaultError):
        note.verify_exactly(note.parse(bytes(changed)), BOTH)


@given(st.binary(max_size=200))
def test_any_bytes_are_parsed_or_refused(data: bytes) -> None:
    for candidate in (data, TEXT + b"\n" + "— ".encode() + data + b"\n"):
        with suppress(FormatError):
            note.parse(candidate)


BAD_KEYS = {
    "zero": bytes(32),
    "the identity": b"\x01" + bytes(31),
    "of order eight": bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    "beyond the prime": b"\xff" * 32,
    "short": A.public[:31],
    "off the curve": b"\x02" + bytes(31),
}


@pytest.mark.parametrize("name", BAD_KEYS)
def test_weak_keys_are_never_accepted(name: str) -> None:
    with pytest.raises(ProofError):
        keys.verify(BAD_KEYS[name], TEXT, bytes(64))


def test_a_verifier_key_is_read_as_written() -> None:
    text = note.vkey("log.example/one", A.public)
    assert note.parse_vkey(text) == note.Signer("log.example/one", A.public)
    for bad in (text.replace("one", "two"), text[:-4], "x", text.replace("+", "-")):
        with pytest.raises(VaultError):
            note.parse_vkey(bad)


def test_jobs_have_their_own_keys() -> None:
    root = bytes(range(32))
    person, recovery = keys.person_keys(root), keys.recovery_keys(root)
    seeds = {
        person.sign.seed,
        person.age.seed,
        recovery.sign.seed,
        recovery.age.seed,
        keys.invite_key(root).seed,
    }
    assert len(seeds) == 5
    assert "seed" not in repr(person)


def test_a_printed_root_is_read_back_and_a_wrong_letter_is_noticed() -> None:
    root = bytes(range(32))
    text = keys.recovery_string(root)
    assert text.startswith("CROSSLAB-ROOT-1")
    assert len(text) == 73
    assert keys.parse_recovery_string(f" {text[:20].lower()} {text[20:]}\n") == root
    for bad in (text[:-1] + ("Q" if text[-1] != "Q" else "P"), keys.recovery_string(root, keys.ORG), "x"):
        with pytest.raises(KeyFailure):
            keys.parse_recovery_string(bad)


def test_a_fingerprint_is_eight_groups_of_five_digits() -> None:
    groups = fingerprint("ab" * 32).split(" ")
    assert [len(group) for group in groups] == [5] * 8
    assert fingerprint("ab" * 32) != fingerprint("ac" * 32)


def test_a_passphrase_is_six_drawn_words() -> None:
    assert len(set(passphrase.words())) == 7776
    phrase = passphrase.generate(lambda n: n - 1)
    assert phrase == " ".join(["zoom"] * 6)
    assert len(passphrase.generate().split(" ")) == 6
    assert passphrase.tidy("  Abacus  ZOOM ") == "abacus zoom"
