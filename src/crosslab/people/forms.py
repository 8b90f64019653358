"""What a person may type about themselves and their organisation."""

from pydantic import Field

from crosslab.rules import N_
from crosslab.web.forms import Facts
from crosslab.web.typed import Email, Line


class LinkForm(Facts):
    """Ask for a sign-in link."""

    email: Email = Field(
        title=N_("E-mail address"),
        description=N_("We send a link that signs you in. There is no password."),
        json_schema_extra={"told": {"missing": N_("Write your e-mail address.")}},
    )
    next: Line = Field(default="", max_length=400)


class SignInForm(Facts):
    """Use the link. A newcomer says their name."""

    name: Line = Field(
        default="", max_length=120, title=N_("Your name"), description=N_("As colleagues know you.")
    )
