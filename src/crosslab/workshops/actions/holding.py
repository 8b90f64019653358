"""What somebody with a card does about themselves afterwards: answer, stop the letters, erase, keep it."""

from uuid import UUID

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.people.tokens import digest, new_token
from crosslab.rules import N_, Verb
from crosslab.workshops import queries
from crosslab.workshops.after import queries as after
from crosslab.workshops.after.erasing import SOMEBODY, forget
from crosslab.workshops.after.tables import Answer, Outcome
from crosslab.workshops.conditions import own_card
from crosslab.workshops.tables import Departed, Workshop


def answer(
    db: Session,
    actor: Actor,
    workshop: Workshop,
    *,
    outcome: Outcome,
    companies: list[UUID],
    words: str,
) -> None:
    """Somebody says what came of it for them. A second answer replaces the first."""
    with act(db, actor, Verb.WORKSHOPS_ANSWER, workshop) as event:
        event.facts["who"] = SOMEBODY
        card = own_card(db, actor, workshop.id)
        known = {each.id for each in queries.wall(db, workshop, names=False).companies}
        made = after.answer_of(db, card) or Answer(card_id=card.id, outcome=outcome)
        made.outcome, made.words, made.at = outcome, words, now()
        made.companies = [str(each) for each in companies if each in known]
        db.add(made)


def stop(db: Session, actor: Actor, workshop: Workshop) -> None:
    """Somebody wants no more letters about a workshop."""
    with act(db, actor, Verb.WORKSHOPS_STOP, workshop) as event:
        event.facts["who"] = SOMEBODY
        own_card(db, actor, workshop.id).stopped_at = now()


def erase(db: Session, actor: Actor, workshop: Workshop) -> None:
    """Somebody's name, address and account go off their card, for ever. Their notes stay, under the company alone.

    Whoever was removed does it by the card they had.
    """
    left = queries.card_left(db, actor, workshop)
    at = Departed(id=left.id) if left else None
    with act(db, actor, Verb.WORKSHOPS_ERASE, workshop, at=at) as event:
        event.facts["who"] = SOMEBODY
        card = left or own_card(db, actor, workshop.id)
        forget(db, card)
        card.name, card.email, card.reason, card.person_id = "", "", "", None
        card.token_hash, card.erased_at = digest(new_token()), now()


def claim(db: Session, actor: Actor, workshop: Workshop) -> None:
    """Whoever is signed in keeps a card of this browser in their account, and finds it on every device."""
    with act(db, actor, Verb.WORKSHOPS_CLAIM, workshop) as event:
        event.facts["who"] = actor.name
        card = own_card(db, actor, workshop.id)
        if actor.person_id is None:
            raise Refused(N_("Sign in first; then this can be kept in your account."))
        if card.person_id is not None:
            raise Refused(N_("This belongs to an account already."))
        if after.other_card(db, card, actor.person_id):
            raise Refused(N_("Your account holds another card of this workshop already."))
        card.person_id = actor.person_id
