"""Headers and tokens: a strict content security policy with a nonce, and proof that a form is ours."""

import base64
import hashlib
import hmac
import secrets

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; "
    "require-trusted-types-for 'script'; trusted-types htmx; report-uri /csp"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def new_nonce() -> str:
    """A nonce for one response."""
    return secrets.token_urlsafe(16)


def headers(app: ASGIApp) -> ASGIApp:
    """Put the security headers on every answer. A handler that set its own policy keeps it."""

    async def with_headers(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableScopeHeaders.from_message(message)
                for name, value in ALWAYS.items():
                    given.setdefault(name, value)
                nonce = scope.get("state", {}).get("nonce") or new_nonce()
                given.setdefault("Content-Security-Policy", POLICY.format(nonce=nonce))
            await send(message)

        await app(scope, receive, send_with if scope["type"] == ScopeType.HTTP else send)

    return with_headers


def csrf_token(secret: str, cookie: str) -> str:
    """A token that only a page made for this cookie can hold; masked anew against guessing by size."""
    mask = secrets.token_bytes(16)
    proof = hmac.digest(secret.encode(), b"csrf" + cookie.encode(), hashlib.sha256)[:16]
    mixed = bytes(a ^ b for a, b in zip(mask, proof, strict=True))
    return base64.urlsafe_b64encode(mask + mixed).decode()


def csrf_holds(secret: str, cookie: str, token: str) -> bool:
    """Whether the token was made for this cookie."""
    try:
        raw = base64.urlsafe_b64decode(token.encode())
    except ValueError:
        return False
    proof = hmac.digest(secret.encode(), b"csrf" + cookie.encode(), hashlib.sha256)[:16]
    mixed = bytes(a ^ b for a, b in zip(raw[:16], raw[16:], strict=False))
    return len(raw) == 32 and hmac.compare_digest(mixed, proof)
