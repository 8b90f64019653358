"""The package: the same application gives the same bytes, tagged, signed text and digests included."""

import hashlib
import io
import json
import zipfile

from pypdf import PdfReader

from crosslab.funding import papers, queries

SHAPE = {"id", "title", "competitionId", "opportunityId", "formResponses", "status", "submittedAt"}
SHAPE |= {"createdAt", "lastModifiedAt", "customFields"}


def opened(team, made):
    return zipfile.ZipFile(io.BytesIO(papers.pack(queries.whole(team.db, made), "Eureka")))


def test_the_package_is_the_same_whenever_it_is_made(team):
    made = team.complete()
    whole = queries.whole(team.db, made)

    assert papers.pack(whole, "Eureka") == papers.pack(queries.whole(team.db, made), "Eureka")


def test_the_digests_in_the_package_are_those_of_its_files_and_of_what_was_signed(team):
    made = team.complete()
    team.sign(made, "fjordlys")
    box = opened(team, made)
    manifest = json.loads(box.read("manifest.json"))

    for name, held in manifest["files"].items():
        assert hashlib.sha256(box.read(name)).hexdigest() == held["sha256"]
    assert manifest["files"]["signed.json"]["sha256"] == manifest["signed_digest"]
    assert [one["name"] for one in manifest["signatures"] if one["valid"]] == ["Fjordlys AS"]


def test_the_json_has_the_shape_of_a_common_grants_application(team):
    made = team.complete()
    found = json.loads(opened(team, made).read("application.json"))

    assert set(found) == SHAPE
    assert found["status"] == {"value": "inProgress"}
    assert found["customFields"]["amountRequested"]["value"] == {"amount": "50000.05", "currency": "EUR"}
    assert found["formResponses"]["application"]["response"]["summary"] == "About summary."


def test_the_pdf_is_tagged_titled_and_says_its_language(team):
    made = team.complete(language="de")
    pdf = PdfReader(io.BytesIO(papers.pdf(queries.whole(team.db, made), "Eureka")))
    root = pdf.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "de"
    assert pdf.metadata.title == "Lantern Walk"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "Nordlyd AS" in text
    assert "50.000,05" in text


def test_what_people_wrote_is_never_read_as_markup(team):
    made = team.start()
    queries.section(team.db, made, "summary").text = '#panic("x") *bold* $x$ @ref <label> `code`'
    pdf = PdfReader(io.BytesIO(papers.pdf(queries.whole(team.db, made), "Eureka")))

    assert '#panic("x") *bold* $x$ @ref' in "".join(page.extract_text() for page in pdf.pages)
