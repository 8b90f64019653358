"""The summary after a session: what stands in it, and to whom it goes."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, select

from crosslab.challenges.brief import path_of
from crosslab.challenges.tables import Challenge
from crosslab.core.actor import NOBODY_YET
from crosslab.core.clock import now
from crosslab.core.mail import post
from crosslab.rules import RegistrationState, SessionState, VoiceState
from crosslab.sessions.letters import new_key
from crosslab.sessions.tables import OpenSession, Registration

from . import queries
from .papers import papers_of
from .tables import SessionFile, Summary, Voice
from .wordings import LICENCES

BY_ITSELF, TOO_LATE = timedelta(days=2), timedelta(days=30)
"""When a summary that nobody sent goes out by itself, and when it no longer does."""


def summary_of(db: Session, session: OpenSession) -> Summary:
    """What the host prepared, or an empty one."""
    found = db.exec(select(Summary).where(Summary.session_id == session.id)).first()
    return found or Summary(session_id=session.id)


def hold(db: Session, session: OpenSession) -> Summary:
    """The same, while nobody else can send it until the transaction ends."""
    db.exec(select(OpenSession.id).where(OpenSession.id == session.id).with_for_update()).one()
    return summary_of(db, session)


def send(db: Session, session: OpenSession, summary: Summary) -> int:
    """A letter to each who had a place and left an address; a second one to the same is left out."""
    people, papers = addressed(db, session), [_paper(each) for each in papers_of(db, session)]
    for guest in people:
        token = new_key(db, guest)
        told = {**_about(db, session, summary), "name": guest.name, "voices": own_voices(db, guest)}
        told["papers"] = [{**each, "path": f"{each['path']}?key={token}"} for each in papers]
        links = {"mine": f"/r/{token}", "feedback": f"/sessions/{session.no}/feedback/{token}"}
        once = f"session summary {guest.id}"
        post(db, guest.email, guest.language, "session_summary", once=once, **links, **told)
    return len(people)


def _paper(file: SessionFile) -> dict[str, str]:
    licence = LICENCES[file.licence]
    path = f"/o/files/{file.id}"
    return {"title": file.title, "path": path, "licence": licence.title, "means": licence.means}


def addressed(db: Session, session: OpenSession) -> Sequence[Registration]:
    """Who gets a letter."""
    there = select(Registration).where(
        Registration.session_id == session.id,
        Registration.state == RegistrationState.REGISTERED,
        Registration.email != "",
    )
    return db.exec(there.order_by(col(Registration.id))).all()


def _about(db: Session, session: OpenSession, summary: Summary) -> dict[str, Any]:
    """What stands in every letter of a session."""
    public = select(Challenge).where(Challenge.id == session.challenge_id, Challenge.visible_to(NOBODY_YET))
    challenge = db.exec(public).first()
    licence = LICENCES.get(summary.licence)
    return {
        "title": session.title,
        "no": session.no,
        "path": session.path,
        "words": summary.words,
        "slides": summary.slides,
        "licence": licence.title if licence else "",
        "licence_means": licence.means if licence else "",
        "challenge": challenge.question if challenge else "",
        "challenge_path": path_of(challenge) if challenge else "",
    }


def own_voices(db: Session, guest: Registration) -> list[dict[str, str]]:
    """What a guest said, each with its answer, or why it was hidden. Nothing is named that is not public."""
    return [_told(db, each) for each in queries.said_by(db, guest)]


def _told(db: Session, voice: Voice) -> dict[str, str]:
    answered = queries.answered(db, voice)
    public = select(Challenge.question).where(
        Challenge.id == answered.challenge_id, Challenge.visible_to(NOBODY_YET)
    )
    passed = db.exec(public).first() or ""
    unnamed = (answered.challenge_id and not passed) or answered.skeleton_id
    return {
        "text": voice.text,
        "answer": answered.answer,
        "live": "yes" if answered.answered_at and not answered.answer else "",
        "reason": voice.reason if voice.state is VoiceState.HIDDEN else "",
        "passed": passed,
        "worked": "yes" if unnamed else "",
    }


def owed(db: Session) -> Sequence[OpenSession]:
    """The sessions that ended two days ago or more and whose summary nobody sent."""
    sent = select(Summary.session_id).where(col(Summary.sent_at).is_not(None))
    since, until = now() - TOO_LATE, now() - BY_ITSELF
    late = select(OpenSession).where(
        OpenSession.state == SessionState.OVER,
        OpenSession.ends_at > since,
        OpenSession.ends_at <= until,
        col(OpenSession.id).not_in(sent),
    )
    return db.exec(late).all()
