"""How the house runs: for the steward, for anyone, for the machines that watch it, and for browsers that report."""

import json
import logging
from typing import Any

from litestar import Request, Response
from sqlalchemy import text

from crosslab.desk import actions, queries
from crosslab.people.queries import me
from crosslab.rules import N_, Verb
from crosslab.web.given import Db, Here, Id, Posted, Who
from crosslab.web.routes import ask, ask_anyone, do, hear

log = logging.getLogger(__name__)
MOST_REPORT = 8_192
TOLD = (
    "document-uri",
    "documentURL",
    "effective-directive",
    "effectiveDirective",
    "blocked-uri",
    "blockedURL",
)


@ask("/admin")
def admin(db: Db, actor: Who, page: Here) -> Response[str]:
    run = queries.running(db, actor, page.door.keeper)
    page.context_name = page.say(N_("Running the platform"))
    return page.show("desk/admin.html", run=run, me=me(db, actor))


@do("/admin/jobs/{id:uuid}/retry", Verb.DESK_RETRY)
def retry(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    actions.retry(db, actor, job=id)
    return page.go("/admin", said=N_("The job is in the queue again."))


@ask("/status", public=True)
def status(db: Db, page: Here) -> Response[str]:
    return page.show("desk/status.html", health=queries.health(db, page.door.keeper))


@ask_anyone("/healthz")
def alive() -> str:
    return "alive"


@ask_anyone("/readyz")
def ready(db: Db) -> str:
    db.execute(text("SELECT 1"))
    return "ready"


@hear("/csp", MOST_REPORT)
async def policy(request: Request[Any, Any, Any]) -> None:
    """A browser says that a page tried what our content policy forbids: one line in the log, without queries."""
    for report in _reports(await request.body()):
        told = {name: str(report[name]).split("?")[0][:200] for name in TOLD if name in report}
        log.warning("a page broke the content policy", extra=told)


def _reports(body: bytes) -> list[dict[str, Any]]:
    """The reports in either of the two forms in which browsers send them; nothing when it is neither."""
    try:
        sent = json.loads(body)
    except ValueError:
        return []
    found = [each.get("body") for each in sent if isinstance(each, dict)] if isinstance(sent, list) else []
    found += [sent.get("csp-report")] if isinstance(sent, dict) else []
    return [each for each in found if isinstance(each, dict)][:5]
