"""What a bundle is drawn from: a history that its reader has verified, as far as they may read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

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
class Source:
    """A verified history: the log's key, what is so, the notes one may read, the log's lines, one checkpoint.

    `notes` are by statement id; `entries` are exactly the lines under `checkpoint`, which may carry witnesses'
    lines; `witnesses` are their verifier keys.
    """

    log: note.Signer
    state: State
    notes: Mapping[str, bytes]
    entries: Sequence[bytes]
    checkpoint: bytes
    stamps: Sequence[Stamp] = ()
    witnesses: Sequence[str] = ()
    tree: merkle.Tree = field(default_factory=merkle.Tree, compare=False, repr=False)

    def __post_init__(self) -> None:
        for each in self.entries:
            self.tree.append(merkle.leaf_hash(each))
        point = tlog.open_checkpoint(self.checkpoint, self.log.name, self.log.public)
        if (point.size, point.root) != (len(self.entries), self.tree.root()):
            raise ProofError("the checkpoint is not over these lines")

    @property
    def vkey(self) -> str:
        """The verifier key of the log: what a reader needs from elsewhere than the bundle."""
        return note.vkey(self.log.name, self.log.public)

    @property
    def size(self) -> int:
        """How many lines there are."""
        return len(self.entries)

    @cached_property
    def places(self) -> dict[str, int]:
        """The line of every statement."""
        parsed = (tlog.parse_entry(each) for each in self.entries)
        return {each.id: index for index, each in enumerate(parsed) if each.kind is tlog.Kind.STATEMENT}

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
        """The same history as it was when it was stamped."""
        if stamp.size == self.size:
            return self
        return replace(
            self, entries=self.entries[: stamp.size], checkpoint=stamp.checkpoint, tree=merkle.Tree()
        )

    def receipt(self, id: str) -> bytes:
        """The receipt of a statement under the one checkpoint."""
        index = self.places[id]
        proof = merkle.inclusion_proof(index, self.size, self.tree.read)
        return tlog.write_receipt(tlog.Receipt(index, tuple(proof), self.issued[0]))

    def consistency(self, older: int) -> list[bytes]:
        """The proof that the checkpoint continues an older one; nothing to show when it is the same."""
        same = older == self.size
        return [] if same else merkle.consistency_proof(older, self.size, self.tree.read)
