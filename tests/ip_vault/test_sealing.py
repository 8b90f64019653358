"""The member's way: seal, grant, open, and everything that must not open."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from crosslab.ip_vault import age, client, grants
from crosslab.ip_vault.age import HybridIdentity
from crosslab.ip_vault.client import Content
from crosslab.ip_vault.errors import FormatError, ProofError, VaultError
from crosslab.ip_vault.filenames import check_file_name
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.keys import person_keys
from crosslab.ip_vault.manifest import (
    File,
    Manifest,
    commitment,
    open_manifest,
    read_manifest,
    write_manifest,
)
from crosslab.ip_vault.statements import Statement, attachments, blobs
from tests.ip_vault.world import Cast, identity, secret


def with_body(statement: Statement, **changes: Any) -> Statement:
    return replace(statement, body={**statement.body, **changes})


def test_the_owner_opens_what_they_sealed(cast: Cast) -> None:
    sealed = cast.seal()
    version, own = cast.statement(sealed.version), cast.statement(sealed.grant)
    key = client.open_grant(own, version, next(iter(sealed.grant.files.values())), identity("tinsel"))
    opened = client.open_version(version, key, sealed.blobs)
    assert opened.manifest.title == "Hinge"
    assert opened.files == {"hinge.txt": b"fold here"}


def test_a_grant_opens_for_the_grantee_and_is_acknowledged(cast: Cast) -> None:
    sealed = cast.seal()
    keys = {sealed.version.id: sealed.content_key}
    said = client.grant(cast.pen("ines"), cast.orgs["tinsel"], cast.consortium, cast.orgs["loom"], keys)
    cast.say(said)
    file = next(iter(said.files.values()))
    key = client.open_grant(cast.statement(said), cast.statement(sealed.version), file, identity("loom"))
    assert client.open_version(cast.statement(sealed.version), key, sealed.blobs).files
    cast.say(client.acknowledge(cast.pen("bo"), cast.orgs["loom"], sealed.version.id))
    with pytest.raises(age.NoMatch):
        client.open_grant(cast.statement(said), cast.statement(sealed.version), file, identity("quill"))


def test_a_grant_to_a_person_uses_their_own_key(cast: Cast) -> None:
    sealed = cast.seal()
    to = cast.people["uma"]
    said = client.grant(
        cast.pen("ines"), cast.orgs["tinsel"], cast.consortium, to, {sealed.version.id: sealed.content_key}
    )
    cast.say(said)
    file, own = next(iter(said.files.values())), person_keys(secret("uma")).age
    assert client.open_grant(cast.statement(said), cast.statement(sealed.version), file, own)
    cast.say(client.acknowledge(cast.pen("uma"), "", sealed.version.id))


def test_every_swap_is_noticed(cast: Cast) -> None:
    one, two = cast.seal(), cast.seal()
    first, second = cast.statement(one.version), cast.statement(two.version)
    grant, file = cast.statement(one.grant), next(iter(one.grant.files.values()))
    other = next(iter(two.grant.files.values()))
    key = identity("tinsel")
    for said, version, data in [
        (grant, second, file),
        (grant, first, other),
        (with_body(grant, items=[{"version": second.id, "sha256": digest(file)}]), second, file),
        (grant, with_body(first, content_key=client.key_hash(two.content_key)), file),
    ]:
        with pytest.raises(ProofError):
            client.open_grant(said, version, data, key)


def test_a_grant_with_the_right_comment_and_the_wrong_key_is_refused(cast: Cast) -> None:
    sealed = cast.seal()
    version, key = cast.statement(sealed.version), identity("tinsel")
    file = age.encrypt(grants.write_grant(version.id, HybridIdentity.generate()), key.recipient)
    said = with_body(cast.statement(sealed.grant), items=[{"version": version.id, "sha256": digest(file)}])
    with pytest.raises(ProofError):
        client.open_grant(said, version, file, key)


def test_changed_missing_or_exchanged_files_open_nothing(cast: Cast) -> None:
    one, two = cast.seal(), cast.seal()
    version, names = cast.statement(one.version), list(one.blobs)
    changed = {name: data[:-1] + bytes([data[-1] ^ 1]) for name, data in one.blobs.items()}
    exchanged = {names[0]: one.blobs[names[1]], names[1]: one.blobs[names[0]]}
    for given in ({}, changed, exchanged, two.blobs):
        with pytest.raises(VaultError):
            client.open_version(version, one.content_key, given)
    with pytest.raises(ProofError):
        client.open_version(with_body(version, commitment="0" * 64), one.content_key, one.blobs)
    with pytest.raises(age.NoMatch):
        client.open_version(version, two.content_key, one.blobs)


def test_the_self_grant_follows_its_version(cast: Cast) -> None:
    sealed = cast.seal()
    version, grant = cast.statement(sealed.version), cast.statement(sealed.grant)
    assert grant.place.seq == version.place.seq + 1
    assert [digest(file) for file in sealed.grant.files.values()] == [item[0] for item in attachments(grant)]
    assert [name for name, _ in blobs(version)] == list(sealed.blobs)
    assert blobs(grant) == attachments(version) == []


FILES = tuple(File(f"{n}.txt", "text/plain", 1, "a" * 64, str(n) * 64) for n in range(3))


def test_a_manifest_is_padded_and_bound() -> None:
    plain = write_manifest(Manifest("Hinge", "", FILES), b"s" * 32)
    assert len(plain) % 1024 == 0
    assert open_manifest(plain, commitment(plain), [file.blob for file in FILES]).files == FILES
    assert commitment(plain) != commitment(write_manifest(Manifest("Hinge", "", FILES), b"t" * 32))
    with pytest.raises(ProofError):
        open_manifest(plain, commitment(plain), [FILES[0].blob])
    with pytest.raises(FormatError):
        read_manifest(plain.replace(b"Hinge", b"Hinges"))


@pytest.mark.parametrize("title", ["", " x", "a\nb", "x" * 201])
def test_a_manifest_has_a_short_title(title: str) -> None:
    with pytest.raises(FormatError):
        write_manifest(Manifest(title, "", ()), b"s" * 32)


def test_a_manifest_names_each_file_once() -> None:
    twins = (FILES[0], replace(FILES[1], name="0.TXT"))
    with pytest.raises(FormatError):
        write_manifest(Manifest("Hinge", "", twins), b"s" * 32)


BAD_NAMES = [
    "", ".", "..", "../x", "a/b", "a\\b", "C:x", "a*", "a?", 'a"', "a<b", "a|b", ".hidden", "dot.", "space ",
    "CON", "con.txt", "nul .x", "LPT1", "com¹.x", "a\nb", "a\x00b", "a\u202eexe", "a\u200fb", "é" * 128,
    "e\u0301.txt", "x" * 256, "a\x85b", "a\ufeffb", "a\ud800b", 7,
]  # fmt: skip


@pytest.mark.parametrize("name", BAD_NAMES)
def test_unsafe_file_names_are_refused(name: object) -> None:
    with pytest.raises(FormatError):
        check_file_name(name)


@pytest.mark.parametrize("name", ["a", "Wie es war.pdf", "skål.txt", "console.log", "x" * 255, "exe.cod"])
def test_ordinary_file_names_are_fine(name: str) -> None:
    check_file_name(name)


def test_private_files_are_read_as_written() -> None:
    own = grants.IdentityFile("ab" * 32, 2, secret("ines"))
    assert grants.read_identity_file(grants.write_identity_file(own)) == own
    key = HybridIdentity.generate()
    assert grants.read_grant(grants.write_grant("cd" * 32, key), "cd" * 32) == key
    ring = [identity("one"), identity("two")]
    written = grants.write_org_keys("ef" * 32, ring)
    assert grants.read_org_keys(written, "ef" * 32, [str(each.recipient) for each in ring]) == ring


def test_private_files_of_others_are_refused() -> None:
    own = grants.write_identity_file(grants.IdentityFile("ab" * 32, 2, secret("ines")))
    other = grants.write_identity_file(grants.IdentityFile("ab" * 32, 2, secret("bo")))
    mixed = b"\n".join([*own.split(b"\n")[:4], other.split(b"\n")[4], b""])
    for bad in (
        mixed,
        own[:-1],
        own + b"\n",
        b"# crosslab identity v1\n",
        own.replace(b"epoch 2", b"epoch 0"),
        b"\xff",
    ):
        with pytest.raises(VaultError):
            grants.read_identity_file(bad)
    with pytest.raises(ProofError):
        grants.read_grant(grants.write_grant("cd" * 32, identity("x")), "ce" * 32)
    for one, two in pairwise([b"", b"# crosslab grant v1\n", b"\xff"]):
        with pytest.raises(FormatError):
            grants.read_grant(one + two, "cd" * 32)


def test_an_old_or_foreign_ring_of_organisation_keys_is_refused() -> None:
    ring = [identity("one"), identity("two")]
    recipients = [str(each.recipient) for each in ring]
    for keys, org in [(ring[:1], "ef"), (ring[::-1], "ef"), ([*ring, ring[0]], "ef"), (ring, "ee")]:
        with pytest.raises(ProofError):
            grants.read_org_keys(grants.write_org_keys(org * 32, keys), "ef" * 32, recipients)


def test_an_empty_file_is_never_sealed(cast: Cast) -> None:
    content = Content("Hinge", "", [("a.txt", "text/plain", b"")])
    with pytest.raises(FormatError):
        client.seal(cast.pen("ines"), cast.orgs["tinsel"], cast.consortium, cast.claim(), content)


def test_organisation_keys_travel_in_wraps(cast: Cast) -> None:
    org, uma = cast.orgs["tinsel"], cast.people["uma"]
    said = client.wrap_keys(cast.pen("ines"), org, [identity("tinsel")], [uma, ""])
    cast.say(said)
    file = said.files[attachments(cast.statement(said))[0][0]]
    plain = age.decrypt(file, person_keys(secret("uma")).age)
    assert grants.read_org_keys(plain, org, cast.state.organisations[org].keys) == [identity("tinsel")]
