"""Who came and what came of it, in figures. What could point at a single person is left out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from crosslab.workshops.links import pairs
from crosslab.workshops.queries.shown import Wall
from crosslab.workshops.tables import Card, Company, Liking, Presence, Workshop

from .queries import answers, letters_of
from .tables import Answer, LetterKind, Outcome

FEWEST = 5
"""Below so many answers nobody is told their distribution: one could be found out."""


@dataclass(frozen=True)
class Line:
    """A company's day. `suggested` counts the pairs it is part of; `tied` and `reached` threads it made and got."""

    company: Company
    present: Mapping[Presence, int]
    notes: int
    tied: int
    reached: int
    walked: int
    suggested: int


@dataclass(frozen=True)
class Effect:
    """A day and what came of it. `outcomes` is empty while fewer than five have answered."""

    lines: list[Line]
    present: Mapping[Presence, int]
    on_paper: int
    asked: int
    answered: int
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    with_whom: list[tuple[Company, int]] = field(default_factory=list)
    words: list[tuple[str, str]] = field(default_factory=list)

    @property
    def enough(self) -> bool:
        """Whether so many have answered that nobody can be found out."""
        return self.answered >= FEWEST


def effect(db: Session, workshop: Workshop, wall: Wall) -> Effect:
    """The attendance and effect of a workshop."""
    present, given = _present(db, workshop), answers(db, workshop)
    return Effect(
        lines=_lines(wall, present, _walked(db, workshop)),
        present=sum(present.values(), Counter()),
        on_paper=sum(note.on_paper for note in wall.notes),
        asked=len(letters_of(db, workshop, LetterKind.AFTER)),
        answered=len(given),
        **(_told(wall, given) if len(given) >= FEWEST else {}),
    )


def _told(wall: Wall, given: list[tuple[Answer, str]]) -> dict[str, Any]:
    met = Counter(UUID(each) for answer, _ in given for each in answer.companies)
    return {
        "outcomes": Counter(answer.outcome for answer, _ in given),
        "with_whom": [(wall.named[each], n) for each, n in met.most_common() if each in wall.named],
        "words": [(answer.words, company) for answer, company in given if answer.words],
    }


def _lines(wall: Wall, present: dict[UUID, Counter[Presence]], walked: Counter[UUID]) -> list[Line]:
    links = wall.links
    tied, reached = Counter(link.from_org for link in links), Counter(link.to_org for link in links)
    suggested = Counter(org for each in pairs(links) for org in each.orgs)
    notes = wall.by_company
    return [
        Line(
            company=each,
            present=present.get(each.id, Counter()),
            notes=len(notes.get(each.id, [])),
            tied=tied[str(each.id)],
            reached=reached[str(each.id)],
            walked=walked[each.id],
            suggested=suggested[str(each.id)],
        )
        for each in wall.companies
    ]


def _present(db: Session, workshop: Workshop) -> dict[UUID, Counter[Presence]]:
    rows = select(Card.company_id, Card.presence, func.count()).where(Card.workshop_id == workshop.id)
    found: dict[UUID, Counter[Presence]] = {}
    for company, presence, count in db.exec(rows.group_by(col(Card.company_id), col(Card.presence))).all():
        found.setdefault(company, Counter())[Presence(presence)] += count
    return found


def _walked(db: Session, workshop: Workshop) -> Counter[UUID]:
    rows = select(Card.company_id, func.count()).join(Liking, col(Liking.card_id) == col(Card.id))
    counted = rows.where(Card.workshop_id == workshop.id).group_by(col(Card.company_id))
    return Counter(dict(db.exec(counted).all()))
