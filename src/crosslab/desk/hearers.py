"""Who is told of an event: the reverse of the inbox, for letters."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.events import Event, EventPlace
from crosslab.desk.rooms import people_at
from crosslab.people.tables import EVERYWHERE, Person, Seat
from crosslab.rules import IN_CONSORTIUM, RULES, MembershipState, Role


def hearers(db: Session, event: Event) -> list[Person]:
    """The people whom the rule book tells of an event, without its maker."""
    roles = frozenset(Role(role) for role in RULES[event.verb].tell)
    places = db.exec(select(EventPlace.place_id).where(EventPlace.event_id == event.id)).all()
    seated = {*_seated(db, places, roles), *_in_consortia(db, places, roles)}
    seated.update(*(db.exec(each).all() for each in people_at(places, roles)))
    ids = seated - {event.person_id}
    people = select(Person).where(col(Person.id).in_(ids)).order_by(col(Person.id))
    return list(db.exec(people).all())


def _seated(db: Session, places: Iterable[UUID], roles: frozenset[Role]) -> set[UUID]:
    here = [*places, EVERYWHERE]
    seats = select(Seat.person_id).where(col(Seat.place_id).in_(here), col(Seat.role).in_(roles))
    return set(db.exec(seats).all())


def _in_consortia(db: Session, places: Iterable[UUID], roles: frozenset[Role]) -> set[UUID]:
    """Those whose seat in a member organisation gives them one of the roles in the consortium."""
    found = db.exec(
        select(Seat.person_id, Seat.role, Membership.organisation_id, Consortium.lead_id)
        .join(Membership, col(Membership.organisation_id) == col(Seat.place_id))
        .join(Consortium, col(Consortium.id) == col(Membership.consortium_id))
        .where(col(Membership.consortium_id).in_(list(places)), Membership.state == MembershipState.ACTIVE)
    ).all()
    return {person for person, seat, org, lead in found if roles & _held(Role(seat), leads=org == lead)}


def _held(seat: Role, *, leads: bool) -> frozenset[Role]:
    held = IN_CONSORTIUM.get(seat, frozenset())
    return held | {Role.LEAD} if leads and Role.PARTNER in held else held
