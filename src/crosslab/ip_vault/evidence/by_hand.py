"""`VERIFY.md`: the same checks with stock tools, written out for exactly the files of one bundle."""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from crosslab.ip_vault import note, tlog
from crosslab.ip_vault.evidence.source import Unavailable
from crosslab.ip_vault.statements import Cosigner, Statement, parse

HEAD = """# How to check this bundle by hand

Needed: a Unix shell (bash) with GNU coreutils, `sed`, `grep`, `cut` and `openssl` 3.0 or newer. For section 7,
`age` 1.3 or newer (<https://age-encryption.org>); older ones do not know the kind of key that the sealed files
are for. Unpack the bundle, open a shell in its folder, and paste the blocks in their order into one `bash -e`.
It ends at the first check that fails.

The program does the same, and reads the rules of the statements as well: `python3 -I verify.py . --log-vkey KEY`.
**Use a copy of `verify.py`, the log's key and the fingerprint of the time stamp authority that you did not get
from whoever gave you this bundle.** The fields of statements are explained in SPEC.md of Crosslab.

## 1. The files are those that were packed

```sh
sha256sum --quiet -c tagmanifest-sha256.txt
sha256sum --quiet -c manifest-sha256.txt
test "$(find data -type f | wc -l)" = "$(wc -l < manifest-sha256.txt)"
```

## 2. The log vouches for this history

Compare the key with the one you know the log by. It is the log's alone to sign with.

```sh
work=$(mktemp -d)
pem() { printf -- '-----BEGIN PUBLIC KEY-----\\nMCowBQYDK2VwAyEA%s\\n-----END PUBLIC KEY-----\\n' "$(cat)"; }
key() { grep -o "\\"$2\\":\\"[^\\"]*\\"" "$1" | head -n 1 | cut -d '"' -f 4 | tr '_-' '/+' | sed 's/$/=/' | pem; }
signed() { # NOTE BYTES LINE KEY: is signature LINE under the first BYTES bytes of NOTE by KEY?
  head -c "$2" "$1" > "$work/text"
  tail -c "+$(($2 + 2))" "$1" | sed -n "$3p" | cut -d ' ' -f 3 | base64 -d | tail -c 64 > "$work/sig"
  openssl pkeyutl -verify -pubin -inkey "$4" -rawin -in "$work/text" -sigfile "$work/sig"
}
"""

PLACES = """
## 4. Every statement stands in the log

The line of a statement is `s ID HASH TAG`; the tag follows from the place on its chain, and its last bit is turned
for the five kinds whose text may be kept from all but their parties. Each hash is joined with its neighbour on the
way up, and must lead to the root in the checkpoint.

```sh
unhex() { tr -d '\\n' | tr 'a-f' 'A-F' | basenc -d --base16; }
tag() { { printf 'crosslab.dev/tag/v1\\n'; printf %s "$1" | unhex; } | sha256sum | cut -c 1-32; }
turned() { t=$(tag "$1"); printf '%s%x' "${t%?}" "$((0x${t#"${t%?}"} ^ 1))"; }
parties='"type":"(ack|grant|org\\.wrap|person\\.request|revoke)","v":1}$'
label() { if sed -n 2p "data/statements/$1.note" | grep -qE "$parties"; then turned "$2"; else tag "$2"; fi; }
entry() { printf 's %s %s %s\\n' "$1" "$(sha256sum < "data/statements/$1.note" | cut -c 1-64)" "$(label "$1" "$2")"; }
leaf() { { printf '\\000'; entry "$1" "$2"; } | sha256sum | cut -c 1-64; }
node() { { printf '\\001'; printf '%s%s' "$1" "$2" | unhex; } | sha256sum | cut -c 1-64; }
root_of() { sed -n 3p "$1" | base64 -d | basenc --base16 -w 0 | tr 'A-F' 'a-f'; }
root=$(root_of data/checkpoint)
"""

CHAINS = """
## 5. The chains are whole, and were not forked

Each tag is in the log's lines once, plain or with its last bit turned: two statements at one place would carry the
same. A statement that is not in `data/statements` must have the turned one: it is for its parties alone. After the
end of a chain its next tag must not be there{before}.

```sh
link() { { printf 'crosslab.dev/link/v1\\n'; printf '%s%s' "$1" "$2" | unhex; } | sha256sum | cut -c 1-64; }
for chain in data/chains/*.ids; do
  head=''
  while read -r id; do
    here="($(tag "${head:-$id}")|$(turned "${head:-$id}"))"
    test "$(grep -cE " $here\\$" @LINES@)" = 1
    grep -qE "^s $id .* $here\\$" @LINES@
    test -e "data/statements/$id.note" || grep -q " $(turned "$head")\\$" @LINES@
    head=$(link "$head" "$id")
  done < "$chain"
  if head -n @LAST@ @LINES@ | grep -qE " ($(tag "$head")|$(turned "$head"))\\$"; then false; fi
done
```
"""

TIME = """
## 6. When: what the time stamp authority saw

Compare the root's fingerprint with the one that the authority publishes. The time is in the answer.
"""

SEALED = """
## 7. What was sealed

If there is a folder `data/reveal`: title and list of files are what was signed, and each file is on the list.

```sh
if test -e data/reveal/manifest.json; then
  echo "@COMMITMENT@  data/reveal/manifest.json" | sha256sum -c
  find data/reveal/files data/reveal/renamed -type f 2> "$work/none" | while read -r file; do
    grep -q "\\"sha256\\":\\"$(sha256sum < "$file" | cut -c 1-64)\\"" data/reveal/manifest.json
  done
fi
```

If there is a content key: it opens the sealed files in `data/blobs`. This needs age 1.3 or newer. What comes out
must have a hash that is on the list, or be the list.

```sh age-1.3
for file in data/blobs/*.age; do
  test -e "$file" || continue
  age -d -i data/reveal/content-key.txt "$file" | sha256sum
done
```

If there is a folder `data/reveal/classic`, its files are the shown ones, sealed to a key that any age opens.

```sh age-1.0
for file in data/reveal/classic/*.age; do
  test -e "$file" || continue
  test "$(age -d -i data/reveal/classic/key.txt "$file" | sha256sum | cut -c 1-64)" = "$(basename "$file" .age)"
done
```
"""


MORE_LOGS = """
The register went on from one log to the next: these are {n}, the oldest first. The newest vouches for the ones before
it, for each begins with the hash of the checkpoint that the one before ended with; section 4 checks that. **A log that
has ended cannot vouch for the key of the next one: compare each of these keys with the one that its operator made
known.**

```sh
"""
LINES_OF_ALL = """
The lines of all logs, one after the other; a log that follows another begins with the line `p HASH`, and no other
line of any log is one.

```sh
cat {files} > "$work/lines"
{tests}```
"""

SHORTER = """
The stamped log is shorter than the checkpoint's. That this one begins with it is what its `.proof` shows
(RFC 9162, section 2.1.4.2).
"""


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
