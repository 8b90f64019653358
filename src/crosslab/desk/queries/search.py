"""One search over everything a person may know of."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import load_only
from sqlmodel import Session, col

from crosslab.challenges.tables import PUBLIC, Challenge
from crosslab.consortia.tables import Consortium
from crosslab.core.actor import Actor
from crosslab.core.find import seen_by
from crosslab.people.tables import Organisation
from crosslab.rules import CHALLENGE, CONSORTIUM, VERIFICATION, Verification

from .mine import NEEDED, Link

MOST = 10
MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, at most ten of each kind."""

    challenges: list[Link]
    consortia: list[Link]
    organisations: list[Link]

    @property
    def count(self) -> int:
        return len(self.challenges) + len(self.consortia) + len(self.organisations)


def search(db: Session, actor: Actor, text: str) -> Found:
    """Challenges, consortia and organisations this person may know of that say every word typed."""
    words = text.split()[:MOST_WORDS]
    if not words:
        return Found([], [], [])
    return Found(
        _challenges(db, actor, words), _consortia(db, actor, words), _organisations(db, actor, words)
    )


def _says(words: list[str], *columns: Any) -> list[ColumnElement[bool]]:
    """Each word stands in one of the columns. SQLite folds the case of ASCII alone, so we ask for other spellings."""
    return [
        or_(
            *(col(column).icontains(each, autoescape=True) for column in columns for each in _spellings(word))
        )
        for word in words
    ]


def _spellings(word: str) -> set[str]:
    return {word, word.lower(), word.upper(), word.capitalize()}


def _challenges(db: Session, actor: Actor, words: list[str]) -> list[Link]:
    rows = db.exec(
        seen_by(actor, Challenge)
        .where(*_says(words, Challenge.words, Challenge.question, Challenge.no))
        .options(load_only(*NEEDED))
        .order_by(col(Challenge.id).desc())
        .limit(MOST)
    ).all()
    return [
        Link(
            each.question or each.no,
            each.no if each.state in PUBLIC else "",
            CHALLENGE.names[each.state],
            "",
            _address(actor, each),
        )
        for each in rows
    ]


def _address(actor: Actor, challenge: Challenge) -> str:
    if challenge.state in PUBLIC:
        return f"/{actor.language}/challenges/{challenge.no}-{challenge.slug}"
    return f"/challenges/{challenge.id}"


def _consortia(db: Session, actor: Actor, words: list[str]) -> list[Link]:
    rows = db.exec(
        seen_by(actor, Consortium)
        .where(*_says(words, Consortium.name, Consortium.ref))
        .order_by(col(Consortium.id).desc())
        .limit(MOST)
    ).all()
    return [Link(each.name, each.ref, CONSORTIUM.names[each.state], "", f"/w/{each.slug}") for each in rows]


def _organisations(db: Session, actor: Actor, words: list[str]) -> list[Link]:
    texts = (
        Organisation.name,
        Organisation.summary,
        Organisation.offers,
        Organisation.needs,
        Organisation.town,
    )
    rows = db.exec(
        seen_by(actor, Organisation).where(*_says(words, *texts)).order_by(col(Organisation.slug)).limit(MOST)
    ).all()
    return [
        Link(
            each.name,
            each.town,
            VERIFICATION.names[each.state],
            "good" if each.state is Verification.VERIFIED else "",
            f"/{actor.language}/organisations/{each.slug}",
        )
        for each in rows
    ]
