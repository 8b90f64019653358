#!/usr/bin/env python3
"""Checks a Crosslab evidence bundle with Python 3.9 or newer and nothing else: no network, no other code.

    python3 -I verify.py BUNDLE --log-vkey KEY... [--tsa-sha256 HEX] [--witness KEY]... [--quorum N] [--file FILE]

BUNDLE is the folder or the zip. Have the log's key, and the fingerprint of the time stamp authority's root
certificate, from somewhere else than the bundle: whoever made the bundle could have made these as well. For
the same reason use a copy of this program that did not come in the bundle.

A register may go on from one log to the next. Name the key of the newest log; the logs before it are found by
the hash with which each begins. Name their keys as well where you know them: then they must be those. A log
whose key you name and to which the bundle does not go is a limit of the verdict: ask for a bundle made anew.

Every check is a line `hold(what must be so, "what is broken otherwise")`. The first that fails ends the
program with status 1 and says which link of the chain is broken. What is left unproven is listed as a limit,
and three kinds of gaps end the program with status 1 too, unless they are allowed by name: `--without-time`
(no time stamp could be checked), `--with-gaps` (a text is missing that is not for its parties alone) and
`--without-entries` (a claim without the log's lines, in which a forked history would not be seen). Whether a
`--file` of yours is one of those that were sealed is an answer of its own: status 3 says that the bundle holds
and that the file is not in it, or that it cannot tell.

The formats are described in SPEC.md of Crosslab, package `ip_vault`.
"""

# ruff: noqa: B905, UP017, UP035 - it must run on Pythons older than the one this package needs
from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import zipfile
import zlib
from datetime import datetime, timezone
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO, Callable, Iterable, Iterator, NoReturn, Protocol, Sequence, TypeVar

T = TypeVar("T")
MOST_FILES, MOST_BYTES, MOST_RATIO = 10_000, 2 * 1024**3, 100
STEP = 1 << 20


class Broken(Exception):
    """The first link that does not hold, in plain words."""


def hold(so: object, otherwise: str) -> None:
    """One check."""
    if not so:
        raise Broken(otherwise)


def must(found: T | None, otherwise: str) -> T:
    """One check that something was found."""
    if found is None:
        raise Broken(otherwise)
    return found


def sha256(data: bytes) -> bytes:
    """The 32 bytes of SHA-256."""
    return hashlib.sha256(data).digest()


def digest(data: bytes) -> str:
    """SHA-256 in hex: how statements, files and certificates are named."""
    return sha256(data).hex()


# 1. The files of a bundle: a folder or a zip, read within limits, names that stay inside


def check_name(name: str) -> None:
    """A path inside the bundle and nowhere else."""
    parts = name.split("/")
    hold(
        0 < len(name) <= 1000 and all(part not in ("", ".", "..") for part in parts),
        f"a path leaves the bundle: {name!r}",
    )
    hold(not re.search(r"[\\:\x00-\x1f\x7f]", name), f"a path holds a character it must not: {name!r}")


class Source(Protocol):
    """Where files are read from: their sizes by name, and their bytes."""

    sizes: dict[str, int]

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a file, piece by piece."""


class Folder:
    """The files of an unpacked bundle."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.sizes: dict[str, int] = {}
        for folder, folders, files in os.walk(root):
            for name in folders + files:
                hold(
                    not (Path(folder) / name).is_symlink(),
                    f"the bundle holds a link instead of a file: {name!r}",
                )
            for name in files:
                path = Path(folder) / name
                hold(
                    stat.S_ISREG(path.stat().st_mode), f"the bundle holds something that is no file: {name!r}"
                )
                inside = path.relative_to(root).as_posix()
                check_name(inside)
                self.sizes[inside] = path.stat().st_size
        check_sizes(self.sizes)

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a file, piece by piece."""
        with (self.root / name).open("rb") as file:
            yield from iter(lambda: file.read(STEP), b"")


class Zip:
    """The files of a zipped bundle, which may lie in one folder of their own."""

    def __init__(self, path: Path | BinaryIO) -> None:
        try:
            self.zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise Broken("this is neither a folder nor a zip that can be read") from error
        entries = [each for each in self.zip.infolist() if not each.is_dir()]
        hold(len(self.zip.infolist()) <= MOST_FILES, "the zip holds more than 10 000 files")
        for each in entries:
            self.check(each)
        top = {each.filename.split("/")[0] for each in entries}
        cut = f"{top.pop()}/" if len(top) == 1 and all("/" in each.filename for each in entries) else ""
        self.entries = {each.filename[len(cut) :]: each for each in entries}
        hold(len(self.entries) == len(entries), "the zip holds two files of one name")
        self.sizes = {name: each.file_size for name, each in self.entries.items()}
        check_sizes(self.sizes)

    def check(self, each: zipfile.ZipInfo) -> None:
        """Only plain files, stored or deflated, of honest sizes."""
        check_name(each.filename)
        hold(each.orig_filename == each.filename, f"a name in the zip is cut: {each.filename!r}")
        hold(
            stat.S_IFMT(each.external_attr >> 16) in (0, stat.S_IFREG),
            f"the zip holds a link: {each.filename!r}",
        )
        hold(not each.flag_bits & 1, "the zip is encrypted")
        hold(
            each.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED),
            "the zip is packed in an unknown way",
        )
        hold(
            each.file_size <= MOST_RATIO * max(each.compress_size, 1),
            "the zip unpacks to far more than it holds",
        )

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a file, piece by piece."""
        try:
            with self.zip.open(self.entries[name]) as file:
                yield from iter(lambda: file.read(STEP), b"")
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
            raise Broken(f"a file in the zip is damaged: {name!r}") from error


def check_sizes(sizes: dict[str, int]) -> None:
    """Within the limits, whatever the files say."""
    hold(len(sizes) <= MOST_FILES, "the bundle holds more than 10 000 files")
    hold(sum(sizes.values()) <= MOST_BYTES, "the bundle is larger than 2 GiB")


def shown_at(at: int, name: str) -> str:
    """Where a shown file lies, the `at`-th of its version's list. No two names of a list ever share a path.

    Bags escape `%`, so a name that holds one is written without it, in a folder of its own.
    """
    return (
        f"data/reveal/renamed/{at}/{name.replace('%', '_')}" if "%" in name else f"data/reveal/files/{name}"
    )


class Files:
    """A bundle's files: read whole where they are small, hashed piece by piece where they may be large."""

    def __init__(self, source: Source) -> None:
        self.source, self.names = source, set(source.sizes)

    def hash(self, name: str) -> tuple[str, int]:
        """SHA-256 and size of a file."""
        made, size = hashlib.sha256(), 0
        for piece in self.source.pieces(name):
            made.update(piece)
            size += len(piece)
        return made.hexdigest(), size

    def read(self, name: str, most: int = 256 * 1024**2) -> bytes:
        """A whole file."""
        hold(name in self.names, f"a file is missing: {name}")
        hold(self.source.sizes[name] <= most, f"a file is too large: {name}")
        return b"".join(self.source.pieces(name))

    def under(self, folder: str) -> list[str]:
        """The names of the files in a folder, in order."""
        return sorted(name for name in self.names if name.startswith(folder))


def check_bag(files: Files) -> None:
    """BagIt (RFC 8493): every file is listed with its hash, and nothing else is there."""
    hold(
        files.read("bagit.txt", 1000) == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "this is not a bundle: bagit.txt is missing or is another one",
    )
    payload = {name for name in files.names if name.startswith("data/")}
    check_list(files, "manifest-sha256.txt", payload)
    check_list(files, "tagmanifest-sha256.txt", files.names - payload - {"tagmanifest-sha256.txt"})


def check_list(files: Files, name: str, expected: set[str]) -> None:
    """One list of hashes against the files it must name, all of them and no others."""
    listed: dict[str, str] = {}
    for line in text_of(files.read(name), name).splitlines():
        found = must(re.fullmatch(r"([0-9a-f]{64})  (\S.*)", line), f"{name} has a line that names no file")
        hold(found[2] not in listed, f"{name} names a file twice")
        listed[found[2]] = found[1]
    hold(
        not expected - listed.keys(),
        f"a file is in the bundle that {name} does not name: {sorted(expected - listed.keys())[:1]}",
    )
    hold(not listed.keys() - expected, f"a file is missing: {sorted(listed.keys() - expected)[:1]}")
    for each, hashed in listed.items():
        hold(files.hash(each)[0] == hashed, f"a file is not the one that was packed: {each}")


def text_of(data: bytes, what: str) -> str:
    """UTF-8, or nothing."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Broken(f"{what} is not a text in UTF-8") from error


# 2. Ed25519 as OpenSSL accepts it (RFC 8032, no cofactor), under keys that no two programs disagree about

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
ZERO = (0, 1, 1, 0)
BASE_Y = 4 * pow(5, P - 2, P) % P
Point = tuple[int, int, int, int]
judged: dict[bytes, Point] = {}


def decode_point(key: bytes) -> Point:
    """The point that 32 bytes stand for, in their one spelling."""
    number = int.from_bytes(key, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    hold(y < P, "a public key is not in its one spelling")
    top, bottom = (y * y - 1) % P, (D * y * y + 1) % P
    x = top * pow(bottom, 3, P) * pow(top * pow(bottom, 7, P), (P - 5) // 8, P) % P
    if (bottom * x * x - top) % P:
        x = x * ROOT % P
    hold((bottom * x * x - top) % P == 0, "a public key is no point of the curve")
    hold(x or not sign, "a public key is not in its one spelling")
    return (P - x if x & 1 != sign else x), y, 1, (P - x if x & 1 != sign else x) * y % P


def add(one: Point, two: Point) -> Point:
    """The sum of two points (extended coordinates)."""
    a, b = (one[1] - one[0]) * (two[1] - two[0]), (one[1] + one[0]) * (two[1] + two[0])
    c, d = 2 * one[3] * two[3] * D, 2 * one[2] * two[2]
    e, f, g, h = (b - a) % P, (d - c) % P, (d + c) % P, (b + a) % P
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(factor: int, point: Point) -> Point:
    """A multiple of a point."""
    result: Point = ZERO
    while factor:
        if factor & 1:
            result = add(result, point)
        point, factor = add(point, point), factor >> 1
    return result


def same_point(one: Point, two: Point) -> bool:
    """Whether two coordinates name one point."""
    return (one[0] * two[2] - two[0] * one[2]) % P == 0 and (one[1] * two[2] - two[1] * one[2]) % P == 0


def check_key(key: bytes) -> Point:
    """The point of a public key: canonical, not of small order, free of torsion."""
    if key not in judged:
        hold(len(key) == 32, "a public key has not 32 bytes")
        point = decode_point(key)
        hold(not same_point(times(8, point), ZERO), "a public key is of small order")
        hold(same_point(times(ORDER, point), ZERO), "a public key has a torsion component")
        judged[key] = point
    return judged[key]


def check_signature(key: bytes, message: bytes, signature: bytes, who: str) -> None:
    """That this key signed these bytes."""
    point = check_key(key)
    hold(len(signature) == 64, f"the signature of {who} has not 64 bytes")
    s = int.from_bytes(signature[32:], "little")
    hold(s < ORDER, f"the signature of {who} is not in its one spelling")
    hashed = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    base = decode_point(BASE_Y.to_bytes(32, "little"))
    x, y, z, _ = add(times(s, base), times(ORDER - hashed, point))
    x, y = x * pow(z, P - 2, P) % P, y * pow(z, P - 2, P) % P
    made = (y | (x & 1) << 255).to_bytes(32, "little")
    hold(made == signature[:32], f"the signature of {who} is not by that key over these bytes")


# 3. CJ1, canonical JSON: parse, write again, compare

FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def read_json(data: bytes) -> Any:
    """The value of canonical JSON."""
    try:
        value = json.loads(data.decode(), parse_float=no_number, parse_constant=no_number, parse_int=whole)
    except (ValueError, RecursionError) as error:
        raise Broken("a text is not JSON as the vault writes it") from error
    hold(write_json(value, 0).encode("utf-8", "surrogatepass") == data, "a text's JSON is not canonical")
    return value


def no_number(_: str) -> NoReturn:
    """Fractions and the like are no numbers here."""
    raise Broken("a text's JSON holds a fraction")


def whole(digits: str) -> int:
    """A whole number of a size that every program can hold."""
    hold(len(digits) <= 17, "a number is beyond 2^53 - 1")
    hold(abs(int(digits)) < 2**53, "a number is beyond 2^53 - 1")
    return int(digits)


def write_json(value: Any, depth: int) -> str:
    """The one spelling of a value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        hold(not FORBIDDEN.search(value), "a text holds a control or direction character")
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    hold(depth < 16, "a text's JSON is nested too deep")
    if isinstance(value, list):
        return "[" + ",".join(write_json(each, depth + 1) for each in value) + "]"
    hold(isinstance(value, dict), "a text's JSON holds a null")
    hold(all(re.fullmatch("[a-z][a-z0-9_]{0,63}", key) for key in value), "a key is not lower-case ASCII")
    return "{" + ",".join(f'"{key}":{write_json(value[key], depth + 1)}' for key in sorted(value)) + "}"


# 4. Signed notes (C2SP signed-note)

SPACE = re.compile("[\x00-\x20\x7f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000+]")


class Note:
    """A note's text (with its last line feed) and its signature lines as (name, key id, rest)."""

    def __init__(self, data: bytes) -> None:
        hold(not re.search(rb"[\x00-\x09\x0b-\x1f]", data), "a note holds a control character")
        text, mark, tail = data.rpartition(b"\n\n")
        hold(mark and tail.endswith(b"\n"), "a note has not a text, an empty line and signature lines")
        lines = text_of(tail, "a note")[:-1].split("\n")
        hold(len(lines) <= 32, "a note has more than 32 signature lines")
        self.text, self.lines = text + b"\n", [self.line(each) for each in lines]
        text_of(self.text, "a note")
        keys = {(name, ident) for name, ident, _ in self.lines}
        hold(len(keys) == len(self.lines), "a key signed a note twice")

    @staticmethod
    def line(line: str) -> tuple[str, bytes, bytes]:
        """The parts of a signature line."""
        mark, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        hold(mark == "—", "a line under a note's text is not a signature line")
        check_key_name(name)
        data = unbase64(encoded)
        hold(len(data) >= 5, "a signature line is too short")
        return name, data[:4], data[4:]


def check_key_name(name: str) -> None:
    """A name that keys can have."""
    hold(name and not SPACE.search(name), "a key's name is empty or holds a space or a plus")


def unbase64(text: str) -> bytes:
    """Base64 in its one spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Broken("a key, hash or signature is not base64") from error
    hold(base64.b64encode(data).decode() == text, "a key, hash or signature is not in its one spelling")
    return data


def unbase64url(text: str, size: int) -> bytes:
    """So many bytes from base64url in its one spelling."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise Broken("a key or salt is not base64url") from error
    hold(
        base64.urlsafe_b64encode(data).rstrip(b"=").decode() == text,
        "a key or salt is not in its one spelling",
    )
    hold(len(data) == size, f"a key or salt has not {size} bytes")
    return data


def key_id(name: str, key: bytes, kind: int = 1) -> bytes:
    """The four bytes that tell keys of one name apart."""
    return sha256(name.encode() + b"\n" + bytes([kind]) + key)[:4]


def read_vkey(text: str, kind: int = 1) -> tuple[str, bytes]:
    """Name and key of a verifier key; a witness's has kind 4."""
    parts = text.strip().split("+", 2)
    hold(len(parts) == 3, "a verifier key has not a name, an id and a key")
    check_key_name(parts[0])
    data = unbase64(parts[2])
    hold(data[:1] == bytes([kind]), "a verifier key is of another kind")
    hold(parts[1] == key_id(parts[0], data[1:], kind).hex(), "a verifier key's parts do not belong together")
    check_key(data[1:])
    return parts[0], data[1:]


def check_signed(note: Note, signers: Sequence[tuple[str, bytes]], what: str) -> None:
    """That exactly these signed, in this order."""
    hold(len(note.lines) == len(signers), f"{what} is not signed by exactly those who must sign it")
    for (name, ident, data), (wanted, key) in zip(note.lines, signers):
        hold(
            (name, ident) == (wanted, key_id(wanted, key)),
            f"{what} is signed by another key than the one that counts",
        )
        check_signature(key, note.text, data, what)


# 5. The log (RFC 6962 tree; C2SP tlog formats)


class Checkpoint:
    """What the log vouches for: its name, size and root."""

    def __init__(self, data: bytes, log: tuple[str, bytes]) -> None:
        self.data, note = data, Note(data)
        lines = note.text.decode().split("\n")
        hold(len(lines) == 4, "a checkpoint has not exactly three lines")
        hold(lines[0] == log[0], "the checkpoint is of another log than the one asked for")
        hold(re.fullmatch("0|[1-9][0-9]{0,14}", lines[1]), "a checkpoint's size is no number")
        self.text, self.origin, self.size, self.root = note.text, lines[0], int(lines[1]), unbase64(lines[2])
        hold(len(self.root) == 32, "a checkpoint's root is no hash")
        hold(
            [each[0] for each in note.lines] == [log[0]],
            "the checkpoint is not signed by the log, and by it alone",
        )
        check_signed(note, [log], "the checkpoint")


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours."""
    return sha256(b"\x01" + left + right)


def tree_root(leaves: list[bytes]) -> bytes:
    """The root over these leaf hashes."""
    row = leaves or [sha256(b"")]
    while len(row) > 1:
        row = [node(*row[at : at + 2]) if at + 1 < len(row) else row[at] for at in range(0, len(row), 2)]
    return row[0]


def check_inclusion(leaf: bytes, index: int, point: Checkpoint, proof: Sequence[bytes], what: str) -> None:
    """That a line stands at this place of the log."""
    hold(0 <= index < point.size, f"{what} is said to stand where the log has no line")
    hold(
        all(len(each) == 32 for each in (leaf, *proof)),
        f"the proof for {what} holds something that is no hash",
    )
    place, last, value = index, point.size - 1, leaf
    for each in proof:
        hold(last, f"the proof for {what} is too long")
        if place & 1 or place == last:
            value = node(each, value)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            value = node(value, each)
        place, last = place >> 1, last >> 1
    hold(not last, f"the proof for {what} is too short")
    hold(value == point.root, f"{what} is not in the log at its place")


def check_consistency(old: Checkpoint, new: Checkpoint, proof: Sequence[bytes], what: str) -> None:
    """That the newer checkpoint's log begins with the older one's."""
    hold(0 < old.size <= new.size, f"{what} is over a log that is empty or larger than the bundle's")
    hold(all(len(each) == 32 for each in proof), f"the proof for {what} holds something that is no hash")
    if old.size == new.size:
        hold(
            not proof and old.root == new.root,
            f"{what} is over another history of the same length: the log was forked",
        )
        return
    steps = list(proof) if old.size & (old.size - 1) else [old.root, *proof]
    hold(steps, f"the proof for {what} is empty")
    place, last = old.size - 1, new.size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    older = newer = steps[0]
    for each in steps[1:]:
        hold(last, f"the proof for {what} is too long")
        if place & 1 or place == last:
            older, newer = node(each, older), node(each, newer)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            newer = node(newer, each)
        place, last = place >> 1, last >> 1
    hold(not last, f"the proof for {what} is too short")
    hold(older == old.root, f"{what} is over another history than the bundle's")
    hold(newer == new.root, f"{what} is over another history than the bundle's")


def read_receipt(data: bytes, what: str) -> tuple[int, list[bytes], bytes]:
    """Index, proof and checkpoint of a receipt (`c2sp.org/tlog-proof@v1`)."""
    head, mark, checkpoint = data.partition(b"\n\n")
    lines = text_of(head, f"the receipt of {what}").split("\n")
    hold(mark and len(lines) > 1 and lines[0] == "c2sp.org/tlog-proof@v1", f"the receipt of {what} is none")
    hold(len(lines) <= 66, f"the receipt of {what} is too long")
    found = must(re.fullmatch("index (0|[1-9][0-9]{0,14})", lines[1]), f"the receipt of {what} is none")
    return int(found[1]), [unbase64(each) for each in lines[2:]], checkpoint


def check_witnesses(
    point: Checkpoint, lines: bytes, vkeys: Sequence[str], quorum: int
) -> list[tuple[str, int]]:
    """Who of the known witnesses saw this checkpoint, and at which second; so many must have."""
    seen: dict[bytes, tuple[str, int]] = {}
    note = Note(point.text + b"\n" + lines) if lines else None
    for name, key in [read_vkey(each, 4) for each in vkeys]:
        for signer, ident, data in note.lines if note else []:
            if (signer, ident) == (name, key_id(name, key, 4)):
                hold(len(data) == 72, f"the line of witness {name} has not the length it must have")
                at = int.from_bytes(data[:8], "big")
                check_signature(
                    key, f"cosignature/v1\ntime {at}\n".encode() + point.text, data[8:], f"witness {name}"
                )
                seen[key] = (name, at)
    hold(len(seen) >= quorum, f"{len(seen)} of the known witnesses saw this checkpoint, {quorum} must")
    return list(seen.values())


class Log:
    """One log of the register: its name and key, what it vouches for, and the index its first line has."""

    def __init__(self, key: tuple[str, bytes], base: int, point: Checkpoint) -> None:
        self.key, self.name, self.base, self.point = key, key[0], base, point

    @property
    def end(self) -> int:
        """The index after its last line."""
        return self.base + self.point.size

    def __str__(self) -> str:
        vkey = f"{self.name}+{key_id(*self.key).hex()}+{base64.b64encode(bytes([1]) + self.key[1]).decode()}"
        return f"{self.name}, lines {self.base} to {self.end - 1} of the register, key {vkey}"


class Entries:
    """Every line of the logs up to their checkpoints, one log after the other, and where each id and tag stands."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self.ids: dict[str, int] = {}
        self.tags: dict[str, list[int]] = {}

    def add(self, data: bytes, log: Log) -> None:
        """The lines of the next log; only one that follows another begins with the end of that one."""
        lines = data.split(b"\n")[:-1]
        hold(
            data.endswith(b"\n") and len(lines) == log.point.size,
            "the log's lines are not as many as it vouched for",
        )
        root = tree_root([sha256(b"\x00" + each + b"\n") for each in lines])
        hold(root == log.point.root, "the log's lines are not those it vouched for")
        self.lines += lines
        for index, line in enumerate(lines, log.base):
            found = re.fullmatch(rb"s ([0-9a-f]{64}) [0-9a-f]{64} ([0-9a-f]{32})", line)
            hold(found or re.fullmatch(rb"[rp] [0-9a-f]{64}", line), f"line {index} of the log is none")
            hold(
                line[:1] != b"p" or index == log.base > 0,
                f"line {index} of the log is the end of another log, which is not in the bundle",
            )
            if found:
                self.ids.setdefault(found[1].decode(), index)
                self.tags.setdefault(place(found[2].decode()), []).append(index)

    def claims(self, before: bytes) -> list[int]:
        """The lines that claim the place after this."""
        return self.tags.get(place(tag(before)), [])


# 6. Statements: what may be said, in which form

ID = "[0-9a-f]{64}"
RIGHTS = (
    "copyright|related_performer|related_phonogram|related_film|press_publisher|sui_generis_database|patent|"
    "utility_model|registered_design|unregistered_design|trade_mark|trade_secret|plant_variety|topography|"
    "domain_name|geographical_indication|personality|physical_property|contract_only|heritage_statute"
)
KEY = "[A-Za-z0-9_-]{43}"
AGE = "age1pq1[02-9ac-hj-np-z]{1000,2100}"
PERSON = r"(?=\S)[^@\n]{1,200}"
NAME = r"(?=\S)[^\n]{1,200}(?<=\S)"
LINES = r"(?s:|(?=\S).{1,2000}(?<=\S))"
DAY = r"[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\dZ"


def field(pattern: str) -> Callable[[Any], bool]:
    """A text of this pattern."""
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def number(least: int, most: int = 2**40) -> Callable[[Any], bool]:
    """A whole number in this range."""
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def is_second(value: Any) -> bool:
    """A UTC second that there was or will be, in its one spelling."""
    try:
        return field(DAY)(value) and f"{datetime.fromisoformat(value[:-1]).isoformat()}Z" == value
    except ValueError:
        return False


def many(one: Callable[[Any], bool], least: int, most: int, once: str = "") -> Callable[[Any], bool]:
    """A list of so many; with `once`, no two share that key (or are equal, for ".")."""

    def check(value: Any) -> bool:
        if (
            not isinstance(value, list)
            or not least <= len(value) <= most
            or not all(one(each) for each in value)
        ):
            return False
        return not once or len({each if once == "." else each[once] for each in value}) == len(value)

    return check


def thing(**fields: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """An object with exactly these keys; `class` is spelt `class_`."""
    known = {key.rstrip("_"): shape for key, shape in fields.items()}
    return lambda value: (
        isinstance(value, dict)
        and value.keys() == known.keys()
        and all(known[key](value[key]) for key in known)
    )


def either(*shapes: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """One of these shapes."""
    return lambda value: any(shape(value) for shape in shapes)


def owners_add_up(value: Any) -> bool:
    """Shares in lowest terms that make exactly one whole."""
    if not many(thing(party=field(ID), share=field("[1-9][0-9]{0,9}/[1-9][0-9]{0,9}")), 1, 64, "party")(
        value
    ):
        return False
    shares = [Fraction(each["share"]) for each in value]
    written = [f"{share.numerator}/{share.denominator}" for share in shares]
    fine = all(share <= 1 and share.denominator <= 10**9 for share in shares)
    return fine and written == [each["share"] for each in value] and sum(shares) == 1


one, maybe, role = field(ID), field(f"|{ID}"), field("admin|signer|reader")
sealed = thing(sha256=one, size=number(1))
small = number(1, 65_536)

# type: (kind of chain, starts one, for an organisation: no, yes or maybe, who signs as well, body)
TYPES: dict[str, tuple[str, bool, str, str, Callable[[Any], bool]]] = {
    "person.create": ("person", True, "no", "", thing(name=field(PERSON), sign=field(KEY), age=field(AGE))),
    "person.rotate": (
        "person", False, "no", "new key",
        thing(sign=field(KEY), age=field(AGE), reason=field("routine|lost_device|compromise")),
    ),
    "person.request": ("person", False, "no", "invite", thing(org=one, invite=one)),
    "org.create": (
        "organisation", True, "no", "recovery",
        thing(name=field(NAME), epoch=number(1, 1), age=field(AGE), recovery_sign=field(KEY), recovery_age=field(AGE)),
    ),
    "org.invite": ("organisation", False, "no", "", thing(invite=field(KEY), role=role)),
    "org.add": ("organisation", False, "no", "", thing(person=one, request=one)),
    "org.role": ("organisation", False, "no", "", thing(person=one, role=role)),
    "org.remove": ("organisation", False, "no", "", either(thing(person=one), thing(invite=one))),
    "org.key": ("organisation", False, "no", "", thing(epoch=number(2, 10**6), age=field(AGE))),
    "org.wrap": (
        "organisation", False, "no", "",
        thing(items=many(thing(person=maybe, sha256=one, size=small), 1, 200, "person")),
    ),
    "org.recover": (
        "organisation", False, "no", "recovery", thing(person=one, recovery_sign=field(KEY), recovery_age=field(AGE)),
    ),
    "consortium.create": (
        "consortium", True, "yes", "",
        thing(name=field(NAME), regime=field("[a-z0-9][a-z0-9_.-]{0,63}"), orgs=many(one, 1, 1)),
    ),
    "consortium.invite": ("consortium", False, "yes", "", thing(invite=field(KEY), note=field(LINES))),
    "consortium.remove": ("consortium", False, "yes", "", either(thing(org=one), thing(invite=one))),
    "consortium.join": ("consortium", False, "yes", "invite", thing(org=one, invite=one, org_head=one)),
    "consortium.leave": ("consortium", False, "yes", "", thing(org=one)),
    "version": (
        "consortium", False, "yes", "",
        thing(
            contribution=maybe, version=number(1, 10**6), previous=maybe,
            derived_from=many(
                thing(version=one, kind=field("incorporates|adapts|requires|uses_data|inspired_by")), 0, 64, "version"
            ),
            class_=field("background|sideground|result"),
            rights=many(thing(type=field(RIGHTS), owners=owners_add_up), 1, 20, "type"),
            authors=many(one, 0, 64, "."), content_key=one, manifest=sealed,
            blobs=many(sealed, 0, 64, "sha256"), commitment=one,
        ),
    ),
    "grant": (
        "consortium", False, "yes", "",
        thing(
            to=one, epoch=number(1, 10**6), items=many(thing(version=one, sha256=one, size=small), 1, 200, "version"),
        ),
    ),
    "revoke": ("consortium", False, "yes", "", thing(contribution=one, to=one)),
    "ack": ("consortium", False, "maybe", "", thing(version=one)),
    "transfer": (
        "consortium", False, "yes", "", thing(contribution=one, right=field(RIGHTS), basis=one, owners=owners_add_up),
    ),
    "release": (
        "consortium", False, "yes", "",
        thing(
            to=one, until=is_second, versions=many(one, 1, 64, "."), terms=field(LINES),
            purpose=field("evaluation|challenge_review|funding_assessment|licence_talks|due_diligence"),
        ),
    ),
    "decline": ("consortium", False, "maybe", "", thing(of=one)),
    "approve": ("consortium", False, "yes", "", thing(of=one)),
    "object": ("consortium", False, "yes", "", thing(of=one)),
    "withdraw": ("consortium", False, "yes", "", thing(of=one)),
}  # fmt: skip
FOR_PARTIES = {"org.wrap", "grant", "revoke", "ack", "person.request"}  # whose texts may be kept from others


class Said:
    """A statement: its parts, read strictly from a note. Nothing about its signatures yet."""

    def __init__(self, data: bytes) -> None:
        hold(len(data) <= 60_000, "a statement is larger than 60 000 bytes")
        self.note_hash, self.note = digest(data), Note(data)
        label, line = b"crosslab.dev/statement/v1\n", self.note.text
        hold(line.startswith(label), "a note is not a statement")
        self.id = digest(line)
        fields = read_json(line[len(label) : -1])
        keys = {"after", "at", "body", "by", "chain", "log", "salt", "seq", "type", "v"}
        hold(
            isinstance(fields, dict) and fields.keys() - {"for"} == keys,
            "a statement has not exactly its keys",
        )
        hold(fields["v"] == 1 and fields["v"] is not True, "a statement is of another version")
        hold(
            fields["type"] in TYPES if isinstance(fields["type"], str) else False,
            "a statement is of an unknown type",
        )
        self.type, self.body, self.log, self.at = fields["type"], fields["body"], fields["log"], fields["at"]
        self.kind, self.genesis, self.acts_for, self.cosigner, shape = TYPES[self.type]
        hold(is_second(self.at) and field(".+")(self.log), "a statement's time or log is not in its form")
        unbase64url(fields["salt"] if isinstance(fields["salt"], str) else "", 16)
        self.by: str = fields["by"]
        self.org: str = fields.get("for", "")
        self.check_makers("for" in fields)
        self.seq, self.after = fields["seq"], fields["after"]
        if self.genesis:
            hold(
                (fields["chain"], self.seq, self.after) == ("", 0, ""), "a chain does not start at its start"
            )
        else:
            placed = one(fields["chain"]) and one(self.after) and number(1)(self.seq)
            hold(placed, "a statement does not say where on its chain it stands")
        self.chain, self.person = fields["chain"] or self.id, self.by or self.id
        hold(shape(self.body), f"a statement ({self.type}) does not say what such a statement says")

    def check_makers(self, named: bool) -> None:
        """Made by somebody, for an organisation exactly where that is needed."""
        hold(self.by == "" if self.type == "person.create" else one(self.by), "a statement names no maker")
        hold(
            named if self.acts_for == "yes" else not named or self.acts_for == "maybe",
            "a statement is for nobody",
        )
        hold(not named or one(self.org), "a statement is for no organisation")

    @property
    def before(self) -> bytes:
        """What the tag of its place is made of: the link before it, or its own id at a chain's start."""
        return bytes.fromhex(self.after or self.id)

    def entry(self, *, against_its_kind: bool = False) -> bytes:
        """Its line in the log, as it must be; or labelled as a statement of the other kinds."""
        made = tag(self.before, (self.type in FOR_PARTIES) != against_its_kind)
        return f"s {self.id} {self.note_hash} {made}\n".encode()


def tag(before: bytes, for_parties: bool = False) -> str:
    """The tag of a place, its last bit turned where the text is of a kind for its parties alone."""
    made = sha256(b"crosslab.dev/tag/v1\n" + before)[:16]
    return (made[:-1] + bytes([made[-1] ^ for_parties])).hex()


def place(tag: str) -> str:
    """All but the last bit of a tag: two statements at one place of a chain have it in common."""
    return tag[:-1] + format(int(tag[-1], 16) & 14, "x")


def link(before: bytes, statement: str) -> bytes:
    """The link that a statement makes."""
    return sha256(b"crosslab.dev/link/v1\n" + before + bytes.fromhex(statement))


# 7. History: who could sign for whom, who was a member, who owns what. The rules are those of SPEC.md, section 8


class Matter:
    """A version's claim or a transfer, and what was said about it."""

    def __init__(
        self, said: Said, index: int, contribution: str, needed: set[str], bases: dict[str, str]
    ) -> None:
        self.said, self.id, self.org, self.index, self.contribution = (
            said,
            said.id,
            said.org,
            index,
            contribution,
        )
        self.needed, self.bases = needed - {said.org}, bases
        self.approvals: dict[str, str] = {}
        self.objections: dict[str, str] = {}
        self.settled: int | None = None
        self.withdrawn = False
        self.transfer = said.type == "transfer"
        rights = (
            [{"type": said.body["right"], "owners": said.body["owners"]}]
            if self.transfer
            else said.body["rights"]
        )
        self.rights = {
            each["type"]: {own["party"]: own["share"] for own in each["owners"]} for each in rights
        }

    @property
    def standing(self) -> str:
        """How sure it is."""
        if self.transfer and self.settled is None and self.withdrawn:
            return "withdrawn"
        if self.objections and not (self.transfer and self.settled is not None):
            return "disputed"
        if self.settled is None:
            return "proposed" if self.transfer else "claimed"
        return "in effect" if self.transfer else "agreed"


class History:
    """What is so after the statements read so far. `whole` is a register, else a claim.

    `logs` are the logs by name, each with the index of its first line, the oldest first. `gaps` says that texts of
    the consortium are hidden: what refers to one of those is taken as it is.
    """

    def __init__(self, logs: Sequence[tuple[str, int]], whole: bool, gaps: bool = False) -> None:
        self.logs, self.whole, self.gaps = logs, whole, gaps
        self.releases: dict[str, str] = {}
        self.spoken: dict[str, str] = {}
        self.people: dict[str, list[bytes]] = {}
        self.names: dict[str, str] = {}
        self.roles: dict[str, dict[str, str]] = {}
        self.recovery: dict[str, bytes] = {}
        self.org_links: dict[str, set[str]] = {}
        self.invites: dict[str, dict[str, Any]] = {}
        self.requests: dict[str, dict[str, Any]] = {}
        self.members: dict[str, dict[str, dict[str, Any]]] = {}
        self.contributions: dict[str, list[str]] = {}
        self.places: dict[str, str] = {}
        self.owned: dict[str, dict[str, tuple[dict[str, str], str]]] = {}
        self.matters: dict[str, Matter] = {}
        self.epochs: dict[str, list[str]] = {}

    def read(self, index: int, said: Said) -> None:
        """One more statement, in the log's order: its signatures, then the rule of its type."""
        log = [name for name, base in self.logs if base <= index][-1]
        hold(said.log == log, "a statement is for another log")
        check_signed(said.note, self.signers(said), f"statement {said.id[:12]} ({said.type})")
        rule = getattr(self, "on_" + said.type.replace(".", "_"))
        rule(index, said)
        if "of" in said.body:
            self.spoken[said.id] = self.spoken.get(said.body["of"], said.body["of"])

    def signers(self, said: Said) -> list[tuple[str, bytes]]:
        """Whose keys count for this statement at this point."""
        own = unbase64url(said.body["sign"], 32) if not said.by else self.key_of(said.by)
        made = [(f"{said.log}/p/{said.person}", own)]
        if said.cosigner == "new key":
            made.append((made[0][0], unbase64url(said.body["sign"], 32)))
        elif said.cosigner == "invite":
            invite = self.invites.get(said.body["invite"])
            if not invite and said.type == "person.request" and said.body["org"] not in self.roles:
                self.skip_cosigner(said, made)
            else:
                answered = must(invite, "a statement answers an invitation that is not in the bundle")
                made.append((f"{said.log}/i/{said.body['invite']}", answered["key"]))
        elif said.cosigner == "recovery":
            named = self.recovery.get(said.chain) or unbase64url(said.body["recovery_sign"], 32)
            made.append((f"{said.log}/r/{said.chain}", named))
        return made

    def skip_cosigner(self, said: Said, made: list[tuple[str, bytes]]) -> None:
        """A wish to join some other organisation: only its maker's own line can be checked, and need be."""
        hold(len(said.note.lines) == 2, "a request is not signed by exactly those who must sign it")
        said.note.lines = said.note.lines[: len(made)]

    def key_of(self, person: str) -> bytes:
        """The newest key of a person."""
        hold(person in self.people, "a statement is signed by somebody whose keys are not in the bundle")
        return self.people[person][-1]

    def speaks(self, said: Said) -> str:
        """The organisation a statement is made for; its maker must be able to bind it."""
        hold(said.org in self.roles, "a statement is for an organisation that is not in the bundle")
        role = self.roles[said.org].get(said.by)
        hold(
            role is not None, f"statement {said.id[:12]} is for an organisation its maker does not belong to"
        )
        hold(
            role in ("admin", "signer"),
            f"statement {said.id[:12]} is by somebody who may not bind the organisation",
        )
        return said.org

    def admin(self, said: Said) -> dict[str, str]:
        """The people of an organisation whose admin speaks."""
        hold(said.chain in self.roles, "an organisation's chain does not start with it")
        people = self.roles[said.chain]
        hold(people.get(said.by) == "admin", f"statement {said.id[:12]} is by somebody who is not an admin")
        return people

    def invitation(self, id: str, chain: str) -> dict[str, Any]:
        """An open invitation of this chain."""
        invite = must(self.invites.get(id), "an invitation is unknown")
        hold(invite["chain"] == chain, "an invitation is for something else")
        hold(not invite["spent"], "an invitation was used or withdrawn before")
        return invite

    # people and organisations

    def on_person_create(self, _: int, said: Said) -> None:
        """A person appears."""
        check_key(unbase64url(said.body["sign"], 32))
        self.people[said.id], self.names[said.id] = [unbase64url(said.body["sign"], 32)], said.body["name"]
        self.epochs[said.id] = [said.body["age"]]

    def on_person_rotate(self, _: int, said: Said) -> None:
        """A person's next key."""
        hold(said.chain == said.by, "a key was changed on somebody else's chain")
        fresh = unbase64url(said.body["sign"], 32)
        hold(
            fresh not in self.people[said.by] and said.body["age"] not in self.epochs[said.by],
            "a key was used twice",
        )
        self.people[said.by].append(fresh)
        self.epochs[said.by].append(said.body["age"])

    def on_person_request(self, _: int, said: Said) -> None:
        """A person asks to join an organisation."""
        hold(said.chain == said.by, "somebody asks on somebody else's chain")
        if said.body["org"] in self.roles:
            self.invitation(said.body["invite"], said.body["org"])
            hold(said.by not in self.roles[said.body["org"]], "somebody asks to join where they are already")
            self.requests[said.id] = {"person": said.by, **said.body, "answered": False}

    def on_org_create(self, _: int, said: Said) -> None:
        """An organisation appears; its maker is its first admin."""
        check_key(unbase64url(said.body["recovery_sign"], 32))
        self.roles[said.id], self.names[said.id] = {said.by: "admin"}, said.body["name"]
        self.recovery[said.id], self.epochs[said.id] = (
            unbase64url(said.body["recovery_sign"], 32),
            [said.body["age"]],
        )

    def on_org_invite(self, _: int, said: Said) -> None:
        """An admin invites somebody."""
        self.admin(said)
        key = unbase64url(said.body["invite"], 32)
        self.invites[said.id] = {"chain": said.chain, "key": key, "role": said.body["role"], "spent": False}

    def on_org_add(self, _: int, said: Said) -> None:
        """An admin admits somebody. People who sign nothing in the bundle are admitted without a role."""
        people, request = self.admin(said), self.requests.get(said.body["request"])
        hold(said.body["person"] not in people, "somebody is admitted twice")
        if request is None:
            hold(said.body["person"] not in self.people, "somebody is admitted who did not ask")
            people[said.body["person"]] = "?"
            return
        hold(not request["answered"], "a request is answered twice")
        hold(
            (request["org"], request["person"]) == (said.chain, said.body["person"]),
            "a request is for something else",
        )
        invite = self.invitation(request["invite"], said.chain)
        invite["spent"] = request["answered"] = True
        people[request["person"]] = invite["role"]

    def on_org_role(self, _: int, said: Said) -> None:
        """An admin changes a role."""
        people, who = self.admin(said), said.body["person"]
        hold(who in people, "a role is given to somebody who is not there")
        hold(said.body["role"] == "admin" or self.another(people, who), "the last admin would go")
        people[who] = said.body["role"]

    def on_org_remove(self, _: int, said: Said) -> None:
        """An admin removes a person or an invitation."""
        people = self.admin(said)
        if "invite" in said.body:
            self.invitation(said.body["invite"], said.chain)["spent"] = True
            return
        hold(said.body["person"] in people, "somebody is removed who is not there")
        hold(self.another(people, said.body["person"]), "the last admin would go")
        del people[said.body["person"]]

    def another(self, people: dict[str, str], who: str) -> bool:
        """Whether an admin other than this one is left; somebody of unknown role may be one."""
        return any(role in ("admin", "?") for person, role in people.items() if person != who)

    def on_org_key(self, _: int, said: Said) -> None:
        """The organisation's next key."""
        self.admin(said)
        keys = self.epochs[said.chain]
        hold(said.body["epoch"] == len(keys) + 1, "an organisation's key has the wrong number")
        hold(said.body["age"] not in keys, "a key was used twice")
        keys.append(said.body["age"])

    def on_org_wrap(self, _: int, said: Said) -> None:
        """The organisation's keys are handed to its people."""
        people = self.admin(said)
        hold(
            all(each["person"] in ("", *people) for each in said.body["items"]),
            "keys are handed to a stranger",
        )

    def on_org_recover(self, _: int, said: Said) -> None:
        """Whoever holds the printed recovery root becomes an admin."""
        hold(said.chain in self.roles, "an organisation's chain does not start with it")
        hold(said.body["person"] == said.by, "an organisation is recovered for somebody else")
        fresh = unbase64url(said.body["recovery_sign"], 32)
        hold(fresh != self.recovery[said.chain], "a key was used twice")
        self.roles[said.chain][said.by] = "admin"
        self.recovery[said.chain] = fresh

    # consortia

    def member(self, said: Said) -> str:
        """The organisation spoken for, which is a member now."""
        org = self.speaks(said)
        hold(said.chain in self.members, "a consortium's chain does not start with it")
        hold(
            self.inside(said.chain, org), f"statement {said.id[:12]} is for an organisation that is no member"
        )
        return org

    def inside(self, chain: str, org: str) -> bool:
        """Whether an organisation is a member now."""
        return org in self.members[chain] and self.members[chain][org]["until"] is None

    def leading(self, said: Said) -> str:
        """The same, and it leads."""
        org = self.member(said)
        hold(self.members[said.chain][org]["leads"], "only a leading organisation can do that")
        return org

    def on_consortium_create(self, index: int, said: Said) -> None:
        """An organisation founds a consortium."""
        hold(said.body["orgs"] == [self.speaks(said)], "a consortium is founded for somebody else")
        self.members[said.id] = {said.org: {"leads": True, "since": index, "until": None}}
        self.contributions[said.id], self.names[said.id] = [], said.body["name"]

    def on_consortium_invite(self, _: int, said: Said) -> None:
        """A leading organisation invites another."""
        self.leading(said)
        key = unbase64url(said.body["invite"], 32)
        self.invites[said.id] = {"chain": said.chain, "key": key, "spent": False}

    def on_consortium_join(self, index: int, said: Said) -> None:
        """An organisation joins with its invitation."""
        org = self.speaks(said)
        hold(said.body["org"] == org, "an organisation joins for another")
        hold(said.chain in self.members and not self.inside(said.chain, org), "an organisation joins twice")
        hold(
            said.body["org_head"] in self.org_links.get(org, ()),
            "a joining organisation's chain is another one",
        )
        self.invitation(said.body["invite"], said.chain)["spent"] = True
        self.members[said.chain][org] = {"leads": False, "since": index, "until": None}

    def on_consortium_leave(self, index: int, said: Said) -> None:
        """An organisation leaves."""
        hold(said.body["org"] == self.member(said), "an organisation leaves for another")
        self.end(said.chain, said.org, index)

    def on_consortium_remove(self, index: int, said: Said) -> None:
        """A leading organisation removes another, or an invitation."""
        org = self.leading(said)
        if "invite" in said.body:
            self.invitation(said.body["invite"], said.chain)["spent"] = True
            return
        hold(self.inside(said.chain, said.body["org"]), "an organisation is removed that is not there")
        hold(said.body["org"] != org, "an organisation removes itself")
        self.end(said.chain, said.body["org"], index)

    def end(self, chain: str, org: str, index: int) -> None:
        """Ends a membership; when nobody is left to lead, the longest-standing member does."""
        self.members[chain][org]["until"] = index
        left = {name: each for name, each in self.members[chain].items() if each["until"] is None}
        if left and not any(each["leads"] for each in left.values()):
            left[min(left, key=lambda name: (left[name]["since"], name))]["leads"] = True

    # who owns what

    def owners(self, contribution: str) -> set[str]:
        """Who owns a right today; before any are agreed, those the first version names."""
        today = [owners for owners, _ in self.owned[contribution].values()]
        return {party for owners in today or self.matters[contribution].rights.values() for party in owners}

    def about(self, contribution: str) -> list[Matter]:
        """Everything said about a contribution, in the order it was said."""
        return [each for each in self.matters.values() if each.contribution == contribution]

    def disputed(self, contribution: str) -> bool:
        """Whether a version of it stands under an objection."""
        return any(each.objections for each in self.about(contribution) if not each.transfer)

    def on_version(self, index: int, said: Said) -> None:
        """An owner organisation adds a version. In a claim, this is the statement the bundle is about."""
        org = self.member(said) if self.whole else self.speaks(said)
        named = {own["party"] for right in said.body["rights"] for own in right["owners"]}
        hold(org in named, "a version is by an organisation that owns nothing of it")
        contribution = said.body["contribution"] or said.id
        if self.whole:
            self.check_version(said, contribution, named)
        today = self.owners(contribution) if contribution in self.owned else set()
        bases = {right: basis for right, (_, basis) in self.owned.setdefault(contribution, {}).items()}
        self.matters[said.id] = Matter(said, index, contribution, named | today, bases)
        self.places[contribution] = said.chain
        if contribution == said.id:
            self.contributions.setdefault(said.chain, []).append(contribution)
        if self.whole:
            self.settle(contribution, index)

    def check_version(self, said: Said, contribution: str, named: set[str]) -> None:
        """Its owners are members, and it continues the newest version by one of today's owners."""
        body, earlier = said.body, [each for each in self.matters.values() if not each.transfer]
        hold(named <= self.members[said.chain].keys(), "a version names an owner that is no member")
        if contribution == said.id:
            hold((body["version"], body["previous"]) == (1, ""), "a first version is not the first")
        else:
            mine = [each.id for each in earlier if each.contribution == contribution]
            hold(
                mine and self.places[contribution] == said.chain,
                "a version continues something that is not there",
            )
            hold(
                (body["version"], body["previous"]) == (len(mine) + 1, mine[-1]),
                "a version does not follow the newest one",
            )
            hold(
                said.org in self.owners(contribution),
                "a version is by an organisation that owns nothing of it",
            )

    def on_transfer(self, index: int, said: Said) -> None:
        """An owner proposes new owners of a right."""
        org, body = self.member(said), said.body
        hold(
            self.places.get(body["contribution"]) == said.chain,
            "a transfer is of something that is not there",
        )
        hold(not self.disputed(body["contribution"]), "a transfer is of something disputed")
        hold(
            body["right"] in self.owned[body["contribution"]],
            "a transfer is of a right that nobody holds yet",
        )
        today, basis = self.owned[body["contribution"]][body["right"]]
        hold(basis == body["basis"], "a transfer does not stand on today's owners")
        hold(org in today, "a transfer is by an organisation that owns nothing of it")
        named = {each["party"] for each in body["owners"]}
        hold(named <= self.members[said.chain].keys(), "a transfer names an owner that is no member")
        made = Matter(said, index, body["contribution"], named | today.keys(), {body["right"]: basis})
        self.matters[said.id] = made
        self.settle(made.contribution, index)

    def about_release(self, said: Said) -> bool:
        """Whether this is said of a release, or of something hidden: it changes nothing about who owns what."""
        matter = self.spoken.get(said.body["of"], said.body["of"])
        if matter in self.releases:
            hold(
                self.releases[matter] == said.chain,
                "something is said on another chain than what it is about",
            )
        elif matter in self.matters or not self.gaps:
            return False
        self.speaks(said)
        return True

    def asked(self, said: Said) -> tuple[str, Matter]:
        """Who speaks about what: a member, or an owner who has left and is still asked."""
        org = self.speaks(said)
        matter = must(self.matters.get(said.body["of"]), "something is said about what is not there")
        same_chain = self.places[matter.contribution] == said.chain
        hold(same_chain, "something is said on another chain than what it is about")
        inside = not self.whole or self.inside(said.chain, org) or org in matter.needed
        hold(inside, f"statement {said.id[:12]} is by an organisation that has no say")
        return org, matter

    def on_approve(self, index: int, said: Said) -> None:
        """An organisation that is asked agrees."""
        if self.about_release(said):
            return
        org, matter = self.asked(said)
        hold(matter.settled is None and not matter.withdrawn, "something is approved that was settled before")
        hold(org in matter.needed or not self.whole, "an organisation approves that is not asked")
        hold(
            org not in matter.approvals and org not in matter.objections,
            "an organisation says something twice",
        )
        matter.approvals[org] = said.id
        if self.whole:
            self.settle(matter.contribution, index)

    def on_object(self, _: int, said: Said) -> None:
        """A member disputes."""
        if self.about_release(said):
            return
        org, matter = self.asked(said)
        still = not matter.transfer or matter.settled is None
        hold(still and not matter.withdrawn, "an objection comes after the matter was settled")
        hold(org != matter.org, "an organisation objects to itself")
        twice = org in matter.objections or (matter.settled is None and org in matter.approvals)
        hold(not twice, "an organisation says something twice")
        matter.objections[org] = said.id

    def on_withdraw(self, index: int, said: Said) -> None:
        """An organisation takes back what it said."""
        if self.about_release(said):
            return
        org, what = self.speaks(said), said.body["of"]
        hold(org in self.members.get(said.chain, ()), f"statement {said.id[:12]} is by a stranger")
        matter = must(
            self.matters.get(self.spoken.get(what, what)), "something is taken back that was never said"
        )
        hold(self.places[matter.contribution] == said.chain, "something is taken back on another chain")
        if what == matter.objections.get(org):
            del matter.objections[org]
        else:
            approved = what == matter.approvals.get(org)
            own = matter.transfer and (what, org) == (matter.id, matter.org)
            hold(approved or own, "something is taken back that was never said")
            hold(matter.settled is None and not matter.withdrawn, "something settled is taken back")
            if approved:
                del matter.approvals[org]
            else:
                matter.withdrawn = True
        self.settle(matter.contribution, index)

    def settle(self, contribution: str, index: int) -> None:
        """Lets everything take effect that now can, in the order it was said."""
        for matter in sorted(self.about(contribution), key=lambda each: each.index):
            if matter.settled is None and not matter.withdrawn and not matter.objections:
                if matter.transfer and self.disputed(contribution):
                    continue
                today = {right: owners for right, (owners, _) in self.owned[contribution].items()}
                bases = {right: basis for right, (_, basis) in self.owned[contribution].items()}
                agreed = matter.needed <= matter.approvals.keys()
                if matter.transfer:
                    (right,) = matter.rights
                    if agreed and matter.bases == {right: bases.get(right)}:
                        self.owned[contribution][right] = (matter.rights[right], matter.id)
                        matter.settled = index
                elif matter.rights == today:
                    matter.settled = index
                elif agreed and matter.bases == bases:
                    kept = {
                        right: held
                        for right, held in self.owned[contribution].items()
                        if matter.rights.get(right) == held[0]
                    }
                    new = {right: (owners, matter.id) for right, owners in matter.rights.items()}
                    self.owned[contribution] = {**new, **kept}
                    matter.settled = index

    # who was given access: read for its signatures and makers; it changes nothing about who owns what

    def contribution_of(self, version: str, chain: str) -> str | None:
        """The contribution of a version of this consortium; nothing when its text may be hidden."""
        matter = self.matters.get(version)
        if matter is None or matter.transfer:
            hold(self.gaps, "access is given to something that is not there")
            return None
        hold(self.places[matter.contribution] == chain, "access is given to something of another consortium")
        return matter.contribution

    def on_grant(self, _: int, said: Said) -> None:
        """An owner opens versions to somebody."""
        org = self.member(said)
        for item in said.body["items"]:
            contribution = self.contribution_of(item["version"], said.chain)
            owner = contribution is None or org in self.owners(contribution)
            hold(owner, "access is given by an organisation that owns nothing of it")

    def on_release(self, _: int, said: Said) -> None:
        """An owner proposes to show versions to somebody outside."""
        org = self.member(said)
        for version in said.body["versions"]:
            contribution = self.contribution_of(version, said.chain)
            owner = contribution is None or org in self.owners(contribution)
            hold(owner, "something is released by an organisation that owns nothing of it")
        self.releases[said.id] = said.chain

    def on_decline(self, _: int, said: Said) -> None:
        """Whoever something is released to does not want it."""
        hold(
            self.gaps or self.releases.get(said.body["of"]) == said.chain,
            "something is declined that was not released",
        )
        if said.org:
            self.speaks(said)

    def on_revoke(self, _: int, said: Said) -> None:
        """An owner ends access."""
        org, contribution = self.member(said), said.body["contribution"]
        hold(
            self.gaps or self.places.get(contribution) == said.chain,
            "access is ended to something that is not there",
        )
        owner = contribution not in self.places or org in self.owners(contribution)
        hold(owner, "access is ended by an organisation that owns nothing of it")

    def on_ack(self, _: int, said: Said) -> None:
        """Somebody confirms having opened a version."""
        self.contribution_of(said.body["version"], said.chain)
        if said.org:
            self.speaks(said)


# 8. The bundle


OWN_NAMES = "Names are what people and organisations call themselves; compare fingerprints, or ask them."
NO_MORE = (
    "It does not prove who made the work, that it is new, or that a court will follow. "
    "It proves who said what, in which order, and before when."
)
SAID, KEPT = "on these chains", "on the chains of people and organisations"
KEYS = (
    "A log that has ended cannot vouch for the key of the next one, for that key may be why it ended. Compare the key"
    " of every log, as listed here, with the one that its operator made known."
)
OPEN = (
    "they are not for their parties alone, so a transfer, an objection or a change of key could be among them"
)


class Options:
    """What the reader brings along."""

    def __init__(self, log_vkey: str | Sequence[str], **given: Any) -> None:
        keys = [read_vkey(each) for each in ([log_vkey] if isinstance(log_vkey, str) else log_vkey)]
        self.logs = dict(keys)
        hold(all(self.logs[name] == key for name, key in keys), "two keys were named for one log")
        self.witnesses: list[str] = list(given.get("witness") or [])
        self.quorum: int = len(self.witnesses) if given.get("quorum") is None else given["quorum"]
        self.roots = {each.replace(":", "").lower() for each in given.get("tsa_sha256") or []}
        self.file: str | None = given.get("file")
        self.allowed = {name for name in ("without_time", "with_gaps", "without_entries") if given.get(name)}


class Verdict:
    """What was proven, link by link, and what was not."""

    def __init__(self) -> None:
        self.kind = self.subject = self.sentence = self.hand = ""
        self.links: list[tuple[str, str]] = []
        self.gaps: list[tuple[str, str]] = []
        self.limits: list[str] = []
        self.facts: dict[str, Any] = {}

    def link(self, what: str, how: str) -> None:
        """A link that holds, and how to check it by hand."""
        self.links.append((what, how))


class Bundle:
    """A bundle being checked, from its hashes to its verdict."""

    def __init__(self, files: Files, options: Options) -> None:
        self.files, self.options, self.verdict = files, options, Verdict()
        self.keys: list[tuple[str, bytes]] = []
        self.logs: list[Log] = []
        self.texts: dict[str, Said] = {}
        self.places: dict[str, int] = {}
        self.chains: dict[str, list[str]] = {}
        self.entries: Entries | None = None
        self.missing: dict[str, str] = {}
        self.apart = self.unknown = 0

    def check(self) -> Verdict:
        """Every check, in order. What is not even in its form is broken as well."""
        try:
            self.check_all()
        except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError) as error:
            raise Broken(f"the bundle is not in its form ({type(error).__name__})") from error
        return self.verdict

    def check_all(self) -> None:
        """From the files to the verdict."""
        check_bag(self.files)
        self.verdict.link(
            f"{len(self.files.names)} files are exactly those that were packed",
            "sha256sum -c manifest-sha256.txt",
        )
        self.read_head()
        self.read_log()
        self.read_statements()
        self.read_chains()
        self.check_missing()
        self.replay()
        self.check_reveal()
        self.check_stamps()
        self.conclude()

    def read_head(self) -> None:
        """What the bundle says it is."""
        head = read_json(self.files.read("data/bundle.json", 100_000))
        named: dict[str, Callable[[Any], bool]] = {"log": field(".+"), "log_vkey": field(".+")}
        about = {
            **named, "kind": field("claim|register"), "subject": one, "witness_vkeys": many(field(".+"), 0, 64, "."),
        }  # fmt: skip
        over_more = thing(v=number(2, 2), earlier=many(thing(**named), 1, 63), **about)
        hold(
            either(thing(v=number(1, 1), **about), over_more)(head),
            "bundle.json does not say what a bundle is about",
        )
        hold(
            head["log"] in self.options.logs,
            f"the bundle's newest log is {head['log']}, and none of the keys you named is its",
        )
        for each in [*head.get("earlier", []), head]:
            name, key = read_vkey(each["log_vkey"])
            hold(
                (each["log"], self.options.logs.get(name, key)) == (name, key),
                "the bundle names another key for the log than the one asked for",
            )
            self.keys.append((name, key))
        hold(len(dict(self.keys)) == len(self.keys), "two logs of the bundle have one name")
        self.verdict.kind, self.verdict.subject = head["kind"], head["subject"]
        self.whole = head["kind"] == "register"

    def read_log(self) -> None:
        """Every log's checkpoint, what ties it to the one before, who saw the newest, and the lines of all."""
        self.with_lines = "data/log-entries" in self.files.names
        kinds = ("checkpoint", "tlog-proof", "log-entries")[: 3 if self.with_lines else 2]
        known = {f"data/earlier/{at}.{kind}" for at in range(1, len(self.keys)) for kind in kinds}
        hold(set(self.files.under("data/earlier/")) == known, "the earlier logs are not those it names")
        for at, key in enumerate(self.keys, 1):
            base = self.logs[-1].end if self.logs else 0
            point = Checkpoint(self.files.read(self.file_of(at, "checkpoint"), 100_000), key)
            self.logs.append(Log(key, base, point))
            if at > 1:
                self.check_tie(at - 1, *self.logs[-2:])
        self.point, self.end = self.logs[-1].point, self.logs[-1].end
        self.verdict.link(
            f"the log {self.point.origin} vouches for its first {self.point.size} lines",
            "VERIFY.md, section 2: openssl pkeyutl over data/checkpoint",
        )
        self.verdict.facts["logs"] = [str(each) for each in self.logs]
        self.check_witnesses()
        self.read_lines()

    def file_of(self, at: int, kind: str) -> str:
        """Where the checkpoint or the lines of a log lie."""
        return f"data/{kind}" if at == len(self.keys) else f"data/earlier/{at}.{kind}"

    def check_tie(self, at: int, old: Log, new: Log) -> None:
        """The first line of a log that follows another is the hash of the other's last checkpoint."""
        what = f"the end of the log {old.name}"
        index, proof, checkpoint = read_receipt(
            self.files.read(f"data/earlier/{at}.tlog-proof", 100_000), what
        )
        hold(
            (index, checkpoint) == (0, new.point.data),
            f"the receipt of {what} is not for the first line of {new.name}",
        )
        line = f"p {digest(old.point.data)}\n".encode()
        check_inclusion(sha256(b"\x00" + line), 0, new.point, proof, what)
        self.verdict.link(
            f"the log {new.name} begins with the end of {old.name}, which vouched for {old.point.size} lines",
            "VERIFY.md, sections 2 and 4",
        )

    def check_witnesses(self) -> None:
        """Who else saw the newest checkpoint."""
        lines = (
            self.files.read("data/cosignatures", 100_000) if "data/cosignatures" in self.files.names else b""
        )
        seen = check_witnesses(self.point, lines, self.options.witnesses, self.options.quorum)
        for name, at in seen:
            self.verdict.link(f"witness {name} saw the same history at {moment(at)}", "VERIFY.md, section 2")

    def read_lines(self) -> None:
        """Every line of every log, or of none."""
        if not self.with_lines:
            hold(not self.whole, "a register must hold every line of the log")
            self.gap(
                "without_entries",
                "the log's lines are not in the bundle, so a forked history would not be seen",
            )
            return
        self.entries = Entries()
        for at, log in enumerate(self.logs, 1):
            self.entries.add(self.files.read(self.file_of(at, "log-entries")), log)
        self.verdict.link(
            "every line of the log is here and leads to that checkpoint", "VERIFY.md, section 4"
        )

    def read_statements(self) -> None:
        """Every text: named by its hash, and in the log at the place its receipt says."""
        for name in self.files.under("data/statements/"):
            said = Said(self.files.read(name, 60_000))
            what = f"statement {said.id[:12]}"
            hold(name == f"data/statements/{said.id}.note", f"{what} has the wrong name")
            index, proof, checkpoint = read_receipt(
                self.files.read(f"data/proofs/{said.id}.tlog-proof", 100_000), what
            )
            log = must(
                next((each for each in self.logs if each.point.data == checkpoint), None),
                f"the receipt of {what} leads to another checkpoint",
            )
            check_inclusion(
                sha256(b"\x00" + self.line_of(said, log.base + index)), index, log.point, proof, what
            )
            index += log.base
            hold(index not in self.places.values(), f"{what} stands where another one stands")
            self.texts[said.id], self.places[said.id] = said, index
        hold(self.texts, "the bundle holds no statement")
        known = {f"data/proofs/{each}.tlog-proof" for each in self.texts}
        hold(set(self.files.under("data/proofs/")) == known, "the bundle holds a receipt for nothing")
        self.last = max(self.places.values())
        self.verdict.link(
            f"{len(self.texts)} statements stand in the log, each at its place", "VERIFY.md, section 4"
        )

    def line_of(self, said: Said, index: int) -> bytes:
        """Its line in the log, which calls it one for its parties alone exactly where its kind is."""
        wrong = said.entry(against_its_kind=True).rstrip()
        there = self.entries.lines[index : index + 1] if self.entries else []
        hold(there != [wrong], f"statement {said.id[:12]} ({said.type}) was logged as one of another kind")
        return said.entry()

    def read_chains(self) -> None:
        """Every chain: its ids in order, each text at its place, no fork, nothing left out at the end."""
        for name in self.files.under("data/chains/"):
            found = must(re.fullmatch(f"data/chains/({ID})\\.ids", name), f"{name} is no chain")
            ids = text_of(self.files.read(name), name).split("\n")
            hold(ids.pop() == "" and ids, f"{name} is no chain")
            hold(ids[0] == found[1] and all(one(each) for each in ids), f"{name} is no chain")
            hold(len(set(ids)) == len(ids), f"{name} names a statement twice")
            self.chains[found[1]] = ids
        for chain, ids in self.chains.items():
            self.check_chain(chain, ids)
        for said in self.texts.values():
            self.check_place(said)
        self.verdict.link(f"{len(self.chains)} chains are whole, and none was forked", "VERIFY.md, section 5")

    def check_chain(self, chain: str, ids: list[str]) -> None:
        """One chain against the texts and the log's lines."""
        before, newest = b"", -1
        for seq, each in enumerate(ids):
            said = self.texts.get(each)
            if said is not None:
                hold(
                    (said.chain, said.seq, said.after) == (chain, seq, before.hex()),
                    f"statement {each[:12]} does not stand where its chain has it",
                )
            index = self.index_of(each, before or bytes.fromhex(each))
            if index is not None:
                hold(index > newest, f"the chain {chain[:12]} is not in the order of the log")
                newest = index
            if said is None:
                self.sort_hidden(each, index, before or bytes.fromhex(each), chain)
            before = link(before, each)
        hold(ids[0] in self.texts, f"the chain {chain[:12]} does not show its first statement")
        if self.entries is not None:
            later = self.entries.claims(before)
            late = later if self.whole else [index for index in later if index < self.last]
            hold(
                not late,
                f"a later statement of the chain {chain[:12]} is in the log (line {late[:1]}) and not in the bundle",
            )

    def sort_hidden(self, id: str, index: int | None, before: bytes, chain: str) -> None:
        """A statement without a text: its line says whether it is for its parties alone, or should be here."""
        if index is None or self.entries is None:
            self.unknown += 1
        elif self.entries.lines[index].endswith(tag(before, True).encode()):
            self.apart += 1
        else:
            self.missing[id] = chain

    def index_of(self, id: str, before: bytes) -> int | None:
        """Where a statement stands in the log, known from its receipt or from the log's lines."""
        if self.entries is None:
            return self.places.get(id)
        places = self.entries.claims(before)
        hold(len(places) < 2, f"two statements claim one place (lines {places[:2]}): the history was forked")
        hold(
            places and self.entries.ids.get(id) == places[0],
            f"statement {id[:12]} is not in the log where its chain has it",
        )
        hold(
            self.places.get(id, places[0]) == places[0], f"statement {id[:12]} has a receipt for another line"
        )
        return places[0]

    def check_place(self, said: Said) -> None:
        """A text stands on a chain of the bundle; what a claim is about, and its approvals, stand alone."""
        if said.chain in self.chains:
            hold(said.id in self.chains[said.chain], f"statement {said.id[:12]} is not on the chain it names")
        else:
            alone = not self.whole and said.type in ("version", "approve")
            hold(alone, f"the chain of statement {said.id[:12]} is not in the bundle")
            self.index_of(said.id, said.before)

    def replay(self) -> None:
        """Every statement in the log's order: signatures and rules."""
        together = {each.chain for each in self.texts.values() if each.kind == "consortium"}
        gaps = any(chain in together for chain in self.missing.values())
        history = self.history = History([(each.name, each.base) for each in self.logs], self.whole, gaps)
        for chain, ids in self.chains.items():
            before, made = b"", set()
            for each in ids:
                before = link(before, each)
                made.add(before.hex())
            history.org_links[chain] = made
        for said in sorted(self.texts.values(), key=lambda each: self.places[each.id]):
            if not self.whole and said.kind == "consortium":
                hold(said.type in ("version", "approve"), "a claim holds a statement it must not hold")
                hold(
                    self.verdict.subject in (said.id, said.body.get("of")),
                    "a claim holds a statement about something else",
                )
            history.read(self.places[said.id], said)
        self.verdict.link(
            "every signature is by the key that counted at its place, and every rule was kept",
            "VERIFY.md, section 3",
        )

    def check_reveal(self) -> None:
        """What the maker chose to show, against what the version committed to."""
        shown = self.files.under("data/reveal/") + self.files.under("data/blobs/")
        self.verdict.facts["files"] = []
        versions = {said.id: said for said in self.texts.values() if said.type == "version"}
        if self.verdict.kind == "claim":
            hold(
                self.verdict.subject in versions, "the statement that the claim is about is not in the bundle"
            )
        if self.whole:
            hold(not shown, "only a claim can show what was sealed")
            self.find_in_hand([], ())
            return
        version = versions[self.verdict.subject]
        sizes = {each["sha256"]: each["size"] for each in [version.body["manifest"], *version.body["blobs"]]}
        for name in self.files.under("data/blobs/"):
            hashed, size = self.files.hash(name)
            hold(
                name == f"data/blobs/{hashed}.age" and sizes.get(hashed) == size,
                f"a sealed file is not one of the version's: {name}",
            )
        manifest = self.check_manifest(version)
        self.check_files(manifest)
        self.check_content_key(version)
        self.find_in_hand([each["sha256"] for each in manifest["files"]] if manifest else [], sizes)
        known = (
            "data/reveal/files/",
            "data/reveal/renamed/",
            "data/reveal/classic/",
            "data/reveal/manifest.json",
            "data/reveal/content-key.txt",
        )
        hold(
            all(name.startswith((*known, "data/blobs/")) for name in shown),
            "the bundle shows something unknown",
        )

    def check_manifest(self, version: Said) -> dict[str, Any] | None:
        """Title and list of files, if they are shown: their hash stands in the signed statement."""
        if "data/reveal/manifest.json" not in self.files.names:
            return None
        data = self.files.read("data/reveal/manifest.json", 1 << 24)
        hold(
            digest(data) == version.body["commitment"],
            "title and list of files are not those that were signed",
        )
        manifest = read_json(data)
        fits = isinstance(manifest, dict) and all(key in manifest for key in ("title", "files"))
        hold(fits and isinstance(manifest["files"], list), "the list of files is none")
        blobs = sorted(each["blob"] for each in manifest["files"])
        hold(
            blobs == sorted(each["sha256"] for each in version.body["blobs"]),
            "the list of files is not the version's",
        )
        self.verdict.facts["title"] = manifest["title"]
        self.verdict.link(
            f"title and list of {len(blobs)} files are those that were signed",
            "sha256sum data/reveal/manifest.json",
        )
        return dict(manifest)

    def check_files(self, manifest: dict[str, Any] | None) -> None:
        """The files that are shown, each against the list."""
        for name in self.files.under("data/reveal/files/") + self.files.under("data/reveal/renamed/"):
            listed = must(manifest, "files are shown without the list that they are on")["files"]
            hashed, size = self.files.hash(name)
            places = {shown_at(at, str(each["name"])): each for at, each in enumerate(listed, 1)}
            file = must(places.get(name), f"a file is not the one on the list: {name}")
            hold(
                (file["sha256"], file["size"]) == (hashed, size), f"a file is not the one on the list: {name}"
            )
            self.verdict.facts["files"].append(file["name"])
            self.verdict.link(f"the file {file['name']!r} is the one on the list", f"sha256sum {name!r}")

    def check_content_key(self, version: Said) -> None:
        """The key that opens the sealed files, if it is shown: its public half was signed."""
        if "data/reveal/content-key.txt" in self.files.names:
            text = text_of(self.files.read("data/reveal/content-key.txt", 10_000), "the content key")
            form = "# public key: (age1pq1[0-9a-z]+)\nAGE-SECRET-KEY-PQ-1[0-9A-Z]+\n"
            found = must(re.fullmatch(form, text), "the content key is none")
            hold(
                digest(found[1].encode()) == version.body["content_key"],
                "the content key is not the one that was signed",
            )
            self.verdict.link(
                "the key that opens the sealed files names the public key that was signed",
                "VERIFY.md, section 7",
            )
            self.verdict.limits.append(
                "That the content key opens the sealed files is shown by age itself: VERIFY.md, section 7."
            )

    def find_in_hand(self, listed: list[str], sealed: Iterable[str]) -> None:
        """Whether a file that the reader holds beside the bundle is one of the sealed ones. It breaks nothing."""
        if not self.options.file:
            return
        made = hashlib.sha256()
        with Path(self.options.file).open("rb") as file:
            for piece in iter(lambda: file.read(STEP), b""):
                made.update(piece)
        if made.hexdigest() in (*listed, *sealed):
            self.verdict.hand, self.verdict.facts["file"] = "found", made.hexdigest()
            self.verdict.link("the file in your hand is one of those that were sealed", "sha256sum")
        else:
            self.verdict.hand = "other" if listed else "untold"

    def check_stamps(self) -> None:
        """The time stamps: the earliest that covers a claim, the newest that covers a register."""
        self.stamped: list[tuple[datetime, int]] = []
        for name in self.files.under("data/timestamps/"):
            if name.endswith(".checkpoint"):
                base = name[: -len(".checkpoint")]
                data = self.files.read(name, 100_000)
                of = [each for each in self.logs if data.startswith(f"{each.name}\n".encode())]
                log = (of or self.logs)[-1]
                point = Checkpoint(data, log.key)
                proof = text_of(self.files.read(f"{base}.proof", 100_000), "a proof").splitlines()
                check_consistency(point, log.point, [unbase64(each) for each in proof], "a time stamp")
                at = check_stamp(self.files, base, self.options.roots)
                if at is not None:
                    self.stamped.append((at, log.base + point.size))
        covering = [at for at, size in self.stamped if size > self.needed_size()]
        if not covering:
            reason = "no time stamp of an authority you named (--tsa-sha256) covers it, or openssl is missing"
            self.gap("without_time", f"time not checked: {reason}")
            return
        self.when = min(covering)
        self.verdict.facts["time"] = self.when.strftime("%Y-%m-%dT%H:%M:%SZ")
        self.verdict.link(
            f"a time stamp authority saw that history at {say(self.when)}",
            "VERIFY.md, section 6: openssl ts -verify",
        )

    def needed_size(self) -> int:
        """The line that the time is about: the claim's own, or the register's last."""
        return self.end - 1 if self.whole else self.places[self.verdict.subject]

    def gap(self, name: str, what: str) -> None:
        """Something unproven, that ends the program unless it was allowed by name."""
        self.verdict.gaps.append((name, what))
        hold(name in self.options.allowed, f"{what} (allow it with --{name.replace('_', '-')})")
        self.verdict.limits.append(f"{what[0].upper()}{what[1:]}.")

    def conclude(self) -> None:
        """The verdict as a sentence, what it says, and what it does not prove."""
        time = self.verdict.facts.get("time") and say(self.when)
        if self.whole:
            self.conclude_register(time)
        else:
            self.conclude_claim(time)
        if self.unknown:
            self.verdict.limits.append(
                f"{are(self.unknown, KEPT)} not shown. Without the log's lines a change of key or a removal"
                " among them would not be seen here."
            )
        if self.apart:
            self.verdict.limits.append(
                f"{are(self.apart, SAID)} for their parties alone, as grants of access are, and not shown."
                " Who owns what does not hang on them."
            )
        self.verdict.limits += [KEYS, *self.unnamed()] if len(self.logs) > 1 else []
        self.verdict.limits += self.beyond()
        self.verdict.limits += [OWN_NAMES, NO_MORE]

    def unnamed(self) -> list[str]:
        """The logs whose keys the reader did not name: they are what the next log says they are."""
        names = [each.name for each in self.logs if each.name not in self.options.logs]
        return [
            f"You named no key for {name}: it is the one that the log after it begins with." for name in names
        ]

    def beyond(self) -> list[str]:
        """The logs whose keys the reader named and the bundle does not go to: one of them may have followed."""
        names = sorted(self.options.logs.keys() - {each.name for each in self.logs})
        return [
            f"You named a key for {name}, which is not in this bundle: the key that vouches may be out of use."
            " Ask for a bundle made anew."
            for name in names
        ]

    def check_missing(self) -> None:
        """Texts that are not shown, and are not for their parties alone either."""
        if self.missing and self.entries:
            lines = [str(self.entries.ids[each]) for each in self.missing]
            at = ", ".join(lines[:8]) + (", …" if len(lines) > 8 else "")
            of = "the log" if len(self.logs) == 1 else "the register"
            self.gap("with_gaps", f"{are(len(lines), SAID)} not shown (lines {at} of {of}): {OPEN}")

    def name(self, id: str) -> str:
        """A name, or the beginning of an id."""
        return self.history.names.get(id, f"{id[:12]}…")

    def rights(self, rights: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        """Rights and shares with the owners' names."""
        return {
            right: {self.name(party): share for party, share in owners.items()}
            for right, owners in rights.items()
        }

    def conclude_claim(self, time: str | None) -> None:
        """Who entered what, and who agreed."""
        matter = self.history.matters[self.verdict.subject]
        log = [each for each in self.logs if each.base <= self.places[matter.id]][-1]
        index = self.places[matter.id] - log.base
        org, facts = self.name(matter.org), self.verdict.facts
        asked, many_files = self.verdict.hand, len(facts["files"])
        what = (
            "This file"
            if asked == "found" or (many_files == 1 and not asked)
            else "These files"
            if many_files and not asked
            else "What is shown here"
            if many_files
            else "What is sealed here"
        )
        made = "were" if what == "These files" else "was"
        when = f"existed on {time}, and {made}" if time else made
        self.verdict.sentence = (
            f"{what} {when} entered by a key of {org} as line {index} of the log {log.name}."
        )
        facts.update(
            org=org, person=self.name(matter.said.by), said=matter.said.at, index=index, log=log.name,
            version=matter.said.body["version"], kind=matter.said.body["class"], rights=self.rights(matter.rights),
            approved=[self.name(each) for each in matter.approvals],
            silent=[self.name(each) for each in sorted(matter.needed - matter.approvals.keys())],
            authors=[self.name(each) for each in matter.said.body["authors"]],
        )  # fmt: skip
        if facts["silent"]:
            self.verdict.limits.append(
                "Owners are as claimed: an approval of "
                + ", ".join(facts["silent"])
                + " is not in the bundle."
            )
        self.verdict.limits.append(
            "It does not show whether anybody objected or what came later; a register does."
        )

    def conclude_register(self, time: str | None) -> None:
        """Who owns what, as of the checkpoint."""
        chain = self.verdict.subject
        hold(chain in self.history.members, "the consortium that the register is about is not in the bundle")
        contributions = [self.register_line(each) for each in self.history.contributions[chain]]
        inside = [self.name(org) for org in self.history.members[chain] if self.history.inside(chain, org)]
        when = f"On {time} the" if time else "The"
        self.verdict.sentence = (
            f"{when} register of {self.name(chain)} held {len(contributions)} contributions of {len(inside)} members, "
            f"as of line {self.point.size - 1} of the log {self.point.origin}."
        )
        self.verdict.facts.update(consortium=self.name(chain), members=inside, contributions=contributions)

    def register_line(self, id: str) -> dict[str, Any]:
        """One contribution in the register."""
        held = {right: owners for right, (owners, _) in self.history.owned[id].items()}
        versions = [each for each in self.history.about(id) if not each.transfer]
        transfers = [each for each in self.history.about(id) if each.transfer]
        standing = "disputed" if self.history.disputed(id) else versions[-1].standing
        return {
            "id": id, "versions": len(versions), "standing": standing, "agreed": bool(held),
            "rights": self.rights(held or versions[-1].rights), "transfers": [each.standing for each in transfers],
        }  # fmt: skip


# 9. Time (RFC 3161), by the stock openssl


def certificates(pem: bytes) -> list[bytes]:
    """The certificates in a PEM file, as DER."""
    found = re.findall(rb"-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/=\n]+)-----END CERTIFICATE-----", pem)
    return [base64.b64decode(each) for each in found]


def as_pem(der: bytes) -> str:
    """A certificate as PEM."""
    text = base64.b64encode(der).decode()
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""])


def check_stamp(files: Files, base: str, roots: Iterable[str]) -> datetime | None:
    """When a pinned authority stamped a checkpoint; nothing when its root is not pinned or openssl is missing."""
    chain = certificates(files.read(f"{base}.pem", 1 << 20))
    pinned = [each for each in chain if digest(each) in roots]
    openssl = shutil.which("openssl")
    if not pinned or not openssl:
        return None
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        for name, data in {
            "data": files.read(f"{base}.checkpoint"),
            "tsr": files.read(f"{base}.tsr", 1 << 20),
        }.items():
            (at / name).write_bytes(data)
        (at / "root").write_text("".join(map(as_pem, pinned)))
        (at / "rest").write_text("".join(map(as_pem, chain)))
        when = stamp_time(run(openssl, "ts", "-reply", "-in", str(at / "tsr"), "-text"))
        seconds = str(int(when.timestamp()))
        said = run(
            openssl, "ts", "-verify", "-data", str(at / "data"), "-in", str(at / "tsr"), "-CAfile", str(at / "root"),
            "-untrusted", str(at / "rest"), "-attime", seconds,
        )  # fmt: skip
        hold("Verification: OK" in said, f"a time stamp does not verify: {base}.tsr")
    return when


def run(*command: str) -> str:
    """What a program says, in plain English."""
    made = subprocess.run(  # noqa: S603 - openssl with files of ours
        command, capture_output=True, env={"LC_ALL": "C", "PATH": os.environ.get("PATH", "")}, check=False
    )
    return (made.stdout + made.stderr).decode("utf-8", "replace")


def stamp_time(text: str) -> datetime:
    """The time that openssl reads in a token, down to the second."""
    form = r"^Time stamp: (\w{3}) +(\d+) (\d\d):(\d\d):(\d\d)(?:\.\d+)? (\d{4}) GMT$"
    found = must(re.search(form, text, re.MULTILINE), "a time stamp cannot be read")
    hold(found[1] in MONTHS, "a time stamp cannot be read")
    day, hour, minute, second, year = map(int, found.group(2, 3, 4, 5, 6))
    return datetime(year, MONTHS.index(found[1]) + 1, day, hour, minute, second, tzinfo=timezone.utc)


MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def say(when: datetime) -> str:
    """A time as people say it."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}, {when:%H:%M} UTC"


def are(number: int, of: str) -> str:
    """So many of them are."""
    return f"{number} of the statements {of} {'is' if number == 1 else 'are'}"


def moment(seconds: int) -> str:
    """A second of a witness's clock."""
    return say(datetime.fromtimestamp(seconds, timezone.utc))


# 10. The command line


def check_path(bundle: str | Path, log_vkey: str | Sequence[str], **given: Any) -> Verdict:
    """The verdict on a bundle; raises Broken with the first link that does not hold. See `Options` for keys."""
    path = Path(bundle)
    source: Source = Folder(path) if path.is_dir() else Zip(path)
    return Bundle(Files(source), Options(log_vkey, **given)).check()


HANDS = {
    "": "",
    "found": "The file in your hand is one of those that were sealed.",
    "other": "The file in your hand is NOT one of those that were sealed here. The bundle itself holds.",
    "untold": "Whether the file in your hand was sealed, this bundle CANNOT TELL: it shows no list. It holds itself.",
}
"""What is said of a file that the reader asked about, beside the verdict on the bundle."""


def report(verdict: Verdict) -> str:
    """The verdict for people."""
    lines = [verdict.sentence, *filter(None, [HANDS[verdict.hand]]), ""]
    lines += [f"  holds: {what}\n         by hand: {how}" for what, how in verdict.links]
    for key, value in verdict.facts.items():
        lines += [f"  {key}: {json.dumps(value, ensure_ascii=False)}"] if value else []
    lines += ["", "What this does not prove:", *(f"  - {each}" for each in verdict.limits)]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when everything holds, 1 when a link is broken, 2 for a wrong call, 3 when a file asked about is not found."""
    parser = argparse.ArgumentParser(description="Checks a Crosslab evidence bundle.")
    parser.add_argument("bundle", help="the folder or zip")
    parser.add_argument(
        "--log-vkey",
        required=True,
        action="append",
        help="the newest log's verifier key, from elsewhere than the bundle; those of earlier ones where known",
    )
    parser.add_argument("--witness", action="append", help="the verifier key of a witness you know")
    parser.add_argument(
        "--quorum", type=int, help="how many of them must have seen the checkpoint (default: all)"
    )
    parser.add_argument(
        "--tsa-sha256", action="append", help="fingerprint of a time stamp authority's root certificate"
    )
    parser.add_argument("--file", help="a file in your hand: is it one of those that were sealed?")
    for name in ("without-time", "with-gaps", "without-entries"):
        parser.add_argument(
            f"--{name}", action="store_true", help="accept this gap; see the top of this file"
        )
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    given = vars(parser.parse_args(arguments))
    bundle, as_json = given.pop("bundle"), given.pop("json")
    try:
        verdict = check_path(bundle, **given)
    except Broken as broken:
        print(json.dumps({"holds": False, "broken": str(broken)}) if as_json else f"NOT VERIFIED: {broken}.")
        return 1
    told = {"holds": True, **vars(verdict)}
    print(json.dumps(told, ensure_ascii=False) if as_json else report(verdict))
    return 3 if verdict.hand in ("other", "untold") else 0


if __name__ == "__main__":
    sys.exit(main())
