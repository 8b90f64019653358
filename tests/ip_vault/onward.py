"""The small world whose register goes on from one log to the next, and bundles over all of them, true and false."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from crosslab.ip_vault import cj, client, evidence, keys, merkle, note, timestamps, tlog
from crosslab.ip_vault.evidence import Log, Source, Stamp
from crosslab.ip_vault.evidence import verify as program
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.replay import Logged, apply
from crosslab.ip_vault.statements import Statement, parse
from tests.authority import Authority
from tests.ip_vault.bundles import LOG_KEY, Story, entries
from tests.ip_vault.world import LOG, Cast, secret

NAMES = [LOG, "vault.example/log2", "vault.example/log3"]
KEYS = [LOG_KEY, keys.SigningKey(secret("log 2")), keys.SigningKey(secret("log 3"))]
VKEYS = [note.vkey(name, key.public) for name, key in zip(NAMES, KEYS, strict=True)]
Lines = list[bytes]
Files = dict[str, bytes]


@dataclass
class Onward(Cast):
    """The cast; `ends` says how many statements there were at the end of each log that has ended."""

    ends: list[int] = field(default_factory=list)

    def log(self, note: bytes) -> Statement:
        said = apply(self.state, Logged(len(self.notes) + len(self.ends), note))
        assert said is not None
        self.notes.append(note)
        return said

    def roll_over(self) -> None:
        """From now on the register goes on in another log, whose first line names the end of this one."""
        self.state.earlier += ((self.state.log, len(self.notes) + len(self.ends)),)
        self.ends.append(len(self.notes))
        self.state.log = NAMES[len(self.ends)]


def point(at: int, lines: Sequence[bytes]) -> bytes:
    """The checkpoint of a log over these lines."""
    return tlog.sign_checkpoint(tlog.Checkpoint(NAMES[at], len(lines), tree(lines).root()), KEYS[at])


def tree(lines: Sequence[bytes]) -> merkle.Tree:
    made = merkle.Tree()
    for each in lines:
        made.append(merkle.leaf_hash(each))
    return made


def lines_of(cast: Onward) -> list[Lines]:
    """The lines of each log, those that name the end of another with them."""
    every, made = entries(cast.notes), list[Lines]()
    for first, end in zip([0, *cast.ends], [*cast.ends, len(every)], strict=True):
        tie = [tlog.previous_log_entry(point(len(made) - 1, made[-1]))] if made else []
        made.append([*tie, *every[first:end]])
    return made


def source(cast: Onward, stamps: Sequence[Stamp] = ()) -> Source:
    """What bundles are drawn from, by one who may read everything."""
    logs = [
        Log(note.Signer(NAMES[at], KEYS[at].public), lines, point(at, lines))
        for at, lines in enumerate(lines_of(cast))
    ]
    notes = {parse(each)[0].id: each for each in cast.notes}
    last = logs[-1]
    return Source(
        last.signer, cast.state, notes, last.entries, last.checkpoint, stamps, earlier=tuple(logs[:-1])
    )


def stamped(cast: Onward, folder: Path) -> tuple[Source, str]:
    """The same with every log's last checkpoint stamped by an authority of ours; the fingerprint of its root."""
    authority, stamps = Authority(folder), list[Stamp]()
    for at, lines in enumerate(lines_of(cast)):
        asked = timestamps.ask(point(at, lines))
        made = timestamps.read(authority.reply(asked.query), asked, [authority.root], "", datetime.now(UTC))
        stamps.append(Stamp(point(at, lines), made.token, made.chain.encode()))
    return source(cast, stamps), digest(program.certificates(stamps[0].chain)[0])


def told(logs: int = 2) -> tuple[Story, Story]:
    """Tinsel's hinge from before the first border, which Loom agrees to after it; and one of after the last border."""
    cast = Onward()
    before = cast.seal(cast.claim(tinsel="1/3", loom="2/3"))
    for _ in range(logs - 1):
        cast.roll_over()
        cast.say(client.rotate(cast.pen("kai", newest(cast)), fresh(cast), "routine"))
    cast.say(client.approve(cast.pen("bo"), cast.orgs["loom"], before.version.id))
    after = cast.seal(cast.claim())
    return Story(cast, before, after), Story(cast, after, before)


def newest(cast: Onward) -> str:
    """What Kai's newest root is made from."""
    return f"kai {len(cast.ends) - 1}" if len(cast.ends) > 1 else "kai"


def fresh(cast: Onward) -> keys.Keys:
    return keys.person_keys(secret(f"kai {len(cast.ends)}"))


def register(cast: Onward) -> Files:
    """The register of the consortium, honest."""
    return evidence.register(source(cast), cast.consortium)


def put(
    cast: Onward,
    logs: Sequence[Lines],
    *,
    notes: Sequence[bytes] | None = None,
    ids: Mapping[str, Lines] = {},
) -> Files:
    """A register of whatever stands on these lines, signed by every log's own key, made without asking anybody."""
    trees, points = [tree(each) for each in logs], [point(at, each) for at, each in enumerate(logs)]
    head = {"v": 2, "kind": "register", "subject": cast.consortium, "log": NAMES[len(logs) - 1]}
    earlier = [{"log": NAMES[at], "log_vkey": VKEYS[at]} for at in range(len(logs) - 1)]
    named = {"log_vkey": VKEYS[len(logs) - 1], "witness_vkeys": list[str](), "earlier": earlier}
    files = {"data/bundle.json": cj.encode(head | named)}
    for at, lines in enumerate(logs):
        base = "data/" if at == len(logs) - 1 else f"data/earlier/{at + 1}."
        files |= {f"{base}checkpoint": points[at], f"{base}log-entries": b"".join(lines)}
        if at:
            files[f"data/earlier/{at}.tlog-proof"] = receipt(trees[at], 0, points[at])
    for whole in cast.notes if notes is None else notes:
        said = parse(whole)[0]
        at, line = next(
            (at, line)
            for at, lines in enumerate(logs)
            for line, each in enumerate(lines)
            if each.startswith(f"s {said.id} ".encode())
        )
        files[f"data/statements/{said.id}.note"] = whole
        files[f"data/proofs/{said.id}.tlog-proof"] = receipt(trees[at], line, points[at])
    every = {chain: [each.encode() for each in known.ids] for chain, known in cast.state.chains.items()}
    for chain, held in {**every, **ids}.items():
        files[f"data/chains/{chain}.ids"] = b"".join(each + b"\n" for each in held)
    return evidence.pack(files, b"", b"")


def receipt(of: merkle.Tree, line: int, checkpoint: bytes) -> bytes:
    proof = tuple(merkle.inclusion_proof(line, of.size, of.read))
    return tlog.write_receipt(tlog.Receipt(line, proof, checkpoint))
