"""From what a person types to what it names: organisations, people, workspaces, contributions, versions."""

from collections.abc import Iterable
from typing import Any

from crosslab.ip_vault.fingerprint import fingerprint
from crosslab.ip_vault.replay import Contribution, Version, owner_orgs
from crosslab.ip_vault.statements.types import BINDING_ROLES

from .stops import Code, Stop, nothing, refused
from .vault import Vault, found

LEAST = 6  # characters of an id that are enough to mean it


def organisation(vault: Vault, wanted: str) -> str:
    """The vault id of an organisation, by name, slug or the start of its id."""
    known = {each.id: each.name for each in vault.state.organisations.values()}
    slugs = {str(each["vault_id"]): str(each["slug"]) for each in vault.session["organisations"]}
    hits = [
        each
        for each, called in known.items()
        if wanted.casefold() in (called.casefold(), slugs.get(each)) or _starts(each, wanted)
    ]
    return str(found(hits, "organisation", wanted))


def person(vault: Vault, wanted: str) -> str:
    """The vault id of a person, by name, fingerprint or the start of their id."""
    digits = "".join(wanted.split())
    hits = [
        each.id
        for each in vault.state.persons.values()
        if each.name.casefold() == wanted.casefold()
        or _starts(each.id, wanted)
        or fingerprint(each.id).replace(" ", "") == digits
    ]
    return str(found(hits, "person", wanted))


def party(vault: Vault, wanted: str) -> str:
    """An organisation or a person."""
    try:
        return organisation(vault, wanted)
    except Stop as stop:
        if stop.code is not Code.NOTHING:
            raise
        return person(vault, wanted)


def name(vault: Vault, id: str) -> str:
    """What an organisation or person calls itself, or the start of the id."""
    known: Any = vault.state.organisations.get(id) or vault.state.persons.get(id)
    return str(known.name) if known else id[:12]


def place(vault: Vault, wanted: str) -> dict[str, Any]:
    """A workspace by its slug or name; the only one when none is named."""
    known = list(vault.session["consortia"])
    if wanted:
        known = [
            each
            for each in known
            if wanted.casefold() in (each["slug"], each["name"].casefold())
            or _starts(str(each["vault_id"]), wanted)
        ]
    if not wanted and len(known) > 1:
        slugs = ", ".join(each["slug"] for each in known)
        raise Stop(Code.USAGE, f"You belong to several workspaces. Say which: --in one of {slugs}")
    return dict(found(known, "workspace", wanted or "of yours"))


def consortium(vault: Vault, wanted: str) -> str:
    """The vault id of a workspace that was started."""
    at = place(vault, wanted)
    if not at["vault_id"] or at["vault_id"] not in vault.state.consortia:
        raise nothing("This workspace was not started yet: crosslab vault consortium start")
    return str(at["vault_id"])


def contribution(vault: Vault, wanted: str, titles: dict[str, str] | None = None) -> Contribution:
    """A contribution by its title or the start of its id."""
    known = vault.state.contributions
    hits = [each for each in known if _starts(each, wanted)]
    hits = hits or [key for key, title in (titles or {}).items() if title.casefold() == wanted.casefold()]
    return known[str(found(hits, "contribution", wanted))]


def version(vault: Vault, of: Contribution, number: int | None) -> Version:
    """A version of a contribution by its number; the newest one when none is named."""
    wanted = len(of.versions) if number is None else number
    if not 1 <= wanted <= len(of.versions):
        raise nothing(f"There is no version {wanted} of it.")
    return vault.state.versions[of.versions[wanted - 1]]


def matter(vault: Vault, wanted: str) -> str:
    """A version, transfer or release that can be approved or objected to, by the start of its id."""
    state = vault.state
    return str(
        found(
            [each for each in (*state.versions, *state.transfers, *state.releases) if _starts(each, wanted)],
            "matter",
            wanted,
        )
    )


def spoken_for(vault: Vault) -> set[str]:
    """The organisations that we may bind, as admin or signer."""
    orgs = vault.state.organisations.values()
    return {each.id for each in orgs if each.people.get(vault.me) in BINDING_ROLES}


def acting(vault: Vault, wanted: str = "", among: Iterable[str] | None = None) -> str:
    """The organisation to speak for: the named one, or the only one we may bind (among these)."""
    if wanted:
        return organisation(vault, wanted)
    ours = spoken_for(vault)
    mine = sorted(ours if among is None else ours & set(among))
    if not mine:
        raise refused("You may not speak for an organisation here: you are neither its admin nor its signer.")
    if len(mine) > 1:
        raise Stop(Code.USAGE, "You may speak for several organisations. Say for which: --for NAME")
    return mine[0]


def members(vault: Vault, consortium: str) -> list[str]:
    """The organisations that are in a workspace now."""
    return [each.org for each in vault.state.consortia[consortium].current()]


def owners(vault: Vault, of: Contribution) -> set[str]:
    """The organisations that own a right of it today."""
    return owner_orgs(vault.state, of)


def sees(vault: Vault, of: Contribution, to: str) -> bool:
    """Whether all that its owners and a party say to each other is shown to us: else absence tells nothing."""
    houses = (vault.state.organisations.get(each) for each in (*owners(vault, of), to))
    return to == vault.me or any(vault.me in house.people for house in houses if house)


def _starts(id: str, wanted: str) -> bool:
    return len(wanted) >= LEAST and id.startswith(wanted.lower())
