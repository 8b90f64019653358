"""Members at work on the running house: the Python vault client on one side, the vault's doors on the other."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from hashlib import sha256
from typing import Any

from crosslab.core.clock import now
from crosslab.demo.keys import passphrase_of
from crosslab.ip_vault import age, client, grants
from crosslab.ip_vault.age import HybridIdentity
from crosslab.ip_vault.client import Claim, Content, Pen, Said, Sealed
from crosslab.ip_vault.grants import IdentityFile
from crosslab.ip_vault.keys import Keys, person_keys, recovery_keys
from crosslab.ip_vault.replay import Hidden, Logged, State, replay
from crosslab.ip_vault.statements import parse
from crosslab.ip_vault.statements.shape import TIME


@dataclass
class Member:
    """One person with keys of their own and what they have read of the log."""

    visitor: Any
    keys: Keys = field(default_factory=lambda: person_keys(os.urandom(32)))
    me: str = ""
    org: str = ""
    org_key: HybridIdentity = field(default_factory=lambda: HybridIdentity(os.urandom(32)))

    def get(self, path: str, **more: Any) -> Any:
        return self.visitor.get(f"/vault/{path}", **more)

    def session(self) -> dict[str, Any]:
        return self.get("session").json()

    def chain(self, id: str) -> dict[str, Any]:
        return self.get(f"chains/{id}").json()

    def notes(self, id: str) -> list[bytes]:
        """The texts of a chain that this person may read."""
        return [each["note"].encode() for each in self.chain(id)["statements"] if each["note"]]

    def pen(self, *chains: str) -> Pen:
        """A pen after reading these chains, and whatever bears on them, as the vault's page does."""
        history: dict[int, Logged | Hidden] = {}
        asked, wanted = set[str](), {self.me, self.org, *chains} - {""}
        while wanted - asked:
            chain = (wanted - asked).pop()
            asked.add(chain)
            wanted |= self._read(chain, history)
        log = self.session()["log"]["origin"]
        state = replay([history[i] for i in sorted(history)], log, partial=True) if history else State(log)
        return Pen(state, now().strftime(TIME), os.urandom, self.keys, self.me)

    def _read(self, chain: str, history: dict[int, Logged | Hidden]) -> set[str]:
        answer, named = self.get(f"chains/{chain}"), set()
        for each in answer.json()["statements"] if answer.status_code == 200 else ():
            index = each["index"]
            if each["note"] is None:
                history[index] = Hidden(index, chain, each["id"])
                continue
            history[index] = Logged(index, each["note"].encode())
            said = parse(each["note"].encode())[0]
            named |= {said.by, said.org, *(said.body.get(key, "") for key in ("org", "person", "to"))} - {""}
        return named

    def send(self, *said: Said, about: str = "{}", also: Sequence[bytes] = ()) -> Any:
        """Hand statements in, with what travels along."""
        files = [*also, *(data for each in said for data in each.files.values())]
        parts = [("note", ("note", each.note)) for each in said] + [
            ("attachment", ("file", each)) for each in files
        ]
        token = self.session()["csrf"]
        return self.visitor.client.post(
            "/vault/statements", data={"about": about}, files=parts, headers={"x-csrf": token}
        )

    def put(self, data: bytes, name: str = "", to: str = "blobs") -> Any:
        """Hand a sealed file in."""
        name = name or sha256(data).hexdigest()
        headers = {"x-csrf": self.session()["csrf"]}
        return self.visitor.client.put(f"/vault/{to}/{name}", content=data, headers=headers)

    def arrive(self, name: str) -> Any:
        """Make a key and tell it."""
        said = client.create_person(self.pen(), name)
        answer = self.send(said)
        self.me = said.id
        return answer

    def found(self, name: str, organisation: object, recovery: Keys | None = None) -> Any:
        """Give an organisation its key."""
        sheet = recovery or recovery_keys(os.urandom(32))
        said = client.create_organisation(self.pen(), name, self.org_key, sheet)
        answer = self.send(said, about=f'{{"organisation": "{organisation}"}}')
        self.org = said.id
        return answer

    def seal(self, consortium: str, content: Content, claim: Claim | None = None) -> Sealed:
        """Seal something and hand all of it in."""
        pen = self.pen(consortium)
        sealed = client.seal(pen, self.org, consortium, claim or claim_of(self), content)
        for data in sealed.blobs.values():
            assert self.put(data).status_code == 201
        answer = self.send(sealed.version, sealed.grant)
        assert answer.status_code == 200, answer.text
        return sealed


def claim_of(member: Member) -> Claim:
    """That all of it is this member's organisation's."""
    return Claim("result", {"copyright": {member.org: Fraction(1)}}, authors=(member.me,))


def version_body(sealed: Sealed) -> dict[str, Any]:
    """What a sealed version says, to be said otherwise."""
    return dict(parse(sealed.version.note)[0].body)


def unlocked(visitor: Any, key: str) -> Member:
    """One of the four of the story, at a device of theirs, with the passphrase typed in."""
    member = Member(visitor)
    identity = _open(member.get("unlock/passphrase").content, passphrase_of(key))
    member.keys, member.me = person_keys(identity.root), identity.person
    member.org = member.session()["organisations"][0]["vault_id"]
    member.org_key = _organisation_key(member)
    return member


@cache
def _open(file: bytes, passphrase: str) -> IdentityFile:
    return client.unlock(file, passphrase)


def _organisation_key(member: Member) -> HybridIdentity:
    wraps = [said for note in member.notes(member.org) if (said := parse(note)[0]).type == "org.wrap"]
    item = next(each for each in wraps[-1].body["items"] if each["person"] == member.me)
    file = member.get(f"attachments/{item['sha256']}").content
    known = member.pen().state.organisations[member.org].keys
    return grants.read_org_keys(age.decrypt(file, member.keys.age), member.org, known)[-1]
