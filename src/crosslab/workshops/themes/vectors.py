"""How alike notes are, also across languages: words and parts of words, weighed by rarity, each language centred.

Notes in one language share its letters, so without centring the piles would be languages and not themes.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

WORD = re.compile(r"\w+")
PARTS = (2, 3, 4, 5)
"""Lengths of the parts of words that count: they hold compounds and endings together (Kunde, Kundschaft)."""
OF_PARTS = 0.7
"""How much of a note's weight lies on the parts of its words; the rest lies on whole words."""

COMMON = {
    path.stem: frozenset(path.read_text(encoding="utf-8").split())
    for path in (Path(__file__).parent / "common").glob("*.txt")
}
"""Words that say nothing of a theme, by language."""

Vector = dict[str, float]
Matrix = list[list[float]]


@dataclass(frozen=True)
class Said:
    """A note as it counts here: what it says, and in which language its author writes."""

    text: str
    language: str


def likeness(notes: Sequence[Said]) -> Matrix:
    """For every two notes a number from -1 to 1. The more, the more alike; rarer words count more."""
    products = _products(_vectors(notes))
    centred = _centred(products, [note.language for note in notes])
    lengths = [math.sqrt(max(row[n], 1e-12)) for n, row in enumerate(centred)]
    return [
        [x / (here * there) for x, there in zip(row, lengths, strict=True)]
        for row, here in zip(centred, lengths, strict=True)
    ]


def words(text: str) -> list[str]:
    """The words of a note, in small letters."""
    return WORD.findall(text.lower())


def telling(note: Said) -> list[str]:
    """The words of a note that say something; all of them when none does."""
    said = words(note.text)
    return [word for word in said if word not in COMMON.get(note.language, ())] or said


def _vectors(notes: Sequence[Said]) -> list[Vector]:
    whole = _weighed([Counter(f"={word}" for word in telling(note)) for note in notes], 1 - OF_PARTS)
    parts = _weighed(
        [Counter(part for word in telling(note) for part in _parts(word)) for note in notes], OF_PARTS
    )
    return [{**one, **two} for one, two in zip(whole, parts, strict=True)]


def _parts(word: str) -> list[str]:
    edged = f" {word} "
    return [edged[at : at + size] for size in PARTS for at in range(len(edged) - size + 1)]


def _weighed(notes: Sequence[Counter[str]], part: float) -> list[Vector]:
    """Term frequency (damped) times inverse document frequency (smoothed), each note of the same length."""
    spread = Counter(term for note in notes for term in note)
    rarity = {term: math.log((1 + len(notes)) / (1 + n)) + 1 for term, n in spread.items()}
    weighed = [{term: (1 + math.log(n)) * rarity[term] for term, n in note.items()} for note in notes]
    return [_of_length(vector, math.sqrt(part)) for vector in weighed]


def _of_length(vector: Vector, length: float) -> Vector:
    norm = math.sqrt(sum(x * x for x in vector.values())) or 1.0
    return {term: x * length / norm for term, x in vector.items()}


def _products(vectors: Sequence[Vector]) -> Matrix:
    """The scalar products of all vectors, gathered term by term."""
    among: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, vector in enumerate(vectors):
        for term, x in vector.items():
            among[term].append((number, x))
    products = [[0.0] * len(vectors) for _ in vectors]
    for holders in among.values():
        for at, (one, x) in enumerate(holders):
            row = products[one]
            for two, y in holders[at:]:
                row[two] += x * y
    for one in range(len(vectors)):
        for two in range(one):
            products[one][two] = products[two][one]
    return products


def _centred(products: Matrix, languages: Sequence[str]) -> Matrix:
    """The products after the mean note of its language is taken from every note."""
    speakers: defaultdict[str, list[int]] = defaultdict(list)
    for number, language in enumerate(languages):
        speakers[language].append(number)
    to_mean = {
        language: [sum(row[other] for other in group) / len(group) for row in products]
        for language, group in speakers.items()
    }
    between = {
        (one, two): sum(to_mean[two][n] for n in speakers[one]) / len(speakers[one])
        for one in speakers
        for two in speakers
    }
    return [
        [
            x
            - to_mean[languages[two]][one]
            - to_mean[languages[one]][two]
            + between[languages[one], languages[two]]
            for two, x in enumerate(row)
        ]
        for one, row in enumerate(products)
    ]
