"""The way back after a restored backup: what the members' machines hold is taken in again, at the same places.

Entries are not believed but proven: they lead from what the database still holds to a checkpoint that this log has
signed. So the log goes on where it was, with the same history, and nobody has to be told that it went back. What is
handed back waits in a folder beside the high-water mark, outside the database, until the operator takes it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from uuid import UUID

from sqlmodel import Session

from crosslab.core.files import Files
from crosslab.ip_vault import note, tlog
from crosslab.ip_vault.client.memory import Peaks
from crosslab.ip_vault.errors import VaultError
from crosslab.ip_vault.returns import prove, read_return
from crosslab.ip_vault.statements import Statement as Said
from crosslab.ip_vault.statements import attachments, blobs, parse
from crosslab.ip_vault.statements.shape import TIME

from . import log
from .history import History, Trial
from .keeper import Keeper
from .store import key, remember, stored
from .tables import Attachment, BlobUse, Release, Statement

MOST_EACH = 4
Tie = Callable[[Session, Said], UUID | None]
"""Ties a statement taken back to what it stands for on the platform; gives the person who signed it, if known."""


@dataclass
class Given:
    """Everything that was handed back: proven entries by index, and texts and files by their hashes."""

    entries: dict[int, bytes] = field(default_factory=dict)
    notes: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    end: int = 0
    refused: list[str] = field(default_factory=list)


@dataclass
class Outcome:
    """What became of it: how many entries stand again, what nobody has handed back, what stays without its file."""

    taken: int = 0
    missing: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Wish:
    """How far the operator goes: only the beginning that is whole, or on without files that nobody has."""

    part: bool = False
    without_files: bool = False


def folder_of(keeper: Keeper) -> Path:
    """Where returns wait, beside the mark."""
    return keeper.mark.with_suffix(".returned")


def keep(keeper: Keeper, who: UUID, data: bytes) -> None:
    """Put a return that somebody handed in where the operator finds it; of each, the newest few."""
    folder = folder_of(keeper)
    folder.mkdir(mode=0o700, exist_ok=True)
    fresh = folder / f".{who}-{sha256(data).hexdigest()}"
    fresh.write_bytes(data)
    fresh.replace(folder / f"{who}-{sha256(data).hexdigest()}.json")
    theirs = sorted(folder.glob(f"{who}-*.json"), key=lambda path: path.stat().st_mtime_ns)
    for path in theirs[:-MOST_EACH]:
        path.unlink()


def waiting(keeper: Keeper) -> list[bytes]:
    """The returns that members have handed in."""
    return [path.read_bytes() for path in sorted(folder_of(keeper).glob("*.json"))]


def gather(db: Session, keeper: Keeper, handed: Sequence[bytes]) -> Given:
    """What was handed back, proven against what the database holds. What is neither that nor a list is said."""
    made, strange = Given(), dict[str, str]()
    for data in handed:
        try:
            _add(db, keeper, made, data)
        except VaultError as wrong:
            name = sha256(data).hexdigest()
            made.files[name], strange[name] = data, str(wrong)
    lists = {tlog.parse_entry(each).id for each in made.entries.values()}
    made.refused = [f"{name[:12]}: {why}" for name, why in strange.items() if name not in lists]
    return made


def _add(db: Session, keeper: Keeper, made: Given, data: bytes) -> None:
    one, head = read_return(data), log.head(db)
    point = prove(one, _before(db, one.first), note.Signer(keeper.origin, keeper.key.public))
    made.entries |= dict(enumerate(one.entries, head.base + one.first))
    made.end = max(made.end, head.base + point.size)
    made.notes |= {sha256(each).hexdigest(): each for each in one.notes}
    made.files |= {sha256(each).hexdigest(): each for each in one.files}


def _before(db: Session, first: int) -> Peaks:
    """The complete subtrees of the newest log in front of a place, or in front of its end."""
    size, read, made = min(first, log.size(db)), log.reader(db), Peaks()
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            made.hashes[level] = read(level, made.size >> level)
            made.size += 1 << level
    return made


def take_back(
    db: Session, history: History, keeper: Keeper, files: Files, given: Given, tie: Tie, wish: Wish
) -> Outcome:
    """Take in again what was lost, in its order, as far as it was handed back. The caller commits or undoes.

    Raises `Halted` when all of it is there and is still not what was signed last.
    """
    vouched, base = keeper.vouched, log.head(db).base
    end = max(given.end, base + vouched[0] if vouched else 0)
    made = Outcome(refused=given.refused)
    with history.trial(db) as trial:
        taking = _Taking(db, trial, files, given, tie, wish, made)
        for index in count(trial.index):
            if index >= end or not taking.take(index):
                break
        whole = trial.index >= end
        made.missing += (
            [] if whole else [each for at in range(trial.index + 1, end) for each in taking.lacks(at)]
        )
    if whole:
        keeper.check(db)
    return made


@dataclass
class _Taking:
    """One entry after another, as long as nothing is missing."""

    db: Session
    trial: Trial
    files: Files
    given: Given
    tie: Tie
    wish: Wish
    made: Outcome

    def take(self, index: int) -> bool:
        """Take the entry at this index in again. False when something of it is missing."""
        if lacks := list(self.lacks(index)):
            self.made.missing += lacks
            return False
        line = self.given.entries[index]
        entry = tlog.parse_entry(line)
        if entry.kind is tlog.Kind.RELEASE:
            manifest = self.given.files[entry.id].decode()
            self.db.add(Release(sha256=entry.id, idx=index, manifest=manifest))
            self.trial.entries.append(line)
        else:
            self._say_again(index, line, self.given.notes[entry.note])
        self.made.taken += 1
        return True

    def lacks(self, index: int) -> Iterator[str]:
        """What of an entry nobody has handed back."""
        line = self.given.entries.get(index)
        if line is None:
            yield f"{index}: the entry"
            return
        entry = tlog.parse_entry(line)
        if entry.kind is not tlog.Kind.STATEMENT:
            if entry.id not in self.given.files:
                yield f"{index}: the list of files of the release {entry.id[:12]}"
        elif entry.note not in self.given.notes:
            yield f"{index}: the text of the statement {entry.id[:12]}"
        elif not self.wish.without_files:
            yield from (f"{index}: {each}" for each in self._files_gone(self.given.notes[entry.note]))

    def _files_gone(self, whole: bytes) -> Iterator[str]:
        said = parse(whole)[0]
        for name, _ in attachments(said):
            if name not in self.given.files:
                yield f"the sealed key {name[:12]} of a {said.type}"
        for name, size in blobs(said):
            if self.files.size(key(name)) != size:
                yield f"the sealed file {name[:12]} of a version, which is not in the store"

    def _say_again(self, index: int, line: bytes, whole: bytes) -> None:
        """A statement at its old place: by the rules of history, and at the time it was said."""
        said, chains = parse(whole)[0], self.trial.state.chains
        before = chains[said.chain].head if said.chain in chains else None
        self.trial.read(whole)
        again = tlog.statement_entry(said.id, whole, before, for_parties=said.for_parties)
        assert again == line  # noqa: S101 - the log has signed this entry, and history agrees
        self.made.without += [f"{index}: {each}" for each in self._files_gone(whole)]
        self.db.add(_row(said, whole, index))
        self.db.flush()
        for name, _ in attachments(said):
            if name in self.given.files:
                self.db.add(Attachment(sha256=name, statement_id=said.id, data=self.given.files[name]))
        self._use_blobs(said, self.tie(self.db, said))
        self.trial.entries.append(line)

    def _use_blobs(self, said: Said, sender: UUID | None) -> None:
        """Sealed files lie in the store, which is not the database; that they are there is noted again."""
        for name, size in blobs(said):
            if sender and stored(self.db, name) is None and self.files.size(key(name)) == size:
                remember(self.db, name, size, sender)
            self.db.merge(BlobUse(sha256=name, version_id=said.id))


def _row(said: Said, whole: bytes, index: int) -> Statement:
    return Statement(
        id=said.id,
        idx=index,
        chain=said.chain,
        seq=said.place.seq,
        type=said.type,
        by=said.person,
        org=said.org,
        note=whole.decode(),
        at=datetime.strptime(said.at, TIME).replace(tzinfo=UTC),
    )
