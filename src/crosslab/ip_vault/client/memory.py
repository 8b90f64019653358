"""What a device remembers of a log: its pins, and everything it has verified, so that it need not ask again.

Pins are what matters: a checkpoint, how far each chain had come, whose fingerprints were compared. The rest
is a cache that may be thrown away at the price of reading the log anew.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from crosslab.ip_vault import merkle
from crosslab.ip_vault.errors import FormatError

VERSION = 1


@dataclass(frozen=True)
class Row:
    """One statement of a chain as a source shows it; without a note when its text is not for us."""

    id: str
    seq: int
    index: int
    note: bytes | None


@dataclass(frozen=True)
class Shown:
    """A chain as a source shows it: every id, and the rows from the place asked for."""

    ids: Sequence[str]
    rows: Sequence[Row]


class Source(Protocol):
    """Wherever history is read from: a server, a folder, a liar. Nothing it says is believed."""

    def checkpoint(self) -> bytes:
        """The log's newest checkpoint, with whatever cosignatures it has."""

    def agreed(self, quorum: int) -> bytes | None:
        """The newest checkpoint that so many witnesses have signed, asked for when the newest has too few."""

    def consistency(self, old: int, new: int) -> Sequence[bytes]:
        """The proof that the log of `new` entries begins with that of `old`."""

    def entries(self, bundle: int, width: int) -> Sequence[bytes]:
        """At least `width` entries under the `bundle`-th tile of 256."""

    def chain(self, id: str, after: int) -> Shown | None:
        """A chain's ids and its rows from place `after` on; None when there is none for us."""


@dataclass(frozen=True)
class Pins:
    """What this device has seen and will not let be taken back."""

    checkpoint: bytes = b""
    heads: Mapping[str, tuple[int, str]] = field(default_factory=dict)  # chain -> size, link in hex
    checked: frozenset[str] = frozenset()

    def dump(self) -> str:
        """The pins as JSON text."""
        heads = {key: {"size": size, "head": head} for key, (size, head) in sorted(self.heads.items())}
        fields = {"v": VERSION, "checkpoint": self.checkpoint.decode(), "heads": heads}
        return json.dumps({**fields, "checked": sorted(self.checked)}, indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def load(cls, text: str) -> "Pins":
        """The pins in JSON text. Raises FormatError: pins that cannot be read must not be forgotten silently."""
        try:
            fields = json.loads(text)
            if fields["v"] != VERSION:
                raise FormatError("the pins were written by another version")
            heads = {key: (int(each["size"]), str(each["head"])) for key, each in fields["heads"].items()}
            return cls(fields["checkpoint"].encode(), heads, frozenset(map(str, fields["checked"])))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise FormatError("the pins of this device cannot be read") from error


@dataclass
class Peaks:
    """The hashes of the complete subtrees of a log so far: enough to go on and to know the root."""

    size: int = 0
    hashes: dict[int, bytes] = field(default_factory=dict)  # level -> hash

    def append(self, leaf: bytes) -> None:
        """One more leaf."""
        made = merkle.appended(self.size, leaf, lambda level, _: self.hashes[level])
        for level, _, _ in made[:-1]:
            self.hashes.pop(level, None)
        level, _, value = made[-1]
        self.hashes[level] = value
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves."""
        if not self.size:
            return merkle.EMPTY_ROOT
        first, *rest = sorted(self.hashes)
        value = self.hashes[first]
        for level in rest:
            value = merkle.node_hash(self.hashes[level], value)
        return value

    def copy(self) -> "Peaks":
        """Peaks to try new entries on."""
        return Peaks(self.size, dict(self.hashes))


@dataclass
class Memory:
    """Pins, and the verified entries and chains; `scope` is for whom, `followed` which of them the last time."""

    pins: Pins = field(default_factory=Pins)
    entries: list[bytes] = field(default_factory=list)
    peaks: Peaks = field(default_factory=Peaks)
    chains: dict[str, list[Row]] = field(default_factory=dict)
    scope: frozenset[str] = frozenset()
    followed: frozenset[str] = frozenset()


def rows_as_json(rows: Sequence[Row]) -> list[list[Any]]:
    """A chain's rows as plain values."""
    return [[row.id, row.index, row.note.decode() if row.note is not None else None] for row in rows]


def rows_from_json(values: Sequence[Sequence[Any]]) -> list[Row]:
    """The rows of a chain, from its start."""
    return [
        Row(str(name), seq, int(index), None if text is None else str(text).encode())
        for seq, (name, index, text) in enumerate(values)
    ]
