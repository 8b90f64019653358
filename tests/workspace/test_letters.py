"""Letters and notices about the vault say that something waits, and nothing of what it is."""

import re
import secrets
from datetime import timedelta
from string import Formatter

import pytest
from sqlmodel import select

from crosslab.core import clock
from crosslab.core.clock import now
from crosslab.core.events import Event
from crosslab.core.jobs import Job
from crosslab.core.mail import Letter
from crosslab.core.paths import TEMPLATES
from crosslab.desk import actions, jobs
from crosslab.ip_vault import client
from crosslab.ip_vault.client import Content
from crosslab.ip_vault.statements.shape import TIME
from crosslab.people.tables import Person
from crosslab.rules import RULES, Verb
from crosslab.worker import Worker
from crosslab.workspace.actions import KINDS

OURS = [verb for verb in Verb if verb.value.startswith("workspace.")]
ABOUT_WHAT_HAPPENED = ("notice", "digest")
RELEASED = "something_released"


@pytest.mark.parametrize("verb", OURS)
def test_what_is_told_of_the_vault_names_a_person_and_a_kind_and_nothing_else(verb):
    assert {name for _, name, _, _ in Formatter().parse(RULES[verb].log) if name} <= {"who", "kind"}


def test_a_kind_is_a_sentence_of_ours_into_which_nothing_is_filled():
    assert not [kind for kind in KINDS.values() if "{" in kind]


@pytest.mark.parametrize("letter", ABOUT_WHAT_HAPPENED)
def test_a_letter_about_what_happened_has_no_other_words_than_the_log_s(letter):
    filled = re.findall(r"\{\{(.*?)\}\}", (TEMPLATES / f"mail/{letter}.txt").read_text())
    allowed = re.compile(
        r"_\((line\.)?log, \*\*(line\.)?told\)|page\.absolute\(url\)|(_|ngettext)\(\"[^\"]*\".*\)"
    )
    assert [each for each in filled if not allowed.fullmatch(each.strip())] == []


def test_nothing_of_a_contribution_is_in_a_letter_a_job_an_event_or_a_notice(
    browse, world, db, door, member, amphi
):
    mark = {part: f"canary{secrets.token_hex(8)}" for part in ("title", "text", "name", "file")}
    for old in (*db.exec(select(Job)), *db.exec(select(Letter))):
        db.delete(old)
    for key in world.people:
        actions.read(db, getattr(world, key))

    file = (f"{mark['name']}.txt", "text/plain", mark["file"].encode())
    member("ane").seal(amphi.chain, Content(mark["title"], mark["text"], [file]))
    with clock.at(now() + timedelta(hours=20)):
        jobs.digest(db)
        db.commit()
        waiting = [str(job.facts) for job in db.exec(select(Job))]
        Worker(door).drain()

    letters = [f"{each.subject}\n{each.text}" for each in db.exec(select(Letter))]
    events = [str(each.facts) for each in db.exec(select(Event))]
    inbox = browse(world.tom).get("/inbox").text
    assert any("Ane Nilsen" in letter for letter in letters)
    assert "Ane Nilsen handed in a sealed version." in inbox
    told = "\n".join([*waiting, *letters, *events, inbox])
    assert not [part for part, word in mark.items() if word in told]


def test_whom_something_is_released_to_gets_one_letter_and_it_says_nothing_of_what_it_is(
    browse, world, db, door, member, amphi
):
    for old in (*db.exec(select(Job)), *db.exec(select(Letter))):
        db.delete(old)
    db.commit()
    ruth = db.exec(select(Person.vault_id).where(Person.id == world.ruth.person_id)).one()
    title = f"canary{secrets.token_hex(8)}"
    for _ in range(2):
        hand_over(member("ane"), amphi.chain, ruth, title)
    Worker(door).drain()

    letters = [each for each in db.exec(select(Letter)) if "/vault/#/released" in each.text]
    assert [each.to for each in letters] == [world.ruth.email]
    told = f"{letters[0].subject}\n{letters[0].text}"
    assert not [word for word in (title, "Amphi", "Fjordlys", "Ane Nilsen", "for the jury") if word in told]


def test_of_an_organisation_those_get_the_letter_who_speak_for_it_in_the_vault(db, world, member, amphi):
    ane, helen = member("ane"), member("helen")
    for old in db.exec(select(Job)):
        db.delete(old)
    db.commit()
    hand_over(ane, amphi.chain, helen.org, "Rig")

    facts = [each.facts for each in db.exec(select(Job).where(Job.name == "mail.send"))]
    assert [each["to"] for each in facts if each["letter"] == RELEASED] == [world.helen.email]


def test_what_is_shared_between_partners_makes_no_such_letter(db, member, amphi):
    ane, tom = member("ane"), member("tom")
    for old in db.exec(select(Job)):
        db.delete(old)
    db.commit()
    sealed = ane.seal(amphi.chain, Content("Rig"))
    keys = {sealed.version.id: sealed.content_key}
    assert (
        ane.send(client.grant(ane.pen(amphi.chain), ane.org, amphi.chain, tom.org, keys)).status_code == 200
    )

    assert RELEASED not in str([each.facts for each in db.exec(select(Job))])


def hand_over(by, chain, to, title):
    """Something new of one's own, released to somebody outside, with its key."""
    sealed = by.seal(chain, Content(title))
    until = (now() + timedelta(days=9)).strftime(TIME)
    versions = [sealed.version.id]
    said = client.release(by.pen(chain), by.org, chain, to, "evaluation", until, versions, "for the jury")
    assert by.send(said).status_code == 200
    keys = {sealed.version.id: sealed.content_key}
    assert by.send(client.grant(by.pen(chain), by.org, chain, to, keys)).status_code == 200
