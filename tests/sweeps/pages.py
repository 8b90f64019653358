"""Every page of the house, the one of the cast who looks at it, and the things of the story it shows.

An address is filled with things of the story: `/w/{team.slug}`. A route that is not a page stands in NOT_PAGES,
with what it is instead. A route that stands nowhere fails the sweep.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

from litestar import Litestar
from sqlmodel import Session

from crosslab.challenges.tables import Challenge
from crosslab.consortia.tables import Consortium
from crosslab.core.clock import now
from crosslab.funding.tables import Application
from crosslab.people.tables import Invitation, Organisation, SignInLink
from crosslab.people.tokens import digest
from crosslab.rules import ChallengeState, Role
from crosslab.sessions.tables import OpenSession, Registration, RegistrationKey
from crosslab.sessions.voices.leads import Lead, LeadKey
from crosslab.workshops.skeletons.tables import Skeleton
from crosslab.workshops.tables import Card, Workshop
from tests.house.doors import first, things_of

PREFIX = re.compile(r"^/(en|de|no)(?=/|$)")
WIZARD = ("question", "situation", "asks", "brings", "picture", "terms", "dates", "criteria", "deciders")
PAPER = "/w/{team.slug}/applications/{application.no}"
CALM = "/w/{calm.slug}/applications/{calm_application.no}"
CARD = "/p/{programme.slug}/consortia/{team.ref}"


@dataclass(frozen=True)
class Look:
    """A page, and who looks at it. `public` pages have an address in each language."""

    who: str
    path: str
    public: bool = False

    def address(self, things: SimpleNamespace, code: str) -> str:
        filled = self.path.format(**vars(things))
        return f"/{code}{filled}".rstrip("/") if self.public else filled


def _public(*paths: str) -> Iterator[Look]:
    return (Look("", path, public=True) for path in paths)


def _seen(who: str, *paths: str) -> Iterator[Look]:
    return (Look(who, path) for path in paths)


LOOKS: tuple[Look, ...] = (
    *_public(
        "", "/how", "/challenges", "/challenges?q=zzzz", "/challenges/{challenge.no}-{challenge.slug}",
        "/challenges/{waiting.no}-{waiting.slug}", "/organisations", "/organisations/{organisation.slug}",
        "/funding", "/funding/eurostars-3", "/status", "/accessibility", "/privacy", "/terms", "/contact", "/verify",
        "/protected", "/sessions", "/sessions/{filled.no}-{filled.slug}", "/j", "/j/{workshop.code}",
    ),
    *_seen("ane", *(f"/s/{{workshop.no}}/me/{screen}" for screen in ("write", "walk", "link", "vote"))),
    *_public("/calls/{call.id}"),
    *_seen("ane", "/s/{filled.no}/cases", "/s/{filled.no}/cases/{season.id}", "/s/{filled.no}/themes/{theme.id}",
           "/s/{filled.no}/me/calls", "/w/{team.slug}/case"),
    *_seen("katrin", "/s/{filled.no}/cases/{glow.id}", "/s/{filled.no}/cases/{glow.id}/edit",
           "/s/{filled.no}/cases/{glow.id}/hands", "/s/{filled.no}/cases/{glow.id}/call",
           "/challenges/{challenge.no}/consortia/new?case={glow.id}"),
    *_seen("ane", "/s/{filled.no}/me/write", "/s/{filled.no}/results", "/s/{filled.no}/me/notes",
           "/s/{filled.no}/me/data", "/s/{filled.no}/me/after"),
    *_seen(
        "mikkel", "/s/{filled.no}/wall", "/s/{filled.no}/themes", "/s/{workshop.no}/control", "/s/{workshop.no}/edit",
        "/s/{workshop.no}/companies",
        "/s/{filled.no}/wall?view=outline&side=votes", "/s/{workshop.no}/wall?side=themes",
        "/s/{filled.no}/notes/{note.id}", "/s/{filled.no}/projector?scene=wall",
        "/s/{filled.no}/projector?scene=votes", "/s/{filled.no}/projector?scene=links",
        "/s/{filled.no}/projector?scene=themes", "/s/{workshop.no}/projector?scene=join",
        "/s/{filled.no}/publish", "/s/{filled.no}/letters", "/s/{filled.no}/effect",
    ),
    *_seen("ane", "/s/{rounds.no}/me/table", "/s/{harvested.no}/me/table", "/s/{harvested.no}/cafe/harvest"),
    *_seen(
        "mikkel", "/s/{rounds.no}/cafe", "/s/{harvested.no}/cafe", "/s/{rounds.no}/cafe/places",
        "/s/{rounds.no}/cafe/card?turn=2&at=3", "/s/{rounds.no}/projector?scene=seats",
        "/s/{rounds.no}/cafe/tables/1", "/s/{rounds.no}/people/{seated.id}", "/s/{rounds.no}/control?q=a",
        "/s/{harvested.no}/projector?scene=cafe",
    ),
    *_seen("priya", "/p/{programme.slug}/workshops", "/p/{programme.slug}/workshops/new"),
    *_public(
        "/sessions?month=2031-01", "/sessions/{coming.no}-{coming.slug}", "/sessions/{evening.no}-{evening.slug}",
        "/sessions/{coming.no}/register", "/sessions/{coming.no}/sent", "/series/{series.slug}",
    ),
    Look("eli", "/sessions/{coming.no}/mine", public=True),
    *_seen("ane", "/hosting", "/hosting/new", "/hosting/series/new", "/hosting/series/{series.slug}",
           "/o/{coming.no}/manage", "/o/{coming.no}/edit", "/o/{coming.no}/door", "/account/calendar"),
    *_seen("eli", "/o/{evening.no}", "/o/{coming.no}", "/o/{coming.no}/contact"),
    *_seen("", "/o/{evening.no}", "/i/{coming.code}", "/leads/back/{back}",
           "/sessions/{evening.no}/feedback/{place}"),
    *_seen("ane", "/o/{evening.no}/desk", "/o/{evening.no}/desk?show=hidden", "/o/{coming.no}/terms",
           "/o/{evening.no}/summary", "/o/{evening.no}/screen", "/organisations/{organisation.slug}/leads",
           "/organisations/{organisation.slug}/leads/{lead.id}"),
    *_public("/challenges/{challenge.no}-{challenge.slug}/voices"),
    *_seen("ane", "/s/{filled.no}/cases/{season.id}/voices", "/o/{later.no}/presenters", "/o/{evening.no}/files",
           "/organisations/{organisation.slug}/leads/{lead.id}/consortium"),
    *_seen("jonas", "/organisations/rheinbild-gmbh/leads"),
    *_seen("", "/sign-in", "/sign-in/sent", "/sign-in/{link}", "/styleguide", "/demo", "/mailbox"),
    *_seen("nina", "/invitations/{seat}"),
    *_seen("ane", "/desk", "/inbox", "/search?q=light", "/account", "/account/sessions", "/account/data",
           "/account/machines/new?name=fjordlys-7"),
    *_seen("ane", "/organisations/new", "/organisations/{organisation.slug}/edit",
           "/organisations/{organisation.slug}/identifiers", "/organisations/{organisation.slug}/people"),
    *_seen("solveig", "/admin", "/admin/organisations", "/admin/organisations/{asking.id}", "/admin/programmes",
           "/admin/appointments"),
    *_seen("grace", "/challenges", "/challenges/new", "/challenges/{draft.id}/check", "/challenges/{draft.id}",
           *("/challenges/{draft.id}/edit/" + step for step in WIZARD)),
    *_seen("priya", "/challenges/{reviewed.id}/review"),
    *_seen("helen", "/desk", "/challenges/{challenge.id}", "/challenges/{challenge.id}/documents",
           "/challenges/{challenge.id}/call", "/challenges/{challenge.id}/close",
           "/challenges/{challenge.id}/withdraw"),
    *_seen("fiona", "/challenges/{challenge.id}/interest", "/challenges/{challenge.no}/consortia",
           "/challenges/{challenge.no}/consortia/new", "/consortia/{open.id}/ask", "/w/{open.slug}"),
    *_seen("ane", "/consortia", "/w/{team.slug}", "/w/{team.slug}/log", "/w/{team.slug}/describe",
           "/w/{team.slug}/members", "/w/{team.slug}/charter"),
    *_seen("tom", "/w/{trail.slug}", "/w/{trail.slug}/charter"),
    *_seen("ane", "/vault/", "/w/{team.slug}/applications", "/w/{team.slug}/applications/new", PAPER,
           PAPER + "/details", PAPER + "/sections/summary", PAPER + "/budget",
           PAPER + "/budget/{organisation.slug}", PAPER + "/sign-off", PAPER + "/withdraw", PAPER + "/read"),
    *_seen("priya", "/desk", PAPER + "/submit", CALM, CALM + "/award", CALM + "/reject"),
    *_seen("priya", "/p/{programme.slug}/pipeline", "/p/{programme.slug}/pipeline?view=table", CARD,
           CARD + "/move/advance", CARD + "/move/hold", CARD + "/move/stop"),
)  # fmt: skip

NOT_PAGES = {
    "/consortia/{}": "goes on to the consortium",
    "/o/files/{}": "a file",
    "/r/{}": "lets a browser in and goes on to one's place",
    "/sessions.ics": "a feed",
    "/programmes/{}/sessions.ics": "a feed",
    "/series/{}/sessions.ics": "a feed",
    "/feeds/{}/sessions.ics": "a feed",
    "/sessions/{}/session.ics": "a file",
    "/o/{}/door.pdf": "a file",
    "/o/{}/door.csv": "a file",
    "/": "goes on to the start page or the desk",
    "/language/{}": "goes back to where one was",
    "/notices/{}": "goes on to what the notice is about",
    "/demo/{}": "signs in and goes on to the desk",
    "/account/data.json": "a file",
    "/challenges.atom": "a feed",
    "/challenges/{}/updates.atom": "a feed",
    "/challenges/{}/deadline.ics": "a file",
    "/media/pictures/{}": "a picture",
    "/challenges/{}/documents/{}": "a file",
    "/w/{}/applications/{}/package.zip": "a file",
    "/w/{}/applications/{}/application.pdf": "a file",
    "/p/{}/pipeline.csv": "a file",
    "/healthz": "for machines",
    "/readyz": "for machines",
    "/robots.txt": "for machines",
    "/favicon.ico": "a picture",
    "/bell": "a stream",
    "/s/{}/live": "a stream",
    "/o/{}/live": "a stream",
    "/organisations/{}/leads.csv": "a file",
    "/s/{}/me": "goes on to the screen of the step",
    "/s/{}/notes.csv": "a file",
    "/s/{}/effect.csv": "a file",
    "/s/{}/report.pdf": "a file",
    "/l/{}": "goes on to what a letter is about",
    "/static/{}": "files",
    "/vault/app/{}": "files",
}


def unseen(app: Litestar) -> set[str]:
    """The routes that are neither looked at nor said to be no page."""
    seen = [re.sub(r"\{[^}]*\}", "x", look.path.split("?")[0]) or "/" for look in LOOKS]
    return {
        path
        for path in _asked(app)
        if path not in NOT_PAGES
        and not any(re.fullmatch(re.escape(path).replace(r"\{\}", "[^/]+") + "/?", each) for each in seen)
    }


def _asked(app: Litestar) -> Iterator[str]:
    """The addresses that answer GET with more than JSON, without language and names of parameters."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", []):
            if "GET" in handler.http_methods and not handler.opt.get("json"):
                bare = PREFIX.sub("", route.path) or ("/" if route.path == "/" else "")
                yield re.sub(r"\{[^}]*\}", "{}", bare) or "/"


def things_in(db: Session) -> SimpleNamespace:
    """Things of the story by the names that the addresses use, with two live links."""
    calm = first(db, Consortium, slug="calm-rooms")
    draft = first(db, Challenge, state=ChallengeState.DRAFT)
    rounds = first(db, Workshop, title="Evenings on the square")
    return SimpleNamespace(
        **things_of(db),
        calm=calm,
        calm_application=first(db, Application, consortium_id=calm.id),
        open=first(db, Consortium, slug="open-square"),
        trail=first(db, Consortium, slug="paper-trail"),
        filled=first(db, Workshop, title="An amphitheatre and eleven companies"),
        season=first(db, Skeleton, title="A season that pays"),
        glow=first(db, Skeleton, title="Cloth that glows"),
        rounds=rounds,
        seated=first(db, Card, workshop_id=rounds.id),
        harvested=first(db, Workshop, title="A café around the amphitheatre"),
        waiting=first(db, Challenge, state=ChallengeState.CLOSED),
        reviewed=first(db, Challenge, state=ChallengeState.REVIEW),
        draft=draft,
        later=first(db, OpenSession, title="Light that lets the bats fly"),
        asking=first(db, Organisation, name="Haugen Design AS"),
        link=_a_link(db),
        back=_a_way_back(db),
        place=_a_place(db),
        seat=_a_seat(db, first(db, Organisation, name="Fjordlys AS")),
    )


def _a_link(db: Session) -> str:
    ends_at = now() + timedelta(days=1)
    db.add(SignInLink(email="new@elsewhere.example", token_hash=digest("a-link"), next="", ends_at=ends_at))
    return "a-link"


def _a_seat(db: Session, organisation: Organisation) -> str:
    db.add(
        Invitation(
            organisation_id=organisation.id, email="nina@sorlandet.example", role=Role.READER,
            token_hash=digest("a-seat"), invited_by="Ane Nilsen", ends_at=now() + timedelta(days=1),
        )
    )  # fmt: skip
    return "a-seat"


def _a_way_back(db: Session) -> str:
    db.add(LeadKey(token_hash=digest("a-way-back"), lead_id=first(db, Lead).id))
    return "a-way-back"


def _a_place(db: Session) -> str:
    evening = first(db, OpenSession, title="What a lamp does to a square")
    guest = first(db, Registration, session_id=evening.id, name="Rune Berge")
    db.add(RegistrationKey(token_hash=digest("a-place"), registration_id=guest.id))
    return "a-place"
