"""What a person may type about themselves, their organisation and its people."""

import re
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from crosslab.people.countries import is_country
from crosslab.people.tables import OrganisationKind, SizeClass
from crosslab.people.words import DIGESTS, SECTORS
from crosslab.rules import N_, Role
from crosslab.web.forms import Facts
from crosslab.web.languages import BY_CODE
from crosslab.web.typed import Email, Line, Mistake, Name, Text

CHOOSE = N_("Choose one of the answers.")
CUT_SHORT = N_("The link was cut short. Copy all of it from the terminal.")


def _one_of(known: dict[str, object]) -> AfterValidator:
    def check(value: str) -> str:
        if value not in known:
            raise Mistake(CHOOSE)
        return value

    return AfterValidator(check)


def _country(code: str) -> str:
    if not is_country(code):
        raise Mistake(N_("Choose a country from the list."))
    return code


def _website(address: str) -> str:
    """An address of the web; what was typed without a scheme is taken as https."""
    address = address if "://" in address or not address else f"https://{address}"
    if address and not re.fullmatch(r"https?://[^\s/@:]+\.[^\s/@:]{2,}(:\d+)?(/\S*)?", address):
        raise Mistake(N_("Write a web address, for example https://www.example.org."))
    return address


def _many(value: object) -> object:
    return value if isinstance(value, list) else [value] if value else []


Country = Annotated[Line, AfterValidator(_country)]
Website = Annotated[Line, StringConstraints(max_length=200), AfterValidator(_website)]
Sectors = Annotated[list[Annotated[str, _one_of(dict(SECTORS))]], BeforeValidator(_many)]
Seats = Literal[Role.SIGNATORY, Role.CONTRIBUTOR, Role.FINANCE, Role.READER]


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


class MachineForm(Facts):
    """Let the command line in on a machine: its token's hash and name, when it asked, and the code it shows."""

    key: Annotated[Line, StringConstraints(pattern=r"^[0-9a-f]{64}$")] = Field(
        title=N_("Link"), json_schema_extra={"told": {"*": CUT_SHORT}}
    )
    name: Line = Field(default="", max_length=60, title=N_("Machine"))
    at: datetime = Field(title=N_("Link"), json_schema_extra={"told": {"*": CUT_SHORT}})
    code: Line = Field(
        title=N_("Code in the terminal"), description=N_("Eight letters, as your terminal shows them."),
        json_schema_extra={"told": {"missing": N_("Type the code that your terminal shows.")}},
    )  # fmt: skip


class AccountForm(Facts):
    """What a person says of themselves."""

    name: Name = Field(title=N_("Your name"), description=N_("As colleagues know you."))
    language: Annotated[str, _one_of(dict(BY_CODE))] = Field(
        title=N_("Language"), description=N_("Of your pages and of the letters we send you.")
    )
    digest: Annotated[str, _one_of(dict(DIGESTS))] = Field(title=N_("Digest by mail"))


class RegisterForm(Facts):
    """A new organisation."""

    name: Name = Field(title=N_("Name of the organisation"), description=N_("As it stands in the register."))
    kind: OrganisationKind = Field(title=N_("What kind of organisation is it?"))
    country: Country = Field(
        title=N_("Country"), json_schema_extra={"told": {"missing": N_("Choose a country from the list.")}}
    )
    town: Annotated[Line, StringConstraints(max_length=80)] = Field(default="", title=N_("Town"))
    size: SizeClass = Field(
        title=N_("Size"), description=N_("By the EU definition, partner and linked enterprises counted in.")
    )
    another: bool = Field(default=False, title=N_("Ours is another organisation with the same name"))


class ProfileForm(Facts):
    """What an organisation says of itself, to anyone."""

    name: Name = Field(title=N_("Name of the organisation"))
    summary: Annotated[Text, StringConstraints(max_length=600)] = Field(
        default="", title=N_("In two sentences"), description=N_("What you are and whom you serve.")
    )
    offers: Annotated[Text, StringConstraints(max_length=2000)] = Field(
        default="", title=N_("What we offer"),
        description=N_("Skills, rooms, data, machines, contacts: what you can bring to a consortium."),
    )  # fmt: skip
    needs: Annotated[Text, StringConstraints(max_length=2000)] = Field(
        default="",
        title=N_("What we look for"),
        description=N_("Partners, places, questions worth answering."),
    )
    sectors: Sectors = Field(default_factory=list, title=N_("Sectors"))
    kind: OrganisationKind = Field(title=N_("What kind of organisation is it?"))
    size: SizeClass = Field(
        title=N_("Size"), description=N_("By the EU definition, partner and linked enterprises counted in.")
    )
    country: Country = Field(title=N_("Country"))
    town: Annotated[Line, StringConstraints(max_length=80)] = Field(default="", title=N_("Town"))
    website: Website = Field(default="", title=N_("Website"))
    listed: bool = Field(
        default=False, title=N_("Show us in the list of organisations"),
        description=N_("Otherwise only your own people see the profile."),
    )  # fmt: skip


class IdentifierForm(Facts):
    """A number by which an organisation is known elsewhere."""

    scheme: Line = Field(
        title=N_("Register"), json_schema_extra={"told": {"missing": N_("Choose one of the registers.")}}
    )
    value: Annotated[Line, StringConstraints(max_length=80)] = Field(
        title=N_("Number"), json_schema_extra={"told": {"missing": N_("Write the number.")}}
    )


class InviteForm(Facts):
    """A seat offered to somebody."""

    email: Email = Field(
        title=N_("E-mail address"),
        json_schema_extra={"told": {"missing": N_("Write your colleague's e-mail address.")}},
    )
    role: Seats = Field(title=N_("Seat"))


class SeatForm(Facts):
    """Another role for somebody."""

    role: Seats = Field(title=N_("Seat"))


class NoteForm(Facts):
    """How the steward knows, or why not."""

    note: Annotated[Text, StringConstraints(max_length=600)] = Field(
        default="", title=N_("Note"), description=N_("Shown on the profile.")
    )


class ProgrammeForm(Facts):
    """A new programme."""

    name: Name = Field(title=N_("Name of the programme"))
    code: Annotated[Line, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{1,7}$")] = Field(
        title=N_("Code"), description=N_("Two to eight capital letters or figures, for example HIP."),
        json_schema_extra={"told": {"*": N_("Write two to eight capital letters or figures, for example HIP.")}},
    )  # fmt: skip
    summary: Annotated[Text, StringConstraints(max_length=600)] = Field(
        default="", title=N_("In two sentences")
    )
    currency: Literal["GBP", "EUR", "NOK", "DKK", "SEK", "CHF"] = Field(title=N_("Currency"))


class AppointForm(Facts):
    """A seat at a programme, or the steward's."""

    email: Email = Field(
        title=N_("E-mail address"), description=N_("Of somebody who has signed in at least once."),
        json_schema_extra={"told": {"missing": N_("Write an e-mail address like name@example.org.")}},
    )  # fmt: skip
    at: Line = Field(title=N_("Seat"))
