"""Bundles of evidence as the server can make them: what this reader may read, and nothing of what is sealed.

Whoever wants to show files as well adds them on their own device, where alone they can be opened. A bundle takes
long to make: nobody else waits for it, and nobody may ask for many.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from litestar import Response, Router
from sqlmodel import Session, and_, col, or_, select

from crosslab.core.actor import Actor
from crosslab.core.errors import Missing
from crosslab.ip_vault import evidence, note, tlog
from crosslab.ip_vault.evidence import Log, Source, Stamp
from crosslab.ip_vault.evidence.source import Unavailable
from crosslab.ip_vault.replay import State
from crosslab.ip_vault.replay.state import ChainState
from crosslab.ledger import log, stamping, witnesses
from crosslab.ledger.history import History
from crosslab.ledger.tables import LogHead, Statement
from crosslab.ledger.unlocking import TooOften
from crosslab.rules import N_
from crosslab.web.door import Door
from crosslab.web.given import Db, Here, Slug, Who
from crosslab.web.routes import ask_json

from .queries import NOTHING
from .scope import Scope, scope_of

AT_ONCE = 200  # texts that are judged while others wait


@ask_json("/vault/evidence/{name:str}")
def bundle(db: Db, actor: Who, page: Here, name: Slug) -> Response[bytes]:
    subject = name.removesuffix(".zip")
    checkpoint = page.door.keeper.checkpoint(db)
    with page.door.history.caught_up(db) as state:
        scope = scope_of(db, actor, state)
        known = glance(scope, state, subject)
    org = showing(scope, known, subject)
    slow_down(page.door, actor)
    files = made(source(db, page.door, scope, known, checkpoint), subject, org)
    packed = evidence.write_zip(files, f"crosslab-{subject[:12]}")
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": "attachment"}
    return Response(packed, media_type="application/zip", headers=headers)


@ask_json("/vault/verify.py", public=True)
def program() -> Response[bytes]:
    """The program that checks bundles, for whoever does not want the copy inside one."""
    headers = {"Content-Disposition": 'attachment; filename="verify.py"', "Cache-Control": "no-cache"}
    return Response(evidence.PROGRAM, media_type="text/plain", headers=headers)


def glance(scope: Scope, state: State, subject: str) -> State:
    """What a bundle needs of what is so, copied: whoever reads on meanwhile does not change it."""
    seen = State(state.log, state.partial, state.earlier, state.index)
    for chain in scope.chains & state.chains.keys():
        seen.chains[chain] = ChainState(state.chains[chain].kind, list(state.chains[chain].ids))
    for mine in scope.mine & state.organisations.keys():
        org = state.organisations[mine]
        seen.organisations[mine] = replace(org, people=dict(org.people))
    seen.consortia = {each: state.consortia[each] for each in scope.chains & state.consortia.keys()}
    if subject in state.versions:
        version = state.versions[subject]
        seen.versions[subject] = replace(version, approvals=dict(version.approvals))
    return seen


def showing(scope: Scope, known: State, subject: str) -> str:
    """The organisation that shows a version; "" for the register of a consortium. Raises `Missing` for others."""
    if subject in known.consortia:
        return ""
    version = known.versions.get(subject)
    named = (
        {version.org, *(org for owners in version.rights.values() for org in owners)} if version else set()
    )
    mine = sorted(named & scope.mine)
    if not mine:
        raise Missing(NOTHING)
    return mine[0]


def slow_down(door: Door, actor: Actor) -> None:
    """Nobody makes bundles without end. Raises `TooOften`."""
    if not door.bundles.allows(actor.person_id):
        raise TooOften(
            N_("You asked for {most} bundles of evidence within a minute. Wait a minute, then try again."),
            most=door.bundles.most,
        )


def made(known: Source, subject: str, org: str) -> dict[str, bytes]:
    """The claim of a version for an organisation it names, or the register of a consortium for its members."""
    try:
        return evidence.claim(known, subject, org) if org else evidence.register(known, subject)
    except Unavailable as nothing:
        raise Missing(NOTHING) from nothing


def source(db: Session, door: Door, scope: Scope, known: State, checkpoint: bytes) -> Source:
    """What bundles are drawn from: the texts for this reader, the logs' lines, stamps and witnesses' lines."""
    size, head = tlog.parse_checkpoint(checkpoint).size, log.head(db)
    stamped = sorted(stamping.stamps(db), key=lambda each: (each.log, each.size))
    return Source(
        note.Signer(door.keeper.origin, door.keeper.key.public),
        known,
        texts(db, door.history, scope, known),
        log.stretch(db, head.base, head.base + size),
        checkpoint + witnesses.lines(db, head.id, size),
        [Stamp(stamping.checkpoint_of(db, each), each.token, each.chain.encode()) for each in stamped],
        earlier=[ended(db, each) for each in log.heads(db) if each.ended],
    )


def ended(db: Session, head: LogHead) -> Log:
    """A log that another one follows, under its last checkpoint."""
    lines = log.stretch(db, head.base, head.base + head.size)
    return Log(note.parse_vkey(head.vkey), lines, head.ended.encode())


def texts(db: Session, history: History, scope: Scope, known: State) -> dict[str, bytes]:
    """The texts for this reader, judged a few at a time: others look into the history in between."""
    found: dict[str, bytes] = {}
    for rows in _stretches(db, _wanted(scope, known)):
        with history.caught_up(db) as state:
            found |= {row.id: row.note.encode() for row in rows if scope.reads(state, row)}
    return found


def _wanted(scope: Scope, known: State) -> Any:
    """Of a claim the version and its approvals, of a register its whole chain; and who stands behind the keys."""
    claimed = [name for each in known.versions.values() for name in (each.id, *each.approvals.values())]
    mine, behind = col(Statement.chain).in_(scope.chains), scope.chains - known.consortia.keys()
    if not claimed:
        return mine
    return and_(mine, or_(col(Statement.chain).in_(behind), col(Statement.id).in_(claimed)))


def _stretches(db: Session, wanted: Any) -> Iterator[list[Statement]]:
    last = -1
    ordered = select(Statement).where(wanted).order_by(col(Statement.idx)).limit(AT_ONCE)
    while rows := list(db.exec(ordered.where(col(Statement.idx) > last)).all()):
        yield rows
        last = rows[-1].idx


router = Router("/", route_handlers=[bundle, program])
