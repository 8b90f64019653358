"""What can be taken away of a workshop: the report, the table, the file; and what of it a stranger gets."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from pypdf import PdfReader

from crosslab.core.actor import NOBODY_YET
from crosslab.core.shelf import Shelf
from crosslab.web.languages import words
from crosslab.workshops import actions
from crosslab.workshops.after import files, report
from crosslab.workshops.after.queries import results_for
from crosslab.workshops.after.showable import printed, said
from crosslab.workshops.after.story import story
from crosslab.workshops.after.tables import Audience
from crosslab.workshops.links import LinkKind

ODD = (
    '#panic("x") *bold* $x$ @ref <label>',
    "🚀 til månen",
    "漢字 und Wörter",
    "שלום עולם",
    "<script>alert(1)</script>",
    "W" * 140,
)
SHAPE = {
    "form", "workshop", "published_at", "summary", "next", "figures", "attendance", "companies", "questions",
    "themes", "notes", "threads", "suggestions", "matrix", "cases",
}  # fmt: skip


@pytest.fixture
def over(room):
    """A day with two companies that tied both ways, summed up and published for everyone."""
    ane, tom = room.comes("Ane Berg", "Fjordlys AS"), room.comes("Tom Vik", "Löw & Söhne")
    one, two = room.writes(ane, "Light without wires"), room.writes(tom, "=HYPERLINK(0)", prompt="B")
    for who, here, there, kind in ((ane, one, two, LinkKind.OFFER), (tom, two, one, LinkKind.NEED)):
        tied = {
            "one": here,
            "two": there,
            "kind": kind,
            "why": "Spoken softly",
            "key": f"{kind}-thread",
        }
        actions.tie(room.db, who, room.workshop, **tied)
    actions.gather(room.db, room.manager, room.workshop, title="Glow", notes=[one, two])
    actions.finish(room.db, room.manager, room.workshop)
    results = actions.sum_up(
        room.db, room.manager, room.workshop, summary="It glows.", audience=Audience.EVERYONE
    )
    actions.publish(room.db, room.manager, results, workshop=room.workshop)
    room.db.commit()
    return SimpleNamespace(room=room, db=room.db, ane=ane, workshop=room.workshop, one=one)


def told(over, actor, inside=True):
    results = results_for(over.db, actor, over.workshop)
    return story(over.db, actor, over.workshop, results, words=inside)


def paper(over, actor, inside=True, language="en"):
    return PdfReader(
        io.BytesIO(
            report.pdf(told(over, actor, inside), words(language), "https://crosslab.example", Shelf(1))
        )
    )


def text_of(pdf):
    return "\n".join(page.extract_text() for page in pdf.pages)


def test_the_report_is_tagged_titled_and_says_its_language(over):
    pdf = paper(over, over.ane, language="de")
    root = pdf.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"], "/StructTreeRoot" in root) == (True, "de", True)
    assert pdf.metadata.title == "What light could do"
    assert all(each.get("/FontFile2") or each.get("/FontFile3") for each in fonts(pdf))


def fonts(pdf):
    """The descriptions of all fonts: each is embedded."""
    for page in pdf.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            for inner in font.get_object().get("/DescendantFonts", []):
                yield inner.get_object()["/FontDescriptor"]


def test_the_report_tells_the_day_to_somebody_who_was_not_there(over):
    text = text_of(paper(over, over.ane))
    for said_in_it in (
        "What light could do",
        "It glows.",
        "Glow",
        "Light without wires",
        "Löw & Söhne",
        "Page 2",
    ):
        assert said_in_it in text
    assert "Ane Berg" not in text
    assert "Tom Vik" not in text


@pytest.mark.parametrize("language", ["en", "de", "no"])
def test_what_people_wrote_is_never_read_as_markup_and_nothing_stops_the_printer(over, language):
    for n, odd in enumerate(ODD):
        over.db.add(
            over.one.__class__(
                **{**over.one.model_dump(exclude={"id", "version"}), "key": f"odd-{n}", "text": odd}
            )
        )
    over.db.flush()
    text = text_of(paper(over, over.ane, language=language))
    assert '#panic("x") *bold* $x$ @ref' in text.replace("\n", " ").replace("\u200b", "")
    assert "(rocket)" in text.replace("\n", "").replace("\u200b", "")


def test_a_stranger_reads_figures_and_companies_and_no_words(over):
    text = text_of(paper(over, NOBODY_YET, inside=False))
    assert "Fjordlys AS" in text
    assert "Light without wires" not in text
    assert "Spoken softly" not in text


class Counted(Shelf):
    """A shelf that counts how often something was made."""

    made = 0

    def of(self, key, make):
        def counted():
            self.made += 1
            return make()

        return super().of(key, counted)


def test_fifty_who_ask_for_one_report_at_once_cost_one_printing(over):
    shelf, stranger = Counted(4), told(over, NOBODY_YET, inside=False)
    ask = lambda language: report.pdf(stranger, words(language), "https://crosslab.example", shelf)  # noqa: E731
    with ThreadPoolExecutor(50) as crowd:
        papers = set(crowd.map(ask, ["en"] * 50))
    assert (len(papers), shelf.made) == (1, 1)
    assert ask("de") not in papers
    assert shelf.made == 2


def test_what_changed_is_printed_anew_and_insiders_have_a_paper_of_their_own(over):
    shelf = Counted(4)
    ask = lambda actor, inside: report.pdf(  # noqa: E731
        told(over, actor, inside), words("en"), "https://crosslab.example", shelf
    )
    first, own = ask(NOBODY_YET, False), ask(over.ane, True)
    actions.sum_up(over.db, over.room.manager, over.workshop, summary="It sings.", audience=Audience.EVERYONE)
    assert len({first, own, ask(NOBODY_YET, False)}) == shelf.made == 3
    assert "It sings." in text_of(PdfReader(io.BytesIO(ask(NOBODY_YET, False))))


def test_results_that_were_taken_back_are_on_no_shelf(over, browse):
    stranger, at = browse(), f"/s/{over.workshop.no}/report.pdf"
    assert stranger.get(at).status_code == 200
    results = results_for(over.db, over.room.manager, over.workshop)
    actions.withdraw(over.db, over.room.manager, results, workshop=over.workshop)
    over.db.commit()
    assert stranger.get(at).status_code == 404


def test_a_sign_that_no_font_has_is_said_by_its_name():
    assert said(["🚀", {"a": "b\u202ec\t"}], frozenset("🚀")) == ["(rocket)", {"a": "bc "}]
    assert printed("x", lambda data: data.encode()) == b"x"


def test_the_file_for_programs_has_its_shape(over, browse):
    found = browse(over.room.manager).get(f"/s/{over.workshop.no}/results.json").json()
    assert (set(found), found["form"]) == (SHAPE, "crosslab-results-1")
    assert found["figures"] == {
        "companies": 2, "notes": 2, "threads": 2, "tying": 2, "mutual": 1, "themes": 1, "dots": 0, "walked": 0,
    }  # fmt: skip
    assert [(each["threads"], each["mutual"]) for each in found["matrix"]] == [(1, True), (1, True)]
    assert found["suggestions"][0]["why"] == "mutual_fit"
    assert set(found["notes"][0]) == {"id", "company", "question", "text", "on_paper", "written_at"}


def test_a_stranger_gets_no_words_by_any_way(over, browse):
    stranger, at = browse(), f"/s/{over.workshop.no}"
    page = stranger.get(f"{at}/results")
    assert page.status_code == 200
    found = stranger.get(f"{at}/results.json").json()
    assert (found["notes"], found["threads"], found["themes"][0]["notes"]) == ([], [], [])
    for text in (
        page.text,
        str(found),
        text_of(PdfReader(io.BytesIO(stranger.get(f"{at}/report.pdf").content))),
    ):
        assert "Light without wires" not in text
        assert "Ane Berg" not in text
    assert stranger.get(f"{at}/notes.csv").status_code in {303, 403}
    assert stranger.get(f"{at}/me/data.json").status_code == 403


def test_results_for_those_who_were_there_are_nothing_to_a_stranger(over, browse, world):
    actions.sum_up(over.db, over.room.manager, over.workshop, summary="It glows.", audience=Audience.ROOM)
    over.db.commit()
    for visitor in (browse(), browse(world.stig)):
        for what in ("results", "results.json", "report.pdf"):
            assert visitor.get(f"/s/{over.workshop.no}/{what}").status_code == 404, what


def test_the_table_holds_names_unless_they_are_hidden_and_no_formula(over):
    rows = list(
        csv.reader(
            io.StringIO(
                files.table(told(over, over.ane), files.names(over.db, over.workshop)).decode("utf-8-sig")
            )
        )
    )
    assert rows[0] == list(files.HEAD)
    assert rows[1][:5] == ["Fjordlys AS", "A", "Light without wires", "Ane Berg", "Glow"]
    assert rows[2][2] == "'=HYPERLINK(0)"
    over.workshop.names_hidden = True
    assert files.names(over.db, over.workshop) == {}
