"""The red thread of a challenge: what has been, what is now, what comes."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from crosslab.core.clock import now
from crosslab.rules import N_, ChallengeState

from .tables import Challenge

DEADLINE = N_("Deadline: {question}")
ENDED = (ChallengeState.CLOSED, ChallengeState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop on the thread. `word` stands before the date: “until”."""

    label: str
    at: datetime | None
    state: str
    word: str = ""
    part: int = 0


def is_late(challenge: Challenge) -> bool:
    """Whether the deadline has passed."""
    return challenge.closes_at is not None and challenge.closes_at <= now()


def is_over(challenge: Challenge) -> bool:
    """Whether no interest is taken any more, by decision or by date."""
    return challenge.state in ENDED or is_late(challenge)


def days_left(challenge: Challenge) -> int:
    """Days until the deadline as a calendar at the house counts them, whatever the hour; 0 on the last day."""
    if challenge.closes_at is None:
        return 0
    zone = ZoneInfo(challenge.zone)
    return max((challenge.closes_at.astimezone(zone).date() - now().astimezone(zone).date()).days, 0)


def thread(challenge: Challenge) -> list[Stop]:
    """Posted, workshop, consortia form, develop, decision. The first that is not over is now."""
    until = N_("until")
    stops = [
        (N_("Posted"), challenge.published_at, ""),
        (N_("Workshop"), challenge.workshop_at, ""),
        (N_("Consortia form"), challenge.closes_at, until),
        (N_("Develop together"), challenge.develop_until, until),
        (N_("Funding decision"), challenge.decides_at, ""),
    ]
    kept = [stop for stop in stops if stop[1] or stop[0] != "Workshop"]
    return _marked(challenge, kept)


def _marked(challenge: Challenge, stops: list[tuple[str, datetime | None, str]]) -> list[Stop]:
    made: list[Stop] = []
    before: datetime | None = None
    for label, at, word in stops:
        over = bool(at and at <= now()) or (label == "Consortia form" and challenge.state in ENDED)
        state = "done" if over else "next" if any(stop.state == "now" for stop in made) else "now"
        made.append(Stop(label, at, state, word, _part(before, at) if state == "now" else 0))
        before = at
    return made


def _part(since: datetime | None, until: datetime | None) -> int:
    """How many quarters of the present stage are behind us."""
    if since is None or until is None or until <= since:
        return 0
    return max(min(int(4 * (now() - since) / (until - since)), 3), 0)
