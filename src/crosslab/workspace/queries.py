"""What the vault's page asks for."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.challenges.tables import Challenge
from crosslab.consortia.tables import Charter, Consortium, Membership
from crosslab.core.actor import Actor
from crosslab.core.db import look_again
from crosslab.core.errors import Missing
from crosslab.core.files import Files
from crosslab.core.find import seen_by
from crosslab.core.names import initials
from crosslab.ip_vault.age.shape import Shape
from crosslab.ip_vault.ids import is_id
from crosslab.ip_vault.replay import Consortium as Team
from crosslab.ip_vault.replay import State, Transfer, Version
from crosslab.ledger import store, unlocking
from crosslab.ledger.history import History
from crosslab.ledger.tables import Attachment, Statement
from crosslab.people.tables import Organisation, Person, Seat
from crosslab.rules import N_, MembershipState, Role

from . import outsiders
from .scope import Scope

WAYS = {"passphrase": Shape.PASSPHRASE, "passkey": Shape.PASSKEY}
NO_REGIME = "custom"
"""What a workspace says that was opened before its partners chose their rules on rights."""
NO_WAY = N_("There is no such way to unlock.")
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
        "ways": {each.kind: each.kept_at.isoformat() for each in unlocking.ways(db, me.id)},
    }


def organisations(db: Session, actor: Actor, state: State) -> list[dict[str, Any]]:
    """The organisations one acts for, with one's seats in them and whether they have keys."""
    mine = [place for place in actor.places if actor.seats[place] & set(Role) - {Role.SELF}]
    found = db.exec(
        select(Organisation).where(col(Organisation.id).in_(mine)).order_by(col(Organisation.name))
    ).all()
    people = _keyholders(db, mine)
    return [
        {
            **_organisation(each),
            "people": people.get(each.id, []),
            "slug": each.slug,
            "roles": sorted(actor.seats[each.id]),
            "epoch": state.organisations[each.vault_id].epoch if each.vault_id in state.organisations else 0,
            "asking": _asking(state, each.vault_id),
        }
        for each in found
    ]


def _asking(state: State, org: str | None) -> list[str]:
    """The vault ids of the people who ask to be let into an organisation, whose chains say so."""
    return sorted({each.person for each in state.requests.values() if each.org == org and not each.answered})


def consortia(db: Session, actor: Actor, state: State) -> list[dict[str, Any]]:
    """The consortia one belongs to, with their partners and who of them is in the vault."""
    places = actor.places_as(Role.ONLOOKER)
    found = db.exec(
        select(Consortium, Challenge.question)
        .join(Challenge, col(Challenge.id) == col(Consortium.challenge_id))
        .where(col(Consortium.id).in_(places))
        .order_by(col(Consortium.name))
    ).all()
    partners, regimes = _partners(db, actor), _regimes(db, [each.id for each, _ in found])
    recipients = outsiders.recipients(db, state, [each.id for each, _ in found])
    return [
        {
            "id": str(each.id),
            "slug": each.slug,
            "name": each.name,
            "challenge": question,
            "regime": regimes.get(each.id, NO_REGIME),
            "vault_id": each.vault_id,
            "lead_organisation_id": str(each.lead_id),
            "i_lead": Role.LEAD in actor.seats[each.id],
            "my_organisations": [p["id"] for p in partners.get(str(each.id), []) if p["mine"]],
            "partners": [
                {**partner, "joined": _joined(state, each.vault_id, partner["vault_id"])}
                for partner in partners.get(str(each.id), [])
            ],
            "recipients": recipients.get(each.id, []),
        }
        for each, question in found
    ]


def _regimes(db: Session, consortia: list[UUID]) -> dict[UUID, str]:
    """The regime for rights that each consortium's newest charter names."""
    wanted = select(Charter.consortium_id, Charter.ip_regime).where(col(Charter.consortium_id).in_(consortia))
    return dict(db.exec(wanted.order_by(col(Charter.number))).all())


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


def _keyholders(db: Session, organisations: list[Any]) -> dict[Any, list[dict[str, Any]]]:
    """Who works for each organisation, and their keys: so that a key left behind is seen by its managers."""
    found = db.exec(
        select(Seat.place_id, Person.name, Person.vault_id)
        .join(Person, col(Person.id) == col(Seat.person_id))
        .where(col(Seat.place_id).in_(organisations))
        .distinct()
        .order_by(col(Person.name))
    ).all()
    people: dict[Any, list[dict[str, Any]]] = {}
    for place, name, key in found:
        people.setdefault(place, []).append({"name": name, "vault_id": key})
    return people


def statement(db: Session, scope: Scope, state: State, id: str) -> Statement:
    """A statement whose text is for this reader. Raises `Missing` otherwise."""
    found = db.exec(select(Statement).where(Statement.id == id)).first() if is_id(id) else None
    if found is None or not scope.reads(state, found):
        raise Missing(NOTHING)
    return found


def chain(db: Session, scope: Scope, state: State, id: str, after: int) -> dict[str, Any]:
    """A chain from a place on: every id, and the texts that are for this reader."""
    if not scope.follows(id) or id not in state.chains:
        raise Missing(NOTHING)
    known = state.chains[id]
    first = max(0, min(after, len(known.ids)))
    rows = db.exec(
        select(Statement).where(Statement.chain == id, Statement.seq >= first).order_by(col(Statement.seq))
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
                "note": row.note if scope.reads(state, row) else None,
            }
            for row in rows
        ],
    }


def attachment(db: Session, scope: Scope, state: State, name: str) -> bytes:
    """A grant or a wrapped key, for its parties. Raises `Missing` for anyone else."""
    wanted = select(Attachment).where(Attachment.sha256 == name)
    found = db.exec(wanted).first() if is_id(name) else None
    if found is None:
        raise Missing(NOTHING)
    if not scope.unseals(state, statement(db, scope, state, found.statement_id), name):
        raise Missing(NOTHING)
    return found.data


def may_fetch(db: Session, scope: Scope, state: State, actor: Actor, name: str) -> int:
    """The size of a sealed file this reader may fetch: granted a version that names it, or still its sender."""
    known = store.stored(db, name) if is_id(name) else None
    if known is None:
        raise Missing(NOTHING)
    if known.versions:
        may = any(scope.opens(state, each) for each in known.versions)
    else:
        may = known.person_id == actor.person_id
    if not may:
        raise Missing(NOTHING)
    return known.size


def may_send(db: Session, files: Files, actor: Actor, name: str) -> UUID:
    """Who sends a sealed file, if they may now; then the look into the database ends, for sending may take long."""
    if not is_id(name) or actor.person_id is None:
        raise Missing(NOTHING)
    store.has_room(db, files, name, actor.person_id)
    look_again(db)
    return actor.person_id


def whole_for(db: Session, scope: Scope, state: State, actor: Actor, name: str) -> int | None:
    """The size of a sealed file that is whole and for this reader's eyes; of any other they hear nothing."""
    with suppress(Missing):
        return may_fetch(db, scope, state, actor, name)
    return None


def how_far(files: Files, actor: Actor, name: str, whole: int | None) -> tuple[int, bool]:
    """How many bytes of a sealed file have come from this reader, or that it is there, `whole` for their eyes.

    The store may be slow to answer: nobody asks it while they hold the history.
    """
    if not is_id(name) or actor.person_id is None:
        raise Missing(NOTHING)
    if whole is not None and files.size(store.key(name)) == whole:
        return whole, True
    return store.come(files, name, actor.person_id), False


def unlock(db: Session, actor: Actor, kind: str) -> bytes:
    """One's own unlock file, so many times an hour. Raises `Missing` when there is none."""
    known = kind in WAYS and actor.person_id
    found = unlocking.hand_out(db, actor.person_id, kind) if known and actor.person_id else None
    if found is None:
        raise Missing(NO_WAY)
    return found


def summary(db: Session, history: History, consortium: Consortium) -> dict[str, int]:
    """How much lies in a consortium's vault: contributions, matters somebody must still agree to, members."""
    with history.caught_up(db) as state:
        known = state.consortia.get(consortium.vault_id or "")
        if known is None:
            return {"contributions": 0, "open": 0, "members": 0}
        matters = _matters(state, known)
        return {
            "contributions": len(known.contributions),
            "open": sum(each.settled is None or bool(each.objections) for each in matters),
            "members": sum(1 for _ in known.current()),
        }


def _matters(state: State, known: Team) -> Iterator[Version | Transfer]:
    """Every version's claim and every transfer that was not taken back."""
    for each in known.contributions:
        contribution = state.contributions[each]
        yield from map(state.versions.__getitem__, contribution.versions)
        transfers = map(state.transfers.__getitem__, contribution.transfers)
        yield from (each for each in transfers if not each.withdrawn)
