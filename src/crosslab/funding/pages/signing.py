"""Sign-off: ask the partners, sign for one, take it back, open it again."""

from typing import Any

from litestar import Response

from crosslab.funding import actions
from crosslab.funding.forms import SignForm
from crosslab.rules import N_, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Posted, Slug, Who
from crosslab.web.routes import ask, do

from ._ways import place_at, sheet_at, shown
from .builder import NO


@ask(f"{NO}/sign-off")
def sign_off(db: Db, actor: Who, page: Here, slug: Slug, no: Slug) -> Response[str]:
    """Who signed what, and the page on which one signs."""
    return page.show("funding/sign_off.html", **shown(db, page, place_at(db, actor, page, slug, no)))


@do(f"{NO}/fix", Verb.FUNDING_FIX)
def fix(db: Db, actor: Who, page: Here, slug: Slug, no: Slug, typed: Posted) -> Response[Any]:
    place = place_at(db, actor, page, slug, no, to=Verb.FUNDING_FIX)
    actions.fix(db, actor, place.application)
    return page.go(
        f"{place.url}/sign-off", said=N_("The partners are asked to sign. Nothing changes until then.")
    )


@do(f"{NO}/reopen", Verb.FUNDING_REOPEN)
def reopen(db: Db, actor: Who, page: Here, slug: Slug, no: Slug, typed: Posted) -> Response[Any]:
    place = place_at(db, actor, page, slug, no, to=Verb.FUNDING_REOPEN)
    actions.reopen(db, actor, place.application)
    return page.go(place.url, said=N_("The application is open for changes."))


@do(f"{NO}/sign-off/{{org:str}}", Verb.FUNDING_SIGN)
def sign(db: Db, actor: Who, page: Here, slug: Slug, no: Slug, org: Slug, typed: Posted) -> Response[Any]:
    place = place_at(db, actor, page, slug, no)
    sheet = sheet_at(db, actor, place, org, to=Verb.FUNDING_SIGN)
    form = Form(SignForm, typed, page.words)
    actions.sign(db, actor, place.application, sheet.budget, **form.facts())
    facts = {"who": sheet.partner.name}
    return page.go(f"{place.url}/sign-off", said=N_("Signed for {who}."), **facts)


@do(f"{NO}/sign-off/{{org:str}}/back", Verb.FUNDING_UNSIGN)
def unsign(db: Db, actor: Who, page: Here, slug: Slug, no: Slug, org: Slug, typed: Posted) -> Response[Any]:
    place = place_at(db, actor, page, slug, no)
    sheet = sheet_at(db, actor, place, org, to=Verb.FUNDING_UNSIGN)
    actions.unsign(db, actor, place.application, sheet.budget)
    facts = {"who": sheet.partner.name}
    return page.go(f"{place.url}/sign-off", said=N_("The signature of {who} is taken back."), **facts)


HANDLERS = [sign_off, fix, reopen, sign, unsign]
