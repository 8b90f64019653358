"""What a member hands back to a log that has lost its newest entries, as after a restored backup.

The entries as the log showed them, the checkpoint it signed over them, and the texts and small sealed files that
this member has. Nothing in it is new to the log, and nothing of it is believed: the entries lead to a root that
the log itself has signed, texts and files are named by hashes in them.
"""

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from crosslab.ip_vault import cj, merkle, note, tlog
from crosslab.ip_vault.client.memory import Peaks
from crosslab.ip_vault.errors import FormatError, ProofError
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.statements import attachments, parse

VERSION = 1
MOST_BYTES = 64 << 20
_KEYS = {"v", "log", "first", "entries", "checkpoint", "notes", "files"}


@dataclass(frozen=True)
class Return:
    """Entries of a log from a place on, the checkpoint they end under, and what is at hand of what they name."""

    log: str
    first: int
    entries: tuple[bytes, ...]
    checkpoint: bytes
    notes: tuple[bytes, ...] = ()
    files: tuple[bytes, ...] = ()


def write_return(given: Return) -> bytes:
    """A return as CJ1, on one line."""
    told = {
        "v": VERSION,
        "log": given.log,
        "first": given.first,
        "entries": [each.decode() for each in given.entries],
        "checkpoint": given.checkpoint.decode(),
        "notes": [each.decode() for each in given.notes],
        "files": [base64.b64encode(each).decode() for each in given.files],
    }
    return cj.encode(told) + b"\n"


def read_return(data: bytes) -> Return:
    """A return in its form; nothing of it is verified yet. Raises FormatError."""
    told = cj.decode(data.removesuffix(b"\n")) if len(data) <= MOST_BYTES else None
    if not isinstance(told, dict) or told.keys() != _KEYS or told["v"] != VERSION:
        raise FormatError("this is not what a member hands back to a log")
    if not isinstance(told["first"], int) or isinstance(told["first"], bool) or told["first"] < 0:
        raise FormatError("a place in a log is a number from 0 on")
    entries = tuple(each.encode() for each in _texts(told["entries"]))
    for each in entries:
        tlog.parse_entry(each)
    (log,), (checkpoint,) = _texts([told["log"]]), _texts([told["checkpoint"]])
    notes = tuple(each.encode() for each in _texts(told["notes"]))
    return Return(log, told["first"], entries, checkpoint.encode(), notes, _files(told["files"]))


def prove(given: Return, before: Peaks, log: note.Signer) -> tlog.Checkpoint:
    """The checkpoint the entries end under: signed by this log, and over what is `before` them and over them.

    `before` are the peaks of the tree in front of the first entry handed back; they grow by all of them. Raises
    ProofError, FormatError when a text is no statement.
    """
    if given.log != log.name:
        raise ProofError("it was made for another log")
    point = tlog.open_checkpoint(given.checkpoint, log.name, log.public)
    if point.size != given.first + len(given.entries) or before.size != given.first:
        raise ProofError("its entries do not end where its checkpoint does")
    for each in given.entries:
        before.append(merkle.leaf_hash(each))
    if before.root() != point.root:
        raise ProofError("its entries are not the ones that the log has signed, or they follow other ones")
    _check_named(given)
    return point


def _check_named(given: Return) -> None:
    """Texts and files are those that the entries name, and no others."""
    named = {tlog.parse_entry(each).note for each in given.entries} - {""}
    if not {digest(each) for each in given.notes} <= named:
        raise ProofError("a text is not one of those that its entries name")
    wanted = {name for each in given.notes for name, _ in attachments(parse(each)[0])}
    if not {digest(each) for each in given.files} <= wanted:
        raise ProofError("a file is not one of those that its statements name")


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise FormatError("a part of what is handed back is not a text")
    return value


def _files(value: Any) -> tuple[bytes, ...]:
    try:
        return tuple(base64.b64decode(each, validate=True) for each in _texts(value))
    except (binascii.Error, ValueError) as error:
        raise FormatError("a file that is handed back is not base64") from error
