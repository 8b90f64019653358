"""One's own account: name, language, letters; sessions; what the house holds."""

import json
from typing import Any

from litestar import Response

from crosslab.core.find import find
from crosslab.people import actions, queries
from crosslab.people.browsers import browser_of, system_of
from crosslab.people.forms import AccountForm, MachineForm
from crosslab.people.inside import inside
from crosslab.people.tables import Presence
from crosslab.people.tokens import digest
from crosslab.people.words import DIGESTS
from crosslab.rules import N_, Verb
from crosslab.web.door import COOKIE
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Who
from crosslab.web.languages import BY_CODE
from crosslab.web.page import Page
from crosslab.web.routes import ask, do


@ask("/account")
def account(db: Db, actor: Who, page: Here) -> Response[str]:
    me = queries.me(db, actor)
    typed = {"name": me.name, "language": me.language, "digest": me.digest}
    form = Form(AccountForm, typed, page.words)
    return page.show("people/account.html", form=form, me=me, seats=queries.mine(db, actor), digests=DIGESTS)


@do("/account", Verb.PEOPLE_INTRODUCE)
def introduce(db: Db, actor: Who, page: Here, typed: Posted) -> Response[Any]:
    me = queries.me(db, actor)
    form = Form(AccountForm, typed, page.words)
    shown: dict[str, Any] = {"me": me, "seats": queries.mine(db, actor), "digests": DIGESTS}
    with form.again(page, "people/_account.html", whole="people/account.html", **shown):
        actions.introduce(db, actor, me, **form.facts())
    page.language = BY_CODE[me.language]
    return page.go(inside(str(typed.get("next", "")), "/account"), said=N_("Your details are saved."))


@ask("/account/sessions")
def sessions(db: Db, actor: Who, page: Here) -> Response[str]:
    return page.show("people/sessions.html", **_sessions(db, actor, page))


@do("/account/sessions/{id:uuid}/end", Verb.PEOPLE_REVOKE)
def revoke(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    actions.revoke(db, actor, find(db, actor, Presence, id))
    url, said = "/account/sessions", N_("The session is ended. That browser has to sign in again.")
    return page.done("people/_sessions.html", url, said=said, **_sessions(db, actor, page))


@ask("/account/machines/new")
def machine(db: Db, actor: Who, page: Here) -> Response[str]:
    asked = {name: page.request.query_params.get(name, "") for name in ("key", "at", "name")}
    form = Form(MachineForm, asked, page.words)
    return page.show("people/machine.html", form=form, me=queries.me(db, actor))


@do("/account/machines", Verb.PEOPLE_ADMIT)
def admit(db: Db, actor: Who, page: Here, typed: Posted) -> Response[Any]:
    me, form = queries.me(db, actor), Form(MachineForm, typed, page.words)
    with form.again(page, "people/_machine.html", whole="people/machine.html", me=me):
        actions.admit(db, actor, me, **form.facts())
    return page.go(
        "/account/sessions", said=N_("The command line is signed in. You can go back to the terminal.")
    )


def _sessions(db: Db, actor: Who, page: Page) -> dict[str, Any]:
    this = digest(page.request.cookies.get(COOKIE, ""))
    rows = [
        (each, browser_of(each.browser), system_of(each.browser)) for each in queries.presences(db, actor)
    ]
    return {"rows": rows, "this": this}


@ask("/account/data")
def data(db: Db, actor: Who, page: Here) -> Response[str]:
    held, me = queries.held(db, actor), queries.me(db, actor)
    return page.show("people/data.html", held=held, known_since=me.created_at)


@ask("/account/data.json")
def data_file(db: Db, actor: Who) -> Response[bytes]:
    written = json.dumps(queries.held(db, actor), ensure_ascii=False, indent=2).encode()
    headers = {"Content-Disposition": 'attachment; filename="crosslab.json"', "Cache-Control": "no-store"}
    return Response(written, media_type="application/json", headers=headers)


HANDLERS = [account, introduce, sessions, revoke, machine, admit, data, data_file]
