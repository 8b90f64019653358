"""What happened since in the sealed workspace: what left it, who opened it, who said no, whose key was changed."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction

from sqlmodel import Session

from crosslab.core.clock import now
from crosslab.ip_vault import client
from crosslab.ip_vault.age import HybridIdentity
from crosslab.ip_vault.client import Pen, Said, Sealed
from crosslab.ip_vault.statements.shape import TIME
from crosslab.people import actions as people
from crosslab.rules import Role

from .hands import HOUSE_OF, Hand
from .story import Story, person_id


@dataclass
class Room:
    """The sealed workspace of Amphi Nights: everybody's hands, its chain, and what was sealed so far."""

    story: Story
    hands: Mapping[str, Hand]
    consortium: str
    sealed: dict[str, Sealed] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    def party(self, key: str) -> str:
        """An organisation where somebody of the cast acts for one, else the person."""
        return self.hands[key].org or self.hands[key].me

    def let_read(self, db: Session, by: str, what: str, to: str) -> None:
        """An owner hands a version's key to a partner, or to somebody whom it is released to."""
        hand, made = self.hands[by], self.sealed[what]
        keys = {made.version.id: made.content_key}
        hand.say(db, lambda pen: client.grant(pen, hand.org, self.consortium, self.party(to), keys))

    def approve(self, db: Session, key: str, matter: str) -> None:
        """An organisation agrees."""
        hand = self.hands[key]
        hand.say(db, lambda pen: client.approve(pen, hand.org, matter))

    def object_to(self, db: Session, key: str, matter: str) -> None:
        """An organisation objects."""
        hand = self.hands[key]
        hand.say(db, lambda pen: client.object_to(pen, hand.org, matter))

    def opened(self, db: Session, key: str, what: str) -> None:
        """Somebody confirms that they opened a version."""
        hand, version = self.hands[key], self.sealed[what].version.id
        hand.say(db, lambda pen: client.acknowledge(pen, hand.org, version))

    def release(self, db: Session, by: str, what: str, to: str, purpose: str, days: float, terms: str) -> str:
        """An owner proposes to show a version to somebody outside, for so many days."""
        hand, version = self.hands[by], self.sealed[what].version.id
        until = (now() + timedelta(days=days)).replace(hour=21, minute=59, second=59).strftime(TIME)
        said = hand.say(
            db,
            lambda pen: client.release(
                pen, hand.org, self.consortium, self.party(to), purpose, until, [version], terms
            ),
        )
        self.said[f"{what} to {to}"] = said
        return said

    def propose(self, db: Session, by: str, what: str, right: str, shares: Mapping[str, str]) -> str:
        """An owner proposes other owners."""
        hand, version = self.hands[by], self.sealed[what].version.id
        owners = {self.hands[key].org: Fraction(share) for key, share in shares.items()}
        return hand.say(db, lambda pen: client.transfer(pen, hand.org, version, right, owners))


Step = Callable[[Session, Room], None]


def _dan_comes(db: Session, room: Room) -> None:
    """Beth gives Dan a seat, and lets him in to the keys of Brightwater."""
    story, beth, dan = room.story, room.hands["beth"], room.hands["dan"]
    house = story.house(db, HOUSE_OF["beth"])
    seat = people.invite(
        db,
        story.actor(db, "beth"),
        house,
        email="dan@brightwater.example",
        role=Role.CONTRIBUTOR,
        origin=story.door.settings.origin,
    )
    people.take_seat(db, story.actor(db, "dan"), seat, house)
    secret = os.urandom(32)
    invite = beth.say(db, lambda pen: client.invite_person(pen, beth.org, secret, "reader"))
    asked = dan.say(db, lambda pen: client.request(pen, beth.org, invite, secret))
    beth.say(db, lambda pen: client.add(pen, asked))
    beth.say(db, lambda pen: client.wrap_keys(pen, beth.org, beth.org_keys, [beth.me, dan.me, ""]))


def _dan_leaves(db: Session, room: Room) -> None:
    """Dan goes; in the same hour Brightwater has a key that he never held."""
    story, beth, dan = room.story, room.hands["beth"], room.hands["dan"]
    beth.org_keys = [*beth.org_keys, HybridIdentity(os.urandom(32))]

    def part(pen: Pen) -> list[Said]:
        gone = client.remove_person(pen, beth.org, dan.me)
        fresh = client.next_key(pen, beth.org, beth.org_keys[-1], gone.next_place())
        people = [beth.me, ""]
        return [
            gone,
            fresh,
            client.wrap_keys(pen, beth.org, beth.org_keys, people, place=fresh.next_place()),
        ]

    beth.say_all(db, part)
    people.unseat(db, story.actor(db, "beth"), story.house(db, HOUSE_OF["beth"]), person=person_id(db, "dan"))


def _counting_is_shown(db: Session, room: Room) -> None:
    """Tom shows the library for five days how people are counted. Nobody else owns it, so nobody is asked."""
    terms = "For Helen Marsh, to see that nobody is recognised. Not to be copied."
    room.release(db, "tom", "sensing", "helen", "challenge_review", 5, terms)
    room.let_read(db, "tom", "sensing", "helen")


def _plan_is_proposed(db: Session, room: Room) -> None:
    terms = "For the curator and the listed-buildings officer. Distances may change until February."
    room.release(db, "beth", "site", "helen", "evaluation", 35, terms)


def _plan_is_shown(db: Session, room: Room) -> None:
    room.approve(db, "ane", room.said["site to helen"])
    room.let_read(db, "beth", "site", "helen")


def _plan_goes_to_the_assessor(db: Session, room: Room) -> None:
    """Ruth is asked as a person: the panel of assessors has no organisation here."""
    terms = "For the panel's meeting, with the application. Ruth Adeyemi alone."
    said = room.release(db, "ane", "site", "ruth", "funding_assessment", 30, terms)
    room.approve(db, "beth", said)
    room.let_read(db, "ane", "site", "ruth")


def _levels_are_offered(db: Session, room: Room) -> None:
    terms = "All levels by row, against a signed promise of secrecy."
    room.release(db, "ingrid", "sound", "helen", "due_diligence", 21, terms)
    room.let_read(db, "ingrid", "sound", "helen")


def _levels_are_declined(db: Session, room: Room) -> None:
    """A public library cannot promise secrecy: what it holds can be asked for."""
    helen, said = room.hands["helen"], room.said["sound to helen"]
    helen.say(db, lambda pen: client.decline(pen, helen.org, said))


def _half_of_the_season(db: Session, room: Room) -> None:
    """Beth offers Tom half of the season; he sells its tickets, and half is more than he wants to answer for."""
    room.let_read(db, "beth", "season", "tom")
    room.said["half"] = room.propose(db, "beth", "season", "trade_secret", {"beth": "1/2", "tom": "1/2"})


def _half_is_refused(db: Session, room: Room) -> None:
    room.object_to(db, "tom", room.said["half"])


def _a_quarter_is_agreed(db: Session, room: Room) -> None:
    beth = room.hands["beth"]
    beth.say(db, lambda pen: client.withdraw(pen, beth.org, room.consortium, room.said["half"]))
    quarter = room.propose(db, "beth", "season", "trade_secret", {"beth": "3/4", "tom": "1/4"})
    room.approve(db, "tom", quarter)


def _ingrid_reads_no_more(db: Session, room: Room) -> None:
    """Tom keeps the next version of the sensing from Nordlyd: it is in a team that competes."""
    tom, sensing = room.hands["tom"], room.sealed["sensing"].version.id
    tom.say(db, lambda pen: client.revoke(pen, tom.org, sensing, room.party("ingrid")))


def _prices_wait(db: Session, room: Room) -> None:
    """Tom would show the prices to the assessor; Beth, who owns most of them, has not said."""
    terms = "The totals alone are for the report."
    room.release(db, "tom", "season", "ruth", "funding_assessment", 28, terms)


def _opens(key: str, what: str) -> Step:
    return lambda db, room: room.opened(db, key, what)


SINCE: tuple[tuple[float, int, Step], ...] = (
    (13, 14, _dan_comes),
    (12, 16, _opens("beth", "rig")),
    (10, 9, _counting_is_shown),
    (9, 15, _opens("helen", "sensing")),
    (7, 9, _plan_is_proposed),
    (7, 17, _dan_leaves),
    (6, 14, _plan_is_shown),
    (5, 9, _opens("helen", "site")),
    (5, 10, _levels_are_offered),
    (5, 15, _half_of_the_season),
    (4, 9, _half_is_refused),
    (4, 17, _levels_are_declined),
    (3, 9, _a_quarter_is_agreed),
    (3, 16, _plan_goes_to_the_assessor),
    (2, 11, _ingrid_reads_no_more),
    (2, 16, _prices_wait),
)
"""Days ago, hour, and what happened then."""
