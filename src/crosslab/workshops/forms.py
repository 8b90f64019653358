"""What people type around a workshop."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from crosslab.rules import N_
from crosslab.web.forms import Facts
from crosslab.web.typed import Email, Line, Name, ShortLine, Text, instant_of

from .links import LinkKind
from .prompts import MOST
from .tables import Kind, Presence

ZONES = ("Europe/London", "Europe/Oslo", "Europe/Berlin")
NOTE, LONGEST_LIST = 140, 12_000
Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-zA-Z-]{8,40}$")]
Words = Annotated[Line, StringConstraints(min_length=1, max_length=NOTE)]
Reason = Annotated[Line, StringConstraints(min_length=3, max_length=300)]


def _fresh() -> str:
    return uuid4().hex


class WorkshopForm(Facts):
    """A workshop as its page shows it. The questions are typed one a line; none means the usual five."""

    title: Name = Field(title=N_("Title"))
    lead: Annotated[Line, StringConstraints(max_length=400)] = Field(
        default="", title=N_("What it is about, in a sentence")
    )
    about: Annotated[Text, StringConstraints(max_length=4000)] = Field(
        default="", title=N_("Programme of the day")
    )
    kind: Kind | None = Field(
        default=None,
        title=N_("What it is made of"),
        description=N_(
            "Decided before it begins. In a café people sit at tables; all but the hosts move on."
        ),
    )
    language: str = Field(default="en", pattern="^(en|de|nb)$", title=N_("Language"))
    zone: str = Field(default=ZONES[0], title=N_("Time zone"))
    starts_at: datetime = Field(title=N_("Begins"))
    closes_at: datetime = Field(title=N_("Ends"))
    address: Annotated[Line, StringConstraints(max_length=300)] = Field(default="", title=N_("Where"))
    access: Annotated[Text, StringConstraints(max_length=600)] = Field(
        default="", title=N_("How to get in without steps")
    )
    online: Annotated[Line, StringConstraints(max_length=300)] = Field(
        default="", title=N_("Link for those who take part from afar")
    )
    questions: Annotated[Text, StringConstraints(max_length=2000)] = Field(
        default="",
        title=N_("Your own questions"),
        description=N_("One on each line, eight at most. Empty means the five that began it all."),
    )
    dots: int = Field(default=3, ge=1, le=10, title=N_("Dots for each participant"))
    challenge: UUID | None = Field(
        default=None,
        title=N_("Challenge"),
        description=N_("Calls of this workshop then share their interest with it, and consortia answer it."),
    )

    @model_validator(mode="before")
    @classmethod
    def _times(cls, typed: Any) -> Any:
        """Times are typed in several fields, in the workshop's zone."""
        zone = typed.get("zone") if typed.get("zone") in ZONES else ZONES[0]
        times = {name: instant_of(typed, name, zone) for name in ("starts_at", "closes_at")}
        return {**typed, "zone": zone, **{name: at for name, at in times.items() if at}}

    def prompts(self) -> list[dict[str, str]]:
        """The questions with their letters."""
        lines = [line.strip() for line in self.questions.splitlines() if line.strip()][:MOST]
        return [
            {"letter": "ABCDEFGH"[n], "title": line[:40], "question": line[:200]}
            for n, line in enumerate(lines)
        ]


class CodeForm(Facts):
    """The code of a room."""

    code: Line = Field(
        max_length=20,
        title=N_("Code"),
        description=N_("Six letters and figures, on the wall and in the invitation."),
    )


class JoinForm(Facts):
    """Coming in: a name, and a company of the wall or another."""

    name: Name = Field(title=N_("Your name"))
    company: Annotated[Line, StringConstraints(max_length=120)] = Field(default="", title=N_("Your company"))
    other: Annotated[Line, StringConstraints(max_length=120)] = Field(
        default="", title=N_("Another company"), description=N_("Write its name if it is not in the list.")
    )
    email: Email | None = Field(
        default=None,
        title=N_("E-mail"),
        description=N_("Only to tell you once what became of your notes. You can leave it out."),
    )


class CardForm(Facts):
    """A participant puts their name and company right."""

    name: Name = Field(title=N_("Your name"))
    company: UUID = Field(title=N_("Your company"))


class NoteForm(Facts):
    """One thought on a post-it."""

    prompt: str = Field(pattern="^[A-H]$", title=N_("Question"))
    text: Words = Field(
        title=N_("Your note"), json_schema_extra={"told": {"missing": N_("Write a few words first.")}}
    )
    key: Key = Field(default_factory=_fresh)


class PaperForm(Facts):
    """What was written on paper, a note a line."""

    company: UUID = Field(title=N_("Company"))
    prompt: str = Field(pattern="^[A-H]$", title=N_("Question"))
    texts: Annotated[Text, StringConstraints(min_length=1, max_length=6000)] = Field(
        title=N_("Notes"), description=N_("One on each line.")
    )
    key: Key = Field(default_factory=_fresh)

    def lines(self) -> list[str]:
        """Each note by itself, cut to what a note holds."""
        return [line.strip()[:NOTE] for line in self.texts.splitlines() if line.strip()]


class TextForm(Facts):
    """A note's words again."""

    text: Words = Field(title=N_("Your note"))


class MoveForm(Facts):
    """Where a note goes."""

    company: UUID = Field(title=N_("Company"))
    prompt: str = Field(pattern="^[A-H]$", title=N_("Question"))
    before: UUID | None = Field(default=None, title=N_("Before"))
    from_company: UUID | None = Field(default=None)
    from_at: float | None = Field(default=None)


class ReasonForm(Facts):
    """Why."""

    reason: Reason = Field(title=N_("Reason"), description=N_("Whoever wrote it reads this."))


class TieForm(Facts):
    """A thread."""

    one: UUID = Field(title=N_("Your note"))
    two: UUID = Field(title=N_("Their note"))
    kind: LinkKind = Field(title=N_("What ties them"))
    why: Annotated[Line, StringConstraints(max_length=80)] = Field(default="", title=N_("In a few words"))
    key: Key = Field(default_factory=_fresh)


class ThemeForm(Facts):
    """A theme's title, and notes for it."""

    title: ShortLine = Field(min_length=1, title=N_("Theme"))
    notes: list[UUID] = Field(default_factory=list, title=N_("Notes"))

    @model_validator(mode="before")
    @classmethod
    def _listed(cls, typed: Any) -> Any:
        """One note ticked is a list of one."""
        notes = typed.get("notes", [])
        return {**typed, "notes": notes if isinstance(notes, list) else [notes]}


class OntoForm(Facts):
    """A theme that something goes to."""

    theme: UUID = Field(title=N_("Theme"))


class CompanyForm(Facts):
    """A heading on the wall."""

    name: Name = Field(title=N_("Company"))


class CompaniesForm(Facts):
    """Companies as they stand in a list. `seen` marks the list whose fate was shown before it is added."""

    names: Annotated[Text, StringConstraints(min_length=2, max_length=LONGEST_LIST)] = Field(
        title=N_("Companies"),
        description=N_(
            "One on each line. A town after a semicolon tells two of the same name apart: Fjordlys AS; Bergen."
        ),
    )
    seen: str = Field(default="", max_length=64)
    look: bool = False


class MinutesForm(Facts):
    """Time for a step."""

    minutes: int | None = Field(default=None, ge=0, le=180, title=N_("Minutes"))


class TimeForm(Facts):
    """Time for a step: so many minutes from now, or so many more."""

    minutes: int | None = Field(default=None, ge=0, le=180, title=N_("Minutes"))
    more: int | None = Field(default=None, ge=1, le=60, title=N_("Minutes"))


class PresenceForm(Facts):
    """Whether somebody is here."""

    presence: Presence


class FacilitatorForm(Facts):
    """Who runs the room."""

    email: Annotated[Email, BeforeValidator(str.strip)] = Field(title=N_("E-mail of the facilitator"))


PRESENCES = {
    Presence.EXPECTED: N_("Expected"),
    Presence.HERE: N_("Here"),
    Presence.LATE: N_("Late"),
    Presence.ABSENT: N_("Absent"),
    Presence.OUT: N_("Removed"),
}
"""Whether somebody is in the room, in words."""
