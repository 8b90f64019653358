"""Business cases: which there are for somebody, who is in them, what they are made of."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import Session, col, false, func, not_, or_, select, true

from crosslab.challenges import stages
from crosslab.challenges.tables import Challenge
from crosslab.core.actor import Actor
from crosslab.core.errors import Missing
from crosslab.core.find import seen_by
from crosslab.people.tables import Programme
from crosslab.rules import N_, RULES, ChallengeState, SkeletonState, Verb
from crosslab.workshops.cafe.tables import Harvest
from crosslab.workshops.skeletons.tables import (
    SHOWN,
    Call,
    CallInterest,
    Involved,
    PlannedAction,
    Skeleton,
    Source,
    own,
    seated,
)
from crosslab.workshops.tables import Card, Company, Note, Workshop, run_by, signed

TAKING_PART = (ChallengeState.OPEN, ChallengeState.CALLED)
NOTHING = N_("There is nothing here, or it is not for you to see.")


def skeletons(db: Session, actor: Actor, workshop: Workshop) -> Sequence[Skeleton]:
    """The business cases of a workshop that somebody may read, newest last; what was let go comes at the end."""
    rows = seen_by(actor, Skeleton).where(Skeleton.workshop_id == workshop.id)
    gone = col(Skeleton.state) == SkeletonState.LET_GO
    return db.exec(rows.order_by(gone, col(Skeleton.id))).all()


def drafted(db: Session, workshop: Workshop, origin: str) -> Skeleton | None:
    """The business case that was drafted from the same suggestion and not let go, whoever may read it."""
    kept = col(Skeleton.state) != SkeletonState.LET_GO
    return db.exec(
        select(Skeleton).where(Skeleton.workshop_id == workshop.id, Skeleton.origin == origin, kept)
    ).first()


def count_skeletons(db: Session, workshop: Workshop) -> int:
    """How many business cases a workshop has that were not let go."""
    kept = Skeleton.workshop_id == workshop.id, col(Skeleton.state) != SkeletonState.LET_GO
    return db.exec(select(func.count()).select_from(Skeleton).where(*kept)).one()


def involved(db: Session, skeleton_id: UUID) -> list[Company]:
    """The companies of a business case, in the order of the wall."""
    rows = select(Company).join(Involved, col(Involved.company_id) == col(Company.id))
    return list(db.exec(rows.where(Involved.skeleton_id == skeleton_id).order_by(col(Company.at))).all())


def wrote(db: Session, skeleton_id: UUID) -> set[UUID]:
    """The companies whose notes a business case rests on."""
    rows = select(Note.company_id).join(Source, col(Source.note_id) == col(Note.id))
    return set(db.exec(rows.where(Source.skeleton_id == skeleton_id)).all())


def sits_in(db: Session, actor: Actor, skeleton: Skeleton) -> bool:
    """Whether somebody is in the business case by the card they hold."""
    held = Skeleton.id == skeleton.id, col(Card.id) == actor.cards.get(skeleton.workshop_id)
    return db.exec(seated().where(*held)).first() is not None


def called_here(db: Session, actor: Actor, workshop_id: UUID) -> dict[str, str]:
    """Who somebody is in the log of a room: by their account, or as their place card says."""
    held = select(Card).where(Card.id == actor.cards.get(workshop_id))
    card = db.exec(held).one_or_none()
    return {**(signed(card) if card else {}), **({"who": actor.name} if actor.name or not card else {})}


def known_people(db: Session, actor: Actor, workshop: Workshop, people: list[Card]) -> list[Card]:
    """Of these people those whose names somebody may know: while names are hidden, the own company's alone."""
    mine = db.exec(select(Card.company_id).where(Card.id == actor.cards.get(workshop.id))).first()
    runs = bool(actor.roles_at(workshop.places) & RULES[Verb.WORKSHOPS_ENTER].who)
    return [one for one in people if runs or not workshop.names_hidden or one.company_id == mine]


def unnamed(db: Session, actor: Actor, cards: Collection[UUID]) -> set[UUID]:
    """Of these cards those of whom notices and letters give no name: names are hidden in a room they do not run."""
    there = select(Card.id).join(Workshop, col(Workshop.id) == col(Card.workshop_id))
    hidden = there.where(col(Workshop.names_hidden).is_(true()), not_(run_by(actor)))
    return set(db.exec(hidden.where(col(Card.id).in_(cards))).all())


def harvest(db: Session, workshop: Workshop) -> dict[UUID, list[UUID]]:
    """The notes that tables brought out, each with the companies of this wall that could do it."""
    rows = select(Harvest.note_id, Harvest.companies).where(Harvest.workshop_id == workshop.id)
    told = db.exec(rows.where(col(Harvest.note_id).is_not(None)).order_by(col(Harvest.id))).all()
    here = set(db.exec(select(Company.id).where(Company.workshop_id == workshop.id)).all())
    return {note: [UUID(each) for each in could if UUID(each) in here] for note, could in told if note}


def may_read(db: Session, actor: Actor, skeleton: Skeleton) -> bool:
    """Whether a business case itself, not its call alone, is for somebody's eyes."""
    return db.exec(seen_by(actor, Skeleton).where(Skeleton.id == skeleton.id)).first() is not None


def answerable(db: Session, actor: Actor) -> Sequence[Challenge]:
    """The challenges that consortia can be started for, the next deadline first."""
    taking = col(Challenge.state).in_(TAKING_PART)
    rows = seen_by(actor, Challenge).where(taking).order_by(col(Challenge.closes_at), col(Challenge.id))
    return db.exec(rows.limit(12)).all()


def sources(db: Session, skeleton_id: UUID) -> Sequence[Source]:
    """What a business case was drafted from."""
    rows = select(Source).where(Source.skeleton_id == skeleton_id)
    return db.exec(rows.order_by(col(Source.at))).all()


def planned(db: Session, skeleton_id: UUID) -> Sequence[PlannedAction]:
    """What is planned for a business case: what is not done first, then by its day."""
    rows = select(PlannedAction).where(PlannedAction.skeleton_id == skeleton_id)
    done, day = col(PlannedAction.done_at).is_not(None), col(PlannedAction.due_on)
    return db.exec(rows.order_by(done, day.is_(None), day, col(PlannedAction.id))).all()


def planned_in(db: Session, skeleton: Skeleton, id: UUID) -> PlannedAction:
    """One planned action of this business case. Raises `Missing` for another's."""
    mine = PlannedAction.id == id, PlannedAction.skeleton_id == skeleton.id
    found = db.exec(select(PlannedAction).where(*mine)).one_or_none()
    if found is None:
        raise Missing(NOTHING)
    return found


def insiders(db: Session, skeleton: Skeleton) -> list[Card]:
    """The people who are in a business case."""
    within = seated().where(Skeleton.id == skeleton.id).with_only_columns(col(Card.id))
    return list(db.exec(select(Card).where(col(Card.id).in_(within)).order_by(col(Card.name))).all())


def call_of(db: Session, skeleton_id: UUID) -> Call | None:
    """The call of a business case, if one was ever opened."""
    return db.exec(select(Call).where(Call.skeleton_id == skeleton_id)).first()


def calls(db: Session, actor: Actor, workshop: Workshop) -> Sequence[tuple[Call, SkeletonState]]:
    """The calls of a workshop that are open or were taken up, as far as somebody may see them, in order."""
    rows = select(Call, Skeleton.state).join(Skeleton, col(Skeleton.id) == col(Call.skeleton_id))
    shown = Call.visible_to(actor), Call.workshop_id == workshop.id, col(Skeleton.state).in_(SHOWN)
    found = db.exec(rows.where(*shown).order_by(col(Call.opened_at))).all()
    return [(call, SkeletonState(state)) for call, state in found]


def skeleton_of(db: Session, call: Call) -> Skeleton:
    """The business case that a call is for, whoever may read it."""
    return db.exec(select(Skeleton).where(Skeleton.id == call.skeleton_id)).one()


def own_interest(db: Session, actor: Actor, skeleton_id: UUID) -> CallInterest | None:
    """What somebody said of a call, by their card or for their organisation, and has not withdrawn."""
    mine = CallInterest.skeleton_id == skeleton_id, own(CallInterest, actor)
    return db.exec(
        select(CallInterest).where(*mine, col(CallInterest.withdrawn_at).is_(None)).limit(1)
    ).first()


def keen_on(db: Session, actor: Actor, workshop: Workshop) -> set[UUID]:
    """The business cases of a workshop that somebody said they would take part in."""
    mine = own(CallInterest, actor), col(CallInterest.withdrawn_at).is_(None)
    rows = select(CallInterest.skeleton_id).where(CallInterest.workshop_id == workshop.id, *mine)
    return set(db.exec(rows).all())


def said_before(
    db: Session, skeleton_id: UUID, card_id: UUID | None, organisation_id: UUID | None
) -> list[CallInterest]:
    """What a card or an organisation said of a call, withdrawn or not; the organisation's first."""
    whose = or_(
        col(CallInterest.card_id) == card_id if card_id else false(),
        col(CallInterest.organisation_id) == organisation_id if organisation_id else false(),
    )
    rows = select(CallInterest).where(CallInterest.skeleton_id == skeleton_id, whose)
    return list(db.exec(rows.order_by(col(CallInterest.organisation_id).is_(None))).all())


def startable(db: Session, actor: Actor, id: UUID) -> Skeleton:
    """A business case that somebody may make a consortium: they are in it, or interested in its open call.

    Raises `Missing` for everybody else, who cannot tell whether it exists.
    """
    found = db.exec(seen_by(actor, Skeleton).where(Skeleton.id == id)).one_or_none()
    if found is None and own_interest(db, actor, id):
        called = Skeleton.id == id, col(Skeleton.state).in_(SHOWN)
        found = db.exec(select(Skeleton).where(*called)).one_or_none()
    if found is None:
        raise Missing(NOTHING)
    return found


def challenge_of(db: Session, workshop: Workshop) -> Challenge | None:
    """The challenge a workshop belongs to, once it is published."""
    published = col(Challenge.state).not_in((ChallengeState.DRAFT, ChallengeState.REVIEW))
    return db.exec(select(Challenge).where(Challenge.id == workshop.challenge_id, published)).first()


def may_know(db: Session, actor: Actor, workshop: Workshop) -> bool:
    """Whether somebody may know that a workshop takes place."""
    return db.exec(seen_by(actor, Workshop).where(Workshop.id == workshop.id)).first() is not None


def programme_of(db: Session, workshop: Workshop) -> Programme:
    """The programme a workshop is planned in."""
    return db.exec(select(Programme).where(Programme.id == workshop.programme_id)).one()


def joined(db: Session, call: Call) -> Challenge | None:
    """The challenge whose interest is the same as this call's, while it takes any."""
    challenge = challenge_of(db, workshop_of(db, call.workshop_id))
    takes = challenge is not None and challenge.state in TAKING_PART and not stages.is_over(challenge)
    return challenge if takes else None


def workshop_of(db: Session, id: UUID) -> Workshop:
    """The workshop something hangs in, whoever may see it: for its title, and what follows from it."""
    return db.exec(select(Workshop).where(Workshop.id == id)).one()
