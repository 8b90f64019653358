"""What came of it: the results, and what can be taken away of them: PDF, CSV, JSON."""

from typing import Any

from litestar import Response
from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.core.errors import Missing
from crosslab.rules import N_, Verb
from crosslab.web.given import Db, Here, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask_anyone, ask_json
from crosslab.workshops.after import files, report
from crosslab.workshops.after import queries as after
from crosslab.workshops.after.story import Story, story
from crosslab.workshops.after.telling import FIRST_PAIRS, FIRST_TRIOS
from crosslab.workshops.tables import Workshop
from crosslab.workshops.why import reason

from .frame import room, shown

NOT_YET = N_("The results of this workshop are not published, or they are for those who were there.")


@ask_anyone("/s/{no:str}/results")
def results(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    """Figures, themes, who should talk, who tied to whom, what is next."""
    return page.show(
        "workshops/results.html",
        reason=reason,
        firsts=(FIRST_PAIRS, FIRST_TRIOS),
        **_told(db, actor, page, no),
    )


def _told(db: Session, actor: Actor, page: Page, no: str) -> dict[str, Any]:
    workshop = room(db, actor, no)
    told = story_for(db, actor, workshop)
    return {**shown(db, page, workshop), "told": told, "picture_of": told.picture, "results": told.results}


def story_for(db: Session, actor: Actor, workshop: Workshop) -> Story:
    """What came of a workshop, as far as it is for these eyes: the words of notes for those who were there alone."""
    found, runs = after.results_for(db, actor, workshop), actor.may(Verb.WORKSHOPS_SUM_UP, workshop)
    if found is None and not runs:
        raise Missing(NOT_YET)
    return story(db, actor, workshop, found, words=actor.may(Verb.WORKSHOPS_TIE, workshop))


@ask_anyone("/s/{no:str}/report.pdf")
def printed(db: Db, actor: Who, page: Here, no: Slug) -> Response[bytes]:
    """The report on paper, in the reader's language."""
    told = story_for(db, actor, room(db, actor, no))
    made = report.pdf(told, page.words, page.settings.origin, page.door.papers)
    return files.sent(made, "application/pdf", f"report-{no}.pdf", inline=True)


@ask_anyone("/s/{no:str}/notes.csv")
def notes_file(db: Db, actor: Who, page: Here, no: Slug) -> Response[bytes]:
    """Every note as a table: for those who were there, with names unless they are hidden."""
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_TIE)
    told = story_for(db, actor, workshop)
    names = files.names(db, workshop)
    return files.sent(files.table(told, names), "text/csv; charset=utf-8", f"notes-{workshop.no}.csv")


@ask_json("/s/{no:str}/results.json", public=True)
def results_file(db: Db, actor: Who, no: Slug) -> dict[str, Any]:
    """The results for programs; its shape is `crosslab-results-1`."""
    workshop = room(db, actor, no)
    return files.told(story_for(db, actor, workshop))


HANDLERS = [results, printed, notes_file, results_file]
