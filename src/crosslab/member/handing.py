"""Handing an organisation's keys on: to its people and its printed sheet, as its own chain names them."""

from collections.abc import Mapping, Sequence

from crosslab.ip_vault.age import HybridIdentity, HybridRecipient
from crosslab.ip_vault.client import next_key, wrap_keys
from crosslab.ip_vault.client.pen import Pen, Said
from crosslab.ip_vault.replay import Organisation
from crosslab.ip_vault.statements import Place
from crosslab.member.stops import refused
from crosslab.member.vault import Vault, random_identity

MOST = 150  # wrapped keys in one statement


def rekey(
    pen: Pen,
    org: Organisation,
    old: Sequence[HybridIdentity],
    people: Sequence[str],
    place: Place | None = None,
    given: Mapping[str, HybridRecipient] | None = None,
) -> list[Said]:
    """The organisation's next key, handed on together with the old ones; `given` are keys no chain names yet."""
    fresh = random_identity()
    made = next_key(pen, org.id, fresh, place)
    return [made, *wraps(pen, org, [*old, fresh], people, made.next_place(), given)]


def wraps(
    pen: Pen,
    org: Organisation,
    held: Sequence[HybridIdentity],
    people: Sequence[str],
    place: Place | None,
    given: Mapping[str, HybridRecipient] | None = None,
) -> list[Said]:
    """Every key sealed to each of these, in as many statements as it takes."""
    said: list[Said] = []
    for start in range(0, len(people), MOST):
        where = said[-1].next_place() if said else place
        some = people[start : start + MOST]
        said.append(wrap_keys(pen, org.id, held, some, place=where, recipients=given))
    return said


def everybody(org: Organisation, leaving: str = "") -> list[str]:
    """All people of the organisation but who is leaving, and its sheet."""
    return [*(each for each in org.people if each != leaving), ""]


def all_keys(vault: Vault, org: Organisation) -> list[HybridIdentity]:
    """Every key of the organisation, or a refusal: who cannot open them all cannot hand them on."""
    held = vault.org_keys(org.id)
    if len(held) != len(org.keys):
        raise refused(f"You do not hold every key of {org.name}, so you cannot hand them on.")
    return held
