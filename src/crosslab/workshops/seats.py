"""Who somebody is in a workshop: its facilitator, or a participant with a place card."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from sqlmodel import Session, select

from crosslab.core.actor import Actor
from crosslab.people.tokens import digest
from crosslab.rules import Role
from crosslab.web.door import CARD_COOKIE, LETTER_COOKIE

from .after.queries import cards_by_letter
from .tables import Facilitator, Presence, cards_of


def with_workshops(db: Session, actor: Actor, card: str, letter: str = "") -> Actor:
    """The actor with their seats in workshops: two queries for those with an account, one for others.

    `letter` is the token of a letter's link that was opened in this browser: it opens the card it was sent to,
    unless they hold one of their own there. Whoever was removed has a seat at their own card alone.
    """
    roles: dict[UUID, set[Role]] = defaultdict(set)
    held = db.exec(cards_by_letter(digest(letter))).all() if letter else ()
    held = (*held, *db.exec(cards_of(actor.person_id, digest(card))).all())
    cards = {workshop_id: held_id for workshop_id, held_id, presence in held if presence is not Presence.OUT}
    for _, left_id, presence in held:
        if presence is Presence.OUT:
            roles[left_id].add(Role.PARTICIPANT)
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


def with_cards(db: Session, actor: Actor, cookies: Mapping[str, str]) -> Actor:
    """The same for pages of later rooms that show what came out of a workshop, by what the browser kept."""
    return with_workshops(db, actor, cookies.get(CARD_COOKIE, ""), cookies.get(LETTER_COOKIE, ""))
