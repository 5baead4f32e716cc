"""Starting the next stage through Prefect's interface, before a server that notes its requests."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from desk.nudge import prefect_nudge
from tests.desk.conftest import Room

RoomAt = Callable[[str], Room]
pytestmark = pytest.mark.xdist_group("desk")


@pytest.fixture
def prefect() -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """A server that answers as Prefect's does, and what it was asked."""
    asked: list[tuple[str, Any]] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, None))
            self._say({"id": "d1"})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append((self.path, json.loads(body)))
            self._say({})

        def _say(self, body: object) -> None:
            data = json.dumps(body).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/api", asked
        server.shutdown()
        thread.join()


def test_a_case_with_work_to_do_gets_a_run(
    room_at: RoomAt, prefect: tuple[str, list[tuple[str, Any]]]
) -> None:
    """The run has the reference and a key that the flows' own start would use as well."""
    api, asked = prefect
    room = room_at("people")
    room.small.answer("people")
    prefect_nudge(room.office, api)(room.ref)
    path, body = asked[-1]
    assert path == "/api/deployments/d1/create_flow_run"
    assert body["parameters"] == {"reference": room.ref}
    assert body["idempotency_key"] == f"{room.ref}/standing/{room.case.seq}/0"


def test_a_case_that_waits_for_people_gets_none(
    room_at: RoomAt, prefect: tuple[str, list[tuple[str, Any]]]
) -> None:
    """Nothing is asked of Prefect while only people can go on."""
    api, asked = prefect
    room = room_at("people")
    prefect_nudge(room.office, api)(room.ref)
    assert not asked


def test_a_server_that_is_down_loses_no_answer(room_at: RoomAt) -> None:
    """The nudge fails in silence for the officer; the sweep finds the work."""
    room = room_at("people")
    room.small.answer("people")
    prefect_nudge(room.office, "http://127.0.0.1:9/api")(room.ref)
