"""Everything the results say of one workshop, for the eyes of one reader: page, report and file tell the same."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from crosslab.challenges.tables import Challenge
from crosslab.core.actor import Actor
from crosslab.core.find import seen_by
from crosslab.people.tables import Organisation, Programme
from crosslab.rules import SkeletonState
from crosslab.workshops.queries.shown import wall
from crosslab.workshops.skeletons.tables import SHOWN, Call, Skeleton
from crosslab.workshops.tables import Card, Company, Presence, Workshop

from .tables import Results
from .telling import Picture, picture


@dataclass(frozen=True)
class Case:
    """A business case that was called to action: what it is, whose, by when, and whether a consortium took it up."""

    call: Call
    company: str
    due_on: date | None
    taken_up: bool


@dataclass(frozen=True)
class Story:
    """A workshop and what came of it. Without `words` nothing that somebody wrote on the wall is in it."""

    workshop: Workshop
    results: Results | None
    picture: Picture
    words: bool
    host: str
    challenge: str
    cases: list[Case]
    present: dict[Presence, int]
    coming: list[tuple[str, dict[Presence, int]]]


def story(db: Session, actor: Actor, workshop: Workshop, results: Results | None, *, words: bool) -> Story:
    """What came of a workshop. Who came is told in figures, company by company, to those who were there."""
    hung = wall(db, workshop, names=False)
    present = _present(db, workshop)
    host, challenge = _whose(db, actor, workshop)
    total: Counter[Presence] = sum((Counter(each) for _, each in present), Counter())
    return Story(
        workshop=workshop,
        results=results,
        picture=picture(hung),
        words=words,
        host=host,
        challenge=challenge,
        cases=_cases(db, actor, workshop),
        present=dict(total),
        coming=present if words else [],
    )


def _whose(db: Session, actor: Actor, workshop: Workshop) -> tuple[str, str]:
    """Who held the workshop, and the question of its challenge, if the reader may know of it."""
    programme = db.exec(select(Programme.name).where(Programme.id == workshop.programme_id)).one()
    asked = db.exec(seen_by(actor, Challenge).where(Challenge.id == workshop.challenge_id)).one_or_none()
    if asked is None:
        return programme, ""
    owner = db.exec(select(Organisation.name).where(Organisation.id == asked.organisation_id)).one()
    return f"{owner} · {programme}", asked.question


def _cases(db: Session, actor: Actor, workshop: Workshop) -> list[Case]:
    """Calls that are open or led to a consortium. What is only drafted is nobody else's business."""
    seen = db.exec(seen_by(actor, Call).where(Call.workshop_id == workshop.id)).all()
    rows = (
        select(Skeleton.id, Skeleton.state, col(Skeleton.due_on), Company.name)
        .join(Company, col(Company.id) == col(Skeleton.company_id))
        .where(Skeleton.workshop_id == workshop.id, col(Skeleton.state).in_(SHOWN))
    )
    about = {one: (company, due, state) for one, state, due, company in db.exec(rows).all()}
    return [
        Case(call, company, due, state is SkeletonState.TAKEN_UP)
        for call in sorted(seen, key=lambda each: each.opened_at)
        if call.skeleton_id in about
        for company, due, state in [about[call.skeleton_id]]
    ]


def _present(db: Session, workshop: Workshop) -> list[tuple[str, dict[Presence, int]]]:
    """How many of each company were expected, came, came late, stayed away."""
    rows = (
        select(Company.name, Card.presence, func.count())
        .join(Card, col(Card.company_id) == col(Company.id))
        .where(Company.workshop_id == workshop.id, Card.presence != Presence.OUT)
        .group_by(col(Company.at), col(Company.name), col(Card.presence))
        .order_by(col(Company.at))
    )
    found: dict[str, dict[Presence, int]] = {}
    for name, presence, count in db.exec(rows).all():
        found.setdefault(name, {})[Presence(presence)] = count
    return list(found.items())
