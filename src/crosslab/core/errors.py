"""The ways the domain says no. Anything else that is raised is a bug.

A text is a sentence for people, marked with `N_`; `facts` fill its braces after translation.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from crosslab.rules import N_


class No(Exception):
    """A refusal a person can read: what is so, and what they can do."""

    status = 409
    headers: Mapping[str, str] = MappingProxyType({})  # what a program is told besides

    def __init__(self, text: str, field: str | None = None, **facts: Any) -> None:
        super().__init__(text)
        self.text, self.field, self.facts = text, field, facts

    def __str__(self) -> str:
        return self.text.format(**self.facts)


class Missing(No):
    """It does not exist, or not for you; we do not tell which."""

    status = 404


class Forbidden(No):
    """You can see it, but this is not yours to do."""

    status = 403


class Refused(No):
    """You may do this, but not now, or not like this. With `field` it is told beside that field."""


class Overtaken(Refused):
    """Somebody else saved the same thing meanwhile. What was typed comes back with it, as 409."""


class Hurried(Refused):
    """Too much at once from one person or phone: in so many `seconds` it may be done."""

    status = 429


class Repeated(Refused):
    """This very form came before, and was done then: whoever sends again after a lost answer may rest."""


class Silent(No):
    """Whoever was sending has said nothing for so many `seconds`."""

    status = 408

    def __init__(self, seconds: float) -> None:
        super().__init__(
            N_("Nothing came for {seconds} seconds. What has come stays; go on there."), seconds=seconds
        )


class SignedOut(No):
    """Only people who are signed in may look here."""

    status = 401


class Elsewhere(Refused):
    """A file goes on at another byte than the sender thinks: here is which."""

    def __init__(self, come: int) -> None:
        super().__init__(N_("{come} bytes of this file have come. Go on there."), come=come)
        self.headers = {"Upload-Offset": str(come), "Upload-Complete": "?0"}


class Full(No):
    """There is no room to keep what is sent."""

    status = 507

    def __init__(self) -> None:
        super().__init__(
            N_(
                "There is no room left where sealed files are kept. What has come stays; tell the operator,"
                " and go on later."
            )
        )
