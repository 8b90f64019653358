"""A state as plain JSON values: to store, to show, and to compare two implementations."""

from typing import Any

from crosslab.ip_vault.replay.state import Contribution, State
from crosslab.ip_vault.shares import write_owners


def view(state: State) -> dict[str, Any]:
    """Everything a state says, in lists and objects with sorted keys; shares as `n/d`."""
    return {
        "index": state.index,
        "chains": {id: {"kind": each.kind, "size": len(each.ids), "head": each.head.hex()}
                   for id, each in sorted(state.chains.items())},
        "persons": {id: {"name": each.name, "epoch": each.epoch, "sign": each.key.sign.hex(), "age": each.key.age}
                    for id, each in sorted(state.persons.items())},
        "organisations": {id: {"name": each.name, "people": dict(sorted(each.people.items())), "epoch": each.epoch,
                               "age": each.keys[-1], "recovery_sign": each.recovery_sign.hex(),
                               "key_is_due": each.key_is_due, "wraps": dict(sorted(each.wraps.items()))}
                          for id, each in sorted(state.organisations.items())},
        "invites": {id: each.spent for id, each in sorted(state.invites.items())},
        "consortia": {id: {"name": each.name, "regime": each.regime,
                           "members": {member.org: member.leads for member in each.current()},
                           "left": sorted(org for org in each.members if not each.has(org)),
                           "contributions": list(each.contributions)}
                      for id, each in sorted(state.consortia.items())},
        "contributions": {id: _contribution(state, each) for id, each in sorted(state.contributions.items())},
    }  # fmt: skip


def _contribution(state: State, each: Contribution) -> dict[str, Any]:
    return {
        "versions": [
            {"id": id, "number": state.versions[id].number, "standing": state.versions[id].standing}
            for id in each.versions
        ],
        "transfers": {
            id: "withdrawn" if found.withdrawn else "pending" if found.settled is None else "effective"
            for id, found in ((id, state.transfers[id]) for id in each.transfers)
        },
        "rights": {
            right: {"owners": write_owners(holding.owners), "basis": holding.basis}
            for right, holding in sorted(each.rights.items())
        },
        "access": {
            to: {"versions": sorted(found.grants), "opened": sorted(found.acks), "revoked": found.revoked}
            for to, found in sorted(each.access.items())
        },
    }
