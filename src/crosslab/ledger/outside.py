"""Asking machines of others, witnesses and time-stamping authorities: never trusted, never waited for long."""

from dataclasses import dataclass
from time import monotonic

import httpx

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
        with (
            httpx.Client(timeout=SECONDS / 2, follow_redirects=False) as client,
            client.stream("POST", url, content=body, headers=headers) as answer,
        ):
            read = b""
            for piece in answer.iter_raw():
                read += piece
                if len(read) > MOST or monotonic() > until:
                    raise Unreachable("the answer is too long or too slow")
            return Told(answer.status_code, answer.headers.get("content-type", ""), read)
    except (httpx.HTTPError, httpx.InvalidURL) as trouble:
        raise Unreachable(f"{type(trouble).__name__}: {trouble}") from trouble
