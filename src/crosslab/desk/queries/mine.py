"""What is a person's own: the consortia, challenges, organisations and programmes they hold a seat in."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import load_only
from sqlmodel import Session, col, select

from crosslab.challenges.tables import PUBLIC, Challenge
from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.find import seen_by
from crosslab.people.tables import Organisation, Programme
from crosslab.rules import (
    CHALLENGE,
    CONSORTIUM,
    N_,
    ON_THE_WALL,
    SESSION,
    VERIFICATION,
    WORKSHOP,
    ChallengeState,
    ConsortiumState,
    MembershipState,
    Role,
    SessionState,
    Step,
    Verb,
    Verification,
)
from crosslab.sessions.queries import run_by
from crosslab.sessions.seats import with_sessions
from crosslab.workshops.seats import with_workshops
from crosslab.workshops.tables import Workshop

SHOWN = 8
LATELY = timedelta(days=30)
"""How long a workshop that is over stays on the desk of those who were there."""
NEEDED: tuple[Any, ...] = (Challenge.no, Challenge.slug, Challenge.question, Challenge.state)
GOOD = (ConsortiumState.AGREED, ChallengeState.OPEN, ChallengeState.CALLED, Verification.VERIFIED)
OVER = (ConsortiumState.DISSOLVED, ChallengeState.WITHDRAWN, ChallengeState.CLOSED)


@dataclass(frozen=True, slots=True)
class Link:
    """One thing of mine: its name, a word beside it, its state in words, and where it is."""

    name: str
    note: str
    state: str
    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class Mine:
    """Everything that is mine, newest first."""

    consortia: list[Link]
    challenges: list[Link]
    organisations: list[Link]
    programmes: list[Link]
    workshops: list[Link]
    sessions: list[Link]

    def __bool__(self) -> bool:
        held = (self.consortia, self.challenges, self.organisations, self.programmes)
        return any((*held, self.workshops, self.sessions))


def mine(db: Session, actor: Actor) -> Mine:
    """Where this person works: everything they hold a seat in, as links with their state."""
    return Mine(
        *(_consortia(db, actor), _challenges(db, actor), _organisations(db, actor), _programmes(db, actor)),
        workshops=_workshops(db, actor),
        sessions=_sessions(db, actor),
    )


def _consortia(db: Session, actor: Actor) -> list[Link]:
    inside = select(Membership.consortium_id).where(
        col(Membership.consortium_id).in_(actor.places), Membership.state == MembershipState.ACTIVE
    )
    rows = db.exec(
        select(Consortium, col(Challenge.question))
        .join(Challenge, col(Challenge.id) == col(Consortium.challenge_id))
        .where(Consortium.visible_to(actor), col(Consortium.id).in_(inside))
        .order_by(col(Consortium.id).desc())
        .limit(SHOWN)
    ).all()
    return [
        Link(each.name, question, CONSORTIUM.names[each.state], _kind(each.state), f"/w/{each.slug}")
        for each, question in rows
    ]


def _challenges(db: Session, actor: Actor) -> list[Link]:
    hosts = actor.places_as(Role.SIGNATORY, Role.CONTRIBUTOR)
    rows = db.exec(
        seen_by(actor, Challenge)
        .options(load_only(*NEEDED))
        .where(col(Challenge.organisation_id).in_(hosts))
        .order_by(col(Challenge.id).desc())
        .limit(SHOWN)
    ).all()
    return [
        Link(
            each.question,
            each.no if each.state in PUBLIC else "",
            CHALLENGE.names[each.state],
            _kind(each.state),
            f"/challenges/{each.id}",
        )
        for each in rows
    ]


def _organisations(db: Session, actor: Actor) -> list[Link]:
    rows = db.exec(
        seen_by(actor, Organisation)
        .where(col(Organisation.id).in_(actor.places))
        .order_by(col(Organisation.slug))
        .limit(SHOWN)
    ).all()
    return [
        Link(
            each.name,
            each.town,
            VERIFICATION.names[each.state],
            _kind(each.state),
            f"/{actor.language}/organisations/{each.slug}",
        )
        for each in rows
    ]


def _programmes(db: Session, actor: Actor) -> list[Link]:
    rows = db.exec(
        select(Programme.name, Programme.slug, Programme.code)
        .where(Programme.visible_to(actor), col(Programme.id).in_(actor.places_as(Role.MANAGER)))
        .order_by(col(Programme.slug))
    ).all()
    return [Link(name, code, N_("Board"), "", f"/p/{slug}/pipeline") for name, slug, code in rows]


def _workshops(db: Session, actor: Actor) -> list[Link]:
    """The workshops this person runs or sits in: those to come and running, then those just over."""
    seated = with_workshops(db, actor, "")
    rows = db.exec(
        seen_by(seated, Workshop)
        .where(col(Workshop.id).in_(seated.places_as(Role.FACILITATOR, Role.PARTICIPANT)))
        .where(Workshop.state != Step.CANCELLED, col(Workshop.closes_at) > now() - LATELY)
        .order_by(col(Workshop.starts_at))
        .limit(SHOWN)
    ).all()
    return [
        Link(
            each.title,
            each.no,
            WORKSHOP.names[each.state],
            "" if each.state is Step.OVER else "act" if each.state is Step.PLANNED else "good",
            f"/s/{each.no}/{_place(seated, each)}",
        )
        for each in rows
    ]


def _place(seated: Actor, workshop: Workshop) -> str:
    """Where somebody goes in a workshop: whoever runs it to its levers or its wall, the others to their phone."""
    if not seated.may(Verb.WORKSHOPS_ENTER, workshop):
        return "me"
    return "wall" if workshop.state in ON_THE_WALL else "control"


def _sessions(db: Session, actor: Actor) -> list[Link]:
    """The open sessions to come that this person runs, the next first."""
    run = run_by(db, with_sessions(db, actor, ""))
    ahead = [each for each in run if each.ends_at > now() and each.state is not SessionState.CANCELLED]
    return [
        Link(
            each.title,
            each.no,
            SESSION.names[each.state],
            "good" if each.state is SessionState.LIVE else "act",
            f"/o/{each.no}/manage",
        )
        for each in reversed(ahead[-SHOWN:])
    ]


def _kind(state: ChallengeState | ConsortiumState | Verification) -> str:
    return "good" if state in GOOD else "" if state in OVER else "act"
