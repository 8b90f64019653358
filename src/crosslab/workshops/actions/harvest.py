"""Harvest cards: one for each table and round."""

from collections.abc import Sequence

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.errors import Forbidden, Refused
from crosslab.rules import N_, ON_THE_WALL, CafeState, Verb
from crosslab.workshops.cafe import queries
from crosslab.workshops.cafe.bringing_out import company_behind, put_out
from crosslab.workshops.cafe.tables import Cafe, Harvest
from crosslab.workshops.cafe.writing import may_keep
from crosslab.workshops.conditions import may_write, of_this, runs
from crosslab.workshops.tables import Company, Workshop
from crosslab.workshops.wall import tell

CHANGED = N_(
    "Somebody changed this card since you opened it. "
    "It says now: “{idea}”. Keep the card to put yours in its place."
)


def harvest(
    db: Session,
    actor: Actor,
    cafe: Cafe,
    *,
    workshop: Workshop,
    turn: int,
    at: int,
    idea: str,
    whom: str = "",
    needs: str = "",
    companies: Sequence[Company] = (),
    seen: int = 0,
) -> Harvest:
    """The host, or whoever was named, keeps the card of a table and round; the facilitator enters it from paper.

    It is a draft until the round ends and can be changed until the café does. Sent twice, it is one card; two who
    change it at once are told.
    """
    with act(db, actor, Verb.WORKSHOPS_HARVEST, cafe) as event:
        queries.hold(db, workshop)
        _is_time(actor, workshop, cafe, turn)
        _may_write(db, actor, workshop, turn, at, companies)
        card = queries.card_at(db, workshop, turn, at)
        told = {"idea": idea, "whom": whom, "needs": needs, "companies": [str(each.id) for each in companies]}
        if card is not None and all(getattr(card, name) == value for name, value in told.items()):
            return card
        _not_overtaken(card, seen)
        event.facts |= {"turn": turn, "table": at}
        card = card or _blank(actor, workshop, turn, at)
        for name, value in told.items():
            setattr(card, name, value)
        if company_behind(db, workshop, card) is None:
            raise Refused(N_("Say which company could do it: this table has no host."), field="companies")
        db.add(card)
        db.flush()
        if card.note_id or turn < cafe.turn or cafe.state is not CafeState.ROUND:
            put_out(db, workshop, card)
        tell(db, workshop.id, "cafe card", turn=turn, at=at)
    return card


def _may_write(
    db: Session, actor: Actor, workshop: Workshop, turn: int, at: int, companies: Sequence[Company]
) -> None:
    if not may_keep(db, actor, workshop, turn, at):
        raise Forbidden(N_("The card of a table is written by its host, or by whom the facilitator names."))
    for company in companies:
        of_this(company, workshop)


def _is_time(actor: Actor, workshop: Workshop, cafe: Cafe, turn: int) -> None:
    if not 1 <= turn <= cafe.turn:
        raise Refused(N_("This round has not begun yet."))
    if workshop.state not in ON_THE_WALL:
        raise Refused(N_("The workshop is over. Its results stay here."))
    if cafe.state is CafeState.ENDED and not runs(actor, workshop):
        raise Refused(
            N_("The café is over and its cards are locked. Tell the facilitator what should change.")
        )
    may_write(actor, workshop)


def _not_overtaken(card: Harvest | None, seen: int) -> None:
    if card is not None and card.version != seen:
        raise Refused(CHANGED, idea=card.idea)


def _blank(actor: Actor, workshop: Workshop, turn: int, at: int) -> Harvest:
    own = actor.cards.get(workshop.id)
    return Harvest(
        workshop_id=workshop.id,
        programme_id=workshop.programme_id,
        turn=turn,
        at=at,
        idea="",
        card_id=own,
        on_paper=own is None,
    )
