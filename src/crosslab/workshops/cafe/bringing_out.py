"""How a harvest card becomes a note on the wall, and so a source of themes, threads and business cases."""

from uuid import UUID

from sqlmodel import Session, select

from crosslab.workshops import queries as walls
from crosslab.workshops.tables import Card, Note, Workshop
from crosslab.workshops.wall import tell

from . import queries
from .tables import LETTER, Harvest


def bring_out(db: Session, workshop: Workshop, turn: int | None = None) -> int:
    """Every draft of a round, or of all rounds, goes on the wall. How many did."""
    drafts = [
        each for each in queries.cards(db, workshop) if each.note_id is None and turn in {None, each.turn}
    ]
    for card in drafts:
        put_out(db, workshop, card)
    return len(drafts)


def put_out(db: Session, workshop: Workshop, card: Harvest) -> None:
    """The card's idea hangs as a note of whoever wrote it; a card that was changed changes its note."""
    note = _note_of(db, card)
    if note is None:
        note = _hung(db, workshop, card)
        card.note_id = note.id
    else:
        note.text = card.idea
    db.add(card)
    tell(db, workshop.id, "note", id=note.id)


def _note_of(db: Session, card: Harvest) -> Note | None:
    return db.exec(select(Note).where(Note.id == card.note_id)).one_or_none() if card.note_id else None


def _hung(db: Session, workshop: Workshop, card: Harvest) -> Note:
    key = f"harvest-{card.turn}-{card.at}"
    if (there := walls.note_by_key(db, workshop, key)) is not None:
        return there
    note = Note(
        workshop_id=workshop.id,
        programme_id=workshop.programme_id,
        company_id=company_behind(db, workshop, card) or UUID(int=0),
        card_id=card.card_id,
        prompt=LETTER,
        text=card.idea,
        key=key,
        on_paper=card.on_paper,
        at=float(workshop.seq + 1),
    )
    db.add(note)
    db.flush()
    return note


def company_behind(db: Session, workshop: Workshop, card: Harvest) -> UUID | None:
    """The company under which a card hangs: its writer's, else the table's host's, else the first that is named."""
    table = next((each for each in queries.tables_of(db, workshop) if each.at == card.at), None)
    for who in (card.card_id, table.host_id if table else None):
        found = db.exec(select(Card.company_id).where(Card.id == who)).one_or_none() if who else None
        if found is not None:
            return found
    return UUID(card.companies[0]) if card.companies else None
