"""A server that hands out the wrong one: another grant, key, file, manifest or unlock file than was signed."""

from dataclasses import replace
from typing import Any

import pytest

from crosslab.ip_vault import age, cj, client, grants
from crosslab.ip_vault.age import HybridIdentity
from crosslab.ip_vault.client import Content, Sealed
from crosslab.ip_vault.errors import ProofError, VaultError
from crosslab.ip_vault.grants import IdentityFile
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.keys import person_keys
from crosslab.ip_vault.manifest import commitment
from crosslab.ip_vault.statements import Statement
from tests.ip_vault.world import Cast, give, identity, secret


def file_of(said: client.Said) -> bytes:
    return next(iter(said.files.values()))


def two_versions(cast: Cast) -> tuple[Sealed, Sealed]:
    first = cast.seal()
    return first, cast.seal(cast.next_version(first, cast.claim()))


def test_the_grant_of_version_one_does_not_open_version_two(cast: Cast) -> None:
    first, second = two_versions(cast)
    one, two = cast.statement(first.version), cast.statement(second.version)
    own = identity("tinsel")
    with pytest.raises(ProofError, match="not the one that was signed for this version"):
        client.open_grant(cast.statement(second.grant), two, file_of(first.grant), own)
    with pytest.raises(ProofError, match="not the one that was signed for this version"):
        client.open_grant(cast.statement(first.grant), two, file_of(first.grant), own)
    key = client.open_grant(cast.statement(first.grant), one, file_of(first.grant), own)
    with pytest.raises(age.NoMatch):
        client.open_version(two, key, second.blobs)


def test_a_grant_to_another_organisation_opens_nothing_for_us(cast: Cast) -> None:
    sealed = cast.seal()
    to_loom = give(cast, sealed, cast.orgs["loom"])
    with pytest.raises(age.NoMatch):
        client.open_grant(
            cast.statement(to_loom), cast.statement(sealed.version), file_of(to_loom), identity("tinsel")
        )


@pytest.mark.parametrize("name", ["the key of another version", "a key nobody knows"])
def test_a_signed_grant_with_the_wrong_key_inside_is_refused(cast: Cast, name: str) -> None:
    """Its maker lies: comment and hash are right, the key is another one."""
    first, second = two_versions(cast)
    wrong = second.content_key if name.startswith("the key") else HybridIdentity.generate()
    said = client.grant(
        cast.pen("ines"), cast.orgs["tinsel"], cast.consortium, cast.orgs["loom"], {first.version.id: wrong}
    )
    with pytest.raises(ProofError, match="not the version's key"):
        client.open_grant(
            cast.statement(said), cast.statement(first.version), file_of(said), identity("loom")
        )


def test_manifest_and_file_exchanged_under_their_names_are_refused(cast: Cast) -> None:
    sealed = cast.seal()
    one, two = sealed.blobs
    crossed = {one: sealed.blobs[two], two: sealed.blobs[one]}
    with pytest.raises(ProofError, match="not the one that was signed"):
        client.open_version(cast.statement(sealed.version), sealed.content_key, crossed)


def test_manifest_and_file_exchanged_in_the_statement_are_refused(cast: Cast) -> None:
    """Even who may sign cannot make one be taken for the other."""
    sealed = cast.seal()
    version = cast.statement(sealed.version)
    body = {**version.body, "manifest": version.body["blobs"][0], "blobs": [version.body["manifest"]]}
    with pytest.raises(ProofError, match="committed"):
        client.open_version(replace(version, body=body), sealed.content_key, sealed.blobs)


def told_otherwise(cast: Cast, sealed: Sealed, **changes: Any) -> tuple[Statement, dict[str, bytes]]:
    """The version with another manifest under the same commitment, sealed under the right key."""
    version = cast.statement(sealed.version)
    name = version.body["manifest"]["sha256"]
    fields = cj.decode(age.decrypt(sealed.blobs[name], sealed.content_key)) | changes
    fields["pad"] = ""
    fields["pad"] = "0" * (-len(cj.encode(fields)) % 1024)
    file = age.encrypt(cj.encode(fields), sealed.content_key.recipient)
    named = {"sha256": digest(file), "size": len(file)}
    others = {blob: data for blob, data in sealed.blobs.items() if blob != name}
    return replace(version, body={**version.body, "manifest": named}), {digest(file): file, **others}


def changed_file(sealed: Sealed, cast: Cast, **changes: Any) -> list[dict[str, Any]]:
    name = cast.statement(sealed.version).body["manifest"]["sha256"]
    known: list[dict[str, Any]] = cj.decode(age.decrypt(sealed.blobs[name], sealed.content_key))["files"]
    return [known[0] | changes]


@pytest.mark.parametrize("what", ["salt", "title", "name", "hash", "size", "type"])
def test_a_manifest_with_one_word_changed_is_not_the_committed_one(cast: Cast, what: str) -> None:
    sealed = cast.seal()
    changes: dict[str, Any] = {
        "salt": {"salt": "A" * 43},
        "title": {"title": "Hinges"},
        "name": {"files": changed_file(sealed, cast, name="other.txt")},
        "hash": {"files": changed_file(sealed, cast, sha256="0" * 64)},
        "size": {"files": changed_file(sealed, cast, size=10)},
        "type": {"files": changed_file(sealed, cast, type="text/html")},
    }[what]
    version, blobs = told_otherwise(cast, sealed, **changes)
    with pytest.raises(ProofError, match="not the one the version committed to"):
        client.open_version(version, sealed.content_key, blobs)


@pytest.mark.parametrize("changes", [{"sha256": "0" * 64}, {"size": 10}])
def test_a_committed_manifest_that_lies_about_its_file_shows_nothing(
    cast: Cast, changes: dict[str, Any]
) -> None:
    """The maker commits to it; the file is another one all the same."""
    sealed = cast.seal()
    version, blobs = told_otherwise(cast, sealed, files=changed_file(sealed, cast, **changes))
    plain = age.decrypt(blobs[version.body["manifest"]["sha256"]], sealed.content_key)
    lying = replace(version, body={**version.body, "commitment": commitment(plain)})
    with pytest.raises(ProofError, match="not the one the manifest names"):
        client.open_version(lying, sealed.content_key, blobs)


def test_the_unlock_file_of_another_or_of_the_past_is_refused(cast: Cast) -> None:
    ines, bo = cast.people["ines"], cast.people["bo"]
    old = client.lock(IdentityFile(ines, 1, secret("ines")), "six words of one's own")
    theirs = client.lock(IdentityFile(bo, 1, secret("bo")), "six words of one's own")
    cast.say(client.rotate(cast.pen("ines"), person_keys(secret("ines again")), "compromise"))
    another = client.lock(IdentityFile(ines, 2, secret("bo")), "six words of one's own")
    for served, said in ((old, "your key number 1"), (another, "names another key as yours")):
        with pytest.raises(VaultError, match=said):
            client.check_identity(cast.state, client.unlock(served, "six words of one's own"))
    assert client.unlock(theirs, "six words of one's own").person == bo != ines


def test_a_ring_of_an_old_epoch_is_not_taken_for_the_newest(cast: Cast) -> None:
    """The server hands out the wrap from before the new key."""
    org, uma = cast.orgs["tinsel"], cast.people["uma"]
    before = client.wrap_keys(cast.pen("ines"), org, [identity("tinsel")], [uma])
    cast.say(before)
    cast.say(client.next_key(cast.pen("ines"), org, identity("tinsel 2")))
    plain = age.decrypt(file_of(before), person_keys(secret("uma")).age)
    with pytest.raises(ProofError, match="not the keys the organisation's chain names"):
        grants.read_org_keys(plain, org, cast.state.organisations[org].keys)


@pytest.mark.parametrize("ring", [["x"], ["tinsel", "x"], ["x", "tinsel"], ["tinsel", "tinsel"]])
def test_an_organisation_key_that_its_chain_does_not_name_is_refused(cast: Cast, ring: list[str]) -> None:
    org = cast.orgs["tinsel"]
    plain = grants.write_org_keys(org, [identity(name) for name in ring])
    with pytest.raises(ProofError, match="not the keys the organisation's chain names"):
        grants.read_org_keys(plain, org, cast.state.organisations[org].keys)


def test_content_is_never_shown_in_part(cast: Cast) -> None:
    """Of two files one is changed: neither is opened."""
    files = [("a.txt", "text/plain", b"one"), ("b.txt", "text/plain", b"two")]
    pen, org = cast.pen("ines"), cast.orgs["tinsel"]
    sealed = client.seal(pen, org, cast.consortium, cast.claim(), Content("Two", "", files))
    last = list(sealed.blobs)[-1]
    blobs = {**sealed.blobs, last: sealed.blobs[last][:-1] + b"\0"}
    with pytest.raises(ProofError):
        client.open_version(cast.statement(sealed.version), sealed.content_key, blobs)


def for_two(plain: bytes, key: HybridIdentity) -> bytes:
    """A file that a second key opens as well, whoever holds it."""
    return age.encrypt(plain, key.recipient, HybridIdentity.generate().recipient)


def test_a_grant_or_file_that_a_second_key_opens_is_refused_though_signed(cast: Cast) -> None:
    """Its maker lets somebody in whom no statement names."""
    sealed = cast.seal()
    version, own = cast.statement(sealed.version), identity("tinsel")
    file = for_two(grants.write_grant(version.id, sealed.content_key), own)
    items = [{"version": version.id, "sha256": digest(file), "size": len(file)}]
    said = replace(cast.statement(sealed.grant), body={**cast.statement(sealed.grant).body, "items": items})
    with pytest.raises(age.HeaderFailure, match="exactly one stanza"):
        client.open_grant(said, version, file, own)
    name = version.body["manifest"]["sha256"]
    manifest = for_two(age.decrypt(sealed.blobs[name], sealed.content_key), sealed.content_key)
    named = {"sha256": digest(manifest), "size": len(manifest)}
    with pytest.raises(age.HeaderFailure, match="exactly one stanza"):
        client.open_version(
            replace(version, body={**version.body, "manifest": named}),
            sealed.content_key,
            {**sealed.blobs, digest(manifest): manifest},
        )
