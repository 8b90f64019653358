"""What anyone may read: how it works, the catalogue, a challenge, its feeds and its deadline."""

from typing import Any
from urllib.parse import urlencode

from litestar import Response
from litestar.params import FromQuery

from crosslab.challenges import brief, catalogue, queries, stages, vocabulary
from crosslab.challenges.catalogue import STAGES, Wish
from crosslab.challenges.forms import QuestionForm
from crosslab.challenges.pages.shown import shown
from crosslab.core.clock import now
from crosslab.core.ical import Entry, calendar
from crosslab.people.countries import is_country, names
from crosslab.people.words import SECTORS
from crosslab.rules import ChallengeState
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask


@ask("/how", public=True)
def how(page: Here) -> Response[str]:
    return page.show("challenges/how.html", terms=vocabulary.TERMS)


@ask("/challenges", public=True)
def index(
    db: Db, actor: Who, page: Here, q: FromQuery[str] = "", sector: FromQuery[str] = "",
    country: FromQuery[str] = "", stage: FromQuery[str] = "open", after: FromQuery[str] = "",
) -> Response[str]:  # fmt: skip
    wish, ignored = _understood(q, sector, country, stage)
    found = catalogue.find_some(db, actor, wish, after)
    places = catalogue.countries(db, actor, wish)
    total = places.get(wish.country, 0) if wish.country else sum(places.values())
    closed = 0 if total else catalogue.count(db, actor, Wish(wish.q, wish.sector, wish.country, "closed"))
    return page.show(
        "challenges/index.html", wish=wish, ignored=ignored, found=found, places=places, moment_now=now(),
        total=total, closed=closed, sectors=SECTORS, stages=STAGES, countries=names(page.locale),
        more=_more(page, wish, found.after),
    )  # fmt: skip


def _understood(q: str, sector: str, country: str, stage: str) -> tuple[Wish, list[str]]:
    """What was asked for, without what does not exist, and a list of that."""
    known = {"sector": sector in SECTORS, "country": is_country(country), "stage": stage in STAGES}
    asked = {"sector": sector, "country": country, "stage": stage}
    good = {name: value for name, value in asked.items() if known[name]}
    return Wish(q=q.strip()[:200], **good), [
        value for name, value in asked.items() if value and not known[name]
    ]


def _more(page: Page, wish: Wish, after: str | None) -> str:
    if not after:
        return ""
    asked = {"q": wish.q, "sector": wish.sector, "country": wish.country, "stage": wish.stage, "after": after}
    return f"{page.here('/challenges')}?{urlencode({name: value for name, value in asked.items() if value})}"


@ask("/challenges.atom", public=True)
def feed(db: Db, actor: Who, page: Here) -> Response[str]:
    rows = catalogue.find_some(db, actor, Wish(stage="all")).rows
    return _atom(page, "challenges/feed.xml", rows=rows)


@ask("/challenges/{name:str}", public=True)
def show(db: Db, actor: Who, page: Here, name: Slug) -> Response[Any]:
    challenge, host = queries.by_number(db, number_in(name))
    if page.path != page.here(brief.path_of(challenge)):
        return Response("", status_code=308, headers={"Location": page.here(brief.path_of(challenge))})
    if challenge.state is ChallengeState.WITHDRAWN:
        return page.show("challenges/withdrawn.html", status=410, challenge=challenge, host=host)
    form = Form(QuestionForm, None, page.words)
    return page.show("challenges/show.html", form=form, **shown(db, page, challenge, host))


@ask("/challenges/{name:str}/updates.atom", public=True)
def news(db: Db, page: Here, name: Slug) -> Response[str]:
    challenge, host = queries.by_number(db, number_in(name))
    updates = queries.updates(db, challenge)
    return _atom(page, "challenges/news.xml", challenge=challenge, host=host, updates=updates)


@ask("/challenges/{name:str}/deadline.ics", public=True)
def deadline(db: Db, page: Here, name: Slug) -> Response[str]:
    challenge, host = queries.by_number(db, number_in(name))
    at, made = challenge.closes_at or challenge.created_at, challenge.published_at or challenge.created_at
    entry = Entry(
        uid=f"{challenge.id}@crosslab",
        title=page.say(stages.DEADLINE, question=challenge.question),
        starts_at=at,
        ends_at=at,
        changed_at=made,
        path=page.here(brief.path_of(challenge)),
        note=host.name,
        zone=challenge.zone,
        a_week_before=True,
    )
    file = calendar([entry], origin=page.settings.origin)
    named = f'attachment; filename="{challenge.no}.ics"'
    return Response(file, media_type="text/calendar; charset=utf-8", headers={"Content-Disposition": named})


def number_in(name: str) -> str:
    """The number at the head of `2026-014-how-could-our`."""
    return "-".join(name.split("-")[:2])


def _atom(page: Page, template: str, **context: Any) -> Response[str]:
    body = str(page.render(template, **context))
    return Response(body, media_type="application/atom+xml; charset=utf-8")


HANDLERS = [how, index, feed, show, news, deadline]
