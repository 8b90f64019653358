"""Registering an organisation, and saying what it is."""

from typing import Any

from litestar import Response

from crosslab.core.find import find_by
from crosslab.people import actions
from crosslab.people.countries import names
from crosslab.people.forms import ProfileForm, RegisterForm
from crosslab.people.tables import Organisation
from crosslab.people.words import KINDS, SECTORS, SIZE_MEANINGS, SIZES
from crosslab.rules import N_, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do


@ask("/organisations/new")
def new(page: Here) -> Response[str]:
    return page.show("people/new.html", form=Form(RegisterForm, {}, page.words), **_choices(page))


@do("/organisations/new", Verb.PEOPLE_REGISTER)
def register(db: Db, actor: Who, page: Here, typed: Posted) -> Response[Any]:
    form = Form(RegisterForm, typed, page.words)
    with form.again(page, "people/_new.html", whole="people/new.html", **_choices(page)):
        made = actions.register(db, actor, **form.facts())
    said = N_("{name} is registered. Say what you offer and what you look for.")
    return page.go(f"/organisations/{made.slug}/edit", said=said, name=made.name)


@ask("/organisations/{slug:str}/edit")
def edit(db: Db, actor: Who, page: Here, slug: Slug) -> Response[str]:
    shown = find_by(db, actor, Organisation, slug=slug, to=Verb.PEOPLE_DESCRIBE)
    page.context_name = shown.name
    form = Form(ProfileForm, shown.model_dump(), page.words)
    return page.show("people/edit.html", form=form, shown=shown, **_choices(page))


@do("/organisations/{slug:str}/edit", Verb.PEOPLE_DESCRIBE)
def describe(db: Db, actor: Who, page: Here, slug: Slug, typed: Posted) -> Response[Any]:
    shown = find_by(db, actor, Organisation, slug=slug, to=Verb.PEOPLE_DESCRIBE)
    page.context_name = shown.name
    form = Form(ProfileForm, typed, page.words)
    with form.again(page, "people/_edit.html", whole="people/edit.html", shown=shown, **_choices(page)):
        actions.describe(db, actor, shown, **form.facts())
    return page.go(
        page.here(f"/organisations/{slug}"), said=N_("The profile is saved. This is how others see it.")
    )


def _choices(page: Page) -> dict[str, Any]:
    """What the forms let one choose from."""
    return {
        "kinds": KINDS, "sizes": SIZES, "meanings": SIZE_MEANINGS, "sectors": SECTORS,
        "countries": names(page.locale),
    }  # fmt: skip


HANDLERS = [new, register, edit, describe]
