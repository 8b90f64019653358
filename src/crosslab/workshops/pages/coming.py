"""Public doors: coming in with a code."""

from typing import Any

from litestar import Response
from litestar.datastructures import Cookie
from litestar.params import FromQuery

from crosslab.core.errors import Missing, Refused
from crosslab.people.tokens import new_token
from crosslab.rules import N_, Verb
from crosslab.web.door import CARD_COOKIE
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Posted, Slug, Who
from crosslab.web.guessing import guessed_wrong, may_guess
from crosslab.web.page import Page
from crosslab.web.routes import ask, do
from crosslab.workshops import actions, queries
from crosslab.workshops.codes import read_code
from crosslab.workshops.forms import CodeForm, JoinForm
from crosslab.workshops.tables import Workshop

from .frame import NOTHING

A_DAY = 60 * 60 * 24
NO_ROOM = N_("No room with this code is open. Look at the wall or at your invitation again.")


@ask("/j", public=True)
def code(page: Here, code: FromQuery[str] = "") -> Response[Any]:
    if typed := read_code(code):
        return page.go(page.here(f"/j/{typed}"))
    return page.show("workshops/code.html", form=Form(CodeForm, {}, page.words), wrong=False)


@ask("/j/{code:str}", public=True)
def coming_in(db: Db, actor: Who, page: Here, code: Slug) -> Response[Any]:
    workshop = _room(db, page, code)
    if workshop and queries.card_left(db, actor, workshop):
        return page.go(f"/s/{workshop.no}/me/data")
    if workshop is None:
        form = Form(CodeForm, {"code": code}, page.words)
        return page.show("workshops/code.html", status=404, form=form, wrong=True)
    typed = {"name": actor.name, "email": actor.email}
    return page.show("workshops/join.html", form=Form(JoinForm, typed, page.words), **_around(db, workshop))


def _room(db: Db, page: Page, code: str) -> Workshop | None:
    """The room with this code, unless too many wrong ones came from there."""
    may_guess(page)
    found = queries.by_code(db, read_code(code))
    if found is None:
        guessed_wrong(page)
    return found


def _around(db: Db, workshop: Workshop) -> dict[str, Any]:
    return {"workshop": workshop, "companies": queries.wall(db, workshop, names=False).companies}


@do("/j/{code:str}", Verb.WORKSHOPS_JOIN, public=True)
def join(db: Db, actor: Who, page: Here, code: Slug, typed: Posted) -> Response[Any]:
    workshop = _room(db, page, code)
    if workshop is None:
        raise Missing(NOTHING)
    form, token = Form(JoinForm, typed, page.words), page.request.cookies.get(CARD_COOKIE) or new_token()
    with form.again(page, "workshops/_join.html", "workshops/join.html", **_around(db, workshop)):
        facts = form.facts()
        company = _company(facts.pop("other") or facts["company"])
        told = {**facts, "company": company, "email": facts["email"] or "", "language": page.code}
        actions.join(db, actor, workshop, token=token, **told)
    return _seated(page, page.go(f"/s/{workshop.no}/me"), token)


def _company(name: str) -> str:
    if not name:
        raise Refused(N_("Choose your company, or write its name."), field="company")
    return name


def _seated(page: Page, answer: Response[Any], token: str) -> Response[Any]:
    """The answer with the cookie that says which card is theirs, for a month."""
    kept: Cookie = page.cookie_of(CARD_COOKIE, token, max_age=30 * A_DAY)
    answer.set_cookie(kept)
    return answer


HANDLERS = [code, coming_in, join]
