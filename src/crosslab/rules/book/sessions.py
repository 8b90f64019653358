"""Open sessions: their hosts run them; whoever comes answers for their own place alone."""

from crosslab.rules.row import (
    CONTRIBUTOR,
    FACILITATOR,
    MANAGER,
    PARTICIPANT,
    SELF,
    SIGNATORY,
    STEWARD,
    VISITOR,
    row,
)
from crosslab.rules.verbs import Verb
from crosslab.rules.words import N_

HOST = (SIGNATORY, CONTRIBUTOR, MANAGER)
RUN = (*HOST, FACILITATOR)
ALL = (*RUN, PARTICIPANT)

# fmt: off
ROWS = (
    row(Verb.SESSIONS_PLAN, HOST, N_("Plan a session"), N_("{who} planned the session “{what}”."), (SIGNATORY, MANAGER)),
    row(Verb.SESSIONS_DESCRIBE, RUN, N_("Save the session"), N_("{who} changed the session “{what}”.")),
    row(Verb.SESSIONS_COPY, HOST, N_("Plan another like it"), N_("{who} planned another session like “{what}”.")),
    row(Verb.SESSIONS_APPOINT, HOST, N_("Appoint the host"), N_("{who} appointed a host of “{what}”."), RUN),
    row(Verb.SESSIONS_DISMISS, HOST, N_("Take the session back"), N_("{who} took “{what}” back from a host."), RUN),
    row(Verb.SESSIONS_PUBLISH, HOST, N_("Publish the session"), N_("{who} published the session “{what}”."), RUN),
    row(Verb.SESSIONS_CLOSE, RUN, N_("Close registration"), N_("{who} closed registration for “{what}”.")),
    row(Verb.SESSIONS_REOPEN, RUN, N_("Open registration again"), N_("{who} opened registration for “{what}” again.")),
    row(Verb.SESSIONS_BEGIN, RUN, N_("Begin the session"), N_("{who} began “{what}”.")),
    row(Verb.SESSIONS_FINISH, RUN, N_("End the session"), N_("{who} ended “{what}”."), RUN),
    row(Verb.SESSIONS_CANCEL, HOST, N_("Cancel the session"), N_("{who} cancelled the session “{what}”."), ALL),
    row(Verb.SESSIONS_START_SERIES, HOST, N_("Begin the series"), N_("{who} began the series “{what}”."), (SIGNATORY, MANAGER)),
    row(Verb.SESSIONS_DESCRIBE_SERIES, HOST, N_("Save the series"), N_("{who} changed the series “{what}”.")),
    row(Verb.SESSIONS_REPEAT, HOST, N_("Plan these dates"), N_("{who} planned further dates of “{what}”."), (SIGNATORY, MANAGER)),
    row(Verb.SESSIONS_REGISTER, (VISITOR,), N_("Register for the session"), N_("Somebody registered for “{what}”.")),
    row(Verb.SESSIONS_ADMIT, (STEWARD,), N_("Give the place"), N_("Somebody got a place in “{what}”.")),
    row(Verb.SESSIONS_OFFER, (STEWARD,), N_("Offer the place"), N_("Somebody was offered a place in “{what}”.")),
    row(Verb.SESSIONS_CONFIRM, (SELF,), N_("Take the place"), N_("Somebody took their place in “{what}”.")),
    row(Verb.SESSIONS_LAPSE, (STEWARD,), N_("Let the place go"), N_("A place kept in “{what}” lapsed.")),
    row(Verb.SESSIONS_AMEND, (SELF,), N_("Save what you wrote"), N_("Somebody changed their registration for “{what}”.")),
    row(Verb.SESSIONS_LEAVE, (SELF,), N_("Give up the place"), N_("Somebody gave up their place in “{what}”.")),
    row(Verb.SESSIONS_ERASE, (SELF,), N_("Erase what is held"), N_("Somebody erased their registration for “{what}”.")),
    row(Verb.SESSIONS_MARK, RUN, N_("Save who is here"), N_("{who} noted who is here in “{what}”.")),
    row(Verb.SESSIONS_SEAT, RUN, N_("Let them in"), N_("{who} let somebody in who had not registered for “{what}”.")),
    row(Verb.SESSIONS_JOIN, RUN, N_("They are one person"), N_("{who} put two entries of one person together in “{what}”.")),
    row(Verb.SESSIONS_PART, RUN, N_("They are two people"), N_("{who} took two entries apart in “{what}”.")),
    row(Verb.SESSIONS_TURN_AWAY, RUN, N_("Turn the person away"), N_("{who} took a registration for “{what}” back.")),
    row(Verb.SESSIONS_RENEW_FEED, (SELF,), N_("Make an address"), N_("{who} made a calendar address.")),
    row(Verb.SESSIONS_END_FEED, (SELF,), N_("End the address"), N_("{who} ended a calendar address.")),
)
# fmt: on
