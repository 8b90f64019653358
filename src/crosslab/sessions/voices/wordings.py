"""What people are told before they speak, and what they agree to, word by word.

A wording somebody has agreed to is never changed: a new edition stands beside it, and every voice and every lead
keeps the key of the one its author read. The sentence in the reader's own language is what they read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from crosslab.rules import N_

KEPT = timedelta(days=180)
"""How long a lead's contact is kept: told in its consent, and ended by a job on the day."""


class Terms(StrEnum):
    """Who may use what somebody from outside suggests. The host of a session chooses one."""

    FREE = "free"
    SHARED = "shared"
    YOURS = "yours"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Wording:
    """A name, and what it means in one sentence."""

    title: str
    means: str


TERMS: Mapping[str, Wording] = {
    "free.1": Wording(
        N_("Given freely"),
        N_("Everybody who hears a suggestion may use it, and nobody owes anybody anything for it."),
    ),
    "shared.1": Wording(
        N_("Shared with the host"),
        N_("A suggestion stays yours, and the host may use it without payment for what this session shows."),
    ),
    "yours.1": Wording(
        N_("It stays yours"),
        N_("A suggestion stays yours, and the host uses it only after you have agreed in writing."),
    ),
    "together.1": Wording(
        N_("Settled together"),
        N_("Before the host builds on a suggestion, you and the host write down together who owns what."),
    ),
}
"""Every edition there ever was."""

IN_FORCE: Mapping[Terms, str] = {
    Terms.FREE: "free.1",
    Terms.SHARED: "shared.1",
    Terms.YOURS: "yours.1",
    Terms.TOGETHER: "together.1",
}
"""The edition that is chosen now."""

WARNINGS: Mapping[str, Wording] = {
    "idea.1": Wording(
        N_("Is it an invention?"),
        N_(
            "Everybody here can read an idea, and so it counts as published: in Europe it can then hardly be"
            " patented any more. If it may be an invention, seal it in your vault first and say it afterwards."
        ),
    ),
    "show.1": Wording(
        N_("This session shows something new"),
        N_(
            "What is shown in public before it is applied for is no longer new: in Europe a patent is then lost,"
            " usually for ever (European Patent Convention, Article 54). A design keeps twelve months. Seal or"
            " apply for what matters first. This is no legal advice."
        ),
    ),
}
"""Warnings before something is said or shown in public."""
IDEA_WARNING, SHOW_WARNING = "idea.1", "show.1"

CONSENTS: Mapping[str, str] = {
    "lead.1": N_(
        "{organisation} may write to me about this. Only its own people see my name and address; the organiser of"
        " the session sees numbers alone. It is erased on {day}, and at once when I take it back. Every letter has"
        " a link for that."
    ),
}
"""What somebody agrees to who leaves a lead. `{organisation}` and `{day}` are filled when it is shown."""
CONSENT = "lead.1"

LICENCES: Mapping[str, Wording] = {
    "cc-by-4.0": Wording("CC BY 4.0", N_("Use, change and pass on; name the source.")),
    "cc-by-sa-4.0": Wording(
        "CC BY-SA 4.0", N_("Use, change and pass on under the same licence; name the source.")
    ),
    "cc0": Wording("CC0", N_("Use as you like.")),
    "read": Wording(N_("All rights reserved"), N_("To read for yourself; ask before you use or pass on.")),
}
"""What may be done with the slides of a session."""
