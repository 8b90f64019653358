"""What the vault's page asks for."""

from typing import Any

from sqlmodel import Session, col, select

from crosslab.challenges.tables import Challenge
from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.actor import Actor
from crosslab.core.errors import Missing
from crosslab.core.find import seen_by
from crosslab.core.names import initials
from crosslab.ip_vault.replay import State
from crosslab.ip_vault.statements import parse
from crosslab.ledger import store
from crosslab.ledger.tables import Attachment, Statement, Unlock
from crosslab.people.tables import Organisation, Person, Seat
from crosslab.rules import N_, MembershipState, Role

from .scope import Scope

NOTHING = N_("There is nothing here, or it is not for you to see.")


def person(db: Session, actor: Actor) -> dict[str, Any]:
    """Oneself, as the vault's page needs it."""
    me = db.exec(seen_by(actor, Person).where(Person.id == actor.person_id)).one()
    return {
        "id": str(me.id),
        "name": me.name,
        "email": me.email,
        "initials": actor.initials,
        "vault_id": me.vault_id,
    }


def organisations(db: Session, actor: Actor, state: State) -> list[dict[str, Any]]:
    """The organisations one acts for, with one's seats in them and whether they have keys."""
    mine = [place for place in actor.places if actor.seats[place] & set(Role) - {Role.SELF}]
    found = db.exec(
        select(Organisation).where(col(Organisation.id).in_(mine)).order_by(col(Organisation.name))
    ).all()
    return [
        {
            **_organisation(each),
            "slug": each.slug,
            "roles": sorted(actor.seats[each.id]),
            "epoch": state.organisations[each.vault_id].epoch if each.vault_id in state.organisations else 0,
        }
        for each in found
    ]


def consortia(db: Session, actor: Actor, state: State) -> list[dict[str, Any]]:
    """The consortia one belongs to, with their partners and who of them is in the vault."""
    places = actor.places_as(Role.ONLOOKER)
    found = db.exec(
        select(Consortium, Challenge.question)
        .join(Challenge, col(Challenge.id) == col(Consortium.challenge_id))
        .where(col(Consortium.id).in_(places))
        .order_by(col(Consortium.name))
    ).all()
    partners = _partners(db, actor)
    return [
        {
            "slug": each.slug,
            "name": each.name,
            "challenge": question,
            "vault_id": each.vault_id,
            "lead_organisation_id": str(each.lead_id),
            "i_lead": Role.LEAD in actor.seats[each.id],
            "my_organisations": [p["id"] for p in partners.get(str(each.id), []) if p["mine"]],
            "partners": [
                {**partner, "joined": _joined(state, each.vault_id, partner["vault_id"])}
                for partner in partners.get(str(each.id), [])
            ],
        }
        for each, question in found
    ]


def _joined(state: State, consortium: str | None, org: str | None) -> bool:
    return bool(consortium in state.consortia and org and state.consortia[str(consortium)].has(org))


def _organisation(each: Organisation) -> dict[str, Any]:
    return {"id": str(each.id), "name": each.name, "initials": initials(each.name), "vault_id": each.vault_id}


def _partners(db: Session, actor: Actor) -> dict[str, list[dict[str, Any]]]:
    places = actor.places_as(Role.ONLOOKER)
    found = db.exec(
        select(Membership.consortium_id, Organisation)
        .join(Organisation, col(Organisation.id) == col(Membership.organisation_id))
        .where(col(Membership.consortium_id).in_(places), Membership.state == MembershipState.ACTIVE)
        .order_by(col(Organisation.name))
    ).all()
    people = _people(db, [each.id for _, each in found])
    partners: dict[str, list[dict[str, Any]]] = {}
    for place, each in found:
        told = {**_organisation(each), "mine": each.id in actor.seats, "people": people.get(each.id, [])}
        partners.setdefault(str(place), []).append(told)
    return partners


def _people(db: Session, organisations: list[Any]) -> dict[Any, list[str]]:
    """The names behind each partner, so that owners know who will be able to read."""
    found = db.exec(
        select(Seat.place_id, Person.name)
        .join(Person, col(Person.id) == col(Seat.person_id))
        .where(col(Seat.place_id).in_(organisations))
        .order_by(col(Person.name))
    ).all()
    people: dict[Any, list[str]] = {}
    for place, name in found:
        people.setdefault(place, []).append(name)
    return people


def statement(db: Session, scope: Scope, id: str) -> Statement:
    """A statement whose text is for this reader. Raises `Missing` otherwise."""
    found = db.exec(select(Statement).where(Statement.id == id)).first()
    if found is None or not scope.reads(parse(found.note.encode())[0]):
        raise Missing(NOTHING)
    return found


def chain(db: Session, scope: Scope, state: State, id: str, after: int) -> dict[str, Any]:
    """A chain from a place on: every id, and the texts that are for this reader."""
    if id not in scope.chains or id not in state.chains:
        raise Missing(NOTHING)
    known = state.chains[id]
    rows = db.exec(
        select(Statement).where(Statement.chain == id, Statement.seq >= after).order_by(col(Statement.seq))
    ).all()
    return {
        "kind": known.kind,
        "size": len(known.ids),
        "head": known.head.hex(),
        "ids": known.ids,
        "statements": [
            {
                "id": row.id,
                "seq": row.seq,
                "index": row.idx,
                "note": row.note if scope.reads(parse(row.note.encode())[0]) else None,
            }
            for row in rows
        ],
    }


def attachment(db: Session, scope: Scope, name: str) -> bytes:
    """A grant or a wrapped key, for its parties. Raises `Missing` for anyone else."""
    found = db.exec(select(Attachment).where(Attachment.sha256 == name)).first()
    if found is None:
        raise Missing(NOTHING)
    statement(db, scope, found.statement_id)
    return found.data


def may_fetch(db: Session, scope: Scope, state: State, actor: Actor, name: str) -> int:
    """The size of a sealed file this reader may fetch: granted a version that names it, or its sender."""
    known = store.stored(db, name)
    if known is None:
        raise Missing(NOTHING)
    if known.person_id != actor.person_id and not any(scope.opens(state, each) for each in known.versions):
        raise Missing(NOTHING)
    return known.size


def unlock(db: Session, actor: Actor, kind: str) -> bytes:
    """One's own unlock file. Raises `Missing` when there is none."""
    found = db.exec(
        select(Unlock.data).where(Unlock.person_id == actor.person_id, Unlock.kind == kind)
    ).first()
    if found is None:
        raise Missing(N_("There is no such way to unlock."))
    return found
