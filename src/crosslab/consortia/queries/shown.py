"""What pages show of consortia, through the eyes of the actor."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy import select as columns
from sqlmodel import Session, and_, col, func, or_, select

from crosslab.challenges.tables import Challenge, Interest
from crosslab.consortia.tables import PRESENT, WAITING, Consortium, Membership, SoughtRole
from crosslab.core.actor import Actor
from crosslab.core.errors import Missing
from crosslab.core.events import Event, EventPlace
from crosslab.core.find import seen_by
from crosslab.core.paging import Slice, cut, key_of
from crosslab.people.tables import Organisation
from crosslab.rules import N_, RULES, ConsortiumState, MembershipState, Role, Verb

from .origins import met

OPEN = (ConsortiumState.FORMING, ConsortiumState.AGREED)


@dataclass(frozen=True)
class Partner:
    """A membership with what its organisation is called."""

    membership: Membership
    name: str
    slug: str
    country: str

    @property
    def state(self) -> MembershipState:
        return self.membership.state


def partners(db: Session, actor: Actor, consortium: Consortium) -> list[Partner]:
    """Who is in or on the way in, as far as the actor may see it: the lead first, then as they came."""
    rows = db.exec(
        select(Membership, Organisation.name, Organisation.slug, Organisation.country)
        .join(Organisation, col(Organisation.id) == col(Membership.organisation_id))
        .where(Membership.visible_to(actor), Membership.consortium_id == consortium.id)
        .where(col(Membership.state).in_(PRESENT))
        .order_by(
            col(Membership.organisation_id) != consortium.lead_id,
            col(Membership.since).is_(None),
            col(Membership.since),
            col(Membership.id),
        )
    ).all()
    return [Partner(*row) for row in rows]


def ours(db: Session, actor: Actor) -> list[Organisation]:
    """The organisations the actor has a seat in."""
    rows = seen_by(actor, Organisation).where(col(Organisation.id).in_(actor.places))
    return list(db.exec(rows.order_by(Organisation.name)).all())


def mine(db: Session, actor: Actor) -> Sequence[Row[Any]]:
    """The actor's consortia, newest first: id, slug, name, state, question."""
    rows = (
        columns(
            col(Consortium.id),
            col(Consortium.slug),
            col(Consortium.name),
            col(Consortium.state),
            col(Challenge.question),
        )
        .join(Challenge, col(Challenge.id) == col(Consortium.challenge_id))
        .where(col(Consortium.id).in_(actor.places_as(Role.ONLOOKER)))
        .order_by(col(Consortium.id).desc())
    )
    return db.execute(rows).all()


def mine_on(db: Session, actor: Actor, challenge_id: UUID) -> Sequence[Row[Any]]:
    """The actor's own consortia on one challenge: slug, name."""
    rows = columns(col(Consortium.slug), col(Consortium.name)).where(
        col(Consortium.challenge_id) == challenge_id,
        col(Consortium.id).in_(actor.places_as(Role.ONLOOKER)),
        col(Consortium.state).in_(OPEN),
    )
    return db.execute(rows).all()


def invitations(db: Session, actor: Actor) -> Sequence[Row[Any]]:
    """What waits for the actor's organisations: id, state, ends_at, slug, name, organisation."""
    rows: Any = (
        columns(
            col(Membership.id),
            col(Membership.state),
            col(Membership.ends_at),
            col(Consortium.slug),
            col(Consortium.name),
            col(Organisation.name).label("organisation"),
        )
        .join(Consortium, col(Consortium.id) == col(Membership.consortium_id))
        .join(Organisation, col(Organisation.id) == col(Membership.organisation_id))
        .where(
            col(Membership.organisation_id).in_(actor.places_as(Role.SIGNATORY, Role.CONTRIBUTOR)),
            col(Membership.state).in_(WAITING),
        )
        .order_by(col(Membership.id).desc())
    )
    return db.execute(rows).all()


def seeking(db: Session, actor: Actor, challenge_id: UUID) -> list[dict[str, Any]]:
    """What consortia that are open to requests chose to show: name, pitch, size, and the roles they seek.

    This is the one thing others learn of a consortium, and only while its lead keeps it open.
    """
    rows = db.execute(
        columns(
            col(Consortium.id),
            col(Consortium.name),
            col(Consortium.pitch),
            func.count(col(Membership.id)).label("size"),
        )
        .join(Membership, col(Membership.consortium_id) == col(Consortium.id))
        .where(
            col(Consortium.challenge_id) == challenge_id,
            *_open(),
            col(Membership.state) == MembershipState.ACTIVE,
        )
        .where(col(Consortium.id).not_in(actor.places))
        .group_by(col(Consortium.id), col(Consortium.name), col(Consortium.pitch))
        .order_by(col(Consortium.id))
    )
    found = [dict(row) for row in rows.mappings()]
    roles: dict[UUID, list[SoughtRole]] = defaultdict(list)
    wanted = select(SoughtRole).where(col(SoughtRole.consortium_id).in_([row["id"] for row in found]))
    for role in db.exec(wanted.order_by(col(SoughtRole.id))).all():
        roles[role.consortium_id].append(role)
    return [{**row, "roles": roles[row["id"]]} for row in found]


def open_one(db: Session, id: UUID) -> Consortium:
    """A consortium whose lead lets anybody ask to join; `Missing` for every other."""
    found = db.exec(select(Consortium).where(Consortium.id == id, *_open())).first()
    if found is None:
        raise Missing(N_("There is nothing here, or it is not for you to see."))
    return found


def _open() -> tuple[Any, ...]:
    return (col(Consortium.open_to_requests), col(Consortium.state).in_(OPEN))


def candidates(db: Session, actor: Actor, consortium: Consortium, q: str) -> Sequence[Row[Any]]:
    """Whom to invite: those whose name, town or offer has the words; without words, those who are interested."""
    present = select(Membership.organisation_id).where(
        Membership.consortium_id == consortium.id, col(Membership.state).in_(PRESENT)
    )
    rows = columns(
        col(Organisation.id),
        col(Organisation.name),
        col(Organisation.town),
        col(Organisation.country),
        col(Organisation.offers),
    ).where(Organisation.visible_to(actor), col(Organisation.id).not_in(present))
    if q.strip():
        told = (col(Organisation.name), col(Organisation.town), col(Organisation.offers))
        for word in q.split()[:5]:
            rows = rows.where(or_(*(each.icontains(word, autoescape=True) for each in told)))
    else:
        said = select(Interest.organisation_id).where(
            Interest.visible_to(actor),
            Interest.challenge_id == consortium.challenge_id,
            col(Interest.withdrawn_at).is_(None),
        )
        rows = rows.where(
            or_(col(Organisation.id).in_(said), col(Organisation.id).in_(met(actor, consortium)))
        )
    return db.execute(rows.order_by(col(Organisation.name)).limit(8)).all()


def happened(db: Session, consortium: Consortium) -> dict[Verb, datetime]:
    """When each kind of thing last happened in the consortium. Later rooms tell of themselves in this way."""
    rows = db.exec(
        select(EventPlace.verb, func.max(Event.at))
        .join(Event, col(Event.id) == col(EventPlace.event_id))
        .where(col(EventPlace.place_id) == consortium.id)
        .group_by(col(EventPlace.verb))
    ).all()
    return {Verb(verb): at for verb, at in rows}


def log(
    db: Session, actor: Actor, consortium: Consortium, *, after: str | None = None, size: int = 30
) -> Slice[Any]:
    """What happened here that the rule book tells the actor, newest first: id, at, verb, facts."""
    held = actor.roles_at(consortium.places)
    heard = [verb for verb, rule in RULES.items() if rule.tell & held]
    rows = (
        columns(col(Event.id), col(Event.at), col(Event.verb), col(Event.facts))
        .join(EventPlace, col(EventPlace.event_id) == col(Event.id))
        .where(col(EventPlace.place_id) == consortium.id, col(EventPlace.verb).in_(heard))
    )
    if (key := key_of(after)) is not None:
        mark = select(Event.at).where(Event.id == key).scalar_subquery()
        earlier = and_(col(Event.at) == mark, col(Event.id) < key)
        rows = rows.where(or_(col(Event.at) < mark, earlier))
    return cut(
        db.execute(rows.order_by(col(Event.at).desc(), col(Event.id).desc()).limit(size + 1)).all(), size
    )
