"""From links between notes to who should talk: a matrix of organisations, pairs and trios with their reasons.

A link leads from a note of one organisation to a note of another and says what it is. Two organisations that
link each other are mutual: they come first, because nobody has to be persuaded.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations


class LinkKind(StrEnum):
    """What somebody says by tying their note to another's."""

    OFFER = "offer"  # we have what you need
    NEED = "need"  # you have what we need
    JOINT = "joint"  # together we could offer this
    QUESTION = "question"  # we would like to know


class Why(StrEnum):
    """Why two or three are suggested, the strongest first."""

    MUTUAL_FIT = "mutual_fit"  # one offers what the other says it needs
    MUTUAL = "mutual"  # both link the other
    JOINT = "joint"  # one sees a joint offering
    ONE_WAY = "one_way"  # one links the other
    ROUND = "round"  # of three, each two are linked


WEIGHT: Mapping[LinkKind, float] = {
    LinkKind.OFFER: 1.0,
    LinkKind.NEED: 1.0,
    LinkKind.JOINT: 1.5,
    LinkKind.QUESTION: 0.5,
}
MUTUAL_BONUS, FIT_BONUS = 2.0, 2.0


@dataclass(frozen=True)
class Link:
    """A link on the wall: from a note of one organisation to a note of another."""

    id: str
    from_note: str
    from_org: str
    to_note: str
    to_org: str
    kind: LinkKind


@dataclass(frozen=True)
class Suggestion:
    """Organisations that should talk, why, and the links that say so, strongest first."""

    orgs: tuple[str, ...]
    why: Why
    strength: float
    links: tuple[Link, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes to quote, each once, in the order of the links."""
        return tuple(dict.fromkeys(note for link in self.links for note in (link.from_note, link.to_note)))

    @property
    def is_one_sided(self) -> bool:
        """Whether only one of two tied threads to the other."""
        return self.why in (Why.JOINT, Why.ONE_WAY)

    @property
    def whose(self) -> str:
        """Whose side the reason tells: who tied, when one did; who offers, when the other needs it."""
        return _offering(self.links) or self.links[0].from_org

    @property
    def whom(self) -> str:
        """The other of two."""
        return next(org for org in self.orgs if org != self.whose)


def matrix(links: Sequence[Link]) -> dict[tuple[str, str], int]:
    """How many links lead from one organisation to another."""
    counts: defaultdict[tuple[str, str], int] = defaultdict(int)
    for link in _between(links):
        counts[link.from_org, link.to_org] += 1
    return dict(counts)


def pairs(links: Sequence[Link]) -> list[Suggestion]:
    """Every two organisations with a link, mutual ones first, then by strength."""
    among: defaultdict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in _between(links):
        one, two = sorted((link.from_org, link.to_org))
        among[one, two].append(link)
    return sorted((_pair(orgs, tied) for orgs, tied in among.items()), key=_order)


def trios(links: Sequence[Link], most: int | None = 20) -> list[Suggestion]:
    """Three organisations of which each two are linked, the strongest first."""
    known = {frozenset(each.orgs): each for each in pairs(links)}
    orgs = sorted({org for each in known for org in each})
    found = [_trio(three, known) for three in combinations(orgs, 3) if _is_round(three, known)]
    return sorted(found, key=_order)[:most]


def _between(links: Sequence[Link]) -> Iterator[Link]:
    """Links between two organisations; a link to one's own note says nothing of others."""
    return (link for link in links if link.from_org != link.to_org)


def _pair(orgs: tuple[str, str], tied: list[Link]) -> Suggestion:
    strongest = sorted(tied, key=lambda link: (-WEIGHT[link.kind], link.id))
    strength = sum(WEIGHT[link.kind] for link in tied)
    ways = {link.from_org for link in tied}
    if len(ways) == 2:
        fits = _offering(tied) is not None
        why = Why.MUTUAL_FIT if fits else Why.MUTUAL
        return Suggestion(orgs, why, strength + MUTUAL_BONUS + FIT_BONUS * fits, tuple(strongest))
    joint = any(link.kind is LinkKind.JOINT for link in tied)
    return Suggestion(orgs, Why.JOINT if joint else Why.ONE_WAY, strength, tuple(strongest))


def _offering(tied: Sequence[Link]) -> str | None:
    """Who says it offers while the other, from its side, says that it needs; None when nobody does."""
    offer = {link.from_org for link in tied if link.kind is LinkKind.OFFER}
    need = {link.from_org for link in tied if link.kind is LinkKind.NEED}
    return min((one for one in offer if need - {one}), default=None)


def _is_round(three: tuple[str, ...], known: Mapping[frozenset[str], Suggestion]) -> bool:
    return all(frozenset(two) in known for two in combinations(three, 2))


def _trio(three: tuple[str, ...], known: Mapping[frozenset[str], Suggestion]) -> Suggestion:
    sides = [known[frozenset(two)] for two in combinations(three, 2)]
    return Suggestion(
        three, Why.ROUND, sum(each.strength for each in sides), tuple(each.links[0] for each in sides)
    )


def _order(suggestion: Suggestion) -> tuple[bool, float, tuple[str, ...]]:
    return (suggestion.is_one_sided, -suggestion.strength, suggestion.orgs)
