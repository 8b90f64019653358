"""What is told of a contribution beside its owners: who was shown what, what it rests on, whose word is waited for."""

from collections.abc import Iterator

from crosslab.ip_vault.replay import Contribution, Transfer, Version, disclosures, disputed
from crosslab.ip_vault.replay.disclosure import Disclosure, Moment, Release, ReleaseStanding
from crosslab.ip_vault.replay.releases import asked, standing

from . import finding
from .vault import Vault

SHOWN = ("Version", "To", "Given", "Opened", "Ended")
RESTS = ("Version", "How", "Rests on")
RELEASED = ("To", "For", "Until", "Standing", "Asked", "Id")
HIDDEN = "not for you to see"
UNTOLD = "and perhaps others, who are not for you to see"
WAITING = ("Matter", "Of", "Asked of you for", "Id")


def shown(vault: Vault, of: Contribution) -> list[tuple[str, ...]]:
    """The disclosure log: each line a version and a party; when it was given, opened and ended, by their own words."""
    return [_line(vault, of, each) for each in disclosures(vault.state, of.id)]


def nobody(vault: Vault, of: Contribution) -> str:
    """What is said in place of an empty disclosure log: only its owners know that nobody was shown anything."""
    owned = finding.sees(vault, of, "")
    return "Shown to nobody yet." if owned else "Nothing of it was shown to you. Its owners see the rest."


def rests(vault: Vault, of: Contribution) -> list[tuple[str, str, str]]:
    """What each version rests on, and how."""
    versions = [vault.state.versions[each] for each in of.versions]
    return [
        (str(each.number), kind, f"version {base[:12]}")
        for each in versions
        for base, kind in each.derived_from
    ]


def released(vault: Vault, of: Contribution) -> list[tuple[str, ...]]:
    """Every release that names it: to whom, what for, until when, where it stands, who has said what."""
    return [
        (
            finding.name(vault, each.to),
            *(each.purpose, each.until, _standing(vault, of, each)),
            ", ".join(_consents(vault, each)),
            each.id[:12],
        )
        for each in vault.state.releases.values()
        if of.id in each.contributions
    ]


def waiting(vault: Vault) -> list[tuple[str, str, str, str]]:
    """What waits for our word for an organisation: versions, transfers and releases that name it."""
    return sorted(set(_waiting(vault)))


def _waiting(vault: Vault) -> Iterator[tuple[str, str, str, str]]:
    state = vault.state
    ours = finding.spoken_for(vault)
    matters: list[Version | Transfer] = [*state.versions.values(), *state.transfers.values()]
    for each in matters:
        if each.settled is None and not each.withdrawn:
            for org in ours & (each.needed - each.approvals.keys() - each.objections.keys()):
                kind = f"transfer of {each.right}" if isinstance(each, Transfer) else f"version {each.number}"
                yield (kind, each.contribution[:12], finding.name(vault, org), each.id[:12])
    for release in state.releases.values():
        if standing(state, release, vault.at).value == "waiting":
            for org in ours & (asked(state, release) - release.approvals.keys() - release.objections.keys()):
                what = f"release to {finding.name(vault, release.to)}"
                yield (
                    what,
                    ", ".join(one[:12] for one in release.contributions),
                    finding.name(vault, org),
                    release.id[:12],
                )


def _line(vault: Vault, of: Contribution, line: Disclosure) -> tuple[str, ...]:
    number = vault.state.versions[line.version].number
    hidden = "" if finding.sees(vault, of, line.to) else HIDDEN
    given = _when(line.given) or hidden or "not yet"
    opened = _when(line.opened) or hidden or ("not confirmed" if line.given else "")
    ended = f"{line.end.value} {_when(line.ended)}".strip() if line.end else hidden
    return (str(number), finding.name(vault, line.to), given, opened, ended)


def _standing(vault: Vault, of: Contribution, release: Release) -> str:
    """Where a release stands; whoever is not shown whether it was revoked is told that all owners consent."""
    stands = standing(vault.state, release, vault.at)
    hides = stands is ReleaseStanding.IN_FORCE and not finding.sees(vault, of, release.to)
    return "consented" if hides else stands.value


def _when(moment: Moment | None) -> str:
    return f"{moment.at}, entry {moment.index}" if moment else ""


def _consents(vault: Vault, release: Release) -> list[str]:
    said = [f"{finding.name(vault, each)} approved" for each in release.approvals]
    said += [f"{finding.name(vault, each)} objected" for each in release.objections]
    still = asked(vault.state, release) - release.approvals.keys() - release.objections.keys()
    disputes = [one for one in release.contributions if disputed(vault.state, vault.state.contributions[one])]
    return (
        said
        + [f"{finding.name(vault, each)} is asked" for each in sorted(still)]
        + ["in dispute"] * bool(disputes)
    )
