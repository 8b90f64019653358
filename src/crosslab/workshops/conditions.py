"""What must be so before something is done in the room."""

from uuid import UUID

from sqlmodel import Session, select

from crosslab.core.actor import Actor
from crosslab.core.allow import allow
from crosslab.core.errors import Forbidden, Refused
from crosslab.rules import N_, RULES, Verb

from .skeletons.tables import Skeleton
from .tables import Card, Company, Note, Presence, Workshop, signed

NOBODY = N_("You have no place card for this workshop. Come in with its code first.")
SENT_OUT = N_("The facilitator has removed you from this workshop.")


def own_card(db: Session, actor: Actor, workshop_id: UUID) -> Card:
    """The place card of whoever acts. Raises `Forbidden` when they hold none."""
    card = db.exec(select(Card).where(Card.id == actor.cards.get(workshop_id))).one_or_none()
    if card is None:
        raise Forbidden(NOBODY)
    if card.presence is Presence.OUT:
        raise Forbidden(SENT_OUT)
    return card


def runs(actor: Actor, workshop: Workshop) -> bool:
    """Whether somebody runs the room."""
    return bool(actor.roles_at(workshop.places) & RULES[Verb.WORKSHOPS_ENTER].who)


def may_write(actor: Actor, workshop: Workshop) -> None:
    """Refuse participants while writing is locked."""
    if workshop.locked and not runs(actor, workshop):
        raise Refused(N_("Writing is locked just now. Your words are still here; send them when it opens."))


def own_note(actor: Actor, note: Note, workshop: Workshop) -> None:
    """Refuse whoever neither wrote the note nor runs the room."""
    mine = note.card_id is not None and note.card_id == actor.cards.get(workshop.id)
    if not mine and not runs(actor, workshop):
        raise Forbidden(N_("Only whoever wrote a note, and the facilitator, can change it."))


def of_this(company: Company, workshop: Workshop) -> None:
    """Refuse a heading of another wall."""
    if company.workshop_id != workshop.id:
        raise Refused(N_("This company is not on this wall. Choose one that is."), field="company")


def known_prompt(workshop: Workshop, prompt: str) -> None:
    """Refuse a prompt that this wall does not ask."""
    if prompt not in {each["letter"] for each in workshop.prompts}:
        raise Refused(N_("Choose one of the questions of this wall."), field="prompt")


def in_room(actor: Actor, workshop: Workshop) -> None:
    """Refuse whoever neither holds a card nor runs the room."""
    allow(actor, Verb.WORKSHOPS_TIE, workshop)


def own_case(db: Session, actor: Actor, skeleton: Skeleton) -> dict[str, str]:
    """Who has the business case, or runs the room, as the log says it. Refuses everybody else.

    It belongs to one person, or to everybody who sits under the name of its company.
    """
    if actor.roles_at(skeleton.places) & RULES[Verb.WORKSHOPS_ENTER].who:
        return {"who": actor.name}
    card = own_card(db, actor, skeleton.workshop_id)
    of_company = skeleton.card_id is None and card.company_id == skeleton.company_id
    if card.id != skeleton.card_id and not of_company:
        raise Forbidden(N_("Only whoever has this business case, and the facilitator, can change it."))
    return signed(card)
