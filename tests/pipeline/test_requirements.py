"""What must be so before a consortium leaves a stage."""

import pytest

from crosslab.pipeline.requirements import BEFORE_LEAVING, COLUMNS, Gate, after, before, missing
from crosslab.rules import PIPELINE, Stage, Verb

READY = Gate(members=2, agreed=True, begun=True, signed=2, sent=True, awarded=True)


@pytest.mark.parametrize("stage", COLUMNS[:-1])
def test_every_stage_but_the_last_asks_for_something_and_lets_the_ready_go(stage):
    assert BEFORE_LEAVING[stage]
    assert missing(stage, READY) == []
    assert missing(stage, Gate()) == list(BEFORE_LEAVING[stage])


@pytest.mark.parametrize("stage", COLUMNS)
def test_the_order_of_the_stages_is_the_lifecycles(stage):
    assert PIPELINE.target(Verb.PIPELINE_ADVANCE, stage) is after(stage)
    assert PIPELINE.target(Verb.PIPELINE_SEND_BACK, stage) is before(stage)


def test_a_member_who_came_late_holds_the_charter_up():
    assert [each.key for each in missing(Stage.CONSORTIUM, Gate(members=3, agreed=True, late=1))] == [
        "charter"
    ]


def test_what_was_sent_needs_no_signatures_any_more():
    assert missing(Stage.APPLICATION, Gate(members=4, signed=0, sent=True)) == []
    assert [each.key for each in missing(Stage.APPLICATION, Gate(members=4, signed=3))] == ["signed", "sent"]
