"""Questions about who presents in a session beside its host."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.find import seen_by
from crosslab.people.tables import Organisation
from crosslab.rules import PresenterState, SessionState, Verification
from crosslab.sessions.tables import OpenSession

from .presenters import Presenter

MOST_CHOICES = 500


@dataclass(frozen=True)
class Presenting:
    """A presenter with its organisation and its session."""

    presenter: Presenter
    organisation: Organisation
    session: OpenSession


def asked(db: Session, session: OpenSession) -> Sequence[Presenter]:
    """Everybody who was asked to present, whatever they said, in the order they were asked."""
    rows = select(Presenter).where(Presenter.session_id == session.id)
    return db.exec(rows.order_by(col(Presenter.id))).all()


def asked_one(db: Session, session: OpenSession, organisation: Organisation) -> Presenter | None:
    """The row of an organisation that was asked before."""
    mine = Presenter.session_id == session.id, Presenter.organisation_id == organisation.id
    return db.exec(select(Presenter).where(*mine)).one_or_none()


def agreed(db: Session, session: OpenSession) -> Sequence[Organisation]:
    """The organisations that present, in the order they were asked."""
    rows = select(Organisation).join(Presenter, col(Presenter.organisation_id) == col(Organisation.id))
    here = rows.where(Presenter.session_id == session.id, Presenter.state == PresenterState.AGREED)
    return db.exec(here.order_by(col(Presenter.id))).all()


def of_session(db: Session, actor: Actor, session: OpenSession) -> list[Presenting]:
    """The presenters of a session as far as these eyes may know of them."""
    return _told(db, actor, col(Presenter.session_id) == session.id)


def of_house(db: Session, actor: Actor, house: Organisation) -> list[Presenting]:
    """The sessions to come for which an organisation was asked, for its own people."""
    on = col(OpenSession.state).not_in((SessionState.CANCELLED, SessionState.OVER))
    return _told(db, actor, col(Presenter.organisation_id) == house.id, on, col(OpenSession.ends_at) > now())


def _told(db: Session, actor: Actor, *which: ColumnElement[bool]) -> list[Presenting]:
    rows = (
        select(Presenter, Organisation, OpenSession)
        .join(Organisation, col(Organisation.id) == col(Presenter.organisation_id))
        .join(OpenSession, col(OpenSession.id) == col(Presenter.session_id))
        .where(Presenter.visible_to(actor), *which)
    )
    return [Presenting(*row) for row in db.exec(rows.order_by(col(Presenter.id))).all()]


def choices(db: Session, actor: Actor, session: OpenSession) -> Sequence[Organisation]:
    """The organisations that can be asked: verified ones, without the host and those who were asked."""
    taken = {session.organisation_id, *(each.organisation_id for each in asked(db, session))}
    rows = seen_by(actor, Organisation).where(
        Organisation.state == Verification.VERIFIED, col(Organisation.id).not_in(taken)
    )
    return db.exec(rows.order_by(col(Organisation.name)).limit(MOST_CHOICES)).all()
