"""The transparency log's texts: entries, tags, checkpoints, receipts, cosignatures (C2SP tlog formats).

Pure: whoever keeps the tree hands in hashes. A log alone does not stop its keeper from showing two
histories; the tag does, because two statements at one place of a chain carry the same tag, but for its last
bit. That bit is turned where a text may be kept from all but its parties. Whoever follows the chain reads it, so
nothing else can be kept from them under that name; to everybody else a tag is random from end to end.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from crosslab.ip_vault import keys, merkle, note
from crosslab.ip_vault.errors import FormatError, ProofError
from crosslab.ip_vault.ids import digest, raw

TAG_LABEL = b"crosslab.dev/tag/v1\n"
PROOF_LINE = "c2sp.org/tlog-proof@v1"
_EVEN = str.maketrans("13579bdf", "02468ace")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}")


class Kind(StrEnum):
    """What an entry stands for: a statement, a client release, or the end of the log before this one."""

    STATEMENT = "s"
    RELEASE = "r"
    PREVIOUS_LOG = "p"


@dataclass(frozen=True)
class Entry:
    """A line of the log; a statement has all three parts, the others only the hash in `id`."""

    kind: Kind
    id: str
    note: str = ""
    tag: str = ""


@dataclass(frozen=True)
class Checkpoint:
    """What the log vouches for: its name, size and root."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True)
class Receipt:
    """Where an entry stands, the proof, and the checkpoint (a whole note) it leads to."""

    index: int
    proof: tuple[bytes, ...]
    checkpoint: bytes


def tag(statement: str, before: bytes | None, *, for_parties: bool = False) -> str:
    """The tag of a place in a chain: from the link before it, or from the id itself at a chain's start.

    Its last bit is turned for a statement of a kind whose text may be kept from all but its parties.
    """
    made = sha256(TAG_LABEL + (raw(statement) if before is None else before)).digest()[:16]
    return (made[:-1] + bytes([made[-1] ^ for_parties])).hex()


def place(tag: str) -> str:
    """What the tags of all statements at one place of a chain have in common: all but the last bit."""
    return tag[:-1] + tag[-1:].translate(_EVEN)


def statement_entry(
    statement: str, whole_note: bytes, before: bytes | None, *, for_parties: bool = False
) -> bytes:
    """The public line of a statement: its id, the hash of text and signatures, its tag."""
    made = tag(statement, before, for_parties=for_parties)
    return f"s {statement} {digest(whole_note)} {made}\n".encode()


def release_entry(manifest: bytes) -> bytes:
    """The public line of a client release."""
    return f"r {digest(manifest)}\n".encode()


def previous_log_entry(checkpoint: bytes) -> bytes:
    """The first line of a follow-up log: the last checkpoint of the log it continues."""
    return f"p {digest(checkpoint)}\n".encode()


def parse_entry(data: bytes) -> Entry:
    """The parts of a log line; anything else is refused."""
    try:
        parts = data.decode("ascii").split(" ")
        entry = Entry(Kind(parts[0]), *(part.rstrip("\n") for part in parts[1:]))
    except (UnicodeDecodeError, ValueError, TypeError) as error:
        raise FormatError("this is not a log entry") from error
    raw(entry.id)
    statement = entry.kind is Kind.STATEMENT
    if statement:
        raw(entry.note)
        raw(entry.tag * 2)
    fields = [entry.kind.value, entry.id, *((entry.note, entry.tag) if statement else ())]
    if data != (" ".join(fields) + "\n").encode():
        raise FormatError("this is not a log entry")
    return entry


def checkpoint_text(point: Checkpoint) -> bytes:
    """The three lines the log signs."""
    return f"{point.origin}\n{point.size}\n{base64.b64encode(point.root).decode()}\n".encode()


def sign_checkpoint(point: Checkpoint, key: keys.SigningKey) -> bytes:
    """The checkpoint as a note signed under the log's own name."""
    return note.sign(checkpoint_text(point), [(point.origin, key)])


def parse_checkpoint(data: bytes) -> Checkpoint:
    """The three lines of a checkpoint note; extension lines are refused. Verifies nothing."""
    lines = note.parse(data).text.decode().split("\n")
    if len(lines) != 4 or lines[3]:
        raise FormatError("a checkpoint has exactly three lines")
    note.check_name(lines[0])
    return Checkpoint(lines[0], read_number(lines[1]), read_hash(lines[2]))


def open_checkpoint(data: bytes, origin: str, public: bytes) -> Checkpoint:
    """The checkpoint, after its signature by this log's key was verified."""
    point = parse_checkpoint(data)
    if point.origin != origin:
        raise ProofError("the checkpoint is of another log")
    note.verify_one(note.parse(data), note.Signer(origin, public))
    return point


def extends(pin: Checkpoint, newer: Checkpoint, proof: Sequence[bytes]) -> None:
    """Raises ProofError unless the newer checkpoint continues the pinned one."""
    if newer.origin != pin.origin or newer.size < pin.size:
        raise ProofError("the log is smaller than it was, or another one")
    if pin.size == 0:
        return
    merkle.verify_consistency(pin.size, newer.size, pin.root, newer.root, proof)


def write_receipt(receipt: Receipt) -> bytes:
    """The receipt as a `.tlog-proof` file."""
    lines = [PROOF_LINE, f"index {receipt.index}"]
    lines += [base64.b64encode(each).decode() for each in receipt.proof]
    return ("\n".join(lines) + "\n\n").encode() + receipt.checkpoint


def parse_receipt(data: bytes) -> Receipt:
    """The receipt in a `.tlog-proof` file; extra data is refused, we write none."""
    head, mark, checkpoint = data.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise FormatError("this is not a receipt") from error
    if not mark or len(lines) < 2 or lines[0] != PROOF_LINE or not lines[1].startswith("index "):
        raise FormatError("this is not a receipt")
    if len(lines) > 2 + 64:
        raise FormatError("the receipt's proof is too long")
    parse_checkpoint(checkpoint)
    return Receipt(read_number(lines[1][6:]), tuple(read_hash(line) for line in lines[2:]), checkpoint)


def verify_receipt(receipt: Receipt, entry: bytes, origin: str, public: bytes) -> Checkpoint:
    """The checkpoint under which this entry provably stands at the receipt's index."""
    point = open_checkpoint(receipt.checkpoint, origin, public)
    leaf = merkle.leaf_hash(entry)
    merkle.verify_inclusion(leaf, receipt.index, point.size, receipt.proof, point.root)
    return point


def cosign(checkpoint: bytes, name: str, key: keys.SigningKey, at: int) -> bytes:
    """A witness's line under a checkpoint: seen at that second, and extending all it saw before."""
    message = _cosigned(note.parse(checkpoint).text, at)
    ident = note.key_id(name, key.public, note.COSIGNATURE)
    return note.signature_line(name, ident, at.to_bytes(8, "big") + key.sign(message))


def verify_cosignature(checkpoint: bytes, witness: note.Signer) -> int:
    """The second at which this witness saw this checkpoint; raises ProofError without its line."""
    parsed = note.parse(checkpoint)
    wanted = (witness.name, note.key_id(witness.name, witness.public, note.COSIGNATURE))
    for line in parsed.signatures:
        if (line.name, line.key_id) == wanted and len(line.data) == 72:
            at = int.from_bytes(line.data[:8], "big")
            keys.verify(witness.public, _cosigned(parsed.text, at), line.data[8:])
            return at
    raise ProofError("the witness did not sign this checkpoint")


def _cosigned(text: bytes, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n".encode() + text


def read_number(text: str) -> int:
    """A size or index as the formats write it: digits, no leading zero."""
    if _NUMBER.fullmatch(text) is None:
        raise FormatError("a size or index is not a plain number")
    return int(text)


def read_hash(text: str) -> bytes:
    """A hash as the formats write it: 32 bytes of base64."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise FormatError("a hash is not base64") from error
    if len(data) != merkle.SIZE or base64.b64encode(data).decode() != text:
        raise FormatError("a hash is not 32 bytes of canonical base64")
    return data
