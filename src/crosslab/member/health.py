"""How an organisation's keys stand, worked out from the signed history alone (as the browser does)."""

from dataclasses import dataclass

from crosslab.ip_vault.replay import Organisation

from . import finding
from .vault import Vault

STOP, WARN, TELL = "stop", "warn", "tell"


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be. `stop`: the organisation could not come back today."""

    level: str
    sentence: str
    people: tuple[str, ...] = ()


def findings(vault: Vault, org: Organisation) -> list[Finding]:
    """Everything that is amiss, worst first."""
    admins = [each for each, role in org.people.items() if role == "admin"]
    without = [each for each in org.people if not holds(vault, org, each)]
    checked = vault.follower.memory.pins.checked
    strangers = [each for each in org.people if each != vault.me and each not in checked]
    found = [
        (
            not sheet_opens(vault, org),
            STOP,
            "The printed sheet does not open the newest keys: hand them over again.",
            [],
        ),
        (len(without) == len(org.people), STOP, "Nobody was handed the newest keys.", []),
        (org.key_is_due, WARN, "Somebody left, and the next key was not made yet: org renew.", []),
        (
            bool(_stolen(vault, org)),
            WARN,
            "A key of its people was stolen: make the next one.",
            _stolen(vault, org),
        ),
        (bool(without), WARN, "Not everybody holds the newest keys: org hand-over.", without),
        (len(admins) == 1, WARN, "There is one admin alone.", admins),
        (bool(strangers), TELL, "Fingerprints were not compared.", strangers),
    ]
    return [
        Finding(level, sentence, tuple(finding.name(vault, each) for each in people))
        for so, level, sentence, people in found
        if so
    ]


def could_recover(found: list[Finding]) -> bool:
    """Whether everything could be brought back with the printed sheet alone."""
    return not any(each.level == STOP for each in found)


def holds(vault: Vault, org: Organisation, person: str) -> bool:
    """Whether somebody was handed the newest keys under the key they have today."""
    wrap = vault.known.get(org.wraps.get(person, ""))
    known = vault.state.persons.get(person)
    return bool(wrap and known and wrap.index > known.key.since)


def sheet_opens(vault: Vault, org: Organisation) -> bool:
    """Whether the newest keys were handed to the sheet that counts today."""
    wrap = vault.known.get(org.wraps.get("", ""))
    return bool(wrap and wrap.index > _newest(vault, org.id, "org.create", "org.recover"))


def _stolen(vault: Vault, org: Organisation) -> list[str]:
    since = _newest(vault, org.id, "org.create", "org.key")
    return [
        each.said.by
        for each in vault.known.values()
        if each.said.type == "person.rotate"
        and each.index > since
        and each.said.body["reason"] == "compromise"
        and each.said.by in org.people
    ]


def _newest(vault: Vault, chain: str, *types: str) -> int:
    return max(
        (each.index for each in vault.known.values() if each.said.chain == chain and each.said.type in types),
        default=-1,
    )
