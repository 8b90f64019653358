"""What changed since this machine last looked: keys first of all, then people, members, access and releases.

Keys are marked when they are first met. A mark that differs stops whatever is about to be handed to that party until
somebody looked; everything else is only told.
"""

import json
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from crosslab.ip_vault.replay import State

from .desk import Desk
from .home import Home
from .stops import refused
from .vault import Vault

Marks = dict[str, Any]


def marks_of(state: State) -> Marks:
    """Everything that is watched, as plain values."""
    organisations, consortia = state.organisations.values(), state.consortia.values()
    contributions = state.contributions.values()
    return {
        "keys": _keys(state),
        "people": {each.id: dict(sorted(each.people.items())) for each in organisations},
        "members": {each.id: sorted(one.org for one in each.current()) for each in consortia},
        "access": {
            each.id: sorted(to for to, access in each.access.items() if access.grants and not access.revoked)
            for each in contributions
        },
        "matters": {
            **{each.id: str(each.standing) for each in state.versions.values()},
            **{each.id: each.standing for each in state.transfers.values()},
        },
        "releases": dict.fromkeys(state.releases, ""),
    }


def _keys(state: State) -> dict[str, str]:
    """What is marked of a party: the number of its key, and for an organisation its printed sheet's key too."""
    persons = {each.id: str(each.epoch) for each in state.persons.values()}
    orgs = {each.id: f"{each.epoch} {each.recovery_sign.hex()}" for each in state.organisations.values()}
    return persons | orgs


def look(home: Home, state: State) -> list[str]:
    """What is new since the last look, a sentence each; nothing at the very first. Marks it as looked at.

    The keys of whoever is met for the first time are accepted as they are, and theirs alone.
    """
    kept, now = _load(home), marks_of(state)
    before, accepted = kept.get("look"), {**now["keys"], **kept.get("accepted", {})}
    _keep(home, {**kept, "look": now, "accepted": accepted})
    return _changes(state, before, now) if before else []


def key_changes(home: Home, vault: Vault, party: str) -> list[str]:
    """Keys that changed since they were accepted and bear on a party: its own, its people's. A sentence each."""
    seen, now = _load(home).get("accepted", {}), _keys(vault.state)
    changed = [each for each in _bearing(vault.state, party) if each in seen and seen[each] != now.get(each)]
    return [
        f"The key of {_name(vault.state, each)} changed since this machine last used it." for each in changed
    ]


def accept_keys(home: Home, vault: Vault, party: str) -> None:
    """Marks a party's keys as they are now: somebody looked at them, or met them for the first time."""
    kept, now = _load(home), _keys(vault.state)
    known = {each: now[each] for each in _bearing(vault.state, party) & now.keys()}
    _keep(home, {**kept, "accepted": {**kept.get("accepted", {}), **known}})


def knowingly(parser: ArgumentParser) -> None:
    """The word with which a command goes on although a key changed."""
    parser.add_argument("--key-changed", action="store_true", help="go on although a key of theirs changed")


def stop_at_changed_keys(desk: Desk, vault: Vault, parties: Sequence[str]) -> None:
    """A key that changed since this machine last saw it is a full stop until somebody looked."""
    for change in dict.fromkeys(each for party in parties for each in key_changes(desk.home, vault, party)):
        if not desk.args.key_changed:
            raise refused(f"{change} Compare fingerprints, then go on with --key-changed.")
        desk.show.warn(change)
    for party in parties:
        accept_keys(desk.home, vault, party)


def _load(home: Home) -> Marks:
    with suppress(ValueError, TypeError):
        return dict(json.loads(home.read("marks.json") or b"{}"))
    return {}


def _keep(home: Home, marks: Marks) -> None:
    home.write("marks.json", json.dumps(marks, indent=1).encode())


def _bearing(state: State, party: str) -> set[str]:
    org = state.organisations.get(party)
    return {party, *(org.people if org else ())}


def _changes(state: State, before: Marks, now: Marks) -> list[str]:
    told = [f"KEY CHANGED: {_name(state, each)}" for each in _differ(before, now, "keys")]
    told += [f"new in the vault: {_name(state, each)}" for each in _new(before, now, "keys")]
    for each in _differ(before, now, "people"):
        told.append(f"people of {_name(state, each)}: {_people(state, now['people'][each])}")
    for each in _differ(before, now, "members"):
        told.append(f"members of {state.consortia[each].name}: {_names(state, now['members'][each])}")
    told += [f"contribution {each[:12]} was added" for each in _new(before, now, "access")]
    for each in _differ(before, now, "access"):
        told.append(f"readers of {each[:12]}: {_names(state, now['access'][each])}")
    told += [f"matter {each[:12]} is {now['matters'][each]} now" for each in _differ(before, now, "matters")]
    for each in _new(before, now, "releases"):
        told.append(f"release {each[:12]} to {_name(state, state.releases[each].to)}")
    return told


def _differ(before: Marks, now: Marks, kind: str) -> list[str]:
    seen: Mapping[str, Any] = before.get(kind, {})
    return [each for each, value in now[kind].items() if each in seen and seen[each] != value]


def _new(before: Marks, now: Marks, kind: str) -> list[str]:
    return [each for each in now[kind] if each not in before.get(kind, {})]


def _people(state: State, people: Mapping[str, str]) -> str:
    return ", ".join(f"{_name(state, each)} ({role})" for each, role in people.items())


def _names(state: State, ids: list[str]) -> str:
    return ", ".join(_name(state, each) for each in ids)


def _name(state: State, id: str) -> str:
    known: Any = state.organisations.get(id) or state.persons.get(id)
    return str(known.name) if known else id[:12]
