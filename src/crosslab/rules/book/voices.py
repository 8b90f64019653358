"""Open sessions, what is said in them and what comes of it: voices, terms, leads, the summary.

Who speaks holds a card of the session, with or without an account. Leads belong to the organisation they name:
whoever runs the session or its programme is told of none.
"""

from crosslab.rules.row import (
    CONTRIBUTOR,
    FACILITATOR,
    MANAGER,
    PARTICIPANT,
    SIGNATORY,
    STEWARD,
    VISITOR,
    row,
)
from crosslab.rules.verbs import Verb
from crosslab.rules.words import N_

RUN = (SIGNATORY, CONTRIBUTOR, MANAGER, FACILITATOR)
FIRM = (SIGNATORY, CONTRIBUTOR)

# fmt: off
ROWS = (
    row(Verb.SESSIONS_SET_TERMS, RUN, N_("Save the terms"), N_("{who} set the terms of “{what}”.")),
    row(Verb.SESSIONS_COME_IN, (VISITOR,), N_("Come in"), N_("Somebody came to “{what}”.")),
    row(Verb.SESSIONS_SAY, (PARTICIPANT,), N_("Say it"), N_("Something was said in “{what}”.")),
    row(Verb.SESSIONS_REPHRASE, (PARTICIPANT,), N_("Save my words"), N_("Somebody put their words right in “{what}”.")),
    row(Verb.SESSIONS_UNSAY, (PARTICIPANT,), N_("Take it back"), N_("Somebody took their words back in “{what}”.")),
    row(Verb.SESSIONS_SUPPORT, (PARTICIPANT,), N_("Support"), N_("Somebody supported a voice in “{what}”.")),
    row(Verb.SESSIONS_UNSUPPORT, (PARTICIPANT,), N_("No longer support"), N_("Somebody took their support back in “{what}”.")),
    row(Verb.SESSIONS_ANSWER, RUN, N_("Save the answer"), N_("{who} answered in “{what}”.")),
    row(Verb.SESSIONS_MARK_ANSWERED, RUN, N_("Answered live"), N_("{who} answered live in “{what}”.")),
    row(Verb.SESSIONS_GROUP, RUN, N_("Put them together"), N_("{who} put two voices together in “{what}”.")),
    row(Verb.SESSIONS_UNGROUP, RUN, N_("Take them apart"), N_("{who} took two voices apart in “{what}”.")),
    row(Verb.SESSIONS_HIDE, RUN, N_("Hide it"), N_("{who} hid a voice in “{what}”.")),
    row(Verb.SESSIONS_UNHIDE, RUN, N_("Show it again"), N_("{who} showed a voice again in “{what}”.")),
    row(Verb.SESSIONS_PIN, RUN, N_("Put it on the screen"), N_("{who} put a voice on the screen of “{what}”.")),
    row(Verb.SESSIONS_UNPIN, RUN, N_("Take it off the screen"), N_("{who} took a voice off the screen of “{what}”.")),
    row(Verb.SESSIONS_HAND_ON, RUN, N_("Hand it on to the challenge"), N_("{who} handed a voice from “{what}” on to a challenge."), FIRM),
    row(Verb.SESSIONS_BRING_IN, RUN, N_("Bring it into the business case"), N_("{who} brought a voice from “{what}” into a business case.")),
    row(Verb.SESSIONS_LEAVE_LEAD, (VISITOR,), N_("Leave my address"), N_("Somebody at “{what}” would like to hear from you."), FIRM, mail=True),
    row(Verb.SESSIONS_WITHDRAW_LEAD, (VISITOR,), N_("Take it back and erase my address"), N_("Somebody who wrote to you at “{what}” took it back. Their address is erased."), FIRM, mail=True),
    row(Verb.SESSIONS_PLAN_LEAD, FIRM, N_("Save the next step"), N_("{who} planned the next step with a lead from “{what}”.")),
    row(Verb.SESSIONS_NOTE_LEAD, FIRM, N_("Keep the note"), N_("{who} noted something about a lead from “{what}”.")),
    row(Verb.SESSIONS_WRITE_LEAD, FIRM, N_("Send the letter"), N_("{who} wrote to a lead from “{what}”.")),
    row(Verb.SESSIONS_TALK, FIRM, N_("We are in talk"), N_("{who} is in talk with a lead from “{what}”."), FIRM),
    row(Verb.SESSIONS_BECOME, FIRM, N_("Save what became of it"), N_("{who} noted what became of a lead from “{what}”."), FIRM),
    row(Verb.SESSIONS_CLOSE_LEAD, FIRM, N_("Close it"), N_("{who} closed a lead from “{what}”.")),
    row(Verb.SESSIONS_ERASE_LEAD, (STEWARD,), N_("Erase what has run out"), N_("The address of a lead from “{what}” ran out and is erased.")),
    row(Verb.SESSIONS_ASK_PRESENTER, RUN, N_("Ask the organisation"), N_("{who} asked {organisation} to present at “{what}”."), FIRM, mail=True),
    row(Verb.SESSIONS_DROP_PRESENTER, RUN, N_("Take it off"), N_("{who} took a presenter off “{what}”."), FIRM),
    row(Verb.SESSIONS_AGREE_PRESENTING, FIRM, N_("We present"), N_("{who} agreed to present at “{what}”."), RUN),
    row(Verb.SESSIONS_DECLINE_PRESENTING, FIRM, N_("We do not present"), N_("{who} declined to present at “{what}”."), RUN),
    row(Verb.SESSIONS_PREPARE, RUN, N_("Save the summary"), N_("{who} prepared the summary of “{what}”.")),
    row(Verb.SESSIONS_ATTACH, RUN, N_("Add the file"), N_("{who} added a file to the summary of “{what}”.")),
    row(Verb.SESSIONS_DETACH, RUN, N_("Remove the file"), N_("{who} removed a file from the summary of “{what}”.")),
    row(Verb.SESSIONS_SUM_UP, RUN, N_("Send the summary"), N_("The summary of “{what}” went out."), RUN),
    row(Verb.SESSIONS_RATE, (PARTICIPANT,), N_("Send my answers"), N_("Somebody said how “{what}” was.")),
)
# fmt: on
