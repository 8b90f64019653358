"""Codes to come in by: six signs that nobody confuses when they are read out."""

import secrets

SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 6


def new_code() -> str:
    """About 29 bits: enough where only open rooms can be guessed at and guessing is slowed."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """What was meant: small letters, spaces and hyphens put right."""
    return "".join(sign for sign in typed.upper() if sign in SIGNS)[:LENGTH]
