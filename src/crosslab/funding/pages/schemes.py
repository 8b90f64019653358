"""Funding programmes: what we know of them, with where we know it from."""

from typing import Any

from litestar import Response
from litestar.params import FromQuery

from crosslab.core.errors import Missing
from crosslab.funding.catalogue import SchemeRule, catalogue
from crosslab.funding.rule_terms import CONFIDENCES, INSTRUMENTS, SEVERITIES, STATUSES
from crosslab.funding.rule_words import rule_words
from crosslab.funding.tongue import Tongue
from crosslab.rules import N_
from crosslab.web.given import Here, Slug
from crosslab.web.routes import ask

TERMS: dict[str, Any] = {
    "instruments": INSTRUMENTS,
    "statuses": STATUSES,
    "severities": SEVERITIES,
    "confidences": CONFIDENCES,
}


@ask("/funding", public=True)
def index(
    page: Here,
    q: FromQuery[str] = "",
    instrument: FromQuery[str] = "",
    country: FromQuery[str] = "",
    status: FromQuery[str] = "",
) -> Response[str]:
    """The catalogue, narrowed by what was chosen."""
    chosen = {"q": q[:80], "instrument": instrument, "country": country, "status": status}
    found = catalogue().search(chosen["q"], instrument, country, status)
    tongue = Tongue(page.words)
    return page.show(
        "funding/schemes.html",
        schemes=found,
        chosen=chosen,
        narrowed=_narrowed(tongue),
        tongue=tongue,
        every=len(catalogue().schemes),
        query=any(chosen.values()),
        **TERMS,
    )


def _narrowed(tongue: Tongue) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What the list can be narrowed by: only what some programme has."""
    known = catalogue().schemes
    countries = sorted((tongue.country(code), code) for code in {one.country for one in known} if code)
    return [
        ("instrument", N_("Kind of money"), _used(INSTRUMENTS, {one.instrument for one in known})),
        ("status", N_("State"), _used(STATUSES, {one.status for one in known})),
        ("country", N_("Funder’s country"), [(code, name) for name, code in countries]),
    ]


def _used(words: dict[str, str], values: set[str]) -> list[tuple[str, str]]:
    return [(value, said) for value, said in words.items() if value in values]


@ask("/funding/{id:str}", public=True)
def scheme(page: Here, id: Slug) -> Response[str]:
    """One programme with every rule in words."""
    found = catalogue().get(id)
    if found is None:
        raise Missing(N_("We know no funding programme of this name."))
    tongue = Tongue(page.words)

    def words_of(rule: SchemeRule) -> str:
        return rule_words(rule, found.currency, tongue)

    sets = {str(name) for rule in found.rules for name in _sets_named(rule)}
    notes = [catalogue().country_notes[name] for name in sorted(sets & set(catalogue().country_notes))]
    return page.show(
        "funding/scheme.html", scheme=found, words_of=words_of, tongue=tongue, notes=notes,
        known=catalogue(), **TERMS,
    )  # fmt: skip


def _sets_named(rule: SchemeRule) -> list[str]:
    wheres = [value for key, value in rule.facts.items() if key.endswith("where") and isinstance(value, dict)]
    return [one["country_in"] for one in wheres if isinstance(one.get("country_in"), str)]


HANDLERS = [index, scheme]
