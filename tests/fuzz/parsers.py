"""Everything that reads bytes of others: what it makes of them in one line, so that two languages can be compared.

A parser either answers or raises `VaultError`. Anything else is a find. `tests/js/corpus.mjs` says the same.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path

from crosslab.ip_vault import age, cj, grants, keys, manifest, merkle, note, shares, statements, tiles, tlog
from crosslab.ip_vault.age import HybridIdentity, hybrid
from crosslab.ip_vault.errors import FormatError, VaultError
from crosslab.ip_vault.filenames import check_file_name
from crosslab.ip_vault.ids import digest

FOLDER = Path(__file__).parents[1] / "corpus"
KEY = HybridIdentity(b"\x07" * 32)
RING = [KEY, HybridIdentity(b"\x08" * 32)]
VERSION = ORG = "cd" * 32
WORDS = "six words of no meaning at all"

Parser = Callable[[bytes], str]


def sealed(data: bytes) -> str:
    age.check_shape(data, len(data), age.Shape.HYBRID)
    return digest(age.decrypt(data, KEY))


def passphrase(data: bytes) -> str:
    """The shape alone: stretching a passphrase takes too long to be done ten thousand times."""
    age.check_shape(data, len(data), age.Shape.PASSPHRASE)
    return "shaped"


def passkey(data: bytes) -> str:
    age.check_shape(data, len(data), age.Shape.PASSKEY)
    return "shaped"


def signed_note(data: bytes) -> str:
    parsed = note.parse(data)
    names = [f"{each.name} {each.key_id.hex()} {digest(each.data)}" for each in parsed.signatures]
    return " ".join([digest(parsed.text), *names])


def statement(data: bytes) -> str:
    said, parsed = statements.parse(data)
    place = said.place
    after = place.after.hex() if place.after else ""
    parts = [said.id, said.type, said.by, said.org, place.log, place.chain, str(place.seq), after]
    return " ".join([*parts, str(len(parsed.signatures)), digest(cj.encode(dict(said.body)))])


def read_manifest(data: bytes) -> str:
    read = manifest.read_manifest(data)
    files = [f"{each.name}|{each.type}|{each.size}|{each.sha256}|{each.blob}" for each in read.files]
    return digest("\n".join([read.title, read.description, *files]).encode())


def checkpoint(data: bytes) -> str:
    point = tlog.parse_checkpoint(data)
    return f"{point.origin} {point.size} {point.root.hex()}"


def receipt(data: bytes) -> str:
    read = tlog.parse_receipt(data)
    return f"{read.index} {len(read.proof)} {digest(read.checkpoint)} {digest(b''.join(read.proof))}"


def bundle(data: bytes) -> str:
    return " ".join(digest(each) for each in tiles.unbundle(data))


def proof(data: bytes) -> str:
    """An inclusion proof as lines: index and size, root, leaf, hashes."""
    lines = _text(data).split("\n")
    index, size = _number(lines[0]), _number(lines[1] if len(lines) > 1 else "")
    root, leaf, *path = [_hash(line) for line in lines[2:]] if len(lines) > 3 else [b"", b""]
    merkle.verify_inclusion(leaf, index, size, path, root)
    return "proven"


def vkey(data: bytes) -> str:
    signer = note.parse_vkey(_text(data))
    return f"{signer.name} {signer.public.hex()}"


def owners(data: bytes) -> str:
    parts = _text(data).split("\n")
    held = shares.parse_owners([{"party": str(n), "share": each} for n, each in enumerate(parts)])
    return " ".join(map(shares.write_share, held.values()))


def identity_file(data: bytes) -> str:
    read = grants.read_identity_file(data)
    return f"{read.person} {read.epoch} {read.root.hex()}"


def ring(data: bytes) -> str:
    return " ".join(map(str, grants.read_org_keys(data, ORG, [str(each.recipient) for each in RING])))


def file_name(data: bytes) -> str:
    check_file_name(_text(data))
    return "allowed"


def recovery(data: bytes) -> str:
    return keys.parse_recovery_string(_text(data)).hex()


def recipient(data: bytes) -> str:
    return digest(hybrid.parse_recipient(_text(data)).public)


PARSERS: dict[str, Parser] = {
    "age": sealed,
    "passphrase": passphrase,
    "passkey": passkey,
    "note": signed_note,
    "cj": lambda data: digest(cj.encode(cj.decode(data))),
    "statement": statement,
    "manifest": read_manifest,
    "grant": lambda data: str(grants.read_grant(data, VERSION)),
    "identity": identity_file,
    "ring": ring,
    "checkpoint": checkpoint,
    "receipt": receipt,
    "bundle": bundle,
    "merkle": proof,
    "vkey": vkey,
    "owners": owners,
    "file_name": file_name,
    "recovery": recovery,
    "recipient": recipient,
}


def verdict(name: str, data: bytes) -> str:
    """What a parser makes of the bytes; empty when it refuses them."""
    try:
        return PARSERS[name](data)
    except VaultError:
        return ""


def seeds(name: str) -> dict[str, bytes]:
    """The files of one parser's corpus."""
    return {path.name: path.read_bytes() for path in sorted((FOLDER / name).iterdir())}


def as_json(cases: list[tuple[str, bytes]]) -> str:
    return json.dumps([[name, data.hex()] for name, data in cases])


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise FormatError("this is not UTF-8") from error


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise FormatError("this is not a number")
    return int(text)


def _hash(text: str) -> bytes:
    try:
        data = b64decode(text, validate=True)
    except ValueError as error:
        raise FormatError("this is not base64") from error
    if b64encode(data).decode() != text:
        raise FormatError("this is not canonical base64")
    return data
