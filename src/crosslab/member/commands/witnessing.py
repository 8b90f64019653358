"""A witness: signs every checkpoint that continues the one it signed before, and never one that does not.

`witness once` asks the log and hands the line in; `witness serve` is asked by logs (C2SP tlog-witness). What
was signed last is written down before the line is given away.
"""

import base64
import json
import time
from argparse import ArgumentParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_bytes
from threading import Lock
from typing import Any

from crosslab.ip_vault import keys, note, tlog, witness
from crosslab.ip_vault.client.troubles import Proof, Tampered, Trouble
from crosslab.ip_vault.witness import Asked, Cause, Declined, Seen, Witness
from crosslab.member.commands.register import keep_proof
from crosslab.member.desk import Command, Desk
from crosslab.member.stops import LOG_KEY, Code, Stop, nothing, typed

DOOR = "/vault/log/cosignatures"
KEY = "witness.json"


def _names(parser: ArgumentParser) -> None:
    parser.add_argument(
        "name", nargs="?", default="", help="the witness's name, for example example.org/witness"
    )


def key(desk: Desk) -> None:
    """Make this machine's witness key, or show it: the line that logs and members put on their lists."""
    if desk.home.read(KEY) is None:
        if not desk.args.name:
            raise Stop(Code.USAGE, "Give the witness a name, for example example.org/witness.")
        note.check_name(desk.args.name)
        desk.home.write(KEY, json.dumps({"name": desk.args.name, "seed": token_bytes(32).hex()}).encode())
    desk.show.say(_own(desk).vkey)
    desk.show.result(vkey=_own(desk).vkey)


def once(desk: Desk) -> None:
    """Look at the log once: sign its checkpoint if it continues the last one signed, and hand the line in."""
    own, door, log = _own(desk), desk.door(), _log(desk)
    door.session()
    checkpoint = door.checkpoint()
    before = _last(desk, log.name)
    point = tlog.parse_checkpoint(checkpoint)
    proof = tuple(door.consistency(before.size, point.size)) if 0 < before.size < point.size else ()
    line = _sign(desk, own, {log.name: log.public}, Asked(before.size, proof, checkpoint))
    door.post(DOOR, checkpoint + line)
    desk.show.say(f"Signed: {point.size} entries of {point.origin}.")
    desk.show.result(size=point.size, line=line.decode())


def _repeats(parser: ArgumentParser) -> None:
    parser.add_argument("--every", type=float, default=60, help="seconds between two looks")


def follow(desk: Desk) -> None:
    """The same again and again, until interrupted or until the log contradicts itself."""
    while True:
        try:
            once(desk)
        except Stop as stop:
            if stop.code is not Code.NETWORK:
                raise
            desk.show.warn(stop.sentence)
        time.sleep(desk.args.every)


def _serves(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8443)
    parser.add_argument("--log-key", action="append", default=[], help="the verifier key of a log to witness")


def serve(desk: Desk) -> None:
    """Be asked by logs: POST /add-checkpoint, as C2SP tlog-witness words it."""
    own = _own(desk)
    known = [typed(each, note.parse_vkey, LOG_KEY) for each in desk.args.log_key] or [_log(desk)]
    server = server_for(desk, own, {each.name: each.public for each in known})
    address = f"http://{desk.args.host}:{server.server_address[1]}"
    desk.show.say(f"{own.vkey}\nlistens at {address}{witness.PATH}")
    desk.show.result(vkey=own.vkey, address=address)
    desk.show.flush()
    with server:
        server.serve_forever(poll_interval=0.2)


def server_for(desk: Desk, own: Witness, logs: dict[str, bytes]) -> ThreadingHTTPServer:
    """A server that answers logs, one at a time."""
    alone = Lock()

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = self.headers.get("Content-Length") or ""
            size = int(told) if told.isdecimal() else 0
            if self.path != witness.PATH or not 0 < size <= witness.MOST_BYTES:
                return self._answer(404 if self.path != witness.PATH else 400, b"", "text/plain")
            try:
                asked = witness.read_request(self.rfile.read(size))
                with alone:
                    line = _sign(desk, own, logs, asked)
            except Declined as no:
                return self._answer(no.cause.status, no.body.encode(), no.media_type)
            except Tampered as caught:
                desk.show.warn(f"PROOF FAILED. {caught} What shows it: {keep_proof(desk, caught)}")
                return self._answer(Cause.FORKED.status, Cause.FORKED.sentence.encode(), "text/plain")
            return self._answer(200, line, "text/plain; charset=utf-8")

        def _answer(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Silent: who asks is nobody's business."""

    return ThreadingHTTPServer((desk.args.host, desk.args.port), Listener)


def _sign(desk: Desk, own: Witness, logs: dict[str, bytes], asked: Asked) -> bytes:
    """The line, after what was seen is written down. A contradiction of the log is a proof, not a refusal."""
    with desk.home.alone():
        origin = witness.origin_of(asked)
        before = _last(desk, origin)
        try:
            answer = own.answer(logs, before, asked, int(time.time()))
        except Declined as no:
            if no.cause in (Cause.FORKED, Cause.UNPROVEN) and before.size and asked.old == before.size:
                raise _contradiction(desk, origin, logs[origin], no.cause, asked) from no
            raise
        _remember(desk, origin, answer.now, asked.checkpoint)
        return answer.line


def _contradiction(desk: Desk, origin: str, public: bytes, cause: Cause, asked: Asked) -> Tampered:
    held = _seen(desk).get(origin, {})
    trouble = Trouble.SPLIT if cause is Cause.FORKED else Trouble.REWRITTEN
    points = (str(held.get("checkpoint", "")), asked.checkpoint.decode("utf-8", "replace"))
    return Tampered(Proof(trouble, note.vkey(origin, public), cause.sentence, points))


def _own(desk: Desk) -> Witness:
    data = desk.home.read(KEY)
    if data is None:
        raise nothing("This machine is no witness yet: crosslab vault witness key NAME")
    told = json.loads(data)
    return Witness(str(told["name"]), keys.SigningKey(bytes.fromhex(told["seed"])))


def _log(desk: Desk) -> note.Signer:
    known = desk.home.settings().get("vkey")
    if not known:
        raise nothing("No log is known here. Sign in, or name one: --log-key")
    return note.parse_vkey(str(known))


def _seen(desk: Desk) -> dict[str, dict[str, Any]]:
    return dict(json.loads(desk.home.read("witnessed.json") or b"{}"))


def _last(desk: Desk, origin: str) -> Seen:
    held = _seen(desk).get(origin)
    return Seen(int(held["size"]), base64.b64decode(held["root"])) if held else Seen()


def _remember(desk: Desk, origin: str, now: Seen, checkpoint: bytes) -> None:
    root = base64.b64encode(now.root).decode()
    held = {"size": now.size, "root": root, "checkpoint": checkpoint.decode()}
    desk.home.write("witnessed.json", json.dumps({**_seen(desk), origin: held}, indent=1).encode())


COMMANDS = (
    Command("witness key", key, _names),
    Command("witness once", once),
    Command("witness follow", follow, _repeats),
    Command("witness serve", serve, _serves),
)
