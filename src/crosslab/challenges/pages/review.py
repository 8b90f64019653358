"""The programme manager's review: comments beside steps, back with a reason, or public."""

from typing import Any

from litestar import Response

from crosslab.challenges import actions, brief, queries
from crosslab.challenges.brief import STEPS, path_of
from crosslab.challenges.forms import CommentForm, ReasonForm
from crosslab.challenges.pages.shown import told
from crosslab.challenges.tables import Challenge
from crosslab.core.find import find
from crosslab.rules import N_, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do


@ask("/challenges/{id:uuid}/review")
def review(db: Db, actor: Who, page: Here, id: Id) -> Response[str]:
    challenge = find(db, actor, Challenge, id, to=Verb.CHALLENGES_COMMENT)
    return page.show("challenges/review.html", **_read(db, page, challenge))


def _read(db: Db, page: Page, challenge: Challenge) -> dict[str, Any]:
    """The brief with its comments and empty forms; a refused form takes the place of its empty one."""
    return {
        **told(page, challenge, queries.host(db, challenge)),
        "names": STEPS,
        "gaps": brief.gaps(challenge),
        "comments": queries.comments(db, challenge),
        "documents": queries.documents(db, challenge),
        "form": Form(ReasonForm, None, page.words),
        "blank": Form(CommentForm, None, page.words),
        "blank_reason": Form(ReasonForm, None, page.words),
    }


@do("/challenges/{id:uuid}/comments", Verb.CHALLENGES_COMMENT)
def comment(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    challenge = find(db, actor, Challenge, id, to=Verb.CHALLENGES_COMMENT)
    form = Form(CommentForm, typed, page.words)
    step = str(typed.get("step", ""))
    context = _read(db, page, challenge)
    with form.again(page, "challenges/_comments.html", "challenges/review.html", **context, step=step):
        actions.comment(db, actor, challenge, **form.facts())
    return page.go(f"/challenges/{id}/review#{step}", said=N_("Your comment is added."))


@do("/challenges/{id:uuid}/back", Verb.CHALLENGES_SEND_BACK)
def send_back(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    challenge = find(db, actor, Challenge, id, to=Verb.CHALLENGES_SEND_BACK)
    form = Form(ReasonForm, typed, page.words)
    with form.again(
        page, "challenges/_send_back.html", "challenges/review.html", **_read(db, page, challenge)
    ):
        actions.send_back(db, actor, challenge, **form.facts())
    return page.go("/challenges", said=N_("Sent back. The host sees your reason and your comments."))


@do("/challenges/{id:uuid}/publish", Verb.CHALLENGES_PUBLISH)
def publish(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    challenge = find(db, actor, Challenge, id, to=Verb.CHALLENGES_PUBLISH)
    actions.publish(db, actor, challenge)
    return page.go(page.here(path_of(challenge)), said=N_("Published as {no}."), no=challenge.no)


HANDLERS = [review, comment, send_back, publish]
