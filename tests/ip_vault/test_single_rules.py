"""Rules that no other story depends on: each would be missed by nobody if it were taken out."""

from fractions import Fraction

from crosslab.ip_vault import client
from crosslab.ip_vault.client import Claim
from crosslab.ip_vault.replay import Hidden, Logged, Reason, State, disclosures, may_open, replay
from crosslab.ip_vault.statements import parse
from tests.ip_vault.world import LOG, Cast, refused
from tests.vectors.golden.history import grant, version
from tests.vectors.golden.outside import UNTIL, release

AFTER = "2026-12-21T22:00:01Z"


def seen(cast: Cast, *unseen: int) -> State:
    """The history as somebody reads it from whom some texts are hidden."""
    told = [
        Hidden(n, parse(each)[0].chain, parse(each)[0].id) if n in unseen else Logged(n, each)
        for n, each in enumerate(cast.notes)
    ]
    return replay(told, LOG, partial=True)


def test_who_joins_is_no_longer_bound_to_the_end_of_a_release(cast: Cast) -> None:
    one, quill = cast.say(version(cast, cast.claim())), cast.orgs["quill"]
    cast.say(release(cast, one))
    cast.say(grant(cast, one, quill))
    cast.join_consortium(("ines", "tinsel"), ("kai", "quill"), cast.consortium)
    cast.say(grant(cast, one, quill))
    assert may_open(cast.state, one, quill, AFTER)
    cast.at = AFTER
    cast.say(client.acknowledge(cast.pen("kai"), quill, one))


def test_opening_is_noted_at_the_version_that_was_opened(cast: Cast) -> None:
    one, quill = cast.say(version(cast, cast.claim())), cast.orgs["quill"]
    two = cast.say(version(cast, Claim("result", {"copyright": cast.shares(tinsel="1")}, contribution=one)))
    cast.say(release(cast, one, two))
    cast.say(grant(cast, one, quill))
    cast.say(grant(cast, two, quill))
    cast.say(release(cast, one))
    cast.say(client.acknowledge(cast.pen("kai"), quill, one))
    assert [bool(line.opened) for line in disclosures(cast.state, one)] == [True, False, False]


def test_an_end_is_believed_where_the_grant_is_hidden(cast: Cast) -> None:
    one, loom = cast.say(version(cast, cast.claim())), cast.orgs["loom"]
    cast.say(grant(cast, one, loom))
    cast.say(client.revoke(cast.pen("ines"), cast.orgs["tinsel"], one, loom))
    assert seen(cast, len(cast.notes) - 2).contributions[one].access[loom].revoked


def test_who_has_left_speaks_of_what_is_hidden(cast: Cast) -> None:
    one, loom = cast.say(version(cast, cast.claim(tinsel="1/2", loom="1/2"))), cast.orgs["loom"]
    hidden = len(cast.notes) - 1
    cast.say(client.leave(cast.pen("bo"), loom, cast.consortium))
    cast.say(client.approve(cast.pen("bo"), loom, one))
    assert seen(cast, hidden).index == len(cast.notes) - 1


def test_an_index_belongs_to_the_log_that_had_not_ended() -> None:
    state = State(LOG, earlier=(("vault.example/log0", 3),))
    assert [state.log_at(index) for index in (2, 3)] == ["vault.example/log0", LOG]


def test_partners_build_on_each_other_without_a_grant(cast: Cast) -> None:
    one, loom = cast.say(version(cast, cast.claim())), cast.orgs["loom"]
    built = Claim("result", {"copyright": {loom: Fraction(1)}}, derived_from=[(one, "adapts")])
    cast.say(version(cast, built, "bo", "loom"))


def test_one_version_opened_does_not_open_another_to_build_on(cast: Cast) -> None:
    one, loom, here = cast.say(version(cast, cast.claim())), cast.orgs["loom"], cast.consortium
    rights = {"copyright": cast.shares(tinsel="1")}
    cast.say(grant(cast, cast.say(version(cast, Claim("result", rights, contribution=one))), loom))
    cast.consortium = cast.say(client.create_consortium(cast.pen("bo"), loom, "Other", "custom"))
    built = Claim("result", {"copyright": {loom: Fraction(1)}}, derived_from=[(one, "adapts")])
    refused(cast, version(cast, built, "bo", "loom"), Reason.DERIVATION)
    assert here != cast.consortium


def test_the_last_second_is_part_of_a_release(cast: Cast) -> None:
    one, quill = cast.say(version(cast, cast.claim())), cast.orgs["quill"]
    cast.say(release(cast, one))
    cast.at = UNTIL
    cast.say(grant(cast, one, quill))
    cast.say(client.acknowledge(cast.pen("kai"), quill, one))
