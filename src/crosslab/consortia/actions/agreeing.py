"""The charter: the lead writes it, every member accepts exactly that text."""

from sqlmodel import Session

from crosslab.consortia import queries
from crosslab.consortia.charters import digest
from crosslab.consortia.tables import Charter, Consortium, Membership
from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.errors import Refused
from crosslab.rules import N_, MembershipState, Verb


def write_charter(
    db: Session,
    actor: Actor,
    consortium: Consortium,
    *,
    purpose: str,
    voting: str,
    leaving: str,
    ip_regime: str,
) -> Charter:
    """The lead puts a charter to the partners. It replaces the last one, and everyone accepts anew."""
    number = queries.last_number(db, consortium) + 1
    words = {"purpose": purpose, "voting": voting, "leaving": leaving, "ip_regime": ip_regime}
    made = Charter(
        consortium_id=consortium.id,
        number=number,
        written_by=actor.name,
        digest=digest(consortium.ref, number, words),
        purpose=purpose,
        voting=voting,
        leaving=leaving,
        ip_regime=ip_regime,
    )
    with act(db, actor, Verb.CONSORTIA_WRITE_CHARTER, consortium) as event:
        event.facts |= {"number": number, "digest": made.digest}
        db.add(made)
    return made


def accept_charter(
    db: Session, actor: Actor, consortium: Consortium, *, membership: Membership, number: int
) -> None:
    """A signatory accepts the charter for their organisation. When all members have, it is agreed."""
    queries.hold(db, consortium)
    with act(db, actor, Verb.CONSORTIA_ACCEPT_CHARTER, consortium, at=membership) as event:
        charter = queries.charter(db, consortium)
        if membership.consortium_id != consortium.id or membership.state is not MembershipState.ACTIVE:
            raise Refused(N_("Only a member of the consortium accepts its charter."))
        if charter is None or charter.number != number:
            raise Refused(N_("The charter was changed while you read it. Read the new one, then accept it."))
        if queries.count_active(db, consortium) < 2:
            raise Refused(N_("A charter needs at least two organisations. Invite a partner first."))
        membership.charter = number
        db.add(membership)
        db.flush()
        if queries.waiting_for(db, consortium, number):
            event.stay()
        event.facts |= {"number": number, "digest": charter.digest}
        event.facts["organisation"] = queries.name_of(db, membership.organisation_id)
