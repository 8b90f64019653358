"""Where a person may be sent next: only to a path of this house."""

import re

_PATH = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f\x7f]{0,399}")


def inside(path: str, otherwise: str) -> str:
    """`path` when it stays in this house, so that no link of ours leads people elsewhere."""
    return path if path == "/" or _PATH.fullmatch(path) else otherwise
