"""One of the cast at work in the vault, through the Python vault client, with keys drawn for this copy of the world."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from crosslab.core.clock import now
from crosslab.ip_vault import age, client, grants
from crosslab.ip_vault.age import HybridIdentity, ScryptRecipient
from crosslab.ip_vault.client import Claim, Content, Pen, Said, Sealed
from crosslab.ip_vault.keys import Keys, person_keys, recovery_keys
from crosslab.ip_vault.statements.shape import TIME
from crosslab.ledger.store import Arriving
from crosslab.workspace import actions

from .cast import PLAYERS
from .keys import passphrase_of
from .story import Story

HOUSE_OF = {
    "ane": "fjordlys",
    "tom": "tinker",
    "ingrid": "nordlyd",
    "beth": "brightwater",
    "helen": "library",
}
"""Who makes the keys of which organisation; the others of the cast hold a key of their own alone."""
Act = Callable[[Pen], Said]


@dataclass
class Hand:
    """One of the cast at work in the vault: a root of their own, their organisation's keys from the first on."""

    story: Story
    key: str
    root: bytes = field(default_factory=lambda: os.urandom(32), repr=False)
    org_keys: list[HybridIdentity] = field(default_factory=list, repr=False)
    me: str = ""
    org: str = ""

    @property
    def keys(self) -> Keys:
        return person_keys(self.root)

    def say(self, db: Session, act: Act, *more: Act, about: Mapping[str, str] | None = None) -> str:
        """Write statements after what is so now, and hand them in together; the first one's id."""
        with self.story.door.history.caught_up(db) as state:
            pen = Pen(state, now().strftime(TIME), os.urandom, self.keys, self.me)
            said = [act(pen), *(each(pen) for each in more)]
        self.hand_in(db, said, about)
        return said[0].id

    def say_all(self, db: Session, act: Callable[[Pen], Sequence[Said]]) -> None:
        """Hand in statements of which each rests on the one before."""
        with self.story.door.history.caught_up(db) as state:
            said = act(Pen(state, now().strftime(TIME), os.urandom, self.keys, self.me))
        self.hand_in(db, said)

    def hand_in(self, db: Session, said: Sequence[Said], about: Mapping[str, str] | None = None) -> None:
        """Send statements with the small files that travel along."""
        with self.story.door.history.trial(db) as trial:
            actions.record(
                db,
                self.story.actor(db, self.key),
                trial,
                notes=[each.note for each in said],
                files={name: data for each in said for name, data in each.files.items()},
                about=json.dumps(dict(about or {})),
            )

    def seal(self, db: Session, consortium: str, claim: Claim, content: Content) -> Sealed:
        """Seal a version, send its files, then the version with the grant to one's own organisation."""
        door = self.story.door
        with door.history.caught_up(db) as state:
            pen = Pen(state, now().strftime(TIME), os.urandom, self.keys, self.me)
            sealed = client.seal(pen, self.org, consortium, claim, content)
        for name, data in sealed.blobs.items():
            with Arriving(door.settings.upload_limit) as arriving:
                arriving.take(data)
                arriving.keep(door.files, name)
                actions.store(db, self.story.actor(db, self.key), name=name, size=arriving.size)
        self.hand_in(db, [sealed.version, sealed.grant])
        return sealed


def make_keys(db: Session, hand: Hand) -> None:
    """The steps of key set-up: a person's own key, kept under their six words, and their organisation's."""
    name = next(p.name for p in PLAYERS if p.key == hand.key)
    hand.me = hand.say(db, lambda pen: client.create_person(pen, name))
    plain = grants.write_identity_file(grants.IdentityFile(hand.me, 1, hand.root))
    unlock = age.encrypt(plain, ScryptRecipient(passphrase_of(hand.key)))
    actions.keep(db, hand.story.actor(db, hand.key), kind="passphrase", data=unlock)
    if hand.key in HOUSE_OF:
        _make_organisation_keys(db, hand)


def _make_organisation_keys(db: Session, hand: Hand) -> None:
    """The organisation's key, wrapped to its signatory and its recovery sheet."""
    house = hand.story.house(db, HOUSE_OF[hand.key])
    first, recovery = HybridIdentity(os.urandom(32)), recovery_keys(os.urandom(32))
    hand.org_keys = [first]
    hand.org = hand.say(
        db,
        lambda pen: client.create_organisation(pen, house.name, first, recovery),
        about={"organisation": str(house.id)},
    )
    hand.say(db, lambda pen: client.wrap_keys(pen, hand.org, hand.org_keys, [hand.me, ""]))
