"""What people type around open sessions: hosts who plan them, guests who register."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from crosslab.rules import N_
from crosslab.web.forms import Facts
from crosslab.web.typed import Email, Line, Name, Text, instant_of
from crosslab.workshops.forms import ZONES
from crosslab.workshops.tables import Presence

from .dates import Rhythm

Lead = Annotated[Line, StringConstraints(max_length=400)]
About = Annotated[Text, StringConstraints(max_length=4000)]
Company = Annotated[Line, StringConstraints(max_length=120)]
Needs = Annotated[Text, StringConstraints(max_length=600)]


class _Times(Facts):
    """Times are typed in several fields, in the session's zone."""

    zone: str = Field(default=ZONES[0], title=N_("Time zone"))

    @model_validator(mode="before")
    @classmethod
    def _instants(cls, typed: Any) -> Any:
        zone = typed.get("zone") if typed.get("zone") in ZONES else ZONES[0]
        times = {name: instant_of(typed, name, zone) for name in ("starts_at", "ends_at", "closes_at")}
        return {**typed, "zone": zone, **{name: at for name, at in times.items() if at}}


class SessionForm(_Times):
    """A session as its page shows it."""

    title: Name = Field(title=N_("Title"))
    lead: Lead = Field(default="", title=N_("What it is about, in a sentence"))
    about: About = Field(default="", title=N_("What happens, who it is for, what people take home"))
    language: str = Field(default="en", pattern="^(en|de|nb)$", title=N_("Language"))
    starts_at: datetime = Field(title=N_("Begins"))
    ends_at: datetime = Field(title=N_("Ends"))
    address: Annotated[Line, StringConstraints(max_length=300)] = Field(default="", title=N_("Where"))
    access: Needs = Field(default="", title=N_("How to get in without steps"))
    online: Annotated[Line, StringConstraints(max_length=300)] = Field(
        default="",
        title=N_("Link for those who take part from afar"),
        description=N_("Only those who have a place are told."),
    )
    capacity: int | None = Field(
        default=None,
        ge=1,
        le=5000,
        title=N_("Places"),
        description=N_(
            "Empty means: as many as come. With a number, people give an e-mail address and there is a queue."
        ),
    )
    closes_at: datetime | None = Field(
        default=None,
        title=N_("Registration ends"),
        description=N_("Empty means: when the session is over."),
    )
    listed: bool = Field(
        default=False,
        title=N_("Show it in the calendar"),
        description=N_("Otherwise only those whom you send its link find it."),
    )
    challenge: UUID | None = Field(default=None, title=N_("Belongs to the challenge"))


class PlanForm(SessionForm):
    """A new session: whose, and where."""

    organisation: UUID = Field(title=N_("Who invites"))
    programme: UUID = Field(title=N_("Programme"))
    series: UUID | None = Field(default=None, title=N_("Part of the series"))


class SeriesForm(Facts):
    """A series."""

    title: Name = Field(title=N_("Title"))
    lead: Lead = Field(default="", title=N_("What it is about, in a sentence"))
    about: About = Field(default="", title=N_("What brings these dates together"))
    listed: bool = Field(default=False, title=N_("Anyone may see this series"))


class StartSeriesForm(SeriesForm):
    """A new series: whose, and where."""

    organisation: UUID = Field(title=N_("Who invites"))
    programme: UUID = Field(title=N_("Programme"))


class RepeatForm(Facts):
    """Further dates of a series."""

    rhythm: Rhythm = Field(title=N_("How often"))
    times: int = Field(ge=1, le=26, title=N_("How many more dates"))


class CopyForm(_Times):
    """When the next one begins."""

    starts_at: datetime = Field(title=N_("Begins"))


class HostForm(Facts):
    """Who runs a session."""

    email: Annotated[Email, BeforeValidator(str.strip)] = Field(title=N_("E-mail of the host"))


class CancelForm(Facts):
    """Why it does not take place."""

    reason: Annotated[Line, StringConstraints(max_length=300)] = Field(
        default="", title=N_("Why"), description=N_("Everybody who registered reads this in a letter.")
    )


class ReasonForm(Facts):
    """Why somebody is turned away."""

    reason: Annotated[Line, StringConstraints(min_length=3, max_length=300)] = Field(
        title=N_("Why"), description=N_("The person reads this in a letter.")
    )


class PlaceForm(Facts):
    """What somebody says of themselves who comes."""

    name: Name = Field(
        title=N_("Your name"), description=N_("Or a name you would like to be called by. The host sees it.")
    )
    company: Company = Field(default="", title=N_("Company or organisation"))
    access: Needs = Field(
        default="",
        title=N_("What you need to take part"),
        description=N_(
            "Steps, hearing, sight, food, a companion. Only the hosts read it; it is erased a month after."
        ),
    )
    listed: bool = Field(
        default=False,
        title=N_("Show my name and company on the session’s page"),
        description=N_("So that others see who comes. You can change it at any time."),
    )


class RegisterForm(PlaceForm):
    """Registering, with an address or without."""

    email: Email | None = Field(
        default=None,
        title=N_("E-mail"),
        description=N_(
            "For your place, a reminder and changes. Nobody else gets it. It is erased after half a year."
        ),
    )
    agrees: bool = Field(default=False, title=N_("The host may keep what I wrote here to run this session"))


class DoorForm(Facts):
    """Somebody at the door who has not registered, or who waits."""

    name: Company = Field(default="", title=N_("Name"))
    company: Company = Field(default="", title=N_("Company or organisation"))
    waits: UUID | None = None


class JoinForm(Facts):
    """Somebody who registered and also walked in on another phone."""

    walk_in: UUID = Field(title=N_("Who came without registering"))
    registration: UUID = Field(title=N_("Is on the list as"))


class PresenceForm(Facts):
    """Whether somebody is here."""

    presence: Presence


RHYTHMS = {
    Rhythm.WEEKLY: N_("every week"),
    Rhythm.FORTNIGHTLY: N_("every second week"),
    Rhythm.FOUR_WEEKLY: N_("every fourth week"),
    Rhythm.MONTHLY: N_("every month, on the same weekday of the month"),
}
"""How a series goes on, in words."""
LANGUAGES = (("en", "English"), ("de", "Deutsch"), ("nb", "Norsk"))
"""The languages of sessions, each in its own."""
CONSENT = "registration.1"
"""The wording of `agrees` in force."""
