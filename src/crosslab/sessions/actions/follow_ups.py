"""After the session: one letter to everybody who registered, with answers to their own voices."""

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.rules import N_, SessionState, Verb
from crosslab.sessions.tables import OpenSession
from crosslab.sessions.voices import letters


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
