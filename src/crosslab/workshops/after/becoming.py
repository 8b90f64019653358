"""What became of each note: whether it hangs, the theme it lies on, who tied something to it, what it led to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.rules import N_, NoteState
from crosslab.workshops.lineage import Fate, Grown, Reach
from crosslab.workshops.queries.fates import fates
from crosslab.workshops.queries.shown import Wall
from crosslab.workshops.tables import Card, Note, Tie, Workshop
from crosslab.workshops.why import LINKS

LED = {
    Reach.CASE: N_("A business case was drafted from it."),
    Reach.CALL: N_("It is part of the business case “{title}”, which looks for partners."),
    Reach.CONSORTIUM: N_("It is part of the business case “{title}”, which a consortium has taken up."),
    Reach.APPLICATION: N_(
        "It is part of the business case “{title}”, and a consortium has applied for money for it."
    ),
    Reach.AWARD: N_("It is part of the business case “{title}”, and a consortium has got money for it."),
}
"""How far a note went beyond its theme. What is only drafted, and who is in a consortium, is not said by name."""


@dataclass(frozen=True)
class Threaded:
    """A thread seen from one note: to which company it leads, what it says, and whether they tied it to us."""

    company: str
    kind: str
    why: str
    theirs: bool


@dataclass(frozen=True)
class Led:
    """What a note led to: a sentence, and the title it names."""

    says: str
    title: str


@dataclass(frozen=True)
class Became:
    """One note and what became of it. Figures are of the day: distinct companies on its theme, dots, marks."""

    id: UUID
    prompt: str
    text: str
    removed: bool
    reason: str
    theme: str
    companies: int
    dots: int
    liked: int
    threads: tuple[Threaded, ...]
    led: tuple[Led, ...]

    @property
    def told(self) -> dict[str, Any]:
        """It as plain facts for a letter."""
        plain = {key: value for key, value in vars(self).items() if key != "id"}
        several = {"threads": [vars(each) for each in self.threads], "led": [vars(each) for each in self.led]}
        return {**plain, **several}


def became(db: Session, workshop: Workshop, wall: Wall, cards: Iterable[Card]) -> dict[UUID, list[Became]]:
    """What became of the notes of these cards, in the order they were written. Taken back ones are left out."""
    ids, threads, fate = [card.id for card in cards], _threads(wall), fates(db, workshop)
    wrote = select(Note).where(col(Note.card_id).in_(ids), Note.state != NoteState.TAKEN_BACK)
    found: defaultdict[UUID, list[Became]] = defaultdict(list)
    for note in db.exec(wrote.order_by(col(Note.id))).all():
        if note.card_id:
            found[note.card_id].append(_of(wall, note, threads.get(note.id, ()), fate[note.id]))
    return dict(found)


def _of(wall: Wall, note: Note, threads: Iterable[Threaded], fate: Fate) -> Became:
    removed = note.state is NoteState.REMOVED
    theme = None if removed else next((each for each in wall.themes if each.id == note.theme_id), None)
    return Became(
        id=note.id,
        prompt=note.prompt,
        text=note.text,
        removed=removed,
        reason=note.reason if removed else "",
        theme=theme.title if theme else "",
        companies=wall.breadth(theme) if theme else 0,
        dots=wall.dots[theme.id] if theme else 0,
        liked=wall.liked[note.id],
        threads=tuple(threads),
        led=() if removed else tuple(_led(case) for case in fate.cases),
    )


def _led(case: Grown) -> Led:
    """What may be said of a business case to somebody who is perhaps not in it."""
    return Led(LED[case.reach], "" if case.reach is Reach.CASE else case.title)


def _threads(wall: Wall) -> dict[UUID, list[Threaded]]:
    """The threads at each note, those that others tied first."""
    found: defaultdict[UUID, list[Threaded]] = defaultdict(list)
    for tie in wall.ties:
        found[tie.to_id].append(_seen(wall, tie, tie.from_id, theirs=True))
        found[tie.from_id].append(_seen(wall, tie, tie.to_id, theirs=False))
    return {note: sorted(each, key=lambda one: not one.theirs) for note, each in found.items()}


def _seen(wall: Wall, tie: Tie, other: UUID, *, theirs: bool) -> Threaded:
    company = wall.named[wall.of[other].company_id].name
    return Threaded(company, LINKS[tie.kind], tie.why, theirs)
