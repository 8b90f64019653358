"""Releases beyond what the golden histories say: what may be handed out when, and what the disclosure log tells."""

import pytest

from crosslab.ip_vault import client
from crosslab.ip_vault.replay import (
    End,
    Hidden,
    Logged,
    Reason,
    Rejected,
    apply,
    asked,
    disclosures,
    may_open,
    owner_orgs,
    replay,
)
from tests.ip_vault.world import AT, LOG, Cast, give, refused
from tests.vectors.golden.history import version
from tests.vectors.golden.outside import UNTIL, later, release

AFTER = "2026-12-21T22:00:01Z"


def shown(cast: Cast) -> tuple[client.Sealed, str]:
    """A sealed version, released and given to Quill."""
    sealed = cast.seal()
    made = cast.say(release(cast, sealed.version.id))
    cast.say(give(cast, sealed, cast.orgs["quill"]))
    return sealed, made


def test_a_version_is_handed_out_to_whom_it_was_given_until_the_last_second(cast: Cast) -> None:
    sealed, _ = shown(cast)
    opens = lambda to, at: may_open(cast.state, sealed.version.id, cast.orgs[to], at)  # noqa: E731
    assert (opens("quill", AT), opens("quill", UNTIL), opens("quill", AFTER)) == (True, True, False)
    assert (opens("tinsel", AFTER), opens("loom", AT)) == (True, False)


def test_a_version_that_was_not_given_is_not_handed_out_with_one_that_was(cast: Cast) -> None:
    sealed, _ = shown(cast)
    again = cast.next_version(sealed, cast.claim())
    cast.say(later_version := client.seal(cast.pen("ines"), cast.orgs["tinsel"], cast.consortium, again,
                                          client.Content("Hinge 2")).version)  # fmt: skip
    assert not may_open(cast.state, later_version.id, cast.orgs["quill"], AT)


@pytest.mark.parametrize("how", ["declined", "withdrawn", "revoked"])
def test_an_ended_release_hands_nothing_out_and_its_line_says_why(cast: Cast, how: str) -> None:
    sealed, made = shown(cast)
    tinsel, quill, first = cast.orgs["tinsel"], cast.orgs["quill"], sealed.version.id
    ends = {
        "declined": lambda: client.decline(cast.pen("kai"), quill, made),
        "withdrawn": lambda: client.withdraw(cast.pen("ines"), tinsel, cast.consortium, made),
        "revoked": lambda: client.revoke(cast.pen("ines"), tinsel, first, quill),
    }
    ended = cast.say(ends[how]())
    line = disclosures(cast.state, first)[-1]
    assert (line.end, line.ended and line.ended.id) == (End(how), ended)
    assert not may_open(cast.state, first, quill, AT)


def test_a_member_whose_access_is_revoked_is_handed_nothing(cast: Cast) -> None:
    sealed = cast.seal()
    cast.say(give(cast, sealed, cast.orgs["loom"]))
    cast.say(client.revoke(cast.pen("ines"), cast.orgs["tinsel"], sealed.version.id, cast.orgs["loom"]))
    assert not may_open(cast.state, sealed.version.id, cast.orgs["loom"], AT)


def test_an_objection_stops_what_is_handed_out(cast: Cast) -> None:
    one = cast.say(version(cast, cast.claim(tinsel="1/2", loom="1/2")))
    made = cast.say(release(cast, one))
    assert asked(cast.state, cast.state.releases[made]) == {cast.orgs["loom"]}
    cast.say(client.object_to(cast.pen("bo"), cast.orgs["loom"], made))
    cast.at = AFTER
    refused(cast, client.approve(cast.pen("bo"), cast.orgs["loom"], made), Reason.EXPIRED)


def test_the_disclosure_log_tells_every_step(cast: Cast) -> None:
    sealed, made = shown(cast)
    cast.say(client.acknowledge(cast.pen("kai"), cast.orgs["quill"], sealed.version.id))
    own, line = disclosures(cast.state, sealed.version.id)
    assert (own.to, own.release, own.released) == (cast.orgs["tinsel"], "", None)
    assert (line.to, line.version, line.release) == (cast.orgs["quill"], sealed.version.id, made)
    steps = [line.released, line.given, line.opened]
    assert [step.index for step in steps if step] == [len(cast.notes) - n for n in (3, 2, 1)]
    assert line.ended is None


def test_nothing_stands_twice_at_one_index(cast: Cast) -> None:
    told = replay((Logged(n, each) for n, each in enumerate(cast.notes[:-1])), LOG)
    with pytest.raises(Rejected) as caught:
        apply(told, Logged(told.index, cast.notes[-1]))
    assert caught.value.code is Reason.ORDER
    with pytest.raises(Rejected):
        apply(told, Hidden(told.index, cast.consortium, "ab" * 32))


def test_before_anything_is_agreed_those_named_are_the_owners(cast: Cast) -> None:
    one = cast.say(version(cast, cast.claim(tinsel="1/2", loom="1/2")))
    assert owner_orgs(cast.state, cast.state.contributions[one]) == {cast.orgs["tinsel"], cast.orgs["loom"]}


def test_a_release_is_not_made_at_its_own_last_second(cast: Cast) -> None:
    one = cast.say(version(cast, cast.claim()))
    refused(cast, later(cast, lambda: release(cast, one), UNTIL), Reason.EXPIRED)
