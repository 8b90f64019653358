"""Who somebody is in a workshop: its facilitator, or a participant with a place card."""

from collections import defaultdict
from dataclasses import replace
from uuid import UUID

from sqlmodel import Session, select

from crosslab.core.actor import Actor
from crosslab.people.tokens import digest
from crosslab.rules import Role

from .tables import Facilitator, cards_of


def with_workshops(db: Session, actor: Actor, card: str) -> Actor:
    """The actor with their seats in workshops: two queries for those with an account, one for others."""
    roles: dict[UUID, set[Role]] = defaultdict(set)
    cards = dict(db.exec(cards_of(actor.person_id, digest(card))).all())
    for workshop_id in cards:
        roles[workshop_id].add(Role.PARTICIPANT)
    if actor.person_id:
        run = select(Facilitator.workshop_id).where(Facilitator.person_id == actor.person_id)
        for workshop_id in db.exec(run).all():
            roles[workshop_id].add(Role.FACILITATOR)
    if not roles:
        return actor
    seats = {**actor.seats, **{place: frozenset(held) for place, held in roles.items()}}
    return replace(actor, seats=seats, cards=cards)
