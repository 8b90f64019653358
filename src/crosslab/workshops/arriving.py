"""A list of companies as somebody pastes it, a line each, and what would become of each line."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

MOST_COMPANIES = 80
"""As many headings as a wall has room for."""
SHORTEST, LONGEST = 2, 120
_BULLET = re.compile(r"^\s*(?:[-–•*]|\d+[.)])\s+")


class Fate(StrEnum):
    """What becomes of a line."""

    NEW = "new"
    KNOWN = "known"
    SEVERAL = "several"
    HANGS = "hangs"
    TWICE = "twice"
    SHORT = "short"
    LONG = "long"
    FULL = "full"


JOINING = (Fate.NEW, Fate.KNOWN, Fate.SEVERAL)


@dataclass(frozen=True)
class Line:
    """A company as somebody wrote it: its name, and perhaps its town after a semicolon or a tab."""

    name: str
    town: str = ""


@dataclass(frozen=True)
class Known:
    """An organisation of the house, as far as a list can name it."""

    id: UUID
    name: str
    town: str


@dataclass(frozen=True)
class Arrival:
    """A line, what becomes of it, and the organisation here that it is."""

    name: str
    fate: Fate
    known: Known | None = None

    @property
    def joins(self) -> bool:
        """Whether it gets a heading on the wall."""
        return self.fate in JOINING


def lines(text: str) -> list[Line]:
    """Every line with something on it. What lists put before a name is left out: dashes, dots, numbers."""
    found = []
    for line in text.splitlines():
        name, _, town = _BULLET.sub("", line).replace("\t", ";").partition(";")
        if name.strip():
            found.append(Line(" ".join(name.split()), " ".join(town.split(";")[0].split())))
    return found


def arrivals(
    listed: Sequence[Line], there: Collection[str], known: Sequence[Known], places: int
) -> list[Arrival]:
    """What becomes of each line on a wall with these headings and so many free places."""
    hanging, taken, called = {_alike(name) for name in there}, set[str](), _by_name(known)
    found: list[Arrival] = []
    for line in listed:
        fate, organisation = _recognised(line, called)
        name = organisation.name if organisation else line.name
        trouble = _trouble(name, hanging, taken, places - len(taken))
        if trouble is None:
            taken.add(_alike(name))
        found.append(Arrival(name, trouble or fate, None if trouble else organisation))
    return found


def _by_name(known: Sequence[Known]) -> Mapping[str, list[Known]]:
    found: defaultdict[str, list[Known]] = defaultdict(list)
    for each in known:
        found[_alike(each.name)].append(each)
    return found


def _recognised(line: Line, called: Mapping[str, list[Known]]) -> tuple[Fate, Known | None]:
    """The organisation of this name, and of this town where one is written. Of several, none is guessed."""
    found = called.get(_alike(line.name), [])
    if line.town:
        found = [each for each in found if _alike(each.town) == _alike(line.town)]
    if len(found) == 1:
        return Fate.KNOWN, found[0]
    return (Fate.SEVERAL if found else Fate.NEW), None


def _trouble(name: str, hanging: set[str], taken: set[str], free: int) -> Fate | None:
    """Why a line is left out; None when it is not."""
    if not SHORTEST <= len(name) <= LONGEST:
        return Fate.SHORT if len(name) < SHORTEST else Fate.LONG
    if _alike(name) in hanging:
        return Fate.HANGS
    if _alike(name) in taken:
        return Fate.TWICE
    return None if free > 0 else Fate.FULL


def _alike(name: str) -> str:
    return " ".join(name.casefold().split())
