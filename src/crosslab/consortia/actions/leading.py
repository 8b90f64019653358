"""The lead can be handed on: one offers it, the other takes it."""

from sqlmodel import Session

from crosslab.consortia import queries
from crosslab.consortia.conditions import alive
from crosslab.consortia.tables import Consortium
from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.errors import Refused
from crosslab.people.tables import Organisation
from crosslab.rules import N_, MembershipState, Verb


def offer_lead(db: Session, actor: Actor, consortium: Consortium, *, organisation: Organisation) -> None:
    """The lead offers the lead to another member. Nothing changes until it is taken."""
    with act(db, actor, Verb.CONSORTIA_OFFER_LEAD, consortium) as event:
        alive(consortium)
        if organisation.id == consortium.lead_id:
            raise Refused(N_("This organisation leads already."), field="organisation")
        if queries.present(db, consortium.id, organisation.id) is not MembershipState.ACTIVE:
            raise Refused(N_("Only a member of the consortium can lead it."), field="organisation")
        consortium.lead_offered_to = organisation.id
        event.facts["organisation"] = organisation.name


def take_lead(db: Session, actor: Actor, consortium: Consortium, *, organisation: Organisation) -> None:
    """A signatory of the organisation that was offered the lead takes it for the organisation."""
    with act(db, actor, Verb.CONSORTIA_TAKE_LEAD, consortium, at=organisation) as event:
        alive(consortium)
        if consortium.lead_offered_to != organisation.id:
            raise Refused(N_("The lead is not offered to this organisation."))
        consortium.lead_id, consortium.lead_offered_to = organisation.id, None
        event.facts["organisation"] = organisation.name
