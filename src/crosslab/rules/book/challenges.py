"""Challenges: who may do what."""

from crosslab.rules.row import CONTRIBUTOR, MANAGER, PERSON, SIGNATORY, row
from crosslab.rules.verbs import Verb
from crosslab.rules.words import N_

HOST = (SIGNATORY, CONTRIBUTOR)

# fmt: off
ROWS = (
    row(Verb.CHALLENGES_DRAFT, HOST, N_("Post a challenge"), N_("{who} began the challenge “{what}”."), HOST),
    row(Verb.CHALLENGES_EDIT, HOST, N_("Save and continue"), N_("{who} worked on the challenge “{what}”.")),
    row(Verb.CHALLENGES_PICTURE, HOST, N_("Save the picture"), N_("{who} set the picture of “{what}”.")),
    row(Verb.CHALLENGES_ATTACH, HOST, N_("Add the document"), N_("{who} added a document to “{what}”.")),
    row(Verb.CHALLENGES_DETACH, HOST, N_("Remove the document"), N_("{who} removed a document from “{what}”.")),
    row(Verb.CHALLENGES_SUBMIT, HOST, N_("Send to the programme manager"), N_("{who} sent the challenge “{what}” for review."), (MANAGER, *HOST), mail=True),
    row(Verb.CHALLENGES_COMMENT, (MANAGER,), N_("Add the comment"), N_("{who} commented on the challenge “{what}”."), HOST),
    row(Verb.CHALLENGES_SEND_BACK, (MANAGER,), N_("Send back with a reason"), N_("{who} sent the challenge “{what}” back."), HOST, mail=True),
    row(Verb.CHALLENGES_PUBLISH, (MANAGER,), N_("Publish the challenge"), N_("{who} published the challenge “{what}”."), (MANAGER, *HOST), mail=True),
    row(Verb.CHALLENGES_CALL, HOST, N_("Call for consortia"), N_("{who} called for consortia on “{what}”."), (MANAGER, *HOST)),
    row(Verb.CHALLENGES_CLOSE, (*HOST, MANAGER), N_("Close the challenge"), N_("{who} closed the challenge “{what}”."), (MANAGER, *HOST)),
    row(Verb.CHALLENGES_WITHDRAW, (SIGNATORY,), N_("Withdraw the challenge"), N_("{who} withdrew the challenge “{what}”."), (MANAGER, *HOST)),
    row(Verb.CHALLENGES_ASK, (PERSON,), N_("Ask the question"), N_("{who} asked a question about “{what}”."), HOST, mail=True),
    row(Verb.CHALLENGES_ANSWER, HOST, N_("Publish the answer"), N_("{who} answered a question about “{what}”."), HOST),
    row(Verb.CHALLENGES_TELL, HOST, N_("Publish the update"), N_("{who} published an update on “{what}”."), (MANAGER, *HOST)),
    row(Verb.CHALLENGES_FOLLOW, (PERSON,), N_("Follow"), N_("{who} follows “{what}”.")),
    row(Verb.CHALLENGES_UNFOLLOW, (PERSON,), N_("Stop following"), N_("{who} stopped following “{what}”.")),
    row(Verb.CHALLENGES_INTEREST, HOST, N_("Register interest"), N_("{who} registered interest in “{what}”."), HOST),
    row(Verb.CHALLENGES_WITHDRAW_INTEREST, HOST, N_("Withdraw the interest"), N_("{who} withdrew the interest in “{what}”."), HOST),
)
# fmt: on
