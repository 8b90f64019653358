"""Who is in: inviting, answering, seeking, leaving, and handing on the lead."""

from typing import Any

from litestar import Response
from litestar.params import FromQuery
from sqlmodel import Session

from crosslab.consortia import actions, queries
from crosslab.consortia.forms import ConflictForm, InviteForm, LeadForm, LeaveForm, SeekForm
from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.actor import Actor
from crosslab.core.find import find
from crosslab.people.tables import Organisation
from crosslab.rules import N_, Verb
from crosslab.web.forms import Facts, Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do
from crosslab.workshops.seats import with_cards

from .frame import frame, inside


@ask("/w/{slug:str}/members")
def members(db: Db, actor: Who, page: Here, slug: Slug, q: FromQuery[str] = "") -> Response[str]:
    consortium = inside(db, actor, page, slug)
    return page.show("consortia/members.html", **_lists(db, actor, page, consortium, q))


@do("/w/{slug:str}/invite", Verb.CONSORTIA_INVITE)
def invite(db: Db, actor: Who, page: Here, slug: Slug, typed: Posted) -> Response[Any]:
    consortium = inside(db, actor, page, slug, Verb.CONSORTIA_INVITE)
    form = Form(InviteForm, typed, page.words)
    lists = {**_lists(db, actor, page, consortium, str(typed.get("q", ""))), "inviting": form}
    with form.again(page, "consortia/_invite.html", whole="consortia/members.html", **lists):
        facts = form.facts()
        organisation = find(db, actor, Organisation, facts.pop("organisation"))
        actions.invite(db, actor, consortium, organisation=organisation, **facts)
    return page.go(f"/w/{slug}/members", said=N_("{name} is invited."), name=organisation.name)


@do("/w/{slug:str}/seek", Verb.CONSORTIA_SEEK)
def seek(db: Db, actor: Who, page: Here, slug: Slug, typed: Posted) -> Response[Any]:
    consortium = inside(db, actor, page, slug, Verb.CONSORTIA_SEEK)
    form = Form(SeekForm, typed, page.words)
    lists = {**_lists(db, actor, page, consortium, ""), "seeking": form}
    with form.again(page, "consortia/_seek.html", whole="consortia/members.html", **lists):
        actions.seek(db, actor, consortium, **form.facts())
    return page.go(f"/w/{slug}/members#roles", said=N_("The role is on the list."))


@do("/w/{slug:str}/roles/{id:uuid}/drop", Verb.CONSORTIA_DROP_ROLE)
def drop_role(db: Db, actor: Who, page: Here, slug: Slug, id: Id, typed: Posted) -> Response[Any]:
    consortium = inside(db, actor, page, slug, Verb.CONSORTIA_DROP_ROLE)
    actions.drop_role(db, actor, consortium, role=queries.role_of(db, consortium, id))
    return page.go(f"/w/{slug}/members#roles", said=N_("The role is off the list."))


@do("/w/{slug:str}/offer-lead", Verb.CONSORTIA_OFFER_LEAD)
def offer_lead(db: Db, actor: Who, page: Here, slug: Slug, typed: Posted) -> Response[Any]:
    consortium = inside(db, actor, page, slug, Verb.CONSORTIA_OFFER_LEAD)
    form = Form(LeadForm, typed, page.words)
    lists = {**_lists(db, actor, page, consortium, ""), "handing": form}
    with form.again(page, "consortia/_offer_lead.html", whole="consortia/members.html", **lists):
        organisation = find(db, actor, Organisation, form.facts()["organisation"])
        actions.offer_lead(db, actor, consortium, organisation=organisation)
    return page.go(f"/w/{slug}/members", said=N_("The lead is offered to {name}."), name=organisation.name)


@do("/w/{slug:str}/take-lead/{id:uuid}", Verb.CONSORTIA_TAKE_LEAD)
def take_lead(db: Db, actor: Who, page: Here, slug: Slug, id: Id, typed: Posted) -> Response[Any]:
    consortium = inside(db, actor, page, slug)
    organisation = find(db, actor, Organisation, id)
    actions.take_lead(db, actor, consortium, organisation=organisation)
    return page.go(f"/w/{slug}/members", said=N_("{name} leads now."), name=organisation.name)


@do("/memberships/{id:uuid}/accept", Verb.CONSORTIA_ACCEPT)
def accept(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    membership = find(db, actor, Membership, id)
    consortium = queries.consortium_of(db, membership)
    form = Form(ConflictForm, typed, page.words)
    around = frame(db, actor, consortium)
    with form.again(page, "consortia/_invitation.html", whole="consortia/invited.html", **around):
        actions.accept(db, actor, membership, **form.facts())
    return page.go(f"/w/{consortium.slug}", said=N_("You are in {name}."), name=consortium.name)


@do("/memberships/{id:uuid}/decline", Verb.CONSORTIA_DECLINE)
def decline(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    actions.decline(db, actor, find(db, actor, Membership, id))
    return page.go("/consortia", said=N_("The invitation is declined."))


@do("/memberships/{id:uuid}/admit", Verb.CONSORTIA_ADMIT)
def admit(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    membership = find(db, actor, Membership, id)
    actions.admit(db, actor, membership)
    return _back(db, page, membership, N_("{organisation} is in."))


@do("/memberships/{id:uuid}/turn-down", Verb.CONSORTIA_TURN_DOWN)
def turn_down(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    membership = find(db, actor, Membership, id)
    actions.turn_down(db, actor, membership)
    return _back(db, page, membership, N_("The request of {organisation} is turned down."))


@do("/memberships/{id:uuid}/withdraw", Verb.CONSORTIA_WITHDRAW)
def withdraw(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    membership = find(db, actor, Membership, id)
    actions.withdraw(db, actor, membership)
    back = "" if membership.consortium_id in actor.seats else "/consortia"
    return _back(db, page, membership, N_("It is withdrawn."), back)


@do("/memberships/{id:uuid}/leave", Verb.CONSORTIA_LEAVE)
def leave(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    membership = find(db, actor, Membership, id)
    form = Form(LeaveForm, typed, page.words)
    consortium = queries.consortium_of(db, membership)
    lists = {**_lists(db, actor, page, consortium, ""), "leaving": form, "membership": membership}
    with form.again(page, "consortia/_leave.html", whole="consortia/members.html", **lists):
        actions.leave(db, actor, membership, **form.facts())
    return page.go("/consortia", said=N_("Your organisation has left {name}."), name=consortium.name)


def _back(db: Session, page: Page, membership: Membership, said: str, url: str = "") -> Response[Any]:
    consortium = queries.consortium_of(db, membership)
    name = queries.name_of(db, membership.organisation_id)
    return page.go(url or f"/w/{consortium.slug}/members", said=said, organisation=name)


def _lists(db: Session, actor: Actor, page: Page, consortium: Consortium, q: str) -> dict[str, Any]:
    """What the page of the members shows, with an empty form for each thing one may do there."""
    empty: dict[str, type[Facts]] = {
        "inviting": InviteForm,
        "seeking": SeekForm,
        "handing": LeadForm,
        "leaving": LeaveForm,
    }
    return {
        **frame(db, actor, consortium),
        **{name: Form(model, {}, page.words) for name, model in empty.items()},
        "roles": queries.sought(db, consortium),
        "q": q,
        "candidates": queries.candidates(db, with_cards(db, actor, page.request.cookies), consortium, q),
    }


HANDLERS = [
    members, invite, seek, drop_role, offer_lead, take_lead,
    accept, decline, admit, turn_down, withdraw, leave,
]  # fmt: skip
