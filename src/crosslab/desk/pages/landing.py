"""The start page: the newest challenges, and what takes place next."""

from litestar import Response

from crosslab.challenges.catalogue import Wish, find_some
from crosslab.core.actor import NOBODY_YET
from crosslab.core.clock import now
from crosslab.people.countries import names
from crosslab.people.words import SECTORS
from crosslab.sessions import queries as sessions
from crosslab.sessions.lines import parts_of
from crosslab.web.given import Db, Here, Who
from crosslab.web.routes import ask

MOST = 3


@ask("/", public=True)
def landing(db: Db, actor: Who, page: Here) -> Response[str]:
    """For everybody alike: what takes place is what a stranger may see."""
    newest = find_some(db, actor, Wish()).rows
    known = sessions.coming(db, NOBODY_YET, sessions.Wish())
    ahead = [each for each in known if not each.is_off and each.ends_at > now()]
    return page.show(
        "desk/landing.html", newest=newest[:MOST], coming=ahead[:MOST], sectors=SECTORS, moment_now=now(),
        countries=names(page.locale), parts_of=lambda line: parts_of(page, line),
    )  # fmt: skip
