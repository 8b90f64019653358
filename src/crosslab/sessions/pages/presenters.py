"""Who presents beside the host: the host's list, and the organisation's answer."""

from typing import Any

from litestar import Response
from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.core.find import find, find_by
from crosslab.people.tables import Organisation
from crosslab.rules import N_, PRESENTER, Verb
from crosslab.sessions import actions
from crosslab.sessions.tables import OpenSession
from crosslab.sessions.voices import presenting
from crosslab.sessions.voices.forms import PresenterForm
from crosslab.sessions.voices.presenters import Presenter
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do

from .leads import house_of
from .voices import session_of


@ask("/o/{no:str}/presenters")
def presenters(db: Db, actor: Who, page: Here, no: Slug) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_ASK_PRESENTER)
    form = Form(PresenterForm, {}, page.words)
    return page.show("sessions/presenters.html", form=form, **_list(db, actor, page, session))


def _list(db: Session, actor: Actor, page: Page, session: OpenSession) -> dict[str, Any]:
    page.context_name = session.title
    return {
        "session": session,
        "rows": presenting.of_session(db, actor, session),
        "choices": presenting.choices(db, actor, session),
        "state_names": PRESENTER.names,
    }


@do("/o/{no:str}/presenters", Verb.SESSIONS_ASK_PRESENTER)
def ask_presenter(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_ASK_PRESENTER)
    form = Form(PresenterForm, typed, page.words)
    context = _list(db, actor, page, session)
    with form.again(page, "sessions/_ask_presenter.html", "sessions/presenters.html", **context):
        house = find(db, actor, Organisation, form.facts()["organisation"])
        actions.ask_presenter(db, actor, session, organisation=house)
    said = N_("{name} is asked. Guests can leave it their address once it has agreed.")
    return page.go(f"/o/{session.no}/presenters", said=said, name=house.name)


@do("/o/{no:str}/presenters/{id:uuid}/drop", Verb.SESSIONS_DROP_PRESENTER)
def drop_presenter(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    session = session_of(db, actor, no, to=Verb.SESSIONS_DROP_PRESENTER)
    presenter = find_by(db, actor, Presenter, id=id, session_id=session.id)
    actions.drop_presenter(db, actor, session, presenter=presenter)
    return page.go(f"/o/{session.no}/presenters", said=N_("It is off the list."))


def _asked(db: Session, actor: Actor, page: Page, slug: str, id: Id) -> tuple[Presenter, OpenSession]:
    """What an organisation was asked, for its own people; the session need not be published yet."""
    house = house_of(db, actor, page, slug)
    presenter = find_by(db, actor, Presenter, id=id, organisation_id=house.id)
    found = [each.session for each in presenting.of_house(db, actor, house) if each.presenter.id == id]
    return presenter, found[0] if found else find(db, actor, OpenSession, presenter.session_id)


@do("/organisations/{slug:str}/presenting/{id:uuid}/agree", Verb.SESSIONS_AGREE_PRESENTING)
def agree_presenting(db: Db, actor: Who, page: Here, slug: Slug, id: Id, typed: Posted) -> Response[Any]:
    presenter, session = _asked(db, actor, page, slug, id)
    actions.agree_presenting(db, actor, presenter, session=session)
    said = N_("You present. Addresses that guests leave with you come here, and to nobody else.")
    return page.go(f"/organisations/{slug}/leads", said=said)


@do("/organisations/{slug:str}/presenting/{id:uuid}/decline", Verb.SESSIONS_DECLINE_PRESENTING)
def decline_presenting(db: Db, actor: Who, page: Here, slug: Slug, id: Id, typed: Posted) -> Response[Any]:
    presenter, session = _asked(db, actor, page, slug, id)
    actions.decline_presenting(db, actor, presenter, session=session)
    return page.go(f"/organisations/{slug}/leads", said=N_("You do not present. The host reads it."))


HANDLERS = [presenters, ask_presenter, drop_presenter, agree_presenting, decline_presenting]
