"""The shapes the rule book is written in. They check themselves when imported."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Rule:
    """One verb: who may do it, what the button says, what the log says, who is told, what follows.

    `who` and `tell` are roles; a role is held at a place, and a thing names its places. `then` names the
    jobs that are put in the queue with the event, in the same transaction. `mail` says that those told
    get a letter at once and not with the daily digest.
    """

    verb: StrEnum
    who: frozenset[StrEnum]
    button: str
    log: str
    tell: frozenset[StrEnum] = frozenset()
    then: tuple[str, ...] = ()
    mail: bool = False


@dataclass(frozen=True, slots=True)
class Move(Generic[S]):
    """One arrow of a lifecycle."""

    verb: StrEnum
    source: S
    target: S


@dataclass(frozen=True)
class Lifecycle(Generic[S]):
    """The states of one kind of thing, the only arrows between them, and what each state is called.

    Raises `ValueError` when a state cannot be reached, cannot be left without being an end, has no name,
    or when a verb would lead to two places from one state.
    """

    start: S
    ends: frozenset[S]
    moves: tuple[Move[S], ...]
    names: dict[S, str] = field(hash=False)

    def __post_init__(self) -> None:
        states = set(type(self.start))
        reached = {self.start} | {m.target for m in self.moves}
        leaving = {m.source for m in self.moves if m.source != m.target}
        if states - reached:
            raise ValueError(f"unreachable: {sorted(states - reached)}")
        if (states - self.ends) - leaving or self.ends & leaving:
            raise ValueError(
                f"every state has a way out, except the ends: {sorted((states - self.ends) - leaving)}"
            )
        if len({(m.verb, m.source) for m in self.moves}) != len(self.moves):
            raise ValueError("a verb leads to one place from each state")
        if set(self.names) != states:
            raise ValueError("every state has a name")

    def target(self, verb: StrEnum, source: S) -> S | None:
        """Where `verb` leads from `source`, or None when there is no such arrow."""
        return next((m.target for m in self.moves if (m.verb, m.source) == (verb, source)), None)

    def knows(self, verb: StrEnum) -> bool:
        """Whether the verb is an arrow of this lifecycle at all."""
        return any(m.verb == verb for m in self.moves)

    def verbs_from(self, source: S) -> list[StrEnum]:
        """The arrows that leave a state, in the order of the rule book."""
        return [m.verb for m in self.moves if m.source == source]

    def mermaid(self) -> str:
        """The lifecycle as a Mermaid state diagram."""
        arrows: Iterable[str] = (f"  {m.source} --> {m.target}: {m.verb}" for m in self.moves)
        ends = (f"  {end} --> [*]" for end in sorted(self.ends))
        return "\n".join(["stateDiagram-v2", f"  [*] --> {self.start}", *arrows, *ends])


Cycle = Lifecycle[Any] | None
