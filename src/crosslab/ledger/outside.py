"""Asking machines of others, witnesses and time-stamping authorities: never trusted, never waited for long."""

from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from time import monotonic
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

SECONDS = 10.0
MOST = 65_536


class Unreachable(Exception):
    """Whoever was asked did not answer, or not in time, or too much."""


@dataclass(frozen=True)
class Told:
    """An answer: its status, what kind of body it says it has, and the body."""

    status: int
    media_type: str
    body: bytes


def post(url: str, body: bytes, media_type: str) -> Told:
    """Send bytes and read at most `MOST` of the answer, in at most `SECONDS` altogether. Raises `Unreachable`."""
    until = monotonic() + SECONDS
    headers = {"content-type": media_type, "accept-encoding": "identity"}
    try:
        with _asked(Request(url, body, headers)) as answer:  # noqa: S310 - http or https: whoever has a url saw to it
            read = b""
            while piece := answer.read1(MOST):
                read += piece
                if len(read) > MOST or monotonic() > until:
                    raise Unreachable("the answer is too long or too slow")
            return Told(answer.status or 0, answer.headers.get("content-type", ""), read)
    except (OSError, HTTPException, ValueError) as trouble:
        why = trouble.reason if isinstance(trouble, URLError) else trouble
        raise Unreachable(f"{type(why).__name__}: {why}") from trouble


class _Straight(HTTPRedirectHandler):
    """Nobody else is asked instead."""

    def redirect_request(self, *_args: Any) -> None:
        """What points elsewhere is an answer as it stands."""


def _asked(request: Request) -> HTTPResponse | HTTPError:
    """The answer, whatever its status."""
    try:
        answer: HTTPResponse = build_opener(_Straight).open(request, timeout=SECONDS / 2)
    except HTTPError as refusal:
        return refusal
    return answer
