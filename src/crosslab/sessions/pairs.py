"""One person with two entries: registered, and walked in on another phone."""

from crosslab.rules import RegistrationState
from crosslab.workshops.tables import Presence

from .tables import Registration


def pair(walk_in: Registration, registration: Registration) -> None:
    """Let two entries count as one person. Whoever walked in is here, so whoever registered is."""
    walk_in.same_as_id = registration.id
    if registration.presence in (Presence.EXPECTED, Presence.ABSENT):
        registration.presence = walk_in.presence


def can_be(registration: Registration) -> bool:
    """Whether somebody who walks in can be this registration: it has a place, and is no second phone itself."""
    return registration.same_as_id is None and registration.state is RegistrationState.REGISTERED
