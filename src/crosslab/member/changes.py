"""What changed since this machine last looked: keys first of all, then people, members, access and releases.

Keys are marked when they are first met. A mark that differs stops the next grant to that party until somebody
looked; everything else is only told.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from crosslab.ip_vault.replay import State

from .home import Home
from .vault import Vault

Marks = dict[str, Any]


def marks_of(state: State, me: str) -> Marks:
    """Everything that is watched, as plain values."""
    return {
        "persons": {each.id: each.epoch for each in state.persons.values()},
        "keys": {
            each.id: f"{each.epoch} {each.recovery_sign.hex()}" for each in state.organisations.values()
        },
        "people": {each.id: dict(sorted(each.people.items())) for each in state.organisations.values()},
        "members": {each.id: sorted(one.org for one in each.current()) for each in state.consortia.values()},
        "access": {
            each.id: sorted(to for to, access in each.access.items() if access.grants and not access.revoked)
            for each in state.contributions.values()
        },
        "matters": {
            each.id: str(each.standing) for each in (*state.versions.values(), *state.transfers.values())
        },
        "releases": dict.fromkeys(state.releases, ""),
        "me": me,
    }


def load(home: Home) -> Marks:
    """What was marked the last time; empty at first."""
    with suppress(ValueError, TypeError):
        return dict(json.loads(home.read("marks.json") or b"{}"))
    return {}


def keep(home: Home, marks: Marks) -> None:
    """Marks what was looked at."""
    home.write("marks.json", json.dumps(marks, indent=1).encode())


def key_changes(home: Home, vault: Vault, party: str) -> list[str]:
    """Keys that changed since they were marked and bear on a party: its own, its people's. A sentence each."""
    before, now = load(home), marks_of(vault.state, vault.me)
    return [
        f"The key of {_name(vault.state, each)} changed since this machine last saw it."
        for kind in ("persons", "keys")
        for each in _differ(before, now, kind)
        if each in _bearing(vault.state, party)
    ]


def accept_keys(home: Home, vault: Vault, party: str) -> None:
    """Marks a party's keys as they are now: somebody looked at them, or met them for the first time."""
    before, now = load(home), marks_of(vault.state, vault.me)
    for kind in ("persons", "keys"):
        known = {each: now[kind][each] for each in _bearing(vault.state, party) & now[kind].keys()}
        before[kind] = {**before.get(kind, {}), **known}
    keep(home, before)


def _bearing(state: State, party: str) -> set[str]:
    org = state.organisations.get(party)
    return {party, *(org.people if org else ())}


def changes(state: State, before: Marks, now: Marks) -> list[str]:
    """What is new, a sentence each; nothing at the very first look."""
    if not before:
        return []
    told = [
        f"KEY CHANGED: {_name(state, each)}"
        for kind in ("persons", "keys")
        for each in _differ(before, now, kind)
    ]
    told += [f"new in the vault: {_name(state, each)}" for each in _new(before, now, "persons")]
    told += [
        f"people of {_name(state, each)}: {_people(state, now['people'][each])}"
        for each in _differ(before, now, "people")
    ]
    told += [
        f"members of {state.consortia[each].name}: {_names(state, now['members'][each])}"
        for each in _differ(before, now, "members")
    ]
    told += [f"contribution {each[:12]} was added" for each in _new(before, now, "access")]
    told += [
        f"readers of {each[:12]}: {_names(state, now['access'][each])}"
        for each in _differ(before, now, "access")
    ]
    told += [f"matter {each[:12]} is {now['matters'][each]} now" for each in _differ(before, now, "matters")]
    told += [
        f"release {each[:12]} to {_name(state, state.releases[each].to)}"
        for each in _new(before, now, "releases")
    ]
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
