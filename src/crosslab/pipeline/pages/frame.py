"""What the pages of the pipeline show."""

from typing import Any

from sqlmodel import Session

from crosslab.consortia.queries import beginning
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.find import find_by
from crosslab.people.tables import Programme
from crosslab.people.words import SECTORS
from crosslab.pipeline import queries, views
from crosslab.pipeline.filters import Filters
from crosslab.pipeline.requirements import BEFORE_LEAVING, COLUMNS, after, before
from crosslab.pipeline.tables import Card
from crosslab.rules import PIPELINE
from crosslab.web.page import Page
from crosslab.workshops.seats import with_cards


def shown(db: Session, actor: Actor, programme: Programme, filters: Filters) -> dict[str, Any]:
    """The board or the table with its figures: two questions, whatever the number of consortia."""
    counts = queries.counts(db, actor, programme, filters)
    rows = (
        {"columns": queries.board(db, actor, programme, filters)}
        if filters.view == "board"
        else {"rows": queries.table(db, actor, programme, filters)}
    )
    return {
        **rows,
        "programme": programme,
        "filters": filters,
        "counts": counts,
        "stages": COLUMNS,
        "names": PIPELINE.names,
        "views": views,
        "sectors": SECTORS,
        "now": now(),
    }


def placed(db: Session, actor: Actor, page: Page, slug: str, ref: str) -> tuple[Programme, Card]:
    """The programme and the card of an address, or 404."""
    programme = find_by(db, actor, Programme, slug=slug)
    card = queries.card_of(db, actor, programme, ref)
    page.context_name = programme.name
    return programme, card


def opened(db: Session, actor: Actor, page: Page, programme: Programme, card: Card) -> dict[str, Any]:
    """One consortium on the board."""
    gate, consortium = queries.gate(db, card), queries.consortium_of(db, actor, card)
    return {
        "programme": programme,
        "card": card,
        "consortium": consortium,
        "beginning": beginning(db, with_cards(db, actor, page.request.cookies), consortium),
        "needs": [(each.words, each.met(gate)) for each in BEFORE_LEAVING.get(card.state, ())],
        "history": queries.history(db, card),
        "members": queries.members_of(db, card),
        "applications": queries.funding_of(db, actor, card),
        "names": PIPELINE.names,
        "stages": COLUMNS,
        "ahead": after(card.state),
        "behind": before(card.state),
        "views": views,
    }
