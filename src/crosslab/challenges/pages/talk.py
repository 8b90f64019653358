"""Questions, answers and news."""

from typing import Any

from litestar import Response

from crosslab.challenges import actions, queries
from crosslab.challenges.brief import path_of
from crosslab.challenges.forms import AnswerForm, QuestionForm, UpdateForm
from crosslab.challenges.pages.running import managed
from crosslab.challenges.pages.shown import shown
from crosslab.challenges.tables import Challenge
from crosslab.core.find import find
from crosslab.people.tables import Organisation
from crosslab.rules import N_, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Who
from crosslab.web.routes import do


@do("/challenges/{id:uuid}/questions", Verb.CHALLENGES_ASK)
def ask(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    challenge = find(db, actor, Challenge, id)
    form, host = Form(QuestionForm, typed, page.words), queries.host(db, challenge)
    around = shown(db, page, challenge, host)
    with form.again(page, "challenges/_ask.html", "challenges/show.html", **around):
        facts = form.facts()
        named = find(db, actor, Organisation, facts["named"]) if facts["named"] else None
        actions.ask(db, actor, challenge, text=facts["text"], named=named)
    return page.go(f"{page.here(path_of(challenge))}#questions", said=N_("Your question is public now."))


@do("/challenges/{id:uuid}/questions/{question:uuid}/answer", Verb.CHALLENGES_ANSWER)
def answer(db: Db, actor: Who, page: Here, id: Id, question: Id, typed: Posted) -> Response[Any]:
    challenge = find(db, actor, Challenge, id, to=Verb.CHALLENGES_ANSWER)
    asked = queries.question(db, challenge, question)
    form = Form(AnswerForm, typed, page.words)
    context = {**managed(db, actor, page, challenge), "asked": asked}
    with form.again(page, "challenges/_answer.html", "challenges/manage.html", **context):
        actions.answer(db, actor, challenge, question=asked, **form.facts())
    return page.go(f"/challenges/{id}#questions", said=N_("The answer is public now."))


@do("/challenges/{id:uuid}/updates", Verb.CHALLENGES_TELL)
def tell(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    challenge = find(db, actor, Challenge, id, to=Verb.CHALLENGES_TELL)
    form = Form(UpdateForm, typed, page.words)
    context = managed(db, actor, page, challenge)
    with form.again(page, "challenges/_tell.html", "challenges/manage.html", **context):
        actions.tell(db, actor, challenge, **form.facts())
    return page.go(f"/challenges/{id}", said=N_("The update is public, and followers are told."))


HANDLERS = [ask, answer, tell]
