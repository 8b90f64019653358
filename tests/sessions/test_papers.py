"""Files that go with a summary: like a challenge's documents, and public only once the summary is out."""

import pytest

from crosslab.core.actor import NOBODY_YET
from crosslab.core.errors import Forbidden, Missing
from crosslab.sessions import actions
from crosslab.sessions.tables import OpenSession
from crosslab.sessions.voices import papers

PDF = b"%PDF-1.7\n%a lamp\n%%EOF"


@pytest.fixture
def host(browse, world):
    return browse(world.ane)


def at(over, tail=""):
    return f"/o/{over.session.no}/files{tail}"


def added(host, over, name="lamp.pdf", content=PDF, **told):
    typed = {"title": "What a lamp does", "licence": "cc-by-4.0", **told}
    return host.post(at(over), typed, files={"file": (name, content)})


def test_a_file_is_the_hosts_until_the_summary_is_out(over, host, browse, world):
    assert added(host, over).status_code == 303
    [file] = papers.papers_of(over.db, over.session)
    assert host.get(f"/o/files/{file.id}").content == PDF
    public = f"/en/sessions/{over.session.no}-{over.session.slug}"
    for visitor in (browse(), browse(world.tom)):
        assert visitor.get(f"/o/files/{file.id}").status_code == 404
        assert "What a lamp does" not in visitor.get(public).text
    actions.sum_up(over.db, over.host, over.session)
    answer = browse().get(f"/o/files/{file.id}")
    assert (answer.status_code, answer.content) == (200, PDF)
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "What a lamp does" in browse().get(public).text


@pytest.mark.parametrize(
    ("name", "content"),
    [("lamp.html", b"<script>"), ("lamp.pdf", b"<html>"), ("lamp.pdf", b""), ("lamp.svg", b"<svg/>")],
)
def test_what_is_no_document_is_refused(over, host, name, content):
    assert added(host, over, name, content).status_code == 422
    assert papers.papers_of(over.db, over.session) == []


def test_nobody_else_adds_or_removes(over, host, browse, world):
    added(host, over)
    [file] = papers.papers_of(over.db, over.session)
    for other in (browse(world.tom), browse(world.stig)):
        assert added(other, over).status_code in (403, 404)
        assert other.post(at(over, f"/{file.id}/remove"), {}).status_code in (403, 404)
    with pytest.raises(Forbidden):
        actions.detach(over.db, NOBODY_YET, over.session, file=file, files=None)


def test_a_removed_file_is_gone_from_the_store(over, host):
    added(host, over)
    [file] = papers.papers_of(over.db, over.session)
    assert host.post(at(over, f"/{file.id}/remove"), {}).status_code == 303
    assert host.get(f"/o/files/{file.id}").status_code == 404


def test_every_letter_tells_of_the_files_and_their_licence(over, host):
    added(host, over)
    actions.sum_up(over.db, over.host, over.session)
    for letter in over.summaries():
        [told] = letter["facts"]["papers"]
        assert (told["title"], told["licence"]) == ("What a lamp does", "CC BY 4.0")
        assert "?key=" in told["path"]


def test_a_file_of_a_session_for_few_is_for_those_few(over, host):
    added(host, over)
    actions.sum_up(over.db, over.host, over.session)
    session = over.db.get(OpenSession, over.session.id)
    session.listed = False
    over.db.flush()
    [file] = papers.papers_of(over.db, over.session)
    with pytest.raises(Missing):
        papers.paper(over.db, NOBODY_YET, file.id)
    liv = over.opens(over.of("Liv"))
    assert papers.paper(over.db, liv, file.id).id == file.id
