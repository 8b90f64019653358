"""Codes that are read out in a room are short, so whoever types wrong ones without end is slowed.

Wrong ones alone count: a whole hall comes in through one connection. Two hundred within ten minutes are more
than a hall mistypes, and too few to find a room among 900 million codes.
"""

from uuid import NAMESPACE_URL, UUID, uuid5

from crosslab.core.errors import Hurried
from crosslab.rules import N_

from .page import Asked, Page

TOO_MANY = N_(
    "Too many wrong codes came from your connection. Wait {seconds} seconds, then type the right one."
)


def may_guess(page: Page) -> None:
    """Refuse codes, right or wrong, from where too many wrong ones came. Raises `Hurried`."""
    if seconds := page.door.guesses.rest(connection_of(page.request)):
        raise Hurried(TOO_MANY, seconds=seconds)


def guessed_wrong(page: Page) -> None:
    """Count one more wrong code."""
    page.door.guesses.allows(connection_of(page.request))


def connection_of(request: Asked) -> UUID:
    """The connection somebody asks from, as an id: everybody in a hall may share it."""
    return uuid5(NAMESPACE_URL, request.client.host if request.client else "")
