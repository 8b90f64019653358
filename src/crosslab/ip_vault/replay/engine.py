"""Reading statements in log order: proof, place, rule, effect. The one place where history is decided."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from crosslab.ip_vault import chains, keys, note, statements
from crosslab.ip_vault.errors import FormatError, ProofError
from crosslab.ip_vault.replay import access, consortia, organisations, ownership, people, releases, versions
from crosslab.ip_vault.replay.refusals import Reason, Rejected, require
from crosslab.ip_vault.replay.state import ChainState, State
from crosslab.ip_vault.statements import Cosigner, Statement

Rule = Callable[[State, Statement, int], None]


def _of_release(released: Rule, owned: Rule) -> Rule:
    """One rule for what is said of a release, another for what is said of a version or transfer."""

    def rule(state: State, statement: Statement, index: int) -> None:
        of = statement.body["of"]
        chosen = released if state.spoken.get(of, of) in state.releases else owned
        chosen(state, statement, index)

    return rule


RULES: Mapping[str, Rule] = {
    "person.create": people.create,
    "person.rotate": people.rotate,
    "person.request": people.request,
    "org.create": organisations.create,
    "org.invite": organisations.invite,
    "org.add": organisations.add,
    "org.role": organisations.role,
    "org.remove": organisations.remove,
    "org.key": organisations.key,
    "org.wrap": organisations.wrap,
    "org.recover": organisations.recover,
    "consortium.create": consortia.create,
    "consortium.invite": consortia.invite,
    "consortium.remove": consortia.remove,
    "consortium.join": consortia.join,
    "consortium.leave": consortia.leave,
    "version": versions.version,
    "grant": access.grant,
    "revoke": access.revoke,
    "ack": access.ack,
    "transfer": ownership.transfer,
    "release": releases.release,
    "decline": releases.decline,
    "approve": _of_release(releases.approve, ownership.approve),
    "object": _of_release(releases.object_to, ownership.object_to),
    "withdraw": _of_release(releases.withdraw, ownership.withdraw),
}


@dataclass(frozen=True)
class Logged:
    """A statement at its index in the log."""

    index: int
    note: bytes


@dataclass(frozen=True)
class Hidden:
    """A statement whose text is not for us: only its chain and id are known."""

    index: int
    chain: str
    id: str


def replay(
    history: Iterable[Logged | Hidden],
    log: str,
    *,
    partial: bool = False,
    earlier: tuple[tuple[str, int], ...] = (),
) -> State:
    """The state after all of these, in log order; the first one that has no place raises Rejected.

    `partial` says that the reader is not entitled to everything: what a version builds on in another
    consortium is then taken on its maker's word. `earlier` names the logs that this one follows, each with the
    index of the register it ended before.
    """
    state = State(log, partial, earlier)
    for each in history:
        apply(state, each)
    return state


def apply(state: State, logged: Logged | Hidden) -> Statement | None:
    """Reads one more statement into the state. A Rejected one leaves the state as it was."""
    require(logged.index > state.index, Reason.ORDER)
    if isinstance(logged, Hidden):
        require(logged.id not in state.seen, Reason.DUPLICATE)
        require(logged.chain in state.chains, Reason.CHAIN_UNKNOWN)
        _extend(state, logged.chain, logged.id, logged.index)
        return None
    statement, parsed = _parse(logged.note)
    require(statement.place.log == state.log_at(logged.index), Reason.OTHER_LOG)
    require(statement.id not in state.seen, Reason.DUPLICATE)
    _check_place(state, statement)
    _check_signatures(state, statement, parsed)
    RULES[statement.type](state, statement, logged.index)
    if statement.kind.genesis:
        state.chains[statement.id] = ChainState(statement.kind.chain)
    if of := statement.body.get("of"):
        state.spoken[statement.id] = state.spoken.get(of, of)
    _extend(state, statement.chain, statement.id, logged.index)
    return statement


def signers(state: State, statement: Statement) -> list[note.Signer]:
    """Whose signatures the statement needs, with the keys that count at this point of the log."""
    names = statement.names
    first = keys.unb64u(statement.body["sign"], 32) if not statement.by else None
    found = [note.Signer(names[0], first or people.person(state, statement.by).key.sign)]
    match statement.kind.cosigner:
        case Cosigner.NEW_KEY:
            found.append(note.Signer(names[1], keys.unb64u(statement.body["sign"], 32)))
        case Cosigner.INVITE:
            invite = state.invites.get(statement.body["invite"])
            if invite is None:
                raise Rejected(Reason.INVITE_UNKNOWN)
            found.append(note.Signer(names[1], invite.public))
        case Cosigner.RECOVERY:
            known = state.organisations.get(statement.chain)
            key = known.recovery_sign if known else keys.unb64u(statement.body["recovery_sign"], 32)
            found.append(note.Signer(names[1], key))
    return found


def _parse(data: bytes) -> tuple[Statement, note.Note]:
    try:
        return statements.parse(data)
    except FormatError as error:
        raise Rejected(Reason.MALFORMED, str(error)) from error


def _check_place(state: State, statement: Statement) -> None:
    if statement.kind.genesis:
        return
    chain = state.chains.get(statement.chain)
    if chain is None:
        raise Rejected(Reason.CHAIN_UNKNOWN)
    require(chain.kind is statement.kind.chain, Reason.CHAIN_KIND)
    place = statement.place
    require((place.seq, place.after) == (len(chain.ids), chain.head), Reason.STALE_PLACE)


def _check_signatures(state: State, statement: Statement, parsed: note.Note) -> None:
    try:
        note.verify_exactly(parsed, signers(state, statement))
    except (FormatError, ProofError) as error:
        raise Rejected(Reason.UNPROVEN, str(error)) from error


def _extend(state: State, chain: str, id: str, index: int) -> None:
    found = state.chains[chain]
    found.links.append(chains.link(found.links[-1] if found.links else None, id))
    found.ids.append(id)
    state.seen.add(id)
    state.index = index
