"""Asking machines of others: only the one that is named, and only so much."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from crosslab.ledger import outside


@contextmanager
def answering(status, headers, body):
    """A machine that answers so, and the bodies it was sent."""
    heard = []

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            heard.append((self.path, self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self):
            self.do_POST()

        def log_message(self, *_words):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", heard
        server.shutdown()


def test_an_answer_has_its_status_its_kind_and_its_bytes():
    with answering(409, {"content-type": "text/x-size"}, b"7\n") as (url, heard):
        assert outside.post(f"{url}/add", b"\x00\xff", "text/plain") == outside.Told(
            409, "text/x-size", b"7\n"
        )
    assert heard == [("/add", b"\x00\xff")]


def test_a_way_elsewhere_is_not_taken():
    with answering(200, {}, b"inside") as (inside, heard):
        for status in (301, 302, 303, 307, 308):
            with answering(status, {"location": inside}, b"") as (url, _):
                assert outside.post(url, b"x", "text/plain").status == status
    assert heard == []


def test_too_long_an_answer_is_not_read_to_its_end():
    with (
        answering(200, {}, b"x" * 1_000_000) as (url, _),
        pytest.raises(outside.Unreachable, match="too long"),
    ):
        outside.post(url, b"x", "text/plain")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://nobody.invalid/", "http://[/", "http://a b/"])
def test_who_cannot_be_asked_is_told_in_words(url):
    with pytest.raises(outside.Unreachable, match=r"^\w+: \S"):
        outside.post(url, b"x", "text/plain")
