"""The desk: what each person does for themselves, and what stewards do for the house."""

from crosslab.rules.row import SELF, STEWARD, row
from crosslab.rules.verbs import Verb
from crosslab.rules.words import N_

# fmt: off
ROWS = (
    row(Verb.DESK_READ, (SELF,), N_("Mark all as read"), N_("{who} read the inbox.")),
    row(Verb.DESK_RETRY, (STEWARD,), N_("Try it again"), N_("{who} had the job “{job}” tried again.")),
)
# fmt: on
