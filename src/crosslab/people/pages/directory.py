"""Organisations as anyone may see them: the list that can be searched, and each one's profile."""

from typing import Any
from urllib.parse import urlencode

from litestar import Response
from litestar.params import FromQuery

from crosslab.core.find import find_by
from crosslab.people import queries
from crosslab.people.countries import is_country, names
from crosslab.people.identifiers import SCHEMES, page_of
from crosslab.people.matches import reasons
from crosslab.people.queries import Sought
from crosslab.people.tables import Organisation, SizeClass
from crosslab.people.words import KINDS, SECTORS, SIZES
from crosslab.web.given import Db, Here, Slug, Who
from crosslab.web.routes import ask


@ask("/organisations", public=True)
def organisations(
    db: Db,
    actor: Who,
    page: Here,
    q: FromQuery[str] = "",
    sector: FromQuery[str] = "",
    country: FromQuery[str] = "",
    size: FromQuery[str] = "",
    after: FromQuery[str] = "",
) -> Response[str]:
    sought = _sought(q, sector, country, size)
    found = queries.catalogue(db, actor, sought, after)
    rows = [(row, reasons(row, sought.words)) for row in found.rows]
    more = f"{page.path}?{_query(sought, after=found.after)}" if found.after else None
    total = queries.counted(db, actor, sought)
    return page.show(
        "people/organisations.html", rows=rows, total=total, more=more, sought=sought, **_words(page)
    )


def _sought(q: str, sector: str, country: str, size: str) -> Sought:
    """A filter that is none of ours is left out."""
    return Sought.of(
        q.strip()[:100],
        sector if sector in SECTORS else "",
        country if is_country(country) else "",
        SizeClass(size) if size in list(SizeClass) else None,
    )


def _query(sought: Sought, **more: str | None) -> str:
    facts = {
        "q": sought.text,
        "sector": sought.sector,
        "country": sought.country,
        "size": sought.size,
        **more,
    }
    return urlencode({name: value for name, value in facts.items() if value})


def _words(page: Here) -> dict[str, Any]:
    return {"kinds": KINDS, "sizes": SIZES, "sectors": SECTORS, "countries": names(page.locale)}


@ask("/organisations/{slug:str}", public=True)
def organisation(db: Db, actor: Who, page: Here, slug: Slug) -> Response[str]:
    shown = find_by(db, actor, Organisation, slug=slug)
    numbers = queries.identifiers_of(db, shown)
    identifiers = [(SCHEMES[n.scheme], n.value, page_of(n.scheme, n.value)) for n in numbers]
    questions = queries.open_questions(shown, numbers)
    return page.show(
        "people/organisation.html", shown=shown, identifiers=identifiers, questions=questions, **_words(page)
    )


HANDLERS = [organisations, organisation]
