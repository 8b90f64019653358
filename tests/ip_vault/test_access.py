"""Who was given access, and when it ends."""

from crosslab.ip_vault import client
from crosslab.ip_vault.replay import Reason, disclosures
from tests.ip_vault.world import Cast, give, identity, refused


def test_only_owners_give_access_and_only_inside(cast: Cast) -> None:
    sealed = cast.seal()
    refused(cast, give(cast, sealed, cast.orgs["loom"], "bo", "loom"), Reason.NOT_AN_OWNER)
    refused(cast, give(cast, sealed, cast.orgs["quill"]), Reason.GRANTEE_UNKNOWN)
    refused(cast, give(cast, sealed, cast.people["kai"]), Reason.GRANTEE_UNKNOWN)


def test_access_is_given_to_the_newest_key(cast: Cast) -> None:
    sealed = cast.seal()
    body = dict(cast.statement(give(cast, sealed, cast.orgs["loom"])).body)
    cast.say(client.next_key(cast.pen("bo"), cast.orgs["loom"], identity("loom 2")))
    said = cast.pen("ines").write("grant", body, chain=cast.consortium, org=cast.orgs["tinsel"])
    refused(cast, said, Reason.EPOCH)


def test_access_ends_and_begins_again(cast: Cast) -> None:
    sealed, loom = cast.seal(), cast.orgs["loom"]
    end = lambda: client.revoke(cast.pen("ines"), cast.orgs["tinsel"], sealed.version.id, loom)  # noqa: E731
    refused(cast, end(), Reason.NO_ACCESS)
    cast.say(give(cast, sealed, loom))
    cast.say(end())
    assert cast.state.contributions[sealed.version.id].access[loom].revoked
    cast.say(give(cast, sealed, loom))
    assert not cast.state.contributions[sealed.version.id].access[loom].revoked
    own = client.revoke(cast.pen("ines"), cast.orgs["tinsel"], sealed.version.id, cast.orgs["tinsel"])
    refused(cast, own, Reason.OWN_ORG)


def test_only_a_grantee_acknowledges_and_once(cast: Cast) -> None:
    sealed, loom = cast.seal(), cast.orgs["loom"]
    said = lambda: client.acknowledge(cast.pen("bo"), loom, sealed.version.id)  # noqa: E731
    refused(cast, said(), Reason.NO_ACCESS)
    cast.say(give(cast, sealed, loom))
    cast.say(said())
    refused(cast, said(), Reason.ALREADY_SAID)


def test_what_is_given_again_is_acknowledged_again(cast: Cast) -> None:
    sealed, loom = cast.seal(), cast.orgs["loom"]
    said = lambda: client.acknowledge(cast.pen("bo"), loom, sealed.version.id)  # noqa: E731
    cast.say(give(cast, sealed, loom))
    cast.say(said())
    cast.say(client.revoke(cast.pen("ines"), cast.orgs["tinsel"], sealed.version.id, loom))
    cast.say(give(cast, sealed, loom))
    assert opened_by(cast, sealed.version.id, loom) == [True, False]
    cast.say(said())
    assert opened_by(cast, sealed.version.id, loom) == [True, True]
    refused(cast, said(), Reason.ALREADY_SAID)


def opened_by(cast: Cast, contribution: str, org: str) -> list[bool]:
    """Of what an organisation was given, in order, whether it confirmed having opened it."""
    return [bool(line.opened) for line in disclosures(cast.state, contribution) if line.to == org]
