"""The files of a summary: added and removed by those who run the session, taken along by everybody else."""

from typing import Any
from urllib.parse import quote

from litestar import Response
from litestar.params import FromQuery
from litestar.response import Stream
from sqlmodel import Session

from crosslab.challenges import documents
from crosslab.core.errors import Missing
from crosslab.rules import N_, Verb
from crosslab.sessions import actions
from crosslab.sessions.seats import with_sessions
from crosslab.sessions.tables import OpenSession
from crosslab.sessions.voices import papers
from crosslab.sessions.voices.forms import FileForm
from crosslab.sessions.voices.wordings import LICENCES
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, ask_anyone, do
from crosslab.web.uploads import sent

from .voices import session_of

SAFE = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}


@ask("/o/{no:str}/files")
def session_files(db: Db, actor: Who, page: Here, no: Slug) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_ATTACH)
    form = Form(FileForm, {"licence": "cc-by-4.0"}, page.words)
    return page.show("sessions/files.html", form=form, **_list(db, page, session))


def _list(db: Session, page: Page, session: OpenSession) -> dict[str, Any]:
    page.context_name = session.title
    return {
        "session": session,
        "papers": papers.papers_of(db, session),
        "out": papers.shown_after(db, session)[0] is not None,
        "names": {key: page.say(each.title) for key, each in LICENCES.items()},
        "licences": [(key, page.say(each.title), page.say(each.means)) for key, each in LICENCES.items()],
    }


@do("/o/{no:str}/files", Verb.SESSIONS_ATTACH)
def attach(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_ATTACH)
    form, files = Form(FileForm, typed, page.words), page.door.files
    with form.again(page, "sessions/_file.html", "sessions/files.html", **_list(db, page, session)):
        facts, upload = form.facts(), sent(typed, documents.MOST_BYTES)
        paper = documents.prepare(upload.name if upload else "", upload.content if upload else b"")
        actions.attach(db, actor, session, files=files, paper=paper, **facts)
    return page.go(f"/o/{session.no}/files", said=N_("The file is added."))


@do("/o/{no:str}/files/{id:uuid}/remove", Verb.SESSIONS_DETACH)
def detach(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_DETACH)
    found = papers.paper_in(db, session, id)
    actions.detach(db, actor, session, file=found, files=page.door.files)
    return page.go(f"/o/{session.no}/files", said=N_("The file is removed."))


@ask_anyone("/o/files/{id:uuid}")
def session_file(db: Db, actor: Who, page: Here, id: Id, key: FromQuery[str] = "") -> Stream:
    """The file itself. The link in a letter opens it also where only guests see the session."""
    found = papers.paper(db, with_sessions(db, actor, key) if key else actor, id)
    if page.door.files.size(found.key) is None:
        raise Missing(papers.NOTHING)
    named = f"attachment; filename*=UTF-8''{quote(documents.file_name(found.title, found.key))}"
    headers = {**SAFE, "Content-Disposition": named, "Content-Length": str(found.size)}
    return Stream(page.door.files.stream(found.key), media_type=found.media_type, headers=headers)


HANDLERS = [session_files, attach, detach, session_file]
