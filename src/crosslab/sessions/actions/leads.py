"""Leads: left with consent, worked with by the organisation they name, taken back by a link, erased on their day."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col

from crosslab.challenges.tables import Challenge
from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.core.jobs import call_off
from crosslab.core.mail import post
from crosslab.people.tables import Organisation, Person
from crosslab.people.tokens import digest, new_token
from crosslab.rules import N_, Verb
from crosslab.sessions.tables import OpenSession
from crosslab.sessions.voices import inbox
from crosslab.sessions.voices.conditions import own_guest, unnamed
from crosslab.sessions.voices.leads import Intent, Lead, LeadKey, LeadNote, Outcome
from crosslab.sessions.voices.wordings import CONSENT, KEPT


def leave_lead(
    db: Session,
    actor: Actor,
    session: OpenSession,
    *,
    organisation: Organisation,
    intent: Intent,
    name: str,
    email: str,
    agreed_to: str,
    words: str = "",
    language: str = "en",
) -> Lead:
    """A guest leaves their address with one organisation of the session, after reading who sees it and until when.

    They get a letter with a link that takes it back. The log names neither them nor what they wrote.
    """
    kept: dict[str, Any] = {
        "session_id": session.id,
        "about": session.title,
        "consent": CONSENT,
        "erase_at": now() + KEPT,
    }
    made = Lead(
        organisation_id=organisation.id, intent=intent, agreed_to=agreed_to, name=name, email=email,
        words=words, language=language, **kept,
    )  # fmt: skip
    with act(db, unnamed(actor), Verb.SESSIONS_LEAVE_LEAD, made):
        made.registration_id = own_guest(db, actor, session).id
        if organisation not in inbox.organisations_of(db, session):
            raise Refused(N_("Choose one of the organisations of this session."), field="organisations")
        if inbox.is_left(db, made):
            text = N_("{organisation} has your address for this already.")
            raise Refused(text, organisation=organisation.name)
        db.add(made)
        db.flush()
        _letter(db, made, "lead_left", organisation=organisation.name)
    return made


def _letter(db: Session, lead: Lead, letter: str, **facts: str) -> None:
    """A letter to whoever left a lead. Each carries a link of its own that takes the lead back.

    It is queued under the lead's id, so that it can be called off with it.
    """
    token = new_token()
    once = f"lead {lead.id} {digest(token)[:16]}"
    db.add(LeadKey(token_hash=digest(token), lead_id=lead.id))
    erased = lead.erase_at.isoformat()
    told = {"title": lead.about, "name": lead.name, "until": erased, "path": f"/leads/back/{token}", **facts}
    post(db, lead.email, lead.language, letter, once=once, **told)


def withdraw_lead(db: Session, actor: Actor, lead: Lead) -> None:
    """Whoever left a lead ends it: contact, words, notes and what it led to are gone at once.

    The inbox says that it was so, and a consortium it led to no longer goes back to it.
    """
    with act(db, unnamed(actor), Verb.SESSIONS_WITHDRAW_LEAD, lead):
        _forget(db, lead)
        lead.became = lead.became_on = lead.challenge_id = lead.consortium_id = None


def erase_lead(db: Session, actor: Actor, lead: Lead) -> None:
    """On the day told in its consent a lead's contact, words and notes are gone.

    What it led to names nobody of the session and stays.
    """
    with act(db, actor, Verb.SESSIONS_ERASE_LEAD, lead):
        if lead.erase_at > now():
            raise Refused(N_("This lead is kept until its day."))
        _forget(db, lead)


def _forget(db: Session, lead: Lead) -> None:
    """What is left says only that there was a lead, for which session, and what was agreed to. No letter leaves."""
    lead.name = lead.email = lead.words = lead.next_step = lead.became_of = ""
    lead.registration_id = lead.assignee_id = lead.next_on = None
    lead.ended_at = now()
    call_off(db, str(lead.id))
    db.execute(delete(LeadNote).where(col(LeadNote.lead_id) == lead.id))


def plan_lead(
    db: Session, actor: Actor, lead: Lead, *, assignee: Person | None, next_step: str, next_on: date | None
) -> None:
    """Say who of the organisation takes care of it, what comes next and when."""
    with act(db, actor, Verb.SESSIONS_PLAN_LEAD, lead):
        if assignee and assignee.id not in {each.id for each in inbox.colleagues(db, lead)}:
            raise Refused(N_("Choose somebody who acts for your organisation."), field="assignee")
        lead.assignee_id = assignee.id if assignee else None
        lead.next_step, lead.next_on = next_step, next_on


def note_lead(db: Session, actor: Actor, lead: Lead, *, text: str) -> LeadNote:
    """Note something for colleagues. It goes when the contact goes."""
    made = LeadNote(lead_id=lead.id, text=text, by=actor.name)
    with act(db, actor, Verb.SESSIONS_NOTE_LEAD, lead):
        db.add(made)
    return made


def write_lead(db: Session, actor: Actor, lead: Lead, *, text: str) -> None:
    """Write to them through this house, so that the letter carries the link that takes the lead back."""
    with act(db, actor, Verb.SESSIONS_WRITE_LEAD, lead):
        organisation = inbox.organisation_of(db, lead)
        _letter(
            db,
            lead,
            "lead_letter",
            text=text,
            who=actor.name,
            reply=actor.email,
            organisation=organisation.name,
        )
        db.add(LeadNote(lead_id=lead.id, text=text, by=actor.name, sent=True))


def talk(db: Session, actor: Actor, lead: Lead) -> None:
    """The organisation is in talk with them."""
    with act(db, actor, Verb.SESSIONS_TALK, lead):
        pass


def become(
    db: Session,
    actor: Actor,
    lead: Lead,
    *,
    became: Outcome,
    of: str = "",
    on: date | None = None,
    challenge: Challenge | None = None,
    consortium_id: UUID | None = None,
) -> None:
    """Note what became of it and when: a follower of a challenge, a member, a consortium, a customer, a hire.

    Without a day it is today. A consortium here is one that its own room has found to be the organisation's; it
    stays while only the words or the day change.
    """
    with act(db, actor, Verb.SESSIONS_BECOME, lead) as event:
        event.facts["became"] = became.value
        if became is Outcome.FOLLOWER and challenge is None:
            raise Refused(N_("Choose the challenge they follow."), field="challenge")
        if on and on > now().date():
            raise Refused(N_("This day has not come yet."), field="on")
        lead.became, lead.became_of, lead.became_on = became, of, on or now().date()
        lead.challenge_id = challenge.id if challenge else None
        kept = lead.consortium_id if became is Outcome.CONSORTIUM else None
        lead.consortium_id = consortium_id or kept


def close_lead(db: Session, actor: Actor, lead: Lead) -> None:
    """Nothing more is to be done. It can be taken up again until its day."""
    with act(db, actor, Verb.SESSIONS_CLOSE_LEAD, lead):
        lead.next_step, lead.next_on = "", None
