"""Where a voice went: the challenge it was laid beside, the business case it was brought into; and back from there.

Each end is read through the reader's eyes: a draft or a case is named to nobody who may not see it, and a voice of
a session is read by nobody who may not see the session.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from crosslab.challenges.brief import path_of
from crosslab.challenges.tables import PUBLIC, Challenge
from crosslab.core.actor import Actor
from crosslab.core.find import seen_by
from crosslab.rules import SkeletonState, VoiceState
from crosslab.sessions.tables import OpenSession, Registration
from crosslab.workshops.skeletons.tables import Skeleton
from crosslab.workshops.tables import Workshop

from .tables import Voice

STANDS = (VoiceState.UP, VoiceState.GROUPED)
MOST_CASES = 50


@dataclass(frozen=True, slots=True)
class Way:
    """Where a voice went. A `public` page has an address in each language."""

    kind: str
    title: str
    path: str
    public: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A voice where it led to: its words, the session, and its author's name where they let it be shown."""

    voice: Voice
    session: OpenSession
    name: str


def ways(db: Session, actor: Actor, voices: Iterable[Voice]) -> dict[UUID, list[Way]]:
    """Where each of these voices went, as far as the reader may know."""
    there = list(voices)
    challenges = _challenges(db, actor, {each.challenge_id for each in there if each.challenge_id})
    cases = _cases(db, actor, {each.skeleton_id for each in there if each.skeleton_id})
    found: defaultdict[UUID, list[Way]] = defaultdict(list)
    for each in there:
        known = (challenges.get(each.challenge_id), cases.get(each.skeleton_id))
        found[each.id].extend(way for way in known if way)
    return dict(found)


def _challenges(db: Session, actor: Actor, ids: set[UUID]) -> dict[UUID | None, Way]:
    rows = db.exec(seen_by(actor, Challenge).where(col(Challenge.id).in_(ids))).all() if ids else ()
    return {each.id: _way_to(each) for each in rows}


def _way_to(challenge: Challenge) -> Way:
    public = challenge.state in PUBLIC
    path = path_of(challenge) if public else f"/challenges/{challenge.id}"
    return Way("challenge", challenge.called, path, public)


def _cases(db: Session, actor: Actor, ids: set[UUID]) -> dict[UUID | None, Way]:
    if not ids:
        return {}
    rows = select(Skeleton, Workshop.no).join(Workshop, col(Workshop.id) == col(Skeleton.workshop_id))
    seen = rows.where(Skeleton.visible_to(actor), col(Skeleton.id).in_(ids))
    return {case.id: Way("case", case.title, f"/s/{no}/cases/{case.id}") for case, no in db.exec(seen).all()}


def cases_for(db: Session, actor: Actor) -> Sequence[Skeleton]:
    """The business cases a voice can be brought into: those that somebody may read and that are worked on."""
    on = col(Skeleton.state) != SkeletonState.LET_GO
    newest = seen_by(actor, Skeleton).where(on).order_by(col(Skeleton.id).desc())
    return db.exec(newest.limit(MOST_CASES)).all()


def beside(db: Session, actor: Actor, challenge: Challenge) -> list[Said]:
    """What was said in open sessions and laid beside a challenge, the newest first."""
    return _said(db, actor, col(Voice.challenge_id) == challenge.id)


def within(db: Session, actor: Actor, case: Skeleton) -> tuple[list[Said], int]:
    """What was brought into a business case, and how much of it was said where the reader was not."""
    said = _said(db, actor, col(Voice.skeleton_id) == case.id)
    there = select(func.count()).where(Voice.skeleton_id == case.id, col(Voice.state).in_(STANDS))
    return said, db.exec(there).one() - len(said)


def _said(db: Session, actor: Actor, which: ColumnElement[bool]) -> list[Said]:
    rows = (
        select(Voice, OpenSession, Registration.name)
        .join(OpenSession, col(OpenSession.id) == col(Voice.session_id))
        .outerjoin(Registration, col(Registration.id) == col(Voice.registration_id))
        .where(Voice.visible_to(actor), OpenSession.visible_to(actor), which)
        .where(col(Voice.state).in_(STANDS))
        .order_by(col(Voice.id).desc())
    )
    return [
        Said(voice, session, (name or "") if voice.named else "")
        for voice, session, name in db.exec(rows).all()
    ]
