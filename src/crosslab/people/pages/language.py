"""The language of pages that have none in their address."""

from typing import Any

from litestar import Response
from litestar.params import FromQuery

from crosslab.core.errors import Missing
from crosslab.people import queries
from crosslab.people.forms import AccountForm
from crosslab.people.inside import inside
from crosslab.rules import N_
from crosslab.web.door import LANGUAGE_COOKIE
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Slug, Who
from crosslab.web.languages import BY_CODE
from crosslab.web.routes import ask_anyone


@ask_anyone("/language/{code:str}")
def language(db: Db, actor: Who, page: Here, code: Slug, to: FromQuery[str] = "/") -> Response[Any]:
    """A visitor's choice is kept in a cookie. A person's is part of their account, so they press a button."""
    if code not in BY_CODE:
        raise Missing(N_("There is nothing here, or it is not for you to see."))
    page.language = BY_CODE[code]
    if page.signed_in:
        me = queries.me(db, actor)
        facts = {"name": me.name, "language": code, "digest": me.digest, "next": inside(to, "/desk")}
        return page.show("people/language.html", form=Form(AccountForm, facts, page.words))
    answer = page.go(inside(to, "/"))
    answer.set_cookie(page.cookie_of(LANGUAGE_COOKIE, code, max_age=31_536_000))
    return answer


HANDLERS = [language]
