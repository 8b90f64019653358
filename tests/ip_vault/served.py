"""A log of the small world as a server would show it, and the ways in which one can lie."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from crosslab.ip_vault import chains, keys, merkle, note, tiles, tlog
from crosslab.ip_vault.client.memory import Row, Shown
from crosslab.ip_vault.statements import Statement, parse
from crosslab.ip_vault.statements.types import HIDDEN
from tests.ip_vault.world import LOG, World, secret

LOG_KEY = keys.SigningKey(secret("log"))
LOG_SIGNER = note.Signer(LOG, LOG_KEY.public)


@dataclass
class Served:
    """An honest source over a world's statements, seen by some organisations and people (all, if none named).

    Tests make it lie by changing what it holds: `entries_held`, `rows`, `size`, `signer`.
    """

    world: World
    readers: frozenset[str] = frozenset()
    size: int | None = None
    signer: keys.SigningKey = LOG_KEY
    entries_held: list[bytes] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.load()

    def load(self) -> None:
        """Takes in what the world has said since."""
        for at in range(len(self.entries_held), len(self.world.notes)):
            whole = self.world.notes[at]
            said = parse(whole)[0]
            self.entries_held.append(
                tlog.statement_entry(said.id, whole, said.place.after, for_parties=said.for_parties)
            )
            rows = self.rows.setdefault(said.chain, [])
            rows.append(Row(said.id, len(rows), at, whole if self._reads(said) else None))

    def _reads(self, said: Statement) -> bool:
        to = said.body.get("to")
        return (
            not self.readers or said.type not in HIDDEN or {said.org, to, said.chain} & self.readers != set()
        )

    @property
    def tree(self) -> merkle.Tree:
        """The tree over the entries."""
        tree = merkle.Tree()
        for entry in self.entries_held[: self.size]:
            tree.append(merkle.leaf_hash(entry))
        return tree

    def checkpoint(self) -> bytes:
        tree = self.tree
        return tlog.sign_checkpoint(tlog.Checkpoint(LOG, tree.size, tree.root()), self.signer)

    def agreed(self, quorum: int) -> bytes | None:
        return None

    def consistency(self, old: int, new: int) -> Sequence[bytes]:
        self.fetched.append(f"consistency {old} {new}")
        return merkle.consistency_proof(old, new, self.tree.read)

    def entries(self, bundle: int, width: int) -> Sequence[bytes]:
        self.fetched.append(f"entries {bundle}")
        first = bundle * tiles.WIDTH
        return self.entries_held[: self.size][first : first + tiles.WIDTH]

    def chain(self, id: str, after: int) -> Shown | None:
        self.fetched.append(f"chain {id} {after}")
        rows = self.rows.get(id)
        return None if rows is None else Shown([row.id for row in rows], rows[after:])

    def receipt(self, index: int) -> bytes:
        """The receipt of an entry under today's checkpoint."""
        tree = self.tree
        proof = tuple(merkle.inclusion_proof(index, tree.size, tree.read))
        return tlog.write_receipt(tlog.Receipt(index, proof, self.checkpoint()))

    def links(self, chain: str) -> list[bytes]:
        """The links of a chain."""
        return chains.links([row.id for row in self.rows[chain]])
