"""Which open sessions a consortium goes back to: leads of its members that led to it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.actor import Actor
from crosslab.core.find import seen_by
from crosslab.people.tables import Organisation
from crosslab.rules import ConsortiumState, MembershipState
from crosslab.sessions.tables import OpenSession
from crosslab.sessions.voices.leads import Lead


@dataclass(frozen=True)
class Meeting:
    """A session a consortium goes back to; who was met there, for those alone who may read the lead."""

    session: OpenSession | None
    leads: list[tuple[Lead, str]]


def meetings(db: Session, actor: Actor, consortium: Consortium) -> list[Meeting]:
    """The sessions a consortium goes back to, for somebody inside it; the earliest first.

    A session is named to those who may see it, and a lead to the organisation it was left to.
    """
    led = col(Lead.consortium_id) == consortium.id
    there = set(db.exec(select(Lead.session_id).where(led)).all())
    rows = seen_by(actor, OpenSession).where(col(OpenSession.id).in_(there))
    seen = db.exec(rows.order_by(col(OpenSession.starts_at))).all()
    own = _own(db, actor, led)
    found = [Meeting(each, own[each.id]) for each in seen]
    hidden = there - {each.id for each in seen}
    return [*found, *(Meeting(None, own[each]) for each in sorted(hidden))]


def _own(db: Session, actor: Actor, led: ColumnElement[bool]) -> defaultdict[UUID, list[tuple[Lead, str]]]:
    """The leads the reader may read, by session, each with the organisation it was left to."""
    house = col(Organisation.id) == col(Lead.organisation_id)
    rows = select(Lead, Organisation.slug).join(Organisation, house).where(Lead.visible_to(actor), led)
    found: defaultdict[UUID, list[tuple[Lead, str]]] = defaultdict(list)
    for lead, slug in db.exec(rows.order_by(col(Lead.id))).all():
        found[lead.session_id].append((lead, slug))
    return found


def ours_with(db: Session, actor: Actor, lead: Lead) -> Sequence[Consortium]:
    """The living consortia in which the organisation of a lead is a member, as far as the actor sees them."""
    member = select(Membership.consortium_id).where(
        Membership.organisation_id == lead.organisation_id, Membership.state == MembershipState.ACTIVE
    )
    alive = Consortium.state != ConsortiumState.DISSOLVED
    rows = seen_by(actor, Consortium).where(col(Consortium.id).in_(member), alive)
    return db.exec(rows.order_by(col(Consortium.name))).all()
