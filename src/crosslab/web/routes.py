"""Two kinds of route: one that asks, one that does. Rooms use nothing else."""

from typing import Any

from litestar import get, post
from litestar.enums import MediaType

from crosslab.rules import Verb

from .languages import LANGUAGES


def ask(path: str, *, public: bool = False, **options: Any) -> get:
    """A page or a fragment. Changes nothing. A public one is served in each language to anyone."""
    paths = [f"/{language.code}{path}".rstrip("/") for language in LANGUAGES] if public else path
    return get(paths, sync_to_thread=True, media_type=MediaType.HTML, opt={"public": public, **options})


def ask_anyone(path: str, **options: Any) -> get:
    """A page without a language in its address that visitors may see: sign in, a calendar file, a feed."""
    return get(path, sync_to_thread=True, media_type=MediaType.HTML, opt={"public": True, **options})


def do(path: str, verb: Verb, *, public: bool = False, **options: Any) -> post:
    """A change. It names its verb, so that the house can check that the door fits the rule."""
    return post(path, status_code=200, sync_to_thread=True, opt={"verb": verb, "public": public, **options})
