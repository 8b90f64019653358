"""Bundles over two logs in which one thing is wrong, signed by whoever can sign: what one with both keys could make."""

import json
from collections.abc import Iterator

from crosslab.ip_vault import cj, client, evidence, note, tlog
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.statements import parse
from tests.ip_vault import onward
from tests.ip_vault.broken_bundles import ALL_ALLOWED, Broken, Files, repack
from tests.ip_vault.bundles import Story
from tests.ip_vault.onward import NAMES, VKEYS, Lines, Onward, lines_of, point, put

TIE, OLD, LINES = "data/earlier/1.tlog-proof", "data/earlier/1.checkpoint", "data/earlier/1.log-entries"


def cast_of(told: Story) -> Onward:
    assert isinstance(told.cast, Onward)
    return told.cast


def another() -> Onward:
    """The same house, had Uma never been there."""
    cast = Onward()
    cast.person("zoe")
    cast.roll_over()
    return cast


def ties(told: Story) -> Iterator[Broken]:
    """The new log names another end than that of the log before it in the bundle."""
    cast = cast_of(told)
    old, new = lines_of(cast)
    ended = cast.notes[: cast.ends[0]]
    honest = put(cast, [old, new])
    forked = [*old[:-1], old[-1][:3] + b"0" + old[-1][4:]]
    swapped = lines_of(another())[0]
    for name, lines in {
        "a forked": forked,
        "a swapped": swapped,
        "a longer": [*old, b"r " + b"0" * 64 + b"\n"],
    }.items():
        base = {OLD: point(0, lines), LINES: b"".join(lines)}
        yield f"{name} earlier log", repack(honest, base), {}
        kept = {each: resigned(honest[each], old, lines) for each in honest if is_of(honest, each, 0)}
        yield f"{name} earlier log with its receipts", repack(honest, {**base, **kept}), {}
    short = put(cast, [old[:-1], new], notes=[*ended[:-1], *cast.notes[len(ended) :]])
    yield "a shortened earlier log", short, {}
    for name, first in {
        "a tie to something else": tlog.previous_log_entry(b"another end"),
        "a tie to the first checkpoint": tlog.previous_log_entry(point(0, old[:3])),
        "a new log that names none": b"r " + digest(point(0, old)).encode() + b"\n",
    }.items():
        yield name, put(cast, [old, [first, *new[1:]]]), {}


def receipts(told: Story) -> Iterator[Broken]:
    """The receipt of a tie that is for something else; a `p` line where none may be."""
    cast = cast_of(told)
    old, new = lines_of(cast)
    honest = put(cast, [old, new])
    late = [b"r " + b"0" * 64 + b"\n", *new]
    yield "a tie that is not on the first line", put(cast, [old, late]), {}
    moved = onward.receipt(onward.tree(late), 1, point(1, late))
    yield "a receipt for a tie on the second line", repack(put(cast, [old, late]), {TIE: moved}), {}
    yield "a tie without its proof", repack(honest, {TIE: None}), {}
    yield "a tie that cannot be read", repack(honest, {TIE: b"x"}), {}
    yield (
        "a tie under another checkpoint",
        repack(honest, {TIE: onward.receipt(onward.tree(new[:2]), 0, point(1, new[:2]))}),
        {},
    )
    yield "an end in the middle", put(cast, [old, [*new, new[0]]]), {}
    yield (
        "an end in the first log",
        put(cast, [[new[0], *old], [tlog.previous_log_entry(point(0, [new[0], *old])), *new[1:]]]),
        {},
    )


def is_of(files: Files, name: str, at: int) -> bool:
    """Whether a file is the receipt of a statement in a log."""
    return name.startswith("data/proofs/") and NAMES[at].encode() in files[name]


def resigned(receipt: bytes, old: Lines, lines: Lines) -> bytes:
    """The receipt of the same line under a checkpoint over other lines; as it was where that has no such line."""
    line = tlog.parse_receipt(receipt).index
    if line >= len(lines) or lines[line] != old[line]:
        return receipt
    return onward.receipt(onward.tree(lines), line, point(0, lines))


def alone(told: Story) -> Iterator[Broken]:
    """One log of two, shown as if it were all there is."""
    cast = cast_of(told)
    old, new = lines_of(cast)
    honest = put(cast, [old, new])
    head = json.loads(honest["data/bundle.json"])
    gone: dict[str, bytes | None] = {
        each: None for each in honest if each.startswith("data/earlier/") or is_of(honest, each, 0)
    }
    gone |= {
        each.replace("proofs", "statements").replace(".tlog-proof", ".note"): None
        for each in gone
        if "proofs" in each
    }
    only = {key: value for key, value in head.items() if key != "earlier"} | {"v": 1}
    yield "the second log alone", repack(honest, {**gone, "data/bundle.json": cj.encode(only)}), {}
    yield "the second log alone, its chains and all", second_alone(), {}
    three = onward.told(3)[0]
    first, second, third = lines_of(cast_of(three))
    whole = put(cast_of(three), [first, second, third])
    skipped = {each: None for each in whole if each.startswith("data/earlier/2.")}
    named = json.loads(whole["data/bundle.json"])
    named["earlier"] = named["earlier"][:1]
    yield (
        "the log in the middle left out",
        repack(whole, {**skipped, "data/bundle.json": cj.encode(named)}),
        {"log_vkey": VKEYS[2]},
    )
    renamed = {**skipped, TIE: whole["data/earlier/2.tlog-proof"], "data/bundle.json": cj.encode(named)}
    yield "the log in the middle left out, and the tie moved", repack(whole, renamed), {"log_vkey": VKEYS[2]}
    turned = json.loads(whole["data/bundle.json"])
    turned["earlier"].reverse()
    yield (
        "the logs in another order",
        repack(whole, {"data/bundle.json": cj.encode(turned)}),
        {"log_vkey": VKEYS[2]},
    )


def second_alone() -> Files:
    """A consortium of people who all came under the second log: its register without the first."""
    cast = Onward()
    cast.roll_over()
    cast.people.clear()
    cast.orgs.clear()
    for name in ("pia", "rolf"):
        cast.person(name)
    cast.org("anchor", "pia")
    cast.consortium = cast.say(
        client.create_consortium(cast.pen("pia"), cast.orgs["anchor"], "Late", "desca-2.0")
    )
    new, fresh = lines_of(cast)[1], cast.notes[cast.ends[0] :]
    chains = {parse(each)[0].chain for each in fresh}
    tree, issued = onward.tree(new), point(1, new)
    head = {"v": 1, "kind": "register", "subject": cast.consortium, "log": NAMES[1], "log_vkey": VKEYS[1]}
    files = {
        "data/bundle.json": cj.encode(head | {"witness_vkeys": []}),
        "data/checkpoint": issued,
        "data/log-entries": b"".join(new),
    }
    for line, whole in enumerate(fresh, 1):
        said = parse(whole)[0].id
        files[f"data/statements/{said}.note"] = whole
        files[f"data/proofs/{said}.tlog-proof"] = onward.receipt(tree, line, issued)
    for chain in chains:
        files[f"data/chains/{chain}.ids"] = "".join(
            f"{each}\n" for each in cast.state.chains[chain].ids
        ).encode()
    return evidence.pack(files, b"", b"")


def heads(told: Story) -> Iterator[Broken]:
    cast = cast_of(told)
    honest = put(cast, lines_of(cast))
    head = json.loads(honest["data/bundle.json"])
    strange = note.vkey(NAMES[0], onward.KEYS[2].public)
    (named,) = head["earlier"]
    for name, change in {
        "no earlier log in a bundle over more": {"earlier": []},
        "an earlier log in a bundle over one": {"v": 1},
        "another version": {"v": 3},
        "an earlier log under another key": {"earlier": [{**named, "log_vkey": strange}]},
        "an earlier log under another name": {"earlier": [{**named, "log": NAMES[2]}]},
        "an earlier log named twice": {"earlier": [named, named]},
        "an earlier log of the newest one's name": {"earlier": [{"log": NAMES[1], "log_vkey": VKEYS[1]}]},
        "an earlier log with more said of it": {"earlier": [{**named, "x": "y"}]},
    }.items():
        yield name, repack(honest, {"data/bundle.json": cj.encode(head | change)}), {}
    yield "one name for two logs", same_name(cast), {"log_vkey": VKEYS[0]}
    yield "asked with the key of the log that ended", honest, {"log_vkey": VKEYS[0]}
    yield "asked with another key for the log that ended", honest, {"log_vkey": [VKEYS[1], strange]}
    yield "asked with two keys for one log", honest, {"log_vkey": [VKEYS[1], VKEYS[0], strange]}
    yield "asked with no key", honest, {"log_vkey": []}
    yield "without the lines of the earlier log", repack(honest, {LINES: None}), {}
    yield "without its checkpoint", repack(honest, {OLD: None}), {}
    yield "with something more of it", repack(honest, {"data/earlier/1.more": b"x"}), {}
    yield "with a log that is not named", repack(honest, {"data/earlier/2.checkpoint": honest[OLD]}), {}
    claim = evidence.claim(onward.source(cast), told.subject, cast.orgs["tinsel"], lines=False)
    yield "lines of the earlier log alone", repack(claim, {LINES: honest[LINES]}), {}
    yield "its lines cut", repack(honest, {LINES: honest[LINES][:-1]}), {}
    yield "one of its lines left out", repack(honest, {LINES: honest[LINES].split(b"\n", 1)[1]}), {}
    yield (
        "one of its lines another",
        repack(honest, {LINES: honest[LINES].replace(b"s 0", b"s 1", 1).replace(b"s 1", b"s 2", 1)}),
        {},
    )
    signed = note.sign(note.parse(honest[OLD]).text, [(NAMES[0], onward.KEYS[2])])
    yield "its checkpoint signed by another", repack(honest, {OLD: signed}), {}


def same_name(cast: Onward) -> Files:
    """The first log continued under its own name by another key."""
    old, new = lines_of(cast)
    head = {
        "v": 2,
        "kind": "register",
        "subject": cast.consortium,
        "log": NAMES[0],
        "log_vkey": VKEYS[0],
        "witness_vkeys": [],
    }
    named = {"earlier": [{"log": NAMES[0], "log_vkey": VKEYS[0]}]}
    files = put(cast, [old, new])
    other = point(0, new)
    changed: dict[str, bytes | None] = {
        each: files[each].replace(point(1, new), other)
        for each in files
        if each.startswith("data/proofs/") or each == TIE
    }
    return repack(files, {**changed, "data/checkpoint": other, "data/bundle.json": cj.encode(head | named)})


def places(told: Story) -> Iterator[Broken]:
    """Statements that stand in the log they do not name, or at an index that is none of its."""
    cast = cast_of(told)
    old, new = lines_of(cast)
    honest = put(cast, [old, new])
    last, first = old[-1], new[1]
    yield "a statement of the first log in the second", put(cast, tied(old[:-1], [last, *new[1:]])), {}
    yield "a statement of the second log in the first", put(cast, tied([*old, first], new[2:])), {}
    yield "a statement in both", put(cast, tied(old, [*new[1:], last])), {}
    moved = next(each for each in honest if is_of(honest, each, 1))
    line = tlog.parse_receipt(honest[moved]).index
    for name, index in {
        "counted over both logs": line + len(old),
        "one too low": line - 1,
        "one too high": line + 1,
    }.items():
        text = honest[moved].replace(b"index %d\n" % line, b"index %d\n" % index)
        yield f"a receipt whose index is {name}", repack(honest, {moved: text}), {}
    below = next(each for each in honest if is_of(honest, each, 0))
    yield (
        "a receipt under the other log's checkpoint",
        repack(honest, {below: honest[below].replace(point(0, old), point(1, new))}),
        {},
    )


def tied(old: Lines, rest: Lines) -> list[Lines]:
    """Two logs, the second of which truly names the end of the first."""
    return [old, [tlog.previous_log_entry(point(0, old)), *rest]]


def chains(told: Story) -> Iterator[Broken]:
    """A place of a chain that is claimed on both sides of the border, or kept back on the other side."""
    cast = cast_of(told)
    old, new = lines_of(cast)
    twin = [
        cast.pen("ines").write(
            "consortium.leave", {"org": cast.orgs["tinsel"]}, chain=cast.consortium, org=cast.orgs["tinsel"]
        )
        for _ in "12"
    ]
    both = [tlog.statement_entry(each.id, each.note, each.place.after) for each in twin]
    yield "a newest statement that is withheld in the new log", put(cast, [old, [*new, both[0]]]), {}
    yield "a place that is claimed twice in the new log", put(cast, [old, [*new, *both]]), {}
    ids = {
        cast.consortium: [each.encode() for each in cast.state.chains[cast.consortium].ids]
        + [twin[1].id.encode()]
    }
    forked = tied([*old, both[0]], [*new[1:], both[1]])
    yield (
        "a place that is claimed once in each",
        put(cast, forked, notes=[*cast.notes, twin[1].note], ids=ids),
        {},
    )
    early = tied([*old, both[0]], new[1:])
    yield "a newest statement that is withheld in the old log", put(cast, early), {}


def all_of_them() -> Iterator[Broken]:
    told = onward.told(2)[0]
    for kind in (ties, receipts, alone, heads, places, chains):
        for name, files, options in kind(told):
            yield name, files, {"log_vkey": VKEYS[1], **ALL_ALLOWED, **options}
