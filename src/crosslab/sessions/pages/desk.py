"""The host's desk: what was said, answered, put together, hidden, and what stands on the screen; the screen itself."""

from typing import Any

import segno
from litestar import Response
from markupsafe import Markup
from sqlmodel import Session

from crosslab.challenges.tables import Challenge
from crosslab.core.actor import Actor
from crosslab.core.find import find
from crosslab.rules import N_, Verb, VoiceState
from crosslab.sessions import actions
from crosslab.sessions.tables import OpenSession
from crosslab.sessions.voices import inbox, onward, queries
from crosslab.sessions.voices.conditions import chosen
from crosslab.sessions.voices.forms import (
    INTENTS,
    AnswerForm,
    BringInForm,
    GroupForm,
    HandOnForm,
    HideForm,
    TermsForm,
)
from crosslab.sessions.voices.wordings import IN_FORCE, SHOW_WARNING, TERMS, WARNINGS
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do
from crosslab.workshops.skeletons.tables import Skeleton

from .frame import mended
from .voices import listed, session_of

MARK = {"waiting": N_("Waiting"), "answered": N_("Answered"), "hidden": N_("Hidden")}


@ask("/o/{no:str}/desk")
def desk(db: Db, actor: Who, page: Here, no: Slug) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_ANSWER)
    context = _laid_out(db, actor, page, session)
    if page.is_part:
        return page.part("sessions/_desk.html", **context)
    return page.show("sessions/desk.html", **context)


def _laid_out(db: Session, actor: Actor, page: Page, session: OpenSession) -> dict[str, Any]:
    """Everything on the desk. Of leads only how many there are."""
    asked = page.request.query_params.get("show", "waiting")
    show = asked if asked in MARK else "waiting"
    context = listed(db, actor, page, session)
    hidden = queries.heard(db, actor, session, order=context["order"], state=VoiceState.HIDDEN)
    waiting = [each for each in context["rows"] if each.waits]
    answered = [each for each in context["rows"] if not each.waits]
    piles = {"waiting": waiting, "answered": answered, "hidden": hidden}
    return {
        **context,
        "show": show,
        "marks": MARK,
        "many": {name: len(rows) for name, rows in piles.items()},
        "all": context["rows"],
        "rows": piles[show],
        "challenges": inbox.open_challenges(db, actor),
        "cases": onward.cases_for(db, actor),
        "wanted": inbox.counted(db, session),
        "intents": INTENTS,
        "terms": chosen(db, session),
        "wordings": TERMS,
        "address": page.absolute(f"/i/{session.code}"),
    }


def _back(page: Page, session: OpenSession, said: str | None = None) -> Response[Any]:
    came = page.request.headers.get("referer", "")
    query = "?" + came.split("?", 1)[1] if f"/o/{session.no}/desk?" in came else ""
    return page.go(f"/o/{session.no}/desk{query}", said=said)


@do("/o/{no:str}/voices/{id:uuid}/answer", Verb.SESSIONS_ANSWER)
def answer(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_ANSWER)
    form, voice = Form(AnswerForm, typed, page.words), queries.voice_in(db, actor, session, id)
    with mended(page, form, session, f"/o/{session.no}/desk"):
        actions.answer(db, actor, voice, **form.facts())
    return _back(page, session, N_("The answer stands below it."))


@do("/o/{no:str}/voices/{id:uuid}/answered", Verb.SESSIONS_MARK_ANSWERED)
def mark_answered(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_MARK_ANSWERED)
    actions.mark_answered(db, actor, queries.voice_in(db, actor, session, id))
    return _back(page, session)


@do("/o/{no:str}/voices/{id:uuid}/group", Verb.SESSIONS_GROUP)
def group(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_GROUP)
    form, voice = Form(GroupForm, typed, page.words), queries.voice_in(db, actor, session, id)
    with mended(page, form, session, f"/o/{session.no}/desk"):
        into = queries.voice_in(db, actor, session, form.facts()["into"])
        actions.group(db, actor, voice, into=into)
    return _back(page, session, N_("They stand together. Both keep their words and who supports them."))


@do("/o/{no:str}/voices/{id:uuid}/ungroup", Verb.SESSIONS_UNGROUP)
def ungroup(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_UNGROUP)
    actions.ungroup(db, actor, queries.voice_in(db, actor, session, id))
    return _back(page, session)


@do("/o/{no:str}/voices/{id:uuid}/hide", Verb.SESSIONS_HIDE)
def hide(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_HIDE)
    form, voice = Form(HideForm, typed, page.words), queries.voice_in(db, actor, session, id)
    with mended(page, form, session, f"/o/{session.no}/desk"):
        actions.hide(db, actor, voice, **form.facts())
    return _back(page, session, N_("It is hidden. Whoever said it reads why."))


@do("/o/{no:str}/voices/{id:uuid}/unhide", Verb.SESSIONS_UNHIDE)
def unhide(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_UNHIDE)
    actions.unhide(db, actor, queries.voice_in(db, actor, session, id))
    return _back(page, session)


@do("/o/{no:str}/voices/{id:uuid}/pin", Verb.SESSIONS_PIN)
def pin(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_PIN)
    actions.pin(db, actor, queries.voice_in(db, actor, session, id), session=session)
    return _back(page, session)


@do("/o/{no:str}/voices/{id:uuid}/unpin", Verb.SESSIONS_UNPIN)
def unpin(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_UNPIN)
    actions.unpin(db, actor, queries.voice_in(db, actor, session, id))
    return _back(page, session)


@do("/o/{no:str}/voices/{id:uuid}/hand-on", Verb.SESSIONS_HAND_ON)
def hand_on(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_HAND_ON)
    form, voice = Form(HandOnForm, typed, page.words), queries.voice_in(db, actor, session, id)
    with mended(page, form, session, f"/o/{session.no}/desk"):
        facts = form.facts()
        challenge = find(db, actor, Challenge, facts["challenge"])
        actions.hand_on(db, actor, voice, challenge=challenge, asks=facts["asks"])
    return _back(page, session, N_("It is handed on. Whoever said it reads so in the summary."))


@do("/o/{no:str}/voices/{id:uuid}/bring-in", Verb.SESSIONS_BRING_IN)
def bring_in(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_BRING_IN)
    form, voice = Form(BringInForm, typed, page.words), queries.voice_in(db, actor, session, id)
    with mended(page, form, session, f"/o/{session.no}/desk"):
        actions.bring_in(db, actor, voice, case=find(db, actor, Skeleton, form.facts()["case"]))
    return _back(page, session, N_("It stands beside the business case. Whoever works on it reads it there."))


@ask("/o/{no:str}/terms")
def terms(db: Db, actor: Who, page: Here, no: Slug) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_SET_TERMS)
    form = Form(TermsForm, _typed(db, session), page.words)
    return page.show("sessions/terms.html", form=form, **_about_terms(page, session))


def _typed(db: Session, session: OpenSession) -> dict[str, Any]:
    found = chosen(db, session)
    if found is None:
        return {}
    return {
        "terms": found.terms.split(".")[0],
        "shows_new": "yes" if found.shows_new else "",
        "warned": "yes" if found.warning == SHOW_WARNING else "",
    }


def _about_terms(page: Page, session: OpenSession) -> dict[str, Any]:
    page.context_name = session.title
    options = [
        (kind, page.say(TERMS[key].title), page.say(TERMS[key].means)) for kind, key in IN_FORCE.items()
    ]
    return {"session": session, "options": options, "warning": WARNINGS[SHOW_WARNING]}


@do("/o/{no:str}/terms", Verb.SESSIONS_SET_TERMS)
def set_terms(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_SET_TERMS)
    form = Form(TermsForm, typed, page.words)
    with form.again(page, "sessions/_terms.html", "sessions/terms.html", **_about_terms(page, session)):
        actions.set_terms(db, actor, session, **form.facts())
    return page.go(
        f"/o/{session.no}/desk", said=N_("The terms are saved. They count for what is said from now on.")
    )


@ask("/o/{no:str}/screen")
def screen(db: Db, actor: Who, page: Here, no: Slug) -> Response[Any]:
    """What hangs in front of the room."""
    session = session_of(db, actor, no, to=Verb.SESSIONS_PIN)
    context = {
        **listed(db, actor, page, session),
        "shown": queries.on_screen(db, actor, session),
        "address": page.absolute(f"/i/{session.code}"),
    }
    code = segno.make(context["address"], micro=False).svg_inline(border=1, omitsize=True)
    context["picture"] = Markup(code)  # noqa: S704 - made here, of our own address
    return page.show("sessions/_screen.html" if page.is_part else "sessions/screen.html", **context)


HANDLERS = [
    desk, answer, mark_answered, group, ungroup, hide, unhide, pin, unpin, hand_on, bring_in, terms, set_terms, screen,
]  # fmt: skip
