"""What every act of a member needs: who they are, the history they know, the time and randomness they use.

Nothing here reads a clock or draws at random by itself, except age, whose file keys and nonces always
come from the system.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from crosslab.ip_vault import chains
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.keys import Keys, SigningKey
from crosslab.ip_vault.replay import State
from crosslab.ip_vault.statements import Place, compose, sign
from crosslab.ip_vault.statements.statement import SALT

Random = Callable[[int], bytes]
_NOWHERE = Place("")


@dataclass(frozen=True)
class Pen:
    """A person at work on a log: what they know of it, their keys, their clock's second and randomness."""

    state: State
    at: str
    random: Random
    keys: Keys
    person: str = ""

    def place(self, chain: str) -> Place:
        """After the newest statement of a chain."""
        known = self.state.chains[chain]
        return Place(self.state.log, chain, len(known.ids), known.head)

    def write(
        self,
        type: str,
        body: Mapping[str, Any],
        *,
        chain: str = "",
        org: str = "",
        cosigner: SigningKey | None = None,
        place: Place | None = None,
        files: tuple[bytes, ...] = (),
    ) -> "Said":
        """A signed statement: after the chain's head, at the given place, or starting its own chain."""
        where = place or (self.place(chain) if chain else Place(self.state.log))
        salt = self.random(SALT)
        text = compose(where, type, body, by=self.person, at=self.at, salt=salt, org=org)
        signers = (self.keys.sign, cosigner) if cosigner else (self.keys.sign,)
        return Said(digest(text), sign(text, *signers), {digest(each): each for each in files}, where)


@dataclass(frozen=True)
class Said:
    """A signed statement ready to send: its id, its note, and the small files that travel with it."""

    id: str
    note: bytes
    files: Mapping[str, bytes] = field(default_factory=dict)
    place: Place = _NOWHERE

    def next_place(self) -> Place:
        """Where the statement after this one goes, on the same chain."""
        where = self.place
        return Place(where.log, where.chain or self.id, where.seq + 1, chains.link(where.after, self.id))
