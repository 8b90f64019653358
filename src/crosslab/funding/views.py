"""A whole application as its pages, its signatures and its package see it. Pure: built from rows, it reads none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from crosslab.rules import N_

from . import package
from .package import Content, decimal_text, plain
from .sections import words_in
from .sums import Ask, Cost, Total, total
from .tables import Application, BudgetLine, PartnerBudget, Section, Signature

Said = tuple[str, dict[str, object]]
"""A sentence and what fills its braces."""


@dataclass(frozen=True)
class Partner:
    """An organisation in the application."""

    id: UUID
    name: str
    slug: str
    country: str
    task: str
    leads: bool


@dataclass(frozen=True)
class Sheet:
    """The budget of one partner: its row, its lines, its sums."""

    partner: Partner
    budget: PartnerBudget
    lines: Sequence[BudgetLine]

    @cached_property
    def ask(self) -> Ask:
        costs = [Cost(line.category, line.year, line.what, line.cost_minor) for line in self.lines]
        return Ask(costs, self.budget.rate)

    @property
    def done(self) -> bool:
        """Whether the partner has said what it costs, be it nothing."""
        return bool(self.lines) or self.budget.no_costs


@dataclass(frozen=True)
class SignOff:
    """Where one partner stands: signed, lapsed (with what changed since) or waiting."""

    partner: Partner
    signature: Signature | None
    changed: Sequence[Said]
    valid: bool

    @property
    def lapsed(self) -> bool:
        return self.signature is not None and not self.valid


@dataclass(frozen=True)
class Whole:
    """An application with everything in it."""

    application: Application
    consortium: str
    sections: Sequence[Section]
    sheets: Sequence[Sheet]
    signatures: Sequence[Signature]

    @property
    def partners(self) -> list[Partner]:
        return [sheet.partner for sheet in self.sheets]

    @cached_property
    def total(self) -> Total:
        return total(sheet.ask for sheet in self.sheets)

    @cached_property
    def content(self) -> Content:
        """What the partners sign: the submitted text once there is one, else the application as it is now."""
        kept = self.application.submitted_content
        return package.read(kept) if kept else _content(self)

    @cached_property
    def digest(self) -> str:
        return package.digest(self.content)

    @cached_property
    def parts(self) -> Mapping[str, str]:
        return package.parts(self.content)

    @cached_property
    def sign_offs(self) -> list[SignOff]:
        """One for each partner, by its newest signature that was not taken back."""
        newest = {one.organisation_id: one for one in self.signatures if one.taken_back_at is None}
        return [self._sign_off(partner, newest.get(partner.id)) for partner in self.partners]

    def _sign_off(self, partner: Partner, signature: Signature | None) -> SignOff:
        valid = signature is not None and signature.digest == self.digest
        changed = package.changed(signature.parts, self.parts) if signature and not valid else []
        return SignOff(partner, signature, [self._said_of(name) for name in changed], valid)

    @property
    def signed(self) -> int:
        return sum(one.valid for one in self.sign_offs)

    def sign_off_of(self, organisation_id: UUID) -> SignOff:
        return next(one for one in self.sign_offs if one.partner.id == organisation_id)

    def sheet_of(self, organisation_id: UUID) -> Sheet | None:
        return next((one for one in self.sheets if one.partner.id == organisation_id), None)

    def _said_of(self, name: str) -> Said:
        kind, _, of = name.partition(":")
        if kind == "section":
            title = next((one.title for one in self.sections if one.key == of), of)
            return N_("the section “{title}”"), {"title": title}
        if kind == "budget":
            who = next((one.name for one in self.partners if str(one.id) == of), None)
            return (N_("the budget of {who}"), {"who": who}) if who else (N_("a budget is gone"), {})
        return (N_("the partners"), {}) if kind == "partners" else (N_("the details"), {})

    @cached_property
    def missing(self) -> list[Said]:
        """What must still be done before the partners can be asked to sign."""
        empty = [one.title for one in self.sections if not one.text.strip()]
        silent = [one.partner.name for one in self.sheets if not one.done]
        long = [one for one in self.sections if words_in(one.text) > one.most_words]
        return [
            *(_said(N_("The section “{title}” is empty."), title=title) for title in empty),
            *(_said(N_("The section “{title}” has {n} words; {most} are allowed."), **_over(one)) for one in long),
            *(_said(N_("{who} has not said what it costs."), who=name) for name in silent),
            *([] if self.application.starts_on else [_said(N_("The project has no first day."))]),
        ]  # fmt: skip


def _said(sentence: str, **facts: object) -> Said:
    return sentence, facts


def _over(section: Section) -> dict[str, object]:
    return {"title": section.title, "n": words_in(section.text), "most": section.most_words}


def _content(whole: Whole) -> Content:
    application = whole.application
    return {
        "application": {
            "no": application.no, "title": plain(application.title), "acronym": plain(application.acronym),
            "scheme": application.scheme, "scheme_name": application.scheme_name,
            "currency": application.currency, "language": application.language,
            "starts_on": application.starts_on.isoformat() if application.starts_on else "",
            "months": application.months, "consortium": plain(whole.consortium),
        },
        "partners": [_partner(one) for one in whole.partners],
        "sections": [_section(one) for one in whole.sections],
        "budgets": [_budget(one, application.currency) for one in whole.sheets],
    }  # fmt: skip


def _partner(one: Partner) -> Content:
    role = "lead" if one.leads else "partner"
    return {
        "organisation": str(one.id), "name": plain(one.name), "country": one.country,
        "role": role, "task": plain(one.task),
    }  # fmt: skip


def _section(one: Section) -> Content:
    return {
        "key": one.key,
        "title": one.title,
        "text": plain(one.text),
        "words": words_in(one.text),
        "most_words": one.most_words,
    }


def _budget(one: Sheet, currency: str) -> Content:
    ask, rate = one.ask, one.budget.rate
    return {
        "organisation": str(one.partner.id), "rate": f"{rate.numerator}/{rate.denominator}",
        "no_costs": one.budget.no_costs, "note": plain(one.budget.note),
        "lines": [_line(cost, currency) for cost in ask.costs],
        "cost": decimal_text(ask.cost, currency), "requested": decimal_text(ask.requested, currency),
        "co_finance": decimal_text(ask.co_finance, currency),
    }  # fmt: skip


def _line(cost: Cost, currency: str) -> Content:
    return {
        "category": str(cost.category),
        "year": cost.year,
        "what": plain(cost.what),
        "cost": decimal_text(cost.minor, currency),
    }
