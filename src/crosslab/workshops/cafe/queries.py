"""Questions about a café: its plan, who sits where, its cards."""

from collections import defaultdict
from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.rules import NoteState
from crosslab.workshops.tables import Card, Company, Note, Presence, Workshop

from .tables import Cafe, CafeTable, Harvest, Seat

Seats = dict[int, dict[int, list[Card]]]
"""People by round and table."""
COMES = (Presence.EXPECTED, Presence.HERE, Presence.LATE)
"""Whoever has a seat: those who are here, late or still expected."""


def cafe_of(db: Session, workshop: Workshop) -> Cafe | None:
    """The café of a workshop, once it is planned."""
    return db.exec(select(Cafe).where(Cafe.workshop_id == workshop.id)).one_or_none()


def hold(db: Session, workshop: Workshop) -> None:
    """Let nobody else seat people or keep cards here until the transaction ends."""
    db.exec(select(Workshop.id).where(Workshop.id == workshop.id).with_for_update()).one()


def tables_of(db: Session, workshop: Workshop) -> list[CafeTable]:
    """The tables in order."""
    rows = select(CafeTable).where(CafeTable.workshop_id == workshop.id)
    return list(db.exec(rows.order_by(col(CafeTable.at))).all())


def coming(db: Session, workshop: Workshop) -> list[Card]:
    """Whoever has a seat, in the order they got their cards."""
    rows = select(Card).where(Card.workshop_id == workshop.id, col(Card.presence).in_(COMES))
    return list(db.exec(rows.order_by(col(Card.id))).all())


def seat_rows(db: Session, workshop: Workshop) -> list[Seat]:
    """Every seat of every round."""
    rows = select(Seat).where(Seat.workshop_id == workshop.id)
    return list(db.exec(rows.order_by(col(Seat.turn), col(Seat.at), col(Seat.card_id))).all())


def seated(db: Session, workshop: Workshop) -> Seats:
    """Who sits where in each round; whoever has gone is left out."""
    rows = select(Seat.turn, Seat.at, Card).join(Card, col(Card.id) == col(Seat.card_id))
    mine = rows.where(Seat.workshop_id == workshop.id, col(Card.presence).in_(COMES))
    found: defaultdict[int, dict[int, list[Card]]] = defaultdict(dict)
    for turn, at, card in db.exec(mine.order_by(col(Seat.turn), col(Seat.at), col(Card.name))).all():
        found[turn].setdefault(at, []).append(card)
    return dict(found)


def seats_of(db: Session, card: Card) -> list[Seat]:
    """The seats of somebody, round by round."""
    return list(db.exec(select(Seat).where(Seat.card_id == card.id).order_by(col(Seat.turn))).all())


def cards(db: Session, workshop: Workshop) -> list[Harvest]:
    """The harvest cards, by round and table."""
    rows = select(Harvest).where(Harvest.workshop_id == workshop.id)
    return list(db.exec(rows.order_by(col(Harvest.turn), col(Harvest.at))).all())


def hanging(db: Session, workshop: Workshop) -> set[UUID]:
    """The notes of harvest cards that hang on the wall: not those that were removed or taken back."""
    rows = select(Note.id).join(Harvest, col(Harvest.note_id) == col(Note.id))
    return set(db.exec(rows.where(Harvest.workshop_id == workshop.id, Note.state == NoteState.UP)).all())


def card_of(db: Session, note: Note) -> Harvest | None:
    """The harvest card that a note came from."""
    return db.exec(select(Harvest).where(Harvest.note_id == note.id)).first()


def card_at(db: Session, workshop: Workshop, turn: int, at: int) -> Harvest | None:
    """The harvest card of a table and round."""
    mine = select(Harvest).where(Harvest.workshop_id == workshop.id, Harvest.turn == turn, Harvest.at == at)
    return db.exec(mine).one_or_none()


def backers(db: Session, workshop_id: UUID) -> dict[UUID, set[UUID]]:
    """The companies that a harvest card names beside its host's, by the note its idea became."""
    rows = select(Harvest.note_id, Harvest.companies).where(
        Harvest.workshop_id == workshop_id, col(Harvest.note_id).is_not(None)
    )
    return {note: {UUID(each) for each in named} for note, named in db.exec(rows).all() if note is not None}


def companies_of(db: Session, workshop: Workshop) -> dict[UUID, Company]:
    """The companies of a workshop, in order."""
    rows = select(Company).where(Company.workshop_id == workshop.id).order_by(col(Company.at))
    return {company.id: company for company in db.exec(rows).all()}
