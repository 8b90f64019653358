"""The funding programmes we know, read once from the reference data. Pure: it decides nothing and stores nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

REFERENCE = Path(__file__).parent / "reference" / "funding_programmes.yaml"
SCHEMA = REFERENCE.with_name("funding_programmes.schema.json")


class DuplicateKey(ValueError):
    """A mapping names one key twice; which of the two is meant nobody can know."""


class _Strict(yaml.SafeLoader):
    """YAML that refuses duplicate keys instead of quietly taking the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        named = [key.value for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
        twice = sorted({name for name in named if named.count(name) > 1})
        if twice:
            raise DuplicateKey(f"{twice[0]} is there twice, line {node.start_mark.line + 1}")
        return super().construct_mapping(node, deep)


@dataclass(frozen=True)
class Source:
    """Where a fact comes from."""

    kind: str
    title: str
    url: str


@dataclass(frozen=True)
class SchemeRule:
    """One rule of a programme. `facts` are what its kind needs; `text` is the compiler's note in English."""

    id: str
    kind: str
    severity: str
    confidence: str
    as_of: str
    text: str
    source: Source
    facts: Mapping[str, Any]
    country: str = ""


@dataclass(frozen=True)
class Scheme:
    """A funding programme as its funder runs it: who may ask for what, and how sure we are."""

    id: str
    name: str
    funder: str
    country: str
    instrument: str
    currency: str
    status: str
    status_note: str
    url: str
    begins: date | None
    ends: date | None
    phases: tuple[str, ...]
    rules: tuple[SchemeRule, ...]

    @property
    def national(self) -> tuple[SchemeRule, ...]:
        """The rules that hold for partners of one country only."""
        return tuple(rule for rule in self.rules if rule.country)

    @property
    def common(self) -> tuple[SchemeRule, ...]:
        """The rules that hold for all."""
        return tuple(rule for rule in self.rules if not rule.country)


@dataclass(frozen=True)
class Catalogue:
    """Every scheme, the sets of countries its rules name, and the documents they ask for."""

    schemes: tuple[Scheme, ...]
    countries: Mapping[str, tuple[str, ...]]
    country_notes: Mapping[str, str]
    documents: Mapping[str, str]
    compiled_on: date
    review_after: date

    def get(self, id: str) -> Scheme | None:
        """The scheme with this id, if we know it."""
        return next((scheme for scheme in self.schemes if scheme.id == id), None)

    def search(
        self, words: str = "", instrument: str = "", country: str = "", status: str = ""
    ) -> list[Scheme]:
        """The schemes that fit all that was chosen; every word must occur in the name or the funder's name."""
        asked = words.lower().split()
        return [
            scheme
            for scheme in self.schemes
            if instrument in ("", scheme.instrument)
            and country in ("", scheme.country)
            and status in ("", scheme.status)
            and all(word in f"{scheme.name} {scheme.funder} {scheme.id}".lower() for word in asked)
        ]


def load(text: str) -> dict[str, Any]:
    """The reference data as written. Raises `DuplicateKey` when a mapping names a key twice."""
    read: dict[str, Any] = yaml.load(text, Loader=_Strict)  # noqa: S506 - a safe loader made stricter
    return read


@cache
def catalogue() -> Catalogue:
    """The reference data of this version of the product, read once."""
    return read(load(REFERENCE.read_text(encoding="utf-8")))


def read(data: Mapping[str, Any]) -> Catalogue:
    """The catalogue in what `load` gave."""
    sources = {
        key: Source(one["kind"], one["title"], one.get("url", "")) for key, one in data["sources"].items()
    }
    sets = data["country_sets"]
    return Catalogue(
        schemes=tuple(_scheme(one, sources) for one in data["programmes"]),
        countries={name: tuple(_members(sets, name)) for name in sets},
        country_notes={name: one["note"] for name, one in sets.items() if "note" in one},
        documents=data["document_types"],
        compiled_on=data["meta"]["compiled_on"],
        review_after=data["meta"]["review_after"],
    )


def _members(sets: Mapping[str, Any], name: str) -> Iterator[str]:
    yield from sets[name].get("members", ())
    for part in sets[name].get("union_of", ()):
        yield from _members(sets, part)


def _scheme(one: Mapping[str, Any], sources: Mapping[str, Source]) -> Scheme:
    valid = one.get("valid") or {}
    national = one.get("national_overlays") or {}
    rules = [_rule(rule, sources) for rule in one["rules"]]
    rules += [_rule(rule, sources, land) for land, extra in national.items() for rule in extra["rules"]]
    return Scheme(
        id=one["id"], name=one["name"], funder=one["funder"]["name"], country=one["funder"]["country"] or "",
        instrument=one["instrument"], currency=one["currency"], status=one["status"],
        status_note=one.get("status_note", ""), url=one.get("url", ""), begins=valid.get("from"),
        ends=valid.get("to"), phases=tuple(phase["code"] for phase in one.get("phases", ())), rules=tuple(rules),
    )  # fmt: skip


PROVENANCE = frozenset({"id", "kind", "severity", "confidence", "as_of", "text", "source"})


def _rule(one: Mapping[str, Any], sources: Mapping[str, Source], country: str = "") -> SchemeRule:
    facts = {key: value for key, value in one.items() if key not in PROVENANCE}
    return SchemeRule(
        one["id"], one["kind"], one["severity"], one["confidence"], one["as_of"], one.get("text", ""),
        sources[one["source"]], facts, country,
    )  # fmt: skip
