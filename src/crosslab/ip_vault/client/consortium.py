"""A member's acts in a consortium, apart from sealing: belonging, agreeing, objecting."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from crosslab.ip_vault import keys
from crosslab.ip_vault.client.pen import Pen, Said
from crosslab.ip_vault.shares import write_owners


def create_consortium(pen: Pen, org: str, name: str, regime: str) -> Said:
    """An organisation founds a consortium."""
    return pen.write("consortium.create", {"name": name, "regime": regime, "orgs": [org]}, org=org)


def invite_organisation(pen: Pen, org: str, consortium: str, secret: bytes, note: str = "") -> Said:
    """A leading organisation invites another; the secret goes by another way."""
    body = {"invite": keys.b64u(keys.invite_key(secret).public), "note": note}
    return pen.write("consortium.invite", body, chain=consortium, org=org)


def join(pen: Pen, org: str, consortium: str, invite: str, secret: bytes) -> Said:
    """An organisation joins, proving that the invitation's secret reached it."""
    body = {"org": org, "invite": invite, "org_head": pen.state.chains[org].head.hex()}
    cosigner = keys.invite_key(secret)
    return pen.write("consortium.join", body, chain=consortium, org=org, cosigner=cosigner)


def leave(pen: Pen, org: str, consortium: str) -> Said:
    """An organisation leaves."""
    return pen.write("consortium.leave", {"org": org}, chain=consortium, org=org)


def remove_organisation(pen: Pen, org: str, consortium: str, other: str) -> Said:
    """A leading organisation removes another."""
    return pen.write("consortium.remove", {"org": other}, chain=consortium, org=org)


def approve(pen: Pen, org: str, matter: str) -> Said:
    """An organisation agrees to a version's rights, a transfer or a release."""
    return _about(pen, "approve", org, matter)


def object_to(pen: Pen, org: str, matter: str) -> Said:
    """An organisation disputes a version's rights, or objects to a transfer or a release."""
    return _about(pen, "object", org, matter)


def withdraw(pen: Pen, org: str, consortium: str, said: str) -> Said:
    """An organisation takes back an approval, an objection, a transfer or a release of its own."""
    return pen.write("withdraw", {"of": said}, chain=consortium, org=org)


def transfer(pen: Pen, org: str, contribution: str, right: str, owners: Mapping[str, Fraction]) -> Said:
    """An owner proposes new owners of a right, based on who owns it today."""
    known = pen.state.contributions[contribution]
    body = {
        "contribution": contribution,
        "right": right,
        "basis": known.rights[right].basis,
        "owners": write_owners(owners),
    }
    return pen.write("transfer", body, chain=known.consortium, org=org)


def release(
    pen: Pen,
    org: str,
    consortium: str,
    to: str,
    purpose: str,
    until: str,
    versions: Sequence[str],
    terms: str = "",
) -> Said:
    """An owner proposes to show versions to somebody outside, for a purpose, until a UTC second.

    Nothing can be opened by this alone: a `grant` follows once every other owner has approved.
    """
    body = {"to": to, "purpose": purpose, "until": until, "versions": list(versions), "terms": terms}
    return pen.write("release", body, chain=consortium, org=org)


def decline(pen: Pen, org: str, release: str) -> Said:
    """Whom something is released to wants nothing of it; an empty `org` means it was the person."""
    chain = pen.state.releases[release].consortium
    return pen.write("decline", {"of": release}, chain=chain, org=org)


def revoke(pen: Pen, org: str, contribution: str, to: str) -> Said:
    """An owner ends a party's access to what comes."""
    chain = pen.state.contributions[contribution].consortium
    return pen.write("revoke", {"contribution": contribution, "to": to}, chain=chain, org=org)


def acknowledge(pen: Pen, org: str, version: str) -> Said:
    """A grantee confirms having opened a version; an empty `org` means the grant was to the person."""
    known = pen.state.versions[version]
    chain = pen.state.contributions[known.contribution].consortium
    return pen.write("ack", {"version": version}, chain=chain, org=org)


def _about(pen: Pen, type: str, org: str, matter: str) -> Said:
    if known := pen.state.matter(matter):
        chain = pen.state.contributions[known.contribution].consortium
    else:
        chain = pen.state.releases[matter].consortium
    return pen.write(type, {"of": matter}, chain=chain, org=org)
