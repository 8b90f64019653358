"""Files that go with a summary: there for those who run the session, and for others once the summary is out."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.core.actor import Actor
from crosslab.core.errors import Missing
from crosslab.core.find import seen_by
from crosslab.rules import N_, Verb
from crosslab.sessions.tables import OpenSession

from .tables import SessionFile, Summary

NOTHING = N_("There is nothing here, or it is not for you to see.")


def papers_of(db: Session, session: OpenSession) -> Sequence[SessionFile]:
    """The files of a session, in the order they were added."""
    rows = select(SessionFile).where(SessionFile.session_id == session.id)
    return db.exec(rows.order_by(col(SessionFile.id))).all()


def shown_after(db: Session, session: OpenSession) -> tuple[Summary | None, Sequence[SessionFile]]:
    """What everybody who sees the session gets of its summary: nothing before it went out."""
    out = select(Summary).where(Summary.session_id == session.id, col(Summary.sent_at).is_not(None))
    summary = db.exec(out).one_or_none()
    return (summary, papers_of(db, session)) if summary else (None, ())


def paper(db: Session, actor: Actor, id: UUID) -> SessionFile:
    """One file, for whoever sees its session, once the summary is out. Raises `Missing` for everybody else."""
    file = db.exec(select(SessionFile).where(SessionFile.id == id)).one_or_none()
    session = file and db.exec(seen_by(actor, OpenSession).where(OpenSession.id == file.session_id)).first()
    if file is None or not session:
        raise Missing(NOTHING)
    out = select(Summary.sent_at).where(Summary.session_id == session.id)
    if db.exec(out).first() is None and not actor.may(Verb.SESSIONS_ATTACH, session):
        raise Missing(NOTHING)
    return file


def paper_in(db: Session, session: OpenSession, id: UUID) -> SessionFile:
    """A file of this session, for those who run it."""
    wanted = select(SessionFile).where(SessionFile.session_id == session.id, SessionFile.id == id)
    found = db.exec(wanted).one_or_none()
    if found is None:
        raise Missing(NOTHING)
    return found
