"""Business cases: drafted from a suggestion, worked on, handed over, planned, let go, taken up."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, delete

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Overtaken, Refused
from crosslab.people.tables import Organisation
from crosslab.rules import N_, Verb
from crosslab.workshops import queries
from crosslab.workshops.conditions import of_this, own_card, own_case, runs
from crosslab.workshops.skeletons.suggested import Seed
from crosslab.workshops.skeletons.tables import Involved, PlannedAction, Skeleton, Source
from crosslab.workshops.tables import Card, Company, Workshop
from crosslab.workshops.wall import tell

MOST_CASES, MOST_ACTIONS = 60, 20
TWICE = N_("This suggestion is drafted already. Look among the business cases.")


def draft(db: Session, actor: Actor, workshop: Workshop, *, seed: Seed) -> Skeleton:
    """Draft a business case from a theme, from companies that tied threads, or from a note.

    Participants draft what their own company has a part in, and it is theirs; the facilitator drafts anything, and
    it belongs to the company that wrote most of it. The same suggestion is drafted once.
    """
    card = None if runs(actor, workshop) else own_card(db, actor, workshop.id)
    made = Skeleton(
        workshop_id=workshop.id,
        programme_id=workshop.programme_id,
        origin=seed.origin,
        title=seed.title,
        company_id=card.company_id if card else seed.companies[0],
        card_id=card.id if card else None,
    )
    with act(db, actor, Verb.WORKSHOPS_DRAFT, made, at=workshop) as event:
        event.facts |= queries.called_here(db, actor, workshop.id)
        if card is not None and card.company_id not in seed.companies:
            raise Forbidden(N_("Draft what your own company has a part in, or ask the facilitator."))
        if queries.drafted(db, workshop, seed.origin):
            raise Refused(TWICE)
        if queries.count_skeletons(db, workshop) >= MOST_CASES:
            raise Refused(N_("There are {most} business cases. Let some go first."), most=MOST_CASES)
        db.add(made)
        db.flush()
        db.add_all(Involved(skeleton_id=made.id, company_id=each) for each in seed.companies)
        db.add_all(Source(skeleton_id=made.id, at=at, **facts) for at, facts in enumerate(seed.sources))
        tell(db, workshop.id, "case")
    return made


def develop(
    db: Session,
    actor: Actor,
    skeleton: Skeleton,
    *,
    version: int,
    title: str,
    said: dict[str, str],
    currency: str,
    income_minor: int | None,
    cost_minor: int | None,
) -> None:
    """Whoever has a business case works on it, unless somebody saved it since `version` was read."""
    with act(db, actor, Verb.WORKSHOPS_DEVELOP, skeleton) as event:
        event.facts |= own_case(db, actor, skeleton)
        if version != skeleton.version:
            raise Overtaken(
                N_("Somebody saved this while you wrote. What you typed is still here. Save again to keep yours.")
            )  # fmt: skip
        skeleton.title, skeleton.said = title, said
        skeleton.currency, skeleton.income_minor, skeleton.cost_minor = currency, income_minor, cost_minor
        skeleton.edited_at = now()


def hand_over(
    db: Session,
    actor: Actor,
    skeleton: Skeleton,
    *,
    workshop: Workshop,
    company: Company,
    card: Card | None,
    due_on: date | None,
    companies: Sequence[Company],
) -> None:
    """Say whose a business case is, by when it is whole, and which companies are in it.

    Its owner always is, and so are those whose notes it rests on: the facilitator alone can leave them out.
    """
    with act(db, actor, Verb.WORKSHOPS_HAND_OVER, skeleton) as event:
        event.facts |= own_case(db, actor, skeleton)
        for each in (company, *companies):
            of_this(each, workshop)
        if card is not None and card.company_id != company.id:
            raise Refused(N_("This person is of another company. Choose both to fit."), field="card")
        skeleton.company_id, skeleton.card_id, skeleton.due_on = company.id, card.id if card else None, due_on
        skeleton.edited_at = now()
        db.exec(delete(Involved).where(col(Involved.skeleton_id) == skeleton.id))
        kept = set() if runs(actor, workshop) else queries.wrote(db, skeleton.id)
        for one in {company.id, *(each.id for each in companies), *kept}:
            db.add(Involved(skeleton_id=skeleton.id, company_id=one))
        tell(db, workshop.id, "case")


def undertake(
    db: Session,
    actor: Actor,
    skeleton: Skeleton,
    *,
    workshop: Workshop,
    words: str,
    company: Company,
    due_on: date | None = None,
) -> PlannedAction:
    """Plan who does what next, and by when."""
    made = PlannedAction(skeleton_id=skeleton.id, words=words, company_id=company.id, due_on=due_on)
    with act(db, actor, Verb.WORKSHOPS_UNDERTAKE, skeleton) as event:
        event.facts |= own_case(db, actor, skeleton)
        of_this(company, workshop)
        if len(queries.planned(db, skeleton.id)) >= MOST_ACTIONS:
            raise Refused(N_("{most} actions are planned. Drop some first."), most=MOST_ACTIONS)
        event.facts["action"] = words
        db.add(made)
    return made


def tick_off(db: Session, actor: Actor, skeleton: Skeleton, *, action: PlannedAction) -> None:
    """Anyone in a business case says that an action is done, or that it is not after all."""
    with act(db, actor, Verb.WORKSHOPS_TICK_OFF, skeleton) as event:
        event.facts |= {**queries.called_here(db, actor, skeleton.workshop_id), "action": action.words}
        action.done_at = None if action.done_at else now()
        db.add(action)


def drop_action(db: Session, actor: Actor, skeleton: Skeleton, *, action: PlannedAction) -> None:
    """An action is no longer planned."""
    with act(db, actor, Verb.WORKSHOPS_DROP_ACTION, skeleton) as event:
        event.facts |= own_case(db, actor, skeleton)
        event.facts["action"] = action.words
        db.delete(action)


def let_go(db: Session, actor: Actor, skeleton: Skeleton) -> None:
    """Nobody works on it any more. What it came from stays, and it can be taken up again."""
    with act(db, actor, Verb.WORKSHOPS_LET_GO, skeleton) as event:
        event.facts |= own_case(db, actor, skeleton)
        tell(db, skeleton.workshop_id, "case")


def resume(db: Session, actor: Actor, skeleton: Skeleton, *, workshop: Workshop) -> None:
    """A business case that was let go is worked on again, unless another was drafted from the same suggestion."""
    with act(db, actor, Verb.WORKSHOPS_RESUME, skeleton) as event:
        event.facts |= own_case(db, actor, skeleton)
        if queries.drafted(db, workshop, skeleton.origin):
            raise Refused(TWICE)
        tell(db, workshop.id, "case")


def take_up(
    db: Session, actor: Actor, skeleton: Skeleton, *, organisation: Organisation, consortium_id: UUID
) -> None:
    """A business case became a consortium: done by starting one, never by itself. `Missing` for strangers to it."""
    with act(db, actor, Verb.WORKSHOPS_TAKE_UP, skeleton, at=organisation):
        queries.startable(db, actor, skeleton.id)
        skeleton.taken_by = consortium_id
        tell(db, skeleton.workshop_id, "case")
