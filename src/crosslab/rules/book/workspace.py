"""The sealed workspace: who may hand in what. What a statement may say is decided by the vault's own rules."""

from crosslab.rules.row import ONLOOKER, PERSON, SELF, SIGNATORY, row
from crosslab.rules.verbs import Verb
from crosslab.rules.words import N_

# fmt: off
ROWS = (
    row(Verb.WORKSPACE_RECORD, (PERSON,), N_("Record the statement"), N_("{who} handed in {kind}."), (ONLOOKER,)),
    row(Verb.WORKSPACE_STORE, (PERSON,), N_("Store the sealed file"), N_("{who} stored a sealed file.")),
    row(Verb.WORKSPACE_KEEP, (SELF,), N_("Keep the unlock file"), N_("{who} changed a way to unlock.")),
    row(Verb.WORKSPACE_FORGET, (SELF,), N_("Remove the unlock file"), N_("{who} removed a way to unlock.")),
    row(Verb.WORKSPACE_BEGIN_ANEW, (SELF,), N_("Begin anew"), N_("{who} lost every way to their key and began anew with another one."), (SIGNATORY,), mail=True),
    row(Verb.WORKSPACE_GIVE_BACK, (PERSON,), N_("Hand back what was lost"), N_("{who} handed back what the register had lost.")),
)
# fmt: on
