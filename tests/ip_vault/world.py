"""A small world for the vault's tests: four people, three organisations, one consortium, one log."""

from copy import deepcopy
from dataclasses import dataclass, field, replace
from fractions import Fraction
from hashlib import sha256

import pytest

from crosslab.ip_vault import client, keys
from crosslab.ip_vault.age import HybridIdentity
from crosslab.ip_vault.client import Claim, Content, Pen, Said, Sealed
from crosslab.ip_vault.replay import Logged, Reason, Rejected, State, apply
from crosslab.ip_vault.statements import Statement, parse

LOG = "vault.example/log1"
AT = "2026-11-21T22:00:00Z"
WHOLE = Fraction(1)


def secret(name: str) -> bytes:
    """32 bytes that stand for a person's or thing's secret."""
    return sha256(b"test secret of " + name.encode()).digest()


def identity(name: str) -> HybridIdentity:
    return HybridIdentity(secret("key of " + name))


@dataclass
class World:
    """What has been said so far, and who can say more."""

    state: State = field(default_factory=lambda: State(LOG))
    notes: list[bytes] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    orgs: dict[str, str] = field(default_factory=dict)
    drawn: int = 0
    at: str = AT

    def random(self, size: int) -> bytes:
        """Bytes that are the same in every run."""
        self.drawn += 1
        return sha256(b"draw %d" % (self.drawn - 1)).digest()[:size]

    def pen(self, name: str, root: str = "") -> Pen:
        own = keys.person_keys(secret(root or name))
        return Pen(self.state, self.at, self.random, own, self.people.get(name, ""))

    def say(self, said: Said) -> str:
        """Puts a statement into history; refused ones raise."""
        return self.log(said.note).id

    def log(self, note: bytes) -> Statement:
        statement = apply(self.state, Logged(len(self.notes), note))
        assert statement is not None
        self.notes.append(note)
        return statement

    def person(self, name: str) -> str:
        self.people[name] = self.say(client.create_person(self.pen(name), name.title()))
        return self.people[name]

    def org(self, name: str, founder: str) -> str:
        recovery = keys.recovery_keys(secret("recovery of " + name))
        said = client.create_organisation(self.pen(founder), name.title(), identity(name), recovery)
        self.orgs[name] = self.say(said)
        return self.orgs[name]

    def join_org(self, admin: str, name: str, org: str, role: str) -> None:
        """Invites, asks and admits."""
        link = secret(f"link for {name}")
        invite = self.say(client.invite_person(self.pen(admin), self.orgs[org], link, role))
        asked = self.say(client.request(self.pen(name), self.orgs[org], invite, link))
        self.say(client.add(self.pen(admin), asked))

    def join_consortium(self, leader: tuple[str, str], joiner: tuple[str, str], consortium: str) -> None:
        link = secret(f"link for {joiner[1]}")
        invite = self.say(
            client.invite_organisation(self.pen(leader[0]), self.orgs[leader[1]], consortium, link)
        )
        self.say(client.join(self.pen(joiner[0]), self.orgs[joiner[1]], consortium, invite, link))

    def shares(self, **owners: str) -> dict[str, Fraction]:
        return {self.orgs[name]: Fraction(share) for name, share in owners.items()}


@dataclass
class Cast(World):
    """The small world with its consortium: Ines leads Tinsel, Bo leads Loom, Kai leads Quill, Uma reads."""

    consortium: str = ""

    def __post_init__(self) -> None:
        for name in ("ines", "bo", "kai", "uma"):
            self.person(name)
        for org, founder in (("tinsel", "ines"), ("loom", "bo"), ("quill", "kai")):
            self.org(org, founder)
        self.join_org("ines", "uma", "tinsel", "reader")
        self.consortium = self.say(
            client.create_consortium(self.pen("ines"), self.orgs["tinsel"], "Red Thread", "desca-2.0")
        )
        self.join_consortium(("ines", "tinsel"), ("bo", "loom"), self.consortium)

    def claim(self, author: str = "ines", **owners: str) -> Claim:
        rights = {"copyright": self.shares(**(owners or {"tinsel": "1"}))}
        return Claim("background", rights, (self.people[author],))

    def seal(self, claim: Claim | None = None, by: str = "ines", org: str = "tinsel") -> Sealed:
        """A sealed version and its self-grant, both in history."""
        content = Content("Hinge", "A hinge that folds twice.", [("hinge.txt", "text/plain", b"fold here")])
        sealed = client.seal(self.pen(by), self.orgs[org], self.consortium, claim or self.claim(), content)
        self.say(sealed.version)
        self.say(sealed.grant)
        return sealed

    def next_version(self, sealed: Sealed, claim: Claim) -> Claim:
        contribution = self.state.versions[sealed.version.id].contribution
        return replace(claim, contribution=contribution)

    def statement(self, said: Said) -> Statement:
        return parse(said.note)[0]


def refused(cast: World, said: Said, reason: Reason) -> None:
    """The statement is refused for this reason, and nothing at all has changed."""
    before = deepcopy(cast.state)
    with pytest.raises(Rejected) as caught:
        cast.say(said)
    assert caught.value.code is reason
    assert caught.value.sentence
    assert cast.state == before


def give(cast: Cast, sealed: client.Sealed, to: str, by: str = "ines", org: str = "tinsel") -> Said:
    key = {sealed.version.id: sealed.content_key}
    return client.grant(cast.pen(by), cast.orgs[org], cast.consortium, to, key)
