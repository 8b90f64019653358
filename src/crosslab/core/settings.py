"""Everything that differs between one house and another, from the environment, prefix `CROSSLAB_`."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any


class Unfit(ValueError):
    """A setting is missing or cannot be right; the sentence says which and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one running house. Secrets are never logged: `repr` leaves them out."""

    database: str = "sqlite:///var/crosslab.sqlite"
    files: str = "file:var/files"
    secret: str = ""
    log_key: str = "var/log.key"
    origin: str = "http://127.0.0.1:8000"
    log_origin: str = "crosslab.local/log1"
    witnesses: str = ""
    tsa: str = ""
    demo: bool = False
    worker: bool = True
    smtp: str = ""
    mail_from: str = "Crosslab <crosslab@localhost>"
    threads: int = 16
    log_level: str = "info"
    upload_limit: int = 104_857_600
    s3_endpoint: str = ""
    s3_key: str = ""
    s3_secret: str = ""
    s3_region: str = "us-east-1"

    def __repr__(self) -> str:
        return f"Settings(origin={self.origin!r}, demo={self.demo})"

    @property
    def secure(self) -> bool:
        """Whether people reach the house over TLS, so that cookies may say so."""
        return self.origin.startswith("https://")


def settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings. Raises `Unfit` with a sentence when one cannot be right."""
    given = os.environ if environ is None else environ
    values = {f.name: given[key] for f in fields(Settings) if (key := f"CROSSLAB_{f.name.upper()}") in given}
    read: dict[str, Any] = {name: _as(name, text) for name, text in values.items()}
    made = Settings(**read)
    if made.secret:
        return made
    if not made.demo and made.secure:
        raise Unfit("CROSSLAB_SECRET is missing. Set it to 32 random characters or more and keep it.")
    return Settings(**{**{f.name: getattr(made, f.name) for f in fields(made)}, "secret": _kept_secret()})


def _as(name: str, text: str) -> str | int | bool:
    kind = type(getattr(Settings(), name))
    if kind is bool:
        if text.lower() not in {"0", "1", "true", "false", "yes", "no"}:
            raise Unfit(f"CROSSLAB_{name.upper()} must be 1 or 0, not “{text}”.")
        return text.lower() in {"1", "true", "yes"}
    if kind is int:
        if not text.isdigit():
            raise Unfit(f"CROSSLAB_{name.upper()} must be a whole number, not “{text}”.")
        return int(text)
    return text


def _kept_secret() -> str:
    """On one's own machine the secret is made once and kept in a file that only its owner may read."""
    path = Path("var/secret")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32))
    return path.read_text().strip()
