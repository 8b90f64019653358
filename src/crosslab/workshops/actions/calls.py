"""Calls to action for business cases, and who says they would take part."""

from collections.abc import Sequence

from sqlmodel import Session

from crosslab.challenges import actions as challenge_actions
from crosslab.challenges.tables import Audience, Challenge
from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Refused
from crosslab.people.tables import Organisation
from crosslab.rules import N_, SkeletonState, Verb
from crosslab.workshops import queries
from crosslab.workshops.conditions import own_case
from crosslab.workshops.skeletons.tables import Brings, Call, CallInterest, Skeleton
from crosslab.workshops.wall import tell

LEAST = 10


def call(
    db: Session,
    actor: Actor,
    skeleton: Skeleton,
    *,
    title: str,
    words: str,
    seeks: Sequence[str],
    public: bool,
) -> Call:
    """Whoever has a business case calls for partners: in the room, or in public. Again changes the words."""
    with act(db, actor, Verb.WORKSHOPS_CALL, skeleton) as event:
        event.facts |= {**own_case(db, actor, skeleton), "what": title}
        made = queries.call_of(db, skeleton.id) or Call(
            skeleton_id=skeleton.id,
            workshop_id=skeleton.workshop_id,
            programme_id=skeleton.programme_id,
            title=title,
        )
        made.title, made.words, made.seeks, made.public = title, words, list(seeks), public
        db.add(made)
        tell(db, skeleton.workshop_id, "call")
    return made


def call_off(db: Session, actor: Actor, skeleton: Skeleton) -> None:
    """The call is closed. What people said stays with those in the case."""
    with act(db, actor, Verb.WORKSHOPS_CALL_OFF, skeleton) as event:
        event.facts |= own_case(db, actor, skeleton)
        tell(db, skeleton.workshop_id, "call")


def interest(
    db: Session,
    actor: Actor,
    call: Call,
    *,
    organisation: Organisation | None,
    ticks: Sequence[Brings],
    brings: str,
    seeks: str,
    shown: Audience,
) -> CallInterest:
    """Say that one would take part, by one's card or for an organisation. Saying it again replaces what was said.

    Where the workshop belongs to a challenge that takes interest, an organisation's words become its interest
    there, said once for both.
    """
    skeleton = queries.skeleton_of(db, call)
    said = _said(db, actor, call, organisation)
    with act(db, actor, Verb.WORKSHOPS_INTEREST, said, at=organisation or call, hear=call.places) as event:
        event.facts |= {**queries.called_here(db, actor, call.workshop_id), "what": call.title}
        if skeleton.state is not SkeletonState.OPEN:
            raise Refused(N_("This call is closed. No interest is taken any more."))
        if queries.sits_in(db, actor, skeleton):
            raise Refused(N_("Your company is in this business case already."))
        if not ticks and not brings:
            raise Refused(N_("Tick what you would bring, or say it."), field="brings")
        said.ticks, said.withdrawn_at = [each.value for each in ticks], None
        if (challenge := queries.joined(db, call)) and organisation:
            _join(db, actor, said, challenge, organisation, (brings, seeks, shown))
        else:
            said.brings, said.seeks, said.shown, said.interest_id = brings, seeks, shown, None
        db.add(said)
        tell(db, call.workshop_id, "call")
    return said


def withdraw_interest(db: Session, actor: Actor, interest: CallInterest, *, call: Call) -> None:
    """Take back what one said. The interest in the challenge, if there is one, is withdrawn on its own page."""
    with act(db, actor, Verb.WORKSHOPS_WITHDRAW_INTEREST, interest, hear=call.places) as event:
        event.facts |= {**queries.called_here(db, actor, call.workshop_id), "what": call.title}
        mine = queries.own_interest(db, actor, interest.skeleton_id)
        if mine is None or mine.id != interest.id:
            raise Forbidden(N_("Only those who registered interest can withdraw it."))
        interest.withdrawn_at = now()
        tell(db, call.workshop_id, "call")


def _said(db: Session, actor: Actor, call: Call, organisation: Organisation | None) -> CallInterest:
    card_id = actor.cards.get(call.workshop_id)
    if card_id is None and organisation is None:
        raise Forbidden(N_("Come in with the code of the workshop, or sign in for an organisation."))
    before = queries.said_before(db, call.skeleton_id, card_id, organisation.id if organisation else None)
    made = (before or [_nothing(call)])[0]
    for twice in before[1:]:
        twice.withdrawn_at = now()
    if card_id not in {each.card_id for each in before}:
        made.card_id = made.card_id or card_id
    made.organisation_id = organisation.id if organisation else made.organisation_id
    return made


def _nothing(call: Call) -> CallInterest:
    return CallInterest(
        skeleton_id=call.skeleton_id, workshop_id=call.workshop_id, programme_id=call.programme_id
    )


def _join(
    db: Session,
    actor: Actor,
    said: CallInterest,
    challenge: Challenge,
    organisation: Organisation,
    words: tuple[str, str, Audience],
) -> None:
    """Say it to the challenge, and keep here only that it was said."""
    brings, seeks, shown = words
    if len(brings) < LEAST:
        raise Refused(
            N_("Say in a few words what you would bring: it is your interest in the challenge too."),
            field="brings",
        )
    there = challenge_actions.interest(
        db, actor, challenge, organisation=organisation, brings=brings, seeks=seeks, shown=shown
    )
    db.flush()
    said.interest_id, said.brings, said.seeks, said.shown = there.id, "", "", shown
