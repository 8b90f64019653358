"""What came of a day, in the order it is told: figures, themes by breadth, who should talk, who tied to whom.

One shape for the page, the printed report and the file for programs. Nobody's name is in it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from crosslab.workshops.links import Suggestion, matrix, pairs, trios
from crosslab.workshops.queries.shown import Wall
from crosslab.workshops.tables import Company, Note, Theme, Tie

FIRST_PAIRS, FIRST_TRIOS, STEPS = 12, 6, 5
"""How many suggestions are shown at once, and printed; the page and the file for programs have all of them."""


@dataclass(frozen=True)
class Figures:
    """The day in numbers. `walked` counts the marks people put on notes of others."""

    companies: int
    notes: int
    threads: int
    tying: int
    mutual: int
    themes: int
    dots: int
    walked: int


@dataclass(frozen=True)
class Heap:
    """A theme: how many companies its notes come from, its dots, its notes."""

    theme: Theme
    companies: int
    dots: int
    notes: Sequence[Note]


@dataclass(frozen=True)
class Talk:
    """Two or three who should talk, why, and what they wrote and said."""

    found: Suggestion
    companies: tuple[Company, ...]
    notes: tuple[Note, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True)
class Cell:
    """How many threads lead from one company to another; its shade of five, of the most; whether some lead back."""

    count: int
    step: int
    mutual: bool


@dataclass(frozen=True)
class Picture:
    """A day as it is told."""

    wall: Wall
    figures: Figures
    heaps: list[Heap]
    pairs: list[Talk]
    trios: list[Talk]
    order: list[Company]
    rows: list[list[Cell | None]]

    @property
    def left_over(self) -> list[Note]:
        """The notes that lie on no theme."""
        return [note for note in self.wall.notes if note.theme_id is None]


def picture(wall: Wall) -> Picture:
    """A wall as it is told afterwards."""
    links = wall.links
    counts = matrix(links)
    order = _order(wall, counts)
    return Picture(
        wall=wall,
        figures=_figures(wall, counts),
        heaps=_heaps(wall),
        pairs=[_talk(wall, each) for each in pairs(links)],
        trios=[_talk(wall, each) for each in trios(links, None)],
        order=order,
        rows=_rows(order, counts),
    )


Counts = dict[tuple[str, str], int]


def _figures(wall: Wall, counts: Counts) -> Figures:
    return Figures(
        companies=len({note.company_id for note in wall.notes}),
        notes=len(wall.notes),
        threads=len(wall.ties),
        tying=len({org for pair in counts for org in pair}),
        mutual=sum((two, one) in counts for one, two in counts) // 2,
        themes=len(wall.themes),
        dots=sum(wall.dots[theme.id] for theme in wall.themes),
        walked=sum(wall.liked[note.id] for note in wall.notes),
    )


def _heaps(wall: Wall) -> list[Heap]:
    """Themes by the number of distinct companies, then by dots, then by name."""
    found = [
        Heap(theme, wall.breadth(theme), wall.dots[theme.id], wall.by_theme.get(theme.id, []))
        for theme in wall.themes
    ]
    return sorted(found, key=lambda each: (-each.companies, -each.dots, each.theme.title))


def _talk(wall: Wall, suggestion: Suggestion) -> Talk:
    companies = {str(each.id): each for each in wall.companies}
    notes, ties = {str(each.id): each for each in wall.notes}, {str(each.id): each for each in wall.ties}
    return Talk(
        found=suggestion,
        companies=tuple(companies[org] for org in suggestion.orgs),
        notes=tuple(notes[note] for note in suggestion.notes),
        ties=tuple(ties[link.id] for link in suggestion.links),
    )


def _order(wall: Wall, counts: Counts) -> list[Company]:
    """Companies with threads: those with most mutual partners first, then those with most threads."""
    mutual = Counter(one for one, two in counts if (two, one) in counts)
    threads: Counter[str] = Counter()
    for (one, two), count in counts.items():
        threads[one] += count
        threads[two] += count
    tied = [each for each in wall.companies if threads[str(each.id)]]
    return sorted(tied, key=lambda each: (-mutual[str(each.id)], -threads[str(each.id)], each.at))


def _rows(order: Sequence[Company], counts: Counts) -> list[list[Cell | None]]:
    most = max(counts.values(), default=1)
    return [[_cell(str(one.id), str(two.id), counts, most) for two in order] for one in order]


def _cell(one: str, two: str, counts: Counts, most: int) -> Cell | None:
    count = counts.get((one, two), 0)
    return Cell(count, ceil(STEPS * count / max(most, STEPS)), (two, one) in counts) if count else None
