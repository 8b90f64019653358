"""A server in memory that keeps its word: a log, its chains, the small files, and what each reader is shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crosslab.ip_vault import keys, merkle, note, tlog
from crosslab.ip_vault.client.memory import Row, Shown
from crosslab.ip_vault.replay import State
from crosslab.ip_vault.statements import Statement, parse
from crosslab.ip_vault.statements.types import HIDDEN
from crosslab.ip_vault.tiles import WIDTH
from tests.ip_vault.world import LOG, secret

LOG_KEY = keys.SigningKey(secret("the log"))
SIGNER = note.Signer(LOG, LOG_KEY.public)


@dataclass
class Server:
    """Everything that was taken in, in log order."""

    key: keys.SigningKey = LOG_KEY
    origin: str = LOG
    tree: merkle.Tree = field(default_factory=merkle.Tree)
    entries: list[bytes] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    links: dict[str, list[bytes]] = field(default_factory=dict)
    said: dict[str, Statement] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    receipts: dict[str, bytes] = field(default_factory=dict)

    def take(self, whole: bytes, state: State, files: Mapping[str, bytes]) -> None:
        """Logs a statement that the rules allowed; `state` is what is so after it."""
        said, _ = parse(whole)
        chain = state.chains[said.chain]
        seq = len(chain.ids) - 1
        self.put(said, whole, seq, chain.links[seq - 1] if seq else None)
        self.files.update(files)

    def put(self, said: Statement, whole: bytes, seq: int, before: bytes | None) -> None:
        """Logs whatever it is given, and shows it on its chain."""
        self.log(said, tlog.statement_entry(said.id, whole, before, for_parties=said.for_parties), whole, seq)

    def log(self, said: Statement, entry: bytes, whole: bytes, seq: int) -> None:
        """Puts a line into the log, whatever it is, and shows the statement on its chain."""
        index = self.append(entry)
        self.said[said.id] = said
        self.rows.setdefault(said.chain, []).append(Row(said.id, seq, index, whole))
        proof = tuple(merkle.inclusion_proof(index, self.tree.size, self.tree.read))
        self.receipts[said.id] = tlog.write_receipt(tlog.Receipt(index, proof, self.checkpoint()))

    def append(self, entry: bytes) -> int:
        self.entries.append(entry)
        return self.tree.append(merkle.leaf_hash(entry))

    def checkpoint(self, size: int | None = None) -> bytes:
        size = self.tree.size if size is None else size
        return tlog.sign_checkpoint(tlog.Checkpoint(self.origin, size, self.tree.root(size)), self.key)


@dataclass(frozen=True)
class Reader:
    """Whose eyes: the person, their organisations, and the chains they may follow."""

    person: str
    orgs: frozenset[str]
    chains: frozenset[str]

    def reads(self, said: Statement) -> bool:
        """As the house decides it: hidden kinds are for their parties alone."""
        if said.org in self.orgs or said.chain == self.person or (said.by == self.person and not said.org):
            return True
        if said.type == "org.wrap":
            return said.chain in self.orgs
        if said.type == "person.request":
            return said.body["org"] in self.chains
        return said.type not in HIDDEN or said.body.get("to") in {*self.orgs, self.person}


def reader(state: State, person: str) -> Reader:
    """What a person may follow today: their organisations, whom they work with, and everybody who signed there."""
    orgs = {each.id for each in state.organisations.values() if person in each.people}
    teams = {each.id for each in state.consortia.values() if any(map(each.has, orgs))}
    partners = {org for each in teams for org in state.consortia[each].members}
    shown_to = {state.releases[each].to for team in teams for each in state.consortia[team].releases}
    chains = {person, *orgs, *teams, *partners, *shown_to, *state.persons}
    return Reader(person, frozenset(orgs), frozenset(chains))


@dataclass
class View:
    """What one reader is shown by an honest server: a source for a follower."""

    server: Server
    eyes: Reader

    @property
    def roots(self) -> list[str]:
        """The chains a client asks for: oneself, one's organisations, one's consortia."""
        wanted = [self.eyes.person, *sorted(self.eyes.orgs)]
        return wanted + sorted(each for each in self.eyes.chains if self._is_team(each))

    @property
    def inside(self) -> list[str]:
        """The consortia this reader is in."""
        return [each for each in self.roots if self._is_team(each)]

    @property
    def own(self) -> list[str]:
        """The chains on which nothing is hidden from this reader."""
        return [self.eyes.person, *sorted(self.eyes.orgs)]

    def checkpoint(self) -> bytes:
        return self.server.checkpoint()

    def consistency(self, old: int, new: int) -> Sequence[bytes]:
        return merkle.consistency_proof(old, new, self.server.tree.read)

    def entries(self, bundle: int, width: int) -> Sequence[bytes]:
        return self.server.entries[bundle * WIDTH : bundle * WIDTH + width]

    def chain(self, id: str, after: int) -> Shown | None:
        if id not in self.eyes.chains or id not in self.server.rows:
            return None
        rows = self.server.rows[id]
        return Shown([row.id for row in rows], [self._shown(row) for row in rows[after:]])

    def _shown(self, row: Row) -> Row:
        open_to_us = self.eyes.reads(self.server.said[row.id])
        return row if open_to_us else Row(row.id, row.seq, row.index, None)

    def _is_team(self, chain: str) -> bool:
        first: Iterable[Row] = self.server.rows.get(chain, [])[:1]
        return any(self.server.said[row.id].type == "consortium.create" for row in first)
