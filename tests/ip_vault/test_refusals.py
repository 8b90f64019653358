"""Statements that are well made and signed, and still have no place in history."""

from typing import Any

import pytest

from crosslab.ip_vault import client, keys
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.keys import recovery_keys
from crosslab.ip_vault.replay import Reason
from crosslab.ip_vault.shares import write_owners
from tests.ip_vault.world import Cast, give, identity, refused, secret
from tests.vectors.golden import history

NOBODY = "0" * 64


@pytest.mark.parametrize(
    ("type", "body", "reason"),
    [
        ("org.role", {"person": NOBODY, "role": "admin"}, Reason.NOT_IN_ORG),
        ("org.remove", {"person": NOBODY}, Reason.NOT_IN_ORG),
        ("org.remove", {"invite": NOBODY}, Reason.INVITE_UNKNOWN),
        ("org.add", {"person": NOBODY, "request": NOBODY}, Reason.REQUEST_UNKNOWN),
        ("org.key", {"epoch": 3, "age": str(identity("x").recipient)}, Reason.EPOCH),
    ],
)
def test_an_admin_cannot(cast: Cast, type: str, body: dict[str, Any], reason: Reason) -> None:
    refused(cast, cast.pen("ines").write(type, body, chain=cast.orgs["tinsel"]), reason)


def asked(cast: Cast, name: str, link: str) -> str:
    """A person's request to join Tinsel by this link."""
    invite = cast.say(client.invite_person(cast.pen("ines"), cast.orgs["tinsel"], secret(link), "signer"))
    return cast.say(client.request(cast.pen(name), cast.orgs["tinsel"], invite, secret(link)))


def test_a_request_is_for_its_maker_and_answered_once(cast: Cast) -> None:
    one, two = asked(cast, "bo", "one"), asked(cast, "bo", "two")
    body = {"person": cast.people["kai"], "request": one}
    refused(cast, cast.pen("ines").write("org.add", body, chain=cast.orgs["tinsel"]), Reason.REQUEST_UNKNOWN)
    cast.say(client.add(cast.pen("ines"), one))
    refused(cast, client.add(cast.pen("ines"), one), Reason.REQUEST_UNKNOWN)
    refused(cast, client.add(cast.pen("ines"), two), Reason.ALREADY_MEMBER)


def test_nobody_asks_for_another_or_twice(cast: Cast) -> None:
    tinsel = cast.orgs["tinsel"]
    invite = cast.say(client.invite_person(cast.pen("ines"), tinsel, secret("a"), "reader"))
    refused(cast, client.request(cast.pen("uma"), tinsel, invite, secret("a")), Reason.ALREADY_MEMBER)
    body, link = {"org": tinsel, "invite": invite}, keys.invite_key(secret("a"))
    said = cast.pen("bo").write("person.request", body, chain=cast.people["kai"], cosigner=link)
    refused(cast, said, Reason.NOT_OWN_CHAIN)


def test_recovery_is_for_oneself_and_changes_the_root(cast: Cast) -> None:
    tinsel, old = cast.orgs["tinsel"], recovery_keys(secret("recovery of tinsel"))
    refused(cast, client.recover(cast.pen("kai"), tinsel, old, old), Reason.SAME_KEY)
    fresh = recovery_keys(secret("fresh"))
    body = {
        "person": cast.people["bo"],
        "recovery_sign": keys.b64u(fresh.sign.public),
        "recovery_age": str(fresh.age.recipient),
    }
    said = cast.pen("kai").write("org.recover", body, chain=tinsel, cosigner=old.sign)
    refused(cast, said, Reason.NOT_OWN_CHAIN)


def test_an_organisation_founds_joins_and_leaves_for_itself(cast: Cast) -> None:
    tinsel, loom, quill = (cast.orgs[name] for name in ("tinsel", "loom", "quill"))
    body: dict[str, Any] = {"name": "x", "regime": "custom", "orgs": [loom]}
    refused(cast, cast.pen("ines").write("consortium.create", body, org=tinsel), Reason.NOT_CONCERNED)
    said = cast.pen("bo").write("consortium.leave", {"org": tinsel}, chain=cast.consortium, org=loom)
    refused(cast, said, Reason.NOT_CONCERNED)
    link = keys.invite_key(secret("a"))
    invite = cast.say(client.invite_organisation(cast.pen("ines"), tinsel, cast.consortium, secret("a")))
    head = cast.state.chains[quill].head.hex()
    for changes, reason in [
        ({"org": loom}, Reason.NOT_CONCERNED),
        ({"org_head": digest(b"x")}, Reason.ORG_HEAD),
    ]:
        body = {"org": quill, "invite": invite, "org_head": head} | changes
        said = cast.pen("kai").write("consortium.join", body, chain=cast.consortium, org=quill, cosigner=link)
        refused(cast, said, reason)


def test_only_a_member_is_removed(cast: Cast) -> None:
    said = client.remove_organisation(
        cast.pen("ines"), cast.orgs["tinsel"], cast.consortium, cast.orgs["quill"]
    )
    refused(cast, said, Reason.NOT_A_MEMBER)


def test_a_version_is_by_one_of_its_owners(cast: Cast) -> None:
    first = cast.seal()
    refused(cast, history.version(cast, cast.claim(loom="1")), Reason.NOT_AN_OWNER)
    taken = cast.next_version(first, cast.claim(loom="1"))
    refused(cast, history.version(cast, taken, "bo", "loom"), Reason.NOT_AN_OWNER)


def test_only_an_owner_revokes(cast: Cast) -> None:
    sealed = cast.seal()
    cast.say(give(cast, sealed, cast.people["uma"]))
    said = client.revoke(cast.pen("bo"), cast.orgs["loom"], sealed.version.id, cast.people["uma"])
    refused(cast, said, Reason.NOT_AN_OWNER)


def propose(cast: Cast, contribution: str, **owners: str) -> client.Said:
    claim = cast.shares(**owners)
    return client.transfer(cast.pen("ines"), cast.orgs["tinsel"], contribution, "copyright", claim)


def test_rights_go_to_organisations_of_the_consortium(cast: Cast) -> None:
    refused(cast, propose(cast, cast.seal().version.id, quill="1"), Reason.PARTY_UNKNOWN)


def test_what_has_taken_effect_is_not_taken_back(cast: Cast) -> None:
    contribution = cast.seal().version.id
    ines, bo, tinsel, loom = cast.pen("ines"), cast.pen("bo"), cast.orgs["tinsel"], cast.orgs["loom"]
    proposal = cast.say(propose(cast, contribution, loom="1"))
    approval = cast.say(client.approve(bo, loom, proposal))
    refused(cast, client.object_to(bo, loom, proposal), Reason.SETTLED)
    refused(cast, client.withdraw(bo, loom, cast.consortium, approval), Reason.SETTLED)
    refused(cast, client.withdraw(ines, tinsel, cast.consortium, proposal), Reason.SETTLED)


def test_what_was_withdrawn_is_gone(cast: Cast) -> None:
    contribution = cast.seal().version.id
    ines, bo, tinsel, loom = cast.pen("ines"), cast.pen("bo"), cast.orgs["tinsel"], cast.orgs["loom"]
    proposal = cast.say(propose(cast, contribution, loom="1"))
    cast.say(client.withdraw(ines, tinsel, cast.consortium, proposal))
    refused(cast, client.withdraw(ines, tinsel, cast.consortium, proposal), Reason.SETTLED)
    refused(cast, client.object_to(bo, loom, proposal), Reason.SETTLED)


def test_strangers_have_nothing_to_withdraw(cast: Cast) -> None:
    version = cast.seal().version.id
    refused(
        cast,
        client.withdraw(cast.pen("kai"), cast.orgs["quill"], cast.consortium, version),
        Reason.NOT_A_MEMBER,
    )


def test_things_of_another_consortium_are_out_of_reach(cast: Cast) -> None:
    sealed = cast.seal()
    other = cast.say(client.create_consortium(cast.pen("ines"), cast.orgs["tinsel"], "Other", "custom"))
    ines, tinsel, first = cast.pen("ines"), cast.orgs["tinsel"], sealed.version.id
    owners = write_owners(cast.shares(tinsel="1"))
    transfer = {"contribution": first, "right": "copyright", "basis": first, "owners": owners}
    for kind, body, reason in [
        ("approve", {"of": first}, Reason.MATTER_UNKNOWN),
        ("transfer", transfer, Reason.CONTRIBUTION_UNKNOWN),
        ("revoke", {"contribution": first, "to": tinsel}, Reason.CONTRIBUTION_UNKNOWN),
        ("ack", {"version": first}, Reason.VERSION_UNKNOWN),
    ]:
        refused(cast, ines.write(kind, body, chain=other, org=tinsel), reason)
    said = client.grant(ines, tinsel, other, tinsel, {first: sealed.content_key})
    refused(cast, said, Reason.VERSION_UNKNOWN)
