"""`VERIFY.md`: the same checks with stock tools, written out for exactly the files of one bundle."""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from crosslab.ip_vault import note, tlog
from crosslab.ip_vault.evidence.sections import (
    CHAINS,
    HEAD,
    LINES_OF_ALL,
    MORE_LOGS,
    PLACES,
    SEALED,
    SHORTER,
    TIME,
)
from crosslab.ip_vault.evidence.source import Unavailable
from crosslab.ip_vault.statements import Cosigner, Statement, parse


class _Log:
    """One log of the payload: its checkpoint's file, its key, and the place of its first line in the register."""

    def __init__(self, payload: Mapping[str, bytes], signer: note.Signer, base: int, number: int) -> None:
        self.signer, self.base, self.number = signer, base, number
        self.file = f"data/earlier/{number}.checkpoint" if number else "data/checkpoint"
        self.lines = f"data/earlier/{number}.log-entries" if number else "data/log-entries"
        self.key, self.note = f"$work/log{number or ''}.pem", payload[self.file]
        self.size = tlog.parse_checkpoint(self.note).size


def _logs(payload: Mapping[str, bytes], signers: Sequence[note.Signer]) -> list[_Log]:
    """The logs, the newest last."""
    made: list[_Log] = []
    for number, each in enumerate(signers, 1):
        base = made[-1].base + made[-1].size if made else 0
        made.append(_Log(payload, each, base, 0 if number == len(signers) else number))
    return made


def instructions(payload: Mapping[str, bytes], signers: Sequence[note.Signer]) -> bytes:
    """The whole text for a payload over these logs, the newest last."""
    head, logs = json.loads(payload["data/bundle.json"]), _logs(payload, signers)
    texts = _texts(payload, logs)
    lines = [HEAD, *_keys(logs), "```\n", "\n## 3. The signatures\n", *_signatures(payload, texts)]
    lines += [PLACES, *_ties(payload, logs), *_places(payload, texts, logs), "```\n"]
    whole = head["kind"] == "register"
    last = logs[-1].base + logs[-1].size if whole else max(texts) + 1
    before = "" if whole else ", up to the last line that the claim is about"
    if "data/log-entries" in payload:
        chains = CHAINS.replace("{before}", before).replace("@LAST@", str(last))
        lines.append(chains.replace("@LINES@", _all_lines(logs)))
    lines += [TIME, *_times(payload, logs)]
    if not whole:
        claimed = next(each for each in texts.values() if each.id == head["subject"])
        lines.append(SEALED.replace("@COMMITMENT@", claimed.body["commitment"]))
    return "".join(lines).encode()


def _all_lines(logs: Sequence[_Log]) -> str:
    return "data/log-entries" if len(logs) == 1 else '"$work/lines"'


def _texts(payload: Mapping[str, bytes], logs: Sequence[_Log]) -> dict[int, Statement]:
    """The statements by their place in the register, in its order."""
    found = {}
    for name, data in payload.items():
        if name.startswith("data/statements/"):
            said = parse(data)[0]
            receipt = tlog.parse_receipt(payload[f"data/proofs/{said.id}.tlog-proof"])
            base = next(each.base for each in logs if each.note == receipt.checkpoint)
            found[base + receipt.index] = said
    return dict(sorted(found.items()))


def _keys(logs: Sequence[_Log]) -> Iterator[str]:
    """Each log's key, and its signature under its checkpoint."""
    if len(logs) > 1:
        yield "```\n" + MORE_LOGS.format(n=len(logs))
    for each in logs:
        public = base64.b64encode(each.signer.public).decode()
        vkey = note.vkey(each.signer.name, each.signer.public)
        yield f"printf %s '{public}' | pem > \"{each.key}\" # {vkey}\n"
        yield f'signed {each.file} {len(note.parse(each.note).text)} 1 "{each.key}"\n'


def _ties(payload: Mapping[str, bytes], logs: Sequence[_Log]) -> Iterator[str]:
    """What the first line of each log but the oldest is."""
    for old, new in pairwise(logs):
        receipt = tlog.parse_receipt(payload[f"data/earlier/{old.number}.tlog-proof"])
        yield f"root=$(root_of {new.file}) # {new.signer.name} begins with the end of {old.signer.name}\n"
        yield f'end="p $(sha256sum < {old.file} | cut -c 1-64)"\n'
        yield "h=$({ printf '\\000'; printf '%s\\n' \"$end\"; } | sha256sum | cut -c 1-64)\n"
        yield from _climb(receipt, new.size)
        if new.lines in payload:
            yield f'test "$(head -n 1 {new.lines})" = "$end"\n'
    if "data/log-entries" in payload:
        yield f'test "$(grep -c "^p " {logs[0].lines})" = 0\n'
    if len(logs) > 1 and "data/log-entries" in payload:
        tests = "".join(f'test "$(tail -n +2 {each.lines} | grep -c "^p ")" = 0\n' for each in logs[1:])
        yield "```\n" + LINES_OF_ALL.format(files=" ".join(each.lines for each in logs), tests=tests)
        yield "\n```sh\n"


def _climb(receipt: tlog.Receipt, size: int) -> Iterator[str]:
    """From the hash of a line up to the root."""
    for sibling, is_left in zip(receipt.proof, _sides(receipt.index, size), strict=True):
        yield f'h=$(node {sibling.hex()} "$h")\n' if is_left else f'h=$(node "$h" {sibling.hex()})\n'
    yield 'test "$h" = "$root"\n'


def _signatures(payload: Mapping[str, bytes], texts: Mapping[int, Statement]) -> Iterator[str]:
    """Each statement is named by its hash and signed by the keys that counted at its place."""
    current: dict[str, str] = {}
    for index, said in texts.items():
        file, size = f"data/statements/{said.id}.note", len(said.text)
        yield f"\nLine {index}, `{said.type}`:\n\n```sh\n"
        yield f'test "$(head -c {size} {file} | sha256sum | cut -c 1-64)" = {said.id}\n'
        first = f"{file} sign" if not said.by else current.get(said.by)
        if first is None:
            raise Unavailable("the keys of somebody who signed are not at hand")
        yield f'key {first} > "$work/key.pem"\nsigned {file} {size} 1 "$work/key.pem"\n'
        second = _second(said, file, current, payload)
        if second:
            yield f'key {second} > "$work/key.pem"\nsigned {file} {size} 2 "$work/key.pem"\n'
        yield "```\n"
        if said.type in {"person.create", "person.rotate"}:
            current[said.chain] = f"{file} sign"
        if said.type in {"org.create", "org.recover"}:
            current[f"recovery of {said.chain}"] = f"{file} recovery_sign"


def _second(
    said: Statement, file: str, current: Mapping[str, str], payload: Mapping[str, bytes]
) -> str | None:
    """Which field of which statement holds the key of the second signature line."""
    match said.kind.cosigner:
        case Cosigner.NEW_KEY:
            return f"{file} sign"
        case Cosigner.RECOVERY:
            return current.get(f"recovery of {said.chain}", f"{file} recovery_sign")
        case Cosigner.INVITE:
            invitation = f"data/statements/{said.body['invite']}.note"
            return f"{invitation} invite" if invitation in payload else None
    return None


def _places(
    payload: Mapping[str, bytes], texts: Mapping[int, Statement], logs: Sequence[_Log]
) -> Iterator[str]:
    """Up the tree, neighbour by neighbour."""
    before = logs[0] if len(logs) == 1 else None
    for index, said in texts.items():
        log = next(each for each in reversed(logs) if each.base <= index)
        if log is not before:
            yield f"root=$(root_of {log.file}) # the lines of {log.signer.name}\n"
            before = log
        link = said.place.after.hex() if said.place.after else said.id
        yield f"h=$(leaf {said.id} {link}) # line {index}\n"
        yield from _climb(tlog.parse_receipt(payload[f"data/proofs/{said.id}.tlog-proof"]), log.size)
        if "data/log-entries" in payload:
            yield f'test "$(entry {said.id} {link})" = "$(sed -n {index + 1}p {_all_lines(logs)})"\n'


def _sides(index: int, size: int) -> Iterator[bool]:
    """For each step up, whether the neighbour is the left one (RFC 9162, section 2.1.3.2)."""
    place, last = index, size - 1
    while last:
        if place & 1 or place == last:
            yield True
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            yield False
        place, last = place >> 1, last >> 1


def _times(payload: Mapping[str, bytes], logs: Sequence[_Log]) -> Iterator[str]:
    stamps = [name.removesuffix(".tsr") for name in sorted(payload) if name.endswith(".tsr")]
    if not stamps:
        yield "\nThere is no time stamp in this bundle: when all this was said is not proven.\n"
    for base in stamps:
        yield f'\n```sh\nopenssl x509 -in {base}.pem -out "$work/root.pem"\n'
        yield 'openssl x509 -in "$work/root.pem" -noout -subject -fingerprint -sha256\n'
        yield f"openssl ts -reply -in {base}.tsr -text | grep '^Time stamp:'\n"
        yield f'at=$(date -d "$(openssl ts -reply -in {base}.tsr -text | sed -n "s/^Time stamp: //p")" +%s)\n'
        yield f'openssl ts -verify -data {base}.checkpoint -in {base}.tsr -CAfile "$work/root.pem" \\\n'
        yield f'  -untrusted {base}.pem -attime "$at"\n'
        text = note.parse(payload[f"{base}.checkpoint"]).text
        log = next(each for each in logs if text.startswith(f"{each.signer.name}\n".encode()))
        yield f'signed {base}.checkpoint {len(text)} 1 "{log.key}"\n```\n'
        if payload[f"{base}.checkpoint"] != log.note:
            yield SHORTER
