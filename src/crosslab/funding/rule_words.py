"""A rule of a funding programme as a sentence a person can read. Pure: the tongue it is given does the saying."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Protocol

from crosslab.rules import N_

from .catalogue import SchemeRule
from .rule_terms import CONDITIONS, WORDS, YES_NO

Facts = Mapping[str, Any]


class Tongue(Protocol):
    """How one language says sentences, lists, amounts and countries."""

    def say(self, sentence: str, **facts: Any) -> str: ...

    def money(self, amount: int | str, currency: str) -> str: ...

    def percent(self, share: str) -> str: ...

    def countries(self, which: str | list[str]) -> str: ...

    def documents(self, which: list[str]) -> str: ...


def rule_words(rule: SchemeRule, currency: str, tongue: Tongue) -> str:
    """The rule in words: what must be, and of whom. Raises `KeyError` for a kind nobody has words for."""
    facts = {"currency": currency, **rule.facts}
    said = " ".join(part for part in KINDS[rule.kind](facts, tongue) if part)
    return said or rule.text


EVERYBODY = ("role_in", ["lead", "partner"])


def who_counts(where: Facts | None, tongue: Tongue) -> str:
    """The conditions a participant meets, one after another: `from Norway; size: micro, small`.

    That only the lead and full partners count goes without saying.
    """
    told = {key: value for key, value in (where or {}).items() if (key, value) != EVERYBODY}
    return "; ".join(_condition(key, value, tongue) for key, value in told.items())


def _condition(key: str, value: Any, tongue: Tongue) -> str:
    if key in {"for_profit", "receives_funding"}:
        return tongue.say(YES_NO[key, value])
    if key in {"country_in", "country_not_in"}:
        return tongue.say(CONDITIONS[key], these=tongue.countries(value))
    if key == "register_in":
        return tongue.say(CONDITIONS[key], these=", ".join(value))
    values = [value] if isinstance(value, str) else value
    return tongue.say(CONDITIONS[key], these=", ".join(tongue.say(WORDS[one]) for one in values))


COUNTED = N_("Who counts: {who}.")


def _counted(where: Facts | None, tongue: Tongue) -> str:
    who = who_counts(where, tongue)
    return tongue.say(COUNTED, who=who) if who else ""


def _participants(facts: Facts, tongue: Tongue) -> list[str]:
    if facts.get("max") == facts["min"]:
        said = tongue.say(N_("Participants: exactly {n}."), n=facts["min"])
    elif facts.get("independent"):
        said = tongue.say(N_("Participants: at least {n}, independent of one another."), n=facts["min"])
    else:
        said = tongue.say(N_("Participants: at least {n}."), n=facts["min"])
    return [said, _counted(facts.get("where"), tongue)]


def _countries(facts: Facts, tongue: Tongue) -> list[str]:
    said = (
        N_("At least {n} partners from {n} different countries, independent of one another.")
        if facts.get("independent")
        else N_("At least {n} partners from {n} different countries.")
    )
    must = [
        tongue.say(N_("{n} or more {who}."), n=one["min"], who=who_counts({"country_in": one["country_in"]}, tongue))
        for one in facts.get("must_include", ())
    ]  # fmt: skip
    return [tongue.say(said, n=facts["min"]), _counted(facts.get("where"), tongue), *must]


def _share(facts: Facts, tongue: Tongue) -> list[str]:
    who = who_counts(facts["numerator_where"], tongue)
    said = tongue.say(
        N_("At least {share} of the participants are: {who}."), share=tongue.percent(facts["min"]), who=who
    )
    return [said, _counted(facts.get("of_where"), tongue)]


def _budget_share(facts: Facts, tongue: Tongue) -> list[str]:
    measure = tongue.say(WORDS[facts["measure"]])
    if "group_by" in facts:
        each = tongue.say(WORDS[facts["group_by"]])
        text = N_("No single {each} carries more than {share} of the {measure}.")
        return [tongue.say(text, each=each, share=tongue.percent(facts["max"]), measure=measure)]
    text = (
        N_("These carry at least {share} of the {measure}: {who}.")
        if "min" in facts
        else N_("These carry at most {share} of the {measure}: {who}.")
    )
    share = tongue.percent(facts["min"] if "min" in facts else facts["max"])
    return [tongue.say(text, share=share, measure=measure, who=who_counts(facts["numerator_where"], tongue))]


def _lead(facts: Facts, tongue: Tongue) -> list[str]:
    return [tongue.say(N_("The lead partner: {who}."), who=who_counts(facts["where"], tongue))]


def _all(facts: Facts, tongue: Tongue) -> list[str]:
    if "where_not" in facts:
        said = tongue.say(
            N_("Nobody in the consortium may be: {who}."), who=who_counts(facts["where_not"], tongue)
        )
    else:
        said = tongue.say(N_("Every participant: {who}."), who=who_counts(facts["where"], tongue))
    only = who_counts(facts.get("only_if"), tongue)
    return [said, tongue.say(N_("This concerns those who meet: {who}."), who=only) if only else ""]


def _amount(least: str, most: str, between: str) -> Callable[[Facts, Tongue], list[str]]:
    def said(facts: Facts, tongue: Tongue) -> list[str]:
        limits = {k: tongue.money(facts[k], facts["currency"]) for k in ("min", "max") if k in facts}
        text = between if len(limits) == 2 else least if "min" in limits else most
        each = tongue.say(WORDS[facts["per"]])
        return [tongue.say(text, each=each, **limits), _counted(facts.get("where"), tongue)]

    return said


def _duration(facts: Facts, tongue: Tongue) -> list[str]:
    least, most = facts.get("min_months"), facts.get("max_months")
    if least and most:
        return [tongue.say(N_("The project lasts {least} to {most} months."), least=least, most=most)]
    if most:
        return [tongue.say(N_("The project lasts {most} months at most."), most=most)]
    return [tongue.say(N_("There is no general limit to how long the project lasts."))]


def _rate(facts: Facts, tongue: Tongue) -> list[str]:
    rows = [_rate_row(row, tongue) for row in facts["table"]]
    each = tongue.say(WORDS[facts["per"]])
    first = tongue.say(N_("Share of the costs that the grant may cover, for each {each}:"), each=each)
    more = [
        tongue.say(N_("{share} more {why}."), share=tongue.percent(share), why=tongue.say(WORDS[why]))
        for why, share in facts.get("bonus", {}).items()
    ]
    cap = (
        [tongue.say(N_("Never more than {share}."), share=tongue.percent(facts["cap"]))]
        if "cap" in facts
        else []
    )
    return [first, " · ".join(rows) + ".", *more, *cap]


def _rate_row(row: Facts, tongue: Tongue) -> str:
    acts = ", ".join(tongue.say(WORDS[one]) for one in row.get("activity_in", ()))
    who = "; ".join(part for part in (who_counts(row["where"], tongue), acts) if part)
    share = tongue.percent(row["rate"])
    return (
        tongue.say(N_("{share} ({who})"), share=share, who=who)
        if who
        else tongue.say(N_("up to {share}"), share=share)
    )


def _own(facts: Facts, tongue: Tongue) -> list[str]:
    if "table" in facts:
        return [_own_row(row, facts["currency"], tongue) for row in facts["table"]]
    if not Decimal(str(facts["min_rate"])):
        return [tongue.say(N_("No contribution of your own is asked for."))]
    text = N_("At least {share} of the costs come from the applicants themselves.")
    return [tongue.say(text, share=tongue.percent(str(facts["min_rate"])))]


def _own_row(row: Facts, currency: str, tongue: Tongue) -> str:
    text = (
        N_("For a grant below {amount}, at least {share} of the costs are your own.")
        if "grant_lt" in row
        else N_("For a grant from {amount}, at least {share} of the costs are your own.")
    )
    amount = tongue.money(row["grant_lt"] if "grant_lt" in row else row["grant_gte"], currency)
    return tongue.say(text, amount=amount, share=tongue.percent(row["min_rate"]))


def _documents(facts: Facts, tongue: Tongue) -> list[str]:
    said = tongue.say(N_("Documents: {these}."), these=tongue.documents(facts["all_of"]))
    when = tongue.say(N_("When: {when}."), when=tongue.say(WORDS[facts["phase"]])) if "phase" in facts else ""
    many = facts.get("when_min_participants")
    if_many = tongue.say(N_("Needed from {n} participants on."), n=many) if many else ""
    who = who_counts(facts.get("when_any_participant"), tongue)
    return [
        said,
        when,
        if_many,
        tongue.say(N_("Needed when somebody meets: {who}."), who=who) if who else "",
    ]


def _declaration(facts: Facts, tongue: Tongue) -> list[str]:
    whom = {
        ("project", True): N_("Must be true: the project {what}."),
        ("project", False): N_("Must not be true: the project {what}."),
        ("participant", True): N_("Must be true: each partner {what}."),
        ("participant", False): N_("Must not be true: each partner {what}."),
    }
    text = whom[facts["applies"], facts["must_be"]]
    return [
        tongue.say(text, what=tongue.say(WORDS[facts["flag"]])),
        _counted(facts.get("where"), tongue),
    ]


def _established(facts: Facts, tongue: Tongue) -> list[str]:
    said = tongue.say(N_("Has existed for at least {n} months."), n=facts["min_months"])
    return [said, _counted(facts.get("where"), tongue)]


def _score(facts: Facts, tongue: Tongue) -> list[str]:
    return [tongue.say(N_("The assessment must reach at least {n} points."), n=Decimal(str(facts["min"])))]


def _manual(_facts: Facts, tongue: Tongue) -> list[str]:
    return [tongue.say(N_("Somebody must judge this by hand; the note says what to look at."))]


KINDS: dict[str, Callable[[Facts, Tongue], list[str]]] = {
    "participants_count": _participants,
    "distinct_countries": _countries,
    "share_of_participants": _share,
    "budget_share": _budget_share,
    "lead": _lead,
    "all_participants": _all,
    "grant_amount": _amount(
        N_("The grant is at least {min} for each {each}."),
        N_("The grant is at most {max} for each {each}."),
        N_("The grant is {min} to {max} for each {each}."),
    ),
    "cost_amount": _amount(
        N_("The costs are at least {min} for each {each}."),
        N_("The costs are at most {max} for each {each}."),
        N_("The costs are {min} to {max} for each {each}."),
    ),
    "duration": _duration,
    "funding_rate": _rate,
    "own_contribution": _own,
    "documents": _documents,
    "declaration": _declaration,
    "established_for": _established,
    "score_threshold": _score,
    "manual": _manual,
}
"""The words for each kind of rule."""
