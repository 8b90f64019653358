"""Pages on paper: PDF/UA-1, tagged, in our own fonts alone. The same facts always make the same bytes."""

import json
from pathlib import Path
from typing import Any

from .aside import aside

TYPESETTER = Path(__file__).with_name("typesetter.py")


def pdf(template: Path, facts: Any, *fonts: Path) -> bytes:
    """The template filled with the facts, none of which is read as markup. Raises `Cannot` with what is wrong."""
    asked = {
        "template": str(template),
        "facts": json.dumps(facts, ensure_ascii=False),
        "fonts": [str(folder) for folder in fonts],
    }
    return aside(TYPESETTER, json.dumps(asked).encode())
