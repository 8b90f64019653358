"""The words a challenge may choose from: zones, currencies, languages, rights, terms, audiences."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crosslab.rules import N_

from .tables import Audience, IpTerms

ZONES: dict[str, str] = {
    "Europe/London": N_("United Kingdom"),
    "Europe/Dublin": N_("Ireland"),
    "Europe/Lisbon": N_("Portugal"),
    "Europe/Berlin": N_("Germany"),
    "Europe/Oslo": N_("Norway"),
    "Europe/Paris": N_("France"),
    "Europe/Helsinki": N_("Finland"),
    "Atlantic/Reykjavik": N_("Iceland"),
    "UTC": N_("Universal time (UTC)"),
}
CURRENCIES = ("GBP", "EUR", "NOK", "DKK", "SEK", "CHF")
TONGUES: dict[str, str] = {"en": N_("English"), "de": N_("German"), "no": N_("Norwegian")}
TAGS = {"en": "en-GB", "de": "de", "no": "nb"}

TERMS: dict[IpTerms, tuple[str, str]] = {
    IpTerms.KEEP: (
        N_("The firms keep it all"),
        N_("What firms make belongs to those who made it. We get only what we agree with them later."),
    ),
    IpTerms.KEEP_AND_LICENSE: (
        N_("The firms keep it, we may use it here"),
        N_("What firms make belongs to those who made it. If we fund it, we may use it on our own site."),
    ),
    IpTerms.SHARED: (
        N_("We own it together"),
        N_("What is made belongs to the firms and to us, in the shares recorded in the workspace."),
    ),
    IpTerms.OPEN: (
        N_("Open to all"),
        N_("What is made is published under an open licence, and anyone may use it."),
    ),
}
"""Each kind of terms by name and by its plain effect. What a firm brings stays its own in all of them."""

AUDIENCES: dict[Audience, tuple[str, str]] = {
    Audience.HOST: (
        N_("Only those who ask"),
        N_("The organisation that posted the challenge, and the programme manager."),
    ),
    Audience.INTERESTED: (
        N_("Those who ask, and others who are interested"),
        N_("Firms that register interest see who else did, so that you find each other."),
    ),
    Audience.EVERYONE: (N_("Everyone"), N_("Your organisation is named on the public page.")),
}
"""Who may know of an interest, and what that means."""


@dataclass(frozen=True, slots=True)
class Rights:
    """A licence or a rights statement: its code, its name as published, its address."""

    code: str
    name: str
    uri: str


@cache
def rights() -> dict[str, Rights]:
    """The Creative Commons licences and the statements of RightsStatements.org, by code."""
    text = (Path(__file__).parent / "data" / "rights.json").read_text()
    return {each["code"]: Rights(**each) for each in json.loads(text)["rights"]}
