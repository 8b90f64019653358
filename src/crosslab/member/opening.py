"""Opening what was granted, in the one order that proves it, and keeping it only when all of it holds."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from crosslab.ip_vault.age import HybridIdentity
from crosslab.ip_vault.client import open_blob, open_grant
from crosslab.ip_vault.client.spooling import Measure, open_file
from crosslab.ip_vault.client.troubles import Tampered
from crosslab.ip_vault.manifest import File, Manifest, open_manifest
from crosslab.ip_vault.replay import Contribution, Version

from .stops import Code, Stop, nothing, refused
from .vault import Vault

Told = Callable[[int], object]


@dataclass(frozen=True)
class Opened:
    """A version's key and what its manifest says."""

    version: Version
    key: HybridIdentity
    manifest: Manifest


def grantee(vault: Vault, version: Version) -> str:
    """Who of us was granted a version: an organisation of ours, or ourselves; empty when nobody."""
    access = vault.state.contributions[version.contribution].access
    mine = [each.id for each in vault.state.organisations.values() if vault.me in each.people]
    return next(
        (each for each in [*mine, vault.me] if each in access and version.id in access[each].grants), ""
    )


def content_key(vault: Vault, version: Version) -> HybridIdentity | None:
    """The key of a version; None when it was never granted to us, or our keys do not reach it."""
    to = grantee(vault, version)
    if not to:
        return None
    granted = vault.state.contributions[version.contribution].access[to].grants[version.id]
    if granted not in vault.known:
        return None
    said = vault.known[granted].said
    keys = [vault.keys.age] if to == vault.me else vault.org_keys(to)
    if to != vault.me and len(keys) < said.body["epoch"]:
        return None
    item = next(each for each in said.body["items"] if each["version"] == version.id)
    file = vault.small_file(str(item["sha256"]))
    return open_grant(said, vault.known[version.id].said, file, *keys)


def open_version(vault: Vault, version: Version) -> Opened | None:
    """Key and manifest of a version, or None when it is not for us."""
    key = content_key(vault, version)
    if key is None:
        return None
    blobs = [str(each["sha256"]) for each in vault.known[version.id].said.body["blobs"]]
    manifest = open_manifest(manifest_of(vault, version, key), version.commitment, blobs)
    return Opened(version, key, manifest)


def manifest_of(vault: Vault, version: Version, key: HybridIdentity) -> bytes:
    """The manifest's plaintext, which its version committed to. Raises `Tampered`."""
    said = vault.known[version.id].said.body["manifest"]
    sealed = fetched(vault, Measure(int(said["size"]), str(said["sha256"])), lambda _: None)
    data = sealed.read_bytes()
    sealed.unlink()
    return open_blob(said, key, data)


def newest(vault: Vault, of: Contribution, number: int | None = None) -> Opened:
    """The newest version of a contribution that we can open, or the one of this number."""
    wanted = of.versions[::-1] if number is None else of.versions[number - 1 : number]
    for each in wanted:
        opened = open_version(vault, vault.state.versions[each])
        if opened:
            return opened
    if not wanted:
        raise nothing(f"There is no version {number} of it.")
    raise refused("It was not granted to you, or your organisation's keys were not handed to you.")


def titles(vault: Vault, chain: str) -> dict[str, str]:
    """The titles of a workspace's contributions that we can open."""
    named = {}
    for each in vault.state.consortia[chain].contributions:
        try:
            named[each] = newest(vault, vault.state.contributions[each]).manifest.title
        except Stop as stop:
            if stop.code is not Code.REFUSED and stop.code is not Code.NOTHING:
                raise
    return named


def sizes(vault: Vault, version: Version) -> dict[str, int]:
    """The sealed files of a version and their sizes, as it was signed."""
    body = vault.known[version.id].said.body
    return {str(each["sha256"]): int(each["size"]) for each in [body["manifest"], *body["blobs"]]}


def fetched(vault: Vault, said: Measure, told: Told) -> Path:
    """A sealed file in the spool, gone on with where an earlier attempt broke off."""
    folder = vault.home.spool / "coming"
    folder.mkdir(mode=0o700, exist_ok=True)
    part = folder / f"{said.sha256}.part"
    if part.exists() and part.stat().st_size > said.size:
        part.unlink()
    told(part.stat().st_size if part.exists() else 0)
    vault.door.fetch(said.sha256, said.size, part, told)
    return part


def save_file(vault: Vault, opened: Opened, file: File, target: Path, told: Told) -> None:
    """One file of a version, under its final name only when every check held."""
    said = Measure(sizes(vault, opened.version)[file.blob], file.blob)
    resumed = (vault.home.spool / "coming" / f"{said.sha256}.part").exists()
    try:
        _save(fetched(vault, said, told), opened, file, said, target)
    except Tampered:
        if not resumed:
            raise
        (vault.home.spool / "coming" / f"{said.sha256}.part").unlink()  # a part that was cut by a crash
        _save(fetched(vault, said, lambda _: None), opened, file, said, target)


def _save(part: Path, opened: Opened, file: File, said: Measure, target: Path) -> None:
    fresh = target.with_name(f".{uuid4().hex}.opening")
    try:
        with part.open("rb") as sealed, os.fdopen(_new(fresh), "wb") as out:
            open_file(sealed, out, opened.key, said, Measure(file.size, file.sha256))
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    part.unlink()


def _new(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
