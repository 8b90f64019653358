"""Somebody between a machine and its server: passes everything on, keeps who asked what, and may change an answer."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import httpx

OWN = {"host", "accept-encoding", "connection", "content-length", "transfer-encoding", "server", "date"}


@dataclass
class Between:
    """`lies` changes what is answered at every path that holds its name; `cut` ends an answer after so many bytes.

    `breaks` lets so many bytes of what is sent there pass, and then the line breaks on both sides.
    """

    server: str
    url: str = ""
    lies: dict[str, Callable[[bytes], bytes]] = field(default_factory=dict)
    cut: dict[str, int] = field(default_factory=dict)
    breaks: dict[str, int] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    sent: list[tuple[str, str, int]] = field(default_factory=list)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Ask the server the same, and hand on what it said, or what is made of it."""
        path, headers = handler.path, {k: v for k, v in handler.headers.items() if k.lower() not in OWN}
        headers["accept-encoding"] = "identity"  # what is handed on is what was said, byte for byte
        self.asked.append((path, handler.headers.get("range", "")))
        length = int(handler.headers.get("content-length", 0))
        if length:
            self.sent.append((path, handler.headers.get("upload-offset", ""), length))
        if length and (most := _longest(self.breaks, path)) is not None:
            self._break_off(handler, min(most, length))
            return
        body = handler.rfile.read(length)
        told = httpx.request(handler.command, self.server + path, content=body, headers=headers, timeout=60)
        data = self._changed(path, told.content)
        handler.send_response(told.status_code)
        for name, value in told.headers.multi_items():
            if name not in OWN:
                handler.send_header(name, value)
        handler.send_header("content-length", str(len(data)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(data[: _longest(self.cut, path)])

    def _break_off(self, handler: BaseHTTPRequestHandler, most: int) -> None:
        """Begin the same request at the server, and leave both alone with it."""
        server = urlsplit(self.server)
        with socket.create_connection((server.hostname or "", server.port or 80)) as line:
            headers = "".join(f"{name}: {value}\r\n" for name, value in handler.headers.items())
            line.sendall(f"{handler.requestline}\r\n{headers}\r\n".encode())
            line.sendall(handler.rfile.read(most))
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)

    def _changed(self, path: str, data: bytes) -> bytes:
        for part, lie in self.lies.items():
            data = lie(data) if part in path else data
        return data


def _longest(limits: dict[str, int], path: str) -> int | None:
    return next((most for part, most in limits.items() if part in path), None)


@contextmanager
def standing_between(server: str) -> Iterator[Between]:
    """Serve, on a port of one's own, what a server answers."""
    between = Between(server)

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            between.answer(self)

        do_GET = do_HEAD = do_POST = handle_any  # noqa: N815 - the names that the library looks for
        do_PUT = do_PATCH = do_DELETE = handle_any  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    between.url = f"http://127.0.0.1:{listening.server_port}"
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield between
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()
