"""What an operator types to look after the log, and what they are told."""

import sys

import pytest
from sqlalchemy import text

from crosslab import cli
from crosslab.core.db import transaction
from tests.authority import Authority, served
from tests.databases import environment_of


@pytest.fixture
def crosslab(house, monkeypatch, capsys):
    """`crosslab("log status")`: what is printed, and with what it ends."""
    for name, value in environment_of(
        house.engine.url.render_as_string(hide_password=False), house.var
    ).items():
        if name.startswith("CROSSLAB_"):
            monkeypatch.setenv(name, value)

    def run(words):
        monkeypatch.setattr(sys, "argv", ["crosslab", *words.split()])
        try:
            cli.main()
        except SystemExit as ended:
            return capsys.readouterr().out, ended.code
        return capsys.readouterr().out, 0

    return run


def test_status_says_how_the_log_stands(crosslab):
    crosslab("log check")
    told, code = crosslab("log status")

    assert code == 0
    for line in ("crosslab.local/log1:", "key: crosslab.local/log1+", "vouched for:", "release:", "all well"):
        assert line in told


def test_check_ends_with_what_does_not_fit(crosslab, house):
    with transaction(house.engine) as db:
        db.execute(text("UPDATE attachment SET data = (SELECT data FROM log_entry WHERE idx = 1)"))

    assert "is damaged" in str(crosslab("log check")[1])


def test_timestamp_asks_now_and_says_who_did_not_answer(crosslab, house, tmp_path, monkeypatch):
    authority = Authority(tmp_path)
    with (
        served(lambda query: (200, "x", authority.reply(query))) as up,
        served(lambda _: (500, "x", b"")) as odd,
    ):
        given = f"good {up} {authority.root_file}, odd {odd} {authority.root_file} local"
        monkeypatch.setenv("CROSSLAB_TSA", given)
        assert crosslab("log timestamp") == ("good: done\nodd: it answered 500\n", 1)
        assert "authority good: " in crosslab("log status")[0]
    assert crosslab("log witness-push") == ("Nobody needed to be asked.\n", 0)


def test_a_log_is_rolled_over_only_by_its_name(crosslab, house, monkeypatch):
    assert "There is no way back" in str(crosslab("log roll-over")[1])
    assert "There is no way back" in str(crosslab("log roll-over --ends another.example/log1")[1])
    told, code = crosslab("log roll-over --ends crosslab.local/log1")
    assert (code, f"CROSSLAB_LOG_KEY={house.var}/log2.key" in told) == (0, True)
    assert "HALTED" in crosslab("log status")[0]
    monkeypatch.setenv("CROSSLAB_LOG_ORIGIN", "crosslab.local/log2")
    monkeypatch.setenv("CROSSLAB_LOG_KEY", f"{house.var}/log2.key")
    assert crosslab("log check")[1] == 0
    assert "ended with" in crosslab("log status")[0]


def test_a_setting_that_cannot_be_right_is_told_in_a_sentence(crosslab, monkeypatch):
    monkeypatch.setenv("CROSSLAB_WITNESSES", "nobody")

    assert "CROSSLAB_WITNESSES" in str(crosslab("log witness-push")[1])
