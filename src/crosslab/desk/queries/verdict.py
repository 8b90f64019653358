"""Checking a receipt: link by link, from the paper in a stranger's hand to the register as it is now."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from crosslab.ip_vault import tlog
from crosslab.ip_vault.errors import VaultError
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.note import Signer, parse_vkey
from crosslab.ip_vault.statements import Statement as Said
from crosslab.ip_vault.statements import parse
from crosslab.ip_vault.tiles import WIDTH
from crosslab.ledger import log
from crosslab.ledger.keeper import Keeper
from crosslab.ledger.tables import LogHead, Statement
from crosslab.people.tables import Organisation
from crosslab.rules import N_

Holds = tuple[str, dict[str, Any]]
LINKS = (
    N_("The receipt can be read"),
    N_("This register signed it"),
    N_("The entry is in the register"),
    N_("The proof leads from the entry to the signature"),
    N_("Nothing before it was rewritten since"),
)
STATED = N_("The statement is the one that was entered")


@dataclass(frozen=True, slots=True)
class Check:
    """One link of the chain: what was looked at, and how it was found."""

    name: str
    found: str
    state: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Verdict:
    """What came out: whether everything held, the chain, and what the register knows of the statement."""

    holds: bool = True
    checks: list[Check] = field(default_factory=list)
    index: int | None = None
    at: datetime | None = None
    organisation: str = ""


class Broken(Exception):
    """A link that does not hold; the text says how."""

    def __init__(self, text: str, **facts: Any) -> None:
        super().__init__(text)
        self.text, self.facts = text, facts


def verdict(db: Session, keeper: Keeper, receipt: str, note: str = "") -> Verdict:
    """Check a receipt, and the statement it is for when that is given too. Stops at the first broken link."""
    made = Verdict()
    names = (*LINKS, STATED) if note.strip() else LINKS
    try:
        for found, facts in _chain(db, keeper, made, _as_file(receipt), note):
            made.checks.append(Check(names[len(made.checks)], found, "done", facts))
    except Broken as broken:
        made.holds = False
        made.checks.append(Check(names[len(made.checks)], broken.text, "now", broken.facts))
    made.checks += [Check(name, N_("not looked at"), "next") for name in names[len(made.checks) :]]
    return made


def sample(db: Session, keeper: Keeper) -> str:
    """A true receipt for the first entry of the register, to try with; empty while the register is."""
    return keeper.receipts(db, [0])[0].decode() if log.size(db) else ""


def _as_file(text: str) -> bytes:
    """What was pasted, as the file it came from: forms change line breaks and lose the last one."""
    return (text.replace("\r\n", "\n").strip() + "\n").encode()


def _chain(db: Session, keeper: Keeper, made: Verdict, file: bytes, note: str) -> Iterator[Holds]:
    """The links in their order; a broken one is raised."""
    receipt, point = _read(file)
    made.index = receipt.index
    yield N_("entry {index} of {size}"), {"index": receipt.index, "size": point.size}
    signer, head = _log_of(db, keeper, point)
    _signed(receipt, signer)
    yield N_("by {origin}"), {"origin": signer.name}
    found = log.entries(db, receipt.index // WIDTH, head.id)[receipt.index % WIDTH :]
    entry = found[0] if found else None
    if entry is None:
        raise Broken(N_("The register has no entry {index}."), index=receipt.index)
    yield N_("found, {size} bytes"), {"size": len(entry)}
    _included(receipt, entry, signer)
    yield N_("{n} hashes, computed anew"), {"n": len(receipt.proof)}
    _continued(db, point, head)
    yield N_("compared with the register as it is now"), {}
    if note.strip():
        _tell(db, made, _stated(entry, _as_file(note)))
        yield N_("the same, letter by letter"), {}


def _read(file: bytes) -> tuple[tlog.Receipt, tlog.Checkpoint]:
    try:
        receipt = tlog.parse_receipt(file)
        return receipt, tlog.parse_checkpoint(receipt.checkpoint)
    except VaultError as wrong:
        raise Broken(
            N_("This is not a whole receipt. The first line and the last must both be there.")
        ) from wrong


def _log_of(db: Session, keeper: Keeper, point: tlog.Checkpoint) -> tuple[Signer, LogHead]:
    """The log of this register that a receipt is of, be it the one that goes on or one that has ended."""
    for head in log.heads(db) or [log.head(db)]:
        signer = parse_vkey(head.vkey or keeper.vkey)
        if signer.name == point.origin:
            return signer, head
    other = {"other": point.origin, "origin": keeper.origin}
    raise Broken(N_("It is from another register, {other}. This one is {origin}."), **other)


def _signed(receipt: tlog.Receipt, signer: Signer) -> None:
    try:
        tlog.open_checkpoint(receipt.checkpoint, signer.name, signer.public)
    except VaultError as wrong:
        raise Broken(
            N_("The signature is not by this register, or the lines above it were changed.")
        ) from wrong


def _included(receipt: tlog.Receipt, entry: bytes, signer: Signer) -> None:
    try:
        tlog.verify_receipt(receipt, entry, signer.name, signer.public)
    except VaultError as wrong:
        raise Broken(N_("The proof does not lead from this entry to what the register signed.")) from wrong


def _continued(db: Session, point: tlog.Checkpoint, head: LogHead) -> None:
    if point.size > head.size or log.root(db, point.size, head.id) != point.root:
        raise Broken(N_("The register is no longer the one that signed this receipt. Tell its operator."))


def _stated(entry: bytes, note: bytes) -> Said:
    try:
        said = parse(note)[0]
    except VaultError as wrong:
        raise Broken(N_("What was pasted is not a whole statement with its signatures.")) from wrong
    entered = tlog.parse_entry(entry)
    if entered.id != said.id:
        raise Broken(N_("The entry stands for another statement."))
    if entered.note != digest(note):
        raise Broken(N_("The text is the one that was entered, the signatures below it are not."))
    return said


def _tell(db: Session, made: Verdict, said: Said) -> None:
    """Who holds the statement may know when it was taken in and for which organisation it speaks."""
    made.at = db.exec(select(Statement.at).where(Statement.id == said.id)).first()
    named = select(Organisation.name).where(col(Organisation.vault_id) == said.org, col(Organisation.listed))
    made.organisation = (said.org and db.exec(named).first()) or ""
