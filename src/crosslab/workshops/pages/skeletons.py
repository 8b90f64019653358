"""Business cases: the suggestions of a wall, the cases drafted from them, and everything done with one."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from litestar import Response
from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.core.errors import Forbidden, Missing, Refused
from crosslab.core.events import was_heard
from crosslab.core.find import find_by
from crosslab.rules import N_, NoteState, SkeletonState, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask_anyone, do
from crosslab.workshops import actions, queries
from crosslab.workshops.conditions import own_case, runs
from crosslab.workshops.prompts import asks_the_five
from crosslab.workshops.skeletons import outline, suggested
from crosslab.workshops.skeletons.forms import ActionForm, DraftForm, HandsForm
from crosslab.workshops.skeletons.suggested import Seed
from crosslab.workshops.skeletons.tables import Skeleton
from crosslab.workshops.tables import Card, Workshop
from crosslab.workshops.why import reason

from .frame import NOTHING, card_in, company_in, note_in, room, shown, theme_in


def case_in(db: Session, actor: Actor, workshop: Workshop, id: UUID) -> Skeleton:
    """A business case of this workshop, for those who may read it."""
    return find_by(db, actor, Skeleton, id=id, workshop_id=workshop.id)


def has(db: Session, actor: Actor, skeleton: Skeleton) -> bool:
    """Whether a business case is somebody's to change."""
    try:
        own_case(db, actor, skeleton)
    except Forbidden:
        return False
    return True


def url_of(workshop: Workshop, skeleton: Skeleton) -> str:
    """The address of a business case."""
    return f"/s/{workshop.no}/cases/{skeleton.id}"


@ask_anyone("/s/{no:str}/cases")
def cases(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    """What the wall suggests, and the business cases somebody may read."""
    workshop = find_by(db, actor, Workshop, no=no, to=Verb.WORKSHOPS_DRAFT)
    context = shown(db, page, workshop)
    return page.show("workshops/cases.html", **context, **suggestions(db, actor, workshop, context["wall"]))


def suggestions(db: Session, actor: Actor, workshop: Workshop, wall: Any) -> dict[str, Any]:
    """Who should talk, with the reason and the notes; the themes by breadth; and what is drafted already."""
    found, harvest = queries.skeletons(db, actor, workshop), queries.harvest(db, workshop)
    own = None if runs(actor, workshop) else _company(db, actor, workshop)
    talks = suggested.talks(wall)
    talks.sort(key=lambda talk: own is not None and own not in {each.id for each in talk.companies})
    themes = sorted(wall.themes, key=lambda each: (-wall.breadth(each), -wall.dots[each.id], each.title))
    return {
        "talks": talks,
        "harvest": [(wall.of[note], could) for note, could in harvest.items() if note in wall.of],
        "carrying": [each for each in themes if wall.by_theme.get(each.id)],
        "found": found,
        "drafted": {each.origin: each for each in found if each.state is not SkeletonState.LET_GO},
        "became": queries.grown(db, found),
        "company": own,
        "reason": reason,
        "complete": outline.completeness,
    }


def _company(db: Session, actor: Actor, workshop: Workshop) -> UUID | None:
    card = queries.card_of(db, actor, workshop)
    return card.company_id if card else None


@do("/s/{no:str}/cases", Verb.WORKSHOPS_DRAFT, public=True)
def draft(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_DRAFT)
    origin = Form(DraftForm, typed, page.words).facts()["origin"]
    made = actions.draft(db, actor, workshop, seed=_seed(db, actor, workshop, origin))
    return page.go(
        url_of(workshop, made), said=N_("The business case is drafted. Say who has it, and by when.")
    )


def _seed(db: Session, actor: Actor, workshop: Workshop, origin: str) -> Seed:
    """What a suggestion rests on now. `Missing` when the wall suggests it no more."""
    kind, _, which = origin.partition(":")
    if kind == "companies":
        wall = queries.wall(db, workshop, names=False)
        found = (talk.seed for talk in suggested.talks(wall) if talk.origin == origin)
        return _there(next(found, None))
    try:
        one = UUID(which)
    except ValueError:
        raise Missing(NOTHING) from None
    if kind == "theme":
        theme = theme_in(db, actor, workshop, one)
        notes = queries.notes_up(db, theme)
        return _there(suggested.of_theme(theme, notes) if notes else None)
    note = note_in(db, actor, workshop, one)
    return _there(
        suggested.of_note(note, queries.harvest(db, workshop).get(one, ()))
        if note.state is NoteState.UP
        else None
    )


def _there(seed: Seed | None) -> Seed:
    if seed is None:
        raise Refused(N_("The wall does not suggest this any more. Look at the suggestions again."))
    return seed


@ask_anyone("/s/{no:str}/cases/{id:uuid}")
def case(db: Db, actor: Who, page: Here, no: Slug, id: Id) -> Response[str]:
    workshop = room(db, actor, no)
    skeleton = case_in(db, actor, workshop, id)
    return page.show("workshops/case.html", **context_of(db, actor, page, workshop, skeleton))


def context_of(
    db: Session, actor: Actor, page: Page, workshop: Workshop, skeleton: Skeleton
) -> dict[str, Any]:
    """All that the pages of a business case show."""
    call = queries.call_of(db, skeleton.id)
    return {
        **shown(db, page, workshop),
        "skeleton": skeleton,
        "at": url_of(workshop, skeleton),
        "mine": has(db, actor, skeleton),
        "insiders": queries.known_people(db, actor, workshop, queries.insiders(db, skeleton)),
        "involved": queries.involved(db, skeleton.id),
        "actions": queries.planned(db, skeleton.id),
        "origin": queries.origin(db, actor, skeleton),
        "became": queries.grown(db, [skeleton])[skeleton.id],
        "call": call,
        "interested": queries.interested(db, actor, call) if call else [],
        "challenge": queries.challenge_of(db, workshop),
        "outline": outline,
        "spoken_of": was_heard(db, skeleton.id, Verb.SESSIONS_BRING_IN),
        "five": asks_the_five(workshop.prompts),
        "action_form": Form(ActionForm, {"company": str(skeleton.company_id)}, page.words),
    }


@ask_anyone("/s/{no:str}/cases/{id:uuid}/edit")
def editing(db: Db, actor: Who, page: Here, no: Slug, id: Id) -> Response[str]:
    workshop = room(db, actor, no)
    skeleton = case_in(db, actor, workshop, id)
    own_case(db, actor, skeleton)
    form = Form(outline.OutlineForm, outline.typed(skeleton, page.locale), page.words)
    return page.show("workshops/develop.html", form=form, **context_of(db, actor, page, workshop, skeleton))


@do("/s/{no:str}/cases/{id:uuid}/edit", Verb.WORKSHOPS_DEVELOP, public=True)
def develop(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop, skeleton = _found(db, actor, no, id)
    form = Form(outline.OutlineForm, typed, page.words)
    context = context_of(db, actor, page, workshop, skeleton)
    with _again(page, form, "develop", {**context, "now": skeleton.version}):
        actions.develop(db, actor, skeleton, **outline.told(form.facts()))
    return page.go(url_of(workshop, skeleton), said=N_("The business case is saved."))


def _found(db: Session, actor: Actor, no: str, id: UUID) -> tuple[Workshop, Skeleton]:
    workshop = room(db, actor, no)
    return workshop, case_in(db, actor, workshop, id)


@contextmanager
def _again(page: Page, form: Form, name: str, context: Mapping[str, Any]) -> Iterator[None]:
    """A refused form of a business case comes back filled in, on its own page."""
    with form.again(page, f"workshops/_{name}.html", f"workshops/{name}.html", **context):
        yield


@ask_anyone("/s/{no:str}/cases/{id:uuid}/hands")
def handing(db: Db, actor: Who, page: Here, no: Slug, id: Id) -> Response[str]:
    workshop, skeleton = _found(db, actor, no, id)
    own_case(db, actor, skeleton)
    context = context_of(db, actor, page, workshop, skeleton)
    typed = {
        "company": str(skeleton.company_id),
        "card": str(skeleton.card_id or ""),
        "companies": [str(each.id) for each in context["involved"]],
        **outline.day_typed("due_on", skeleton.due_on),
    }
    form = Form(HandsForm, typed, page.words)
    return page.show("workshops/hands.html", form=form, people=_people(db, actor, workshop), **context)


def _people(db: Session, actor: Actor, workshop: Workshop) -> list[Card]:
    return queries.known_people(db, actor, workshop, queries.people(db, workshop))


@do("/s/{no:str}/cases/{id:uuid}/hands", Verb.WORKSHOPS_HAND_OVER, public=True)
def hand_over(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop, skeleton = _found(db, actor, no, id)
    form = Form(HandsForm, typed, page.words)
    context = {**context_of(db, actor, page, workshop, skeleton), "people": _people(db, actor, workshop)}
    with _again(page, form, "hands", context):
        facts = form.facts()
        facts["company"] = company_in(db, workshop, facts["company"])
        facts["companies"] = [company_in(db, workshop, each) for each in facts["companies"]]
        facts["card"] = card_in(db, workshop, facts["card"]) if facts["card"] else None
        actions.hand_over(db, actor, skeleton, workshop=workshop, **facts)
    return page.go(_where(db, actor, workshop, skeleton), said=N_("It is saved who has it."))


def _where(db: Session, actor: Actor, workshop: Workshop, skeleton: Skeleton) -> str:
    """Back to the case, or to the list for whoever has just left it."""
    inside = runs(actor, workshop) or queries.sits_in(db, actor, skeleton)
    return url_of(workshop, skeleton) if inside else f"/s/{workshop.no}/cases"


@do("/s/{no:str}/cases/{id:uuid}/actions", Verb.WORKSHOPS_UNDERTAKE, public=True)
def undertake(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop, skeleton = _found(db, actor, no, id)
    form = Form(ActionForm, typed, page.words)
    context = {**context_of(db, actor, page, workshop, skeleton), "action_form": form}
    with form.again(page, "workshops/_undertake.html", "workshops/case.html", **context):
        facts = form.facts()
        company = company_in(db, workshop, facts.pop("company"))
        actions.undertake(db, actor, skeleton, workshop=workshop, company=company, **facts)
    return page.go(f"{url_of(workshop, skeleton)}#plan")


@do("/s/{no:str}/cases/{id:uuid}/actions/{action:uuid}/tick", Verb.WORKSHOPS_TICK_OFF, public=True)
def tick_off(db: Db, actor: Who, page: Here, no: Slug, id: Id, action: Id, typed: Posted) -> Response[Any]:
    workshop, skeleton = _found(db, actor, no, id)
    actions.tick_off(db, actor, skeleton, action=queries.planned_in(db, skeleton, action))
    return page.go(f"{url_of(workshop, skeleton)}#plan")


@do("/s/{no:str}/cases/{id:uuid}/actions/{action:uuid}/drop", Verb.WORKSHOPS_DROP_ACTION, public=True)
def drop_action(db: Db, actor: Who, page: Here, no: Slug, id: Id, action: Id, typed: Posted) -> Response[Any]:
    workshop, skeleton = _found(db, actor, no, id)
    actions.drop_action(db, actor, skeleton, action=queries.planned_in(db, skeleton, action))
    return page.go(f"{url_of(workshop, skeleton)}#plan")


@do("/s/{no:str}/cases/{id:uuid}/let-go", Verb.WORKSHOPS_LET_GO, public=True)
def let_go(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop, skeleton = _found(db, actor, no, id)
    actions.let_go(db, actor, skeleton)
    return page.go(
        url_of(workshop, skeleton), said=N_("The business case is let go. It can be taken up again.")
    )


@do("/s/{no:str}/cases/{id:uuid}/resume", Verb.WORKSHOPS_RESUME, public=True)
def resume(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop, skeleton = _found(db, actor, no, id)
    actions.resume(db, actor, skeleton, workshop=workshop)
    return page.go(url_of(workshop, skeleton), said=N_("The business case is worked on again."))


HANDLERS = [
    cases, draft, case, editing, develop, handing, hand_over, undertake, tick_off, drop_action, let_go, resume,
]  # fmt: skip
