"""What holds for every history, told at random."""

from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosslab.ip_vault import client
from crosslab.ip_vault.age import HybridIdentity
from crosslab.ip_vault.client import Said
from crosslab.ip_vault.replay import Logged, Rejected, replay
from crosslab.ip_vault.shares import write_owners
from tests.ip_vault.world import LOG, Cast, secret
from tests.vectors.golden import history

BASE = Cast()
BASE.say(history.version(BASE, BASE.claim(tinsel="1/2", loom="1/2")))
WHO = [("ines", "tinsel"), ("bo", "loom"), ("bo", "loom"), ("kai", "quill"), ("uma", "tinsel")]
SPLITS = [{"tinsel": "1"}, {"loom": "1"}, {"tinsel": "1/2", "loom": "1/2"}, {"tinsel": "1/3", "loom": "2/3"}]


class Someone:
    """Somebody about to do something, sensible or not."""

    def __init__(self, cast: Cast, data: st.DataObject) -> None:
        self.cast = cast
        self.draw = lambda options: data.draw(st.sampled_from(options))
        self.who = self.draw(WHO)
        self.pen, self.org = cast.pen(self.who[0]), cast.orgs[self.who[1]]
        self.split = self.draw(SPLITS)
        self.contribution = self.draw(sorted(cast.state.contributions))
        self.version = self.draw(cast.state.contributions[self.contribution].versions)
        self.matter = self.draw(sorted([*cast.state.versions, *cast.state.transfers]))
        self.other = self.draw([cast.orgs["loom"], cast.orgs["quill"], cast.people["uma"]])

    def claim(self, contribution: str) -> Said:
        claim = client.Claim(
            "result", {"copyright": self.cast.shares(**self.split)}, contribution=contribution
        )
        return history.version(self.cast, claim, *self.who)

    def transfer(self) -> Said:
        rights = self.cast.state.contributions[self.contribution].rights
        basis = rights["copyright"].basis if rights else self.version
        owners = write_owners(self.cast.shares(**self.split))
        body = {"contribution": self.contribution, "right": "copyright", "basis": basis, "owners": owners}
        return self.pen.write("transfer", body, chain=self.cast.consortium, org=self.org)

    def withdraw(self) -> Said:
        known = self.cast.state.matter(self.matter)
        assert known
        spoken = [*known.approvals.values(), *known.objections.values(), self.matter]
        return client.withdraw(self.pen, self.org, self.cast.consortium, self.draw(spoken))


ACTS: dict[str, Callable[[Someone], Said]] = {
    "version": lambda one: one.claim(""),
    "next version": lambda one: one.claim(one.contribution),
    "transfer": Someone.transfer,
    "approve": lambda one: client.approve(one.pen, one.org, one.matter),
    "object": lambda one: client.object_to(one.pen, one.org, one.matter),
    "withdraw": Someone.withdraw,
    "grant": lambda one: history.grant(one.cast, one.version, one.other, *one.who),
    "revoke": lambda one: client.revoke(one.pen, one.org, one.contribution, one.other),
    "ack": lambda one: client.acknowledge(one.pen, one.org, one.version),
    "leave": lambda one: client.leave(one.pen, one.org, one.cast.consortium),
    "key": lambda one: client.next_key(one.pen, one.org, HybridIdentity(one.cast.random(32))),
}


def check(cast: Cast) -> None:
    """Shares are whole, owners consented, and nobody holds what was not granted."""
    for contribution in cast.state.contributions.values():
        for holding in contribution.rights.values():
            assert sum(holding.owners.values()) == Fraction(1)
            basis = cast.state.matter(holding.basis)
            assert basis is not None
            assert basis.settled is not None
            assert basis.needed <= basis.approvals.keys()
        for access in contribution.access.values():
            assert access.acks.keys() <= access.grants.keys() <= set(contribution.versions)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_history_keeps_its_promises(data: st.DataObject) -> None:
    cast = deepcopy(BASE)
    for _ in range(data.draw(st.integers(1, 15))):
        before = deepcopy(cast.state)
        act = data.draw(st.sampled_from(sorted(ACTS)))
        try:
            cast.say(ACTS[act](Someone(cast, data)))
        except Rejected:
            assert cast.state == before
        check(cast)
    assert replay((Logged(n, each) for n, each in enumerate(cast.notes)), LOG) == cast.state


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_history_with_one_changed_byte_is_refused(data: st.DataObject) -> None:
    notes = [bytearray(each) for each in BASE.notes]
    changed = data.draw(st.sampled_from(notes))
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Rejected):
        replay((Logged(n, bytes(each)) for n, each in enumerate(notes)), LOG)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_history_with_two_statements_exchanged_is_refused_or_the_same(data: st.DataObject) -> None:
    notes = list(BASE.notes)
    one, two = (data.draw(st.integers(0, len(notes) - 1)) for _ in range(2))
    notes[one], notes[two] = notes[two], notes[one]
    with suppress(Rejected):
        told = replay((Logged(n, each) for n, each in enumerate(notes)), LOG)
        assert {chain: each.links for chain, each in told.chains.items()} == {
            chain: each.links for chain, each in BASE.state.chains.items()
        }


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_noise_never_enters_history(noise: bytes) -> None:
    for each in (noise, BASE.notes[0] + noise if noise else b"", noise + BASE.notes[0] if noise else b""):
        with pytest.raises(Rejected):
            replay([Logged(0, each)], LOG)


def test_secrets_stay_out_of_sight() -> None:
    pen = BASE.pen("ines")
    assert secret("ines").hex() not in repr(pen)
    assert str(pen.keys.age) not in repr(pen)
