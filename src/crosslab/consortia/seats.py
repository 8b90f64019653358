"""What a seat in a member organisation makes of a person in the consortium."""

from collections import defaultdict
from dataclasses import replace
from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.core.actor import Actor
from crosslab.rules import IN_CONSORTIUM, MembershipState, Role

from .tables import Consortium, Membership


def with_consortia(db: Session, actor: Actor) -> Actor:
    """The actor with the roles that follow from the memberships of their organisations: one query."""
    organisations = actor.places_as(*IN_CONSORTIUM)
    if not organisations:
        return actor
    held = db.exec(
        select(Membership.consortium_id, Membership.organisation_id, Consortium.lead_id)
        .join(Consortium, col(Consortium.id) == col(Membership.consortium_id))
        .where(col(Membership.organisation_id).in_(organisations), Membership.state == MembershipState.ACTIVE)
    ).all()
    roles: dict[UUID, set[Role]] = defaultdict(set)
    for consortium_id, organisation_id, lead_id in held:
        for seat in actor.seats[organisation_id]:
            roles[consortium_id] |= IN_CONSORTIUM.get(seat, frozenset())
            if seat is Role.SIGNATORY and organisation_id == lead_id:
                roles[consortium_id].add(Role.LEAD)
    return replace(actor, seats={**actor.seats, **{place: frozenset(held) for place, held in roles.items()}})
