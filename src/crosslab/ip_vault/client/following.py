"""Following a log: every sync verifies everything that is new, and believes the source in nothing.

In order: the checkpoint's signature, consistency with the pin, witnesses if asked for, every new entry under
the root, each followed chain against the entries and the pin, tags against forks, withheld statements and
texts that may not be hidden, then replay. Each failure has a name (`Trouble`) and gives a `Proof`; nothing is
remembered of a failed sync.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from crosslab.ip_vault import merkle, note, tlog
from crosslab.ip_vault.client.look import Ended, Known, Log, Look, held_back
from crosslab.ip_vault.client.memory import Memory, Peaks, Pins, Row, Shown, Source
from crosslab.ip_vault.client.troubles import Trouble
from crosslab.ip_vault.errors import VaultError
from crosslab.ip_vault.replay import State
from crosslab.ip_vault.statements import parse
from crosslab.ip_vault.tiles import WIDTH

MOST_CHAINS = 2_000
TRIES = 4
AHEAD = 600  # seconds that a witness's clock may run before ours


@dataclass(frozen=True)
class Quorum:
    """How many of these witnesses must have seen a checkpoint, and how many seconds ago at most."""

    witnesses: tuple[note.Signer, ...] = ()
    least: int = 0
    oldest: int = 86_400


@dataclass(frozen=True)
class History:
    """What is so after a sync, and every statement whose text is for us."""

    state: State
    known: Mapping[str, Known]
    pins: Pins


class _MovedOn(Exception):
    """A chain shows statements that are newer than the checkpoint: look again."""


class Follower:
    """Follows one log with what a device remembers of it."""

    def __init__(
        self,
        log: note.Signer,
        memory: Memory | None = None,
        quorum: Quorum | None = None,
        earlier: tuple[Ended, ...] = (),
    ) -> None:
        self.log, self.memory, self.quorum = Log(log, earlier), memory or Memory(), quorum or Quorum()
        self._own: Collection[str] = frozenset()

    def sync(
        self,
        source: Source,
        roots: Sequence[str],
        more: Sequence[str] = (),
        now: int = 0,
        own: Collection[str] = (),
        inside: Collection[str] = (),
    ) -> History:
        """History as far as these chains lead: `roots` must be shown, `more` may be. Raises `Tampered`.

        `now` is the second of our clock, asked for when witnesses are. `own` are one's own chain and those of
        one's organisations: nothing on them is ever hidden from us. `inside` are the consortia one is in: on their
        chains and those of everybody in them nothing is hidden but what is for its parties alone.
        """
        self._own = frozenset(own)
        look = self._look(source, roots, more, now)
        look.check_whole(self._own)
        heads = {each: look.check_chain(each, self._pin(each)) for each in look.chains}
        state = look.state(self._own, inside)
        pins = Pins(look.raw, {**self.memory.pins.heads, **heads}, self.memory.pins.checked)
        kept = {**self.memory.chains, **look.chains}
        followed = frozenset(look.chains)
        self.memory = Memory(pins, look.entries, look.peaks, kept, frozenset(roots), followed)
        return History(state, look.known, pins)

    def confirm(
        self, source: Source, receipt: bytes, id: str, whole: bytes, before: bytes | None
    ) -> tlog.Receipt:
        """The receipt, proven to hold this note and to continue what was seen; the pin moves on to it."""
        try:
            parsed = tlog.parse_receipt(receipt)
            entry = tlog.statement_entry(id, whole, before, for_parties=parse(whole)[0].for_parties)
            point = tlog.verify_receipt(parsed, entry, self.log.name, self.log.signer.public)
        except VaultError as error:
            raise self.log.caught(Trouble.RECEIPT, str(error), notes=(whole,)) from error
        if self._continues(source, point, parsed.checkpoint):
            pins = self.memory.pins
            self.memory.pins = Pins(parsed.checkpoint, pins.heads, pins.checked)
        return parsed

    def cross(self, source: Source, successor: note.Signer) -> "Follower":
        """The follower of the log that follows this one, which has ended; `source` shows its last checkpoint.

        Everything up to there is read and verified a last time. What was pinned stays pinned. The key of the
        successor must come from where keys come from: the old log cannot vouch for it, for it may be stolen.
        """
        look = self._entries(source, *self._opened(source))
        ended = Ended(self.log.name, len(look.entries), look.raw)
        held = self.memory
        pins = Pins(b"", held.pins.heads, held.pins.checked)
        memory = Memory(pins, look.entries, Peaks(), held.chains, held.scope, held.followed)
        return Follower(successor, memory, self.quorum, (*self.log.earlier, ended))

    def check(self, person: str, *, yes: bool = True) -> None:
        """Remembers that a person's fingerprint was compared in person, or no longer."""
        pins = self.memory.pins
        checked = pins.checked | {person} if yes else pins.checked - {person}
        self.memory.pins = Pins(pins.checkpoint, pins.heads, checked)

    def _look(self, source: Source, roots: Sequence[str], more: Sequence[str], now: int) -> Look:
        """The log and the chains at one moment; tried again when statements came in between."""
        for left in range(TRIES, -1, -1):
            look = self._read_log(source, now)
            try:
                self._follow(source, look, roots, more, last=not left)
                return look
            except _MovedOn:
                continue
        raise self.log.caught(Trouble.UNLOGGED)

    def _read_log(self, source: Source, now: int) -> Look:
        """The newest checkpoint and every entry under it."""
        data, point = self._opened(source)
        self._check_witnesses(source, data, point, now)
        return self._entries(source, data, point)

    def _opened(self, source: Source) -> tuple[bytes, tlog.Checkpoint]:
        """The newest checkpoint, by the log's own key, and a continuation of what was seen."""
        data = source.checkpoint()
        try:
            point = tlog.parse_checkpoint(data)
        except VaultError as error:
            raise self.log.caught(Trouble.CHECKPOINT, str(error)) from error
        if point.origin != self.log.name:
            raise self.log.caught(Trouble.OTHER_LOG, point.origin, (data,))
        try:
            tlog.open_checkpoint(data, self.log.name, self.log.signer.public)
        except VaultError as error:
            raise self.log.caught(Trouble.CHECKPOINT, str(error)) from error
        self._continues(source, point, data, newest=True)
        return data, point

    def _continues(
        self, source: Source, point: tlog.Checkpoint, data: bytes, *, newest: bool = False
    ) -> bool:
        """Whether a checkpoint is as new as the pin, or newer. Raises when the two contradict each other.

        A receipt may come under an older checkpoint than the pin; then the pin must continue that one.
        """
        held = self.memory.pins.checkpoint
        if not held:
            return True
        pin = tlog.parse_checkpoint(held)
        if newest and point.size < pin.size:
            raise self.log.caught(Trouble.SMALLER, f"{point.size} entries after {pin.size}", (held, data))
        old, new = (pin, point) if pin.size <= point.size else (point, pin)
        if old.size == new.size and old.root != new.root:
            raise self.log.caught(Trouble.SPLIT, f"at {old.size} entries", (held, data))
        try:
            proof = source.consistency(old.size, new.size) if 0 < old.size < new.size else ()
            tlog.extends(old, new, proof)
        except VaultError as error:
            raise self.log.caught(Trouble.REWRITTEN, str(error), (held, data)) from error
        return point.size >= pin.size

    def _check_witnesses(self, source: Source, data: bytes, point: tlog.Checkpoint, now: int) -> None:
        """The checkpoint, or a recent one that it continues, was seen by as many witnesses as are asked for.

        Witnesses come by once a minute or so; what is newer than their last visit is not theirs to vouch for yet.
        """
        if self._seen_by(data, now) >= self.quorum.least:
            return
        older = source.agreed(self.quorum.least) or data
        if self._seen_by(older, now) < self.quorum.least:
            said = f"{self._seen_by(older, now)} of {self.quorum.least}"
            raise self.log.caught(Trouble.WITNESSES, said, (data,))
        try:
            seen = tlog.open_checkpoint(older, self.log.name, self.log.signer.public)
            proof = source.consistency(seen.size, point.size) if 0 < seen.size < point.size else ()
            tlog.extends(seen, point, proof)
        except VaultError as error:
            raise self.log.caught(Trouble.REWRITTEN, str(error), (older, data)) from error

    def _seen_by(self, data: bytes, now: int) -> int:
        seen = 0
        for witness in self.quorum.witnesses:
            try:
                at = tlog.verify_cosignature(data, witness)
            except VaultError:
                continue
            seen += now - self.quorum.oldest <= at <= now + AHEAD
        return seen

    def _entries(self, source: Source, data: bytes, point: tlog.Checkpoint) -> Look:
        entries, peaks = list(self.memory.entries), self.memory.peaks.copy()
        base = self.log.base
        while len(entries) < base + point.size:
            bundle, have = divmod(len(entries) - base, WIDTH)
            width = min(WIDTH, point.size - bundle * WIDTH)
            try:
                got = source.entries(bundle, width)
            except VaultError as error:
                raise self.log.caught(Trouble.ENTRIES_CHANGED, str(error), (data,)) from error
            if len(got) < width:
                raise self.log.caught(Trouble.ENTRIES_WITHHELD, f"from {bundle * WIDTH} on", (data,))
            for entry in got[have:width]:
                peaks.append(merkle.leaf_hash(entry))
                entries.append(entry)
        if peaks.root() != point.root:
            raise self.log.caught(Trouble.ENTRIES_CHANGED, f"under {point.size}", (data,))
        if self.log.earlier:
            last = self.log.earlier[-1].last
            if entries[base : base + 1] != [tlog.previous_log_entry(last)]:
                raise self.log.caught(
                    Trouble.OTHER_LOG, "it does not begin where the other ended", (last, data)
                )
        return Look(self.log, data, point, entries, peaks)

    def _follow(
        self, source: Source, look: Look, roots: Sequence[str], more: Sequence[str], *, last: bool
    ) -> None:
        """Every chain that the given ones lead to: who signed, for whom, who is named.

        A chain that we did not follow before may open texts to us on those that we did: then these are asked for
        again. Without them what others do next would look as if it were against the rules.
        """
        anew = frozenset(roots) != self.memory.scope
        self._walk(source, look, roots, more, anew=anew, last=last)
        if not anew and look.chains.keys() - self.memory.followed:
            self._walk(source, look, roots, more, anew=True, last=last)

    def _walk(
        self, source: Source, look: Look, roots: Sequence[str], more: Sequence[str], *, anew: bool, last: bool
    ) -> None:
        asked: set[str] = set()
        wanted = [each for each in dict.fromkeys([*roots, *more]) if each]
        while wanted:
            asked.update(wanted)
            if len(asked) > MOST_CHAINS:
                raise self.log.caught(Trouble.TOO_MANY_CHAINS, str(len(asked)))
            named: dict[str, None] = {}
            for each in wanted:
                rows = self._chain(source, each, anew=anew, must=each in roots)
                if rows is None:
                    continue
                if any(row.index >= self.log.base + look.point.size for row in rows):
                    if last:
                        raise self.log.caught(Trouble.UNLOGGED, each, (look.raw,))
                    raise _MovedOn
                named |= dict.fromkeys(look.read(each, rows))
            wanted = [each for each in named if each not in asked]

    def _chain(self, source: Source, id: str, *, anew: bool, must: bool) -> list[Row] | None:
        """A chain's rows: those remembered, and what came after.

        Texts once hidden are asked for again when we follow other chains than the last time, and on one's own
        chains; what is not for its parties alone every time, for it may have been shown to us since.
        """
        known = self.memory.chains.get(id, [])
        hidden = any(row.note is None for row in known)
        again = hidden and (anew or id in self._own or bool(held_back(known, self.memory.entries)))
        held = [] if again else known
        try:
            shown = source.chain(id, len(held))
        except VaultError as error:
            raise self.log.caught(Trouble.CHAIN_INCOMPLETE, f"{id}: {error}") from error
        if shown is None:
            if must:
                raise self.log.caught(Trouble.CHAIN_MISSING, id)
            return None
        before = [row.id for row in known]
        if len(shown.ids) < len(before):
            raise self.log.caught(Trouble.CHAIN_SHORTER, id, chain=shown.ids)
        if list(shown.ids[: len(before)]) != before:
            raise self.log.caught(Trouble.CHAIN_CHANGED, id, chain=shown.ids)
        return self._complete(id, shown, [*held, *shown.rows])

    def _complete(self, id: str, shown: Shown, rows: list[Row]) -> list[Row]:
        fits = rows and [row.id for row in rows] == list(shown.ids) and rows[0].id == id
        if not fits or any(row.seq != seq or row.index < 0 for seq, row in enumerate(rows)):
            raise self.log.caught(Trouble.CHAIN_INCOMPLETE, id, chain=shown.ids)
        return rows

    def _pin(self, chain: str) -> tuple[int, str]:
        return self.memory.pins.heads.get(chain, (0, ""))
