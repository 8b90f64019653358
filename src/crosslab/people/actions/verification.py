"""Verification: the organisation asks, the steward looks and decides, and says how."""

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.people import queries
from crosslab.people.tables import Organisation
from crosslab.rules import N_, Verb


def ask_verification(db: Session, actor: Actor, organisation: Organisation) -> None:
    """Ask the steward to verify the organisation. There must be a number or a website to check."""
    with act(db, actor, Verb.PEOPLE_ASK_VERIFICATION, organisation):
        if not organisation.website and not queries.identifiers_of(db, organisation):
            raise Refused(
                N_("Add a register number or a website first, so that there is something to check.")
            )
        organisation.refusal = ""


def verify(db: Session, actor: Actor, organisation: Organisation, *, note: str) -> None:
    """Say that the organisation is what it says it is, and how that was found out."""
    with act(db, actor, Verb.PEOPLE_VERIFY, organisation) as event:
        if not note:
            raise Refused(N_("Write how you know, for example: seen in the register."), field="note")
        organisation.verified_at, organisation.verified_by = now(), actor.name
        organisation.verified_note, organisation.refusal = note, ""
        event.facts = {"note": note}


def refuse(db: Session, actor: Actor, organisation: Organisation, *, note: str) -> None:
    """Refuse to verify the organisation, or take a verification back, with a reason it can act on."""
    with act(db, actor, Verb.PEOPLE_REFUSE, organisation) as event:
        if not note:
            raise Refused(N_("Write the reason, so that they can put it right."), field="note")
        organisation.verified_at, organisation.verified_by = None, ""
        organisation.verified_note, organisation.refusal = "", note
        event.facts = {"note": note}
