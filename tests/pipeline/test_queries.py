"""However many consortia there are, a page asks the same few questions and stays light."""

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlmodel import select

from bench._crowd import consortia_in
from crosslab.challenges.tables import Challenge

HOME = "/p/heritage-innovation/pipeline"
MOST_QUERIES = 6
MOST_BYTES = 30_000


@contextmanager
def questions(engine) -> Iterator[list[str]]:
    """What is asked of the database inside the block."""
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_more) -> None:
        if not re.match(r"SAVEPOINT|RELEASE|ROLLBACK|BEGIN|PRAGMA", statement):
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    "query",
    ["", "?view=table", "?only=decide", "?view=table&sort=stage&way=down&q=team", "?challenge={no}"],
)
def test_a_page_asks_six_questions_at_most_whatever_the_number(browse, world, db, engine, query):
    consortia_in(db, world.programme, 300)
    no = db.exec(select(Challenge.no).where(Challenge.question.contains("amphitheatre"))).one()
    db.commit()
    priya = browse(world.priya)
    with questions(engine) as asked:
        answer = priya.get(f"{HOME}{query.format(no=no)}")

    assert answer.status_code == 200
    assert len(asked) <= MOST_QUERIES, "\n\n".join(asked)


def test_the_board_shows_a_dozen_a_column_and_says_how_many_more(browse, world, db):
    consortia_in(db, world.programme, 300)
    db.commit()
    page = browse(world.priya).get(HOME)

    columns = re.findall(r'data-column="(\w+)"(.*?)</section>', page.text, re.S)
    assert [len(re.findall("<article", cards)) for _, cards in columns] == [12] * 6
    assert "more<span" in page.text
    assert len(gzip.compress(page.content)) < MOST_BYTES


def test_the_table_goes_on_after_the_last_row(browse, world, db):
    consortia_in(db, world.programme, 120)
    db.commit()
    priya, seen, url = browse(world.priya), [], f"{HOME}?view=table&sort=since"
    for _ in range(5):
        page = priya.get(url).text
        seen += re.findall(r'data-name="Reference"[^>]*>([^<]+)', page)
        more = re.search(r'<p class="more"><a class="btn" href="([^"]+)"', page)
        if not more:
            break
        url = HOME + more.group(1).replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 126
