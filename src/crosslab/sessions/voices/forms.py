"""What people type around voices, terms, leads and the summary."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID, uuid4

from pydantic import AfterValidator, BeforeValidator, Field, JsonValue, StringConstraints, model_validator

from crosslab.rules import N_
from crosslab.web.forms import Facts
from crosslab.web.typed import Email, Line, Mistake, Name, Text, day_of

from .leads import Intent, Outcome
from .tables import VoiceKind
from .wordings import LICENCES, Terms

Words = Annotated[Text, StringConstraints(min_length=3, max_length=400)]
Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-zA-Z-]{8,40}$")]
EMPTY: dict[str, JsonValue] = {"told": {"missing": N_("Write a few words first.")}}


def _fresh() -> str:
    return uuid4().hex


def _as_list(value: Any) -> Any:
    """One ticked is a list of one."""
    return value if isinstance(value, list) else [value]


def _web(text: str) -> str:
    if text and not text.startswith("https://"):
        raise Mistake(N_("Write a web address that begins with https://."))
    return text


class SayForm(Facts):
    """Something said in a session."""

    kind: VoiceKind = Field(default=VoiceKind.QUESTION, title=N_("What is it?"))
    text: Words = Field(title=N_("In your words"), json_schema_extra=EMPTY)
    named: bool = Field(default=False, title=N_("Show my name"))
    agrees: bool = Field(default=False, title=N_("I have read this"))
    warned: bool = Field(default=False, title=N_("I have read this and want everybody to read my idea"))
    key: Key = Field(default_factory=_fresh)


class RephraseForm(Facts):
    """The same in other words."""

    text: Words = Field(title=N_("In your words"), json_schema_extra=EMPTY)
    named: bool = Field(default=False, title=N_("Show my name"))


class ComeInForm(Facts):
    """Coming in with the code of a session."""

    name: Name = Field(
        title=N_("Your name"), description=N_("Shown beside what you say only where you choose so.")
    )
    email: Email | None = Field(
        default=None,
        title=N_("Did you register? Under which e-mail?"),
        description=N_("Then you are counted once. It is not kept here and nobody reads it."),
    )


class AnswerForm(Facts):
    """An answer in writing."""

    text: Annotated[Text, StringConstraints(min_length=2, max_length=2000)] = Field(title=N_("Your answer"))


class GroupForm(Facts):
    """The voice another is shown with."""

    into: UUID = Field(title=N_("Says the same as"))


class HideForm(Facts):
    """Why."""

    reason: Annotated[Line, StringConstraints(min_length=3, max_length=300)] = Field(
        title=N_("Reason"), description=N_("Whoever wrote it reads this.")
    )


class HandOnForm(Facts):
    """The challenge a voice goes to."""

    challenge: UUID = Field(title=N_("Challenge"))
    asks: bool = Field(default=False, title=N_("Ask it there in public"))


class BringInForm(Facts):
    """The business case a voice goes to."""

    case: UUID = Field(title=N_("Business case"))


class TermsForm(Facts):
    """Who may use what visitors suggest, and whether something new is shown."""

    terms: Terms = Field(
        title=N_("Who may use what visitors suggest?"),
        description=N_("Shown before the first voice. What was said before a change keeps its terms."),
    )
    shows_new: bool = Field(default=False, title=N_("We show something here that is not public yet"))
    warned: bool = Field(default=False, title=N_("I have read this, and we show it all the same"))


class SummaryForm(Facts):
    """What goes with the summary."""

    words: Annotated[Text, StringConstraints(max_length=2000)] = Field(
        default="", title=N_("A few words"), description=N_("They stand at the top of every letter.")
    )
    slides: Annotated[Line, StringConstraints(max_length=300), AfterValidator(_web)] = Field(
        default="", title=N_("Where the slides are")
    )
    licence: str = Field(
        default="", pattern=f"^({'|'.join(LICENCES)})?$", title=N_("What may be done with the slides")
    )


class FileForm(Facts):
    """A file that goes with the summary. The file itself comes with the request."""

    title: Annotated[Line, StringConstraints(min_length=3, max_length=120)] = Field(title=N_("Title"))
    licence: str = Field(
        pattern=f"^({'|'.join(LICENCES)})$",
        title=N_("What may be done with it"),
        json_schema_extra={"told": {"missing": N_("Say what may be done with it.")}},
    )


class PresenterForm(Facts):
    """Who is asked to present."""

    organisation: UUID = Field(
        title=N_("Organisation"),
        description=N_("Verified ones. Its people read that you asked, and say yes or no themselves."),
    )


class LeadForm(Facts):
    """A wish to hear from organisations: each that is ticked is agreed to by itself."""

    organisations: Annotated[list[UUID], BeforeValidator(_as_list)] = Field(
        default_factory=list, title=N_("From whom would you like to hear?")
    )
    intent: Intent = Field(title=N_("What about?"))
    name: Name = Field(title=N_("Your name"))
    email: Email = Field(title=N_("E-mail"))
    words: Annotated[Text, StringConstraints(max_length=600)] = Field(default="", title=N_("In your words"))


class LeadPlanForm(Facts):
    """Who takes care of a lead, and what comes next."""

    assignee: UUID | None = Field(default=None, title=N_("Who takes care of it"))
    next_step: Annotated[Line, StringConstraints(max_length=200)] = Field(default="", title=N_("Next step"))
    next_on: date | None = Field(default=None, title=N_("On"))

    @model_validator(mode="before")
    @classmethod
    def _day(cls, typed: Any) -> Any:
        """The day is typed in three fields."""
        return {**typed, "next_on": day_of(typed, "next_on")}


class LeadNoteForm(Facts):
    """Something colleagues should know."""

    text: Annotated[Text, StringConstraints(min_length=2, max_length=1000)] = Field(
        title=N_("Note"), description=N_("Your colleagues read it. It goes when the address goes.")
    )


class LeadLetterForm(Facts):
    """A letter to them."""

    text: Annotated[Text, StringConstraints(min_length=10, max_length=1000)] = Field(
        title=N_("Your letter"),
        description=N_("Your name and address stand in it, and a link that takes the lead back."),
    )


class BecomeForm(Facts):
    """What became of a lead."""

    became: Outcome = Field(title=N_("What became of it?"))
    challenge: UUID | None = Field(default=None, title=N_("Challenge"))
    on: date | None = Field(default=None, title=N_("Since when"), description=N_("Empty means: today."))
    of: Annotated[Line, StringConstraints(max_length=120)] = Field(
        default="",
        title=N_("Which one"),
        description=N_("The name of the consortium, the network or the post."),
    )

    @model_validator(mode="before")
    @classmethod
    def _day(cls, typed: Any) -> Any:
        """The day is typed in three fields."""
        return {**typed, "on": day_of(typed, "on")}


class RateForm(Facts):
    """Three questions."""

    worth: int = Field(ge=1, le=5, title=N_("Was it worth your time?"))
    took: Annotated[Text, StringConstraints(max_length=600)] = Field(
        default="", title=N_("What do you take with you?")
    )
    otherwise: Annotated[Text, StringConstraints(max_length=600)] = Field(
        default="", title=N_("What should be different next time?")
    )


KINDS = {
    VoiceKind.QUESTION: N_("Question"),
    VoiceKind.EXPERIENCE: N_("I have done this"),
    VoiceKind.ERROR: N_("Error spotted"),
    VoiceKind.IDEA: N_("Idea"),
}
"""The kinds of voice in the words of whoever speaks."""
INTENTS = {
    Intent.PARTNER: N_("Working together"),
    Intent.CUSTOMER: N_("Buying something"),
    Intent.JOB: N_("Working for you"),
    Intent.PRESS: N_("Writing about it"),
}
"""What somebody would like to hear about."""
OUTCOMES = {
    Outcome.FOLLOWER: N_("They follow a challenge"),
    Outcome.MEMBER: N_("They joined our network"),
    Outcome.CONSORTIUM: N_("They joined a consortium"),
    Outcome.CUSTOMER: N_("They bought something"),
    Outcome.HIRE: N_("They work for us"),
}
"""What became of a lead, in words."""
WORTH = (N_("Not at all"), N_("A little"), N_("So-so"), N_("Yes"), N_("Very much"))
"""One to five."""
