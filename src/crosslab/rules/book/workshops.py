"""Workshops: who may do what in the room. Whoever runs it has the room; participants have their own notes."""

from crosslab.rules.row import FACILITATOR, MANAGER, PARTICIPANT, VISITOR, row
from crosslab.rules.verbs import Verb
from crosslab.rules.words import N_

RUN = (FACILITATOR, MANAGER)
ALL = (FACILITATOR, MANAGER, PARTICIPANT)

# fmt: off
ROWS = (
    row(Verb.WORKSHOPS_PLAN, (MANAGER,), N_("Plan a workshop"), N_("{who} planned the workshop “{what}”."), RUN),
    row(Verb.WORKSHOPS_DESCRIBE, RUN, N_("Save the workshop"), N_("{who} changed the workshop “{what}”.")),
    row(Verb.WORKSHOPS_APPOINT, (MANAGER,), N_("Appoint the facilitator"), N_("{who} appointed a facilitator of “{what}”."), RUN),
    row(Verb.WORKSHOPS_DISMISS, (MANAGER,), N_("Take the room back"), N_("{who} took the room of “{what}” back."), RUN),
    row(Verb.WORKSHOPS_BEGIN, RUN, N_("Open the wall"), N_("{who} opened the wall of “{what}”.")),
    row(Verb.WORKSHOPS_ADVANCE, RUN, N_("Go to the next step"), N_("{who} went on with “{what}”.")),
    row(Verb.WORKSHOPS_GO_BACK, RUN, N_("Go back a step"), N_("{who} went back a step in “{what}”.")),
    row(Verb.WORKSHOPS_FINISH, RUN, N_("End the workshop"), N_("{who} ended “{what}”."), RUN),
    row(Verb.WORKSHOPS_CANCEL, (MANAGER,), N_("Cancel the workshop"), N_("{who} cancelled “{what}”."), ALL),
    row(Verb.WORKSHOPS_PAUSE, RUN, N_("Pause the clock"), N_("{who} paused the clock of “{what}”.")),
    row(Verb.WORKSHOPS_GO_ON, RUN, N_("Let the clock run"), N_("{who} let the clock of “{what}” run.")),
    row(Verb.WORKSHOPS_SET_TIME, RUN, N_("Set the time"), N_("{who} set the time for “{what}”.")),
    row(Verb.WORKSHOPS_LOCK, RUN, N_("Lock writing"), N_("{who} locked writing in “{what}”.")),
    row(Verb.WORKSHOPS_UNLOCK, RUN, N_("Allow writing"), N_("{who} allowed writing in “{what}”.")),
    row(Verb.WORKSHOPS_HIDE_NAMES, RUN, N_("Hide names"), N_("{who} hid the names in “{what}”.")),
    row(Verb.WORKSHOPS_SHOW_NAMES, RUN, N_("Show names"), N_("{who} showed the names in “{what}”.")),
    row(Verb.WORKSHOPS_ADD_COMPANY, RUN, N_("Add the company"), N_("{who} added a company to “{what}”.")),
    row(Verb.WORKSHOPS_RENAME_COMPANY, RUN, N_("Save the name"), N_("{who} renamed a company in “{what}”.")),
    row(Verb.WORKSHOPS_DROP_COMPANY, RUN, N_("Remove the company"), N_("{who} removed a company from “{what}”.")),
    row(Verb.WORKSHOPS_JOIN, (VISITOR,), N_("Come in"), N_("{who} came to “{what}”.")),
    row(Verb.WORKSHOPS_NAME_ONESELF, (PARTICIPANT,), N_("Save your name"), N_("{who} changed their name or company in “{what}”.")),
    row(Verb.WORKSHOPS_MARK, RUN, N_("Save who is here"), N_("{who} noted who is here in “{what}”.")),
    row(Verb.WORKSHOPS_SEND_OUT, RUN, N_("Remove the person"), N_("{who} removed a person from “{what}”.")),
    row(Verb.WORKSHOPS_WRITE, (PARTICIPANT,), N_("Put it on the wall"), N_("{who} put a note on the wall of “{what}”.")),
    row(Verb.WORKSHOPS_REWRITE, ALL, N_("Save the note"), N_("{who} changed a note in “{what}”.")),
    row(Verb.WORKSHOPS_TAKE_BACK, (PARTICIPANT,), N_("Take it back"), N_("{who} took a note back in “{what}”.")),
    row(Verb.WORKSHOPS_ENTER, RUN, N_("Put the notes on the wall"), N_("{who} entered paper notes in “{what}”.")),
    row(Verb.WORKSHOPS_MOVE, RUN, N_("Move the note"), N_("{who} moved a note in “{what}”.")),
    row(Verb.WORKSHOPS_REMOVE, RUN, N_("Remove the note"), N_("{who} removed a note from “{what}”.")),
    row(Verb.WORKSHOPS_PUT_BACK, ALL, N_("Put it back"), N_("{who} put a note back in “{what}”.")),
    row(Verb.WORKSHOPS_TIE, ALL, N_("Tie"), N_("{who} tied two notes in “{what}”.")),
    row(Verb.WORKSHOPS_UNTIE, ALL, N_("Untie"), N_("{who} untied two notes in “{what}”.")),
    row(Verb.WORKSHOPS_MARK_INTERESTING, (PARTICIPANT,), N_("Interesting"), N_("{who} marked a note in “{what}”.")),
    row(Verb.WORKSHOPS_UNMARK, (PARTICIPANT,), N_("Not interesting"), N_("{who} took a mark back in “{what}”.")),
    row(Verb.WORKSHOPS_GATHER, RUN, N_("Make a theme"), N_("{who} made a theme in “{what}”.")),
    row(Verb.WORKSHOPS_ENTITLE, RUN, N_("Save the title"), N_("{who} renamed a theme in “{what}”.")),
    row(Verb.WORKSHOPS_LAY, RUN, N_("Lay on the theme"), N_("{who} laid a note on a theme in “{what}”.")),
    row(Verb.WORKSHOPS_LIFT, RUN, N_("Take off the theme"), N_("{who} took a note off a theme in “{what}”.")),
    row(Verb.WORKSHOPS_MERGE, RUN, N_("Merge the themes"), N_("{who} merged two themes in “{what}”.")),
    row(Verb.WORKSHOPS_SPLIT, RUN, N_("Split the theme"), N_("{who} split a theme in “{what}”.")),
    row(Verb.WORKSHOPS_VOTE, (PARTICIPANT,), N_("Give a dot"), N_("{who} gave a dot in “{what}”.")),
    row(Verb.WORKSHOPS_TAKE_VOTE, (PARTICIPANT,), N_("Take the dot back"), N_("{who} took a dot back in “{what}”.")),
)
# fmt: on
