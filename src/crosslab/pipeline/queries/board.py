"""The board and the table: columns, not objects; a dozen cards a column; all counts in one grouped query."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from crosslab.challenges.tables import Challenge
from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.actor import Actor
from crosslab.core.paging import Slice, cut, key_of
from crosslab.funding.queries import asked
from crosslab.funding.tables import Application
from crosslab.people.tables import Organisation, Programme
from crosslab.pipeline.filters import Filters
from crosslab.pipeline.requirements import COLUMNS
from crosslab.pipeline.tables import Card
from crosslab.rules import ApplicationState, MembershipState, Stage

from .standing import applications, members, needs_decision, stalled

A_COLUMN = 12
A_PAGE = 50
STAGE_NO = case({stage: n for n, stage in enumerate((*COLUMNS, Stage.STOPPED))}, value=col(Card.state))
KEYS: dict[str, Any] = {
    "ref": col(Consortium.ref),
    "name": col(Consortium.name),
    "stage": STAGE_NO,
    "since": col(Card.moved_at),
}


@dataclass
class Counts:
    """How many consortia stand where, and what the filters could be."""

    here: dict[Stage, int] = field(default_factory=lambda: dict.fromkeys(Stage, 0))
    decide: int = 0
    stalled: int = 0
    held: int = 0
    all: int = 0
    challenges: dict[str, str] = field(default_factory=dict)
    sectors: set[str] = field(default_factory=set)

    @property
    def shown(self) -> int:
        return sum(self.here.values())

    @property
    def reached(self) -> list[int]:
        """How many have come at least this far, for the funnel."""
        return [sum(self.here[later] for later in COLUMNS[n:]) for n in range(len(COLUMNS))]


def counts(db: Session, actor: Actor, programme: Programme, filters: Filters) -> Counts:
    """All figures of the page in one grouped query."""
    in_it, applied = members(), applications()
    decide, still = needs_decision(in_it, applied), stalled()
    flags = {"decide": decide, "stalled": still, "held": col(Card.held_since).is_not(None)}
    fits = _fits(filters)
    wanted = and_(fits, flags.get(filters.only, true()))

    def how_many(condition: Any) -> ColumnElement[int]:
        return func.sum(case((condition, 1), else_=0))

    rows = db.execute(
        select(
            col(Card.state),
            col(Challenge.no),
            col(Challenge.question),
            col(Challenge.sector),
            func.count().label("all"),
            how_many(wanted).label("here"),
            *(how_many(and_(fits, flag)).label(name) for name, flag in flags.items()),
        )
        .select_from(Card)
        .join(Consortium, col(Consortium.id) == col(Card.consortium_id))
        .join(Challenge, col(Challenge.id) == col(Consortium.challenge_id))
        .outerjoin(in_it, in_it.c.consortium_id == col(Card.consortium_id))
        .outerjoin(applied, applied.c.consortium_id == col(Card.consortium_id))
        .where(Card.visible_to(actor), col(Card.programme_id) == programme.id)
        .group_by(col(Card.state), col(Challenge.no), col(Challenge.question), col(Challenge.sector))
    ).mappings()
    return _summed(list(rows))


def _summed(rows: Sequence[Any]) -> Counts:
    made = Counts()
    for row in rows:
        made.here[row["state"]] += row["here"]
        made.all += row["all"]
        made.decide += row["decide"]
        made.stalled += row["stalled"]
        made.held += row["held"]
        made.challenges[row["no"]] = row["question"]
        made.sectors.add(row["sector"])
    return made


def board(db: Session, actor: Actor, programme: Programme, filters: Filters) -> dict[Stage, list[Any]]:
    """The newest cards of each column, one query for all columns."""
    newest = [
        _ids(actor, programme, filters)
        .where(col(Card.state) == stage)
        .order_by(col(Card.id).desc())
        .limit(A_COLUMN)
        .subquery()
        for stage in COLUMNS
    ]
    ids = union_all(*(select(each.c.id) for each in newest)).subquery("newest")
    columns: dict[Stage, list[Any]] = {stage: [] for stage in COLUMNS}
    for row in db.execute(_rows(ids).order_by(col(Card.id).desc())).mappings():
        columns[row["state"]].append(row)
    return columns


def table(db: Session, actor: Actor, programme: Programme, filters: Filters) -> Slice[Any]:
    """One page of the table, sorted, after the key of the last row shown."""
    key, down = KEYS[filters.sort], filters.way == "down"
    order = (key.desc(), col(Card.id).desc()) if down else (key, col(Card.id))
    ids = _ids(actor, programme, filters)
    last = key_of(filters.after)
    if last is not None:
        mark = (
            select(key)
            .select_from(Card)
            .join(Consortium, col(Consortium.id) == col(Card.consortium_id))
            .where(col(Card.id) == last)
            .scalar_subquery()
        )
        beyond = (key < mark, col(Card.id) < last) if down else (key > mark, col(Card.id) > last)
        ids = ids.where(or_(beyond[0], and_(key == mark, beyond[1])))
    page = ids.order_by(*order).limit(A_PAGE + 1).subquery("page")
    return cut(list(db.execute(_rows(page).order_by(*order)).mappings()), A_PAGE)


def every(db: Session, actor: Actor, programme: Programme, filters: Filters) -> Iterator[Any]:
    """All rows that fit, for the export, a thousand at a time."""
    ids = _ids(actor, programme, filters).subquery("every")
    rows = _rows(ids).order_by(col(Consortium.ref)).execution_options(yield_per=1000)
    with db.execute(rows) as found:
        yield from found.mappings()


def _fits(filters: Filters) -> ColumnElement[bool]:
    """The filters that look at a row alone: text, challenge, sector, stage."""
    wanted: list[ColumnElement[bool]] = [
        or_(
            col(Consortium.name).icontains(word, autoescape=True),
            col(Consortium.ref).icontains(word, autoescape=True),
        )
        for word in filters.q.split()[:5]
    ]
    if filters.challenge:
        wanted.append(col(Challenge.no) == filters.challenge)
    if filters.sector:
        wanted.append(col(Challenge.sector) == filters.sector)
    if filters.stage:
        wanted.append(col(Card.state) == Stage(filters.stage))
    return and_(true(), *wanted)


def _ids(actor: Actor, programme: Programme, filters: Filters) -> Select[Any]:
    """The ids of the cards that fit; what the filters do not ask about is not joined."""
    rows = select(col(Card.id)).where(Card.visible_to(actor), col(Card.programme_id) == programme.id)
    rows = rows.join(Consortium, col(Consortium.id) == col(Card.consortium_id))
    if filters.challenge or filters.sector:
        rows = rows.join(Challenge, col(Challenge.id) == col(Consortium.challenge_id))
    if filters.only == "decide":
        in_it, applied = members(), applications()
        rows = rows.outerjoin(in_it, in_it.c.consortium_id == col(Card.consortium_id))
        rows = rows.outerjoin(applied, applied.c.consortium_id == col(Card.consortium_id))
        rows = rows.where(needs_decision(in_it, applied))
    elif filters.only:
        rows = rows.where(stalled() if filters.only == "stalled" else col(Card.held_since).is_not(None))
    return rows.where(_fits(filters))


def _rows(ids: Any) -> Any:
    """What a card and a row show, for the cards with these ids."""
    theirs = select(col(Card.consortium_id)).where(col(Card.id).in_(select(ids.c.id)))
    in_it, applied, sums = members(theirs), applications(theirs), asked(theirs)
    lead = aliased(Organisation)
    return (
        select(
            col(Card.id),
            col(Card.state),
            col(Card.moved_at),
            col(Card.held_since),
            col(Card.next_step),
            col(Card.next_on),
            col(Consortium.ref),
            col(Consortium.name),
            col(Challenge.question),
            col(lead.name).label("lead"),
            _partners(),
            needs_decision(in_it, applied).label("decide"),
            stalled().label("stalled"),
            func.coalesce(col(Application.awarded_minor), sums.c.minor).label("asks"),
            col(Application.currency).label("currency"),
        )
        .select_from(Card)
        .join(ids, ids.c.id == col(Card.id))
        .join(Consortium, col(Consortium.id) == col(Card.consortium_id))
        .join(Challenge, col(Challenge.id) == col(Consortium.challenge_id))
        .join(lead, col(lead.id) == col(Consortium.lead_id))
        .outerjoin(in_it, in_it.c.consortium_id == col(Card.consortium_id))
        .outerjoin(applied, applied.c.consortium_id == col(Card.consortium_id))
        .outerjoin(Application, col(Application.id) == _newest_application())
        .outerjoin(sums, sums.c.application_id == col(Application.id))
    )


def _partners() -> Any:
    """The names of the members other than the lead, one a line."""
    return (
        select(func.aggregate_strings(col(Organisation.name), "\n"))
        .select_from(Organisation)
        .join(Membership, col(Membership.organisation_id) == col(Organisation.id))
        .where(
            col(Membership.consortium_id) == col(Card.consortium_id),
            col(Membership.state) == MembershipState.ACTIVE,
            col(Membership.organisation_id) != col(Consortium.lead_id),
        )
        .correlate(Card, Consortium)
        .scalar_subquery()
        .label("partners")
    )


def _newest_application() -> Any:
    other = aliased(Application)
    return (
        select(col(other.id))
        .where(
            col(other.consortium_id) == col(Card.consortium_id),
            col(other.state) != ApplicationState.WITHDRAWN,
        )
        .order_by(col(other.id).desc())
        .limit(1)
        .correlate(Card)
        .scalar_subquery()
    )
