"""Why a statement has no place in history: a code for machines, a sentence for people."""

from collections.abc import Mapping
from enum import StrEnum

from crosslab.ip_vault.errors import VaultError


class Reason(StrEnum):
    """The named refusals of a replay."""

    MALFORMED = "malformed"
    UNPROVEN = "unproven"
    ORDER = "order"
    OTHER_LOG = "other-log"
    DUPLICATE = "duplicate"
    CHAIN_UNKNOWN = "chain-unknown"
    CHAIN_KIND = "chain-kind"
    STALE_PLACE = "stale-place"
    PERSON_UNKNOWN = "person-unknown"
    ORG_UNKNOWN = "org-unknown"
    NOT_IN_ORG = "not-in-org"
    ROLE = "role"
    NOT_OWN_CHAIN = "not-own-chain"
    SAME_KEY = "same-key"
    INVITE_UNKNOWN = "invite-unknown"
    INVITE_SPENT = "invite-spent"
    REQUEST_UNKNOWN = "request-unknown"
    ALREADY_MEMBER = "already-member"
    LAST_ADMIN = "last-admin"
    EPOCH = "epoch"
    NOT_A_MEMBER = "not-a-member"
    NOT_FOUNDING = "not-founding"
    OWN_ORG = "own-org"
    ORG_HEAD = "org-head"
    PREVIOUS = "previous"
    VERSION_UNKNOWN = "version-unknown"
    CONTRIBUTION_UNKNOWN = "contribution-unknown"
    PARTY_UNKNOWN = "party-unknown"
    NOT_AN_OWNER = "not-an-owner"
    AUTHOR_UNKNOWN = "author-unknown"
    DERIVATION = "derivation"
    GRANTEE_UNKNOWN = "grantee-unknown"
    NO_ACCESS = "no-access"
    ALREADY_SAID = "already-said"
    RIGHT_UNKNOWN = "right-unknown"
    STALE_BASIS = "stale-basis"
    DISPUTED = "disputed"
    MATTER_UNKNOWN = "matter-unknown"
    NOT_CONCERNED = "not-concerned"
    SETTLED = "settled"
    INSIDE = "inside"
    NOT_IN_FORCE = "not-in-force"
    EXPIRED = "expired"
    ENDED = "ended"


SENTENCES: Mapping[Reason, str] = {
    Reason.MALFORMED: "The statement is not in the form that statements have.",
    Reason.UNPROVEN: "A signature on the statement is missing or does not verify.",
    Reason.ORDER: "The statement comes before one that was already read.",
    Reason.OTHER_LOG: "The statement was made for another log.",
    Reason.DUPLICATE: "The statement is in the log already.",
    Reason.CHAIN_UNKNOWN: "The statement stands on a chain that does not exist.",
    Reason.CHAIN_KIND: "The statement stands on the wrong kind of chain.",
    Reason.STALE_PLACE: "Somebody else was first: make the statement again after the newest one.",
    Reason.PERSON_UNKNOWN: "The statement names a person who is not known.",
    Reason.ORG_UNKNOWN: "The statement names an organisation that is not known.",
    Reason.NOT_IN_ORG: "The person does not belong to this organisation.",
    Reason.ROLE: "The person's role in the organisation does not allow this.",
    Reason.NOT_OWN_CHAIN: "A person only speaks on their own chain.",
    Reason.SAME_KEY: "The new key is the old one.",
    Reason.INVITE_UNKNOWN: "There is no such invitation here.",
    Reason.INVITE_SPENT: "The invitation was used or withdrawn.",
    Reason.REQUEST_UNKNOWN: "There is no such request to join, or it was answered.",
    Reason.ALREADY_MEMBER: "They belong to it already.",
    Reason.LAST_ADMIN: "An organisation keeps at least one administrator.",
    Reason.EPOCH: "The key named is not the newest one.",
    Reason.NOT_A_MEMBER: "The organisation is not a member of the consortium.",
    Reason.NOT_FOUNDING: "Only an organisation that leads the consortium may do this.",
    Reason.OWN_ORG: "An organisation cannot do this to itself.",
    Reason.ORG_HEAD: "The organisation's chain has no such link.",
    Reason.PREVIOUS: "The version does not follow the newest version of its contribution.",
    Reason.VERSION_UNKNOWN: "The consortium has no such version.",
    Reason.CONTRIBUTION_UNKNOWN: "The consortium has no such contribution.",
    Reason.PARTY_UNKNOWN: "An owner must be an organisation of the consortium.",
    Reason.NOT_AN_OWNER: "The organisation owns none of these rights.",
    Reason.AUTHOR_UNKNOWN: "An author named is not a known person.",
    Reason.DERIVATION: "The version builds on one that is unknown or not open to its maker.",
    Reason.GRANTEE_UNKNOWN: "Access can be given inside the consortium, and outside it under a release.",
    Reason.NO_ACCESS: "They were not given access.",
    Reason.ALREADY_SAID: "This was said already; withdraw it first to say otherwise.",
    Reason.RIGHT_UNKNOWN: "No owners of this right are agreed yet.",
    Reason.STALE_BASIS: "The owners have changed since; look at today's owners and propose again.",
    Reason.DISPUTED: "The contribution is disputed; owners stay as they are until that is settled.",
    Reason.MATTER_UNKNOWN: "There is nothing here to approve, object to or withdraw.",
    Reason.NOT_CONCERNED: "The organisation is not asked about this.",
    Reason.SETTLED: "This is settled and cannot be taken back.",
    Reason.INSIDE: "A release is for somebody outside the consortium; members are given access directly.",
    Reason.NOT_IN_FORCE: "The release is not in force: an owner has not agreed, or has objected.",
    Reason.EXPIRED: "The time of the release is over.",
    Reason.ENDED: "The release was declined, withdrawn or revoked.",
}


class Rejected(VaultError):
    """A statement that history has no place for. `code` names the reason, `sentence` says it."""

    def __init__(self, code: Reason, detail: str = "") -> None:
        self.code = code
        self.sentence = SENTENCES[code]
        super().__init__(f"{self.sentence} ({detail})" if detail else self.sentence)


def require(holds: object, reason: Reason) -> None:
    """Refuses unless this holds."""
    if not holds:
        raise Rejected(reason)
