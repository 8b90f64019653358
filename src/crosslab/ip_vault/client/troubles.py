"""Everything a log and its server can do wrong, by name, and the proof of it that can be shown to others."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from crosslab.ip_vault import chains, note, tlog
from crosslab.ip_vault.errors import FormatError, ProofError, VaultError
from crosslab.ip_vault.ids import digest, raw
from crosslab.ip_vault.statements import parse

VERSION = 1


class Trouble(StrEnum):
    """The named kinds of tampering. Each is a full stop: nothing is shown, nothing is signed."""

    CHECKPOINT = "checkpoint"
    OTHER_LOG = "other-log"
    SMALLER = "smaller"
    SPLIT = "split"
    REWRITTEN = "rewritten"
    ENTRIES_WITHHELD = "entries-withheld"
    ENTRIES_CHANGED = "entries-changed"
    WITNESSES = "witnesses"
    CHAIN_MISSING = "chain-missing"
    CHAIN_INCOMPLETE = "chain-incomplete"
    CHAIN_SHORTER = "chain-shorter"
    CHAIN_CHANGED = "chain-changed"
    TOO_MANY_CHAINS = "too-many-chains"
    UNLOGGED = "unlogged"
    WRONG_ID = "wrong-id"
    WRONG_NOTE = "wrong-note"
    WRONG_PLACE = "wrong-place"
    MISLABELLED = "mislabelled"
    FORKED = "forked"
    WITHHELD = "withheld"
    AGAINST_RULES = "against-rules"
    RECEIPT = "receipt"
    OLD_HISTORY = "old-history"
    KEY_REPLACED = "key-replaced"
    WRONG_FILE = "wrong-file"


SENTENCES: Mapping[Trouble, str] = {
    Trouble.CHECKPOINT: "The log's checkpoint is not signed by the log's key.",
    Trouble.OTHER_LOG: "The checkpoint is of another log than the one this device follows.",
    Trouble.SMALLER: "The log is smaller than it was when this device last looked.",
    Trouble.SPLIT: "The log has signed two different histories of the same length.",
    Trouble.REWRITTEN: "The log does not begin with the history it showed this device before.",
    Trouble.ENTRIES_WITHHELD: "The log holds back entries that it has vouched for.",
    Trouble.ENTRIES_CHANGED: "The log's entries are not those that it has vouched for.",
    Trouble.WITNESSES: "Too few of the witnesses have seen this checkpoint, or too long ago.",
    Trouble.CHAIN_MISSING: "A chain that this device follows is not shown.",
    Trouble.CHAIN_INCOMPLETE: "A chain is shown with gaps or in disorder.",
    Trouble.CHAIN_SHORTER: "A chain is shorter than this device has seen it.",
    Trouble.CHAIN_CHANGED: "A chain is not the one that this device has seen.",
    Trouble.TOO_MANY_CHAINS: "More chains are named than can bear on what is followed.",
    Trouble.UNLOGGED: "A statement is shown that the log does not vouch for.",
    Trouble.WRONG_ID: "Another statement is in the log at the place of the one that is shown.",
    Trouble.WRONG_NOTE: "A statement's text or signatures are not those that were logged.",
    Trouble.WRONG_PLACE: "A statement was logged for another place of a chain than where it is shown.",
    Trouble.MISLABELLED: "A statement was logged as one that may be hidden, or that may not, against its kind.",
    Trouble.FORKED: "Two statements in the log claim the same place of one chain: the history was forked.",
    Trouble.WITHHELD: "A statement that follows the newest one shown is in the log and is withheld.",
    Trouble.AGAINST_RULES: "A statement is shown as history that the rules or its signatures do not allow.",
    Trouble.RECEIPT: "The receipt does not prove that the statement is in the log.",
    Trouble.OLD_HISTORY: "The history shown is older than your unlock file.",
    Trouble.KEY_REPLACED: "The history names another key as yours: it was replaced, or the file is not yours.",
    Trouble.WRONG_FILE: "A file is not the one that was signed.",
}


@dataclass(frozen=True)
class Proof:
    """What shows the misbehaviour: signed checkpoints, receipts of entries, statements, a chain's ids.

    Checkpoints, receipts and notes are texts as they came. With `stands` a stranger who knows the log's key
    can check the kinds that prove themselves; the others show what was served and must be compared.
    """

    trouble: Trouble
    log: str
    detail: str = ""
    checkpoints: tuple[str, ...] = ()
    receipts: tuple[tuple[str, str], ...] = ()  # entry, receipt
    notes: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What happened, in words."""
        return SENTENCES[self.trouble]


class Tampered(ProofError):
    """A check of the history failed. `trouble` names it, `proof` can be shown to others."""

    def __init__(self, proof: Proof) -> None:
        self.trouble, self.proof = proof.trouble, proof
        super().__init__(f"{proof.sentence} ({proof.detail})" if proof.detail else proof.sentence)


def tampered(trouble: Trouble, detail: str = "") -> Tampered:
    """The trouble alone, where nothing signed can show it."""
    return Tampered(Proof(trouble, "", detail))


def write_proof(proof: Proof) -> bytes:
    """The proof as a JSON file for others to read."""
    fields = {"v": VERSION, **asdict(proof), "sentence": proof.sentence}
    return (json.dumps(fields, indent=1, ensure_ascii=False) + "\n").encode()


def read_proof(data: bytes) -> Proof:
    """The proof in a file. Raises FormatError."""
    try:
        fields = json.loads(data)
        if fields.pop("v") != VERSION:
            raise FormatError("this is not a proof of misbehaviour that we know")
        fields.pop("sentence")
        texts = {key: tuple(map(str, fields[key])) for key in ("checkpoints", "notes", "chain")}
        receipts = tuple((str(entry), str(receipt)) for entry, receipt in fields["receipts"])
        trouble = Trouble(fields["trouble"])
        return Proof(trouble, str(fields["log"]), str(fields["detail"]), receipts=receipts, **texts)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FormatError("this is not a proof of misbehaviour") from error


def stands(proof: Proof, log: note.Signer) -> bool:
    """Whether the proof convicts the log by itself: two roots for one size, a fork, a withheld statement,
    a statement logged as one that may be hidden which may not, or the other way round.

    Every checkpoint and receipt in it must verify under the log's key.
    """
    try:
        points = [tlog.open_checkpoint(each.encode(), log.name, log.public) for each in proof.checkpoints]
        entries = [_proven(entry, receipt, log) for entry, receipt in proof.receipts]
    except VaultError:
        return False
    match proof.trouble:
        case Trouble.SPLIT:
            return len(points) == 2 and points[0].size == points[1].size and points[0].root != points[1].root
        case Trouble.FORKED:
            (one, at), (two, other) = entries if len(entries) == 2 else [(None, 0), (None, 0)]
            return one is not None and two is not None and _place(one) == _place(two) != "" and at != other
        case Trouble.WITHHELD:
            link = chains.links(proof.chain)[-1] if proof.chain else None
            at_end = link and tlog.place(tlog.tag(proof.chain[0], link))
            return bool(at_end and len(entries) == 1 and _place(entries[0][0]) == at_end)
        case Trouble.MISLABELLED:
            return len(entries) == len(proof.notes) == 1 and _mislabelled(
                entries[0][0], proof.notes[0].encode()
            )
        case _:
            return False


def _place(entry: tlog.Entry) -> str:
    return tlog.place(entry.tag)


def _mislabelled(entry: tlog.Entry, whole: bytes) -> bool:
    """Whether the log vouches for exactly this note, under the label of another kind."""
    try:
        said, _ = parse(whole)
    except VaultError:
        return False
    label = entry.tag != tlog.tag(said.id, said.place.after)
    return (entry.id, entry.note) == (said.id, digest(whole)) and label != said.for_parties


def _proven(entry: str, receipt: str, log: note.Signer) -> tuple[tlog.Entry, int]:
    parsed = tlog.parse_receipt(receipt.encode())
    tlog.verify_receipt(parsed, entry.encode(), log.name, log.public)
    found = tlog.parse_entry(entry.encode())
    raw(found.id)
    return found, parsed.index
