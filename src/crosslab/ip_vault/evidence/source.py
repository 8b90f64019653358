"""What a bundle is drawn from: a history that its reader has verified, as far as they may read it."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from crosslab.ip_vault import merkle, note, tlog
from crosslab.ip_vault.errors import ProofError, VaultError
from crosslab.ip_vault.replay import State
from crosslab.ip_vault.statements import Statement, parse


class Unavailable(VaultError):
    """What the bundle is about is not at hand, or is not the exporter's to show."""


@dataclass(frozen=True)
class Stamp:
    """An RFC 3161 time stamp: the checkpoint it is over (as the log issued it), the token, the certificates.

    `chain` is PEM: the authority's certificates up to the root, which comes first.
    """

    checkpoint: bytes
    token: bytes
    chain: bytes

    @property
    def origin(self) -> str:
        """The log whose checkpoint was stamped."""
        return tlog.parse_checkpoint(self.checkpoint).origin

    @property
    def size(self) -> int:
        """How many lines the stamped log had."""
        return tlog.parse_checkpoint(self.checkpoint).size


@dataclass(frozen=True)
class Log:
    """One log of the register: its key, exactly the lines under a checkpoint, and that checkpoint.

    Of a log that has ended it is the last one, as the next log names it.
    """

    signer: note.Signer
    entries: Sequence[bytes]
    checkpoint: bytes

    def __post_init__(self) -> None:
        point = tlog.open_checkpoint(self.checkpoint, self.signer.name, self.signer.public)
        if (point.size, point.root) != (len(self.entries), self.tree.root()):
            raise ProofError("the checkpoint is not over these lines")

    @cached_property
    def tree(self) -> merkle.Tree:
        """The tree over its lines."""
        made = merkle.Tree()
        for each in self.entries:
            made.append(merkle.leaf_hash(each))
        return made

    @property
    def vkey(self) -> str:
        """Its verifier key."""
        return note.vkey(self.signer.name, self.signer.public)

    @property
    def size(self) -> int:
        """How many lines it has."""
        return len(self.entries)

    def receipt(self, line: int, checkpoint: bytes) -> bytes:
        """The receipt of a line under its one checkpoint, as it was issued."""
        proof = merkle.inclusion_proof(line, self.size, self.tree.read)
        return tlog.write_receipt(tlog.Receipt(line, tuple(proof), checkpoint))


@dataclass(frozen=True)
class Source:
    """A verified history: the log's key, what is so, the notes one may read, the log's lines, one checkpoint.

    `notes` are by statement id; `entries` are exactly the newest log's lines under `checkpoint`, which may carry
    witnesses' lines; `witnesses` are their verifier keys; `earlier` are the logs that have ended, the oldest first.
    Places count on over all logs.
    """

    log: note.Signer
    state: State
    notes: Mapping[str, bytes]
    entries: Sequence[bytes]
    checkpoint: bytes
    stamps: Sequence[Stamp] = ()
    witnesses: Sequence[str] = ()
    earlier: Sequence[Log] = ()

    def __post_init__(self) -> None:
        for old, new in pairwise(self.logs):
            if list(new.entries[:1]) != [tlog.previous_log_entry(old.checkpoint)]:
                raise ProofError("a log does not begin where the one before it ended")

    @cached_property
    def logs(self) -> tuple[Log, ...]:
        """All logs, the newest last."""
        return (*self.earlier, Log(self.log, self.entries, self.checkpoint))

    @cached_property
    def bases(self) -> list[int]:
        """The place in the register at which each log begins."""
        return [sum(each.size for each in self.logs[:at]) for at in range(len(self.logs))]

    @property
    def vkey(self) -> str:
        """The verifier key of the newest log: what a reader needs from elsewhere than the bundle."""
        return self.logs[-1].vkey

    @property
    def size(self) -> int:
        """How many lines there are in all logs together."""
        return self.bases[-1] + len(self.entries)

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of every statement."""
        parsed = (tlog.parse_entry(each) for log in self.logs for each in log.entries)
        return {each.id: index for index, each in enumerate(parsed) if each.kind is tlog.Kind.STATEMENT}

    def of(self, place: int) -> tuple[Log, int]:
        """The log in which a place lies, and the line there."""
        at = bisect_right(self.bases, place) - 1
        return self.logs[at], place - self.bases[at]

    def reach(self, stamp: Stamp) -> int:
        """The place up to which a time stamp covers the register; -1 for one that is of none of these checkpoints."""
        found = [
            base + stamp.size
            for log, base in zip(self.logs, self.bases, strict=True)
            if log.signer.name == stamp.origin and stamp.size <= log.size
        ]
        return found[0] if found else -1

    @cached_property
    def issued(self) -> tuple[bytes, bytes]:
        """The checkpoint as the log issued it, and the witnesses' lines apart."""
        whole = note.parse(self.checkpoint)
        lines = [note.signature_line(each.name, each.key_id, each.data) for each in whole.signatures]
        own = note.key_id(self.log.name, self.log.public)
        is_own = [(each.name, each.key_id) == (self.log.name, own) for each in whole.signatures]
        mine = [line for line, yes in zip(lines, is_own, strict=True) if yes]
        others = [line for line, yes in zip(lines, is_own, strict=True) if not yes]
        return whole.text + b"\n" + b"".join(mine), b"".join(others)

    def said(self, id: str) -> Statement | None:
        """A statement whose text is at hand and stands under the checkpoint."""
        data = self.notes.get(id)
        return parse(data)[0] if data is not None and id in self.places else None

    def as_of(self, stamp: Stamp) -> "Source":
        """The same history as it was when its newest log was stamped."""
        if self.reach(stamp) == self.size:
            return self
        return replace(self, entries=self.entries[: stamp.size], checkpoint=stamp.checkpoint)

    def receipt(self, id: str) -> bytes:
        """The receipt of a statement, under the one checkpoint of its log."""
        log, line = self.of(self.places[id])
        return log.receipt(line, self.issued[0] if log is self.logs[-1] else log.checkpoint)

    def ties(self) -> list[bytes]:
        """For each log but the first, the receipt of its first line, which names the end of the one before."""
        ends = [each.checkpoint for each in self.logs[1:-1]] + [self.issued[0]]
        return [each.receipt(0, end) for each, end in zip(self.logs[1:], ends, strict=False)]

    def consistency(self, stamp: Stamp) -> list[bytes]:
        """The proof that a log's checkpoint continues the stamped one; nothing to show when it is the same."""
        log = next(each for each in self.logs if each.signer.name == stamp.origin)
        same = stamp.size == log.size
        return [] if same else merkle.consistency_proof(stamp.size, log.size, log.tree.read)
