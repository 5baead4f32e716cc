"""A desk over the tiny council's case, at each point of the road where people work at it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from casework.office import Office
from desk.app import create_app
from rights.case import Case
from rights.release import CaseRef
from tests.small_council import SmallTruth, build
from tests.small_office import STAFF, Small, open_small, receive_letter

HOST = "http://127.0.0.1:4281"
PASSWORD = "three random words"
POINTS = ("people", "match", "cast", "approve")


@dataclass
class Browser:
    """Somebody at the desk, with a form's token taken from the page as a browser would."""

    client: TestClient
    ref: CaseRef
    seen: list[httpx.Response] = field(default_factory=list[httpx.Response])

    def get(self, path: str) -> httpx.Response:
        """Open a page."""
        answer = self.client.get(path, follow_redirects=True)
        self.seen.append(answer)
        return answer

    def case_page(self, path: str = "") -> httpx.Response:
        """Open a page of the case."""
        return self.get(f"/cases/{self.ref}{path}")

    def post(self, path: str, data: dict[str, object], token: str = "") -> httpx.Response:
        """Send a form."""
        token = token or token_of(self.get("/"))
        return self.client.post(path, data={"form_token": token, **data}, follow_redirects=False)

    def case_post(self, path: str, data: dict[str, object]) -> httpx.Response:
        """Send a form of the case."""
        return self.post(f"/cases/{self.ref}{path}", data)

    def sign_in(self, login: str) -> httpx.Response:
        """Sign in with the right password."""
        token = token_of(self.get("/sign-in"))
        return self.post("/sign-in", {"login": login, "password": PASSWORD}, token)


@dataclass
class Room:
    """One office with its desk; every test has its own copy."""

    office: Office
    ref: CaseRef
    truth: SmallTruth
    nudged: list[str]
    client: Callable[[], TestClient]

    @property
    def small(self) -> Small:
        """The case with the people of the demo."""
        return Small(self.office, self.ref, self.truth)

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return self.office.case(self.ref)

    def visitor(self) -> Browser:
        """Somebody who has not signed in."""
        return Browser(self.client(), self.ref)

    def as_(self, login: str) -> Browser:
        """A colleague who has signed in."""
        browser = self.visitor()
        assert browser.sign_in(login).status_code == 303
        return browser


def token_of(page: httpx.Response) -> str:
    """The token in a page's forms."""
    found = re.search(r'name="form_token" value="([0-9a-f]{64})"', page.text)
    assert found is not None
    return found[1]


@pytest.fixture(scope="session")
def road(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallTruth, Path, dict[str, Path]]:
    """The office's folder as it was at each point of the road."""
    council = tmp_path_factory.mktemp("small")
    truth = build(council)
    home = tmp_path_factory.mktemp("road") / "home"
    office = open_small(home, council)
    for login, who in STAFF.items():
        office.store.add_account(login, PASSWORD, who.roles)
    small = Small(office, receive_letter(office, truth), truth)
    at: dict[str, Path] = {}
    for point in POINTS:
        small.until(point)
        office.store.close()
        at[point] = home.with_name(point)
        shutil.copytree(home, at[point])
        office = open_small(home, council)
        small = Small(office, small.ref, truth)
    return truth, council, at


@pytest.fixture
def room_at(
    road: tuple[SmallTruth, Path, dict[str, Path]], tmp_path: Path
) -> Iterator[Callable[[str], Room]]:
    """A desk at a point of the road."""
    truth, council, at = road
    rooms: list[Room] = []

    def open_at(point: str) -> Room:
        home = tmp_path / point
        shutil.copytree(at[point], home)
        office = open_small(home, council)
        nudged: list[str] = []
        app = create_app(office, nudged.append)
        ref = office.store.cases()[0]
        room = Room(office, ref, truth, nudged, lambda: TestClient(app, base_url=HOST))
        rooms.append(room)
        return room

    yield open_at
    for room in rooms:
        room.office.store.close()
