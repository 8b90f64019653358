"""The person behind the request, and every seat they hold."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from crosslab.rules import N_, RULES, Role, Verb

from .errors import SignedOut

if TYPE_CHECKING:
    from .tables import Governed

EVERYONE = frozenset({Role.VISITOR})
SIGNED_IN = frozenset({Role.VISITOR, Role.PERSON})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `seats` maps a place (organisation, programme, consortium, workshop, oneself) to roles held there.

    `cards` maps a workshop to the place card held there, and an open session to the registration: also people
    without an account may have them.
    """

    person_id: UUID | None = None
    name: str = ""
    email: str = ""
    language: str = "en"
    seats: dict[UUID, frozenset[Role]] = field(default_factory=dict)
    everywhere: frozenset[Role] = EVERYONE
    cards: dict[UUID, UUID] = field(default_factory=dict)

    @property
    def signed_in(self) -> bool:
        return self.person_id is not None

    @property
    def me(self) -> UUID:
        """Their own id, where only people who are signed in may act."""
        if self.person_id is None:
            raise SignedOut(N_("Your session has ended. Sign in again to go on."))
        return self.person_id

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words[:1])).upper()

    @property
    def places(self) -> list[UUID]:
        """Every place where the person holds a seat, for where-clauses."""
        return list(self.seats)

    def places_as(self, *roles: Role) -> list[UUID]:
        """The places where the person holds one of these roles."""
        wanted = frozenset(roles)
        return [place for place, held in self.seats.items() if wanted & held]

    def is_everywhere(self, *roles: Role) -> bool:
        """Whether one of these roles is held at every place."""
        return bool(self.everywhere & frozenset(roles))

    def roles_at(self, places: Iterable[UUID]) -> frozenset[Role]:
        """All roles the person holds at any of the places, or everywhere."""
        return self.everywhere.union(*(self.seats.get(place, frozenset()) for place in places))

    def may(self, verb: Verb, thing: "Governed") -> bool:
        """Whether the rule book lets this person do `verb` at the places of `thing`, in whatever state."""
        return bool(RULES[verb].who & self.roles_at(thing.places))

    def can_now(self, verb: Verb, thing: Any, at: "Governed | None" = None) -> bool:
        """Whether `verb` is theirs and the state of `thing` allows it: whether to draw the button."""
        if not self.may(verb, at or thing):
            return False
        cycle = thing.lifecycle
        return cycle is None or not cycle.knows(verb) or cycle.target(verb, thing.state) is not None


NOBODY_YET = Actor()
"""A visitor who has not signed in."""

SYSTEM = Actor(name="Crosslab", everywhere=frozenset({Role.VISITOR, Role.STEWARD}))
"""The platform itself, for jobs that let things expire or follow one another."""
