"""Signatures that look right: by the wrong key, in the wrong order, at the wrong time, for the wrong people."""

import base64
from dataclasses import replace

import pytest

from crosslab.ip_vault import client, keys, note, statements
from crosslab.ip_vault.client import Said
from crosslab.ip_vault.errors import FormatError, ProofError, VaultError
from crosslab.ip_vault.keys import person_keys
from crosslab.ip_vault.replay import Logged, Reason, Rejected, replay
from tests.ip_vault.world import LOG, Cast, refused, secret

GROUP = 2**252 + 27742317777372353535851937790883648493
AGAIN = person_keys(secret("ines again"))


def resigned(said: Said, *lines: bytes) -> Said:
    text = note.parse(said.note).text
    return replace(said, note=text + b"\n" + b"".join(lines))


def lines_of(said: Said) -> list[bytes]:
    return said.note.split(b"\n\n")[-1].splitlines(keepends=True)


def rotation(cast: Cast) -> Said:
    return client.rotate(cast.pen("ines"), AGAIN, "routine")


def test_the_two_lines_of_a_rotation_stand_in_their_order(cast: Cast) -> None:
    said = rotation(cast)
    old, new = lines_of(said)
    for wrong in ([new, old], [old], [new], [new, new], [old, old]):
        with pytest.raises(Rejected) as caught:
            cast.log(resigned(said, *wrong).note)
        assert caught.value.code in {Reason.UNPROVEN, Reason.MALFORMED}
    cast.say(said)


def test_an_extra_line_by_nobody_is_one_too_many(cast: Cast) -> None:
    said = rotation(cast)
    stranger = note.signature_line("witness.example", b"abcd", bytes(64))
    for wrong in ([*lines_of(said), stranger], [stranger, *lines_of(said)]):
        refused(cast, resigned(said, *wrong), Reason.UNPROVEN)


def test_the_same_key_under_the_same_name_signs_once(cast: Cast) -> None:
    said = client.create_consortium(cast.pen("ines"), cast.orgs["tinsel"], "x", "custom")
    refused(cast, resigned(said, *lines_of(said) * 2), Reason.MALFORMED)


def test_a_key_id_that_collides_proves_nothing(cast: Cast) -> None:
    """Four bytes are easily made to agree; the signature must verify under the key of the chain."""
    said = client.create_consortium(cast.pen("ines"), cast.orgs["tinsel"], "x", "custom")
    text, name = note.parse(said.note).text, f"{LOG}/p/{cast.people['ines']}"
    own, evil = cast.pen("ines").keys.sign, keys.SigningKey(secret("evil"))
    forged = note.signature_line(name, note.key_id(name, own.public), evil.sign(text))
    refused(cast, resigned(said, forged), Reason.UNPROVEN)


@pytest.mark.parametrize("how", ["S plus L", "S is L", "S all ones", "R of small order", "R not canonical"])
def test_a_signature_spelled_otherwise_is_refused(cast: Cast, how: str) -> None:
    said = client.create_consortium(cast.pen("ines"), cast.orgs["tinsel"], "x", "custom")
    name = f"{LOG}/p/{cast.people['ines']}"
    data = base64.b64decode(lines_of(said)[0].split(b" ")[2])
    r, s = data[4:36], int.from_bytes(data[36:], "little")
    spelled = {
        "S plus L": r + (s + GROUP).to_bytes(32, "little"),
        "S is L": r + GROUP.to_bytes(32, "little"),
        "S all ones": r + b"\xff" * 32,
        "R of small order": b"\x01" + bytes(31) + data[36:],
        "R not canonical": b"\xff" * 32 + data[36:],
    }[how]
    refused(cast, resigned(said, note.signature_line(name, data[:4], spelled)), Reason.UNPROVEN)


SMALL = bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")
TWO = bytes.fromhex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")


@pytest.mark.parametrize("weak", [bytes(32), b"\x01" + bytes(31), SMALL, TWO, b"\xff" * 32])
def test_a_weak_key_is_never_registered(cast: Cast, weak: bytes) -> None:
    """Under such a key a signature of somebody else's choosing may verify."""
    pen = cast.pen("ines")
    body = {"name": "Eve", "sign": keys.b64u(weak), "age": str(pen.keys.age.recipient)}
    with pytest.raises(FormatError):
        replace(pen, person="").write("person.create", body)


@pytest.mark.parametrize("name", ["a b", "a+b", "", "a\u2028b", "a\u3000b", "a\nb"])
def test_a_key_name_with_a_space_or_plus_is_never_written(name: str) -> None:
    with pytest.raises(FormatError):
        note.sign(b"text\n", [(name, keys.SigningKey(secret("x")))])


def test_a_rotated_key_signs_what_was_logged_before_and_nothing_after(cast: Cast) -> None:
    old = cast.pen("ines")
    early = client.create_consortium(old, cast.orgs["tinsel"], "Early", "custom")
    late = client.create_consortium(old, cast.orgs["tinsel"], "Late", "custom")
    cast.say(early)
    cast.say(rotation(cast))
    refused(cast, late, Reason.UNPROVEN)
    history = [Logged(index, each) for index, each in enumerate(cast.notes)]
    assert replay(history, LOG).consortia.keys() >= {early.id}
    moved = [*history[:-2], replace(history[-1], index=len(history) - 2)]
    with pytest.raises(Rejected) as caught:
        replay([*moved, Logged(len(history), early.note)], LOG)
    assert caught.value.code is Reason.UNPROVEN


def test_the_next_key_signs_nothing_before_its_time(cast: Cast) -> None:
    said = client.create_consortium(cast.pen("ines", "ines again"), cast.orgs["tinsel"], "Early", "custom")
    refused(cast, said, Reason.UNPROVEN)


def test_who_was_removed_binds_nobody_any_more(cast: Cast) -> None:
    cast.join_org("ines", "kai", "tinsel", "signer")
    before = client.create_consortium(cast.pen("kai"), cast.orgs["tinsel"], "x", "custom")
    cast.say(client.remove_person(cast.pen("ines"), cast.orgs["tinsel"], cast.people["kai"]))
    refused(cast, before, Reason.NOT_IN_ORG)


def test_an_organisation_outside_the_consortium_says_nothing_in_it(cast: Cast) -> None:
    pen, quill = cast.pen("kai"), cast.orgs["quill"]
    for said in (
        client.invite_organisation(pen, quill, cast.consortium, secret("x")),
        client.leave(pen, quill, cast.consortium),
        client.remove_organisation(pen, quill, cast.consortium, cast.orgs["loom"]),
    ):
        refused(cast, said, Reason.NOT_A_MEMBER)


@pytest.mark.parametrize("change", [b"\r\n", b"\n\t", b"\n\0"])
def test_a_statement_with_a_control_character_is_no_note(cast: Cast, change: bytes) -> None:
    bad = cast.notes[0].replace(b"\n", change, 1)
    with pytest.raises(VaultError):
        statements.parse(bad)


def test_a_checkpoint_s_key_cannot_be_swapped_for_its_name() -> None:
    """A line under the log's name by another key leaves the checkpoint unproven."""
    own, evil = keys.SigningKey(secret("log")), keys.SigningKey(secret("evil"))
    with pytest.raises(ProofError):
        note.verify_one(note.parse(note.sign(b"x\n", [(LOG, evil)])), note.Signer(LOG, own.public))
