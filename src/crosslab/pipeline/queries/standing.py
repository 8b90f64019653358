"""How far consortia are, as SQL: one row a consortium, joined to cards. The same facts serve board and gate."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, func, or_, select
from sqlmodel import col

from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.clock import now
from crosslab.funding.tables import Application
from crosslab.pipeline.requirements import COLUMNS
from crosslab.pipeline.tables import Card
from crosslab.rules import ApplicationState, ConsortiumState, MembershipState, Stage

STALLED_AFTER = timedelta(days=21)
LIVE = (ApplicationState.DRAFT, ApplicationState.SIGNING)


def members(only: Any = None) -> Subquery:
    """Per consortium: how many organisations are in, and how many of them have accepted no charter."""
    rows: Any = (
        select(
            col(Membership.consortium_id).label("consortium_id"),
            func.count().label("members"),
            func.sum(case((col(Membership.charter) == 0, 1), else_=0)).label("late"),
        )
        .where(col(Membership.state) == MembershipState.ACTIVE)
        .group_by(col(Membership.consortium_id))
    )
    return _narrowed(rows, Membership.consortium_id, only, "in_it")


def applications(only: Any = None) -> Subquery:
    """Per consortium: how many applications are under way, sent, awarded, and refused."""
    state = col(Application.state)

    def how_many(*states: ApplicationState) -> ColumnElement[int]:
        return func.sum(case((state.in_(states), 1), else_=0))

    rows: Any = select(
        col(Application.consortium_id).label("consortium_id"),
        how_many(*(each for each in ApplicationState if each is not ApplicationState.WITHDRAWN)).label(
            "begun"
        ),
        how_many(ApplicationState.SUBMITTED).label("waiting"),
        how_many(ApplicationState.SUBMITTED, ApplicationState.AWARDED, ApplicationState.REJECTED).label(
            "sent"
        ),
        how_many(ApplicationState.AWARDED).label("awarded"),
    ).group_by(col(Application.consortium_id))
    return _narrowed(rows, Application.consortium_id, only, "applied")


def _narrowed(rows: Any, column: Any, only: Any, name: str) -> Subquery:
    narrowed: Subquery = (rows if only is None else rows.where(col(column).in_(only))).subquery(name)
    return narrowed


def needs_decision(in_it: Subquery, applied: Subquery) -> ColumnElement[bool]:
    """Whether the manager has something to decide: the gate is met, or every answer was no."""
    said, done = in_it.c, applied.c
    agreed = and_(col(Consortium.state) == ConsortiumState.AGREED, said.late == 0)
    over = and_(func.coalesce(done.sent, 0) > 0, func.coalesce(done.waiting, 0) == 0)
    met = {
        Stage.INTEREST: said.members >= 2,
        Stage.CONSORTIUM: and_(agreed, said.members >= 2),
        Stage.DEVELOPMENT: and_(agreed, done.begun > 0),
        Stage.APPLICATION: done.sent > 0,
        Stage.SUBMITTED: over,
    }
    at_stage = (and_(col(Card.state) == stage, condition) for stage, condition in met.items())
    return and_(col(Card.held_since).is_(None), or_(*at_stage))


def stalled() -> ColumnElement[bool]:
    """Whether a consortium has stood at one stage for three weeks, with no end reached and not on hold."""
    return and_(
        col(Card.state).in_(COLUMNS[:-1]),
        col(Card.held_since).is_(None),
        col(Card.moved_at) < now() - STALLED_AFTER,
    )
