"""How thoughts lead on: from a note through threads and themes to business cases and what these became.

Pure. Themes merge and split; the trail never breaks, because a merged theme leads to what it became part of,
a split one to what it was cut from, and where a note lay is kept from when until when.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from crosslab.rules import NoteState, SkeletonState, Verb

K = TypeVar("K")


class Reach(StrEnum):
    """How far a note went, the nearest first."""

    WALL = "wall"  # it was read by those who walked the wall
    TIED = "tied"  # somebody tied a thread to it, or from it
    THEME = "theme"  # it is part of a theme
    CASE = "case"  # a business case was drafted from it
    CALL = "call"  # that case called for partners
    CONSORTIUM = "consortium"  # a consortium took the case up
    APPLICATION = "application"  # the consortium applied for money
    AWARD = "award"  # and got it


@dataclass(frozen=True, slots=True)
class Paper:
    """An application, as far as those outside may know: its title, and the last thing that happened to it."""

    title: str
    last: Verb


@dataclass(frozen=True, slots=True)
class Grown:
    """A business case and what it became. Titles alone: who may see more is another question."""

    id: UUID
    title: str
    state: SkeletonState
    consortium: str = ""
    dissolved: bool = False
    papers: tuple[Paper, ...] = ()

    @property
    def reach(self) -> Reach:
        """How far it went, and its notes with it."""
        if any(paper.last is Verb.FUNDING_AWARD for paper in self.papers):
            return Reach.AWARD
        if self.papers:
            return Reach.APPLICATION
        if self.consortium:
            return Reach.CONSORTIUM
        return Reach.CALL if self.state is SkeletonState.OPEN else Reach.CASE


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a note. `theme` is what it lies on now, `before` the themes it lay on that are no more its own."""

    note_id: UUID
    state: NoteState
    met: tuple[UUID, ...] = ()
    theme: str = ""
    before: tuple[str, ...] = ()
    cases: tuple[Grown, ...] = ()

    @property
    def reach(self) -> Reach:
        """The furthest it went."""
        here = Reach.THEME if self.theme else Reach.TIED if self.met else Reach.WALL
        order = list(Reach)
        return max([here, *(case.reach for case in self.cases)], key=order.index)


def path(theme: K, into: Mapping[K, K | None]) -> tuple[K, ...]:
    """A theme, and each that it became part of, up to the one that lives."""
    gone: list[K] = [theme]
    while (further := into.get(gone[-1])) is not None and further not in gone:
        gone.append(further)
    return tuple(gone)


def parts(theme: K, into: Mapping[K, K | None]) -> frozenset[K]:
    """Every theme that became part of this one, and itself."""
    return frozenset(each for each in into if theme in path(each, into)) | {theme}


def cut_from(theme: K, of: Mapping[K, K | None]) -> tuple[K, ...]:
    """The themes it was split from, the nearest first."""
    return path(theme, of)[1:]


def ever_on(theme: K, into: Mapping[K, K | None], laid: Iterable[tuple[UUID, K]]) -> tuple[UUID, ...]:
    """Each note that ever lay on a theme, or on one that became part of it, in the order they were laid."""
    within = parts(theme, into)
    return tuple(dict.fromkeys(note for note, on in laid if on in within))


def before(now: K | None, lay: Collection[K], into: Mapping[K, K | None]) -> Iterator[K]:
    """The themes a note lay on that did not become the one it lies on now; each by what it became."""
    known = dict.fromkeys(path(each, into)[-1] for each in lay)
    return (each for each in known if each != now)
