"""Where a theme comes from and what it led to: for those in the room."""

from litestar import Response

from crosslab.core.find import find_by
from crosslab.rules import Verb
from crosslab.web.given import Db, Here, Id, Slug, Who
from crosslab.web.routes import ask_anyone
from crosslab.workshops import queries
from crosslab.workshops.tables import Workshop

from .frame import shown, theme_in


@ask_anyone("/s/{no:str}/themes/{id:uuid}")
def theme(db: Db, actor: Who, page: Here, no: Slug, id: Id) -> Response[str]:
    workshop = find_by(db, actor, Workshop, no=no, to=Verb.WORKSHOPS_TIE)
    there = theme_in(db, actor, workshop, id)
    found = queries.on_theme(db, actor, there)
    return page.show(
        "workshops/theme.html",
        theme=there,
        origin=queries.theme_origin(db, actor, there),
        found=found,
        became=queries.grown(db, found),
        **shown(db, page, workshop),
    )


HANDLERS = [theme]
