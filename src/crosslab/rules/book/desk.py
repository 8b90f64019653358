"""The desk: what each person does for themselves."""

from crosslab.rules.row import SELF, row
from crosslab.rules.verbs import Verb
from crosslab.rules.words import N_

ROWS = (row(Verb.DESK_READ, (SELF,), N_("Mark all as read"), N_("{who} read the inbox.")),)
