"""Pages that every site owes its visitors, and a few that only machines and builders read."""

from datetime import date
from email.utils import parseaddr

from litestar import Response
from litestar.response import Redirect

from crosslab.core.errors import Missing
from crosslab.rules import N_
from crosslab.web.given import Here
from crosslab.web.routes import ask, ask_anyone
from crosslab.web.templates import asset

WRITTEN = date(2026, 11, 22)
ROBOTS = "User-agent: *\nDisallow: /vault/\nDisallow: /sign-in/\nDisallow: /invitations/\n"


@ask("/accessibility", public=True)
def accessibility(page: Here) -> Response[str]:
    return page.show("desk/accessibility.html", written=WRITTEN, address=_address(page))


@ask("/privacy", public=True)
def privacy(page: Here) -> Response[str]:
    return page.show("desk/privacy.html", written=WRITTEN, address=_address(page))


@ask("/terms", public=True)
def terms(page: Here) -> Response[str]:
    return page.show("desk/terms.html", written=WRITTEN)


@ask("/contact", public=True)
def contact(page: Here) -> Response[str]:
    return page.show("desk/contact.html", address=_address(page))


def _address(page: Here) -> str:
    """Where letters to the operator go: the address from which the house writes."""
    return parseaddr(page.settings.mail_from)[1]


@ask_anyone("/styleguide")
def styleguide(page: Here) -> Response[str]:
    if not page.settings.demo:
        raise Missing(N_("There is nothing here, or it is not for you to see."))
    return page.show("styleguide/show.html")


@ask_anyone("/robots.txt")
def robots() -> Response[str]:
    return Response(ROBOTS, media_type="text/plain; charset=utf-8")


@ask_anyone("/favicon.ico")
def favicon() -> Redirect:
    return Redirect(asset("img/favicon.svg"))
