"""The report on paper: PDF/UA-1, tagged, in the reader's language. Nothing a person wrote is read as markup."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from crosslab.core import press
from crosslab.core.clock import now
from crosslab.core.shelf import Shelf
from crosslab.rules import N_
from crosslab.web import formats
from crosslab.web.languages import Words
from crosslab.workshops.tables import Presence
from crosslab.workshops.why import LINKS, reason

from .showable import printed
from .story import Case, Story
from .telling import FIRST_PAIRS, FIRST_TRIOS, Cell, Heap, Talk

TEMPLATE, FONTS = Path(__file__).with_name("report.typ"), Path(__file__).with_name("fonts")
MOST_COMPANIES = 24
"""As many as a matrix on a page can have and be read."""
HEADINGS = {
    "kicker": N_("Report of a workshop"),
    "glance": N_("At a glance"),
    "next": N_("What is next"),
    "themes": N_("Themes"),
    "themes_say": N_("Ordered by how many different companies contributed."),
    "talk": N_("Who should talk, and why"),
    "talk_says": N_("Companies that tied threads both ways come first: there, nobody has to be persuaded."),
    "first": N_("Who should talk first"),
    "three": N_("Three who fit together"),
    "matrix": N_("Threads from company to company"),
    "matrix_says": N_(
        "Each row shows whom a company tied to. An arrow with two heads marks those who tied both ways."
    ),
    "begun": N_("What became a consortium"),
    "cases": N_("Business cases that look for partners"),
    "came": N_("Who came"),
    "notes": N_("All notes"),
    "page": N_("Page"),
}  # fmt: skip
PRESENT = (
    (Presence.HERE, N_("Here")),
    (Presence.LATE, N_("Late")),
    (Presence.EXPECTED, N_("Expected")),
    (Presence.ABSENT, N_("Absent")),
)


def pdf(story: Story, words: Words, origin: str, shelf: Shelf) -> bytes:
    """What came of a workshop as a document to hand on. What says the same is printed once."""
    paper = _paper(story, words, origin)
    key = sha256(json.dumps(paper, ensure_ascii=True, sort_keys=True).encode()).hexdigest()
    return shelf.of(key, lambda: printed(paper, lambda facts: press.pdf(TEMPLATE, facts, FONTS)))


def _paper(story: Story, words: Words, origin: str) -> dict[str, Any]:
    workshop, results = story.workshop, story.results
    return {
        "lang": words.language.tag.split("-")[0], "title": workshop.title, "no": workshop.no,
        "words": {name: words.say(each) for name, each in HEADINGS.items()},
        "facts": _facts(story, words), "challenge": story.challenge, "figures": _figures(story, words),
        "summary": _paragraphs(results.summary) if results else [], "plainly": _plainly(story, words),
        "next": _next(story, words), "heaps": [_heap(story, each, words) for each in story.picture.heaps],
        "pairs": [_talk(story, each, words) for each in story.picture.pairs[:FIRST_PAIRS]],
        "trios": [_talk(story, each, words) for each in story.picture.trios[:FIRST_TRIOS]],
        "pairs_cut": _cut(words, story.picture.pairs, FIRST_PAIRS),
        "trios_cut": _cut(words, story.picture.trios, FIRST_TRIOS),
        "matrix": _matrix(story, words), "cases": _cases(story, words), "came": _came(story, words),
        "notes": _notes(story, words) if story.words else [],
        "foot": _foot(words, origin),
    }  # fmt: skip


def _cut(words: Words, found: Sequence[Talk], first: int) -> str:
    """That not all are printed, when not all are."""
    if len(found) <= first:
        return ""
    said = N_("The {first} strongest of {all}. The results on the web show every one.")
    return words.say(said, first=first, all=len(found))


def _foot(words: Words, origin: str) -> str:
    day = formats.day(now().date(), words.language.locale)
    return words.say(N_("{address}, as of {day}"), address=origin.rsplit("//", 1)[-1], day=day)


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _facts(story: Story, words: Words) -> list[tuple[str, str]]:
    workshop = story.workshop
    local = workshop.starts_at.astimezone(ZoneInfo(workshop.zone))
    found = [
        (words.say(N_("When")), formats.long_day(local.date(), words.language.locale)),
        (words.say(N_("Where")), workshop.address),
        (words.say(N_("Held by")), story.host),
        (words.say(N_("Number")), workshop.no),
    ]
    return [(label, value) for label, value in found if value]


def _figures(story: Story, words: Words) -> list[tuple[str, str]]:
    figures, came, ngettext = story.picture.figures, _in_room(story), words.say_count
    wrote, mutual = figures.companies, figures.mutual
    found = (
        (came, ngettext("person came", "people came", came)),
        (wrote, ngettext("company wrote", "companies wrote", wrote)),
        (figures.notes, ngettext("note written", "notes written", figures.notes)),
        (figures.threads, ngettext("thread tied", "threads tied", figures.threads)),
        (mutual, ngettext("pair that tied both ways", "pairs that tied both ways", mutual)),
        (figures.themes, ngettext("theme found", "themes found", figures.themes)),
    )
    return [(str(n), label) for n, label in found]


def _in_room(story: Story) -> int:
    return story.present.get(Presence.HERE, 0) + story.present.get(Presence.LATE, 0)


def _plainly(story: Story, words: Words) -> list[str]:
    """The day in sentences, for whoever reads nothing else."""
    figures, heaps, pairs = story.picture.figures, story.picture.heaps, story.picture.pairs
    said = [
        words.say(
            N_("{companies} companies wrote {notes} notes and tied {threads} threads between them."),
            companies=figures.companies, notes=figures.notes, threads=figures.threads,
        )
    ]  # fmt: skip
    if heaps:
        widest = N_("The theme most companies share is “{title}”: {n} of them contributed.")
        said.append(words.say(widest, title=heaps[0].theme.title, n=heaps[0].companies))
    if pairs and figures.mutual:
        one, two = pairs[0].companies
        first = N_("{who} and {name} should talk first: each tied a thread to the other.")
        said.append(words.say(first, who=one.name, name=two.name))
    ngettext = words.say_count
    if begun := sum(each.taken_up for each in story.cases):
        became = ngettext(
            "{n} business case became a consortium.", "{n} business cases became consortia.", begun
        )
        said.append(became)
    if looking := len(story.cases) - begun:
        said.append(
            ngettext(
                "{n} business case looks for partners.", "{n} business cases look for partners.", looking
            )
        )
    return said


def _next(story: Story, words: Words) -> str:
    results = story.results
    if results is None:
        return ""
    at = (
        formats.moment(results.next_at, words.language.locale, story.workshop.zone) if results.next_at else ""
    )
    return " · ".join(each for each in (results.next_words, at) if each)


def _heap(story: Story, heap: Heap, words: Words) -> dict[str, Any]:
    ngettext = words.say_count
    said = (
        ngettext("{n} company", "{n} companies", heap.companies),
        ngettext("{n} note", "{n} notes", len(heap.notes)),
        ngettext("{n} dot", "{n} dots", heap.dots),
    )
    return {
        "title": heap.theme.title, "line": " · ".join(said), "companies": heap.companies,
        "of": story.picture.figures.companies,
        "notes": [_quote(story, note) for note in heap.notes] if story.words else [],
    }  # fmt: skip


def _quote(story: Story, note: Any) -> dict[str, Any]:
    company = story.picture.wall.named[note.company_id].name
    return {
        "text": note.text,
        "company": company,
        "letter": note.prompt,
        "color": "ABCDEFGH".index(note.prompt) % 5,
    }


def _talk(story: Story, talk: Talk, words: Words) -> dict[str, Any]:
    wall = story.picture.wall
    text, names = reason(talk, hidden=story.workshop.names_hidden, words=story.words)
    ties = [
        {
            "company": wall.named[wall.of[tie.from_id].company_id].name,
            "words": tie.why or words.say(LINKS[tie.kind]),
        }
        for tie in talk.ties
    ]
    return {
        "companies": [each.name for each in talk.companies], "why": words.say(text, **names),
        "ties": ties if story.words else [],
        "notes": [_quote(story, note) for note in talk.notes] if story.words else [],
    }  # fmt: skip


def _matrix(story: Story, words: Words) -> dict[str, Any]:
    """The matrix, of the first companies where there are more than a page can show."""
    picture, most = story.picture, MOST_COMPANIES
    left = len(picture.order) - most
    cut = (
        words.say(N_("The first {n} of {all} companies."), n=most, all=len(picture.order)) if left > 0 else ""
    )
    rows = [[_cell(each) for each in row[:most]] for row in picture.rows[:most]]
    return {"order": [each.name for each in picture.order[:most]], "rows": rows, "cut": cut}


def _cell(cell: Cell | None) -> dict[str, Any] | None:
    return {"n": cell.count, "step": cell.step, "both": cell.mutual} if cell else None


def _cases(story: Story, words: Words) -> list[dict[str, Any]]:
    return [
        {
            "title": each.call.title,
            "words": each.call.words,
            "line": _whose(each, words),
            "begun": each.taken_up,
        }
        for each in story.cases
    ]


def _whose(case: Case, words: Words) -> str:
    """Whose it is, and by when partners are looked for, as long as they are."""
    owner = words.say(N_("Whose: {organisation}"), organisation=case.company)
    if case.taken_up or not case.due_on:
        return owner
    return f"{owner} · {words.say(N_('by {day}'), day=formats.day(case.due_on, words.language.locale))}"


def _came(story: Story, words: Words) -> dict[str, Any]:
    """Who came, in figures: company by company for those who were there, together for others."""
    kinds = [(kind, words.say(word)) for kind, word in PRESENT if story.present.get(kind)]
    rows = [[name, *(str(counts.get(kind, 0)) for kind, _ in kinds)] for name, counts in story.coming]
    total = [words.say(N_("Together")), *(str(story.present.get(kind, 0)) for kind, _ in kinds)]
    return {"columns": [words.say(N_("Company")), *(word for _, word in kinds)], "rows": [*rows, total]}


def _notes(story: Story, words: Words) -> list[dict[str, Any]]:
    """Every note, question by question, company by company."""
    wall = story.picture.wall
    hung = [note for company in wall.companies for note in wall.by_company.get(company.id, [])]
    return [
        {
            "letter": each["letter"],
            "title": words.say(each["title"]),
            "question": words.say(each["question"]),
            "notes": [_quote(story, note) for note in hung if note.prompt == each["letter"]],
        }
        for each in story.workshop.prompts
    ]
