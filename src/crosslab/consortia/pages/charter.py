"""The charter: read, written by the lead, accepted by each member."""

from typing import Any

from litestar import Response
from sqlmodel import Session

from crosslab.consortia import actions, queries
from crosslab.consortia.charters import short
from crosslab.consortia.forms import AcceptForm, CharterForm
from crosslab.consortia.regimes import regimes
from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.actor import Actor
from crosslab.core.allow import allow_one
from crosslab.core.find import find
from crosslab.rules import N_, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do

from .frame import frame, inside


@ask("/w/{slug:str}/charter")
def charter(db: Db, actor: Who, page: Here, slug: Slug) -> Response[str]:
    consortium = inside(db, actor, page, slug)
    return page.show("consortia/charter.html", **_sheet(db, actor, page, consortium))


@do("/w/{slug:str}/charter", Verb.CONSORTIA_WRITE_CHARTER)
def write_charter(db: Db, actor: Who, page: Here, slug: Slug, typed: Posted) -> Response[Any]:
    consortium = inside(db, actor, page, slug, Verb.CONSORTIA_WRITE_CHARTER)
    form = Form(CharterForm, typed, page.words)
    sheet = {**_sheet(db, actor, page, consortium), "writing": form}
    with form.again(page, "consortia/_write_charter.html", whole="consortia/charter.html", **sheet):
        made = actions.write_charter(db, actor, consortium, **form.facts())
    return page.go(f"/w/{slug}/charter", said=N_("Charter {n} is with the partners."), n=made.number)


@do("/w/{slug:str}/charter/accept", Verb.CONSORTIA_ACCEPT_CHARTER)
def accept_charter(db: Db, actor: Who, page: Here, slug: Slug, typed: Posted) -> Response[Any]:
    consortium = inside(db, actor, page, slug)
    allow_one(actor, Verb.CONSORTIA_ACCEPT_CHARTER, queries.ours(db, actor))
    facts = Form(AcceptForm, typed, page.words).facts()
    membership = find(db, actor, Membership, facts["membership"])
    actions.accept_charter(db, actor, consortium, membership=membership, number=facts["number"])
    return page.go(f"/w/{slug}/charter", said=N_("The charter is accepted for your organisation."))


def _sheet(db: Session, actor: Actor, page: Page, consortium: Consortium) -> dict[str, Any]:
    around = frame(db, actor, consortium)
    last = around["now"].charter
    names = ("purpose", "voting", "leaving", "ip_regime")
    typed = {name: getattr(last, name) for name in names} if last else {"ip_regime": "lambert_a"}
    form = Form(CharterForm, typed, page.words)
    return {**around, "writing": form, "regimes": regimes(), "short": short}


HANDLERS = [charter, write_charter, accept_charter]
