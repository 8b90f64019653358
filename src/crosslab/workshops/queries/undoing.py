"""Questions about themes that were merged or split: what went along, and what was built on them since."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, exists, select

from crosslab.workshops.skeletons.tables import Source
from crosslab.workshops.tables import Dot, Laid, Note, Theme, Workshop


def hold_themes(db: Session, workshop_id: UUID) -> None:
    """Let nobody else merge, split, lay or vote on this wall until the transaction ends; see what they did before."""
    held = select(Theme).where(Theme.workshop_id == workshop_id).order_by(col(Theme.id)).with_for_update()
    db.exec(held.execution_options(populate_existing=True)).all()


def keep_alive(db: Session, theme: Theme) -> None:
    """Let nobody merge this theme into another until the transaction ends; others may vote for it as well."""
    held = select(Theme).where(Theme.id == theme.id).with_for_update(read=True)
    db.exec(held.execution_options(populate_existing=True)).one()


def became(db: Session, theme: Theme) -> Theme | None:
    """The theme it became part of."""
    return db.exec(select(Theme).where(Theme.id == theme.into_id)).one_or_none()


def cut_off(db: Session, theme: Theme) -> Theme | None:
    """The theme it was split off."""
    return db.exec(select(Theme).where(Theme.id == theme.from_id)).one_or_none()


def went(db: Session, home: Theme, here: Theme, at: datetime) -> list[tuple[Note, Laid, Laid]]:
    """The notes that went from one theme to another at an instant and lie there still; where they lie and lay."""
    there, before = aliased(Laid), aliased(Laid)
    rows = (
        select(Note, there, before)
        .join(there, col(there.note_id) == col(Note.id))
        .join(before, col(before.note_id) == col(Note.id))
        .where(there.theme_id == here.id, there.since == at, col(there.until).is_(None))
        .where(before.theme_id == home.id, before.until == at)
    )
    return list(db.exec(rows).all())


def dots_from(db: Session, here: Theme, home: Theme) -> list[Dot]:
    """The dots on a theme that came along with another one."""
    on = db.exec(select(Dot).where(Dot.theme_id == here.id)).all()
    return [dot for dot in on if dot.came[-1:] == [str(home.id)]]


def is_built_on(db: Session, theme: Theme) -> bool:
    """Whether notes or dots lie on a theme, a living theme was split off it, or a case was drafted from it."""
    born = and_(Theme.from_id == theme.id, col(Theme.ended_at).is_(None))
    on = (col(each.theme_id) == theme.id for each in (Note, Dot, Source))
    return any(db.exec(select(exists().where(sign))).one() for sign in (*on, born))


def merged_into(db: Session, workshop: Workshop) -> dict[UUID, list[Theme]]:
    """The themes that became part of those that live, by the one they became part of: what can be taken apart."""
    gone = select(Theme).where(Theme.workshop_id == workshop.id, col(Theme.ended_at).is_not(None))
    moved = exists().where(col(Laid.theme_id) == Theme.id, col(Laid.until) == Theme.ended_at)
    found: dict[UUID, list[Theme]] = {}
    for theme in db.exec(gone.where(moved).order_by(col(Theme.ended_at))).all():
        if theme.into_id:
            found.setdefault(theme.into_id, []).append(theme)
    return found
