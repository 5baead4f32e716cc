"""A service over HTTP, asked through a real server: retries, a deadline, three kinds of nothing."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rights.errors import SourceError, UnreadableError
from rights.sources import Mapping, SearchTerms, Status, search_source
from rights.sources.http import HttpSource

ANSWER = {"content": {"visits": [{"date": "2020-01-02", "text": "seen"}, {"text": "not seen"}]}}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.seen.append((self.path, self.headers.get("Authorization", "")))
        status, headers, body = self.server.answer(self.path)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        """Says nothing."""


@pytest.fixture
def server():
    """A server on this machine; set its `answer`."""
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.seen = []
    running.answer = lambda path: (200, {}, json.dumps(ANSWER).encode())
    running.url = f"http://127.0.0.1:{running.server_port}"
    thread = threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()


def service(url, pause=lambda seconds: None, **http):
    mapping = {"name": "svc", "title": "Service", "kind": "http", "location": url, "http": http}
    return HttpSource(Mapping.model_validate(mapping), url, pause=pause)


def search(source):
    return search_source(source, {"svc": frozenset({"A/1"})}, SearchTerms()).line


def test_rows_of_an_answer(server):
    """The number is quoted in the path, the token goes along, every entry becomes a row."""
    source = service(server.url.replace("//", "//bearer:secret@"), path="/sar/{key}")
    source.probe()
    line = search(source)
    assert (line.status, line.rows_in, line.rows_accounted) == (Status.FOUND, 2, 2)
    assert ("/sar/A%2F1", "Bearer secret") in server.seen


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (204, b"", Status.NOTHING_HELD),
        (200, b'{"content": []}', Status.NOTHING_HELD),
        (200, b'{"content": null}', Status.NOTHING_HELD),
        (209, b"", Status.CANNOT_SEARCH),
        (404, b"", Status.FAILED),
        (401, b"", Status.FAILED),
        (302, b"", Status.FAILED),
        (200, b"<html>", Status.FAILED),
        (200, b'{"other": 1}', Status.FAILED),
        (503, b"", Status.FAILED),
    ],
)
def test_the_kinds_of_nothing_are_told_apart(server, status, body, expected):
    """Only what the mapping names means that nothing is held; not found is a failure."""
    server.answer = lambda path: (status, {}, body)
    assert search(service(server.url)).status is expected


def test_a_busy_service_is_asked_again(server):
    """It is tried again after the pause it asks for, and then answers."""
    busy = [(503, {"Retry-After": "3"}, b""), (500, {}, b"")]
    server.answer = lambda path: busy.pop(0) if busy else (200, {}, json.dumps(ANSWER).encode())
    pauses = []
    assert len(list(service(server.url, pauses.append).records({"1"}))) == 2
    assert pauses == [3, 1.0]


def test_a_pause_beyond_the_deadline_is_not_waited_for(server):
    """The search goes on without a service that wants to be left alone for long."""
    server.answer = lambda path: (503, {"Retry-After": "900"}, b"")
    pauses = []
    with pytest.raises(SourceError, match="it answered 503"):
        list(service(server.url, pauses.append).records({"1"}))
    assert pauses == []


def test_nobody_listens(server):
    """A refused connection is a failure of the probe, without the address in its words."""
    server.server_close()
    with pytest.raises(SourceError) as raised:
        service("http://127.0.0.1:9").probe()
    assert "127.0.0.1" not in str(raised.value)


def test_attachments_come_from_the_service_itself_only(server):
    """An address elsewhere, which could collect our password, is not followed."""
    files = [
        {"fileName": "a.txt", "attachment": {"url": "/files/1"}},
        {"fileName": "b.txt", "attachment": {"url": "http://127.0.0.1:9/2"}},
    ]
    body = json.dumps({"content": {"notes": [{"attachments": files}]}}).encode()
    server.answer = lambda path: (200, {}, b"hello" if path == "/files/1" else body)
    here, there = service(server.url).documents({"1"})
    assert here.open() == b"hello"
    with pytest.raises(UnreadableError, match="another address"):
        there.open()
