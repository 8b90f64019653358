"""The ways the domain says no. Anything else that is raised is a bug.

A text is a sentence for people, marked with `N_`; `facts` fill its braces after translation.
"""

from typing import Any


class No(Exception):
    """A refusal a person can read: what is so, and what they can do."""

    status = 409

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


class SignedOut(No):
    """Only people who are signed in may look here."""

    status = 401
