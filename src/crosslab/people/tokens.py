"""Tokens that travel in links and cookies. The database holds their SHA-256 alone."""

import hashlib
import secrets


def new_token() -> str:
    """256 random bits, fit for a URL."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What the database may hold of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
