"""A member's acts on their own chain and their organisation's."""

from collections.abc import Mapping, Sequence
from typing import Any

from crosslab.ip_vault import age, grants, keys
from crosslab.ip_vault.age import HybridIdentity, HybridRecipient, hybrid
from crosslab.ip_vault.client.pen import Pen, Said
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.statements import Place


def create_person(pen: Pen, name: str) -> Said:
    """A person's first statement: their name and public keys."""
    return pen.write("person.create", {"name": name, **_public(pen.keys)})


def rotate(pen: Pen, fresh: keys.Keys, reason: str) -> Said:
    """A person's next key, signed with the old and the new one."""
    body = {**_public(fresh), "reason": reason}
    return pen.write("person.rotate", body, chain=pen.person, cosigner=fresh.sign)


def create_organisation(pen: Pen, name: str, identity: HybridIdentity, recovery: keys.Keys) -> Said:
    """An organisation, its first key and its printed recovery keys."""
    body = {
        "name": name,
        "epoch": 1,
        "age": str(identity.recipient),
        "recovery_sign": keys.b64u(recovery.sign.public),
        "recovery_age": str(recovery.age.recipient),
    }
    return pen.write("org.create", body, cosigner=recovery.sign)


def invite_person(pen: Pen, org: str, secret: bytes, role: str) -> Said:
    """An invitation; the secret goes by another way, in the fragment of a link."""
    public = keys.b64u(keys.invite_key(secret).public)
    return pen.write("org.invite", {"invite": public, "role": role}, chain=org)


def request(pen: Pen, org: str, invite: str, secret: bytes) -> Said:
    """A person asks to join, proving that the invitation's secret reached them."""
    body = {"org": org, "invite": invite}
    return pen.write("person.request", body, chain=pen.person, cosigner=keys.invite_key(secret))


def add(pen: Pen, request: str) -> Said:
    """An admin admits whoever made this request."""
    known = pen.state.requests[request]
    return pen.write("org.add", {"person": known.person, "request": request}, chain=known.org)


def change_role(pen: Pen, org: str, person: str, role: str) -> Said:
    """An admin gives a person another role."""
    return pen.write("org.role", {"person": person, "role": role}, chain=org)


def remove_person(pen: Pen, org: str, person: str) -> Said:
    """An admin removes a person; the organisation's next key and wraps must follow."""
    return pen.write("org.remove", {"person": person}, chain=org)


def withdraw_invitation(pen: Pen, org: str, invite: str) -> Said:
    """An admin withdraws an invitation that was not used."""
    return pen.write("org.remove", {"invite": invite}, chain=org)


def next_key(pen: Pen, org: str, identity: HybridIdentity, place: Place | None = None) -> Said:
    """An admin gives the organisation its next key."""
    epoch = pen.state.organisations[org].epoch + 1
    return pen.write("org.key", {"epoch": epoch, "age": str(identity.recipient)}, chain=org, place=place)


def wrap_keys(
    pen: Pen,
    org: str,
    identities: Sequence[HybridIdentity],
    people: Sequence[str],
    *,
    place: Place | None = None,
    recipients: Mapping[str, HybridRecipient] | None = None,
) -> Said:
    """The organisation's keys, oldest first, sealed to each of these people; "" is the recovery key.

    `recipients` are keys that the same envelope states, and that no chain names yet.
    """
    plain = grants.write_org_keys(org, identities)
    fresh = recipients or {}
    files = [age.encrypt(plain, fresh.get(person) or _recipient(pen, org, person)) for person in people]
    items: list[Mapping[str, Any]] = [
        {"person": person, "sha256": digest(file), "size": len(file)}
        for person, file in zip(people, files, strict=True)
    ]
    return pen.write("org.wrap", {"items": items}, chain=org, place=place, files=tuple(files))


def recover(pen: Pen, org: str, recovery: keys.Keys, fresh: keys.Keys) -> Said:
    """Whoever holds the printed recovery root takes the organisation over and replaces the root."""
    body = {
        "person": pen.person,
        "recovery_sign": keys.b64u(fresh.sign.public),
        "recovery_age": str(fresh.age.recipient),
    }
    return pen.write("org.recover", body, chain=org, cosigner=recovery.sign)


def _recipient(pen: Pen, org: str, person: str) -> HybridRecipient:
    """The key of a verified chain, never one the server hands out."""
    known = pen.state
    text = known.persons[person].key.age if person else known.organisations[org].recovery_age
    return hybrid.parse_recipient(text)


def _public(own: keys.Keys) -> dict[str, str]:
    return {"sign": keys.b64u(own.sign.public), "age": str(own.age.recipient)}
