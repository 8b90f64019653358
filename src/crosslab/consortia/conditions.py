"""What must be so before something is done in a consortium, whoever does it."""

from typing import Any
from uuid import UUID

from sqlmodel import Session

from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.rules import N_, ConsortiumState

from . import queries
from .tables import Consortium, Membership


def declare(db: Session, membership: Membership, challenge_id: UUID, declares: bool) -> dict[str, Any]:
    """One organisation is in two consortia on one challenge only when it says so, to both leads.

    Marks the declaration on every membership it is about, and gives the facts for the log. Neither lead
    learns which the other consortium is. Raises `Refused` when nothing was declared.
    """
    others = queries.memberships_elsewhere(db, membership, challenge_id)
    if not others:
        return {}
    if not declares and not membership.declared_at:
        raise Refused(
            N_(
                "Your organisation is in another consortium on this challenge. It may be in both if it"
                " declares so: both leads will see that, and not which the other one is."
            ),
            field="declares_conflict",
        )
    for one in (membership, *others):
        one.declared_at = one.declared_at or now()
        db.add(one)
    return {"declared": True}


def alive(consortium: Consortium) -> None:
    """Nothing is changed in a consortium that was dissolved."""
    if consortium.state is ConsortiumState.DISSOLVED:
        raise Refused(N_("This consortium was dissolved. Nothing can be changed in it."))
