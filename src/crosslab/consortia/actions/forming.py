"""Starting a consortium, saying what it is, whom it seeks, and ending it."""

from sqlmodel import Session

from crosslab.challenges.tables import Challenge
from crosslab.consortia import queries
from crosslab.consortia.conditions import alive, declare
from crosslab.consortia.tables import Consortium, Membership, SoughtRole
from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.core.slugs import free_slug
from crosslab.people.tables import Organisation
from crosslab.rules import N_, ChallengeState, MembershipState, Verb
from crosslab.workshops import actions as workshop_actions
from crosslab.workshops.skeletons.tables import Skeleton

MOST_ROLES = 8
TAKING_PART = (ChallengeState.OPEN, ChallengeState.CALLED)


def start(
    db: Session,
    actor: Actor,
    organisation: Organisation,
    *,
    challenge: Challenge,
    name: str,
    pitch: str = "",
    declares_conflict: bool = False,
    case: Skeleton | None = None,
) -> Consortium:
    """An organisation starts a consortium for a challenge that is open, and leads it.

    It may begin with a business case of a workshop, which is then taken up: by one living consortium at most.
    """
    made = Consortium(
        challenge_id=challenge.id,
        programme_id=challenge.programme_id,
        ref=queries.next_ref(db, challenge.programme_id),
        name=name,
        slug=free_slug(db, Consortium, name),
        pitch=pitch,
        lead_id=organisation.id,
    )
    with act(db, actor, Verb.CONSORTIA_START, made, at=organisation) as event:
        if challenge.state not in TAKING_PART:
            raise Refused(N_("This challenge is not open for consortia. Choose one that is."))
        first = _first(made, organisation)
        event.facts |= declare(db, first, challenge.id, declares_conflict)
        event.facts["organisation"] = organisation.name
        db.add(made)
        db.flush()
        db.add(first)
        if case is not None:
            _begin_with(db, actor, made, case, organisation)
    return made


def _first(made: Consortium, organisation: Organisation) -> Membership:
    active = MembershipState.ACTIVE
    return Membership(consortium_id=made.id, organisation_id=organisation.id, state=active, since=now())


def _begin_with(
    db: Session, actor: Actor, made: Consortium, case: Skeleton, organisation: Organisation
) -> None:
    if (other := queries.begun_with(db, case.id)) is not None:
        raise Refused(
            N_("The consortium {name} has taken this business case up already. Ask to join it."),
            name=other.name,
        )
    made.skeleton_id = case.id
    workshop_actions.take_up(db, actor, case, organisation=organisation, consortium_id=made.id)


def describe(
    db: Session, actor: Actor, consortium: Consortium, *, name: str, pitch: str, open_to_requests: bool
) -> None:
    """The lead changes the name and the pitch, and says whether others may ask to join."""
    with act(db, actor, Verb.CONSORTIA_DESCRIBE, consortium):
        alive(consortium)
        consortium.name, consortium.pitch, consortium.open_to_requests = name, pitch, open_to_requests


def seek(db: Session, actor: Actor, consortium: Consortium, *, title: str, text: str = "") -> SoughtRole:
    """Say which role is still to fill. Others see it only when the consortium is open to requests."""
    role = SoughtRole(consortium_id=consortium.id, title=title, text=text)
    with act(db, actor, Verb.CONSORTIA_SEEK, consortium) as event:
        alive(consortium)
        if len(queries.sought(db, consortium)) >= MOST_ROLES:
            raise Refused(N_("Eight roles are enough to seek at once. Remove one first."), field="title")
        event.facts["role"] = title
        db.add(role)
    return role


def drop_role(db: Session, actor: Actor, consortium: Consortium, *, role: SoughtRole) -> None:
    """Stop seeking a role, because it is filled or no longer needed."""
    with act(db, actor, Verb.CONSORTIA_DROP_ROLE, consortium) as event:
        event.facts["role"] = role.title
        db.delete(role)


def dissolve(db: Session, actor: Actor, consortium: Consortium, *, reason: str) -> None:
    """The lead ends the consortium for all. What was sealed stays with those who could read it."""
    with act(db, actor, Verb.CONSORTIA_DISSOLVE, consortium) as event:
        event.facts["reason"] = reason
        consortium.open_to_requests, consortium.lead_offered_to = False, None
