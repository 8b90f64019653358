"""Two kinds of route, one that asks and one that does: for pages, for programs, for streams. Rooms use nothing else."""

from typing import Any

from litestar import Litestar, delete, get, head, post
from litestar.enums import HttpMethod, MediaType
from litestar.handlers import HTTPRouteHandler
from litestar.utils.sync import AsyncCallable

from crosslab.rules import Verb

from .languages import LANGUAGES


class EachLanguage(HTTPRouteHandler):
    """One handler at several addresses. It is registered once for each, and handed to the worker thread once."""

    def on_registration(self, app: Litestar) -> None:
        if not isinstance(self.fn, AsyncCallable):
            super().on_registration(app)


def ask(path: str, *, public: bool = False, **options: Any) -> HTTPRouteHandler:
    """A page or a fragment. Changes nothing. A public one is served in each language to anyone."""
    paths = [f"/{language.code}{path}".rstrip("/") for language in LANGUAGES] if public else path
    return EachLanguage(
        paths,
        http_method=HttpMethod.GET,
        sync_to_thread=True,
        media_type=MediaType.HTML,
        opt={"public": public, **options},
    )


def ask_anyone(path: str, **options: Any) -> get:
    """A page without a language in its address that visitors may see: sign in, a calendar file, a feed."""
    return get(path, sync_to_thread=True, media_type=MediaType.HTML, opt={"public": True, **options})


def do(path: str, verb: Verb, *, public: bool = False, **options: Any) -> post:
    """A change. It names its verb, so that the house can check that the door fits the rule."""
    return post(path, status_code=200, sync_to_thread=True, opt={"verb": verb, "public": public, **options})


def ask_json(path: str | list[str], *, public: bool = False, **options: Any) -> HTTPRouteHandler:
    """An answer for a program: a dict, told in JSON, refusals too. Possibly at several addresses."""
    return EachLanguage(
        path,
        http_method=HttpMethod.GET,
        sync_to_thread=True,
        opt={"public": public, "json": True, **options},
    )


def do_json(path: str, verb: Verb, **options: Any) -> post:
    """A change asked for by a program."""
    return post(path, status_code=200, sync_to_thread=True, opt={"verb": verb, "json": True, **options})


def ask_how_far(path: str) -> head:
    """How far something has come that is handed in by parts: an answer of headers alone."""
    return head(path, status_code=204, sync_to_thread=True, opt={"json": True})


def hand_in(path: str, verb: Verb, *, in_parts: bool = False, **options: Any) -> HTTPRouteHandler:
    """Bytes handed in as a stream, whole (PUT) or `in_parts` too (PATCH).

    The handler is async, holds no transaction as it receives, and declares `csrf`.
    """
    return HTTPRouteHandler(
        path,
        http_method=[HttpMethod.PUT, HttpMethod.PATCH] if in_parts else HttpMethod.PUT,
        status_code=201,
        opt={"verb": verb, "json": True, "streams": True, **options},
    )


def take_away(path: str, verb: Verb, **options: Any) -> delete:
    """Something removed by a program."""
    return delete(path, status_code=204, sync_to_thread=True, opt={"verb": verb, "json": True, **options})


def hear(path: str, most: int) -> post:
    """What a machine sends by itself, a browser's report or a witness's line: nobody's doing, so without a verb.

    Whatever is believed of it must be proven by what it says. At most so many bytes.
    """
    return post(path, status_code=204, request_max_body_size=most, opt={"report": True, "public": True})
