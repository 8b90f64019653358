"""How the register stands, for its operator: what was vouched for, who has signed and stamped, what the night found."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from crosslab.core.settings import Settings

from . import checking, log, releases, stamping, witnesses
from .keeper import Halted, Keeper
from .tables import Cosignature, LogHead

WHEN = "%Y-%m-%d %H:%M UTC"


def lines(db: Session, keeper: Keeper, given: Settings) -> Iterator[str]:
    """One line a fact, in English, as everything that operators read."""
    head = log.head(db)
    for each in log.heads(db):
        if each.ended:
            yield f"{each.origin}: ended with {each.size} entries"
    yield f"{keeper.origin}: {head.size} entries, {log.count(db)} in the register"
    yield f"key: {keeper.vkey}"
    yield _vouched(db, keeper)
    yield from (_witness(db, head, each) for each in witnesses.listed(given.witnesses))
    yield from (_authority(db, each) for each in stamping.authorities(given.tsa))
    served = releases.releases(db)
    yield f"release: {served[0].sha256} at {served[0].idx}" if served else "release: none in the register yet"
    found = checking.last(db)
    if found is None:
        yield "check: never read through"
    else:
        well = "all well" if not found.troubles else f"{len(found.troubles)} troubles: {found.troubles[0]}"
        yield f"check: {found.at:{WHEN}}, {found.entries} entries in {found.seconds} s, {well}"


def _vouched(db: Session, keeper: Keeper) -> str:
    try:
        keeper.check(db)
        vouched = keeper.vouched
    except Halted as halted:
        return f"HALTED: {halted}"
    return (
        f"vouched for: {vouched[0]} entries, {vouched[1]:{WHEN}}" if vouched else "vouched for: nothing yet"
    )


def _witness(db: Session, head: LogHead, known: witnesses.Known) -> str:
    theirs = select(Cosignature).where(Cosignature.log == head.id, Cosignature.witness == known.signer.name)
    last = db.exec(theirs.order_by(col(Cosignature.size).desc()).limit(1)).first()
    said = f"has signed {last.size} entries, {last.at:{WHEN}}" if last else "has signed nothing yet"
    return f"witness {known.signer.name}: {said}"


def _authority(db: Session, known: stamping.Authority) -> str:
    last = next((each for each in stamping.stamps(db) if each.authority == known.name), None)
    said = f"{last.size} entries of log {last.log}, {last.at:{WHEN}}" if last else "nothing stamped yet"
    return f"authority {known.name}: {said}"
