"""Time stamps of our checkpoints: who is asked, when, and what is kept of their answers.

`CROSSLAB_TSA` lists the authorities, separated by commas: a name, the address to ask, a PEM file with the root
certificates to trust, then, if you like, the policy it must stamp under (an OID) and how far its word goes:
`local`, `rfc3161` (the usual), or `qualified` for one on the trusted list of the European Union.
"""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from crosslab.core.clock import now
from crosslab.core.db import session, transaction
from crosslab.core.settings import Unfit
from crosslab.ip_vault import timestamps, tlog
from crosslab.ip_vault.errors import ProofError
from crosslab.ip_vault.timestamps import Asked, Stamp, Unreadable

from . import log, openssl
from .keeper import Keeper
from .outside import Unreachable, post
from .tables import Issued, LogHead, Timestamp
from .witnesses import keep_issued

logger = logging.getLogger(__name__)
LEVELS = ("local", "rfc3161", "qualified")
NAME, OID = re.compile(r"[A-Za-z0-9_.-]{1,80}"), re.compile(r"[0-2](\.[0-9]+)+")
A_YEAR, NEAR_ITS_END, A_DAY = timedelta(days=365), timedelta(days=60), timedelta(days=1)


@dataclass(frozen=True)
class Authority:
    """Somebody who stamps: where they are asked, whose root vouches for them, what is expected of them."""

    name: str
    url: str
    roots: tuple[x509.Certificate, ...]
    policy: str = ""
    level: str = "rfc3161"


def authorities(setting: str) -> tuple[Authority, ...]:
    """The authorities in the setting. Raises `Unfit` with a sentence when one cannot be right."""
    return tuple(_authority(each.split()) for each in setting.split(",") if each.strip())


def _authority(words: Sequence[str]) -> Authority:
    if len(words) < 3 or not NAME.fullmatch(words[0]) or not words[1].startswith(("https://", "http://")):
        raise Unfit(
            f"CROSSLAB_TSA: “{' '.join(words)}” is not a name, an address and a file of root certificates."
        )
    level = next((each for each in words[3:] if each in LEVELS), "rfc3161")
    policy = next((each for each in words[3:] if OID.fullmatch(each)), "")
    if odd := [each for each in words[3:] if each not in {level, policy}]:
        raise Unfit(f"CROSSLAB_TSA: “{odd[0]}” is neither a policy's number nor one of {', '.join(LEVELS)}.")
    try:
        roots = x509.load_pem_x509_certificates(Path(words[2]).read_bytes())
    except (OSError, ValueError) as trouble:
        raise Unfit(f"CROSSLAB_TSA: the certificates in {words[2]} cannot be read: {trouble}.") from trouble
    return Authority(words[0], words[1], tuple(roots), policy, level)


@cache
def roots(setting: str) -> tuple[dict[str, str], ...]:
    """Whose word on the time counts in this house: each authority's name and the SHA-256 of a root of its."""
    return tuple(
        {"name": each.name, "sha256": root.fingerprint(hashes.SHA256()).hex()}
        for each in authorities(setting)
        for root in each.roots
    )


def due(db: Session, known: Sequence[Authority]) -> list[Authority]:
    """The authorities to ask now: the log has grown since they stamped it, or their last stamp ages.

    A stamp ages when it is a year old or its certificate ends in sixty days: then the newest checkpoint is stamped
    anew though nothing has grown, at most once a day.
    """
    head = log.head(db)
    return [each for each in known if head.size and _is_due(db, head, each)]


def _is_due(db: Session, head: LogHead, authority: Authority) -> bool:
    theirs = select(Timestamp).where(Timestamp.log == head.id, Timestamp.authority == authority.name)
    last = db.exec(theirs.order_by(col(Timestamp.at).desc()).limit(1)).first()
    if last is None or last.size < head.size:
        return True
    ages = last.at < now() - A_YEAR or last.until < now() + NEAR_ITS_END
    return ages and last.at < now() - A_DAY


def stamp(engine: Engine, keeper: Keeper, known: Sequence[Authority]) -> dict[str, str]:
    """Have the newest checkpoint stamped by every authority that is due; what became of it, by their names.

    No transaction is open while an authority thinks, and what it answers is verified before it is stored.
    """
    with session(engine, read_only=True) as db:
        asked = due(db, known)
        checkpoint = keeper.checkpoint(db) if asked else b""
    told = {each.name: _ask(engine, each, checkpoint) for each in asked}
    for name, trouble in told.items():
        if trouble:
            logger.warning("a checkpoint was not stamped", extra={"authority": name, "trouble": trouble})
    return told


def _ask(engine: Engine, authority: Authority, checkpoint: bytes) -> str:
    """Ask one authority and keep its stamp. Empty when that went well, else what did not."""
    asked = timestamps.ask(checkpoint)
    try:
        told = post(authority.url, asked.query, timestamps.QUERY_TYPE)
        if told.status != 200:
            return f"it answered {told.status}"
        made = judged(told.body, asked, authority)
    except (Unreachable, ProofError) as trouble:
        return str(trouble)
    with transaction(engine) as db:
        keep(db, authority, checkpoint, made)
    return ""


def judged(token: bytes, asked: Asked, authority: Authority) -> Stamp:
    """The stamp in an authority's reply. Raises `ProofError`."""
    try:
        return timestamps.read(token, asked, authority.roots, authority.policy, now())
    except Unreadable:
        return openssl.read(token, asked, authority.roots, authority.policy, now())


def keep(db: Session, authority: Authority, checkpoint: bytes, made: Stamp) -> None:
    """Store a stamp that was verified, with the checkpoint it is over."""
    number = log.head(db).id
    keep_issued(db, number, checkpoint)
    db.add(
        Timestamp(
            log=number,
            size=tlog.parse_checkpoint(checkpoint).size,
            authority=authority.name,
            level=authority.level,
            token=made.token,
            chain=made.chain,
            at=made.at,
            until=made.until,
        )
    )


def stamp_of(db: Session, id: UUID) -> Timestamp | None:
    """A time stamp."""
    return db.exec(select(Timestamp).where(Timestamp.id == id)).first()


def checkpoint_of(db: Session, stamped: Timestamp) -> bytes:
    """The checkpoint that was stamped, as the log issued it: its text and its own signature."""
    wanted = select(Issued.note).where(Issued.log == stamped.log, Issued.size == stamped.size)
    return db.exec(wanted).one().encode()


def stamps(db: Session) -> list[Timestamp]:
    """All time stamps, the newest first."""
    return list(db.exec(select(Timestamp).order_by(col(Timestamp.at).desc(), col(Timestamp.id).desc())).all())
