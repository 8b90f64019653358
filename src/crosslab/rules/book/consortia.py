"""Consortia: who may do what. Organisations act; their signatories bind them."""

from crosslab.rules.row import CONTRIBUTOR, LEAD, ONLOOKER, SIGNATORY, STEWARD, row
from crosslab.rules.verbs import Verb
from crosslab.rules.words import N_

OWN = (SIGNATORY, CONTRIBUTOR)

# fmt: off
ROWS = (
    row(Verb.CONSORTIA_START, OWN, N_("Start a consortium"), N_("{who} started the consortium {what}."), (ONLOOKER,), then=("pipeline.enter",)),
    row(Verb.CONSORTIA_DESCRIBE, (LEAD,), N_("Save the description"), N_("{who} changed the description of {what}."), (ONLOOKER,)),
    row(Verb.CONSORTIA_SEEK, (LEAD,), N_("Seek a partner"), N_("{who} added a role that {what} seeks."), (ONLOOKER,)),
    row(Verb.CONSORTIA_DROP_ROLE, (LEAD,), N_("Stop seeking"), N_("{who} removed a role that {what} sought."), (ONLOOKER,)),
    row(Verb.CONSORTIA_INVITE, (LEAD,), N_("Invite an organisation"), N_("{who} invited an organisation to {what}."), (ONLOOKER, SIGNATORY), mail=True),
    row(Verb.CONSORTIA_ASK, OWN, N_("Ask to join"), N_("{who} asked to join {what}."), (LEAD, SIGNATORY), mail=True),
    row(Verb.CONSORTIA_ACCEPT, (SIGNATORY,), N_("Accept the invitation"), N_("{who} joined {what}."), (ONLOOKER,), mail=True),
    row(Verb.CONSORTIA_DECLINE, (SIGNATORY,), N_("Decline the invitation"), N_("{who} declined the invitation to {what}."), (LEAD,)),
    row(Verb.CONSORTIA_ADMIT, (LEAD,), N_("Admit the organisation"), N_("{who} admitted an organisation to {what}."), (ONLOOKER, SIGNATORY), mail=True),
    row(Verb.CONSORTIA_TURN_DOWN, (LEAD,), N_("Turn the request down"), N_("{who} turned down a request to join {what}."), (LEAD, SIGNATORY), mail=True),
    row(Verb.CONSORTIA_WITHDRAW, (LEAD, SIGNATORY), N_("Withdraw"), N_("{who} withdrew an invitation or a request for {what}."), (LEAD, SIGNATORY)),
    row(Verb.CONSORTIA_EXPIRE, (STEWARD,), N_("Let it expire"), N_("An invitation or a request for {what} expired."), (LEAD, SIGNATORY)),
    row(Verb.CONSORTIA_LEAVE, (SIGNATORY,), N_("Leave the consortium"), N_("{who} left {what}."), (ONLOOKER, SIGNATORY), mail=True),
    row(Verb.CONSORTIA_OFFER_LEAD, (LEAD,), N_("Offer the lead"), N_("{who} offered the lead of {what} to a partner."), (ONLOOKER,), mail=True),
    row(Verb.CONSORTIA_TAKE_LEAD, (SIGNATORY,), N_("Take the lead"), N_("{who} took the lead of {what}."), (ONLOOKER,), mail=True),
    row(Verb.CONSORTIA_WRITE_CHARTER, (LEAD,), N_("Put the charter to the partners"), N_("{who} wrote a charter for {what}."), (ONLOOKER,), mail=True),
    row(Verb.CONSORTIA_ACCEPT_CHARTER, (SIGNATORY,), N_("Accept the charter"), N_("{who} accepted the charter of {what}."), (ONLOOKER,)),
    row(Verb.CONSORTIA_TRACE, OWN, N_("Link the lead to it"), N_("{who} noted that {what} goes back to an open session."), (ONLOOKER,)),
    row(Verb.CONSORTIA_DISSOLVE, (LEAD,), N_("Dissolve the consortium"), N_("{who} dissolved {what}."), (ONLOOKER,), then=("pipeline.follow",), mail=True),
)
# fmt: on
