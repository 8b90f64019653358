"""One consortium on the board: its gate, its history, its partners, its money."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.actor import Actor
from crosslab.core.errors import Missing
from crosslab.core.events import Event
from crosslab.core.find import seen_by
from crosslab.funding.tables import Application, Signature
from crosslab.people.tables import Organisation, Programme
from crosslab.pipeline.requirements import Gate
from crosslab.pipeline.tables import Card
from crosslab.rules import N_, ApplicationState, ConsortiumState, MembershipState

from .standing import applications, members


def card_of(db: Session, actor: Actor, programme: Programme, ref: str) -> Card:
    """The card of the consortium with this reference, or 404."""
    wanted = (
        seen_by(actor, Card)
        .join(Consortium, col(Consortium.id) == col(Card.consortium_id))
        .where(Card.programme_id == programme.id, Consortium.ref == ref)
    )
    found = db.exec(wanted).first()
    if found is None:
        raise Missing(N_("There is nothing here, or it is not for you to see."))
    return found


def card_of_consortium(db: Session, consortium_id: UUID) -> Card | None:
    """The card of a consortium, if it is on the board."""
    return db.exec(select(Card).where(Card.consortium_id == consortium_id)).first()


def consortium_of(db: Session, actor: Actor, card: Card) -> Consortium:
    """The consortium of a card."""
    return db.exec(seen_by(actor, Consortium).where(Consortium.id == card.consortium_id)).one()


def gate(db: Session, card: Card) -> Gate:
    """What is known of the consortium, in one query."""
    only = [card.consortium_id]
    in_it, applied = members(only), applications(only)
    signed = (
        columns(func.count(func.distinct(col(Signature.organisation_id))))
        .join(Application, col(Application.id) == col(Signature.application_id))
        .where(col(Application.consortium_id) == card.consortium_id)
        .where(col(Application.state) == ApplicationState.SIGNING, col(Signature.taken_back_at).is_(None))
        .where(col(Signature.digest) == col(Application.asked_digest))
        .scalar_subquery()
    )
    row = db.execute(
        columns(
            in_it.c.members,
            in_it.c.late,
            col(Consortium.state),
            applied.c.begun,
            applied.c.sent,
            applied.c.awarded,
            signed.label("signed"),
        )
        .select_from(Consortium)
        .outerjoin(in_it, in_it.c.consortium_id == col(Consortium.id))
        .outerjoin(applied, applied.c.consortium_id == col(Consortium.id))
        .where(col(Consortium.id) == card.consortium_id)
    ).one()
    return Gate(
        members=row.members or 0,
        late=row.late or 0,
        agreed=row.state is ConsortiumState.AGREED,
        begun=bool(row.begun),
        signed=row.signed,
        sent=bool(row.sent),
        awarded=bool(row.awarded),
    )


def history(db: Session, card: Card) -> Sequence[Row[Any]]:
    """Every move, newest first, with its reason: at, verb, facts."""
    rows = columns(col(Event.id), col(Event.at), col(Event.verb), col(Event.facts))
    return db.execute(
        rows.where(col(Event.thing_id) == card.id)
        .order_by(col(Event.at).desc(), col(Event.id).desc())
        .limit(100)
    ).all()


def members_of(db: Session, card: Card) -> Sequence[Row[Any]]:
    """Who is in: name, slug, country, task."""
    rows = (
        columns(
            col(Organisation.name), col(Organisation.slug), col(Organisation.country), col(Membership.task)
        )
        .join(Membership, col(Membership.organisation_id) == col(Organisation.id))
        .where(col(Membership.consortium_id) == card.consortium_id)
        .where(col(Membership.state) == MembershipState.ACTIVE)
        .order_by(col(Membership.since), col(Membership.id))
    )
    return db.execute(rows).all()


def funding_of(db: Session, actor: Actor, card: Card) -> list[Application]:
    """The applications of the consortium, newest first."""
    rows = seen_by(actor, Application).where(Application.consortium_id == card.consortium_id)
    return list(db.exec(rows.order_by(col(Application.id).desc())).all())
