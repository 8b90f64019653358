"""The door list on paper: PDF, a box to tick for each, in the reader's language. Nothing people wrote is markup."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from crosslab.core import press
from crosslab.rules import N_, RegistrationState
from crosslab.web import formats
from crosslab.web.page import Page
from crosslab.workshops.after.showable import printed

from .tables import OpenSession, Registration

TEMPLATE = Path(__file__).with_name("door.typ")
HEADINGS = {
    "name": N_("Name"),
    "company": N_("Company"),
    "needs": N_("Needs"),
    "here": N_("Here"),
    "waiting": N_("On the waiting list"),
    "kept": N_("Place kept, not confirmed"),
    "secret": N_("For the hosts alone. Destroy it after the session."),
}


def door_list(page: Page, session: OpenSession, people: Sequence[Registration]) -> bytes:
    """Everybody who is expected, by name, then who waits, in the order of the queue."""
    facts = {
        "lang": page.lang_tag.split("-")[0],
        "title": session.title,
        "when": formats.moment(session.starts_at, page.locale, session.zone),
        "where": session.address,
        "no": session.no,
        "words": {key: page.say(words) for key, words in HEADINGS.items()},
        "rows": [_row(one) for one in people],
    }
    return printed(facts, partial(press.pdf, TEMPLATE))


def _row(one: Registration) -> dict[str, object]:
    return {
        "name": one.name,
        "company": one.company,
        "needs": one.access,
        "waits": one.state is RegistrationState.WAITING,
        "kept": one.state is RegistrationState.HELD,
    }
