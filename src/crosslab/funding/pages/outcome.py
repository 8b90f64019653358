"""What became of it: submitted, awarded, not awarded, withdrawn."""

from contextlib import AbstractContextManager
from typing import Any

from litestar import Response
from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.funding import actions
from crosslab.funding.forms import AwardForm, ReasonForm, SubmitForm
from crosslab.rules import N_, Verb
from crosslab.web.forms import Facts, Form
from crosslab.web.given import Db, Here, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do

from ._ways import Place, place_at, shown
from .builder import NO


@ask(f"{NO}/submit")
def submitting(db: Db, actor: Who, page: Here, slug: Slug, no: Slug) -> Response[str]:
    return _page(db, actor, page, (slug, no), Verb.FUNDING_SUBMIT, SubmitForm)


@do(f"{NO}/submit", Verb.FUNDING_SUBMIT)
def submit(db: Db, actor: Who, page: Here, slug: Slug, no: Slug, typed: Posted) -> Response[Any]:
    place = place_at(db, actor, page, slug, no, to=Verb.FUNDING_SUBMIT)
    form = Form(SubmitForm, typed, page.words)
    with _again(db, page, place, form, Verb.FUNDING_SUBMIT):
        actions.submit(db, actor, place.application, **form.facts())
    return _recorded(page, place)


@ask(f"{NO}/award")
def awarding(db: Db, actor: Who, page: Here, slug: Slug, no: Slug) -> Response[str]:
    return _page(db, actor, page, (slug, no), Verb.FUNDING_AWARD, AwardForm)


@do(f"{NO}/award", Verb.FUNDING_AWARD)
def award(db: Db, actor: Who, page: Here, slug: Slug, no: Slug, typed: Posted) -> Response[Any]:
    place = place_at(db, actor, page, slug, no, to=Verb.FUNDING_AWARD)
    form = Form(AwardForm, {**typed, "currency": place.application.currency}, page.words)
    with _again(db, page, place, form, Verb.FUNDING_AWARD):
        facts = form.facts()
        actions.award(db, actor, place.application, amount=facts["amount"], note=facts["note"])
    return _recorded(page, place)


@ask(f"{NO}/reject")
def rejecting(db: Db, actor: Who, page: Here, slug: Slug, no: Slug) -> Response[str]:
    return _page(db, actor, page, (slug, no), Verb.FUNDING_REJECT, ReasonForm)


@do(f"{NO}/reject", Verb.FUNDING_REJECT)
def reject(db: Db, actor: Who, page: Here, slug: Slug, no: Slug, typed: Posted) -> Response[Any]:
    place = place_at(db, actor, page, slug, no, to=Verb.FUNDING_REJECT)
    form = Form(ReasonForm, typed, page.words)
    with _again(db, page, place, form, Verb.FUNDING_REJECT):
        actions.reject(db, actor, place.application, **form.facts())
    return _recorded(page, place)


@ask(f"{NO}/withdraw")
def withdrawing(db: Db, actor: Who, page: Here, slug: Slug, no: Slug) -> Response[str]:
    return _page(db, actor, page, (slug, no), Verb.FUNDING_WITHDRAW, ReasonForm)


@do(f"{NO}/withdraw", Verb.FUNDING_WITHDRAW)
def withdraw(db: Db, actor: Who, page: Here, slug: Slug, no: Slug, typed: Posted) -> Response[Any]:
    place = place_at(db, actor, page, slug, no, to=Verb.FUNDING_WITHDRAW)
    form = Form(ReasonForm, typed, page.words)
    with _again(db, page, place, form, Verb.FUNDING_WITHDRAW):
        actions.withdraw(db, actor, place.application, **form.facts())
    return _recorded(page, place)


def _page(
    db: Session, actor: Actor, page: Page, at: tuple[str, str], verb: Verb, model: type[Facts]
) -> Response[str]:
    """The page with the form of one verb, for those whose verb it is."""
    place = place_at(db, actor, page, *at, to=verb)
    form = Form(model, {}, page.words)
    return page.show("funding/outcome.html", form=form, verb=verb, **shown(db, page, place))


def _again(db: Session, page: Page, place: Place, form: Form, verb: Verb) -> AbstractContextManager[None]:
    known = shown(db, page, place)
    return form.again(page, "funding/_outcome_form.html", whole="funding/outcome.html", verb=verb, **known)


def _recorded(page: Page, place: Place) -> Response[Any]:
    return page.go(place.url, said=N_("Recorded. The partners are told."))


HANDLERS = [submitting, submit, awarding, award, rejecting, reject, withdrawing, withdraw]
