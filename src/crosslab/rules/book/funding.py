"""Applications: who may do what. The consortium writes, each partner signs for itself, the manager records."""

from crosslab.rules.row import CONTRIBUTOR, FINANCE, LEAD, MANAGER, MEMBER, ONLOOKER, SIGNATORY, row
from crosslab.rules.verbs import Verb
from crosslab.rules.words import N_

# fmt: off
ROWS = (
    row(Verb.FUNDING_START, (LEAD, MANAGER), N_("Start an application"), N_("{who} started an application to {what}."), (ONLOOKER, MANAGER)),
    row(Verb.FUNDING_DESCRIBE, (LEAD, MANAGER), N_("Save the details"), N_("{who} changed the details of the application to {what}.")),
    row(Verb.FUNDING_WRITE, (MEMBER,), N_("Save the section"), N_("{who} worked on the application to {what}.")),
    row(Verb.FUNDING_BUDGET, (SIGNATORY, CONTRIBUTOR, FINANCE), N_("Save the budget"), N_("{who} changed a budget in the application to {what}.")),
    row(Verb.FUNDING_DROP_LINE, (SIGNATORY, CONTRIBUTOR, FINANCE), N_("Remove the line"), N_("{who} removed a budget line in the application to {what}.")),
    row(Verb.FUNDING_FIX, (LEAD,), N_("Ask the partners to sign off"), N_("{who} asked the partners to sign off the application to {what}."), (ONLOOKER, MANAGER), mail=True),
    row(Verb.FUNDING_REOPEN, (LEAD,), N_("Open it for changes"), N_("{who} opened the application to {what} for changes."), (ONLOOKER, MANAGER), mail=True),
    row(Verb.FUNDING_SIGN, (SIGNATORY,), N_("Sign off for your organisation"), N_("{who} signed off the application to {what}."), (ONLOOKER, MANAGER)),
    row(Verb.FUNDING_UNSIGN, (SIGNATORY,), N_("Take the signature back"), N_("{who} took a signature back from the application to {what}."), (ONLOOKER, MANAGER), mail=True),
    row(Verb.FUNDING_SUBMIT, (LEAD, MANAGER), N_("Record the submission"), N_("{who} recorded that the application to {what} was submitted."), (ONLOOKER, MANAGER), then=("pipeline.follow",), mail=True),
    row(Verb.FUNDING_AWARD, (MANAGER,), N_("Record the award"), N_("{who} recorded an award by {what}."), (ONLOOKER, MANAGER), then=("pipeline.follow",), mail=True),
    row(Verb.FUNDING_REJECT, (MANAGER,), N_("Record the rejection"), N_("{who} recorded that {what} did not award."), (ONLOOKER, MANAGER), mail=True),
    row(Verb.FUNDING_WITHDRAW, (LEAD,), N_("Withdraw the application"), N_("{who} withdrew the application to {what}."), (ONLOOKER, MANAGER)),
)
# fmt: on
