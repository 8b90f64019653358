"""What a person may type about a challenge once it is written, and when choosing who writes it."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from crosslab.rules import N_
from crosslab.web.forms import Facts
from crosslab.web.typed import Line, Text

from .brief import Step
from .tables import Audience


class DraftForm(Facts):
    """Whose challenge it is, and in which programme."""

    organisation: UUID = Field(title=N_("Organisation"))
    programme: UUID = Field(title=N_("Programme"))


class CommentForm(Facts):
    """Something said beside a step."""

    step: Step
    text: Annotated[Text, StringConstraints(min_length=3)] = Field(max_length=1000, title=N_("Your comment"))


class ReasonForm(Facts):
    """Why."""

    reason: Annotated[Text, StringConstraints(min_length=10)] = Field(
        max_length=1000,
        title=N_("Reason"),
        json_schema_extra={"told": {"missing": N_("Say why, in a sentence or two.")}},
    )


class WithdrawForm(ReasonForm):
    """Why, and the number typed, for it cannot be undone."""

    number: Line = Field(max_length=20, title=N_("Number of the challenge"))


class CallForm(Facts):
    """A call for consortia."""

    text: Annotated[Text, StringConstraints(min_length=20)] = Field(
        max_length=2000, title=N_("What you call for"), description=N_("Followers get this text by letter.")
    )
    minimum: Line = Field(
        default="",
        max_length=400,
        title=N_("Who must be in a consortium"),
        description=N_("For example: two firms from different sectors, one of them new to heritage."),
    )
    roles: Text = Field(
        default="",
        max_length=600,
        title=N_("Roles you would like to see"),
        description=N_("One on each line, six at most."),
    )
    choice: Text = Field(default="", max_length=1000, title=N_("How you will choose among consortia"))


class QuestionForm(Facts):
    """A public question."""

    text: Annotated[Text, StringConstraints(min_length=10)] = Field(
        max_length=1000, title=N_("Your question"), description=N_("Everyone sees it, and the answer.")
    )
    named: UUID | None = Field(
        default=None, title=N_("Ask as"), description=N_("Your own name is not shown.")
    )


class AnswerForm(Facts):
    """A public answer."""

    text: Annotated[Text, StringConstraints(min_length=2)] = Field(
        max_length=4000, title=N_("Your answer"), description=N_("Everyone sees it. The asker gets a letter.")
    )


class UpdateForm(Facts):
    """News."""

    title: Annotated[Line, StringConstraints(min_length=3)] = Field(max_length=120, title=N_("Heading"))
    text: Annotated[Text, StringConstraints(min_length=10)] = Field(
        max_length=4000, title=N_("News"), description=N_("Everyone sees it. Followers get a letter.")
    )


class InterestForm(Facts):
    """What an organisation would bring."""

    organisation: UUID = Field(title=N_("Your organisation"))
    brings: Annotated[Text, StringConstraints(min_length=10)] = Field(
        max_length=400, title=N_("What you would bring")
    )
    seeks: Text = Field(default="", max_length=400, title=N_("Whom you look for"))
    shown: Audience = Field(title=N_("Who may see this"))


class DocumentForm(Facts):
    """A document beside the brief. The file itself comes with the request."""

    title: Annotated[Line, StringConstraints(min_length=3)] = Field(max_length=120, title=N_("Title"))
    language: Line = Field(default="en", max_length=2, title=N_("Language of the document"))


def lines(text: str, most: int = 6) -> list[str]:
    """A text as a list, one entry a line, without empty ones."""
    return [line.strip()[:120] for line in text.splitlines() if line.strip()][:most]
