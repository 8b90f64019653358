"""People and organisations: who may do what."""

from crosslab.rules.row import CONTRIBUTOR, PERSON, SELF, SIGNATORY, STEWARD, VISITOR, row
from crosslab.rules.verbs import Verb
from crosslab.rules.words import N_

# fmt: off
ROWS = (
    row(Verb.PEOPLE_ASK_LINK, (VISITOR,), N_("Send me a link"), N_("A sign-in link was asked for.")),
    row(Verb.PEOPLE_SIGN_IN, (VISITOR,), N_("Sign in"), N_("{who} signed in.")),
    row(Verb.PEOPLE_SIGN_OUT, (SELF,), N_("Sign out"), N_("{who} signed out.")),
    row(Verb.PEOPLE_REVOKE, (SELF,), N_("End this session"), N_("{who} ended a session.")),
    row(Verb.PEOPLE_ADMIT, (SELF,), N_("Let it in"), N_("{who} let the command line in on a machine.")),
    row(Verb.PEOPLE_INTRODUCE, (SELF,), N_("Save your details"), N_("{who} changed their details.")),
    row(Verb.PEOPLE_REGISTER, (SELF,), N_("Register an organisation"), N_("{who} registered {what}."), (STEWARD,)),
    row(Verb.PEOPLE_DESCRIBE, (SIGNATORY, CONTRIBUTOR), N_("Save the profile"), N_("{who} changed the profile of {what}.")),
    row(Verb.PEOPLE_IDENTIFY, (SIGNATORY,), N_("Add the identifier"), N_("{who} added an identifier to {what}.")),
    row(Verb.PEOPLE_DROP_IDENTIFIER, (SIGNATORY,), N_("Remove the identifier"), N_("{who} removed an identifier from {what}.")),
    row(Verb.PEOPLE_INVITE, (SIGNATORY,), N_("Invite a colleague"), N_("{who} invited a colleague to {what}."), (SIGNATORY,)),
    row(Verb.PEOPLE_WITHDRAW_INVITATION, (SIGNATORY,), N_("Withdraw the invitation"), N_("{who} withdrew an invitation to {what}."), (SIGNATORY,)),
    row(Verb.PEOPLE_TAKE_SEAT, (PERSON,), N_("Take the seat"), N_("{who} took a seat at {what}."), (SIGNATORY,)),
    row(Verb.PEOPLE_SEAT, (SIGNATORY,), N_("Change the seat"), N_("{who} changed a seat at {what}."), (SIGNATORY,)),
    row(Verb.PEOPLE_UNSEAT, (SIGNATORY,), N_("Take the seat away"), N_("{who} took away a seat at {what}."), (SIGNATORY,)),
    row(Verb.PEOPLE_ASK_VERIFICATION, (SIGNATORY,), N_("Ask for verification"), N_("{who} asked for {what} to be verified."), (STEWARD,)),
    row(Verb.PEOPLE_VERIFY, (STEWARD,), N_("Verify the organisation"), N_("{who} verified {what}."), (SIGNATORY, CONTRIBUTOR), mail=True),
    row(Verb.PEOPLE_REFUSE, (STEWARD,), N_("Refuse verification"), N_("{who} refused to verify {what}."), (SIGNATORY,), mail=True),
    row(Verb.PEOPLE_FOUND, (STEWARD,), N_("Found the programme"), N_("{who} founded the programme {what}."), (STEWARD,)),
    row(Verb.PEOPLE_APPOINT, (STEWARD,), N_("Appoint"), N_("{who} appointed somebody at {what}."), (STEWARD,)),
)
# fmt: on
