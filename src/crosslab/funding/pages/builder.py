"""The applications of a consortium: begin one, see what is left to do, write its sections."""

from typing import Any

from litestar import Response

from crosslab.consortia.queries import beginning
from crosslab.core.errors import Refused
from crosslab.funding import actions, queries
from crosslab.funding.catalogue import catalogue
from crosslab.funding.forms import CURRENCIES, DetailsForm, SectionForm, StartForm, said_of
from crosslab.rules import N_, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Posted, Slug, Who
from crosslab.web.routes import ask, do
from crosslab.workshops.seats import with_cards

from ._ways import consortium_at, place_at, shown

SLUG, NO = "/w/{slug:str}/applications", "/w/{slug:str}/applications/{no:str}"


def choices() -> dict[str, Any]:
    """The programmes that take applications, and the currencies."""
    open_now = [one for one in catalogue().schemes if one.status not in actions.OVER]
    return {
        "schemes": [(one.id, f"{one.name} ({one.currency})") for one in open_now],
        "currencies": [(code, code) for code in CURRENCIES],
    }


@ask(SLUG)
def applications(db: Db, actor: Who, page: Here, slug: Slug) -> Response[str]:
    consortium = consortium_at(db, actor, page, slug)
    found = queries.of_consortium(db, actor, consortium)
    wholes = [queries.whole(db, one) for one in found]
    return page.show("funding/index.html", consortium=consortium, wholes=wholes)


@ask(f"{SLUG}/new")
def new(db: Db, actor: Who, page: Here, slug: Slug) -> Response[str]:
    consortium = consortium_at(db, actor, page, slug, to=Verb.FUNDING_START)
    form = Form(StartForm, {"title": consortium.name, "months": "12", "language": page.code}, page.words)
    return page.show("funding/new.html", consortium=consortium, form=form, **choices())


@do(SLUG, Verb.FUNDING_START)
def start(db: Db, actor: Who, page: Here, slug: Slug, typed: Posted) -> Response[Any]:
    consortium = consortium_at(db, actor, page, slug, to=Verb.FUNDING_START)
    form = Form(StartForm, typed, page.words)
    with form.again(
        page, "funding/_start_form.html", whole="funding/new.html", consortium=consortium, **choices()
    ):
        facts = said_of(form.facts())
        scheme = catalogue().get(facts.pop("scheme"))
        if scheme is None:
            raise Refused(N_("Choose the programme you apply to."), field="scheme")
        facts["currency"] = facts["currency"] or scheme.currency
        made = actions.start(db, actor, consortium, scheme=scheme, **facts)
    return page.go(
        f"/w/{slug}/applications/{made.no}", said=N_("The application is begun. All partners see it.")
    )


@ask(NO)
def application(db: Db, actor: Who, page: Here, slug: Slug, no: Slug) -> Response[str]:
    """What is done and what is left, in the order it is done."""
    place = place_at(db, actor, page, slug, no)
    begun = beginning(db, with_cards(db, actor, page.request.cookies), place.consortium)
    return page.show("funding/show.html", beginning=begun, **shown(db, page, place))


@ask(f"{NO}/details")
def details(db: Db, actor: Who, page: Here, slug: Slug, no: Slug) -> Response[str]:
    place = place_at(db, actor, page, slug, no, to=Verb.FUNDING_DESCRIBE)
    one = place.application
    day = one.starts_on
    typed = {"title": one.title, "acronym": one.acronym, "language": one.language, "months": str(one.months)}
    if day:
        typed |= {
            "starts_on_day": str(day.day),
            "starts_on_month": str(day.month),
            "starts_on_year": str(day.year),
        }
    form = Form(DetailsForm, typed, page.words)
    return page.show("funding/details.html", form=form, **shown(db, page, place))


@do(f"{NO}/details", Verb.FUNDING_DESCRIBE)
def describe(db: Db, actor: Who, page: Here, slug: Slug, no: Slug, typed: Posted) -> Response[Any]:
    place = place_at(db, actor, page, slug, no, to=Verb.FUNDING_DESCRIBE)
    form = Form(DetailsForm, typed, page.words)
    known = shown(db, page, place)
    with form.again(page, "funding/_details_form.html", whole="funding/details.html", **known):
        actions.describe(db, actor, place.application, **said_of(form.facts()))
    return page.go(place.url, said=N_("The details are saved."))


@ask(f"{NO}/sections/{{key:str}}")
def section(db: Db, actor: Who, page: Here, slug: Slug, no: Slug, key: Slug) -> Response[str]:
    place = place_at(db, actor, page, slug, no)
    found = queries.section(db, place.application, key)
    form = Form(SectionForm, {"text": found.text, "version": found.version}, page.words)
    return page.show("funding/section.html", section=found, form=form, **shown(db, page, place))


@do(f"{NO}/sections/{{key:str}}", Verb.FUNDING_WRITE)
def write(db: Db, actor: Who, page: Here, slug: Slug, no: Slug, key: Slug, typed: Posted) -> Response[Any]:
    """Saved by the button, or a moment after typing stops; the second of two writers keeps their text."""
    place = place_at(db, actor, page, slug, no, to=Verb.FUNDING_WRITE)
    found = queries.section(db, place.application, key)
    form = Form(SectionForm, typed, page.words)
    known = {"section": found, **shown(db, page, place)}
    with form.again(page, "funding/_section_form.html", whole="funding/section.html", **known):
        actions.write(db, actor, place.application, found, **form.facts())
    if page.request.headers.get("x-autosave"):
        return Response("", headers={"x-version": str(found.version)})
    return page.go(f"{place.url}/sections/{key}", said=N_("The section is saved."))


HANDLERS = [applications, new, start, application, details, describe, section, write]
