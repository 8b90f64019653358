"""A workspace as files that stock tools open: sealed files beside the keys that open them, and the register's words.

Layout: `contributions/<title>-<id>/v<number>/` holds `sealed/<name>.age`, `key.txt` (an age identity),
`manifest.json`, `statement.note` and its `receipt.tlog-proof`; with `--plain` also `files/<name>`. `register/`
holds the checkpoint, every note that was for us, and the ids of every chain. README.txt says how to open it.
"""

import os
import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import IO

from crosslab.ip_vault import age, tlog
from crosslab.ip_vault.age import HybridIdentity, X25519Identity
from crosslab.ip_vault.client.spooling import Measure, measure
from crosslab.ip_vault.client.troubles import Trouble, tampered
from crosslab.ip_vault.manifest import File

from .home import write_whole
from .opening import Opened, fetched, manifest_of, save_file, sizes
from .vault import Vault

Told = Callable[[int], object]
PIECE = 1 << 20


class Kind(StrEnum):
    """How the files of an export are sealed."""

    MODERN = "modern"  # as they are in the register: post-quantum, for age 1.3 and later
    CLASSIC = "classic"  # sealed anew to an X25519 key, for any age


MODERN, CLASSIC = Kind.MODERN, Kind.CLASSIC
README = """{title}: a sealed workspace, exported {at}

Every version has a folder with its sealed files, key.txt (the key that opens them: keep it as you would keep
the files) and what was signed about it. To open a file you need age ({needs}), nothing else:

    age -d -i key.txt -o NAME sealed/NAME.age

statement.note is the signed statement, receipt.tlog-proof shows that it stands in the log {log}.
sha256sum of a file of the register's own sealing is what the statement names; manifest.json names the files
inside, with sizes and hashes, so that you can check what you opened:

    sha256sum NAME

register/ holds the log's checkpoint, the statements that were for you, and the ids of every chain, in order.
Nothing in this folder needs us to be there.
"""


def weight(vault: Vault, opened: list[Opened]) -> int:
    """How many bytes there are to fetch."""
    return sum(sum(sizes(vault, each.version).values()) for each in opened)


def write_version(vault: Vault, opened: Opened, folder: Path, kind: Kind, *, plain: bool, told: Told) -> None:
    """One version: its sealed files, the key that opens them, and what was signed about it."""
    title = (
        re.sub(r"[^\w-]+", "-", opened.manifest.title, flags=re.ASCII).strip("-").lower()[:60]
        or "contribution"
    )
    name = f"{title}-{opened.version.contribution[:8]}"
    place = folder / "contributions" / name / f"v{opened.version.number}"
    (place / "sealed").mkdir(parents=True, mode=0o700)
    identity = opened.key if kind is MODERN else X25519Identity.generate()
    write_whole(place / "key.txt", f"# public key: {identity.recipient}\n{identity}\n".encode())
    for file in opened.manifest.files:
        target = place / "sealed" / f"{file.name}.age"
        _write_sealed(vault, opened, file, target, None if kind is MODERN else identity, told)
        if plain:
            (place / "files").mkdir(exist_ok=True, mode=0o700)
            save_file(vault, opened, file, place / "files" / file.name, lambda _: None)
    _write_words(vault, opened, place)


def _write_sealed(
    vault: Vault,
    opened: Opened,
    file: File,
    target: Path,
    anew: HybridIdentity | X25519Identity | None,
    told: Told,
) -> None:
    said = Measure(sizes(vault, opened.version)[file.blob], file.blob)
    part = fetched(vault, said, told)
    with part.open("rb") as source:
        if measure(source) != said:
            part.unlink()
            raise tampered(Trouble.WRONG_FILE, "a sealed file is not the one that was signed")
        source.seek(0)
        age.check_shape(source.read(4096), said.size, age.Shape.HYBRID)
    if anew is None:
        part.replace(target)
        return
    fresh = target.with_suffix(".sealing")
    try:
        with (
            part.open("rb") as source,
            os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as out,
        ):
            _seal_anew(source, out, opened.key, file, anew)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    part.unlink()


def _seal_anew(
    source: IO[bytes], out: IO[bytes], key: HybridIdentity, file: File, to: HybridIdentity | X25519Identity
) -> None:
    """From one key to another without a plaintext on the disk; all of it verified at the end."""
    hashed, size = sha256(), 0

    def watched() -> Iterator[bytes]:
        nonlocal size
        for piece in age.decrypt_pieces(iter(lambda: source.read(PIECE), b""), key):
            hashed.update(piece)
            size += len(piece)
            yield piece

    for piece in age.encrypt_pieces(watched(), to.recipient):
        out.write(piece)
    if (size, hashed.hexdigest()) != (file.size, file.sha256):
        raise tampered(Trouble.WRONG_FILE, "a file is not the one the manifest names")


def opened_bytes(vault: Vault, opened: Opened, file: File, folder: Path) -> bytes:
    """One file of a version, opened and verified."""
    save_file(vault, opened, file, folder / "opened", lambda _: None)
    return (folder / "opened").read_bytes()


def _write_words(vault: Vault, opened: Opened, place: Path) -> None:
    version = opened.version.id
    write_whole(place / "manifest.json", manifest_of(vault, opened.version, opened.key))
    write_whole(place / "statement.note", vault.known[version].note)
    write_whole(place / "receipt.tlog-proof", vault.door.receipt(version))


def write_register(vault: Vault, chain: str, folder: Path) -> None:
    """The checkpoint, every statement whose text was for us, and the ids of the chains, in order."""
    place = folder / "register"
    for each in ("statements", "chains"):
        (place / each).mkdir(parents=True, mode=0o700)
    write_whole(place / "checkpoint", vault.follower.memory.pins.checkpoint)
    write_whole(place / "log.vkey", f"{vault.session['log']['vkey']}\n".encode())
    write_whole(place / "entries", b"".join(vault.follower.memory.entries))
    for each, known in vault.known.items():
        write_whole(place / "statements" / f"{each}.note", known.note)
    for each, found in vault.state.chains.items():
        write_whole(place / "chains" / f"{each}.ids", "".join(f"{one}\n" for one in found.ids).encode())
    assert chain in vault.state.chains  # noqa: S101 - a workspace has its chain


def write_readme(vault: Vault, chain: str, folder: Path, kind: Kind) -> None:
    """How to open it all without us."""
    size = tlog.parse_checkpoint(vault.follower.memory.pins.checkpoint).size
    facts = {
        "title": vault.state.consortia[chain].name,
        "at": vault.at,
        "needs": "any version" if kind is CLASSIC else "1.3 or later, or age-plugin-pq with an older one",
        "log": f"{vault.state.log} of {size} entries",
    }
    write_whole(folder / "README.txt", README.format(**facts).encode())
