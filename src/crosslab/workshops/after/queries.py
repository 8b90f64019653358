"""Questions about the time after a workshop."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from crosslab.core.actor import Actor
from crosslab.core.find import seen_by
from crosslab.core.jobs import Job
from crosslab.people.tables import Person
from crosslab.rules import NoteState
from crosslab.workshops.tables import Card, Company, Note, Presence, Workshop

from .tables import Answer, CardLetter, LetterKind, Results


def results_of(db: Session, workshop: Workshop) -> Results | None:
    """The results of a workshop, for the actions; whoever reads asks `results_for`."""
    return db.exec(select(Results).where(Results.workshop_id == workshop.id)).one_or_none()


def results_for(db: Session, actor: Actor, workshop: Workshop) -> Results | None:
    """The results of a workshop, if they are for these eyes."""
    return db.exec(seen_by(actor, Results).where(Results.workshop_id == workshop.id)).one_or_none()


@dataclass(frozen=True)
class Author:
    """Somebody who wrote, where they can be reached, and what became of their letter."""

    card: Card
    company: str
    notes: int
    address: str
    letter: CardLetter | None = None
    sent: str = ""

    @property
    def reached(self) -> bool:
        """Whether a letter can go to them."""
        return bool(self.address) and self.card.stopped_at is None


WAITING, SENT, TRYING, FAILED = "waiting", "sent", "trying", "failed"


def authors(db: Session, workshop: Workshop, kind: LetterKind = LetterKind.NOTES) -> list[Author]:
    """Everybody with a note that hangs or was removed, by company and name."""
    notes = (
        select(col(Note.card_id).label("card_id"), func.count().label("many"))
        .where(Note.workshop_id == workshop.id, Note.state != NoteState.TAKEN_BACK)
        .group_by(col(Note.card_id))
        .subquery()
    )
    rows = db.exec(
        select(Card, Company.name, notes.c.many, Person.email)
        .join(notes, notes.c.card_id == Card.id)
        .join(Company, col(Company.id) == col(Card.company_id))
        .outerjoin(Person, col(Person.id) == col(Card.person_id))
        .where(Card.presence != Presence.OUT)
        .order_by(col(Company.at), col(Card.name), col(Card.id))
    ).all()
    letters = letters_of(db, workshop, kind)
    went = _went(db, [each.queued for each in letters.values()])
    return [
        _author(card, company, many, card.email or email or "", letters.get(card.id), went)
        for card, company, many, email in rows
    ]


def _author(
    card: Card, company: str, many: int, address: str, letter: CardLetter | None, went: dict[str, str]
) -> Author:
    return Author(card, company, many, address, letter, went.get(letter.queued, SENT) if letter else "")


def letters_of(db: Session, workshop: Workshop, kind: LetterKind) -> dict[UUID, CardLetter]:
    """The letters of a kind that were put in the queue, by card."""
    rows = select(CardLetter).join(Card, col(Card.id) == col(CardLetter.card_id))
    found = db.exec(rows.where(Card.workshop_id == workshop.id, CardLetter.kind == kind)).all()
    return {each.card_id: each for each in found}


def _went(db: Session, queued: list[str]) -> dict[str, str]:
    """How far each letter is. One whose job was swept away left long ago."""
    jobs = db.exec(
        select(Job.once, Job.done_at, Job.failed_at, Job.tries).where(col(Job.once).in_(queued))
    ).all()
    return {
        str(once): SENT if done else FAILED if failed else TRYING if tries else WAITING
        for once, done, failed, tries in jobs
    }


def job_called(db: Session, queued: str) -> Job | None:
    """The job of a letter, as long as it is kept."""
    return db.exec(select(Job).where(Job.once == queued)).one_or_none()


def author_of(db: Session, card: Card) -> Author:
    """One person, where they can be reached, and how many notes of theirs were not taken back."""
    company = db.exec(select(Company.name).where(Company.id == card.company_id)).one()
    own = select(func.count()).where(Note.card_id == card.id, Note.state != NoteState.TAKEN_BACK)
    account = db.exec(select(Person.email).where(Person.id == card.person_id)).first()
    return Author(card, company, db.exec(own).one(), card.email or account or "")


def was_sent(db: Session, card: Card, kind: LetterKind) -> bool:
    """Whether a letter of this kind was put in the queue for a card."""
    sent = select(CardLetter.kind).where(CardLetter.card_id == card.id, CardLetter.kind == kind)
    return db.exec(sent).first() is not None


def answer_of(db: Session, card: Card) -> Answer | None:
    """What somebody answered weeks later."""
    return db.exec(select(Answer).where(Answer.card_id == card.id)).one_or_none()


def answers(db: Session, workshop: Workshop) -> list[tuple[Answer, str]]:
    """What was answered, each with the company of whoever answered, the first one first."""
    rows = (
        select(Answer, Company.name)
        .join(Card, col(Card.id) == col(Answer.card_id))
        .join(Company, col(Company.id) == col(Card.company_id))
    )
    found = rows.where(Card.workshop_id == workshop.id).order_by(col(Answer.at))
    return [(answer, company) for answer, company in db.exec(found).all()]


def count_on_paper(db: Session, workshop: Workshop) -> int:
    """How many notes hang that nobody with a card wrote."""
    up = Note.state == NoteState.UP
    return db.exec(
        select(func.count()).where(Note.workshop_id == workshop.id, up, col(Note.card_id).is_(None))
    ).one()


def other_card(db: Session, card: Card, person_id: UUID) -> Card | None:
    """Another card that a person holds in the same room."""
    same = select(Card).where(Card.workshop_id == card.workshop_id, Card.person_id == person_id)
    return db.exec(same.where(Card.id != card.id)).first()


def cards_by_letter(token_hash: str) -> Any:
    """The card that a letter's link opens. Erasing closes every link."""
    rows = select(Card.workshop_id, Card.id, Card.presence)
    return rows.join(CardLetter, col(CardLetter.card_id) == col(Card.id)).where(
        CardLetter.token_hash == token_hash
    )


def letter_by(db: Session, token_hash: str) -> tuple[CardLetter, Card, Workshop] | None:
    """The letter with this link, whose it is, and the workshop it is about."""
    rows = (
        select(CardLetter, Card, Workshop)
        .join(Card, col(Card.id) == col(CardLetter.card_id))
        .join(Workshop, col(Workshop.id) == col(Card.workshop_id))
    )
    return db.exec(rows.where(CardLetter.token_hash == token_hash)).first()
