"""A state as plain JSON values: to store, to show, and to compare two implementations."""

from typing import Any

from crosslab.ip_vault.replay.access import disclosures
from crosslab.ip_vault.replay.disclosure import Disclosure, Release
from crosslab.ip_vault.replay.releases import asked, standing
from crosslab.ip_vault.replay.state import (
    ChainState,
    Consortium,
    Contribution,
    Organisation,
    Person,
    State,
    Transfer,
    Version,
)
from crosslab.ip_vault.shares import write_owners


def view(state: State) -> dict[str, Any]:
    """What a state says, in lists and objects with sorted keys; bytes as hex, shares as `n/d`."""
    return {
        "index": state.index,
        "chains": {key: _chain(each) for key, each in sorted(state.chains.items())},
        "persons": {key: _person(each) for key, each in sorted(state.persons.items())},
        "organisations": {key: _organisation(each) for key, each in sorted(state.organisations.items())},
        "invites": {key: each.spent for key, each in sorted(state.invites.items())},
        "consortia": {key: _consortium(state, each) for key, each in sorted(state.consortia.items())},
        "contributions": {
            key: _contribution(state, each) for key, each in sorted(state.contributions.items())
        },
    }


def _chain(chain: ChainState) -> dict[str, Any]:
    return {"kind": chain.kind.value, "size": len(chain.ids), "head": chain.head.hex()}


def _person(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "epoch": person.epoch,
        "sign": person.key.sign.hex(),
        "age": person.key.age,
    }


def _organisation(org: Organisation) -> dict[str, Any]:
    return {
        "name": org.name,
        "people": dict(sorted(org.people.items())),
        "epoch": org.epoch,
        "age": org.keys[-1],
        "recovery_sign": org.recovery_sign.hex(),
        "key_is_due": org.key_is_due,
        "wraps": dict(sorted(org.wraps.items())),
    }


def _consortium(state: State, consortium: Consortium) -> dict[str, Any]:
    return {
        "name": consortium.name,
        "regime": consortium.regime,
        "members": {each.org: {"leads": each.leads} for each in consortium.current()},
        "left": sorted(org for org in consortium.members if not consortium.has(org)),
        "contributions": list(consortium.contributions),
        "releases": [_release(state, state.releases[each]) for each in consortium.releases],
    }


def _contribution(state: State, contribution: Contribution) -> dict[str, Any]:
    versions = (state.versions[each] for each in contribution.versions)
    transfers = (state.transfers[each] for each in contribution.transfers)
    return {
        "versions": [
            {"id": each.id, "number": each.number, "standing": each.standing.value, "settled": _at(each)}
            for each in versions
        ],
        "transfers": [{"id": each.id, "standing": each.standing, "settled": _at(each)} for each in transfers],
        "rights": {
            right: {"owners": write_owners(holding.owners), "basis": holding.basis}
            for right, holding in sorted(contribution.rights.items())
        },
        "access": {
            to: {"versions": sorted(found.grants), "opened": sorted(found.acks), "revoked": found.revoked}
            for to, found in sorted(contribution.access.items())
        },
        "shown": [_line(each) for each in disclosures(state, contribution.id)],
    }


def _at(matter: Version | Transfer) -> int:
    """The log index at which it took effect, or -1."""
    return -1 if matter.settled is None else matter.settled


def _release(state: State, release: Release) -> dict[str, Any]:
    """The standing is that of its first second: time is not part of a state."""
    return {
        "id": release.id,
        "to": release.to,
        "asked": sorted(asked(state, release)),
        "approved": sorted(release.approvals),
        "objected": sorted(release.objections),
        "revoked": sorted(release.revoked),
        "grants": list(release.grants),
        "standing": standing(state, release, "").value,
    }


def _line(line: Disclosure) -> dict[str, Any]:
    moments = {"released": line.released, "given": line.given, "opened": line.opened, "ended": line.ended}
    return {
        "to": line.to,
        "version": line.version,
        "release": line.release,
        "end": line.end.value if line.end else "",
        **{name: vars(moment) if moment else {} for name, moment in moments.items()},
    }
