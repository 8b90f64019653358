"""A chapter in the sealed workspace: four firms make keys, seal what they bring, and disagree about a share.

Everything goes through the Python vault client, with keys drawn for this copy of the world alone.
"""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from sqlmodel import Session

from crosslab.consortia.tables import Consortium
from crosslab.core.clock import now
from crosslab.core.find import find_by
from crosslab.ip_vault import age, client, grants
from crosslab.ip_vault.age import HybridIdentity, ScryptRecipient
from crosslab.ip_vault.client import Claim, Content, Pen, Said, Sealed
from crosslab.ip_vault.keys import Keys, person_keys, recovery_keys
from crosslab.ip_vault.statements.shape import TIME
from crosslab.ledger.store import Arriving
from crosslab.workspace import actions

from .cast import PLAYERS
from .keys import KEYHOLDERS, passphrase_of
from .sealed import CONTRIBUTIONS, Brought
from .story import Story

HOUSE_OF = {"ane": "fjordlys", "tom": "tinker", "ingrid": "nordlyd", "beth": "brightwater"}
Act = Callable[[Pen], Said]


@dataclass
class Hand:
    """One of the cast at work in the vault: a root of their own, their organisation's key."""

    story: Story
    key: str
    root: bytes = field(default_factory=lambda: os.urandom(32), repr=False)
    org_key: HybridIdentity = field(default_factory=lambda: HybridIdentity(os.urandom(32)), repr=False)
    me: str = ""
    org: str = ""

    @property
    def keys(self) -> Keys:
        return person_keys(self.root)

    def say(self, db: Session, act: Act, *more: Act, about: Mapping[str, str] | None = None) -> str:
        """Write statements after what is so now, and hand them in together; the first one's id."""
        door = self.story.door
        with door.history.caught_up(db) as state:
            pen = Pen(state, now().strftime(TIME), os.urandom, self.keys, self.me)
            said = [act(pen), *(each(pen) for each in more)]
        self.hand_in(db, said, about)
        return said[0].id

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


def tell(story: Story) -> None:
    """Fourteen days ago the keys were made; the last statement is from yesterday."""
    hands = {key: Hand(story, key) for key in KEYHOLDERS}
    with story.days_ago(14), story.chapter() as db:
        for hand in hands.values():
            _make_keys(db, hand)
    with story.days_ago(13), story.chapter() as db:
        consortium = _gather(db, story, hands)
    sealed: dict[str, str] = {}
    for brought in CONTRIBUTIONS:
        with story.days_ago(brought.days_ago, brought.hour), story.chapter() as db:
            sealed[brought.key] = _bring(db, hands, consortium, brought, sealed)


def _make_keys(db: Session, hand: Hand) -> None:
    """The three steps of key set-up, and the organisation's key wrapped to its signatory and its recovery sheet."""
    name = next(p.name for p in PLAYERS if p.key == hand.key)
    hand.me = hand.say(db, lambda pen: client.create_person(pen, name))
    plain = grants.write_identity_file(grants.IdentityFile(hand.me, 1, hand.root))
    unlock = age.encrypt(plain, ScryptRecipient(passphrase_of(hand.key)))
    actions.keep(db, hand.story.actor(db, hand.key), kind="passphrase", data=unlock)
    house = hand.story.house(db, HOUSE_OF[hand.key])
    recovery = recovery_keys(os.urandom(32))
    hand.org = hand.say(
        db,
        lambda pen: client.create_organisation(pen, house.name, hand.org_key, recovery),
        about={"organisation": str(house.id)},
    )
    hand.say(db, lambda pen: client.wrap_keys(pen, hand.org, [hand.org_key], [hand.me, ""]))


def _gather(db: Session, story: Story, hands: Mapping[str, Hand]) -> str:
    """Ane opens the workspace of Amphi Nights and hands each partner an invitation."""
    ane = hands["ane"]
    team = find_by(db, story.actor(db, "ane"), Consortium, slug="amphi-nights")
    consortium = ane.say(
        db,
        lambda pen: client.create_consortium(pen, ane.org, team.name, "desca_he"),
        about={"consortium": team.slug},
    )
    for key in ("tom", "ingrid", "beth"):
        _invite(db, ane, hands[key], consortium)
    return consortium


def _invite(db: Session, ane: Hand, partner: Hand, consortium: str) -> None:
    secret = os.urandom(32)
    invite = ane.say(db, lambda pen: client.invite_organisation(pen, ane.org, consortium, secret))
    partner.say(db, lambda pen: client.join(pen, partner.org, consortium, invite, secret))


def _bring(
    db: Session, hands: Mapping[str, Hand], consortium: str, brought: Brought, sealed: Mapping[str, str]
) -> str:
    """Seal one contribution, let the chosen partners read it, and let the owners say what they think."""
    by = hands[brought.by]
    owners = {hands[key].org: Fraction(share) for key, share in brought.shares.items()}
    claim = Claim(
        brought.klass,
        {brought.right: owners},
        authors=(by.me,),
        derived_from=[(sealed[key], kind) for key, kind in brought.rests_on],
    )
    made = by.seal(db, consortium, claim, Content(brought.title, brought.text, brought.files))
    for reader in brought.readers:
        _let_read(db, by, consortium, hands[reader], made)
    for key in brought.approved_by:
        _approve(db, hands[key], made)
    for key in brought.objected_by:
        _object_to(db, hands[key], made)
    return made.version.id


def _let_read(db: Session, by: Hand, consortium: str, reader: Hand, made: Sealed) -> None:
    keys = {made.version.id: made.content_key}
    by.say(db, lambda pen: client.grant(pen, by.org, consortium, reader.org, keys))


def _approve(db: Session, hand: Hand, made: Sealed) -> None:
    hand.say(db, lambda pen: client.approve(pen, hand.org, made.version.id))


def _object_to(db: Session, hand: Hand, made: Sealed) -> None:
    hand.say(db, lambda pen: client.object_to(pen, hand.org, made.version.id))
