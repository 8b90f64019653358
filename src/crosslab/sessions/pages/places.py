"""One's own place: registering, the letter that was sent, the link in it, changing, giving up, erasing."""

from typing import Any

from litestar import Response
from litestar.params import FromQuery
from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Hurried, Refused
from crosslab.people.tokens import new_token
from crosslab.rules import N_, STANDING, RegistrationState, Verb
from crosslab.sessions import actions, queries
from crosslab.sessions.forms import CONSENT, PlaceForm, RegisterForm
from crosslab.sessions.letters import keep
from crosslab.sessions.tables import OpenSession, Registration
from crosslab.web.door import CARD_COOKIE
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Posted, Slug, Who
from crosslab.web.guessing import connection_of
from crosslab.web.page import Page
from crosslab.web.routes import ask, do

from .frame import own_place, session_for

A_YEAR = 60 * 60 * 24 * 365
TOO_MANY = N_(
    "Many registrations came from this connection just now. This one is still here: send it in a few minutes."
)
AGREE = N_("Say that the host may keep this. Without it there is nothing to keep.")
OLD_LINK = N_("This link opens nothing any more: what it opened was erased, or a letter of it is missing.")


@ask("/sessions/{no:str}/register", public=True)
def registering(db: Db, actor: Who, page: Here, no: Slug, invite: FromQuery[str] = "") -> Response[Any]:
    session = session_for(db, actor, no, invite)
    own = queries.own(db, actor, session)
    if own is not None and own.state in STANDING:
        return page.go(page.here(f"/sessions/{session.no}/mine"))
    form = Form(RegisterForm, {"name": actor.name, "email": actor.email}, page.words)
    return page.show("sessions/register.html", form=form, **_form_of(db, actor, session, invite))


def _form_of(db: Session, actor: Actor, session: OpenSession, invite: str) -> dict[str, Any]:
    return {
        "session": session,
        "beside": queries.around(db, actor, session),
        "takes_names": queries.takes_names(session),
        "invite": invite,
    }


@do("/sessions/{no:str}/register", Verb.SESSIONS_REGISTER, public=True)
def register(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    invite = str(typed.get("invite", ""))
    session, form = session_for(db, actor, no, invite), Form(RegisterForm, typed, page.words)
    token = page.request.cookies.get(CARD_COOKIE) or new_token()
    with form.again(
        page, "sessions/_register.html", "sessions/register.html", **_form_of(db, actor, session, invite)
    ):
        facts = _agreed(form.facts())
        _not_too_fast(page)
        email = facts.pop("email") or ""
        made = actions.register(db, actor, session, email=email, token=token, language=page.code, **facts)
    return _after(page, actor, session, made, email, token)


def _agreed(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with the wording that was agreed to instead of a tick."""
    if not facts.pop("agrees"):
        raise Refused(AGREE, field="agrees")
    return {**facts, "consents": {CONSENT: now().isoformat()}}


def _not_too_fast(page: Page) -> None:
    """Twenty within ten minutes from one connection: a firm may register its people, a machine not a hall."""
    if not page.door.registrations.allows(connection_of(page.request)):
        raise Hurried(TOO_MANY, seconds=300)


def _after(
    page: Page, actor: Actor, session: OpenSession, made: Registration, email: str, token: str
) -> Response[Any]:
    """To one's own page, or, where an address was typed, to the word that a letter is on its way: always the same."""
    if email and not actor.signed_in:
        return page.go(page.here(f"/sessions/{session.no}/sent"))
    said = (
        N_("You have a place.")
        if made.state is RegistrationState.REGISTERED
        else N_("You are on the waiting list.")
    )
    return _known(page, page.go(page.here(f"/sessions/{session.no}/mine"), said=said), token)


def _known(page: Page, answer: Response[Any], token: str) -> Response[Any]:
    answer.set_cookie(page.cookie_of(CARD_COOKIE, token, max_age=A_YEAR))
    return answer


@ask("/sessions/{no:str}/sent", public=True)
def sent(page: Here, no: Slug) -> Response[str]:
    """The same for an address that is known and one that is not, for places and for the queue."""
    return page.show("sessions/sent.html", no=no)


@ask("/r/{token:str}", public=True, writes=True)
def opened(db: Db, page: Here, token: Slug) -> Response[Any]:
    """The link in a letter: this browser is known from now on. Nothing is said yes to by opening it."""
    found = queries.opened_by(db, token)
    if found is None:
        raise Forbidden(OLD_LINK)
    kept = page.request.cookies.get(CARD_COOKIE) or new_token()
    keep(db, found, kept)
    session = queries.session_of(db, found)
    return _known(page, page.go(page.here(f"/sessions/{session.no}/mine")), kept)


@ask("/sessions/{no:str}/mine", public=True)
def mine(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    session, own = own_place(db, actor, no)
    form = Form(PlaceForm, {name: getattr(own, name) for name in PlaceForm.model_fields}, page.words)
    return page.show("sessions/mine.html", form=form, **_own(db, actor, session, own))


def _own(db: Session, actor: Actor, session: OpenSession, own: Registration) -> dict[str, Any]:
    return {
        "session": session,
        "own": own,
        "turn": queries.turn_of(db, own),
        "has_place": queries.is_in(own),
        "standing": own.state in STANDING,
        "beside": queries.around(db, actor, session),
        "over": queries.is_over(session),
    }


@do("/sessions/{no:str}/confirm", Verb.SESSIONS_CONFIRM, public=True)
def confirm(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session, own = own_place(db, actor, no)
    actions.confirm(db, actor, own, session=session)
    said = N_("The place is yours.") if queries.is_in(own) else N_("You are on the waiting list.")
    return page.go(page.here(f"/sessions/{session.no}/mine"), said=said)


@do("/sessions/{no:str}/amend", Verb.SESSIONS_AMEND, public=True)
def amend(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session, own = own_place(db, actor, no)
    form = Form(PlaceForm, typed, page.words)
    with form.again(page, "sessions/_place.html", "sessions/mine.html", **_own(db, actor, session, own)):
        actions.amend(db, actor, own, session=session, **form.facts())
    return page.go(page.here(f"/sessions/{session.no}/mine"), said=N_("It is saved."))


@do("/sessions/{no:str}/leave", Verb.SESSIONS_LEAVE, public=True)
def leave(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session, own = own_place(db, actor, no)
    actions.leave(db, actor, own, session=session)
    return page.go(page.here(f"/sessions/{session.no}/mine"), said=N_("You have given up your place."))


@do("/sessions/{no:str}/erase", Verb.SESSIONS_ERASE, public=True)
def erase(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session, own = own_place(db, actor, no)
    actions.erase(db, actor, own, session=session)
    return page.go(
        page.here("/sessions"), said=N_("Everything that was held of your registration is erased.")
    )


HANDLERS = [registering, register, sent, opened, mine, confirm, amend, leave, erase]
