"""Where a notice leads: the page of the thing it tells of, as far as its reader may see it."""

from collections.abc import Callable
from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.challenges.tables import PUBLIC, Challenge, Interest, Question
from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.actor import Actor
from crosslab.core.events import Event, EventPlace
from crosslab.core.find import seen_by
from crosslab.funding.tables import Application
from crosslab.people.tables import Invitation, Organisation, Programme
from crosslab.pipeline.tables import Card
from crosslab.rules import ChallengeState, Verb
from crosslab.sessions.tables import OpenSession
from crosslab.sessions.voices.leads import Lead
from crosslab.sessions.voices.presenters import Presenter
from crosslab.sessions.voices.tables import Voice
from crosslab.workshops.skeletons.tables import CallInterest, Skeleton
from crosslab.workshops.tables import Workshop

Way = Callable[[Session, Actor, UUID], str | None]


def destination(db: Session, actor: Actor, event: Event) -> str | None:
    """The address of the thing an event is about; None when it is no longer open to this reader."""
    if event.kind == "person":
        return _heard_at(db, actor, event.id)
    way = WAYS.get(event.kind)
    return way(db, actor, event.thing_id) if way else None


def _heard_at(db: Session, actor: Actor, event_id: UUID) -> str | None:
    """What somebody did in a sealed workspace leads to the workspace."""
    places = select(EventPlace.place_id).where(EventPlace.event_id == event_id)
    found = db.exec(seen_by(actor, Consortium).where(col(Consortium.id).in_(places))).first()
    return _of_consortium(db, actor, found) if found else None


def _challenge(db: Session, actor: Actor, id: UUID) -> str | None:
    challenge = db.exec(seen_by(actor, Challenge).where(Challenge.id == id)).first()
    if challenge is None:
        return None
    if challenge.state == ChallengeState.REVIEW and actor.may(Verb.CHALLENGES_PUBLISH, challenge):
        return f"/challenges/{id}/review"
    if actor.may(Verb.CHALLENGES_EDIT, challenge) or challenge.state not in PUBLIC:
        return f"/challenges/{id}"
    return f"/{actor.language}/challenges/{challenge.no}-{challenge.slug}"


def _around(kind: type[Question] | type[Interest]) -> Way:
    """What stands on a challenge's page leads to the challenge."""

    def way(db: Session, actor: Actor, id: UUID) -> str | None:
        at = db.exec(select(col(kind.challenge_id)).where(col(kind.id) == id)).first()
        return _challenge(db, actor, at) if at else None

    return way


def _consortium(db: Session, actor: Actor, id: UUID) -> str | None:
    consortium = db.exec(seen_by(actor, Consortium).where(Consortium.id == id)).first()
    return _of_consortium(db, actor, consortium) if consortium else None


def _of_consortium(db: Session, actor: Actor, consortium: Consortium, tail: str = "") -> str:
    """Members and the invited go to the consortium's home, the programme manager to its page on the board."""
    if consortium.id not in actor.seats and actor.may(Verb.PIPELINE_HOLD, consortium):
        slug = db.exec(select(Programme.slug).where(Programme.id == consortium.programme_id)).one()
        return f"/p/{slug}/consortia/{consortium.ref}"
    return f"/w/{consortium.slug}{tail if consortium.id in actor.seats else ''}"


def _membership(db: Session, actor: Actor, id: UUID) -> str | None:
    membership = db.exec(select(Membership.consortium_id).where(Membership.id == id)).first()
    consortium = membership and db.exec(seen_by(actor, Consortium).where(Consortium.id == membership)).first()
    return _of_consortium(db, actor, consortium, "/members") if consortium else None


def _card(db: Session, actor: Actor, id: UUID) -> str | None:
    at = db.exec(select(Card.consortium_id).where(Card.id == id)).first()
    return _consortium(db, actor, at) if at else None


def _application(db: Session, actor: Actor, id: UUID) -> str | None:
    found = db.exec(seen_by(actor, Application).where(Application.id == id)).first()
    if found is None:
        return None
    slug = db.exec(select(Consortium.slug).where(Consortium.id == found.consortium_id)).one()
    return f"/w/{slug}/applications/{found.no}"


def _organisation(db: Session, actor: Actor, id: UUID) -> str | None:
    organisation = db.exec(seen_by(actor, Organisation).where(Organisation.id == id)).first()
    if organisation is None:
        return None
    if actor.may(Verb.PEOPLE_VERIFY, organisation):
        return f"/admin/organisations/{id}"
    return f"/{actor.language}/organisations/{organisation.slug}"


def _invitation(db: Session, actor: Actor, id: UUID) -> str | None:
    slug = db.exec(
        select(Organisation.slug)
        .join(Invitation, col(Invitation.organisation_id) == col(Organisation.id))
        .where(Invitation.id == id, Invitation.visible_to(actor))
    ).first()
    return f"/organisations/{slug}/people" if slug else None


def _case(db: Session, actor: Actor, id: UUID) -> str | None:
    """A business case, in its workshop."""
    found = db.exec(seen_by(actor, Skeleton).where(Skeleton.id == id)).first()
    no = found and db.exec(select(Workshop.no).where(Workshop.id == found.workshop_id)).one()
    return f"/s/{no}/cases/{id}" if no else None


def _keen(db: Session, actor: Actor, id: UUID) -> str | None:
    """An interest leads to the business case whose call it answers."""
    at = db.exec(select(CallInterest.skeleton_id).where(CallInterest.id == id)).first()
    return _case(db, actor, at) if at else None


def _lead(db: Session, actor: Actor, id: UUID) -> str | None:
    """Those who act for the organisation read it; to everybody else it leads nowhere."""
    found = db.exec(seen_by(actor, Lead).where(Lead.id == id)).first()
    slug = found and db.exec(select(Organisation.slug).where(Organisation.id == found.organisation_id)).one()
    return f"/organisations/{slug}/leads/{id}" if slug else None


def _presenter(db: Session, actor: Actor, id: UUID) -> str | None:
    """An organisation's people answer beside their leads; those who run the session see their own list."""
    found = db.exec(seen_by(actor, Presenter).where(Presenter.id == id)).first()
    if found is None:
        return None
    if actor.may(Verb.SESSIONS_AGREE_PRESENTING, found):
        slug = db.exec(select(Organisation.slug).where(Organisation.id == found.organisation_id)).one()
        return f"/organisations/{slug}/leads"
    no = db.exec(select(OpenSession.no).where(OpenSession.id == found.session_id)).one()
    return f"/o/{no}/presenters"


def _voice(db: Session, actor: Actor, id: UUID) -> str | None:
    """What was said in a session, where everybody reads it."""
    no = select(OpenSession.no).join(Voice, col(Voice.session_id) == col(OpenSession.id))
    found = db.exec(no.where(Voice.id == id, Voice.visible_to(actor), OpenSession.visible_to(actor))).first()
    return f"/o/{found}#v{id}" if found else None


WAYS: dict[str, Way] = {
    "challenge": _challenge,
    "question": _around(Question),
    "interest": _around(Interest),
    "consortium": _consortium,
    "membership": _membership,
    "card": _card,
    "application": _application,
    "organisation": _organisation,
    "invitation": _invitation,
    "lead": _lead,
    "session_presenter": _presenter,
    "voice": _voice,
    "skeleton": _case,
    "call_interest": _keen,
}
