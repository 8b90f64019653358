"""Questions about challenges, always through the eyes of the actor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from crosslab.core.actor import Actor
from crosslab.core.errors import Missing
from crosslab.core.events import was_heard
from crosslab.core.find import seen_by
from crosslab.people.tables import Organisation, Programme
from crosslab.rules import N_, ChallengeState, Role, Verb

from .tables import PUBLIC, Challenge, Comment, Document, Follow, Interest, Question, Update

NOTHING = N_("There is nothing here, or it is not for you to see.")


def by_number(db: Session, no: str) -> tuple[Challenge, Organisation]:
    """A published challenge by its number, and who asks. What is not published has no public page."""
    found = db.exec(
        select(Challenge, Organisation)
        .join(Organisation, col(Organisation.id) == col(Challenge.organisation_id))
        .where(Challenge.no == no, col(Challenge.state).in_(PUBLIC))
    ).first()
    if found is None:
        raise Missing(NOTHING)
    return found[0], found[1]


def host(db: Session, challenge: Challenge) -> Organisation:
    """The organisation that asks."""
    return db.exec(select(Organisation).where(Organisation.id == challenge.organisation_id)).one()


def programme(db: Session, challenge: Challenge) -> Programme:
    """The programme it is published in."""
    return db.exec(select(Programme).where(Programme.id == challenge.programme_id)).one()


def programmes(db: Session, actor: Actor) -> Sequence[Programme]:
    """The programmes a challenge can be published in, by name."""
    return db.exec(seen_by(actor, Programme).order_by(col(Programme.name))).all()


def houses(db: Session, actor: Actor) -> Sequence[Organisation]:
    """The organisations in whose name this person may post a challenge or register interest."""
    mine = actor.places_as(Role.SIGNATORY, Role.CONTRIBUTOR)
    return db.exec(
        seen_by(actor, Organisation).where(col(Organisation.id).in_(mine)).order_by(col(Organisation.name))
    ).all()


def mine(db: Session, actor: Actor) -> Sequence[Any]:
    """The challenges of one's own organisations and of the programmes one manages, newest first."""
    places = actor.places_as(Role.SIGNATORY, Role.CONTRIBUTOR, Role.READER, Role.FINANCE)
    managed = actor.places_as(Role.MANAGER)
    c = Challenge
    return db.execute(
        columns(
            col(c.id), col(c.no), col(c.slug), col(c.question), col(c.state), col(c.closes_at),
            col(c.published_at), col(Organisation.name),
        )
        .join(Organisation, col(Organisation.id) == col(c.organisation_id))
        .where(c.visible_to(actor))
        .where(col(c.organisation_id).in_(places) | col(c.programme_id).in_(managed))
        .order_by(col(c.id).desc())
        .limit(200)
    ).all()  # fmt: skip


def of_programme(db: Session, actor: Actor, programme_id: UUID) -> Sequence[Challenge]:
    """The published challenges of a programme, the newest first."""
    rows = seen_by(actor, Challenge).where(
        Challenge.programme_id == programme_id, col(Challenge.state).in_(PUBLIC)
    )
    return db.exec(rows.order_by(col(Challenge.id).desc()).limit(60)).all()


def comments(db: Session, challenge: Challenge) -> dict[str, list[Comment]]:
    """What the programme manager said, by step, oldest first."""
    said: dict[str, list[Comment]] = {}
    wanted = select(Comment).where(Comment.challenge_id == challenge.id).order_by(col(Comment.at))
    for each in db.exec(wanted).all():
        said.setdefault(each.step, []).append(each)
    return said


def documents(db: Session, challenge: Challenge) -> Sequence[Document]:
    """The documents beside the brief, in the order they were added."""
    return db.exec(
        select(Document).where(Document.challenge_id == challenge.id).order_by(col(Document.id))
    ).all()


def document(db: Session, actor: Actor, challenge: Challenge, id: UUID) -> Document:
    """One document of this challenge. Raises `Missing` for another's, and once the challenge offers none to them."""
    found = db.exec(
        select(Document).where(Document.challenge_id == challenge.id, Document.id == id)
    ).one_or_none()
    if found is None or not _offers_documents(actor, challenge):
        raise Missing(NOTHING)
    return found


def _offers_documents(actor: Actor, challenge: Challenge) -> bool:
    """A withdrawn challenge offers nothing any more, but to its host's people and its programme's manager."""
    mine = challenge.organisation_id in actor.places
    managed = challenge.programme_id in actor.places_as(Role.MANAGER)
    return challenge.state is not ChallengeState.WITHDRAWN or mine or managed


def questions(db: Session, challenge: Challenge) -> Sequence[Question]:
    """Questions and answers, as public as the challenge they belong to, oldest first."""
    return db.exec(
        select(Question).where(Question.challenge_id == challenge.id).order_by(col(Question.id))
    ).all()


def updates(db: Session, challenge: Challenge) -> Sequence[Update]:
    """News, newest first."""
    return db.exec(
        select(Update).where(Update.challenge_id == challenge.id).order_by(col(Update.at).desc())
    ).all()


@dataclass(frozen=True, slots=True)
class Named:
    """An interest with the organisation behind it."""

    id: UUID
    organisation_id: UUID
    name: str
    town: str
    country: str
    brings: str
    seeks: str


def interests(db: Session, actor: Actor, challenge: Challenge) -> list[Named]:
    """The interests this actor may know of, first come first."""
    i, o = Interest, Organisation
    rows = db.execute(
        columns(
            col(i.id), col(i.organisation_id), col(o.name), col(o.town), col(o.country), col(i.brings), col(i.seeks)
        )
        .join(o, col(o.id) == col(i.organisation_id))
        .where(i.visible_to(actor), col(i.challenge_id) == challenge.id, col(i.withdrawn_at).is_(None))
        .order_by(col(i.id))
    ).all()  # fmt: skip
    return [Named(*row) for row in rows]


def interest_count(db: Session, challenge: Challenge) -> int:
    """How many organisations are interested, whoever may know of them: for the host's own decisions."""
    counted = select(func.count(col(Interest.id)))
    return db.exec(
        counted.where(Interest.challenge_id == challenge.id, col(Interest.withdrawn_at).is_(None))
    ).one()


def interest_of(db: Session, actor: Actor, challenge: Challenge) -> Interest | None:
    """What one's own organisation said, if it has."""
    places = actor.places_as(Role.SIGNATORY, Role.CONTRIBUTOR)
    own = seen_by(actor, Interest).where(
        Interest.challenge_id == challenge.id,
        col(Interest.organisation_id).in_(places),
        col(Interest.withdrawn_at).is_(None),
    )
    return db.exec(own.limit(1)).first()


def follows(db: Session, actor: Actor, challenge: Challenge) -> bool:
    """Whether this person hears of the challenge by letter."""
    if not actor.signed_in:
        return False
    mine = select(Follow.since).where(
        Follow.challenge_id == challenge.id, Follow.person_id == actor.person_id
    )
    return db.exec(mine).first() is not None


def has_picture(db: Session, actor: Actor, key: str) -> bool | None:
    """Whether a picture is public (True), only for those who see its draft (False), or not there (None)."""
    state = db.exec(
        select(Challenge.state).where(Challenge.visible_to(actor), Challenge.image == key).limit(1)
    ).first()
    return None if state is None else state in PUBLIC


@dataclass(frozen=True, slots=True)
class Around:
    """What gathers around a challenge on its page."""

    questions: Sequence[Question]
    updates: Sequence[Update]
    documents: Sequence[Document]
    interests: list[Named]
    follows: bool
    spoken_of: bool


def around(db: Session, actor: Actor, challenge: Challenge) -> Around:
    """All that its page shows beside the brief."""
    return Around(
        questions(db, challenge),
        updates(db, challenge),
        documents(db, challenge),
        interests(db, actor, challenge),
        follows(db, actor, challenge),
        was_heard(db, challenge.id, Verb.SESSIONS_HAND_ON),
    )


def waiting(db: Session, challenge: Challenge) -> int:
    """How many questions wait for an answer."""
    counted = select(func.count(col(Question.id)))
    return db.exec(counted.where(Question.challenge_id == challenge.id, Question.answer == "")).one()


def question(db: Session, challenge: Challenge, id: UUID) -> Question:
    """One question about this challenge. Raises `Missing` for another's."""
    found = db.exec(
        select(Question).where(Question.challenge_id == challenge.id, Question.id == id)
    ).one_or_none()
    if found is None:
        raise Missing(NOTHING)
    return found


def follower_count(db: Session, challenge: Challenge) -> int:
    """How many people follow."""
    counted = select(func.count()).select_from(Follow)
    return db.exec(counted.where(Follow.challenge_id == challenge.id)).one()
