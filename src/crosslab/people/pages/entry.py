"""Signing in by a link from a mailbox, and signing out."""

from typing import Any

from litestar import Response
from litestar.params import FromQuery

from crosslab.people import actions, queries
from crosslab.people.forms import LinkForm, SignInForm
from crosslab.people.inside import inside
from crosslab.rules import N_, Verb
from crosslab.web.door import COOKIE, SAID_COOKIE
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask_anyone, do


@ask_anyone("/sign-in")
def sign_in_page(page: Here, next: FromQuery[str] = "", email: FromQuery[str] = "") -> Response[str]:
    return page.show("people/sign_in.html", form=Form(LinkForm, {"next": next, "email": email}, page.words))


@do("/sign-in", Verb.PEOPLE_ASK_LINK, public=True)
def ask_link(db: Db, actor: Who, page: Here, typed: Posted) -> Response[Any]:
    form = Form(LinkForm, typed, page.words)
    with form.again(page, "people/_sign_in.html", whole="people/sign_in.html"):
        actions.ask_link(db, actor, language=page.code, origin=page.settings.origin, **form.facts())
    return page.done("people/_sent.html", "/sign-in/sent", email=typed["email"])


@ask_anyone("/sign-in/sent")
def sent(page: Here) -> Response[str]:
    return page.show("people/sent.html", email="")


@ask_anyone("/sign-in/{token:str}")
def arrive(db: Db, page: Here, token: Slug) -> Response[str]:
    """A mail program that looks at links ahead must not use them up: the person presses a button."""
    link = queries.link_of(db, token)
    form = Form(SignInForm, {}, page.words)
    known = queries.name_known(db, link.email)
    return page.show("people/arrive.html", link=link, token=token, form=form, known=known)


@do("/sign-in/{token:str}", Verb.PEOPLE_SIGN_IN, public=True)
def sign_in(db: Db, actor: Who, page: Here, token: Slug, typed: Posted) -> Response[Any]:
    link = queries.link_of(db, token)
    form = Form(SignInForm, typed, page.words)
    known = queries.name_known(db, link.email)
    with form.again(
        page, "people/_arrive.html", whole="people/arrive.html", link=link, token=token, known=known
    ):
        browser = page.request.headers.get("user-agent", "")
        made = actions.sign_in(db, actor, link, language=page.code, browser=browser, **form.facts())
    return let_in(page, made, inside(link.next, "/desk"))


@do("/sign-out", Verb.PEOPLE_SIGN_OUT)
def sign_out(db: Db, actor: Who, page: Here, typed: Posted) -> Response[Any]:
    actions.sign_out(db, actor, queries.presence_of(db, page.request.cookies[COOKIE]))
    answer = page.go(page.here(), said=N_("You are signed out."))
    answer.delete_cookie(COOKIE)
    return answer


def let_in(page: Page, token: str, url: str) -> Response[Any]:
    """Give the browser its session, and go on."""
    answer = page.go(url)
    answer.delete_cookie(SAID_COOKIE)
    answer.set_cookie(page.cookie_of(COOKIE, token, max_age=int(actions.PRESENCE_LASTS.total_seconds())))
    return answer


HANDLERS = [sign_in_page, ask_link, sent, arrive, sign_in, sign_out]
