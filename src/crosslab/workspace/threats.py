"""Who could attack the vault, what they would get, and why: the rows of the honest page and of `docs/vault.md`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from crosslab.rules import N_


class Verdict(StrEnum):
    """What becomes of one thing under one attack."""

    KEPT = "kept"
    NOTICED = "noticed"
    READ = "read"
    PART = "part"
    OPEN = "open"
    NONE = "none"


WORDS: Mapping[Verdict, str] = {
    Verdict.KEPT: N_("kept secret"),
    Verdict.NOTICED: N_("change noticed"),
    Verdict.READ: N_("can be read"),
    Verdict.PART: N_("in part"),
    Verdict.OPEN: N_("not protected"),
    Verdict.NONE: N_("not at stake"),
}
MEANING: Mapping[Verdict, str] = {
    Verdict.KEPT: N_("They do not get to read it."),
    Verdict.NOTICED: N_(
        "They cannot alter it, forge it or quietly leave it out: the partners’ programs find out."
    ),
    Verdict.READ: N_("They can read it. That they could alter it does not follow."),
    Verdict.PART: N_("Some of it holds. The sentence beside it says what."),
    Verdict.OPEN: N_("Nothing of ours stands in their way."),
    Verdict.NONE: N_("This attack is not aimed at it, or they could do so anyway."),
}
THINGS: Mapping[str, str] = {
    "content": N_("What you seal"),
    "keys": N_("Keys"),
    "said": N_("Who said and owns what"),
    "shown": N_("Who was shown what"),
    "there": N_("That it stays available"),
}

KEPT, NOTICED, READ = (Verdict.KEPT,), (Verdict.NOTICED,), (Verdict.READ,)
PART, OPEN, NONE = (Verdict.PART,), (Verdict.OPEN,), (Verdict.NONE,)
SEEN = READ + NOTICED


@dataclass(frozen=True)
class Threat:
    """One attacker: what becomes of each thing, in the order of THINGS, and the sentence why."""

    key: str
    who: str
    verdicts: tuple[tuple[Verdict, ...], ...]
    why: str


THREATS: tuple[Threat, ...] = (
    Threat(
        "network",
        N_("Someone on the line between you and us"),
        (KEPT + NOTICED, KEPT, KEPT + NOTICED, KEPT + NOTICED, OPEN),
        N_(
            "Everything travels encrypted, and what you seal was sealed before it left your device. What is "
            "altered on the way is refused on arrival. They can cut the line."
        ),
    ),
    Threat(
        "stolen-database",
        N_("A thief of our database or of a backup"),
        (KEPT, KEPT, SEEN, READ, NONE),
        N_(
            "The database holds no key that lies open: yours opens only with your six random words or your "
            "passkey. What the operator sees, the thief sees too."
        ),
    ),
    Threat(
        "stolen-database-and-old-key",
        N_("The same thief, with an old key of an organisation"),
        (PART, PART, SEEN, READ, NONE),
        N_(
            "Versions that were shared under the old key lie open to them. What was shared after the "
            "organisation changed its key stays shut."
        ),
    ),
    Threat(
        "curious-operator",
        N_("The operator, who only looks"),
        (KEPT, KEPT, SEEN, READ, NONE),
        N_(
            "The operator never has a key. It reads who is a partner, who owns which share, who was granted "
            "what, and how large and how old everything is."
        ),
    ),
    Threat(
        "malicious-operator",
        N_("The operator, who cheats, while you use a program that does not come from it"),
        (KEPT + NOTICED, KEPT, SEEN, SEEN, OPEN),
        N_(
            "Your program checks every key, file and statement against signatures that the operator cannot "
            "make, and the register against what it saw before. The operator can still delete, refuse or delay."
        ),
    ),
    Threat(
        "malicious-page",
        N_("The operator, who cheats in the page that you load"),
        (OPEN, OPEN, PART, OPEN, OPEN),
        N_(
            "A page made to cheat can take your key as you unlock, and then read and sign as you until you "
            "change it. What stood in the register before stays as it was."
        ),
    ),
    Threat(
        "partner",
        N_("A partner with whom you shared nothing"),
        (KEPT, KEPT, SEEN, KEPT, NONE),
        N_(
            "They see that something was put in, who claims which shares in it and how large it is. What "
            "others grant each other in what is not theirs is hidden: they see that a statement was made, and no more."
        ),
    ),
    Threat(
        "reader",
        N_("Someone with whom you shared a version"),
        (READ, KEPT, NOTICED, NOTICED, NONE),
        N_(
            "They can read that version and keep a copy for good, a partner and an outsider alike. They cannot "
            "claim to have had it first: the register holds when you put it in and that you shared it."
        ),
    ),
    Threat(
        "leaver",
        N_("Someone who left your organisation"),
        (PART, PART, NOTICED, NONE, NONE),
        N_(
            "What they kept, they keep. Once they are removed and the organisation’s key is changed, nothing "
            "new opens for them, and nothing they sign counts for the organisation."
        ),
    ),
    Threat(
        "administrator",
        N_("Whoever manages your organisation’s key, turned against it"),
        (PART, PART, PART, OPEN, PART),
        N_(
            "They can read, share and sign for your organisation: that is their role. They cannot bind or read "
            "another one. A second manager and the printed sheet keep you from being locked out."
        ),
    ),
    Threat(
        "root-thief",
        N_("A thief of your recovery sheet"),
        (OPEN, OPEN, PART, OPEN, OPEN),
        N_(
            "They read what your organisation reads and sign as you until you change your key. They cannot "
            "sign into the past: the register holds every signature at its place."
        ),
    ),
    Threat(
        "everyone-who-vouches",
        N_("The operator, all witnesses and the time authority together"),
        (KEPT, KEPT, PART, OPEN, OPEN),
        N_(
            "Even together they have no key of yours and cannot make your signature. They could invent an "
            "order and times that never were."
        ),
    ),
    Threat(
        "quantum",
        N_("A quantum computer of the future, with everything recorded today"),
        (KEPT, PART, SEEN, READ, NONE),
        N_(
            "What you seal is sealed against such machines as well. Keys that sign are not, but a signature "
            "forged then cannot be put under a timestamp of today. What travelled beside it could be read."
        ),
    ),
)

OUT_OF_SCOPE: tuple[str, ...] = (
    N_("Programs on your own device that watch you, and pictures taken of your screen."),
    N_("Whether the person who is named as the author really is the author."),
    N_("Conclusions drawn from when and how much somebody sends."),
    N_("Force or pressure on a person who holds a key."),
    N_("Deletion by the operator. Your own copies and exports are the answer to it."),
)

HONEST: tuple[str, ...] = (
    N_(
        "If you use the page, you trust the page that we serve that day. The command line does not need that trust."
    ),
    N_(
        "The part of the command line that seals is small, tested against every published case, and our own. "
        "Nobody outside has reviewed it yet. Python cannot wipe a key from memory."
    ),
    N_(
        "Sealed files open with age 1.3 or newer, with our programs, or with an older age and its plug-in. For other "
        "tools, the command line can seal a copy anew on your own device."
    ),
    N_(
        "The way in which sealing withstands quantum computers is still a draft of a standard, though a settled one."
    ),
    N_(
        "The page seals with a library that one person maintains. The format is public; the library can be replaced."
    ),
    N_(
        "Whoever loses the six words, the passkey, the recovery sheet and the organisation’s sheet loses what was "
        "sealed for good. Nobody can help, and we cannot either."
    ),
    N_(
        "The register proves who said what, in which order and before when. It does not prove who had the idea, that "
        "it is new, or who owns it in law."
    ),
    N_("That we delete or refuse something is noticed, not prevented."),
    N_(
        "A server that cheats can keep from you what partners grant each other, as it is not for your eyes anyway, and "
        "nothing else of theirs: the register says of every statement whether it may be hidden, and your program stops "
        "where another one is. Whoever is shown only a part, because they left or something was released to them, "
        "cannot tell what else is kept from them."
    ),
    N_("Owners, shares and who shared with whom are visible to us."),
    N_("One machine writes the register. While it stands still, nothing can be added."),
)
