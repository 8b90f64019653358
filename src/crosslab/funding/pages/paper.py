"""The application on paper: read on the screen, printed, or taken away as a package."""

from litestar import Response

from crosslab.funding import papers, queries
from crosslab.web.given import Db, Here, Slug, Who
from crosslab.web.routes import ask

from ._ways import place_at, shown
from .builder import NO


@ask(f"{NO}/read")
def read(db: Db, actor: Who, page: Here, slug: Slug, no: Slug) -> Response[str]:
    """The whole application on one sheet."""
    return page.show("funding/paper.html", **shown(db, page, place_at(db, actor, page, slug, no)))


@ask(f"{NO}/package.zip")
def take(db: Db, actor: Who, page: Here, slug: Slug, no: Slug) -> Response[bytes]:
    """PDF, JSON, the signed text and a list of digests."""
    place = place_at(db, actor, page, slug, no)
    funder = place.scheme.funder if place.scheme else place.application.scheme_name
    made = papers.pack(queries.whole(db, place.application), funder)
    headers = {
        "Content-Disposition": f'attachment; filename="{place.application.no}.zip"',
        "Cache-Control": "no-store",
    }
    return Response(made, media_type="application/zip", headers=headers)


@ask(f"{NO}/application.pdf")
def printed(db: Db, actor: Who, page: Here, slug: Slug, no: Slug) -> Response[bytes]:
    """The PDF alone."""
    place = place_at(db, actor, page, slug, no)
    funder = place.scheme.funder if place.scheme else place.application.scheme_name
    made = papers.pdf(queries.whole(db, place.application), funder)
    headers = {
        "Content-Disposition": f'inline; filename="{place.application.no}.pdf"',
        "Cache-Control": "no-store",
    }
    return Response(made, media_type="application/pdf", headers=headers)


HANDLERS = [read, take, printed]
