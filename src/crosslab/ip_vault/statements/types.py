"""Every kind of statement: on which chain, who signs, what it says. Unknown keys are refused.

This table is the whole schema; `SPEC.md` says it in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from crosslab.ip_vault.statements.shape import (
    Shape,
    closed,
    each,
    either,
    empty,
    ident,
    matching,
    moment,
    number,
    owners,
    public_key,
    recipient,
    text,
    word,
)


class Chain(StrEnum):
    """The three kinds of chain."""

    PERSON = "person"
    ORGANISATION = "organisation"
    CONSORTIUM = "consortium"


class For(StrEnum):
    """Whether a statement is made for an organisation."""

    NEVER = "never"
    ALWAYS = "always"
    MAYBE = "maybe"


class Cosigner(StrEnum):
    """Whose key signs after the person's own."""

    NONE = "none"
    NEW_KEY = "new key"
    INVITE = "invite"
    RECOVERY = "recovery"


@dataclass(frozen=True)
class Kind:
    """What the table says about one type of statement."""

    chain: Chain
    body: Shape
    acts_for: For = For.NEVER
    cosigner: Cosigner = Cosigner.NONE
    genesis: bool = False


ORG_ROLES = ("admin", "signer", "reader")
BINDING_ROLES = ("admin", "signer")
"""Who may speak for an organisation: what they state binds it."""
CLASSES = ("background", "sideground", "result")
DERIVATIONS = ("incorporates", "adapts", "requires", "uses_data", "inspired_by")
PURPOSES = ("evaluation", "challenge_review", "funding_assessment", "licence_talks", "due_diligence")
ROTATIONS = ("routine", "lost_device", "compromise")
RIGHTS = (
    "copyright",
    "related_performer",
    "related_phonogram",
    "related_film",
    "press_publisher",
    "sui_generis_database",
    "patent",
    "utility_model",
    "registered_design",
    "unregistered_design",
    "trade_mark",
    "trade_secret",
    "plant_variety",
    "topography",
    "domain_name",
    "geographical_indication",
    "personality",
    "physical_property",
    "contract_only",
    "heritage_statute",
)
MAX_BLOB = 2**40

_name = text(200)
_person_name = matching(r"[^@\n]{1,200}")
_epoch = number(1, 1_000_000)
_file = closed(sha256=ident, size=number(1, MAX_BLOB))
_small = number(1, 64 * 1024)

_version = closed(
    contribution=either(empty, ident),
    version=number(1, 1_000_000),
    previous=either(empty, ident),
    derived_from=each(closed(version=ident, kind=word(*DERIVATIONS)), 64, once="version"),
    rights=each(closed(type=word(*RIGHTS), owners=owners), 20, least=1, once="type"),
    authors=each(ident, 64, once=""),
    content_key=ident,
    manifest=_file,
    blobs=each(_file, 64, once="sha256"),
    commitment=ident,
    **{"class": word(*CLASSES)},
)
_wraps = each(closed(person=either(empty, ident), sha256=ident, size=_small), 200, least=1, once="person")
_grants = each(closed(version=ident, sha256=ident, size=_small), 200, least=1, once="version")
_release = closed(
    to=ident,
    purpose=word(*PURPOSES),
    until=moment,
    versions=each(ident, 64, least=1, once=""),
    terms=text(2000, least=0, lines=True),
)
_withdrawable = either(closed(person=ident), closed(invite=ident))

_P, _O, _C = Chain.PERSON, Chain.ORGANISATION, Chain.CONSORTIUM

TYPES: Mapping[str, Kind] = {
    "person.create": Kind(_P, closed(name=_person_name, sign=public_key, age=recipient), genesis=True),
    "person.rotate": Kind(
        _P, closed(sign=public_key, age=recipient, reason=word(*ROTATIONS)), cosigner=Cosigner.NEW_KEY
    ),
    "person.request": Kind(_P, closed(org=ident, invite=ident), cosigner=Cosigner.INVITE),
    "org.create": Kind(
        _O,
        closed(
            name=_name, epoch=number(1, 1), age=recipient, recovery_sign=public_key, recovery_age=recipient
        ),
        cosigner=Cosigner.RECOVERY,
        genesis=True,
    ),
    "org.invite": Kind(_O, closed(invite=public_key, role=word(*ORG_ROLES))),
    "org.add": Kind(_O, closed(person=ident, request=ident)),
    "org.role": Kind(_O, closed(person=ident, role=word(*ORG_ROLES))),
    "org.remove": Kind(_O, _withdrawable),
    "org.key": Kind(_O, closed(epoch=number(2, 1_000_000), age=recipient)),
    "org.wrap": Kind(_O, closed(items=_wraps)),
    "org.recover": Kind(
        _O, closed(person=ident, recovery_sign=public_key, recovery_age=recipient), cosigner=Cosigner.RECOVERY
    ),
    "consortium.create": Kind(
        _C,
        closed(name=_name, regime=matching(r"[a-z0-9][a-z0-9_.-]{0,63}"), orgs=each(ident, 1, least=1)),
        For.ALWAYS,
        genesis=True,
    ),
    "consortium.invite": Kind(
        _C, closed(invite=public_key, note=text(2000, least=0, lines=True)), For.ALWAYS
    ),
    "consortium.remove": Kind(_C, either(closed(org=ident), closed(invite=ident)), For.ALWAYS),
    "consortium.join": Kind(_C, closed(org=ident, invite=ident, org_head=ident), For.ALWAYS, Cosigner.INVITE),
    "consortium.leave": Kind(_C, closed(org=ident), For.ALWAYS),
    "version": Kind(_C, _version, For.ALWAYS),
    "grant": Kind(_C, closed(to=ident, epoch=_epoch, items=_grants), For.ALWAYS),
    "revoke": Kind(_C, closed(contribution=ident, to=ident), For.ALWAYS),
    "ack": Kind(_C, closed(version=ident), For.MAYBE),
    "release": Kind(_C, _release, For.ALWAYS),
    "decline": Kind(_C, closed(of=ident), For.MAYBE),
    "transfer": Kind(
        _C, closed(contribution=ident, right=word(*RIGHTS), basis=ident, owners=owners), For.ALWAYS
    ),
    "approve": Kind(_C, closed(of=ident), For.ALWAYS),
    "object": Kind(_C, closed(of=ident), For.ALWAYS),
    "withdraw": Kind(_C, closed(of=ident), For.ALWAYS),
}
HIDDEN = frozenset({"org.wrap", "grant", "revoke", "ack"})  # texts that only the parties may read
FOR_PARTIES = HIDDEN | {"person.request"}  # kinds whose text may be kept from others; each one's tag says so
