"""History: one pure function from statements in log order to what is so, for all who read them."""

from crosslab.ip_vault.replay.access import disclosures, may_open
from crosslab.ip_vault.replay.disclosure import Disclosure, End, Moment, Release, ReleaseStanding
from crosslab.ip_vault.replay.engine import Hidden, Logged, apply, replay, signers
from crosslab.ip_vault.replay.ownership import disputed, overtaken, owner_orgs
from crosslab.ip_vault.replay.refusals import SENTENCES, Reason, Rejected
from crosslab.ip_vault.replay.releases import asked, in_force, inside, standing
from crosslab.ip_vault.replay.state import (
    Access,
    Consortium,
    Contribution,
    Holding,
    Key,
    Organisation,
    Person,
    Standing,
    State,
    Transfer,
    Version,
)
from crosslab.ip_vault.replay.view import view

__all__ = [
    "SENTENCES",
    "Access",
    "Consortium",
    "Contribution",
    "Disclosure",
    "End",
    "Hidden",
    "Holding",
    "Key",
    "Logged",
    "Moment",
    "Organisation",
    "Person",
    "Reason",
    "Rejected",
    "Release",
    "ReleaseStanding",
    "Standing",
    "State",
    "Transfer",
    "Version",
    "apply",
    "asked",
    "disclosures",
    "disputed",
    "in_force",
    "inside",
    "may_open",
    "overtaken",
    "owner_orgs",
    "replay",
    "signers",
    "standing",
    "view",
]
