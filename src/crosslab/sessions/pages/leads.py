"""Leads: the form a guest leaves one with, the link that takes it back, and the organisation's inbox."""

import csv
import io
from typing import Any

from litestar import Response
from sqlmodel import Session

from crosslab.challenges.tables import Challenge
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Missing, Refused
from crosslab.core.find import find, find_by
from crosslab.people.tables import Organisation, Person
from crosslab.rules import ALIVE, LEAD, N_, LeadState, Verb
from crosslab.sessions import actions
from crosslab.sessions.tables import OpenSession
from crosslab.sessions.voices import inbox, queries
from crosslab.sessions.voices.conditions import NOT_IN
from crosslab.sessions.voices.forms import (
    INTENTS,
    OUTCOMES,
    BecomeForm,
    LeadForm,
    LeadLetterForm,
    LeadNoteForm,
    LeadPlanForm,
)
from crosslab.sessions.voices.leads import Intent, Lead
from crosslab.sessions.voices.wordings import CONSENT, CONSENTS, KEPT
from crosslab.web.formats import day
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, ask_anyone, do

from .voices import NOTHING, session_of

HEAD = (
    "session",
    "left on",
    "state",
    "about",
    "name",
    "e-mail",
    "words",
    "next step",
    "on",
    "became",
    "erased on",
)
AGREE = N_("Say first that you agree: without it nobody may write to you.")


@ask_anyone("/o/{no:str}/contact")
def contact(db: Db, actor: Who, page: Here, no: Slug) -> Response[Any]:
    """Where a guest leaves their address with one organisation of the session."""
    session = session_of(db, actor, no)
    guest = queries.guest_of(db, actor, session)
    if guest is None:
        raise Forbidden(NOT_IN)
    form = Form(LeadForm, {"name": guest.name, "email": guest.email}, page.words)
    return page.show("sessions/contact.html", form=form, **_around(db, actor, page, session))


def _around(db: Session, actor: Actor, page: Page, session: OpenSession) -> dict[str, Any]:
    guest = queries.guest_of(db, actor, session)
    houses = inbox.organisations_of(db, session)
    return {
        "session": session,
        "houses": houses,
        "agreements": {house.id: consent_words(page, house) for house in houses},
        "intents": INTENTS,
        "left": inbox.left_by(db, guest) if guest else [],
        "named": {house.id: house.name for house in houses},
    }


def consent_words(page: Page, organisation: Organisation) -> str:
    """The sentence a guest agrees to, as it is shown and kept."""
    until = day(now() + KEPT, page.locale)
    return page.say(CONSENTS[CONSENT], organisation=organisation.name, day=until)


@do("/o/{no:str}/contact", Verb.SESSIONS_LEAVE_LEAD, public=True)
def leave_lead(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session, form = session_of(db, actor, no), Form(LeadForm, typed, page.words)
    with form.again(
        page, "sessions/_contact.html", "sessions/contact.html", **_around(db, actor, page, session)
    ):
        facts = form.facts()
        if not facts.pop("consents"):
            raise Refused(AGREE, field="consents")
        house = find(db, actor, Organisation, facts.pop("organisation"))
        words = consent_words(page, house)
        actions.leave_lead(
            db, actor, session, organisation=house, agreed_to=words, language=page.code, **facts
        )
    said = N_("{name} has your address now. We wrote to you; the letter has a link that takes it back.")
    return page.go(f"/o/{session.no}/contact", said=said, name=house.name)


@ask_anyone("/leads/back/{token:str}")
def back(db: Db, page: Here, token: Slug) -> Response[Any]:
    """What a letter's link leads to: what is held, and one press that ends it."""
    lead = inbox.by_token(db, token)
    context: dict[str, Any] = {
        "lead": lead,
        "token": token,
        "house": inbox.organisation_of(db, lead),
        "intents": INTENTS,
    }
    return page.show("sessions/lead_back.html", alive=lead.state in ALIVE, **context)


@do("/leads/back/{token:str}", Verb.SESSIONS_WITHDRAW_LEAD, public=True)
def withdraw_lead(db: Db, actor: Who, page: Here, token: Slug, typed: Posted) -> Response[Any]:
    actions.withdraw_lead(db, actor, inbox.by_token(db, token))
    return page.go(f"/leads/back/{token}", said=N_("It is taken back. Your address is erased."))


def _house(db: Session, actor: Actor, page: Page, slug: str) -> Organisation:
    """An organisation whose leads this person may read; for everybody else there is nothing here."""
    house = find_by(db, actor, Organisation, slug=slug)
    if not actor.may(Verb.SESSIONS_TALK, house):
        raise Missing(NOTHING)
    page.context_name = house.name
    return house


def _lead(db: Session, actor: Actor, house: Organisation, id: Any, to: Verb | None = None) -> Lead:
    return find_by(db, actor, Lead, id=id, organisation_id=house.id, to=to)


@ask("/organisations/{slug:str}/leads")
def leads(db: Db, actor: Who, page: Here, slug: Slug) -> Response[Any]:
    house = _house(db, actor, page, slug)
    asked = page.request.query_params
    state, intent = asked.get("state", ""), asked.get("about", "")
    chosen = LeadState(state) if state in set(LeadState) else None
    about = Intent(intent) if intent in set(Intent) else None
    rows = inbox.leads(db, actor, house, state=chosen, intent=about)
    return page.show(
        "sessions/leads.html", house=house, rows=rows, state=chosen, about=about, intents=INTENTS,
        outcomes=OUTCOMES, lead_names=LEAD.names, many=inbox.by_state(db, actor, house),
        names=inbox.names(db, rows), today=now().date(),
    )  # fmt: skip


@ask("/organisations/{slug:str}/leads.csv")
def leads_file(db: Db, actor: Who, page: Here, slug: Slug) -> Response[str]:
    """The leads as a table, for those who may read them."""
    house = _house(db, actor, page, slug)
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(HEAD)
    table.writerows(_line(each) for each in inbox.leads(db, actor, house))
    headers = {"Content-Disposition": f'attachment; filename="leads-{house.slug}.csv"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _line(lead: Lead) -> list[str]:
    """A lead in a table; what a spreadsheet would take for a formula is told as text."""
    said = [
        lead.about, f"{lead.left_at:%Y-%m-%d}", lead.state, lead.intent, lead.name, lead.email, lead.words,
        lead.next_step, lead.next_on.isoformat() if lead.next_on else "", lead.became or "",
        f"{lead.erase_at:%Y-%m-%d}",
    ]  # fmt: skip
    return [f"'{each}" if each[:1] in ("=", "+", "-", "@", "\t") else each for each in said]


@ask("/organisations/{slug:str}/leads/{id:uuid}")
def lead(db: Db, actor: Who, page: Here, slug: Slug, id: Id) -> Response[Any]:
    house = _house(db, actor, page, slug)
    return page.show("sessions/lead.html", **_open(db, actor, page, house, _lead(db, actor, house, id)))


def _open(db: Session, actor: Actor, page: Page, house: Organisation, lead: Lead) -> dict[str, Any]:
    return {
        "house": house,
        "lead": lead,
        "at": f"/organisations/{house.slug}/leads/{lead.id}",
        "notes": inbox.notes(db, lead),
        "colleagues": inbox.colleagues(db, lead),
        "alive": lead.state in ALIVE,
        "intents": INTENTS,
        "outcomes": OUTCOMES,
        "challenges": inbox.open_challenges(db, actor),
        "followed": inbox.challenge_of(db, actor, lead),
        "joined": inbox.consortium_of(db, actor, lead),
        "plan_form": Form(LeadPlanForm, _planned(lead), page.words),
        "note_form": Form(LeadNoteForm, {}, page.words),
        "letter_form": Form(LeadLetterForm, {}, page.words),
        "become_form": Form(BecomeForm, {"became": lead.became or "", "of": lead.became_of}, page.words),
    }


def _planned(lead: Lead) -> dict[str, Any]:
    on = lead.next_on
    parts = {"day": on.day, "month": on.month, "year": on.year} if on else {}
    days = {f"next_on_{name}": str(value) for name, value in parts.items()}
    return {"assignee": str(lead.assignee_id or ""), "next_step": lead.next_step, **days}


def _done(page: Page, house: Organisation, lead: Lead, said: str) -> Response[Any]:
    return page.go(f"/organisations/{house.slug}/leads/{lead.id}", said=said)


@do("/organisations/{slug:str}/leads/{id:uuid}/plan", Verb.SESSIONS_PLAN_LEAD)
def plan_lead(db: Db, actor: Who, page: Here, slug: Slug, id: Id, typed: Posted) -> Response[Any]:
    house = _house(db, actor, page, slug)
    lead, form = _lead(db, actor, house, id), Form(LeadPlanForm, typed, page.words)
    context = {**_open(db, actor, page, house, lead), "plan_form": form}
    with form.again(page, "sessions/_lead_plan.html", "sessions/lead.html", **context):
        facts = form.facts()
        who = find(db, actor, Person, facts.pop("assignee")) if facts["assignee"] else facts.pop("assignee")
        actions.plan_lead(db, actor, lead, assignee=who, **facts)
    return _done(page, house, lead, N_("The next step is saved."))


@do("/organisations/{slug:str}/leads/{id:uuid}/notes", Verb.SESSIONS_NOTE_LEAD)
def note_lead(db: Db, actor: Who, page: Here, slug: Slug, id: Id, typed: Posted) -> Response[Any]:
    house = _house(db, actor, page, slug)
    lead, form = _lead(db, actor, house, id), Form(LeadNoteForm, typed, page.words)
    context = {**_open(db, actor, page, house, lead), "note_form": form}
    with form.again(page, "sessions/_lead_note.html", "sessions/lead.html", **context):
        actions.note_lead(db, actor, lead, **form.facts())
    return _done(page, house, lead, N_("The note is kept."))


@do("/organisations/{slug:str}/leads/{id:uuid}/write", Verb.SESSIONS_WRITE_LEAD)
def write_lead(db: Db, actor: Who, page: Here, slug: Slug, id: Id, typed: Posted) -> Response[Any]:
    house = _house(db, actor, page, slug)
    lead, form = _lead(db, actor, house, id), Form(LeadLetterForm, typed, page.words)
    context = {**_open(db, actor, page, house, lead), "letter_form": form}
    with form.again(page, "sessions/_lead_letter.html", "sessions/lead.html", **context):
        actions.write_lead(db, actor, lead, **form.facts())
    return _done(page, house, lead, N_("The letter is on its way."))


@do("/organisations/{slug:str}/leads/{id:uuid}/talk", Verb.SESSIONS_TALK)
def talk(db: Db, actor: Who, page: Here, slug: Slug, id: Id, typed: Posted) -> Response[Any]:
    house = _house(db, actor, page, slug)
    lead = _lead(db, actor, house, id)
    actions.talk(db, actor, lead)
    return _done(page, house, lead, N_("You are in talk."))


@do("/organisations/{slug:str}/leads/{id:uuid}/became", Verb.SESSIONS_BECOME)
def become(db: Db, actor: Who, page: Here, slug: Slug, id: Id, typed: Posted) -> Response[Any]:
    house = _house(db, actor, page, slug)
    lead, form = _lead(db, actor, house, id), Form(BecomeForm, typed, page.words)
    context = {**_open(db, actor, page, house, lead), "become_form": form}
    with form.again(page, "sessions/_lead_become.html", "sessions/lead.html", **context):
        facts = form.facts()
        at = facts.pop("challenge")
        challenge = find(db, actor, Challenge, at) if at else None
        actions.become(db, actor, lead, challenge=challenge, **facts)
    return _done(page, house, lead, N_("It is noted."))


@do("/organisations/{slug:str}/leads/{id:uuid}/close", Verb.SESSIONS_CLOSE_LEAD)
def close_lead(db: Db, actor: Who, page: Here, slug: Slug, id: Id, typed: Posted) -> Response[Any]:
    house = _house(db, actor, page, slug)
    lead = _lead(db, actor, house, id)
    actions.close_lead(db, actor, lead)
    return page.go(f"/organisations/{house.slug}/leads", said=N_("It is closed. You can take it up again."))


HANDLERS = [
    contact, leave_lead, back, withdraw_lead, leads, leads_file, lead, plan_lead, note_lead, write_lead, talk,
    become, close_lead,
]  # fmt: skip
