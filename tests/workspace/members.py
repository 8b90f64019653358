"""Members at work on the running house: the Python vault client on one side, the vault's doors on the other."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from crosslab.core.clock import now
from crosslab.ip_vault import client
from crosslab.ip_vault.age import HybridIdentity
from crosslab.ip_vault.client import Pen, Said
from crosslab.ip_vault.keys import Keys, person_keys, recovery_keys
from crosslab.ip_vault.replay import Logged, State, replay
from crosslab.ip_vault.statements.statement import TIME


@dataclass
class Member:
    """One person with keys of their own and what they have read of the log."""

    visitor: Any
    keys: Keys = field(default_factory=lambda: person_keys(os.urandom(32)))
    me: str = ""
    org: str = ""
    org_key: HybridIdentity = field(default_factory=lambda: HybridIdentity(os.urandom(32)))

    def get(self, path: str) -> Any:
        return self.visitor.get(f"/vault/{path}")

    def session(self) -> dict[str, Any]:
        return self.get("session").json()

    def pen(self, *chains: str) -> Pen:
        """A pen after reading these chains."""
        notes: dict[int, bytes] = {}
        for chain in filter(None, (self.me, self.org, *chains)):
            for each in self.get(f"chains/{chain}").json()["statements"]:
                notes[each["index"]] = each["note"].encode()
        log = self.session()["log"]["origin"]
        state = (
            replay([Logged(i, notes[i]) for i in sorted(notes)], log, partial=True) if notes else State(log)
        )
        return Pen(state, now().strftime(TIME), os.urandom, self.keys, self.me)

    def send(self, *said: Said, about: str = "{}") -> Any:
        """Hand statements in, with what travels along."""
        files = [data for each in said for data in each.files.values()]
        parts = [("note", ("note", each.note)) for each in said] + [
            ("attachment", ("file", each)) for each in files
        ]
        token = self.session()["csrf"]
        return self.visitor.client.post(
            "/vault/statements", data={"about": about}, files=parts, headers={"x-csrf": token}
        )

    def put(self, data: bytes, name: str = "") -> Any:
        """Hand a sealed file in."""
        name = name or sha256(data).hexdigest()
        headers = {"x-csrf": self.session()["csrf"]}
        return self.visitor.client.put(f"/vault/blobs/{name}", content=data, headers=headers)

    def arrive(self, name: str) -> Any:
        """Make a key and tell it."""
        said = client.create_person(self.pen(), name)
        answer = self.send(said)
        self.me = said.id
        return answer

    def found(self, name: str, organisation: object) -> Any:
        """Give an organisation its key."""
        said = client.create_organisation(self.pen(), name, self.org_key, recovery_keys(os.urandom(32)))
        wrapped: Sequence[Said] = ()
        answer = self.send(said, *wrapped, about=f'{{"organisation": "{organisation}"}}')
        self.org = said.id
        return answer
