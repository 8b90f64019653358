"""What guests of a session see and say: coming in with a code, voices, support. All of it plain forms."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from litestar import Response
from sqlmodel import Session, col, select

from crosslab.core.actor import Actor
from crosslab.core.errors import Missing, Refused
from crosslab.core.find import find_by
from crosslab.core.pace import Pace
from crosslab.people.tokens import new_token
from crosslab.rules import N_, SessionState, Verb
from crosslab.sessions import actions
from crosslab.sessions.tables import OpenSession
from crosslab.sessions.voices import queries
from crosslab.sessions.voices.conditions import has_agreed, hears, terms_of
from crosslab.sessions.voices.forms import KINDS, ComeInForm, RephraseForm, SayForm
from crosslab.sessions.voices.onward import ways
from crosslab.sessions.voices.own import held
from crosslab.sessions.voices.queries import Order
from crosslab.sessions.voices.tables import VoiceKind
from crosslab.sessions.voices.wordings import IDEA_WARNING, TERMS, WARNINGS
from crosslab.web.door import CARD_COOKIE
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.guessing import guessed_wrong, may_guess
from crosslab.web.page import Page
from crosslab.web.routes import ask_anyone, ask_json, do
from crosslab.workshops.codes import read_code

from .frame import mended

NOTHING = N_("There is nothing here, or it is not for you to see.")
TOO_FAST = N_(
    "You have said {most} things within a minute. This one is still here: send it again in a moment."
)
HASTE = Pace(6, timedelta(minutes=1))
A_MONTH = 60 * 60 * 24 * 30


def session_of(db: Session, actor: Actor, no: str, *, to: Verb | None = None) -> OpenSession:
    """The session with this number, if it is for these eyes, and for these hands where something is done."""
    return find_by(db, actor, OpenSession, no=no, to=to)


def by_code(db: Session, page: Page, code: str) -> OpenSession:
    """The session with this code, while one can come in; unless too many wrong ones came from there."""
    may_guess(page)
    open_now = col(OpenSession.state).in_((SessionState.OPEN, SessionState.LIVE))
    found = db.exec(select(OpenSession).where(OpenSession.code == read_code(code), open_now)).one_or_none()
    if found is None:
        guessed_wrong(page)
        raise Missing(NOTHING)
    return found


def listed(db: Session, actor: Actor, page: Page, session: OpenSession) -> dict[str, Any]:
    """The voices as the address asks for them: sorted, of one kind."""
    asked = page.request.query_params
    order, kind = asked.get("by", ""), asked.get("kind", "")
    chosen = Order(order) if order in set(Order) else Order.SUPPORT
    only = VoiceKind(kind) if kind in set(VoiceKind) else None
    page.context_name = session.title
    rows = queries.heard(db, actor, session, order=chosen, kind=only)
    return {
        "session": session,
        "order": chosen,
        "kind": only,
        "kinds": KINDS,
        "rows": rows,
        "led": ways(db, actor, (one.voice for each in rows for one in (each, *each.sources))),
        "seq": queries.seq(db, session.id),
    }


def _mine(db: Session, actor: Actor, page: Page, session: OpenSession) -> dict[str, Any]:
    guest = queries.guest_of(db, actor, session)
    terms = terms_of(db, session)
    return {
        **listed(db, actor, page, session),
        "guest": guest,
        "terms": TERMS[terms],
        "read": bool(guest and has_agreed(guest, terms)),
        "warning": WARNINGS[IDEA_WARNING],
        "hears": hears(session),
        "own": queries.own_ones(db, actor, session) if guest else [],
        "form": Form(SayForm, {"kind": page.request.query_params.get("kind", "")}, page.words),
        "key": uuid4().hex,
    }


@ask_anyone("/o/{no:str}")
def voices(db: Db, actor: Who, page: Here, no: Slug) -> Response[Any]:
    """What is said in a session, for whoever may see it."""
    session = session_of(db, actor, no)
    if page.is_part:
        return page.part(
            "sessions/_voices.html",
            guest=queries.guest_of(db, actor, session),
            **listed(db, actor, page, session),
        )
    return page.show("sessions/voices.html", **_mine(db, actor, page, session))


def _back(page: Page, session: OpenSession, said: str | None = None) -> Response[Any]:
    """To the list as it was sorted when the button was pressed."""
    came = page.request.headers.get("referer", "")
    query = "?" + came.split("?", 1)[1] if f"/o/{session.no}?" in came else ""
    return page.go(f"/o/{session.no}{query}", said=said)


@do("/o/{no:str}/voices", Verb.SESSIONS_SAY, public=True)
def say(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_SAY)
    form, context = Form(SayForm, typed, page.words), _mine(db, actor, page, session)
    with form.again(page, "sessions/_say.html", "sessions/voices.html", **{**context, "form": form}):
        facts = form.facts()
        if not HASTE.allows(actor.cards.get(session.id)):
            raise Refused(TOO_FAST, most=HASTE.most)
        actions.say(db, actor, session, language=page.code, **facts)
    return _back(page, session, N_("It is said. You can change it until it is answered."))


@do("/o/{no:str}/voices/{id:uuid}", Verb.SESSIONS_REPHRASE, public=True)
def rephrase(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no)
    form, voice = Form(RephraseForm, typed, page.words), queries.voice_in(db, actor, session, id)
    with mended(page, form, session, f"/o/{session.no}"):
        actions.rephrase(db, actor, voice, session=session, **form.facts())
    return _back(page, session, N_("Your words are changed."))


@do("/o/{no:str}/voices/{id:uuid}/unsay", Verb.SESSIONS_UNSAY, public=True)
def unsay(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no)
    actions.unsay(db, actor, queries.voice_in(db, actor, session, id), session=session)
    return _back(page, session, N_("It is taken back. Nobody reads it any more."))


@do("/o/{no:str}/voices/{id:uuid}/support", Verb.SESSIONS_SUPPORT, public=True)
def support(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no)
    actions.support(db, actor, queries.voice_in(db, actor, session, id), session=session)
    return _supported(db, actor, page, session)


@do("/o/{no:str}/voices/{id:uuid}/unsupport", Verb.SESSIONS_UNSUPPORT, public=True)
def unsupport(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no)
    actions.unsupport(db, actor, queries.voice_in(db, actor, session, id), session=session)
    return _supported(db, actor, page, session)


def _supported(db: Session, actor: Actor, page: Page, session: OpenSession) -> Response[Any]:
    if not page.is_part:
        return _back(page, session)
    guest = queries.guest_of(db, actor, session)
    return page.part("sessions/_voices.html", guest=guest, **listed(db, actor, page, session))


@ask_anyone("/i/{code:str}")
def code(db: Db, actor: Who, page: Here, code: Slug) -> Response[Any]:
    """The door of a session for whoever is in the room and did not register."""
    session = by_code(db, page, code)
    if session.id in actor.cards and queries.guest_of(db, actor, session):
        return page.go(f"/o/{session.no}")
    form = Form(ComeInForm, {"name": actor.name}, page.words)
    return page.show("sessions/coming_in.html", form=form, session=session)


@do("/i/{code:str}", Verb.SESSIONS_COME_IN, public=True)
def come_in(db: Db, actor: Who, page: Here, code: Slug, typed: Posted) -> Response[Any]:
    session, form = by_code(db, page, code), Form(ComeInForm, typed, page.words)
    token = page.request.cookies.get(CARD_COOKIE) or new_token()
    with form.again(page, "sessions/_come_in.html", "sessions/coming_in.html", session=session):
        actions.come_in(db, actor, session, token=token, language=page.code, **form.facts())
    answer: Response[Any] = page.go(f"/o/{session.no}")
    answer.set_cookie(page.cookie_of(CARD_COOKIE, token, max_age=A_MONTH))
    return answer


@ask_json("/o/{no:str}/mine.json", public=True)
def mine_file(db: Db, actor: Who, no: Slug) -> Response[dict[str, Any]]:
    """Everything that is held of whoever asks around their voices, as a file."""
    session = session_of(db, actor, no)
    guest = queries.guest_of(db, actor, session)
    if guest is None:
        raise Missing(NOTHING)
    told = {
        "session": session.no,
        "title": session.title,
        "name": guest.name,
        "email": guest.email,
        **held(db, guest),
    }
    headers = {
        "Content-Disposition": f'attachment; filename="session-{session.no}.json"',
        "Cache-Control": "no-store",
    }
    return Response(told, headers=headers)


HANDLERS = [mine_file, voices, say, rephrase, unsay, support, unsupport, code, come_in]
