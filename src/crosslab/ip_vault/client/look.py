"""One look at a log: its checkpoint, its entries, the chains shown with it, and whether they belong together."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crosslab.ip_vault import chains, merkle, note, tlog
from crosslab.ip_vault.client.memory import Peaks, Row
from crosslab.ip_vault.client.troubles import Proof, Tampered, Trouble
from crosslab.ip_vault.errors import VaultError
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.replay import Hidden, Logged, State, apply
from crosslab.ip_vault.statements import Statement, parse


@dataclass(frozen=True)
class Known:
    """A statement as it was read: its parts, its whole note, its place in the log."""

    said: Statement
    note: bytes
    index: int


@dataclass(frozen=True)
class Ended:
    """A log that another one follows: its name, the index of the register it ended before, its last checkpoint."""

    name: str
    end: int
    last: bytes


@dataclass(frozen=True)
class Log:
    """The log that is followed: its name and key, those it follows, and the way to accuse it."""

    signer: note.Signer
    earlier: tuple[Ended, ...] = ()

    @property
    def base(self) -> int:
        """The index of the register at which this log begins."""
        return self.earlier[-1].end if self.earlier else 0

    @property
    def name(self) -> str:
        """The log's origin."""
        return self.signer.name

    def caught(
        self,
        trouble: Trouble,
        detail: str = "",
        checkpoints: Sequence[bytes] = (),
        receipts: Sequence[tuple[str, str]] = (),
        notes: Sequence[bytes] = (),
        chain: Sequence[str] = (),
    ) -> Tampered:
        """What to raise, with everything that shows it."""
        vkey = note.vkey(self.signer.name, self.signer.public)
        points, said = (tuple(map(_text, each)) for each in (checkpoints, notes))
        return Tampered(Proof(trouble, vkey, detail, points, tuple(receipts), said, tuple(chain)))


@dataclass
class Look:
    """What was fetched in one attempt, to be remembered only when all of it holds."""

    log: Log
    raw: bytes
    point: tlog.Checkpoint
    entries: list[bytes]
    peaks: Peaks
    chains: dict[str, list[Row]] = field(default_factory=dict)
    known: dict[str, Known] = field(default_factory=dict)
    tags: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for index, entry in enumerate(self.entries):
            if entry.startswith(b"s "):
                self.tags.setdefault(tlog.place(_tag_in(entry)), []).append(index)

    def read(self, id: str, rows: list[Row]) -> Iterator[str]:
        """Reads the texts of a chain; yields whose chains it takes to judge them."""
        self.chains[id] = rows
        for row in rows:
            if row.note is None:
                continue
            try:
                said, _ = parse(row.note)
            except VaultError as error:
                raise self.log.caught(Trouble.AGAINST_RULES, str(error), notes=(row.note,)) from error
            if said.id != row.id:
                raise self.log.caught(Trouble.WRONG_NOTE, row.id, notes=(row.note,))
            self.known[said.id] = Known(said, row.note, row.index)
            yield from named_by(said)

    def check_chain(self, id: str, pin: tuple[int, str]) -> tuple[int, str]:
        """A chain against the log and the pin (size and link in hex); its size and newest link."""
        size, head = pin
        before: bytes | None = None
        ids = [row.id for row in self.chains[id]]
        for row in self.chains[id]:
            self._check_entry(row, before)
            before = chains.link(before, row.id)
            if row.seq + 1 == size and before.hex() != head:
                raise self.log.caught(Trouble.CHAIN_CHANGED, id, chain=ids)
        if later := self._claims(tlog.tag(id, before)):
            shown = self._receipts(later[:1])
            raise self.log.caught(Trouble.WITHHELD, id, (self.raw,), shown, chain=ids)
        if len(ids) < size:
            raise self.log.caught(Trouble.CHAIN_SHORTER, id, chain=ids)
        return len(ids), (before or b"").hex()

    def check_whole(self, own: Collection[str]) -> None:
        """On one's own chains every text is shown: a rotation or removal hidden there would change who we are."""
        for chain in own:
            rows = self.chains.get(chain, [])
            if any(row.note is None for row in rows):
                ids = [row.id for row in rows]
                raise self.log.caught(Trouble.CHAIN_INCOMPLETE, f"{chain}: a text is held back", chain=ids)

    def state(self, own: Collection[str] = (), inside: Collection[str] = ()) -> State:
        """What the chains, read in log order, make true; then on those bound to us nothing may be held back.

        A rule may fail for want of a text that is held back, wherever: then that is what happened.
        """
        history = [self._logged(chain, row) for chain, rows in self.chains.items() for row in rows]
        earlier = tuple((each.name, each.end) for each in self.log.earlier)
        state = State(self.log.name, partial=True, earlier=earlier)
        for each in sorted(history, key=lambda each: each.index):
            try:
                apply(state, each)
            except VaultError as error:
                self._check_open(self.chains)
                notes = (each.note,) if isinstance(each, Logged) else ()
                raise self.log.caught(Trouble.AGAINST_RULES, str(error), (self.raw,), notes=notes) from error
        self._check_open(bound(state, own, inside, self.known))
        return state

    def _check_open(self, chains: Collection[str]) -> None:
        for chain in chains:
            if held := held_back(self.chains.get(chain, []), self.entries):
                detail = f"{chain}: {held[0].id} is held back, and is not for its parties alone"
                shown, ids = self._receipts([held[0].index]), [row.id for row in self.chains[chain]]
                raise self.log.caught(Trouble.CHAIN_INCOMPLETE, detail, (self.raw,), shown, chain=ids)

    def _check_entry(self, row: Row, before: bytes | None) -> None:
        notes = (row.note,) if row.note is not None else ()
        try:
            entry = tlog.parse_entry(self.entries[row.index])
        except VaultError as error:
            raise self.log.caught(Trouble.WRONG_ID, str(error), (self.raw,), notes=notes) from error
        if entry.id != row.id:
            raise self.log.caught(Trouble.WRONG_ID, row.id, (self.raw,), notes=notes)
        plain = tlog.tag(row.id, before)
        if tlog.place(entry.tag) != tlog.place(plain):
            raise self.log.caught(Trouble.WRONG_PLACE, row.id, (self.raw,), notes=notes)
        if row.note is not None and entry.note != digest(row.note):
            raise self.log.caught(Trouble.WRONG_NOTE, row.id, (self.raw,), notes=notes)
        if len(claims := self._claims(entry.tag)) > 1:
            raise self.log.caught(Trouble.FORKED, row.id, (self.raw,), self._receipts(claims[:2]), notes)
        if row.note is not None and self.known[row.id].said.for_parties != (entry.tag != plain):
            raise self.log.caught(
                Trouble.MISLABELLED, row.id, (self.raw,), self._receipts([row.index]), notes
            )

    def _claims(self, tag: str) -> list[int]:
        """Where in the log the place of this tag is claimed."""
        return self.tags.get(tlog.place(tag), [])

    def _logged(self, chain: str, row: Row) -> Logged | Hidden:
        """A request of somebody to an organisation that is none of our business is taken by its id alone."""
        if row.note is None:
            return Hidden(row.index, chain, row.id)
        said = self.known[row.id].said
        if said.type == "person.request" and said.body["org"] not in self.chains:
            return Hidden(row.index, chain, row.id)
        return Logged(row.index, row.note)

    def _receipts(self, indices: Sequence[int]) -> list[tuple[str, str]]:
        """Entries with the proof that they stand in the log, for a stranger to check; not those of logs before."""
        tree, base = merkle.Tree(), self.log.base
        for entry in self.entries[base:]:
            tree.append(merkle.leaf_hash(entry))
        shown = []
        for place in (index - base for index in indices if index >= base):
            proof = tuple(merkle.inclusion_proof(place, self.point.size, tree.read))
            receipt = tlog.write_receipt(tlog.Receipt(place, proof, self.raw))
            shown.append((_text(self.entries[base + place]), _text(receipt)))
        return shown


def held_back(rows: Sequence[Row], entries: Sequence[bytes]) -> list[Row]:
    """The rows without a text whose tag in the log says that it is not for its parties alone."""
    held, before = [], None
    for row in rows if any(row.note is None for row in rows) else ():
        entry = entries[row.index] if row.index < len(entries) else b""
        if row.note is None and _tag_in(entry) == tlog.tag(row.id, before):
            held.append(row)
        before = chains.link(before, row.id)
    return held


def bound(
    state: State, own: Collection[str], inside: Collection[str], known: Mapping[str, Known]
) -> set[str]:
    """The chains on which nothing is hidden from us but what is for its parties: ours, and of whom we work with.

    `own` are one's own chain and those of one's organisations, `inside` the consortia one is in: everybody who is
    or was in these, whom something is released to there, their people, and whoever signed for any of them.
    """
    teams = [state.consortia[each] for each in inside if each in state.consortia]
    orgs = {*own, *(org for each in teams for org in each.members)}
    orgs |= {state.releases[each].to for team in teams for each in team.releases}
    people = {each for org in orgs if org in state.organisations for each in state.organisations[org].people}
    people |= {each.person for each in state.requests.values() if each.answered and each.org in orgs}
    found = {*orgs, *people, *(each.id for each in teams)}
    return found | {each.said.by for each in known.values() if each.said.chain in found}


def named_by(said: Statement) -> list[str]:
    """The persons and organisations whose own chains it takes to judge a statement."""
    body = said.body
    named = [said.by, said.org]
    if said.type not in ("org.remove", "consortium.remove"):
        named += [str(body.get(key, "")) for key in ("org", "person", "to")]
    for key in ("authors", "orgs"):
        if isinstance(body.get(key), list):
            named += [str(each) for each in body[key]]
    return [each for each in named if each]


def _tag_in(entry: bytes) -> str:
    return entry[-33:-1].decode("ascii", "replace")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
