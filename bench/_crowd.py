"""A crowd of consortia, challenges and organisations, written straight into the tables: for measuring alone."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import Session

from crosslab.challenges.tables import Challenge
from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.clock import now
from crosslab.core.events import Event, EventPlace
from crosslab.core.ids import uuid7
from crosslab.funding.tables import Application, BudgetLine, CostCategory, PartnerBudget
from crosslab.people.tables import Organisation, OrganisationKind, Programme
from crosslab.pipeline.tables import Card
from crosslab.rules import ApplicationState, ChallengeState, ConsortiumState, MembershipState, Stage, Verb

STAGES = tuple(Stage)
SECTORS = ("heritage", "health", "energy", "tourism")
A_MEMBER = 3
CHUNK = 2000


def consortia_in(db: Session, programme: Programme, how_many: int, challenges: int = 20) -> None:
    """So many consortia of three organisations each, spread over the stages, with what a real one leaves behind."""
    houses = _organisations(db, 200)
    asked = challenges_in(db, programme, houses[0], challenges)
    made = [_consortium(n, programme, asked[n % len(asked)], houses) for n in range(how_many)]
    _write(db, Consortium, made)
    _write(db, Membership, (row for n, each in enumerate(made) for row in _members(n, each, houses)))
    _write(db, Card, (_card(n, each) for n, each in enumerate(made)))
    _apply(
        db,
        [
            each
            for n, each in enumerate(made)
            if _stage(n) in (Stage.APPLICATION, Stage.SUBMITTED, Stage.FUNDED)
        ],
    )
    _happen(db, made)


def challenges_in(db: Session, programme: Programme, owner: UUID, how_many: int) -> list[UUID]:
    """So many challenges that are open."""
    made = [
        {
            **_defaults(Challenge, organisation_id=owner, programme_id=programme.id, no=f"1900-{n:05}"),
            "slug": f"challenge-{n}",
            "state": ChallengeState.OPEN,
            "question": f"How could place number {n} earn its keep?",
            "lead": "A place that stands empty most of the year looks for a use that pays for it.",
            "sector": SECTORS[n % len(SECTORS)],
            "published_at": now() - timedelta(minutes=n),
            "closes_at": now() + timedelta(days=n % 90 + 1),
            "words": f"how could place number {n} earn its keep heritage square library",
        }
        for n in range(how_many)
    ]
    _write(db, Challenge, made)
    return [each["id"] for each in made]


def _organisations(db: Session, how_many: int) -> list[UUID]:
    made = [
        {
            **_defaults(Organisation, name=f"Firm {n} Ltd", slug=f"crowd-{n}", country="GB"),
            "kind": OrganisationKind.SME_BUSINESS,
        }
        for n in range(how_many)
    ]
    _write(db, Organisation, made)
    return [each["id"] for each in made]


def _stage(n: int) -> Stage:
    return STAGES[n % len(STAGES)]


def _consortium(n: int, programme: Programme, challenge: UUID, houses: list[UUID]) -> dict[str, Any]:
    given = {"challenge_id": challenge, "programme_id": programme.id, "ref": f"HIP-1900-{n:05}"}
    return {
        **_defaults(Consortium, **given, name=f"Team {n}", slug=f"team-{n}", lead_id=houses[n % len(houses)]),
        "pitch": "Three firms from three trades, and a season to try it in.",
        "state": ConsortiumState.AGREED if n % 2 else ConsortiumState.FORMING,
    }


def _members(n: int, consortium: dict[str, Any], houses: list[UUID]) -> Iterator[dict[str, Any]]:
    for k in range(A_MEMBER):
        house = houses[(n + k * 7) % len(houses)]
        row = _defaults(Membership, consortium_id=consortium["id"], organisation_id=house)
        yield {**row, "state": MembershipState.ACTIVE, "charter": n % 2, "since": now()}


def _card(n: int, consortium: dict[str, Any]) -> dict[str, Any]:
    given = {"consortium_id": consortium["id"], "programme_id": consortium["programme_id"]}
    row = _defaults(Card, **given, name=consortium["name"])
    held = now() if n % 37 == 0 and _stage(n) is not Stage.STOPPED else None
    return {**row, "state": _stage(n), "moved_at": now() - timedelta(days=n % 40), "held_since": held}


def _apply(db: Session, consortia: list[dict[str, Any]]) -> None:
    given = {"scheme": "eu", "scheme_name": "A fund", "title": "A season", "currency": "EUR"}
    applications = [
        {
            **_defaults(
                Application, **given, no=f"A-{n}", consortium_id=each["id"], programme_id=each["programme_id"]
            ),
            "state": ApplicationState.SIGNING,
        }
        for n, each in enumerate(consortia)
    ]
    _write(db, Application, applications)
    budgets = [
        _defaults(PartnerBudget, application_id=application["id"], organisation_id=each["lead_id"])
        for application, each in zip(applications, consortia, strict=True)
    ]
    _write(db, PartnerBudget, budgets)
    cost = {"category": CostCategory.STAFF, "what": "Work", "cost_minor": 4_000_000}
    _write(db, BudgetLine, (_defaults(BudgetLine, partner_budget_id=each["id"], **cost) for each in budgets))


def _happen(db: Session, consortia: list[dict[str, Any]]) -> None:
    """What the log remembers of them, so that counting unread notices has something to count."""
    events = [
        _defaults(Event, verb=Verb.CONSORTIA_START, kind="consortium", thing_id=each["id"])
        for each in consortia
    ]
    _write(db, Event, events)
    _write(
        db,
        EventPlace,
        (
            {"event_id": event["id"], "place_id": place, "verb": event["verb"]}
            for event, each in zip(events, consortia, strict=True)
            for place in (each["id"], each["programme_id"])
        ),
    )


def _defaults(table: Any, **given: Any) -> dict[str, Any]:
    """A row as the table class would begin it."""
    row = table(**{"id": uuid7(), **given})
    return {column.key: getattr(row, column.key) for column in table.__table__.columns}


def _write(db: Session, kind: Any, rows: Iterable[dict[str, Any]]) -> None:
    waiting = list(rows)
    for start in range(0, len(waiting), CHUNK):
        db.execute(insert(kind), waiting[start : start + CHUNK])
