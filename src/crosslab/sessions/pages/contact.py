"""Leaving one's address with organisations of a session, each by a tick of its own, and taking it back."""

from typing import Any
from uuid import UUID

from litestar import Response
from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Refused
from crosslab.people.tables import Organisation
from crosslab.rules import ALIVE, N_, Verb
from crosslab.sessions import actions
from crosslab.sessions.tables import OpenSession
from crosslab.sessions.voices import inbox, queries
from crosslab.sessions.voices.conditions import NOT_IN
from crosslab.sessions.voices.forms import INTENTS, LeadForm
from crosslab.sessions.voices.leads import Lead
from crosslab.sessions.voices.wordings import CONSENT, CONSENTS, KEPT
from crosslab.web.formats import day
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask_anyone, do

from .voices import session_of

AGREE = N_("Tick each organisation that may write to you: without that nobody may.")


@ask_anyone("/o/{no:str}/contact")
def contact(db: Db, actor: Who, page: Here, no: Slug) -> Response[Any]:
    """Where a guest leaves their address with organisations of the session."""
    session = session_of(db, actor, no)
    guest = queries.guest_of(db, actor, session)
    if guest is None:
        raise Forbidden(NOT_IN)
    form = Form(LeadForm, {"name": guest.name, "email": guest.email}, page.words)
    return page.show("sessions/contact.html", form=form, **_around(db, actor, page, session))


def _around(db: Session, actor: Actor, page: Page, session: OpenSession) -> dict[str, Any]:
    guest = queries.guest_of(db, actor, session)
    houses = inbox.organisations_of(db, session)
    left = inbox.left_by(db, guest) if guest else []
    return {
        "session": session,
        "houses": houses,
        "agreements": {house.id: consent_words(page, house) for house in houses},
        "intents": INTENTS,
        "left": left,
        "named": inbox.houses_of(db, left),
    }


def consent_words(page: Page, organisation: Organisation) -> str:
    """The sentence a guest agrees to, as it is shown and kept."""
    until = day(now() + KEPT, page.locale)
    return page.say(CONSENTS[CONSENT], organisation=organisation.name, day=until)


@do("/o/{no:str}/contact", Verb.SESSIONS_LEAVE_LEAD, public=True)
def leave_lead(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session, form = session_of(db, actor, no), Form(LeadForm, typed, page.words)
    context = _around(db, actor, page, session)
    with form.again(page, "sessions/_contact.html", "sessions/contact.html", **context):
        facts = form.facts()
        houses = _ticked(context["houses"], facts.pop("organisations"))
        for house in houses:
            words = consent_words(page, house)
            actions.leave_lead(
                db, actor, session, organisation=house, agreed_to=words, language=page.code, **facts
            )
    said = N_("{name} may write to you now. We wrote to you; the letter has a link that takes it back.")
    names = ", ".join(house.name for house in houses)
    return page.go(f"/o/{session.no}/contact", said=said, name=names)


def _ticked(houses: list[Organisation], ids: list[UUID]) -> list[Organisation]:
    """The organisations that were ticked. Raises `Refused` for none, and for one that is not of the session."""
    chosen = [house for house in houses if house.id in ids]
    if not ids:
        raise Refused(AGREE, field="organisations")
    if len(chosen) < len(set(ids)):
        raise Refused(N_("Choose one of the organisations of this session."), field="organisations")
    return chosen


@ask_anyone("/leads/back/{token:str}")
def back(db: Db, page: Here, token: Slug) -> Response[Any]:
    """What a letter's link leads to: what is held, with whom, and one press that ends all of it."""
    lead = inbox.by_token(db, token)
    return page.show("sessions/lead_back.html", token=token, intents=INTENTS, **_held(db, lead))


def _held(db: Session, lead: Lead) -> dict[str, Any]:
    found = [each for each in inbox.with_it(db, lead) if each.state in ALIVE]
    return {"lead": lead, "held": found, "named": inbox.houses_of(db, [lead, *found])}


@do("/leads/back/{token:str}", Verb.SESSIONS_WITHDRAW_LEAD, public=True)
def withdraw_lead(db: Db, actor: Who, page: Here, token: Slug, typed: Posted) -> Response[Any]:
    """All that was left under the address with organisations of the session; with `only`, one of them."""
    held, only = inbox.with_it(db, inbox.by_token(db, token)), typed.get("only", "")
    for each in held:
        if not only or str(each.id) == only:
            actions.withdraw_lead(db, actor, each)
    return page.go(f"/leads/back/{token}", said=N_("It is taken back. Your address is erased."))


HANDLERS = [contact, leave_lead, back, withdraw_lead]
