"""A chapter in the sealed workspace: four firms make keys, seal what they bring, and disagree about a share.

Everything goes through the Python vault client, with keys drawn for this copy of the world alone.
"""

import os
from collections.abc import Mapping
from fractions import Fraction

from sqlmodel import Session

from crosslab.consortia.tables import Consortium
from crosslab.core.find import find_by
from crosslab.ip_vault import client
from crosslab.ip_vault.client import Claim, Content, Sealed

from .hands import Hand, make_keys
from .keys import KEYHOLDERS
from .sealed import CONTRIBUTIONS, Brought
from .since import SINCE, Room, Step
from .story import Story


def tell(story: Story) -> None:
    """Fourteen days ago the keys were made; the last statement is from yesterday."""
    hands = {key: Hand(story, key) for key in KEYHOLDERS}
    with story.days_ago(14), story.chapter() as db:
        for hand in hands.values():
            make_keys(db, hand)
    with story.days_ago(13), story.chapter() as db:
        room = Room(story, hands, _gather(db, story, hands))
    steps = [*((each.days_ago, each.hour, _bringing(each)) for each in CONTRIBUTIONS), *SINCE]
    for days, hour, step in sorted(steps, key=lambda each: (-each[0], each[1])):
        with story.days_ago(days, hour), story.chapter() as db:
            step(db, room)


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


def _bringing(brought: Brought) -> Step:
    def bring(db: Session, room: Room) -> None:
        """Seal one contribution, let the chosen partners read it, and let the owners say what they think."""
        made = room.sealed[brought.key] = _seal(db, room, brought)
        for reader in brought.readers:
            room.let_read(db, brought.by, brought.key, reader)
        for key in brought.approved_by:
            room.approve(db, key, made.version.id)
        for key in brought.objected_by:
            room.object_to(db, key, made.version.id)

    return bring


def _seal(db: Session, room: Room, brought: Brought) -> Sealed:
    by = room.hands[brought.by]
    owners = {room.hands[key].org: Fraction(share) for key, share in brought.shares.items()}
    claim = Claim(
        brought.klass,
        {brought.right: owners},
        authors=(by.me,),
        derived_from=[(room.sealed[key].version.id, kind) for key, kind in brought.rests_on],
        contribution=room.sealed[brought.follows].version.id if brought.follows else "",
    )
    return by.seal(db, room.consortium, claim, Content(brought.title, brought.text, brought.files))
