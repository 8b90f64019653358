"""What makes a brief: its steps, what is still missing from it, and the words it is found by."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from crosslab.core.clock import now
from crosslab.rules import N_

from .tables import Challenge


class Step(StrEnum):
    """A page of the wizard."""

    QUESTION = "question"
    SITUATION = "situation"
    ASKS = "asks"
    BRINGS = "brings"
    PICTURE = "picture"
    TERMS = "terms"
    DATES = "dates"
    CRITERIA = "criteria"
    DECIDERS = "deciders"


STEPS: dict[Step, tuple[str, str]] = {
    Step.QUESTION: (N_("The question"), N_("One question, two sentences, the sector.")),
    Step.SITUATION: (N_("The situation"), N_("What is so today, with up to four figures.")),
    Step.ASKS: (N_("What you ask for"), N_("What a good answer does, and how many firms it takes.")),
    Step.BRINGS: (N_("What you bring"), N_("Space, data, people, money.")),
    Step.PICTURE: (N_("Picture and rights"), N_("One picture, its label, and what others may do with it.")),
    Step.TERMS: (N_("Who owns what"), N_("One of four kinds of terms.")),
    Step.DATES: (N_("Dates"), N_("The deadline, in your own time zone.")),
    Step.CRITERIA: (N_("How you will choose"), N_("Criteria whose weights make 100 %.")),
    Step.DECIDERS: (N_("Who decides"), N_("Names or offices, and whether you may buy the result.")),
}
"""Each step with its name and what it holds, in order."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a brief still lacks, and the step where it belongs."""

    step: Step
    text: str
    facts: dict[str, Any] = field(default_factory=dict)


def path_of(challenge: Challenge) -> str:
    """The public address without the language, which is the reader's."""
    return f"/challenges/{challenge.no}-{challenge.slug}"


def after(step: Step) -> Step | None:
    """The step that follows, or None after the last."""
    order = list(Step)
    place = order.index(step) + 1
    return order[place] if place < len(order) else None


def weights(challenge: Challenge) -> int:
    """The sum of the criteria's weights, in hundredths."""
    return sum(int(one["weight"]) for one in challenge.criteria)


def gaps(challenge: Challenge) -> list[Gap]:
    """All that is missing before the programme manager can look at it, in the order of the steps."""
    return [gap for check in CHECKS for gap in check(challenge)]


def _question(c: Challenge) -> list[Gap]:
    wanted = (
        (c.question, N_("Write the question.")),
        (c.lead, N_("Write two sentences that say what it is about.")),
        (c.sector, N_("Choose a sector.")),
    )
    return [Gap(Step.QUESTION, text) for value, text in wanted if not value]


def _substance(c: Challenge) -> list[Gap]:
    wanted = (
        (Step.SITUATION, c.situation, N_("Describe the situation.")),
        (Step.ASKS, c.asks, N_("Say at least one thing you ask for.")),
        (Step.BRINGS, c.brings, N_("Say at least one thing you bring.")),
        (Step.TERMS, c.ip_terms, N_("Choose who owns what.")),
        (Step.DECIDERS, c.deciders, N_("Say who decides.")),
    )
    return [Gap(step, text) for step, value, text in wanted if not value]


def _picture(c: Challenge) -> list[Gap]:
    if not c.image:
        return []
    wanted = (
        (
            c.image_alt or c.image_decorative,
            N_("Describe the picture in words, or say that it is decoration."),
        ),
        (c.image_credit, N_("Say whose picture it is.")),
        (c.image_rights, N_("Say what others may do with the picture.")),
    )
    return [Gap(Step.PICTURE, text) for value, text in wanted if not value]


def _dates(c: Challenge) -> list[Gap]:
    if c.closes_at is None:
        return [Gap(Step.DATES, N_("Set the deadline."))]
    return [Gap(Step.DATES, N_("The deadline has passed. Set a later one."))] if c.closes_at <= now() else []


def _criteria(c: Challenge) -> list[Gap]:
    if not c.criteria:
        return [Gap(Step.CRITERIA, N_("Write at least one criterion."))]
    total = weights(c)
    text = N_("The weights add up to {total} %. They must make 100 %.")
    return [] if total == 100 else [Gap(Step.CRITERIA, text, {"total": total})]


CHECKS = (_question, _substance, _picture, _dates, _criteria)


def begun(challenge: Challenge, step: Step) -> bool:
    """Whether somebody has saved this step."""
    return step.value in challenge.edits


def search_words(challenge: Challenge, *more: str) -> str:
    """The lower-case text the catalogue searches: the brief's own words and who asks and where."""
    parts = (challenge.question, challenge.lead, challenge.situation, *challenge.asks, *more)
    return "\n".join(part for part in parts if part).lower()
