"""What a card says beside its name: one flag, its partners, what is asked for. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crosslab.core.money import MINOR_DIGITS, Money
from crosslab.rules import N_, Stage, Verb

STEPS: dict[str, Verb] = {
    "advance": Verb.PIPELINE_ADVANCE,
    "send-back": Verb.PIPELINE_SEND_BACK,
    "hold": Verb.PIPELINE_HOLD,
    "resume": Verb.PIPELINE_RESUME,
    "stop": Verb.PIPELINE_STOP,
    "revive": Verb.PIPELINE_REVIVE,
}
"""The moves by their address."""

Flag = tuple[str, str, dict[str, Any]]


def flag(row: Mapping[str, Any], now: datetime) -> Flag | None:
    """The one flag of a card: words, kind, facts. On hold comes before a decision, that before standing still."""
    age = (now - row["moved_at"]).days
    if row["held_since"]:
        return N_("On hold"), "warn", {}
    if row["decide"]:
        return N_("Needs a decision"), "bad", {}
    if row["stalled"]:
        return N_("Stalled {n} days"), "warn", {"n": age}
    if row["state"] is Stage.FUNDED:
        return N_("Funded"), "good", {}
    if row["state"] is Stage.INTEREST and age < 7:
        return N_("New"), "act", {}
    return None


def partners(row: Mapping[str, Any]) -> list[str]:
    """The lead first, then the others by name."""
    return [row["lead"], *sorted((row["partners"] or "").split("\n") if row["partners"] else [])]


def asks(row: Mapping[str, Any]) -> Money | None:
    """What the newest application asks for, without its small change."""
    if not row["asks"] or not row["currency"]:
        return None
    whole: int = 10 ** MINOR_DIGITS[row["currency"]]
    return Money(int(row["asks"]) // whole * whole, row["currency"])


def moves(row: Mapping[str, Any]) -> list[str]:
    """The moves that a card offers from where it stands, by their address."""
    if row["state"] is Stage.STOPPED:
        return ["revive"]
    if row["held_since"]:
        return ["resume", "stop"]
    ways = ["advance"] if row["state"] is not Stage.FUNDED else []
    back = ["send-back"] if row["state"] is not Stage.INTEREST else []
    return [*ways, *back, "hold", "stop"]
