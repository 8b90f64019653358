"""How organisations come into a consortium, and how they leave it."""

from datetime import timedelta

from sqlmodel import Session

from crosslab.consortia import queries
from crosslab.consortia.conditions import alive, declare
from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.core.jobs import enqueue
from crosslab.people.tables import Organisation
from crosslab.rules import N_, MembershipState, Verb

STANDS_FOR = timedelta(days=14)


def invite(
    db: Session,
    actor: Actor,
    consortium: Consortium,
    *,
    organisation: Organisation,
    task: str = "",
    note: str = "",
) -> Membership:
    """The lead invites an organisation. The invitation stands for fourteen days."""
    made = _on_the_way(consortium, organisation, task, note)
    with act(db, actor, Verb.CONSORTIA_INVITE, made, at=consortium) as event:
        alive(consortium)
        _only_once(db, made)
        event.facts |= {"what": consortium.name, "organisation": organisation.name}
        _let_it_end(db, made)
    return made


def ask(
    db: Session,
    actor: Actor,
    organisation: Organisation,
    *,
    consortium: Consortium,
    task: str,
    note: str = "",
    declares_conflict: bool = False,
) -> Membership:
    """An organisation asks to join a consortium that is open to requests."""
    made = _on_the_way(consortium, organisation, task, note)
    with act(db, actor, Verb.CONSORTIA_ASK, made, at=organisation) as event:
        if not consortium.open_to_requests:
            raise Refused(N_("This consortium takes no requests at present."))
        _only_once(db, made)
        event.facts |= declare(db, made, consortium.challenge_id, declares_conflict)
        event.facts |= {"what": consortium.name, "organisation": organisation.name}
        _let_it_end(db, made)
    return made


def accept(db: Session, actor: Actor, membership: Membership, *, declares_conflict: bool = False) -> None:
    """A signatory of the invited organisation accepts, while the invitation stands."""
    consortium = queries.consortium_of(db, membership)
    with act(db, actor, Verb.CONSORTIA_ACCEPT, membership) as event:
        alive(consortium)
        _still_stands(membership)
        event.facts |= declare(db, membership, consortium.challenge_id, declares_conflict)
        event.facts |= _said(db, membership, consortium)
        membership.since, membership.ends_at = now(), None


def decline(db: Session, actor: Actor, membership: Membership) -> None:
    """The invited organisation says no. It may be invited again."""
    with act(db, actor, Verb.CONSORTIA_DECLINE, membership) as event:
        event.facts |= _closed(db, membership)


def admit(db: Session, actor: Actor, membership: Membership) -> None:
    """The lead admits an organisation that asked to join."""
    consortium = queries.consortium_of(db, membership)
    with act(db, actor, Verb.CONSORTIA_ADMIT, membership) as event:
        alive(consortium)
        _still_stands(membership)
        if not membership.declared_at and queries.memberships_elsewhere(
            db, membership, consortium.challenge_id
        ):
            raise Refused(N_("This organisation has to ask again before it can be admitted."))
        event.facts |= _said(db, membership, consortium)
        membership.since, membership.ends_at = now(), None


def turn_down(db: Session, actor: Actor, membership: Membership) -> None:
    """The lead says no to a request. The organisation is told."""
    with act(db, actor, Verb.CONSORTIA_TURN_DOWN, membership) as event:
        event.facts |= _closed(db, membership)


def withdraw(db: Session, actor: Actor, membership: Membership) -> None:
    """Take back an invitation or a request that was not answered yet."""
    with act(db, actor, Verb.CONSORTIA_WITHDRAW, membership) as event:
        event.facts |= _closed(db, membership)


def expire(db: Session, actor: Actor, membership: Membership) -> None:
    """What nobody answered in fourteen days has ended."""
    with act(db, actor, Verb.CONSORTIA_EXPIRE, membership) as event:
        event.facts |= _closed(db, membership)


def leave(db: Session, actor: Actor, membership: Membership, *, reason: str = "") -> None:
    """An organisation leaves. Not the lead while others remain, and not the last one."""
    consortium = queries.consortium_of(db, membership)
    with act(db, actor, Verb.CONSORTIA_LEAVE, membership) as event:
        if queries.count_active(db, consortium) == 1:
            raise Refused(N_("Yours is the only organisation in it. Dissolve the consortium instead."))
        if membership.organisation_id == consortium.lead_id:
            raise Refused(N_("Your organisation leads. Offer the lead to a partner first, then leave."))
        if consortium.lead_offered_to == membership.organisation_id:
            consortium.lead_offered_to = None
        event.facts |= {**_closed(db, membership), "reason": reason}


def _on_the_way(consortium: Consortium, organisation: Organisation, task: str, note: str) -> Membership:
    ends = now() + STANDS_FOR
    return Membership(
        consortium_id=consortium.id, organisation_id=organisation.id, task=task, note=note, ends_at=ends
    )


def _only_once(db: Session, made: Membership) -> None:
    there = queries.present(db, made.consortium_id, made.organisation_id)
    if there is MembershipState.ACTIVE:
        raise Refused(N_("This organisation is in the consortium already."), field="organisation")
    if there is not None:
        raise Refused(
            N_("An invitation or a request of this organisation waits already."), field="organisation"
        )


def _let_it_end(db: Session, made: Membership) -> None:
    enqueue(db, "consortia.expire", due_at=made.ends_at, membership_id=str(made.id))


def _still_stands(membership: Membership) -> None:
    if membership.ends_at and membership.ends_at <= now():
        raise Refused(N_("Its fourteen days are over. It can be sent again."))


def _closed(db: Session, membership: Membership) -> dict[str, str]:
    membership.until, membership.ends_at = now(), None
    return _said(db, membership, queries.consortium_of(db, membership))


def _said(db: Session, membership: Membership, consortium: Consortium) -> dict[str, str]:
    return {"what": consortium.name, "organisation": queries.name_of(db, membership.organisation_id)}
