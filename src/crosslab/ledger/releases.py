"""The browser bundles that were served, each with an entry of its own in the register: `r <hash of its manifest>`.

Whoever is handed another bundle than everybody else can show that it is not in the register, or that it is and
when it came.
"""

from hashlib import sha256

from sqlmodel import Session, col, select

from crosslab.ip_vault import tlog

from . import log
from .keeper import Keeper
from .tables import Release


def remember(db: Session, keeper: Keeper, manifest: bytes) -> bool:
    """Put a bundle into the register when it is served for the first time. False when it stands there already.

    The manifest is what `sha256sum` writes of its files. Raises `Halted` when nothing is vouched for.
    """
    name = sha256(manifest).hexdigest()
    known = select(Release.sha256).where(Release.sha256 == name)
    if db.exec(known).first():
        return False
    head = log.locked(db)
    if db.exec(known).first():
        return False
    keeper.check(db)
    place = head.base + log.append(db, [tlog.release_entry(manifest)])
    db.add(Release(sha256=name, idx=place, manifest=manifest.decode()))
    return True


def releases(db: Session) -> list[Release]:
    """All bundles that were served, the newest first."""
    return list(db.exec(select(Release).order_by(col(Release.idx).desc())).all())


def files_of(release: Release) -> list[dict[str, str]]:
    """The files of a bundle and their hashes."""
    lines = (line.split("  ", 1) for line in release.manifest.splitlines())
    return [{"name": name, "sha256": digest} for digest, name in lines]
