"""What is held of somebody in a workshop: theirs to see and to take away."""

from typing import Any

from sqlmodel import Session, col, select

from crosslab.workshops.queries.shown import own_notes
from crosslab.workshops.tables import Card, Company, Dot, Liking, Note, Theme, Tie, Workshop

from .queries import answer_of
from .tables import CardLetter

FORM = "crosslab-card-1"


def held(db: Session, workshop: Workshop, card: Card) -> dict[str, Any]:
    """Everything about somebody in this room. Keys stay; new ones may come."""
    company = db.exec(select(Company.name).where(Company.id == card.company_id)).one()
    return {
        "form": FORM,
        "workshop": {"number": workshop.no, "title": workshop.title},
        "card": {
            "name": card.name, "company": company, "email": card.email, "language": card.language,
            "presence": str(card.presence), "reason": card.reason,
            "came_at": card.came_at.isoformat(), "account": card.person_id is not None,
        },
        "notes": [_note(note) for note in own_notes(db, card)],
        "threads": [_tie(tie) for tie in db.exec(select(Tie).where(Tie.card_id == card.id)).all()],
        "interesting": list(db.exec(_liked(card)).all()),
        "dots": list(db.exec(_dotted(card)).all()),
        "letters": [_letter(each) for each in db.exec(_letters(card)).all()],
        "answer": _answer(db, card),
    }  # fmt: skip


def _liked(card: Card) -> Any:
    return (
        select(Note.text).join(Liking, col(Liking.note_id) == col(Note.id)).where(Liking.card_id == card.id)
    )


def _dotted(card: Card) -> Any:
    return select(Theme.title).join(Dot, col(Dot.theme_id) == col(Theme.id)).where(Dot.card_id == card.id)


def _letters(card: Card) -> Any:
    return select(CardLetter).where(CardLetter.card_id == card.id).order_by(col(CardLetter.at))


def _note(note: Note) -> dict[str, Any]:
    return {
        "id": str(note.id), "question": note.prompt, "text": note.text, "state": str(note.state), "reason": note.reason,
        "written_at": note.written_at.isoformat(),
    }  # fmt: skip


def _tie(tie: Tie) -> dict[str, Any]:
    return {"kind": str(tie.kind), "words": tie.why, "tied_at": tie.tied_at.isoformat()}


def _letter(letter: CardLetter) -> dict[str, Any]:
    return {"kind": str(letter.kind), "at": letter.at.isoformat()}


def _answer(db: Session, card: Card) -> dict[str, Any] | None:
    given = answer_of(db, card)
    return (
        {"outcome": str(given.outcome), "words": given.words, "at": given.at.isoformat()} if given else None
    )
