"""Refusals told to people: one sentence, in a toast for htmx, on a page for everyone else."""

import logging
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from litestar import Response
from litestar.enums import MediaType
from litestar.exceptions import HTTPException
from litestar.status_codes import (
    HTTP_404_NOT_FOUND,
    HTTP_405_METHOD_NOT_ALLOWED,
    HTTP_413_REQUEST_ENTITY_TOO_LARGE,
    HTTP_429_TOO_MANY_REQUESTS,
)
from litestar.types import ExceptionHandlersMap
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from crosslab.core.actor import NOBODY_YET
from crosslab.core.db import session
from crosslab.core.errors import Missing, No, Refused, SignedOut
from crosslab.rules import N_

from .forms import Again
from .given import meant_by
from .page import Asked, Page

log = logging.getLogger(__name__)
Telling = Callable[[Asked, Any], Response[Any]]

TOLD = {
    HTTP_404_NOT_FOUND: N_("There is nothing here, or it is not for you to see."),
    HTTP_405_METHOD_NOT_ALLOWED: N_("There is nothing here, or it is not for you to see."),
    HTTP_413_REQUEST_ENTITY_TOO_LARGE: N_("What you sent is too large. Choose a smaller file."),
}


def say_no(request: Asked, no: No) -> Response[Any]:
    """A refusal in the reader's language, with the status that belongs to it, and when to come back.

    Nobody keeps it: what is not there yet, such as the register's next tile, may be there a moment later.
    """
    answer = _told(request, no)
    answer.headers.setdefault("Cache-Control", "no-store")
    answer.headers.update(no.headers)
    if no.status == HTTP_429_TOO_MANY_REQUESTS and "seconds" in no.facts:
        answer.headers["Retry-After"] = str(no.facts["seconds"])
    return answer


def _told(request: Asked, no: No) -> Response[Any]:
    page = _page(request)
    scope: Mapping[str, Any] = request.scope  # without a handler when no route was found
    if page.for_script or ("route_handler" in scope and request.route_handler.opt.get("json")):
        return _as_json(page, no)
    if isinstance(no, Again):
        return page.show(no.template, status=no.status, **no.context)
    if isinstance(no, SignedOut) and request.method == "GET" and not page.is_part:
        return page.go(f"/sign-in?next={quote(_asked_for(request))}")
    status = 422 if no.field else no.status
    told = page.say(no.text, **no.facts)
    if page.is_part:
        answer = page.part("errors/_refusal.html", status=status, told=told)
        answer.headers["HX-Reswap"] = "none"
        return answer
    return page.show(f"errors/{_frame(status)}.html", status=status, told=told)


def _as_json(page: Page, no: No) -> Response[Any]:
    """The same for a program: a code and the sentence, and whatever else the refusal knows to say."""
    code = type(no).__name__.lower()
    more = {name: value for name, value in vars(no).items() if name in {"head", "size", "reason"}}
    told = {"error": code, "sentence": _first_of(no) or page.say(no.text, **no.facts), **more}
    return Response(told, status_code=422 if no.field else no.status, media_type=MediaType.JSON)


def _first_of(no: No) -> str:
    """What a form that comes back says first: a script shows one sentence."""
    form = no.context.get("form") if isinstance(no, Again) else None
    return next(iter(form.errors.values()), form.trouble) if form else ""


def _frame(status: int) -> int:
    return status if status in {401, 403, 404, 409, 410, 413, 422} else 409


def say_lost(request: Asked, lost: StaleDataError | IntegrityError) -> Response[Any]:
    """Two people at once: the second is told."""
    return say_no(request, meant_by(lost))


def say_odd(request: Asked, _odd: DataError) -> Response[Any]:
    """An address that no database can look for: a zero byte, a number beyond all numbers."""
    return say_no(request, Missing(TOLD[HTTP_404_NOT_FOUND]))


def say_http(request: Asked, trouble: HTTPException) -> Response[Any]:
    """The framework's own refusals, in our words."""
    text = TOLD.get(
        trouble.status_code, N_("This request cannot be understood. Go back and try it from the page.")
    )
    no = Missing(text) if trouble.status_code in {404, 405} else Refused(text)
    no.status = trouble.status_code if trouble.status_code != 405 else 404
    return say_no(request, no)


def say_sorry(request: Asked, bug: Exception) -> Response[Any]:
    """A bug: a reference for the person, the trace for us, nothing saved."""
    reference = uuid4().hex[:8]
    log.error("a request broke", extra={"reference": reference, "path": request.url.path}, exc_info=bug)
    page = _page(request)
    if page.db:
        page.db.close()
    page.db = None
    if page.is_part:
        return page.part("errors/_refusal.html", status=500, told=page.say(SORRY, reference=reference))
    return page.show("errors/500.html", status=500, told=page.say(SORRY, reference=reference))


SORRY = N_("Something broke on our side and nothing was saved. Tell us this reference: {reference}.")


def _page(request: Asked) -> Page:
    """The page of the request, or a visitor's page when the request did not get that far."""
    page: Page | None = request.state.get("page")
    return page or Page.of(request, NOBODY_YET)


def _asked_for(request: Asked) -> str:
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def _apart(tell: Telling) -> Telling:
    """Tell it apart from the transaction that was refused, which is over before and leaves nothing open after.

    The page may read once more, to count the notices; an open transaction would keep everybody else from
    writing, and one that a database has given up answers no more questions.
    """

    def told(request: Asked, trouble: Any) -> Response[Any]:
        page: Page | None = request.state.get("page")
        if page is None or page.db is None:
            return tell(request, trouble)
        page.db.close()
        with session(page.door.engine, read_only=True) as page.db:
            return tell(request, trouble)

    return told


HANDLERS: ExceptionHandlersMap = {
    No: _apart(say_no),
    StaleDataError: _apart(say_lost),
    IntegrityError: _apart(say_lost),
    DataError: _apart(say_odd),
    HTTPException: _apart(say_http),
    Exception: say_sorry,
}
