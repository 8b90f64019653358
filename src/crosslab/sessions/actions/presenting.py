"""Who presents beside the host: asked by whoever runs the session, agreed to by the organisation itself."""

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.people.tables import Organisation
from crosslab.rules import N_, SessionState, Verb, Verification
from crosslab.sessions.tables import OpenSession
from crosslab.sessions.voices import presenting
from crosslab.sessions.voices.presenters import Presenter

MOST = 8
ENDED = (SessionState.OVER, SessionState.CANCELLED)


def ask_presenter(
    db: Session, actor: Actor, session: OpenSession, *, organisation: Organisation
) -> Presenter:
    """Ask a verified organisation to present. Guests can leave it their address once it has agreed."""
    there = presenting.asked_one(db, session, organisation)
    made = there or Presenter(session_id=session.id, organisation_id=organisation.id, about=session.title)
    with act(db, actor, Verb.SESSIONS_ASK_PRESENTER, made, at=session) as event:
        event.facts["organisation"] = organisation.name
        _can_be_asked(db, session, organisation)
        made.asked_by, made.asked_at, made.answered_at = actor.name, now(), None
    return made


def _can_be_asked(db: Session, session: OpenSession, organisation: Organisation) -> None:
    if session.state in ENDED:
        raise Refused(N_("The session is over. Nobody presents in it any more."))
    if organisation.id == session.organisation_id:
        raise Refused(N_("The host presents already."), field="organisation")
    if organisation.state is not Verification.VERIFIED:
        raise Refused(N_("Choose an organisation that is verified."), field="organisation")
    others = (each for each in presenting.asked(db, session) if each.organisation_id != organisation.id)
    if sum(1 for _ in others) >= MOST:
        raise Refused(N_("{most} presenters are enough. Take one off first."), most=MOST)


def drop_presenter(db: Session, actor: Actor, session: OpenSession, *, presenter: Presenter) -> None:
    """Take a presenter off. Addresses that were left with it stay its own: their senders can take them back."""
    with act(db, actor, Verb.SESSIONS_DROP_PRESENTER, session, hear=(presenter.organisation_id,)):
        if presenter.session_id != session.id:
            raise Refused(N_("This organisation does not present here."))
        db.delete(presenter)


def agree_presenting(db: Session, actor: Actor, presenter: Presenter, *, session: OpenSession) -> None:
    """The organisation says that it presents and takes care of the addresses that guests leave with it."""
    with act(db, actor, Verb.SESSIONS_AGREE_PRESENTING, presenter, hear=session.places):
        if session.state in ENDED:
            raise Refused(N_("The session is over. Nobody presents in it any more."))
        _answered(actor, presenter)


def decline_presenting(db: Session, actor: Actor, presenter: Presenter, *, session: OpenSession) -> None:
    """The organisation does not present, or no longer. Nobody can leave it an address there from now on."""
    with act(db, actor, Verb.SESSIONS_DECLINE_PRESENTING, presenter, hear=session.places):
        _answered(actor, presenter)


def _answered(actor: Actor, presenter: Presenter) -> None:
    presenter.answered_by, presenter.answered_at = actor.name, now()
