"""The people of an organisation: seats, invitations, and taking the seat one was offered."""

from typing import Any
from uuid import UUID

from litestar import Response

from crosslab.core.actor import Actor
from crosslab.core.find import find, find_by
from crosslab.people import actions, queries
from crosslab.people.forms import InviteForm, SeatForm
from crosslab.people.tables import Invitation, Organisation
from crosslab.rules import N_, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, ask_anyone, do


@ask("/organisations/{slug:str}/people")
def seats(db: Db, actor: Who, page: Here, slug: Slug) -> Response[str]:
    shown = find_by(db, actor, Organisation, slug=slug)
    return page.show(
        "people/seats.html",
        form=Form(InviteForm, {"role": "contributor"}, page.words),
        **_here(db, actor, page, shown),
    )


@do("/organisations/{slug:str}/people", Verb.PEOPLE_INVITE)
def invite(db: Db, actor: Who, page: Here, slug: Slug, typed: Posted) -> Response[Any]:
    shown = find_by(db, actor, Organisation, slug=slug, to=Verb.PEOPLE_INVITE)
    form = Form(InviteForm, typed, page.words)
    with form.again(page, "people/_invite.html", whole="people/seats.html", **_here(db, actor, page, shown)):
        made = actions.invite(db, actor, shown, origin=page.settings.origin, **form.facts())
    said = N_("An invitation is on its way to {email}. It lasts fourteen days.")
    return page.go(f"/organisations/{slug}/people", said=said, email=made.email)


@do("/organisations/{slug:str}/invitations/{id:uuid}/withdraw", Verb.PEOPLE_WITHDRAW_INVITATION)
def withdraw_invitation(db: Db, actor: Who, page: Here, slug: Slug, id: Id, typed: Posted) -> Response[Any]:
    shown = find_by(db, actor, Organisation, slug=slug, to=Verb.PEOPLE_WITHDRAW_INVITATION)
    actions.withdraw_invitation(db, actor, find(db, actor, Invitation, id), shown)
    return _done(db, actor, page, shown, N_("The invitation is withdrawn. Its link no longer works."))


@do("/organisations/{slug:str}/people/{id:uuid}/seat", Verb.PEOPLE_SEAT)
def seat(db: Db, actor: Who, page: Here, slug: Slug, id: Id, typed: Posted) -> Response[Any]:
    shown = find_by(db, actor, Organisation, slug=slug, to=Verb.PEOPLE_SEAT)
    actions.seat(db, actor, shown, person=id, **Form(SeatForm, typed, page.words).facts())
    return _done(db, actor, page, shown, N_("The seat is changed."), id)


@do("/organisations/{slug:str}/people/{id:uuid}/remove", Verb.PEOPLE_UNSEAT)
def unseat(db: Db, actor: Who, page: Here, slug: Slug, id: Id, typed: Posted) -> Response[Any]:
    shown = find_by(db, actor, Organisation, slug=slug, to=Verb.PEOPLE_UNSEAT)
    actions.unseat(db, actor, shown, person=id)
    return _done(db, actor, page, shown, N_("The seat is taken away."), id)


@ask_anyone("/invitations/{token:str}")
def invitation(db: Db, page: Here, token: Slug) -> Response[str]:
    offered, shown = queries.invitation_of(db, token)
    return page.show("people/invitation.html", offered=offered, shown=shown, token=token)


@do("/invitations/{token:str}", Verb.PEOPLE_TAKE_SEAT)
def take_seat(db: Db, actor: Who, page: Here, token: Slug, typed: Posted) -> Response[Any]:
    offered, shown = queries.invitation_of(db, token)
    actions.take_seat(db, actor, offered, shown)
    return page.go(
        page.here(f"/organisations/{shown.slug}"), said=N_("You now act for {name}."), name=shown.name
    )


def _here(db: Db, actor: Actor, page: Page, shown: Organisation) -> dict[str, Any]:
    page.context_name = shown.name
    return {
        "shown": shown,
        "sitting": queries.people_of(db, actor, shown),
        "offered": queries.invitations_of(db, actor, shown),
        "seats": actions.SEATS,
    }


def _done(
    db: Db, actor: Actor, page: Page, shown: Organisation, said: str, of: UUID | None = None
) -> Response[Any]:
    """The list again; whoever changed their own seat sees the page anew, with what is theirs to do now."""
    url = f"/organisations/{shown.slug}/people"
    if of == actor.person_id:
        return page.go(page.here(f"/organisations/{shown.slug}"), said=said)
    return page.done("people/_seats.html", url, said=said, **_here(db, actor, page, shown))


HANDLERS = [seats, invite, withdraw_invitation, seat, unseat, invitation, take_seat]
