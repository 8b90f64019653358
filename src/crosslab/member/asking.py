"""Secrets come from the terminal or an open file descriptor: never from the command line or the environment."""

import os
import sys
from getpass import getpass

from crosslab.ip_vault.passphrase import tidy

from .stops import Code, Stop, locked

MOST = 4096


def secret(descriptor: int | None, prompt: str) -> str:
    """One line: from the descriptor if one is given, else typed unseen."""
    if descriptor is not None:
        try:
            with os.fdopen(os.dup(descriptor), "rb") as file:
                return file.readline(MOST).decode("utf-8", "replace").strip()
        except OSError as error:
            raise Stop(Code.USAGE, f"There is nothing to read at file descriptor {descriptor}.") from error
    if not sys.stdin.isatty():
        raise locked(f"{prompt} is needed, and there is no terminal to ask at. Give a file descriptor.")
    return getpass(f"{prompt}: ").strip()


def passphrase(descriptor: int | None) -> str:
    """The six words."""
    return tidy(secret(descriptor, "Passphrase (six words)"))


def repeats_end(recovery: str) -> bool:
    """Whether the last eight characters of a printed recovery key are typed as they were shown."""
    typed = "".join(input("Type the last 8 characters of the recovery key: ").split()).upper()
    return typed == recovery[-8:]


def yes(question: str) -> bool:
    """Whether somebody at the terminal says yes."""
    if not sys.stdin.isatty():
        return False
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
