"""One line to a server: asking it, being patient when it breaks, and what its refusals mean."""

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx

from .stops import Code, Stop, locked

COOKIE = "crosslab"
UA = "crosslab-vault/1"
AGAIN = {502, 503, 504}
MOST_ANSWER = 64 << 20  # bytes of anything that is not a sealed file
HALTED = "halted"  # what a register calls it that vouches for nothing, as after a restored backup
NONSENSE = "This is no Crosslab server, or it answers nonsense."


class Line:
    """One server, and our session with it."""

    def __init__(self, url: str, token: str, *, tries: int = 5, patience: float = 30) -> None:
        self.url, self.tries, self.csrf = url.rstrip("/"), tries, ""
        self.patience = patience
        self.client = httpx.Client(
            base_url=self.url,
            cookies={COOKIE: token} if token else None,
            headers={"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": UA},
            timeout=patience,
            trust_env=False,
        )

    def proof(self) -> dict[str, str]:
        """What says that a change comes from us."""
        return {"X-CSRF": self.csrf}

    def patiently(self) -> Iterator[int]:
        """How many tries are left, with a growing pause between them."""
        for done in range(self.tries):
            pause(done)
            yield self.tries - done - 1

    def get(self, path: str) -> bytes:
        """What is there. Raises `Stop` when there is nothing, or nothing for us."""
        return self.accept(self.ask("GET", path))

    def look(self, path: str) -> bytes | None:
        """What is there, or None."""
        answer = self.ask("GET", path)
        return None if answer.status_code == 404 else self.accept(answer)

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """One answer. A GET is asked again when the line breaks; a change never by itself."""
        for left in self.patiently():
            try:
                answer = self.client.request(method, path, **more)
            except httpx.TransportError as error:
                if not left or method == "POST":
                    raise unreachable(error) from error
                continue
            if answer.status_code not in AGAIN or not left or method == "POST":
                return answer
        raise Stop(Code.NETWORK, "The server does not answer.")

    def accept(self, answer: httpx.Response) -> bytes:
        """The answer's bytes. Raises `Stop` with the server's sentence when it is a refusal."""
        if answer.is_success and len(answer.content) <= MOST_ANSWER:
            return answer.content
        raise refusal(answer)

    def json(self, data: bytes) -> dict[str, Any]:
        """The object that an answer is."""
        try:
            told = json.loads(data)
        except ValueError as error:
            raise Stop(Code.NETWORK, NONSENSE) from error
        return told if isinstance(told, dict) else {}


def pause(done: int, least: float = 0) -> None:
    """Waits before the next try, longer after each; not before the first."""
    if done:
        time.sleep(max(least, min(8.0, 0.25 * 2**done)))


def refusal(answer: httpx.Response) -> Stop:
    """What the server's refusal means here: its sentence as it came, and our number."""
    told = told_by(answer)
    sentence = str(told.get("sentence") or f"The server answered {answer.status_code}.")
    if answer.status_code == 401:
        return locked("Your session has ended. Sign in again: crosslab vault login")
    if answer.status_code == 404:
        return Stop(Code.NOTHING, sentence)
    if answer.status_code >= 500 or answer.status_code in (301, 302, 303, 307, 308, 429):
        return Stop(Code.NETWORK, sentence, HALTED if told.get("error") == HALTED else "")
    return Stop(Code.REFUSED, sentence, str(told.get("reason", "")))


def unreachable(error: httpx.TransportError) -> Stop:
    """That nobody answered."""
    return Stop(Code.NETWORK, f"The server cannot be reached ({type(error).__name__}). Try again.")


def told_by(answer: httpx.Response) -> dict[str, Any]:
    """What an answer says in JSON, if it does."""
    try:
        told = json.loads(answer.content)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
