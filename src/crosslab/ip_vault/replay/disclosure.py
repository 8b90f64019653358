"""What was shown to whom: releases to outsiders, and one line for every version that was opened to somebody."""

from dataclasses import dataclass, field
from enum import StrEnum


class End(StrEnum):
    """How what was open to somebody ended."""

    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


class ReleaseStanding(StrEnum):
    """Where a release stands at a time. Keys are handed over only while it is in force."""

    WAITING = "waiting"
    BLOCKED = "blocked"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Moment:
    """A statement that did something: which, where in the log, when by its own words, and who spoke."""

    id: str
    index: int
    at: str
    by: str


@dataclass
class Release:
    """Versions to be shown to somebody outside: what for, until which second, and who of the owners agrees."""

    id: str
    consortium: str
    org: str
    index: int
    to: str
    purpose: str
    until: str
    terms: str
    versions: tuple[str, ...]
    contributions: tuple[str, ...]
    approvals: dict[str, str] = field(default_factory=dict)
    objections: dict[str, str] = field(default_factory=dict)
    revoked: dict[str, str] = field(default_factory=dict)  # contribution -> the revoke that ended it
    grants: list[str] = field(default_factory=list)
    end: End | None = None
    ended: int | None = None  # the log index at which it was declined, withdrawn or wholly revoked


@dataclass
class Disclosure:
    """A version and a party: released, given, opened, ended. `release` is empty inside the consortium."""

    to: str
    version: str
    release: str = ""
    released: Moment | None = None
    given: Moment | None = None
    opened: Moment | None = None
    ended: Moment | None = None
    end: End | None = None
