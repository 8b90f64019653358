"""What a wall suggests: who should talk, and which themes carry; and the seed of a business case from each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from crosslab.workshops.links import Suggestion, pairs, trios
from crosslab.workshops.queries.shown import Wall
from crosslab.workshops.tables import Company, Note, Theme, Tie

MOST_PAIRS, MOST_TRIOS = 16, 6


@dataclass(frozen=True)
class Seed:
    """What a business case is drafted from: a name for the suggestion, and everything it rests on.

    The first of the companies wrote most of it.
    """

    origin: str
    title: str
    companies: tuple[UUID, ...]
    notes: tuple[UUID, ...]
    ties: tuple[UUID, ...] = ()
    theme: UUID | None = None

    @property
    def sources(self) -> list[dict[str, UUID]]:
        """Everything it rests on, the strongest first of each kind."""
        return [
            *({"note_id": each} for each in self.notes),
            *({"tie_id": each} for each in self.ties),
            *([{"theme_id": self.theme}] if self.theme else []),
        ]


@dataclass(frozen=True)
class Talk:
    """Two or three who should talk: why, and what they wrote."""

    found: Suggestion
    companies: tuple[Company, ...]
    notes: tuple[Note, ...]
    ties: tuple[Tie, ...]

    @property
    def origin(self) -> str:
        return "companies:" + ":".join(sorted(self.found.orgs))

    @property
    def seed(self) -> Seed:
        """A case of these companies, called after the words of their strongest thread."""
        said = next((tie.why for tie in self.ties if tie.why), "")
        return Seed(
            self.origin,
            (said or " · ".join(each.name for each in self.companies))[:120],
            _by_share(self.notes, [each.id for each in self.companies]),
            tuple(note.id for note in self.notes),
            tuple(tie.id for tie in self.ties),
        )


def talks(wall: Wall) -> list[Talk]:
    """Every two with a thread, mutual ones first, then every three of which each two are tied."""
    links = wall.links
    ties = {str(tie.id): tie for tie in wall.ties}
    found = [*pairs(links)[:MOST_PAIRS], *trios(links, MOST_TRIOS)]
    return [
        Talk(
            each,
            tuple(wall.named[UUID(org)] for org in each.orgs),
            tuple(wall.of[UUID(note)] for note in each.notes),
            tuple(ties[link.id] for link in each.links),
        )
        for each in found
    ]


def of_theme(theme: Theme, notes: Sequence[Note]) -> Seed:
    """A case of a theme: of all that lies on it now."""
    companies = _by_share(notes, [])
    return Seed(f"theme:{theme.id}", theme.title, companies, tuple(note.id for note in notes), theme=theme.id)


def of_note(note: Note, companies: Sequence[UUID] = ()) -> Seed:
    """A case of one note: of a table's harvest, with the companies that could, or of a thought that needs no other."""
    named = tuple(dict.fromkeys([note.company_id, *companies]))
    return Seed(f"note:{note.id}", note.text[:120], named, (note.id,))


def _by_share(notes: Sequence[Note], companies: Sequence[UUID]) -> tuple[UUID, ...]:
    """The companies of these notes, those with most notes first."""
    counted = Counter(note.company_id for note in notes)
    return tuple(dict.fromkeys([*(company for company, _ in counted.most_common()), *companies]))
