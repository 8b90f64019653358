"""A consortium at home, as far as the server may know it: locked."""

from typing import Any

from litestar import Response
from litestar.params import FromQuery

from crosslab.consortia import actions, queries
from crosslab.consortia.forms import ConflictForm, DescribeForm, DissolveForm
from crosslab.consortia.standing import next_step, thread
from crosslab.core.errors import Missing
from crosslab.rules import N_, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do
from crosslab.workshops.seats import with_cards
from crosslab.workshops.skeletons import outline

from .frame import frame, inside, opened


@ask("/w/{slug:str}")
def overview(db: Db, actor: Who, page: Here, slug: Slug) -> Response[str]:
    consortium = opened(db, actor, page, slug)
    around = frame(db, actor, consortium)
    if not around["inside"]:
        return page.show("consortia/invited.html", form=Form(ConflictForm, {}, page.words), **around)
    entries = queries.log(db, actor, consortium, size=6)
    around["beginning"] = queries.beginning(db, with_cards(db, actor, page.request.cookies), consortium)
    around["meetings"] = queries.meetings(db, actor, consortium)
    around |= {"steps": thread(around["now"]), "next": next_step(around["now"]), "entries": entries}
    return page.show("consortia/_home.html" if page.is_part else "consortia/overview.html", **around)


@ask("/w/{slug:str}/case")
def case(db: Db, actor: Who, page: Here, slug: Slug) -> Response[str]:
    """The business case a consortium began with: for its members and the programme manager, to read."""
    consortium = inside(db, actor, page, slug)
    begun = queries.beginning(db, with_cards(db, actor, page.request.cookies), consortium)
    if begun is None:
        raise Missing(N_("There is nothing here, or it is not for you to see."))
    return page.show("consortia/case.html", beginning=begun, outline=outline, **frame(db, actor, consortium))


@ask("/w/{slug:str}/log")
def log(db: Db, actor: Who, page: Here, slug: Slug, after: FromQuery[str] = "") -> Response[str]:
    consortium = inside(db, actor, page, slug)
    around = frame(db, actor, consortium)
    entries = queries.log(db, actor, consortium, after=after)
    return page.show("consortia/log.html", entries=entries, **around)


@ask("/w/{slug:str}/describe")
def describing(db: Db, actor: Who, page: Here, slug: Slug) -> Response[str]:
    consortium = inside(db, actor, page, slug)
    typed = {"name": consortium.name, "pitch": consortium.pitch}
    form = Form(
        DescribeForm, typed | ({"open_to_requests": "yes"} if consortium.open_to_requests else {}), page.words
    )
    return page.show("consortia/describing.html", **_about(db, actor, page, consortium), form=form)


@do("/w/{slug:str}/describe", Verb.CONSORTIA_DESCRIBE)
def describe(db: Db, actor: Who, page: Here, slug: Slug, typed: Posted) -> Response[Any]:
    consortium = inside(db, actor, page, slug, Verb.CONSORTIA_DESCRIBE)
    form = Form(DescribeForm, typed, page.words)
    around = _about(db, actor, page, consortium)
    with form.again(page, "consortia/_describe.html", whole="consortia/describing.html", **around):
        actions.describe(db, actor, consortium, **form.facts())
    return page.go(f"/w/{slug}", said=N_("The description is saved."))


@do("/w/{slug:str}/dissolve", Verb.CONSORTIA_DISSOLVE)
def dissolve(db: Db, actor: Who, page: Here, slug: Slug, typed: Posted) -> Response[Any]:
    consortium = inside(db, actor, page, slug, Verb.CONSORTIA_DISSOLVE)
    form = Form(DissolveForm, typed, page.words)
    around = _about(db, actor, page, consortium) | {"ending": form}
    around["described"] = Form(DescribeForm, {"name": consortium.name, "pitch": consortium.pitch}, page.words)
    with form.again(page, "consortia/_dissolve.html", whole="consortia/describing.html", **around):
        actions.dissolve(db, actor, consortium, **form.facts())
    return page.go(f"/w/{slug}", said=N_("{name} is dissolved."), name=consortium.name)


def _about(db: Db, actor: Who, page: Page, consortium: Any) -> dict[str, Any]:
    return {**frame(db, actor, consortium), "ending": Form(DissolveForm, {}, page.words)}


HANDLERS = [overview, case, log, describing, describe, dissolve]
