"""What somebody outside a consortium is shown of it: what it takes to verify what is released to them, no more."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from crosslab.ip_vault.replay import Consortium, Release, State, in_force
from crosslab.ip_vault.statements.shape import TIME
from crosslab.ledger.tables import Statement

MEMBERSHIP = frozenset({"consortium.create", "consortium.join", "consortium.leave"})


@dataclass(frozen=True)
class Window:
    """What a release lets its recipient read: a consortium's chain as far as it bears on some contributions."""

    chain: str
    release: str
    contributions: frozenset[str]
    until: datetime
    ended: int | None
    chains: frozenset[str]

    def covers(self, row: Statement) -> bool:
        """Whether the statement was made while the release lasted."""
        return row.at <= self.until and (self.ended is None or row.idx <= self.ended)

    def shows(self, state: State, row: Statement) -> bool:
        """Whether it takes this text to verify what is released. What is hidden is for its parties alone."""
        if not self.covers(row):
            return False
        if row.chain != self.chain:
            asks_elsewhere = row.type == "person.request" and body(row)["org"] not in self.chains
            return row.chain in self.chains and row.type != "org.wrap" and not asks_elsewhere
        if is_membership(state, row):
            return True
        release = state.spoken.get(row.id, row.id)
        if release in state.releases:
            return release == self.release
        return bool(about := concerned(state, row)) and about <= self.contributions


def windows(state: State, parties: Collection[str], at: str) -> Iterator[Window]:
    """The windows of what was released to these parties: once it is in force, and kept when something was given."""
    for release in state.releases.values():
        if release.to in parties and is_told(state, release, at):
            yield Window(
                release.consortium,
                release.id,
                frozenset(release.contributions),
                datetime.strptime(release.until, TIME).replace(tzinfo=UTC),
                release.ended,
                frozenset(_needed(state, state.consortia[release.consortium])) | {release.to},
            )


def is_told(state: State, release: Release, at: str) -> bool:
    """Whether the recipient is told of a release: not before every owner has agreed."""
    return bool(release.grants) or in_force(state, release, [], at)


def ever_in(state: State, orgs: Collection[str]) -> set[str]:
    """Everybody who is or was in these organisations."""
    now = {person for org in orgs if org in state.organisations for person in state.organisations[org].people}
    return now | {each.person for each in state.requests.values() if each.answered and each.org in orgs}


def is_membership(state: State, row: Statement) -> bool:
    """Whether the statement says who is in a consortium. An invitation does once it was used."""
    if row.type == "consortium.invite":
        return state.invites[row.id].spent
    return row.type in MEMBERSHIP or (row.type == "consortium.remove" and "org" in body(row))


def concerned(state: State, row: Statement) -> set[str]:
    """The contributions that a statement of a consortium is about; none for statements on membership."""
    told = body(row)
    about = state.spoken.get(row.id, row.id)
    if release := state.releases.get(about):
        return set(release.contributions)
    if matter := state.matter(about):
        return {matter.contribution}
    if row.type == "revoke":
        return {told["contribution"]}
    versions = {"grant": told.get("items", []), "ack": [told]}.get(row.type, [])
    return {state.versions[each["version"]].contribution for each in versions}


def body(row: Statement) -> Mapping[str, Any]:
    """What a recorded statement says: its second line, which was checked when it was taken in."""
    said: Mapping[str, Mapping[str, Any]] = json.loads(row.note.split("\n", 2)[1])
    return said["body"]


def _needed(state: State, consortium: Consortium) -> set[str]:
    orgs = set(consortium.members)
    return {*orgs, *ever_in(state, orgs)}
