"""After the session: one letter to everybody who registered, with answers to their own voices."""

from sqlmodel import Session

from crosslab.challenges.documents import Paper
from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.core.files import Files
from crosslab.rules import N_, SessionState, Verb
from crosslab.sessions.tables import OpenSession
from crosslab.sessions.voices import letters
from crosslab.sessions.voices.papers import papers_of
from crosslab.sessions.voices.tables import SessionFile

MOST_FILES = 12


def prepare(
    db: Session, actor: Actor, session: OpenSession, *, words: str, slides: str, licence: str
) -> None:
    """The host writes what goes with the summary: a few words, and the slides with what may be done with them."""
    with act(db, actor, Verb.SESSIONS_PREPARE, session):
        summary = letters.summary_of(db, session)
        if summary.sent_at:
            raise Refused(N_("The summary went out already."))
        if slides and not licence:
            raise Refused(N_("Say what may be done with the slides."), field="licence")
        summary.words, summary.slides, summary.licence = words, slides, licence if slides else ""
        db.add(summary)


def sum_up(db: Session, actor: Actor, session: OpenSession) -> int:
    """Send the summary to everybody who registered, once, each in their language. Says how many letters went out."""
    with act(db, actor, Verb.SESSIONS_SUM_UP, session) as event:
        summary = letters.hold(db, session)
        if session.state is not SessionState.OVER:
            raise Refused(N_("The session is not over. End it first."))
        if summary.sent_at:
            raise Refused(N_("The summary went out already."))
        summary.sent_at = now()
        db.add(summary)
        many = event.facts["many"] = letters.send(db, session, summary)
    return many


def attach(
    db: Session, actor: Actor, session: OpenSession, *, files: Files, paper: Paper, title: str, licence: str
) -> SessionFile:
    """Put a file beside the summary. Others get at it once the summary is out, and not before."""
    made = SessionFile(
        session_id=session.id, title=title, key=paper.key, media_type=paper.media_type, size=len(paper.content),
        licence=licence, by=actor.name,
    )  # fmt: skip
    with act(db, actor, Verb.SESSIONS_ATTACH, session) as event:
        if session.state is SessionState.CANCELLED:
            raise Refused(N_("This session does not take place."))
        if len(papers_of(db, session)) >= MOST_FILES:
            raise Refused(N_("There are {most} files already. Remove one first."), most=MOST_FILES)
        db.add(made)
        event.facts["title"] = title
    files.put(paper.key, paper.content)
    return made


def detach(db: Session, actor: Actor, session: OpenSession, *, file: SessionFile, files: Files) -> None:
    """Take a file away. Whoever has it already keeps it."""
    with act(db, actor, Verb.SESSIONS_DETACH, session) as event:
        event.facts["title"] = file.title
        db.delete(file)
    files.delete(file.key)
