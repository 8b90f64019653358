"""History: one pure function from statements in log order to what is so, for all who read them."""

from crosslab.ip_vault.replay.engine import Hidden, Logged, apply, replay, signers
from crosslab.ip_vault.replay.ownership import disputed, owner_orgs
from crosslab.ip_vault.replay.refusals import SENTENCES, Reason, Rejected
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
    "Hidden",
    "Holding",
    "Key",
    "Logged",
    "Organisation",
    "Person",
    "Reason",
    "Rejected",
    "Standing",
    "State",
    "Transfer",
    "Version",
    "apply",
    "disputed",
    "owner_orgs",
    "replay",
    "signers",
    "view",
]
