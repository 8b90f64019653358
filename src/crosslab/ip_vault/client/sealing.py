"""Sealing a version and opening it again, and giving access.

A version is sent together with a grant to its own organisation, which is the very next statement of the
chain: the server takes both or neither, so no version exists that its owner cannot open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import Any

from crosslab.ip_vault import age, grants
from crosslab.ip_vault.age import HybridIdentity, hybrid
from crosslab.ip_vault.client.pen import Pen, Said
from crosslab.ip_vault.client.spooling import Measure
from crosslab.ip_vault.client.troubles import Trouble, tampered
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.manifest import SALT, File, Manifest, commitment, open_manifest, write_manifest
from crosslab.ip_vault.shares import write_owners
from crosslab.ip_vault.statements import Place, Statement


@dataclass(frozen=True)
class Content:
    """What is to be sealed: title, description, and files as (name, media type, bytes), none empty."""

    title: str
    description: str = ""
    files: Sequence[tuple[str, str, bytes]] = ()


@dataclass(frozen=True)
class Claim:
    """What a version says openly: its class, who owns which right, its authors, what it builds on."""

    klass: str
    rights: Mapping[str, Mapping[str, Fraction]]
    authors: Sequence[str] = ()
    derived_from: Sequence[tuple[str, str]] = ()
    contribution: str = ""


@dataclass(frozen=True)
class Parts:
    """What a version says of its sealed files: their key, the manifest and the blobs, and what is inside."""

    key: HybridIdentity = field(repr=False)
    manifest: Measure
    blobs: Sequence[Measure]
    commitment: str


@dataclass(frozen=True)
class Sealed:
    """A sealed version ready to send: two statements, the sealed files by hash, and their key."""

    version: Said
    grant: Said
    blobs: Mapping[str, bytes]
    content_key: HybridIdentity = field(repr=False)


@dataclass(frozen=True)
class Opened:
    """A version whose every part was verified: what it is called and its files by name."""

    manifest: Manifest
    files: Mapping[str, bytes]


def seal(pen: Pen, org: str, consortium: str, claim: Claim, content: Content) -> Sealed:
    """Encrypts a version under a fresh key and states it, with a grant to the own organisation."""
    key = HybridIdentity(pen.random(32))
    sealed, files = {}, []
    for name, kind, data in content.files:
        blob = age.encrypt(data, key.recipient)
        sealed[digest(blob)] = blob
        files.append(File(name, kind, len(data), digest(data), digest(blob)))
    plain = write_manifest(Manifest(content.title, content.description, tuple(files)), pen.random(SALT))
    manifest = age.encrypt(plain, key.recipient)
    blobs = [Measure(len(sealed[file.blob]), file.blob) for file in files]
    parts = Parts(key, Measure(len(manifest), digest(manifest)), blobs, commitment(plain))
    said, own = state_version(pen, org, consortium, claim, parts)
    return Sealed(said, own, {digest(manifest): manifest, **sealed}, key)


def state_version(
    pen: Pen, org: str, consortium: str, claim: Claim, parts: Parts, readers: Sequence[str] = ()
) -> list[Said]:
    """States what was sealed, with a grant to the own organisation and to whoever else shall read it."""
    body = {
        **_claim(pen, claim),
        "content_key": key_hash(parts.key),
        "manifest": asdict(parts.manifest),
        "blobs": [asdict(each) for each in parts.blobs],
        "commitment": parts.commitment,
    }
    made = [pen.write("version", body, chain=consortium, org=org)]
    for reader in dict.fromkeys([org, *readers]):
        keys = {made[0].id: parts.key}
        made.append(grant(pen, org, consortium, reader, keys, place=made[-1].next_place()))
    return made


def grant(
    pen: Pen,
    org: str,
    consortium: str,
    to: str,
    content_keys: Mapping[str, HybridIdentity],
    *,
    place: Place | None = None,
) -> Said:
    """Opens versions, given with their content keys, to an organisation or person under their newest key."""
    recipient, epoch = _grantee(pen, to)
    made = {
        version: age.encrypt(grants.write_grant(version, key), recipient)
        for version, key in content_keys.items()
    }
    items = [{"version": each, "sha256": digest(file), "size": len(file)} for each, file in made.items()]
    body = {"to": to, "epoch": epoch, "items": items}
    return pen.write("grant", body, chain=consortium, org=org, place=place, files=tuple(made.values()))


def open_grant(
    said: Statement, version: Statement, file: bytes, *identities: HybridIdentity
) -> HybridIdentity:
    """The content key in a grant file; both statements must come from a verified history.

    The order matters: the file's hash stands in the signed grant before anything is decrypted, and the
    key inside must be the one that the signed version names.
    """
    known = {item["version"]: item["sha256"] for item in said.body["items"]}
    if known.get(version.id) != digest(file):
        raise tampered(Trouble.WRONG_FILE, "the grant file is not the one that was signed for this version")
    age.check_shape(file, len(file), age.Shape.HYBRID)
    key = grants.read_grant(age.decrypt(file, *identities), version.id)
    if key_hash(key) != version.body["content_key"]:
        raise tampered(Trouble.WRONG_FILE, "the key in the grant is not the version's key")
    return key


def open_version(version: Statement, key: HybridIdentity, sealed: Mapping[str, bytes]) -> Opened:
    """The whole version, or an error and nothing: hashes, decryption, commitment, then every file."""
    manifest = open_manifest(
        open_blob(version.body["manifest"], key, sealed.get(version.body["manifest"]["sha256"], b"")),
        version.body["commitment"],
        [each["sha256"] for each in version.body["blobs"]],
    )
    blobs = {each["sha256"]: each for each in version.body["blobs"]}
    files = {
        file.name: open_blob(blobs[file.blob], key, sealed.get(file.blob, b"")) for file in manifest.files
    }
    for file in manifest.files:
        if (len(files[file.name]), digest(files[file.name])) != (file.size, file.sha256):
            raise tampered(Trouble.WRONG_FILE, "a file is not the one the manifest names")
    return Opened(manifest, files)


def key_hash(key: HybridIdentity) -> str:
    """What a version says of its content key: the hash of the recipient string."""
    return digest(str(key.recipient).encode())


def open_blob(said: Mapping[str, Any], key: HybridIdentity, data: bytes) -> bytes:
    """One sealed file of a version, once its hash and size are those that were signed and it is for one key alone."""
    if digest(data) != said["sha256"] or len(data) != said["size"]:
        raise tampered(Trouble.WRONG_FILE, "a sealed file is missing or not the one that was signed")
    age.check_shape(data, len(data), age.Shape.HYBRID)
    return age.decrypt(data, key)


def _claim(pen: Pen, claim: Claim) -> dict[str, Any]:
    known = pen.state.contributions.get(claim.contribution)
    return {
        "contribution": claim.contribution,
        "version": len(known.versions) + 1 if known else 1,
        "previous": known.versions[-1] if known else "",
        "derived_from": [{"version": version, "kind": kind} for version, kind in claim.derived_from],
        "class": claim.klass,
        "rights": [
            {"type": right, "owners": write_owners(claim.rights[right])} for right in sorted(claim.rights)
        ],
        "authors": list(claim.authors),
    }


def _grantee(pen: Pen, to: str) -> tuple[hybrid.HybridRecipient, int]:
    """The newest key of an organisation or person, from the verified history alone."""
    org = pen.state.organisations.get(to)
    if org is not None:
        return hybrid.parse_recipient(org.keys[-1]), org.epoch
    person = pen.state.persons[to]
    return hybrid.parse_recipient(person.key.age), person.epoch
