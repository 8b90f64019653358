"""What a person may type about a consortium."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic.config import JsonDict

from crosslab.core.errors import Refused
from crosslab.rules import N_
from crosslab.web.forms import Facts
from crosslab.web.typed import Line, Text, day_of

from .regimes import regimes

Title = Annotated[Line, StringConstraints(min_length=2, max_length=80)]
Task = Annotated[Line, StringConstraints(max_length=200)]
Note = Annotated[Text, StringConstraints(max_length=600)]
CHOOSE: JsonDict = {"told": {"*": N_("Choose an organisation.")}}


def _known(key: str) -> str:
    if key not in regimes():
        raise Refused(N_("Choose one of the answers."))
    return key


class ConflictForm(Facts):
    """Taking part in two consortia on one challenge has to be said."""

    declares_conflict: bool = Field(
        default=False,
        title=N_("We also take part in another consortium on this challenge"),
        description=N_(
            "Both leads see that you said so, and not which the other consortium is. What is sealed in one stays there."
        ),
    )


class StartForm(ConflictForm):
    """Start a consortium."""

    organisation: UUID = Field(title=N_("Your organisation"), json_schema_extra=CHOOSE)
    name: Title = Field(
        title=N_("Name of the consortium"),
        description=N_("Two or three words. It is part of the address, so it says nothing that is sealed."),
    )
    pitch: Note = Field(
        default="",
        title=N_("What you want to do together"),
        description=N_("Your members and the programme manager read this. It is not sealed."),
    )
    case: UUID | None = Field(default=None, title=N_("Business case"))


class DescribeForm(Facts):
    """Change what the consortium says about itself."""

    name: Title = Field(title=N_("Name of the consortium"))
    pitch: Note = Field(default="", title=N_("What you want to do together"))
    open_to_requests: bool = Field(
        default=False,
        title=N_("Others may ask to join"),
        description=N_(
            "Then the name, this text and the roles you seek are shown to everyone who is signed in and reads"
            " the challenge. Your members are not."
        ),
    )


class SeekForm(Facts):
    """A role that is still to fill."""

    title: Annotated[Line, StringConstraints(min_length=2, max_length=120)] = Field(
        title=N_("Role you seek"), description=N_("For example: somebody who licenses events outdoors.")
    )
    text: Annotated[Text, StringConstraints(max_length=400)] = Field(default="", title=N_("What it would do"))


class InviteForm(Facts):
    """Invite an organisation."""

    organisation: UUID = Field(title=N_("Organisation"), json_schema_extra=CHOOSE)
    task: Task = Field(default="", title=N_("What it would do in the consortium"))
    note: Note = Field(
        default="", title=N_("A word to them"), description=N_("They read it with the invitation.")
    )


class AskForm(ConflictForm):
    """Ask to join."""

    organisation: UUID = Field(title=N_("Your organisation"), json_schema_extra=CHOOSE)
    task: Annotated[Line, StringConstraints(min_length=2, max_length=200)] = Field(
        title=N_("What you would do in the consortium")
    )
    note: Note = Field(
        default="",
        title=N_("A word to the lead"),
        description=N_("The members read it. Nobody else does."),
    )


class LeaveForm(Facts):
    """Leave, with a reason if one wishes."""

    reason: Note = Field(
        default="", title=N_("Reason"), description=N_("The other members read it in the activity.")
    )


class DissolveForm(Facts):
    """End the consortium."""

    reason: Annotated[Text, StringConstraints(min_length=3, max_length=600)] = Field(
        title=N_("Reason"), description=N_("The members and the programme manager read it.")
    )


class LeadForm(Facts):
    """Hand on the lead."""

    organisation: UUID = Field(title=N_("New lead partner"), json_schema_extra=CHOOSE)


class CharterForm(Facts):
    """Write the charter."""

    purpose: Annotated[Text, StringConstraints(min_length=10, max_length=2000)] = Field(
        title=N_("What we are together for"),
        description=N_("The answer you want to give to the challenge, in your own words."),
    )
    voting: Annotated[Text, StringConstraints(min_length=10, max_length=600)] = Field(
        title=N_("How we decide"), description=N_("Who has a vote, and what majority counts.")
    )
    leaving: Annotated[Text, StringConstraints(min_length=10, max_length=600)] = Field(
        title=N_("How one leaves"), description=N_("How much notice, and what stays with the others.")
    )
    ip_regime: Annotated[str, AfterValidator(_known)] = Field(
        title=N_("Who owns what comes out"),
        description=N_("What holds unless you write something else down for a single result."),
    )


class AcceptForm(Facts):
    """Accept exactly the charter that was read."""

    number: int = Field(ge=1)
    membership: UUID


class TraceForm(Facts):
    """The consortium a lead led to."""

    consortium: UUID = Field(title=N_("Consortium"))
    on: date | None = Field(default=None, title=N_("Since when"), description=N_("Empty means: today."))
    of: Annotated[Line, StringConstraints(max_length=120)] = Field(
        default="", title=N_("In your words"), description=N_("Only your people read this, with the lead.")
    )

    @model_validator(mode="before")
    @classmethod
    def _day(cls, typed: Any) -> Any:
        """The day is typed in three fields."""
        return {**typed, "on": day_of(typed, "on")}
