"""Checking a receipt, for anyone who holds one."""

from litestar import Response
from litestar.params import FromQuery

from crosslab.desk import queries
from crosslab.ledger import log, stamping
from crosslab.web.given import Db, Here
from crosslab.web.routes import ask

MOST = 60_000


@ask("/verify", public=True)
def verify(
    db: Db, page: Here, receipt: FromQuery[str] = "", note: FromQuery[str] = "", sample: FromQuery[str] = ""
) -> Response[str]:
    keeper = page.door.keeper
    if sample and not receipt:
        receipt = queries.sample(db, keeper)
    receipt, note = receipt[:MOST], note[:MOST]
    verdict = queries.verdict(db, keeper, receipt, note) if receipt.strip() else None
    return page.show(
        "desk/verify.html",
        receipt=receipt,
        note=note,
        verdict=verdict,
        vkey=keeper.vkey,
        earlier=[each.vkey for each in log.heads(db) if each.ended],
        authorities=stamping.roots(page.door.settings.tsa),
    )
