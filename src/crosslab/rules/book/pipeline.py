"""The pipeline: who may move a consortium, and who is told."""

from crosslab.rules.row import MANAGER, ONLOOKER, STEWARD, row
from crosslab.rules.verbs import Verb
from crosslab.rules.words import N_

# fmt: off
ROWS = (
    row(Verb.PIPELINE_ENTER, (MANAGER, STEWARD), N_("Put on the board"), N_("{what} came onto the board."), (MANAGER,)),
    row(Verb.PIPELINE_ADVANCE, (MANAGER, STEWARD), N_("Move on"), N_("{who} moved {what} on."), (MANAGER, ONLOOKER)),
    row(Verb.PIPELINE_SEND_BACK, (MANAGER,), N_("Move back"), N_("{who} moved {what} back."), (MANAGER, ONLOOKER)),
    row(Verb.PIPELINE_HOLD, (MANAGER,), N_("Put on hold"), N_("{who} put {what} on hold."), (MANAGER, ONLOOKER)),
    row(Verb.PIPELINE_RESUME, (MANAGER,), N_("Take off hold"), N_("{who} took {what} off hold."), (MANAGER, ONLOOKER)),
    row(Verb.PIPELINE_STOP, (MANAGER, STEWARD), N_("Stop"), N_("{who} stopped {what}."), (MANAGER, ONLOOKER), mail=True),
    row(Verb.PIPELINE_REVIVE, (MANAGER,), N_("Take up again"), N_("{who} took {what} up again."), (MANAGER, ONLOOKER)),
    row(Verb.PIPELINE_NOTE, (MANAGER,), N_("Save the note"), N_("{who} wrote a note on {what}."), (MANAGER,)),
)
# fmt: on
