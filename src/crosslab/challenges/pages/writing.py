"""The wizard: a list of what is left to do, nine steps, and a page that checks the answers."""

from datetime import datetime
from typing import Any

from litestar import Response
from litestar.params import FromQuery

from crosslab.challenges import actions, brief, documents, pictures, queries, vocabulary
from crosslab.challenges.brief import STEPS, Step
from crosslab.challenges.filling import filled
from crosslab.challenges.forms import DocumentForm, DraftForm
from crosslab.challenges.pages.shown import told
from crosslab.challenges.steps import FORMS, Told
from crosslab.challenges.tables import Challenge
from crosslab.core.actor import Actor
from crosslab.core.allow import allow_one
from crosslab.core.clock import now
from crosslab.core.errors import Missing
from crosslab.core.find import find
from crosslab.people.tables import Organisation, Programme
from crosslab.people.words import SECTORS
from crosslab.rules import N_, Verb
from crosslab.web import routes
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import do
from crosslab.web.uploads import sent

SAVED = N_("Saved. You find it under your challenges.")


@routes.ask("/challenges")
def mine(db: Db, actor: Who, page: Here) -> Response[str]:
    rows, houses = queries.mine(db, actor), queries.houses(db, actor)
    return page.show("challenges/mine.html", rows=rows, houses=houses)


@routes.ask("/challenges/new")
def new(db: Db, actor: Who, page: Here) -> Response[str]:
    return page.show("challenges/new.html", form=Form(DraftForm, None, page.words), **_choice(db, actor))


def _choice(db: Db, actor: Actor) -> dict[str, Any]:
    return {"houses": queries.houses(db, actor), "programmes": queries.programmes(db, actor)}


@do("/challenges/new", Verb.CHALLENGES_DRAFT)
def draft(db: Db, actor: Who, page: Here, typed: Posted) -> Response[Any]:
    form, choice = Form(DraftForm, typed, page.words), _choice(db, actor)
    allow_one(actor, Verb.CHALLENGES_DRAFT, choice["houses"])
    with form.again(page, "challenges/_new.html", whole="challenges/new.html", **choice):
        facts = form.facts()
        organisation = find(db, actor, Organisation, facts["organisation"])
        programme = find(db, actor, Programme, facts["programme"])
        made = actions.draft(db, actor, organisation, programme=programme, language=page.code)
    return page.go(f"/challenges/{made.id}")


@routes.ask("/challenges/{id:uuid}/edit/{step:str}")
def step_page(db: Db, actor: Who, page: Here, id: Id, step: Slug, back: FromQuery[str] = "") -> Response[str]:
    challenge = find(db, actor, Challenge, id, to=Verb.CHALLENGES_EDIT)
    at = _step(step)
    form = Form(FORMS[at], {**filled(challenge, at, page.locale), "back": back}, page.words)
    return page.show("challenges/step.html", form=form, **_beside(db, challenge, at))


def _step(name: str) -> Step:
    if name not in set(Step):
        raise Missing(queries.NOTHING)
    return Step(name)


def _beside(db: Db, challenge: Challenge, step: Step) -> dict[str, Any]:
    """What stands beside a step: the way through the wizard, comments, and what there is to choose from."""
    lacking = {gap.step for gap in brief.gaps(challenge)}
    return {
        "challenge": challenge,
        "step": step,
        "names": STEPS,
        "ready": {each for each in Step if brief.begun(challenge, each) and each not in lacking},
        "comments": queries.comments(db, challenge).get(step.value, []),
        "last": _last(challenge, step),
        "opened": now().isoformat(),
        "total": brief.weights(challenge),
        "choices": vocabulary,
        "sectors": SECTORS,
    }


def _last(challenge: Challenge, step: Step) -> tuple[str, datetime] | None:
    saved = challenge.edits.get(step.value)
    return (saved["by"], datetime.fromisoformat(saved["at"])) if saved else None


@do("/challenges/{id:uuid}/edit/{step:str}", Verb.CHALLENGES_EDIT)
def edit(db: Db, actor: Who, page: Here, id: Id, step: Slug, typed: Posted) -> Response[Any]:
    challenge, at = find(db, actor, Challenge, id, to=Verb.CHALLENGES_EDIT), _step(step)
    form = Form(FORMS[at], typed, page.words)
    with form.again(page, "challenges/_step.html", "challenges/step.html", **_beside(db, challenge, at)):
        facts = _told(at, form)
        finished = not _comes_back(page, typed)
        actions.edit(db, actor, challenge, step=at, opened=_opened(typed), told=facts, finished=finished)
    return _onwards(page, challenge, at, typed)


@do("/challenges/{id:uuid}/picture", Verb.CHALLENGES_PICTURE)
def picture(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    challenge, at, files = (
        find(db, actor, Challenge, id, to=Verb.CHALLENGES_PICTURE),
        Step.PICTURE,
        page.door.files,
    )
    form = Form(FORMS[at], typed, page.words)
    with form.again(page, "challenges/_step.html", "challenges/step.html", **_beside(db, challenge, at)):
        facts, upload = _told(at, form), sent(typed, pictures.MOST_BYTES)
        made = pictures.prepare(upload.content) if upload else None
        actions.picture(db, actor, challenge, files=files, made=made, opened=_opened(typed), told=facts)
    return _onwards(page, challenge, at, typed)


def _told(at: Step, form: Form) -> Told:
    """The columns that the step sets, once what was typed is checked."""
    return FORMS[at].model_construct(**form.facts()).told()


def _comes_back(page: Page, typed: dict[str, Any]) -> bool:
    return bool(typed.get("later")) or page.request.headers.get("x-autosave") == "1"


def _opened(typed: dict[str, Any]) -> datetime:
    try:
        return datetime.fromisoformat(str(typed.get("opened", "")))
    except ValueError:
        return datetime.fromtimestamp(0, now().tzinfo)


def _onwards(page: Page, challenge: Challenge, step: Step, typed: dict[str, Any]) -> Response[Any]:
    """Autosave stays, “Save and come back” leaves, “Continue” goes on; whoever came to change one thing returns."""
    if page.request.headers.get("x-autosave") == "1":
        return Response(None, status_code=204)
    if typed.get("later"):
        return page.go(f"/challenges/{challenge.id}", said=SAVED)
    following = brief.after(step)
    if typed.get("back") == "check" or following is None:
        return page.go(f"/challenges/{challenge.id}/check")
    return page.go(f"/challenges/{challenge.id}/edit/{following}")


@routes.ask("/challenges/{id:uuid}/documents")
def papers(db: Db, actor: Who, page: Here, id: Id) -> Response[str]:
    challenge = find(db, actor, Challenge, id, to=Verb.CHALLENGES_ATTACH)
    form = Form(DocumentForm, {"language": challenge.language}, page.words)
    return page.show("challenges/papers.html", form=form, **_papers(db, challenge))


def _papers(db: Db, challenge: Challenge) -> dict[str, Any]:
    there = queries.documents(db, challenge)
    return {"challenge": challenge, "documents": there, "tongues": vocabulary.TONGUES}


@do("/challenges/{id:uuid}/documents", Verb.CHALLENGES_ATTACH)
def attach(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    challenge, files = find(db, actor, Challenge, id, to=Verb.CHALLENGES_ATTACH), page.door.files
    form = Form(DocumentForm, typed, page.words)
    with form.again(page, "challenges/_papers.html", "challenges/papers.html", **_papers(db, challenge)):
        facts, upload = form.facts(), sent(typed, documents.MOST_BYTES)
        paper = documents.prepare(upload.name if upload else "", upload.content if upload else b"")
        actions.attach(db, actor, challenge, files=files, paper=paper, **facts)
    return page.go(f"/challenges/{id}/documents", said=N_("The document is added."))


@do("/challenges/{id:uuid}/documents/{document:uuid}/remove", Verb.CHALLENGES_DETACH)
def detach(db: Db, actor: Who, page: Here, id: Id, document: Id, typed: Posted) -> Response[Any]:
    challenge = find(db, actor, Challenge, id, to=Verb.CHALLENGES_DETACH)
    found = queries.document(db, actor, challenge, document)
    actions.detach(db, actor, challenge, document=found, files=page.door.files)
    return page.go(f"/challenges/{id}/documents", said=N_("The document is removed."))


@routes.ask("/challenges/{id:uuid}/check")
def check(db: Db, actor: Who, page: Here, id: Id) -> Response[str]:
    challenge = find(db, actor, Challenge, id, to=Verb.CHALLENGES_EDIT)
    return page.show("challenges/check.html", **_checked(db, page, challenge))


def _checked(db: Db, page: Page, challenge: Challenge) -> dict[str, Any]:
    gaps, papers = brief.gaps(challenge), queries.documents(db, challenge)
    return {
        **told(page, challenge, queries.host(db, challenge)),
        "gaps": gaps,
        "names": STEPS,
        "documents": papers,
    }


@do("/challenges/{id:uuid}/submit", Verb.CHALLENGES_SUBMIT)
def submit(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    challenge = find(db, actor, Challenge, id, to=Verb.CHALLENGES_SUBMIT)
    actions.submit(db, actor, challenge)
    return page.go(f"/challenges/{id}", said=N_("Sent. The programme manager reads it next."))


HANDLERS = [mine, new, draft, step_page, edit, picture, papers, attach, detach, check, submit]
