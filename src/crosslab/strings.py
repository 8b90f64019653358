"""The catalogues: one file a room and language, brought up to date from code and templates."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from crosslab.core.paths import HOME, LOCALES, TEMPLATES
from crosslab.ip_vault.replay import SENTENCES

LANGUAGES = ("de", "nb")
PACKAGE = Path(__file__).parent
FLOORS = {"layouts": "web", "parts": "web", "errors": "web", "styleguide": "web", "mail": "mail"}
WORDS = {"_": None, "N_": None, "ngettext": (1, 2), "t": None, "tn": (1, 2)}

Found = dict[str | tuple[str, str], list[tuple[str, int]]]


def found() -> dict[str, Found]:
    """Every marked sentence, by room; the vault, which knows nothing of catalogues, says its refusals in one table."""
    rooms: dict[str, Found] = {}
    for path, method in _sources():
        with path.open("rb") as source:
            for line, sentence, _comments, _context in extract(
                method, source, WORDS, options=_options(method)
            ):
                if sentence:
                    key = (sentence[0], sentence[1]) if isinstance(sentence, tuple) else sentence
                    places = rooms.setdefault(_room(path), {}).setdefault(key, [])
                    places.append((str(path.relative_to(HOME)), line))
    for sentence in SENTENCES.values():
        rooms.setdefault("ledger", {}).setdefault(sentence, [("src/crosslab/ip_vault/replay/refusals.py", 0)])
    return rooms


def _sources() -> Iterator[tuple[Path, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, "python"
    for path in sorted([*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt"), *TEMPLATES.rglob("*.xml")]):
        yield path, "jinja2.ext:babel_extract"
    for path in sorted((HOME / "assets" / "vault").rglob("*.ts*")):
        yield path, "javascript"


def _options(method: str) -> dict[str, str]:
    if method == "javascript":
        return {"parse_template_string": "false", "jsx": "true"}
    return {"trimmed": "true", "silent": "false"} if method.startswith("jinja2") else {}


def _room(path: Path) -> str:
    if TEMPLATES in path.parents:
        folder = path.relative_to(TEMPLATES).parts[0]
        return FLOORS.get(folder, folder)
    if PACKAGE in path.parents:
        parts = path.relative_to(PACKAGE).parts
        return parts[0] if len(parts) > 1 else "roof"
    return "vault"


def update() -> list[str]:
    """Write every catalogue anew, keeping what is translated and dropping what is no longer said."""
    for room, sentences in found().items():
        for language in LANGUAGES:
            _write(LOCALES / language / f"{room}.po", language, sentences)
    return [f"{line}" for line in check()]


def _write(path: Path, language: str, sentences: Found) -> None:
    known = _known(path, language)
    made = Catalog(locale=language, fuzzy=False, project="Crosslab", charset="utf-8")
    for key in sorted(sentences, key=str):
        places = sorted({(source, 0) for source, _ in sentences[key]})
        made.add(key, known.get(key), locations=places)
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    write_po(out, made, width=110, omit_header=True, sort_output=False, include_lineno=False)
    path.write_bytes(out.getvalue())


def _known(path: Path, language: str) -> dict[str | tuple[str, str], str | tuple[str, ...]]:
    if not path.exists():
        return {}
    catalogue = read_po(io.BytesIO(path.read_bytes()), locale=language)
    return {_key(m.id): _said(m.string) for m in catalogue if m.id}


def _key(id: str | list[str] | tuple[str, ...]) -> str | tuple[str, str]:
    return (id[0], id[1]) if isinstance(id, list | tuple) else id


def _said(text: str | list[str] | tuple[str, ...] | None) -> str | tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else text or ""


def check() -> list[str]:
    """What is missing: a sentence for every room and language without its translation."""
    missing = []
    for room, sentences in sorted(found().items()):
        for language in LANGUAGES:
            known = _known(LOCALES / language / f"{room}.po", language)
            for key, places in sentences.items():
                said = known.get(key)
                if not said or (isinstance(said, tuple) and not all(said)):
                    missing.append(f"{language}/{room}.po has no words for {key!r} ({places[0][0]})")
    return missing
