"""The log's side of witnessing: who is known, their lines under our checkpoints, and asking them for one.

`CROSSLAB_WITNESSES` lists them, separated by commas: the verifier key, and after a space the address to push
to, `https://witness.example` (`/add-checkpoint` is appended). Without an address the witness hands its lines
in itself, as a member's own does: it posts the checkpoint as it was served with its line beneath.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from crosslab.core.clock import now
from crosslab.core.db import session, transaction
from crosslab.core.errors import Forbidden, Missing, Refused
from crosslab.core.settings import Unfit
from crosslab.ip_vault import note, tlog, witness
from crosslab.ip_vault.errors import FormatError, ProofError, VaultError
from crosslab.rules import N_

from . import log
from .keeper import Keeper
from .outside import Told, Unreachable, post
from .tables import Cosignature, Issued

logger = logging.getLogger(__name__)
OTHER = N_("This is not a checkpoint that this register has issued.")


class Illegible(Refused):
    """What was handed in has not the form it must have."""

    status = 400


@dataclass(frozen=True)
class Known:
    """A witness whose lines count here, and where it is asked; nowhere when it comes by itself."""

    signer: note.Signer
    url: str = ""


def listed(setting: str) -> tuple[Known, ...]:
    """The witnesses in the setting. Raises `Unfit` when one cannot be read."""
    return tuple(_known(each) for each in setting.split(",") if each.strip())


def vkeys(setting: str) -> list[str]:
    """The verifier keys of the witnesses in the setting."""
    return [witness.vkey(each.signer.name, each.signer.public) for each in listed(setting)]


def _known(item: str) -> Known:
    key, *url = item.split()
    try:
        signer = witness.parse_vkey(key)
    except VaultError as wrong:
        raise Unfit(f"CROSSLAB_WITNESSES: “{key}” is no witness's verifier key: {wrong}.") from wrong
    if len(url) > 1 or not all(each.startswith(("https://", "http://")) for each in url):
        raise Unfit(f"CROSSLAB_WITNESSES: “{' '.join(url)}” is no address.")
    return Known(signer, url[0].rstrip("/") if url else "")


def keep_issued(db: Session, number: int, checkpoint: bytes) -> None:
    """Keep a checkpoint that somebody outside puts their name or time to."""
    db.merge(Issued(log=number, size=tlog.parse_checkpoint(checkpoint).size, note=checkpoint.decode()))


def lines(db: Session, number: int, size: int) -> bytes:
    """The witnesses' lines under a checkpoint, in the order of their names."""
    wanted = select(Cosignature.line).where(Cosignature.log == number, Cosignature.size == size)
    return "".join(db.exec(wanted.order_by(col(Cosignature.witness))).all()).encode()


def agreed(db: Session, number: int, quorum: int) -> bytes:
    """The newest checkpoint under which so many witnesses stand, with their lines. Raises `Missing`."""
    sizes = (
        select(Cosignature.size)
        .where(Cosignature.log == number)
        .group_by(col(Cosignature.size))
        .having(func.count() >= quorum)
        .order_by(col(Cosignature.size).desc())
    )
    size = db.exec(sizes.limit(1)).first()
    if size is None:
        raise Missing(N_("No checkpoint has been signed by so many witnesses yet."))
    issued = db.exec(select(Issued.note).where(Issued.log == number, Issued.size == size)).one()
    return issued.encode() + lines(db, number, size)


def take(db: Session, keeper: Keeper, known: Sequence[Known], handed: bytes) -> int:
    """Take in the lines of known witnesses under one of our checkpoints; how many there were. Again changes nothing.

    Raises `Illegible`, `Missing` for another log, `Refused` for a checkpoint that is not ours, `Forbidden` when no
    line is by a witness known here, under its own clock of about now.
    """
    text, mark, under = handed.partition(b"\n\n")
    signed = under.splitlines(keepends=True)
    checkpoint = _ours(db, keeper, text + mark + b"".join(signed[:1]))
    found = list(_valid(checkpoint, signed, known))
    if not found:
        raise Forbidden(N_("No line is by a witness that is known here, signed about now."))
    number = log.head(db).id
    keep_issued(db, number, checkpoint)
    size = tlog.parse_checkpoint(checkpoint).size
    for name, line, at in {each[0]: each for each in found}.values():
        there = select(Cosignature.at).where(
            Cosignature.log == number, Cosignature.size == size, Cosignature.witness == name
        )
        if db.exec(there).first() is None:
            db.add(Cosignature(log=number, size=size, witness=name, line=line, at=at))
    return len(found)


def _ours(db: Session, keeper: Keeper, handed: bytes) -> bytes:
    """Our own checkpoint of the size that was handed in, if that is what it is."""
    try:
        point = tlog.parse_checkpoint(handed)
    except FormatError as wrong:
        raise Illegible(N_("This is not a checkpoint with witnesses' lines beneath.")) from wrong
    if point.origin != keeper.origin:
        raise Missing(N_("There is no log of this name here."))
    if not 0 < point.size <= log.size(db):
        raise Refused(OTHER)
    checkpoint = keeper.issued(db, point.size)
    if tlog.parse_checkpoint(checkpoint).root != point.root:
        raise Refused(OTHER)
    return checkpoint


def _valid(
    checkpoint: bytes, signed: Sequence[bytes], known: Sequence[Known]
) -> Iterator[tuple[str, str, datetime]]:
    """The lines by known witnesses that verify; all others, the log's own among them, are passed over."""
    signers, second = [each.signer for each in known], int(now().timestamp())
    for line in signed:
        try:
            signer, at = witness.read_line(checkpoint, line, signers, second)
        except (FormatError, ProofError):
            continue
        yield signer.name, line.decode(), datetime.fromtimestamp(at, UTC)


def waiting(db: Session, known: Sequence[Known]) -> list[Known]:
    """The witnesses to ask, because they have not signed the log as long as it is now."""
    number, size = log.head(db).id, log.size(db)
    return [each for each in known if each.url and _signed_last(db, number, each) < size]


def _signed_last(db: Session, number: int, known: Known) -> int:
    sizes = select(func.max(Cosignature.size)).where(Cosignature.log == number)
    return db.exec(sizes.where(Cosignature.witness == known.signer.name)).one() or 0


def push(engine: Engine, keeper: Keeper, known: Sequence[Known]) -> dict[str, str]:
    """Ask every witness that waits for a line under the newest checkpoint; what became of it, by their names.

    No transaction is open while a witness thinks. One that is down, slow or lies changes nothing for the others.
    """
    with session(engine, read_only=True) as db:
        checkpoint = keeper.checkpoint(db)
        asked = {each: _signed_last(db, log.head(db).id, each) for each in waiting(db, known)}
    told = {each.signer.name: _ask(engine, keeper, each, checkpoint, old) for each, old in asked.items()}
    for name, trouble in told.items():
        if trouble:
            logger.warning("a witness has not signed", extra={"witness": name, "trouble": trouble})
    return told


def _ask(engine: Engine, keeper: Keeper, known: Known, checkpoint: bytes, old: int) -> str:
    """Ask once, and once more when the witness is at another size than we think. Empty when it has signed."""
    try:
        told = _request(engine, known, checkpoint, old)
        if told.status == witness.Cause.STALE.status and told.media_type.startswith(witness.SIZE_TYPE):
            old = witness.read_size(told.body)
            if old > tlog.parse_checkpoint(checkpoint).size:
                return f"it has signed a larger log, of {old} entries"
            told = _request(engine, known, checkpoint, old)
        if told.status != 200:
            return f"it answered {told.status}"
        with transaction(engine) as db:
            take(db, keeper, [known], checkpoint + told.body)
    except (Unreachable, VaultError, Refused, Forbidden, Missing) as trouble:
        return str(trouble)
    return ""


def _request(engine: Engine, known: Known, checkpoint: bytes, old: int) -> Told:
    size = tlog.parse_checkpoint(checkpoint).size
    with session(engine, read_only=True) as db:
        proof = log.consistency(db, old, size) if 0 < old < size else []
    body = witness.write_request(witness.Asked(old, tuple(proof), checkpoint))
    return post(known.url + witness.PATH, body, "text/plain; charset=utf-8")
