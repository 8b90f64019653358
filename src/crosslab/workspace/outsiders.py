"""Who is outside a consortium and may be shown something, and what is shown to those who are outside."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.challenges.tables import Challenge
from crosslab.consortia.tables import Consortium
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.ip_vault.replay import State, inside
from crosslab.ip_vault.statements.shape import TIME
from crosslab.people.tables import Organisation, Person

from .windows import windows


def recipients(db: Session, state: State, consortia: Collection[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Whom each consortium may be offered to release something to: the challenge's body, and earlier recipients.

    Anybody else with keys can be named by their id. Names are the platform's word; the chain says who it is.
    """
    found = db.exec(
        select(Consortium.id, Consortium.vault_id, Organisation.name, Organisation.vault_id)
        .join(Challenge, col(Challenge.id) == col(Consortium.challenge_id))
        .join(Organisation, col(Organisation.id) == col(Challenge.organisation_id))
        .where(col(Consortium.id).in_(consortia))
    ).all()
    return {
        each: [{"name": name, "vault_id": to} for to, name in _outside(state, chain, host, called).items()]
        for each, chain, called, host in found
    }


def released(db: Session, actor: Actor, state: State) -> list[dict[str, Any]]:
    """What is released to oneself or one's organisations, by consortium: its chain and the releases on it."""
    me = select(Person.vault_id).where(Person.id == actor.person_id)
    mine = select(Organisation.vault_id).where(col(Organisation.id).in_(actor.places))
    parties = {each for each in (*db.exec(me), *db.exec(mine)) if each}
    found: dict[str, list[str]] = {}
    for each in windows(state, parties, now().strftime(TIME)):
        found.setdefault(each.chain, []).append(each.release)
    return [
        {"consortium": state.consortia[chain].name, "chain": chain, "releases": releases}
        for chain, releases in found.items()
    ]


def _outside(state: State, chain: str | None, host: str | None, called: str) -> dict[str, str]:
    known = state.consortia.get(chain or "")
    if known is None:
        return {}
    names = {host: called} if host in state.organisations else {}
    for to in (state.releases[each].to for each in known.releases):
        party = state.organisations.get(to) or state.persons[to]
        names.setdefault(to, party.name)
    return {to: name for to, name in names.items() if to and not inside(state, known, to)}
