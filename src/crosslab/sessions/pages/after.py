"""After a session: the summary its host sends, and the three questions everybody is asked."""

from typing import Any

from litestar import Response
from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.core.errors import Forbidden
from crosslab.rules import N_, SessionState, Verb
from crosslab.sessions import actions
from crosslab.sessions.queries import attendance
from crosslab.sessions.seats import with_sessions
from crosslab.sessions.tables import OpenSession
from crosslab.sessions.voices import letters, queries
from crosslab.sessions.voices.conditions import NOT_IN
from crosslab.sessions.voices.forms import WORTH, RateForm, SummaryForm
from crosslab.sessions.voices.papers import papers_of
from crosslab.sessions.voices.wordings import LICENCES
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, ask_anyone, do

from .voices import session_of


@ask("/o/{no:str}/summary")
def summary(db: Db, actor: Who, page: Here, no: Slug) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_PREPARE)
    found = letters.summary_of(db, session)
    typed = {"words": found.words, "slides": found.slides, "licence": found.licence}
    return page.show(
        "sessions/summary.html", form=Form(SummaryForm, typed, page.words), **_ready(db, page, session)
    )


def _ready(db: Session, page: Page, session: OpenSession) -> dict[str, Any]:
    page.context_name = session.title
    said = queries.opinions(db, session)
    return {
        "session": session,
        "found": letters.summary_of(db, session),
        "many": len(letters.addressed(db, session)),
        "over": session.state is SessionState.OVER,
        "licences": [(key, page.say(each.title), page.say(each.means)) for key, each in LICENCES.items()],
        "opinions": said if len(said) >= queries.ENOUGH else [],
        "answered": len(said),
        "enough": queries.ENOUGH,
        "worth": WORTH,
        "attended": attendance(db, session),
        "files": len(papers_of(db, session)),
        "counts": [sum(1 for each in said if each.worth == n) for n in range(1, 6)],
    }


@do("/o/{no:str}/summary", Verb.SESSIONS_PREPARE)
def prepare(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_PREPARE)
    form = Form(SummaryForm, typed, page.words)
    with form.again(page, "sessions/_summary.html", "sessions/summary.html", **_ready(db, page, session)):
        actions.prepare(db, actor, session, **form.facts())
    return page.go(f"/o/{session.no}/summary", said=N_("The summary is saved. It goes out when you send it."))


@do("/o/{no:str}/summary/send", Verb.SESSIONS_SUM_UP)
def sum_up(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_SUM_UP)
    many = actions.sum_up(db, actor, session)
    return page.go(f"/o/{session.no}/summary", said=N_("{n} letters are on their way."), n=many)


def _guest(db: Session, actor: Actor, no: str, token: str) -> tuple[Actor, OpenSession]:
    """Whoever holds the link of a letter, as the guest they are. Raises `Forbidden` for a link without a place."""
    guest = with_sessions(db, actor, token)
    session = session_of(db, guest, no)
    if queries.guest_of(db, guest, session) is None:
        raise Forbidden(NOT_IN)
    return guest, session


@ask_anyone("/sessions/{no:str}/feedback/{token:str}")
def feedback(db: Db, actor: Who, page: Here, no: Slug, token: Slug) -> Response[Any]:
    """Three questions, for whoever was there."""
    guest, session = _guest(db, actor, no, token)
    said = queries.opinion_by(db, guest, session)
    typed = {"worth": said.worth, "took": said.took, "otherwise": said.otherwise} if said else {}
    form = Form(RateForm, typed, page.words)
    return page.show(
        "sessions/feedback.html", form=form, session=session, token=token, worth=_worths(page), said=said
    )


def _worths(page: Page) -> list[tuple[int, str]]:
    return [(n, page.say(word)) for n, word in enumerate(WORTH, 1)]


@do("/sessions/{no:str}/feedback/{token:str}", Verb.SESSIONS_RATE, public=True)
def rate(db: Db, actor: Who, page: Here, no: Slug, token: Slug, typed: Posted) -> Response[Any]:
    guest, session = _guest(db, actor, no, token)
    form = Form(RateForm, typed, page.words)
    context: dict[str, Any] = {"session": session, "token": token, "worth": _worths(page), "said": None}
    with form.again(page, "sessions/_feedback.html", "sessions/feedback.html", **context):
        actions.rate(db, guest, session, **form.facts())
    return page.go(page.path, said=N_("Thank you. The host reads your answers without your name."))


HANDLERS = [summary, prepare, sum_up, feedback, rate]
