"""Questions the actions ask: what is there already, how many, who."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, func, or_, select

from crosslab.core.actor import Actor
from crosslab.people.tables import Organisation
from crosslab.rules import NoteState
from crosslab.workshops.arriving import MOST_COMPANIES, Arrival, Known, Line, arrivals
from crosslab.workshops.tables import Card, Company, Dot, Laid, Liking, Note, Presence, Theme, Tie, Workshop

IN_ROOM = (Presence.HERE, Presence.LATE)


def company_named(db: Session, workshop: Workshop, name: str) -> Company | None:
    """The heading with this name, whatever its capitals: databases know those of English alone."""
    there = db.exec(select(Company.id, Company.name).where(Company.workshop_id == workshop.id)).all()
    same = next((one for one, called in there if called.casefold() == name.casefold()), None)
    return db.exec(select(Company).where(Company.id == same)).one() if same else None


def arriving(db: Session, actor: Actor, workshop: Workshop, listed: Sequence[Line]) -> list[Arrival]:
    """What would become of each line of a list of companies, by the organisations that whoever asks may see."""
    there = db.exec(select(Company.name).where(Company.workshop_id == workshop.id)).all()
    seen = select(Organisation.id, Organisation.name, Organisation.town).where(Organisation.visible_to(actor))
    known = [Known(*each) for each in db.exec(seen).all()]
    return arrivals(listed, there, known, MOST_COMPANIES - len(there))


def count_companies(db: Session, workshop: Workshop) -> int:
    """How many headings the wall has."""
    return db.exec(select(func.count()).where(Company.workshop_id == workshop.id)).one()


def is_used(db: Session, company: Company) -> bool:
    """Whether people or notes are under a heading."""
    card = select(Card.id).where(Card.company_id == company.id)
    note = select(Note.id).where(Note.company_id == company.id)
    return db.exec(card).first() is not None or db.exec(note).first() is not None


def card_by(db: Session, workshop: Workshop, person_id: UUID | None, token_hash: str) -> Card | None:
    """The card somebody holds already: theirs by name, or the one of their browser."""
    own = (
        or_(Card.person_id == person_id, Card.token_hash == token_hash)
        if person_id
        else Card.token_hash == token_hash
    )
    return db.exec(
        select(Card).where(Card.workshop_id == workshop.id, own).order_by(col(Card.person_id).is_(None))
    ).first()


def card_waiting(db: Session, workshop: Workshop, name: str, company: str) -> Card | None:
    """The card that was written for somebody of this name and company who is still expected."""
    heading = company_named(db, workshop, company)
    if heading is None:
        return None
    waits = select(Card).where(Card.company_id == heading.id, Card.presence == Presence.EXPECTED)
    found = db.exec(waits.order_by(col(Card.id))).all()
    return next((card for card in found if card.name.casefold() == name.casefold()), None)


def count_cards(db: Session, workshop: Workshop) -> int:
    """How many hold a card."""
    return db.exec(select(func.count()).where(Card.workshop_id == workshop.id)).one()


def count_here(db: Session, workshop: Workshop) -> int:
    """How many are in the room."""
    db.flush()
    here = col(Card.presence).in_(IN_ROOM)
    return db.exec(select(func.count()).where(Card.workshop_id == workshop.id, here)).one()


def note_by_key(db: Session, workshop: Workshop, key: str) -> Note | None:
    """The note that was sent with this key before."""
    return db.exec(select(Note).where(Note.workshop_id == workshop.id, Note.key == key)).first()


def count_own(db: Session, card: Card) -> int:
    """How many notes of somebody hang on the wall."""
    up = Note.state == NoteState.UP
    return db.exec(select(func.count()).where(Note.card_id == card.id, up)).one()


def place_before(
    db: Session, workshop: Workshop, company_id: UUID, prompt: str, before: Note | None
) -> float:
    """A place in a company's column before a note, or after the last one."""
    column = select(Note.at).where(
        Note.workshop_id == workshop.id,
        Note.company_id == company_id,
        Note.prompt == prompt,
        Note.state == NoteState.UP,
    )
    if before is None:
        last = db.exec(column.order_by(col(Note.at).desc())).first()
        return (last or 0.0) + 1.0
    left = db.exec(column.where(col(Note.at) < before.at).order_by(col(Note.at).desc())).first()
    return (before.at + (left if left is not None else before.at - 2.0)) / 2


def liking(db: Session, card: Card, note: Note) -> Liking | None:
    """The mark somebody put on a note."""
    return db.exec(select(Liking).where(Liking.card_id == card.id, Liking.note_id == note.id)).first()


def tie_by_key(db: Session, workshop: Workshop, key: str) -> Tie | None:
    """The thread that was sent with this key before."""
    return db.exec(select(Tie).where(Tie.workshop_id == workshop.id, Tie.key == key)).first()


def ties_at(db: Session, note: Note) -> list[UUID]:
    """The threads that are tied at a note."""
    here = or_(Tie.from_id == note.id, Tie.to_id == note.id)
    return list(db.exec(select(Tie.id).where(here, col(Tie.untied_at).is_(None)).order_by(col(Tie.id))).all())


def themes(db: Session, workshop: Workshop) -> list[Theme]:
    """The themes of a wall that did not become part of others, in the order they were made."""
    alive = col(Theme.ended_at).is_(None)
    return list(
        db.exec(select(Theme).where(Theme.workshop_id == workshop.id, alive).order_by(col(Theme.id))).all()
    )


def notes_on(db: Session, theme: Theme) -> list[Note]:
    """The notes that lie on a theme."""
    return list(db.exec(select(Note).where(Note.theme_id == theme.id).order_by(col(Note.id))).all())


def notes_up(db: Session, theme: Theme) -> list[Note]:
    """The notes that lie on a theme and hang on the wall."""
    return [note for note in notes_on(db, theme) if note.state is NoteState.UP]


def lying(db: Session, note: Note) -> Laid | None:
    """Where a note lies now."""
    return db.exec(select(Laid).where(Laid.note_id == note.id, col(Laid.until).is_(None))).first()


def dots_on(db: Session, theme: Theme) -> list[Dot]:
    """The dots on a theme."""
    return list(db.exec(select(Dot).where(Dot.theme_id == theme.id)).all())


def hold(db: Session, card: Card) -> None:
    """Let nobody else give this person's dots until the transaction ends."""
    db.exec(select(Card.id).where(Card.id == card.id).with_for_update()).one()


def dots_given(db: Session, card: Card) -> int:
    """How many dots somebody has given."""
    return db.exec(select(func.count()).where(Dot.card_id == card.id)).one()


def dot_of(db: Session, card: Card, theme: Theme) -> Dot | None:
    """One of somebody's dots on a theme, the newest."""
    mine = select(Dot).where(Dot.card_id == card.id, Dot.theme_id == theme.id)
    return db.exec(mine.order_by(col(Dot.id).desc())).first()
