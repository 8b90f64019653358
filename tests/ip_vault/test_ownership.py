"""Who owns what: versions, approvals, objections, transfers."""

from dataclasses import replace
from fractions import Fraction

import pytest

from crosslab.ip_vault import client
from crosslab.ip_vault.client import Said
from crosslab.ip_vault.replay import Reason, Rejected, Standing
from tests.ip_vault.world import Cast, give, refused


def standing(cast: Cast, id: str) -> Standing:
    return cast.state.versions[id].standing


def owners_now(cast: Cast, contribution: str) -> dict[str, Fraction]:
    return cast.state.contributions[contribution].rights["copyright"].owners


def test_a_sole_owner_needs_nobody(cast: Cast) -> None:
    sealed = cast.seal()
    assert standing(cast, sealed.version.id) is Standing.AGREED


def test_shared_ownership_is_claimed_agreed_disputed(cast: Cast) -> None:
    version = cast.seal(cast.claim(tinsel="1/2", loom="1/2")).version.id
    assert standing(cast, version) is Standing.CLAIMED
    cast.say(client.approve(cast.pen("bo"), cast.orgs["loom"], version))
    assert standing(cast, version) is Standing.AGREED
    objection = cast.say(client.object_to(cast.pen("bo"), cast.orgs["loom"], version))
    assert standing(cast, version) is Standing.DISPUTED
    cast.say(client.withdraw(cast.pen("bo"), cast.orgs["loom"], cast.consortium, objection))
    assert standing(cast, version) is Standing.AGREED


def test_one_position_at_a_time(cast: Cast) -> None:
    version = cast.seal(cast.claim(tinsel="1/2", loom="1/2")).version.id
    bo, loom = cast.pen("bo"), cast.orgs["loom"]
    objection = cast.say(client.object_to(bo, loom, version))
    refused(cast, client.approve(bo, loom, version), Reason.ALREADY_SAID)
    refused(cast, client.object_to(bo, loom, version), Reason.ALREADY_SAID)
    refused(cast, client.withdraw(bo, loom, cast.consortium, version), Reason.MATTER_UNKNOWN)
    cast.say(client.withdraw(bo, loom, cast.consortium, objection))
    cast.say(client.approve(bo, loom, version))
    refused(cast, client.approve(bo, loom, version), Reason.SETTLED)


def test_approvals_count_for_one_matter_and_from_those_asked(cast: Cast) -> None:
    one, two = (cast.seal(cast.claim(tinsel="1/2", loom="1/2")).version.id for _ in range(2))
    cast.say(client.approve(cast.pen("bo"), cast.orgs["loom"], one))
    assert standing(cast, two) is Standing.CLAIMED
    refused(cast, client.approve(cast.pen("ines"), cast.orgs["tinsel"], two), Reason.NOT_CONCERNED)
    refused(cast, client.object_to(cast.pen("ines"), cast.orgs["tinsel"], two), Reason.OWN_ORG)


def test_nobody_takes_a_contribution_over_with_a_version(cast: Cast) -> None:
    sealed = cast.seal()
    stolen = cast.next_version(sealed, cast.claim(loom="1"))
    with pytest.raises(Rejected, match="owns none"):
        cast.seal(stolen, "bo", "loom")


def test_a_version_cannot_drop_an_owner_without_their_word(cast: Cast) -> None:
    first = cast.seal(cast.claim(tinsel="1/2", loom="1/2"))
    cast.say(client.approve(cast.pen("bo"), cast.orgs["loom"], first.version.id))
    second = cast.seal(cast.next_version(first, cast.claim(tinsel="1")))
    assert standing(cast, second.version.id) is Standing.CLAIMED
    assert len(owners_now(cast, first.version.id)) == 2
    cast.say(client.approve(cast.pen("bo"), cast.orgs["loom"], second.version.id))
    assert owners_now(cast, first.version.id) == cast.shares(tinsel="1")


def test_a_version_that_names_todays_owners_is_agreed_at_once(cast: Cast) -> None:
    claim = cast.claim(tinsel="1/2", loom="1/2")
    first = cast.seal(claim)
    second = cast.seal(cast.next_version(first, claim))
    cast.say(client.approve(cast.pen("bo"), cast.orgs["loom"], first.version.id))
    assert standing(cast, second.version.id) is Standing.AGREED
    assert cast.state.contributions[first.version.id].rights["copyright"].basis == first.version.id


def test_versions_follow_one_another(cast: Cast) -> None:
    sealed = cast.seal()
    body = dict(cast.statement(sealed.version).body)
    pen = cast.pen("ines")
    for changes, reason in [
        ({"version": 2}, Reason.PREVIOUS),
        ({"previous": sealed.version.id}, Reason.PREVIOUS),
        ({"contribution": sealed.version.id}, Reason.PREVIOUS),
        (
            {"contribution": "0" * 64, "version": 2, "previous": sealed.version.id},
            Reason.CONTRIBUTION_UNKNOWN,
        ),
        ({"authors": ["0" * 64]}, Reason.AUTHOR_UNKNOWN),
        ({"derived_from": [{"version": "0" * 64, "kind": "adapts"}]}, Reason.DERIVATION),
    ]:
        said = pen.write("version", body | changes, chain=cast.consortium, org=cast.orgs["tinsel"])
        refused(cast, said, reason)


@pytest.mark.parametrize("party", ["person", "outsider", "unknown"])
def test_only_organisations_of_the_consortium_own(cast: Cast, party: str) -> None:
    ids = {"person": cast.people["ines"], "outsider": cast.orgs["quill"], "unknown": "0" * 64}
    claim = replace(
        cast.claim(), rights={"copyright": {cast.orgs["tinsel"]: Fraction(1, 2), ids[party]: Fraction(1, 2)}}
    )
    with pytest.raises(Rejected) as caught:
        cast.seal(claim)
    assert caught.value.code is Reason.PARTY_UNKNOWN


def test_what_builds_on_another_consortium_needs_access_to_it(cast: Cast) -> None:
    sealed = cast.seal()
    other = cast.say(client.create_consortium(cast.pen("bo"), cast.orgs["loom"], "Other", "custom"))
    claim = replace(cast.claim(loom="1"), derived_from=((sealed.version.id, "adapts"),))
    content = client.Content("Copy")
    build = lambda: client.seal(cast.pen("bo"), cast.orgs["loom"], other, claim, content).version  # noqa: E731
    refused(cast, build(), Reason.DERIVATION)
    cast.say(give(cast, sealed, cast.orgs["loom"]))
    cast.say(build())


def transfer(cast: Cast, contribution: str, by: str = "ines", org: str = "tinsel", **owners: str) -> Said:
    return client.transfer(cast.pen(by), cast.orgs[org], contribution, "copyright", cast.shares(**owners))


def test_a_transfer_takes_everyones_word(cast: Cast) -> None:
    contribution = cast.seal().version.id
    proposal = cast.say(transfer(cast, contribution, tinsel="1/3", loom="2/3"))
    assert owners_now(cast, contribution) == cast.shares(tinsel="1")
    cast.say(client.approve(cast.pen("bo"), cast.orgs["loom"], proposal))
    assert owners_now(cast, contribution) == cast.shares(tinsel="1/3", loom="2/3")
    assert cast.state.transfers[proposal].standing == "effective"


def test_of_two_transfers_the_first_agreed_wins(cast: Cast) -> None:
    contribution = cast.seal().version.id
    one = cast.say(transfer(cast, contribution, tinsel="1/3", loom="2/3"))
    two = cast.say(transfer(cast, contribution, loom="1"))
    cast.say(client.approve(cast.pen("bo"), cast.orgs["loom"], two))
    cast.say(client.approve(cast.pen("bo"), cast.orgs["loom"], one))
    assert owners_now(cast, contribution) == cast.shares(loom="1")
    assert cast.state.transfers[one].standing == "pending"


def test_a_transfer_rests_on_todays_owners(cast: Cast) -> None:
    contribution = cast.seal().version.id
    late = transfer(cast, contribution, tinsel="1/2", loom="1/2")
    two = cast.say(transfer(cast, contribution, loom="1"))
    cast.say(client.approve(cast.pen("bo"), cast.orgs["loom"], two))
    body = dict(cast.statement(late).body)
    said = cast.pen("ines").write("transfer", body, chain=cast.consortium, org=cast.orgs["tinsel"])
    refused(cast, said, Reason.STALE_BASIS)
    refused(cast, transfer(cast, contribution, tinsel="1"), Reason.NOT_AN_OWNER)


def test_a_dispute_freezes_owners_until_it_is_withdrawn(cast: Cast) -> None:
    contribution = cast.seal().version.id
    proposal = cast.say(transfer(cast, contribution, tinsel="1/2", loom="1/2"))
    objection = cast.say(client.object_to(cast.pen("bo"), cast.orgs["loom"], contribution))
    refused(cast, transfer(cast, contribution, loom="1"), Reason.DISPUTED)
    cast.say(client.approve(cast.pen("bo"), cast.orgs["loom"], proposal))
    assert owners_now(cast, contribution) == cast.shares(tinsel="1")
    cast.say(client.withdraw(cast.pen("bo"), cast.orgs["loom"], cast.consortium, objection))
    assert owners_now(cast, contribution) == cast.shares(tinsel="1/2", loom="1/2")


def test_a_transfer_can_be_taken_back_or_objected_to(cast: Cast) -> None:
    contribution = cast.seal().version.id
    bo, loom = cast.pen("bo"), cast.orgs["loom"]
    one, two = (cast.say(transfer(cast, contribution, loom="1")) for _ in range(2))
    cast.say(client.withdraw(cast.pen("ines"), cast.orgs["tinsel"], cast.consortium, one))
    refused(cast, client.approve(bo, loom, one), Reason.SETTLED)
    cast.say(client.object_to(bo, loom, two))
    assert [each.standing for each in cast.state.transfers.values()] == ["withdrawn", "disputed"]


def test_rights_that_nobody_agreed_on_are_not_transferred(cast: Cast) -> None:
    contribution = cast.seal().version.id
    body = {"contribution": contribution, "right": "patent", "basis": contribution, "owners": [{"party": cast.orgs["tinsel"], "share": "1/1"}]}  # noqa: E501 # fmt: skip
    said = cast.pen("ines").write("transfer", body, chain=cast.consortium, org=cast.orgs["tinsel"])
    refused(cast, said, Reason.RIGHT_UNKNOWN)


def test_an_owner_who_has_left_is_still_asked(cast: Cast) -> None:
    first = cast.seal(cast.claim(tinsel="1/2", loom="1/2")).version.id
    cast.say(client.approve(cast.pen("bo"), cast.orgs["loom"], first))
    proposal = cast.say(transfer(cast, first, tinsel="1"))
    cast.say(client.leave(cast.pen("bo"), cast.orgs["loom"], cast.consortium))
    assert owners_now(cast, first) == cast.shares(tinsel="1/2", loom="1/2")
    cast.say(client.approve(cast.pen("bo"), cast.orgs["loom"], proposal))
    assert owners_now(cast, first) == cast.shares(tinsel="1")
