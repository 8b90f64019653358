"""Every page without a browser: it answers, its title is its own, and no sentence escapes the translators."""

import gzip
from collections import defaultdict

import pytest

from crosslab import app
from crosslab.core.db import session
from crosslab.core.settings import Settings
from crosslab.web.languages import BY_CODE
from tests.sweeps.pages import unseen
from tests.sweeps.reading import content_of, escaped, read

KILOBYTES = {True: 15, False: 30}  # of a page as it travels: public, at work
in_each_language = pytest.mark.parametrize("code", tuple(BY_CODE))


def test_every_route_is_a_page_that_the_sweep_sees_or_is_said_to_be_none():
    assert unseen(app.build(Settings(demo=True))) == set()


@in_each_language
def test_every_page_answers_with_one_heading_of_the_first_level(sent, code):
    wrong = []
    for look, answer in sent(code):
        headings = read(answer.text, BY_CODE[code].tag).headings
        if answer.status_code != 200 or (headings != 1 and look.path != "/vault/"):
            wrong.append(f"{look.who} {look.path}: {answer.status_code}, {headings} h1")
    assert wrong == []


@in_each_language
def test_every_page_has_a_title_of_its_own_in_the_reader_s_language(sent, code):
    language, titles = BY_CODE[code], defaultdict(set)
    for look, answer in sent(code):
        titles[read(answer.text, language.tag).title.strip()].add(look.path.split("?")[0])
        assert f'<html lang="{language.tag}"' in answer.text or look.path == "/vault/", look.path
    shared = [f"{title}: {paths}" for title, paths in titles.items() if len(paths) > 1 or len(title) < 12]
    assert not shared, "\n".join(shared)


@in_each_language
def test_every_page_is_light_enough_to_travel(sent, code):
    weights = {look: len(gzip.compress(answer.content, 6)) / 1024 for look, answer in sent(code)}
    heavy = {look.path: f"{kb:.1f} KB" for look, kb in weights.items() if kb > KILOBYTES[look.public]}
    assert heavy == {}


@pytest.mark.parametrize("code", ["de", "no"])
def test_no_sentence_of_ours_escapes_the_translators(marked, gallery, code):
    seen = gallery(code)
    answers = list(seen.answers())
    with session(seen.site.engine, read_only=True) as db:
        content, found = content_of(db), []  # read last: letters are written while the pages are looked at
    for look, answer in answers:
        if look.path == "/styleguide":
            continue  # what it shows in its samples is invented there
        said = read(answer.text, seen.language.tag)
        found += [f"{look.path}: {each}" for each in escaped(said, content, seen.language.locale)]
        found += [f"{look.path}: a sentence is cut short"] if said.depth else []
    assert not found, "\n".join(found)
