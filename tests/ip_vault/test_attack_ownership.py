"""Taking what is another's: shares that do not add up, borrowed approvals, stale grounds, stolen contributions."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from crosslab.ip_vault import client
from crosslab.ip_vault.client import Said
from crosslab.ip_vault.errors import FormatError
from crosslab.ip_vault.replay import Reason, Standing
from tests.ip_vault.world import Cast, give, refused
from tests.vectors.golden import history


def version_with(cast: Cast, **changes: Any) -> Said:
    said = history.version(cast, cast.claim())
    body = {**cast.statement(said).body, **changes}
    return cast.pen("ines").write("version", body, chain=cast.consortium, org=cast.orgs["tinsel"])


BAD_SHARES = {
    "0.9999": ("4999/10000", "1/2"),
    "more than the whole": ("2/3", "1/2"),
    "not in lowest terms": ("2/6", "2/3"),
    "nothing": ("0/1", "1/1"),
    "less than nothing": ("-1/2", "3/2"),
    "divided by nothing": ("1/0", "1/1"),
    "parts finer than a billionth": ("1/1000000001", "1000000000/1000000001"),
    "a decimal": ("0.5", "0.5"),
}


@pytest.mark.parametrize("name", BAD_SHARES)
def test_shares_that_are_not_exactly_the_whole_are_no_statement(cast: Cast, name: str) -> None:
    parties = [cast.orgs["tinsel"], cast.orgs["loom"]]
    owners = [{"party": one, "share": two} for one, two in zip(parties, BAD_SHARES[name], strict=True)]
    with pytest.raises(FormatError):
        version_with(cast, rights=[{"type": "copyright", "owners": owners}])


def test_a_party_is_named_once_a_right(cast: Cast) -> None:
    owners = [{"party": cast.orgs["tinsel"], "share": "1/2"}] * 2
    with pytest.raises(FormatError, match="twice"):
        version_with(cast, rights=[{"type": "copyright", "owners": owners}])


@pytest.mark.parametrize("party", ["people", "orgs"])
def test_a_person_or_an_outsider_owns_nothing(cast: Cast, party: str) -> None:
    other = cast.people["bo"] if party == "people" else cast.orgs["quill"]
    owners = {cast.orgs["tinsel"]: Fraction(1, 2), other: Fraction(1, 2)}
    claim = replace(cast.claim(), rights={"copyright": owners})
    refused(cast, history.version(cast, claim), Reason.PARTY_UNKNOWN)


def shared(cast: Cast) -> str:
    return cast.say(history.version(cast, cast.claim(tinsel="1/2", loom="1/2")))


def test_an_approval_counts_for_the_one_matter_it_names(cast: Cast) -> None:
    one, two = shared(cast), shared(cast)
    said = client.approve(cast.pen("bo"), cast.orgs["loom"], one)
    cast.say(said)
    refused(cast, said, Reason.DUPLICATE)
    assert [cast.state.versions[each].standing for each in (one, two)] == [
        Standing.AGREED,
        Standing.CLAIMED,
    ]


def test_who_owns_nothing_approves_nothing(cast: Cast) -> None:
    version = shared(cast)
    cast.join_consortium(("ines", "tinsel"), ("kai", "quill"), cast.consortium)
    refused(cast, client.approve(cast.pen("kai"), cast.orgs["quill"], version), Reason.NOT_CONCERNED)
    refused(cast, client.approve(cast.pen("uma"), cast.orgs["tinsel"], version), Reason.ROLE)


def test_one_says_yes_or_no_and_not_both(cast: Cast) -> None:
    bo, loom, version = cast.pen("bo"), cast.orgs["loom"], shared(cast)
    cast.say(client.approve(bo, loom, version))
    refused(cast, client.approve(bo, loom, version), Reason.SETTLED)
    other = shared(cast)
    cast.say(client.object_to(bo, loom, other))
    refused(cast, client.approve(bo, loom, other), Reason.ALREADY_SAID)


def proposal(cast: Cast, contribution: str, **owners: str) -> Said:
    pen, org = cast.pen("ines"), cast.orgs["tinsel"]
    return client.transfer(pen, org, contribution, "copyright", cast.shares(**owners))


def test_an_approval_of_a_transfer_whose_ground_is_gone_has_no_effect(cast: Cast) -> None:
    """All of it went to Loom; then Tinsel's older proposal is approved."""
    contribution = cast.say(history.version(cast, cast.claim()))
    older = cast.say(proposal(cast, contribution, tinsel="1/2", loom="1/2"))
    whole = cast.say(proposal(cast, contribution, loom="1"))
    for each in (whole, older):
        cast.say(client.approve(cast.pen("bo"), cast.orgs["loom"], each))
    held = cast.state.contributions[contribution].rights["copyright"]
    assert (held.basis, held.owners) == (whole, cast.shares(loom="1"))


def test_no_transfer_begins_while_a_version_is_disputed(cast: Cast) -> None:
    contribution = cast.say(history.version(cast, cast.claim()))
    cast.say(client.object_to(cast.pen("bo"), cast.orgs["loom"], contribution))
    refused(cast, proposal(cast, contribution, loom="1"), Reason.DISPUTED)


@pytest.mark.parametrize("previous", ["older", "nothing", "of another"])
def test_a_version_continues_the_newest_of_its_own_contribution(cast: Cast, previous: str) -> None:
    first = cast.seal()
    second = cast.seal(cast.next_version(first, cast.claim()))
    other = cast.seal()
    before = {"older": first.version.id, "nothing": "", "of another": other.version.id}[previous]
    said = version_with(cast, contribution=first.version.id, version=3, previous=before)
    assert second.version.id != before
    refused(cast, said, Reason.PREVIOUS)


def test_nothing_builds_on_itself_on_what_comes_or_on_what_is_not(cast: Cast) -> None:
    """A circle cannot be said: an id is the hash of a text that would have to name it."""
    later = history.version(cast, cast.claim())
    for source in (later.id, "0" * 64, cast.consortium):
        said = version_with(cast, derived_from=[{"version": source, "kind": "adapts"}])
        refused(cast, said, Reason.DERIVATION)
    cast.say(later)
    cast.say(version_with(cast, derived_from=[{"version": later.id, "kind": "adapts"}]))


def test_what_was_revoked_before_another_consortium_began_to_build_on_it_is_named_all_the_same(
    cast: Cast,
) -> None:
    """They had it lawfully; a revocation ends what comes, and does not make them deny their source."""
    sealed = cast.seal()
    other = cast.say(client.create_consortium(cast.pen("bo"), cast.orgs["loom"], "Other", "custom"))
    claim = replace(cast.claim(loom="1"), derived_from=((sealed.version.id, "adapts"),))

    def build() -> Said:
        pen, org = cast.pen("bo"), cast.orgs["loom"]
        return client.seal(pen, org, other, claim, client.Content("Copy")).version

    refused(cast, build(), Reason.DERIVATION)
    cast.say(give(cast, sealed, cast.orgs["loom"]))
    cast.say(client.revoke(cast.pen("ines"), cast.orgs["tinsel"], sealed.version.id, cast.orgs["loom"]))
    cast.say(build())
