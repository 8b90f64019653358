"""Leads: the inbox of the organisation they were left to, and where it is asked to present."""

import csv
import io
from datetime import date
from functools import partial
from typing import Any

from litestar import Response
from sqlmodel import Session

from crosslab.challenges.tables import Challenge
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Missing
from crosslab.core.find import find, find_by
from crosslab.people.tables import Organisation, Person
from crosslab.rules import ALIVE, LEAD, N_, LeadState, Verb
from crosslab.sessions import actions
from crosslab.sessions.voices import inbox, presenting
from crosslab.sessions.voices.forms import (
    INTENTS,
    OUTCOMES,
    BecomeForm,
    LeadLetterForm,
    LeadNoteForm,
    LeadPlanForm,
)
from crosslab.sessions.voices.leads import Intent, Lead
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do

from .voices import NOTHING

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


def house_of(db: Session, actor: Actor, page: Page, slug: str) -> Organisation:
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
    house = house_of(db, actor, page, slug)
    asked = page.request.query_params
    state, intent = asked.get("state", ""), asked.get("about", "")
    chosen = LeadState(state) if state in set(LeadState) else None
    about = Intent(intent) if intent in set(Intent) else None
    rows = inbox.leads(db, actor, house, state=chosen, intent=about)
    return page.show(
        "sessions/leads.html", house=house, rows=rows, state=chosen, about=about, intents=INTENTS,
        outcomes=OUTCOMES, lead_names=LEAD.names, many=inbox.by_state(db, actor, house),
        names=inbox.names(db, rows), today=now().date(), presenting=presenting.of_house(db, actor, house),
    )  # fmt: skip


@ask("/organisations/{slug:str}/leads.csv")
def leads_file(db: Db, actor: Who, page: Here, slug: Slug) -> Response[str]:
    """The leads as a table, for those who may read them."""
    house = house_of(db, actor, page, slug)
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
    house = house_of(db, actor, page, slug)
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
        "become_form": Form(BecomeForm, _grown(lead), page.words),
    }


def _planned(lead: Lead) -> dict[str, Any]:
    days = _typed_day("next_on", lead.next_on)
    return {"assignee": str(lead.assignee_id or ""), "next_step": lead.next_step, **days}


def _grown(lead: Lead) -> dict[str, Any]:
    challenge = str(lead.challenge_id or "")
    days = _typed_day("on", lead.became_on)
    return {"became": lead.became or "", "of": lead.became_of, "challenge": challenge, **days}


def _typed_day(name: str, on: date | None) -> dict[str, str]:
    parts = {"day": on.day, "month": on.month, "year": on.year} if on else {}
    return {f"{name}_{part}": str(value) for part, value in parts.items()}


def _done(page: Page, house: Organisation, lead: Lead, said: str) -> Response[Any]:
    return page.go(f"/organisations/{house.slug}/leads/{lead.id}", said=said)


@do("/organisations/{slug:str}/leads/{id:uuid}/plan", Verb.SESSIONS_PLAN_LEAD)
def plan_lead(db: Db, actor: Who, page: Here, slug: Slug, id: Id, typed: Posted) -> Response[Any]:
    house = house_of(db, actor, page, slug)
    lead, form = _lead(db, actor, house, id), Form(LeadPlanForm, typed, page.words)
    opened = partial(_open, db, actor, page, house, lead)
    with form.again(page, "sessions/_lead_plan.html", "sessions/lead.html", opened, plan_form=form):
        facts = form.facts()
        who = find(db, actor, Person, facts.pop("assignee")) if facts["assignee"] else facts.pop("assignee")
        actions.plan_lead(db, actor, lead, assignee=who, **facts)
    return _done(page, house, lead, N_("The next step is saved."))


@do("/organisations/{slug:str}/leads/{id:uuid}/notes", Verb.SESSIONS_NOTE_LEAD)
def note_lead(db: Db, actor: Who, page: Here, slug: Slug, id: Id, typed: Posted) -> Response[Any]:
    house = house_of(db, actor, page, slug)
    lead, form = _lead(db, actor, house, id), Form(LeadNoteForm, typed, page.words)
    opened = partial(_open, db, actor, page, house, lead)
    with form.again(page, "sessions/_lead_note.html", "sessions/lead.html", opened, note_form=form):
        actions.note_lead(db, actor, lead, **form.facts())
    return _done(page, house, lead, N_("The note is kept."))


@do("/organisations/{slug:str}/leads/{id:uuid}/write", Verb.SESSIONS_WRITE_LEAD)
def write_lead(db: Db, actor: Who, page: Here, slug: Slug, id: Id, typed: Posted) -> Response[Any]:
    house = house_of(db, actor, page, slug)
    lead, form = _lead(db, actor, house, id), Form(LeadLetterForm, typed, page.words)
    opened = partial(_open, db, actor, page, house, lead)
    with form.again(page, "sessions/_lead_letter.html", "sessions/lead.html", opened, letter_form=form):
        actions.write_lead(db, actor, lead, **form.facts())
    return _done(page, house, lead, N_("The letter is on its way."))


@do("/organisations/{slug:str}/leads/{id:uuid}/talk", Verb.SESSIONS_TALK)
def talk(db: Db, actor: Who, page: Here, slug: Slug, id: Id, typed: Posted) -> Response[Any]:
    house = house_of(db, actor, page, slug)
    lead = _lead(db, actor, house, id)
    actions.talk(db, actor, lead)
    return _done(page, house, lead, N_("You are in talk."))


@do("/organisations/{slug:str}/leads/{id:uuid}/became", Verb.SESSIONS_BECOME)
def become(db: Db, actor: Who, page: Here, slug: Slug, id: Id, typed: Posted) -> Response[Any]:
    house = house_of(db, actor, page, slug)
    lead, form = _lead(db, actor, house, id), Form(BecomeForm, typed, page.words)
    opened = partial(_open, db, actor, page, house, lead)
    with form.again(page, "sessions/_lead_become.html", "sessions/lead.html", opened, become_form=form):
        facts = form.facts()
        at = facts.pop("challenge")
        challenge = find(db, actor, Challenge, at) if at else None
        actions.become(db, actor, lead, challenge=challenge, **facts)
    return _done(page, house, lead, N_("It is noted."))


@do("/organisations/{slug:str}/leads/{id:uuid}/close", Verb.SESSIONS_CLOSE_LEAD)
def close_lead(db: Db, actor: Who, page: Here, slug: Slug, id: Id, typed: Posted) -> Response[Any]:
    house = house_of(db, actor, page, slug)
    lead = _lead(db, actor, house, id)
    actions.close_lead(db, actor, lead)
    return page.go(f"/organisations/{house.slug}/leads", said=N_("It is closed. You can take it up again."))


HANDLERS = [
    leads, leads_file, lead, plan_lead, note_lead, write_lead, talk,
    become, close_lead,
]  # fmt: skip
