"""What waits in the vault for somebody, as the register stands: how many, for whom, until when. Never what it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from crosslab.consortia.tables import Consortium
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.ip_vault.replay import Consortium as Team
from crosslab.ip_vault.replay import Release, State, asked, may_open, overtaken
from crosslab.ip_vault.statements.shape import TIME
from crosslab.ip_vault.statements.types import BINDING_ROLES
from crosslab.ledger.history import History
from crosslab.people.tables import Organisation, Person
from crosslab.rules import Role


@dataclass(frozen=True, slots=True)
class Unopened:
    """Releases that a party may open and has not: so many, the first of them until then."""

    party: str
    many: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Matters of a consortium on which an organisation has not said its word."""

    consortium: str
    slug: str
    organisation: str
    many: int


def awaited(db: Session, actor: Actor, history: History) -> tuple[list[Unopened], list[Unsaid]]:
    """What waits for this person themselves and for the organisations they speak for; `party` is "" for oneself.

    Asks the database the same few questions however much waits, and before it looks into the history.
    """
    me = db.exec(select(Person.vault_id).where(Person.id == actor.person_id)).first()
    if me is None:
        return [], []
    houses, teams = _houses(db, actor), _teams(db, actor)
    with history.caught_up(db) as state:
        mine = {org: name for org, name in houses.items() if binds(state, org, me)}
        return list(_unopened(state, {me: "", **mine})), list(_unsaid(state, teams, mine))


def binds(state: State, org: str, person: str) -> bool:
    """Whether somebody speaks for an organisation in the vault: only for them does something of it wait."""
    return org in state.organisations and state.organisations[org].people.get(person) in BINDING_ROLES


def _houses(db: Session, actor: Actor) -> dict[str, str]:
    found = db.exec(
        select(Organisation.vault_id, Organisation.name)
        .where(col(Organisation.id).in_(actor.places))
        .order_by(col(Organisation.name))
    ).all()
    return {vault_id: name for vault_id, name in found if vault_id}


def _teams(db: Session, actor: Actor) -> list[tuple[str, str, str]]:
    """The vault ids, names and addresses of one's consortia of today."""
    found = db.exec(
        select(Consortium.vault_id, Consortium.name, Consortium.slug)
        .where(col(Consortium.id).in_(actor.places_as(Role.ONLOOKER)))
        .order_by(col(Consortium.name))
    ).all()
    return [(vault_id, name, slug) for vault_id, name, slug in found if vault_id]


def _unopened(state: State, parties: Mapping[str, str]) -> Iterator[Unopened]:
    at = now().strftime(TIME)
    ends: dict[str, list[str]] = {}
    for each in state.releases.values():
        if each.to in parties and _is_unopened(state, each, at):
            ends.setdefault(each.to, []).append(each.until)
    for party, until in ends.items():
        first = datetime.strptime(min(until), TIME).replace(tzinfo=UTC)
        yield Unopened(parties[party], len(until), first)


def _is_unopened(state: State, release: Release, at: str) -> bool:
    """Whether a version of it was handed over, may be opened now, and was not."""
    for version in release.versions:
        access = state.contributions[state.versions[version].contribution].access.get(release.to)
        if access is None or version in access.acks or access.under.get(version) != release.id:
            continue
        if may_open(state, version, release.to, at):
            return True
    return False


def _unsaid(state: State, teams: list[tuple[str, str, str]], mine: Mapping[str, str]) -> Iterator[Unsaid]:
    at = now().strftime(TIME)
    for chain, name, slug in teams:
        wants = list(_wanted(state, state.consortia[chain], at)) if chain in state.consortia else []
        for org, called in mine.items():
            if many := sum(org in each for each in wants):
                yield Unsaid(name, slug, called, many)


def _wanted(state: State, team: Team, at: str) -> Iterator[frozenset[str]]:
    """For every matter and every release that is open: the organisations whose word it waits for."""
    for each in map(state.contributions.__getitem__, team.contributions):
        for matter in map(state.matter, (*each.versions, *each.transfers)):
            if matter and matter.settled is None and not matter.withdrawn and not overtaken(each, matter):
                yield matter.needed - matter.approvals.keys() - matter.objections.keys()
    for release in map(state.releases.__getitem__, team.releases):
        if release.end is None and at <= release.until:
            yield frozenset(asked(state, release) - release.approvals.keys() - release.objections.keys())
