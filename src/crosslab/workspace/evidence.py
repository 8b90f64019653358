"""Bundles of evidence as the server can make them: what this reader may read, and nothing of what is sealed.

Whoever wants to show files as well adds them on their own device, where alone they can be opened.
"""

from litestar import Response, Router
from sqlmodel import Session, col, select

from crosslab.core.errors import Missing, Refused
from crosslab.ip_vault import evidence, note, tlog
from crosslab.ip_vault.evidence import Source, Stamp
from crosslab.ip_vault.evidence.source import Unavailable
from crosslab.ip_vault.replay import State
from crosslab.ledger import log, stamping, witnesses
from crosslab.ledger.keeper import Keeper
from crosslab.ledger.tables import Statement
from crosslab.rules import N_
from crosslab.web.given import Db, Here, Slug, Who
from crosslab.web.routes import ask_json

from .queries import NOTHING
from .scope import Scope, scope_of

TWO_LOGS = N_(
    "The register was continued in another log. A bundle over two logs cannot be made here; "
    "keep those that you made before."
)


@ask_json("/vault/evidence/{name:str}")
def bundle(db: Db, actor: Who, page: Here, name: Slug) -> Response[bytes]:
    subject = name.removesuffix(".zip")
    checkpoint = page.door.keeper.checkpoint(db)
    with page.door.history.caught_up(db) as state:
        scope = scope_of(db, actor, state)
        files = made(scope, source(db, page.door.keeper, scope, state, checkpoint), subject)
    packed = evidence.write_zip(files, f"crosslab-{subject[:12]}")
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": "attachment"}
    return Response(packed, media_type="application/zip", headers=headers)


@ask_json("/vault/verify.py", public=True)
def program() -> Response[bytes]:
    """The program that checks bundles, for whoever does not want the copy inside one."""
    headers = {"Content-Disposition": 'attachment; filename="verify.py"', "Cache-Control": "no-cache"}
    return Response(evidence.PROGRAM, media_type="text/plain; charset=utf-8", headers=headers)


def made(scope: Scope, known: Source, subject: str) -> dict[str, bytes]:
    """The claim of a version for an organisation it names, or the register of a consortium for its members."""
    try:
        if subject in known.state.consortia and subject in scope.chains:
            return evidence.register(known, subject)
        version = known.state.versions.get(subject)
        if version is not None:
            named = {version.org, *(party for owners in version.rights.values() for party in owners)}
            for org in sorted(named & scope.mine):
                return evidence.claim(known, subject, org)
    except Unavailable as nothing:
        raise Missing(NOTHING) from nothing
    raise Missing(NOTHING)


def source(db: Session, keeper: Keeper, scope: Scope, state: State, checkpoint: bytes) -> Source:
    """What bundles are drawn from: the texts for this reader, the log's lines, stamps and witnesses' lines."""
    if log.earlier(db):
        raise Refused(TWO_LOGS)
    size, number = tlog.parse_checkpoint(checkpoint).size, log.head(db).id
    rows = db.exec(select(Statement).where(col(Statement.chain).in_(scope.chains))).all()
    stamped = sorted((each for each in stamping.stamps(db) if each.log == number), key=lambda each: each.size)
    return Source(
        note.Signer(keeper.origin, keeper.key.public),
        state,
        {row.id: row.note.encode() for row in rows if scope.reads(state, row)},
        log.stretch(db, 0, size),
        checkpoint + witnesses.lines(db, number, size),
        [Stamp(stamping.checkpoint_of(db, each), each.token, each.chain.encode()) for each in stamped],
    )


router = Router("/", route_handlers=[bundle, program])
