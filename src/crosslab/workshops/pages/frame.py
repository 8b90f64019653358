"""What the pages of a workshop share: finding what an address names, and what every picture of a wall needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

import segno
from markupsafe import Markup
from sqlmodel import Session, select

from crosslab.core.actor import Actor
from crosslab.core.errors import Hurried, Missing
from crosslab.core.find import find_by
from crosslab.rules import N_, ON_THE_WALL, CafeState, Step, Verb
from crosslab.web.forms import Form
from crosslab.web.page import Page
from crosslab.workshops import queries
from crosslab.workshops.cafe.queries import cafe_of
from crosslab.workshops.tables import Card, Company, Kind, Note, Theme, Workshop
from crosslab.workshops.wall import seconds_left
from crosslab.workshops.why import LINKS

NOTHING = N_("There is nothing here, or it is not for you to see.")


def room(db: Session, actor: Actor, no: str, *, to: Verb | None = None) -> Workshop:
    """The workshop with this number, if it is for these eyes, and for these hands where something is done."""
    return find_by(db, actor, Workshop, no=no, to=to)


def unhurried(page: Page, actor: Actor, workshop: Workshop) -> None:
    """Slow down the one phone that sends without end, and no other. Raises `Hurried`."""
    card, posts = actor.cards.get(workshop.id), page.door.posts
    if card is not None and not posts.allows(card):
        seconds = posts.rest(card)
        raise Hurried(
            N_("That was very much at once. Wait {seconds} seconds, then send it again."), seconds=seconds
        )


def company_in(db: Session, workshop: Workshop, id: UUID) -> Company:
    """A heading of this wall."""
    return _here(
        db.exec(select(Company).where(Company.id == id, Company.workshop_id == workshop.id)).one_or_none()
    )


def card_in(db: Session, workshop: Workshop, id: UUID) -> Card:
    """Somebody in this room."""
    mine = select(Card).where(Card.id == id, Card.workshop_id == workshop.id)
    return _here(db.exec(mine).one_or_none())


def note_in(db: Session, actor: Actor, workshop: Workshop, id: UUID) -> Note:
    """A note of this wall."""
    return find_by(db, actor, Note, id=id, workshop_id=workshop.id)


def own_note_in(db: Session, card: Card, id: UUID) -> Note:
    """A note that was written by this card."""
    return _here(db.exec(select(Note).where(Note.id == id, Note.card_id == card.id)).one_or_none())


def theme_in(db: Session, actor: Actor, workshop: Workshop, id: UUID) -> Theme:
    """A theme of this wall."""
    return find_by(db, actor, Theme, id=id, workshop_id=workshop.id)


T = TypeVar("T")


def _here(found: T | None) -> T:
    if found is None:
        raise Missing(NOTHING)
    return found


def shown(db: Session, page: Page, workshop: Workshop) -> dict[str, Any]:
    """A wall as a page shows it. Hidden names are not even read."""
    return {
        **in_hand(page, workshop, queries.wall(db, workshop, names=not workshop.names_hidden)),
        **way_in(page, workshop),
        "cafe_step": _cafe_step(db, page, workshop),
    }


def _cafe_step(db: Session, page: Page, workshop: Workshop) -> str:
    """What the first step is called while a café is in its place: its round, or that it is to come."""
    cafe = cafe_of(db, workshop) if workshop.kind is not Kind.WALL else None
    if cafe is None or workshop.state is not Step.WRITING or cafe.state is CafeState.ENDED:
        return ""
    if cafe.turn:
        return page.say(N_("Round {n}"), n=cafe.turn)
    return page.say(N_("Café")) if workshop.kind is Kind.CAFE else ""


def way_in(page: Page, workshop: Workshop) -> dict[str, Any]:
    """Where people come in, as an address and as a picture for phones: on every page of the room's own frame."""
    return {
        "door_address": page.absolute(page.here(f"/j/{workshop.code}")),
        "picture": _picture(page.absolute(f"/en/j/{workshop.code}")),
    }


def in_hand(page: Page, workshop: Workshop, wall: queries.Wall) -> dict[str, Any]:
    """A wall, or what a phone needs of it, and the words around it."""
    page.context_name = workshop.title
    return {
        "workshop": workshop,
        "wall": wall,
        "steps": ON_THE_WALL,
        "prompts": prompts_of(page, workshop),
        "kinds": LINKS,
        "left": seconds_left(workshop),
    }


def prompts_of(page: Page, workshop: Workshop) -> list[dict[str, str]]:
    """The questions in the reader's language where they are ours, as they were typed where not."""
    return [
        {"letter": each["letter"], "title": page.say(each["title"]), "question": page.say(each["question"])}
        for each in workshop.prompts
    ]


def _picture(address: str) -> Markup:
    """An address as a picture for phones."""
    made = segno.make(address, micro=False).svg_inline(border=1, omitsize=True)
    return Markup(made)  # noqa: S704 - made here, of our own address


@contextmanager
def mended(page: Page, form: Form, workshop: Workshop) -> Iterator[None]:
    """Whatever refuses inside brings a small form of the room back on a page of its own, with what was typed."""
    with form.again(page, "workshops/_mend.html", "workshops/mend.html", workshop=workshop):
        yield
