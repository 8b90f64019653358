"""Witnesses of a log, both ways (C2SP tlog-witness, tlog-cosignature; Ed25519, type 0x04).

A witness signs a checkpoint only if it continues the one it signed before, so a log that shows two histories
needs every one of its witnesses as an accomplice. Here is the rule a witness goes by, what it is asked and
answers, and how others judge its lines. Keeping the last size and root, atomically, is the caller's: store
`Answer.now` before `Answer.line` is handed out.
"""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from crosslab.ip_vault import keys, merkle, note, tlog
from crosslab.ip_vault.errors import FormatError, ProofError, VaultError

PATH = "/add-checkpoint"
SIZE_TYPE = "text/x.tlog.size"
MOST_PROOF = 63
MOST_BYTES = 65_536
AHEAD = 600
"""How many seconds a witness's clock may differ from ours."""


class Cause(Enum):
    """Why a witness does not sign, with the status that the standard gives it."""

    MALFORMED = 400, "This is not a request to add a checkpoint."
    LARGER_BEFORE = 400, "The old size is larger than the checkpoint's."
    UNSIGNED = 403, "The checkpoint is not signed by the key that is known for its log."
    UNKNOWN_LOG = 404, "This witness does not know a log of this name."
    STALE = 409, "This witness has signed another size last."
    FORKED = 409, "This witness has signed another root for this size: the log shows two histories."
    UNPROVEN = 422, "The proof does not show that the checkpoint continues the one before."

    @property
    def status(self) -> int:
        """The status of the answer over HTTP."""
        return self.value[0]

    @property
    def sentence(self) -> str:
        """The reason in words."""
        return self.value[1]


class Declined(VaultError):
    """A witness did not sign. `size` is what it signed last, told when the request was made for another."""

    def __init__(self, cause: Cause, size: int = 0) -> None:
        super().__init__(cause.sentence)
        self.cause, self.size = cause, size

    @property
    def body(self) -> str:
        """What is answered: the size known when that is what does not fit, else the reason."""
        return f"{self.size}\n" if self.cause is Cause.STALE else f"{self.cause.sentence}\n"

    @property
    def media_type(self) -> str:
        """The type of the body."""
        return SIZE_TYPE if self.cause is Cause.STALE else "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Seen:
    """The size and root a witness signed last for a log."""

    size: int = 0
    root: bytes = merkle.EMPTY_ROOT


@dataclass(frozen=True)
class Asked:
    """A request: the size the log believes the witness to be at, the proof from there, the whole checkpoint."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: bytes


@dataclass(frozen=True)
class Answer:
    """A witness's line, and what it has seen from now on."""

    line: bytes
    now: Seen


@dataclass(frozen=True)
class Witness:
    """A witness: its name and its signing key."""

    name: str
    key: keys.SigningKey

    @property
    def vkey(self) -> str:
        """Its public key, for those who list it."""
        return vkey(self.name, self.key.public)

    def answer(self, logs: Mapping[str, bytes], last: Seen, asked: Asked, at: int) -> Answer:
        """Sign, at that second, a checkpoint that continues the last one. Raises `Declined` otherwise.

        `logs` gives the public key of every log that is followed, by its origin; `last` is what was signed
        last for the origin that `asked.checkpoint` names (`origin_of` tells it).
        """
        point = _vouched(logs, asked.checkpoint)
        if asked.old > point.size:
            raise Declined(Cause.LARGER_BEFORE)
        if asked.old != last.size:
            raise Declined(Cause.STALE, last.size)
        _check_continues(last, point, asked.proof)
        return Answer(tlog.cosign(asked.checkpoint, self.name, self.key, at), Seen(point.size, point.root))


def origin_of(asked: Asked) -> str:
    """The log that a request is about. Raises `Declined` when it is no checkpoint."""
    try:
        return tlog.parse_checkpoint(asked.checkpoint).origin
    except FormatError as error:
        raise Declined(Cause.MALFORMED) from error


def _vouched(logs: Mapping[str, bytes], checkpoint: bytes) -> tlog.Checkpoint:
    try:
        point = tlog.parse_checkpoint(checkpoint)
    except FormatError as error:
        raise Declined(Cause.MALFORMED) from error
    if point.origin not in logs:
        raise Declined(Cause.UNKNOWN_LOG)
    try:
        return tlog.open_checkpoint(checkpoint, point.origin, logs[point.origin])
    except ProofError as error:
        raise Declined(Cause.UNSIGNED) from error


def _check_continues(last: Seen, point: tlog.Checkpoint, proof: Sequence[bytes]) -> None:
    if last.size == point.size and last.root != point.root:
        raise Declined(Cause.FORKED if last.size else Cause.UNPROVEN)
    if last.size in {0, point.size}:
        if proof:
            raise Declined(Cause.UNPROVEN)
        return
    try:
        merkle.verify_consistency(last.size, point.size, last.root, point.root, proof)
    except ProofError as error:
        raise Declined(Cause.UNPROVEN) from error


def write_request(asked: Asked) -> bytes:
    """The body of `POST …/add-checkpoint`."""
    lines = [f"old {asked.old}", *(base64.b64encode(each).decode() for each in asked.proof)]
    return ("\n".join(lines) + "\n\n").encode() + asked.checkpoint


def read_request(body: bytes) -> Asked:
    """The request in a body. Raises `Declined` when it is none."""
    head, mark, checkpoint = body.partition(b"\n\n")
    lines = head.decode("ascii", "replace").split("\n")
    if len(body) > MOST_BYTES or not mark or not lines[0].startswith("old ") or len(lines) > 1 + MOST_PROOF:
        raise Declined(Cause.MALFORMED)
    try:
        return Asked(
            tlog.read_number(lines[0][4:]), tuple(tlog.read_hash(each) for each in lines[1:]), checkpoint
        )
    except FormatError as error:
        raise Declined(Cause.MALFORMED) from error


def read_size(body: bytes) -> int:
    """The size in the answer of a witness that is at another one. Raises `FormatError`."""
    text = body.decode("ascii", "replace")
    if not text.endswith("\n"):
        raise FormatError("a size ends with a line feed")
    return tlog.read_number(text[:-1])


def vkey(name: str, public: bytes) -> str:
    """A witness's public key as text: `name+id+base64(type and key)`."""
    return note.vkey(name, public, note.COSIGNATURE)


def parse_vkey(text: str) -> note.Signer:
    """The witness of a public key written so. Raises `FormatError`."""
    return note.parse_vkey(text, note.COSIGNATURE)


def read_line(
    checkpoint: bytes, line: bytes, known: Iterable[note.Signer], now: int
) -> tuple[note.Signer, int]:
    """Who signed this checkpoint with this one line, and when. Raises `FormatError` or `ProofError`.

    Refused are other forms, unknown keys, lines under another checkpoint, and times that are not about now.
    """
    cosigned = note.parse(checkpoint).text + b"\n" + line
    parsed = note.parse(cosigned)
    if len(parsed.signatures) != 1:
        raise FormatError("a witness hands in one line")
    signature = parsed.signatures[0]
    for each in known:
        ident = note.key_id(each.name, each.public, note.COSIGNATURE)
        if (signature.name, signature.key_id) == (each.name, ident):
            at = tlog.verify_cosignature(cosigned, each)
            if abs(at - now) > AHEAD:
                raise ProofError("the witness's clock is not ours")
            return each, at
    raise ProofError("the line is not by a witness that is known here")


def signed_by(checkpoint: bytes, known: Iterable[note.Signer]) -> dict[str, int]:
    """The witnesses that signed a checkpoint, each with the second at which it did. Others' lines count nothing."""
    found = {}
    for each in known:
        try:
            found[each.name] = tlog.verify_cosignature(checkpoint, each)
        except ProofError:
            continue
    return found


def check_quorum(checkpoint: bytes, known: Iterable[note.Signer], quorum: int) -> dict[str, int]:
    """Raises `ProofError` unless so many of the known witnesses, each counted once, signed this checkpoint."""
    found = signed_by(checkpoint, {each.public: each for each in known}.values())
    if len(found) < quorum:
        raise ProofError(f"{len(found)} of the known witnesses signed this checkpoint, {quorum} must")
    return found
