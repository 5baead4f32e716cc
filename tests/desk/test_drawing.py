"""The one script of ours, in a real browser: drawing a box and choosing words on a page."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
import uvicorn
from playwright.sync_api import Page, expect, sync_playwright

from casework.review import decisions_of
from redaction.decisions import Outcome
from tests.desk.conftest import PASSWORD, Room

RoomAt = Callable[[str], Room]
pytestmark = [pytest.mark.xdist_group("desk"), pytest.mark.system]


@pytest.fixture
def page() -> Iterator[Page]:
    """A page of Debian's Chromium."""
    program = shutil.which("chromium")
    assert program is not None, "chromium is needed"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser.new_page(viewport={"width": 1280, "height": 1000})
        browser.close()


@pytest.fixture
def served() -> Iterator[Callable[[Room], str]]:
    """Serves a room's desk on a free port of this machine."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def serve(room: Room) -> str:
        config = uvicorn.Config(room.client().app, port=0, log_level="error", access_log=False)
        server = uvicorn.Server(config)
        socket = config.bind_socket()
        socket.listen()  # so that a browser that is quicker than the server waits in line
        thread = threading.Thread(target=server.run, args=([socket],))
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{socket.getsockname()[1]}"

    yield serve
    for server, thread in running:
        server.should_exit = True
        thread.join()


def test_boxes_are_drawn_and_words_chosen_with_the_mouse(
    room_at: RoomAt, served: Callable[[Room], str], page: Page
) -> None:
    """Each becomes one decision, shown on the page at once; a refusal is shown beside it."""
    room = room_at("cast")
    base = served(room)
    complaints: list[str] = []
    page.on(
        "console", lambda m: complaints.append(m.text) if "Content Security" in m.text else None
    )
    page.on("pageerror", lambda e: complaints.append(str(e)))
    page.goto(base)
    page.fill("#login", "officer1")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{base}/cases/{room.ref}/pages")
    page.get_by_role("link", name=re.compile("Page 1 of Home visit")).click()

    sheet = page.locator("#sheet")
    area = sheet.bounding_box()
    assert area is not None
    page.mouse.move(area["x"] + 100, area["y"] + 40)
    page.mouse.down()
    page.mouse.move(area["x"] + 300, area["y"] + 90, steps=4)
    page.mouse.up()
    expect(page.locator("#box-words")).to_contain_text("A box is drawn")
    page.get_by_role("button", name="Withhold the box").click()
    expect(page.locator("rect.mark.own")).to_have_count(1)
    boxes = [d.area for d in decisions_of(room.case).values() if d.area]
    scale = 595 / area["width"]
    assert boxes[0].left == pytest.approx(100 * scale, abs=3)
    assert boxes[0].bottom == pytest.approx(90 * scale, abs=3)

    words = page.locator("rect.word")
    for index in (20, 23):
        words.nth(index).scroll_into_view_if_needed()
        spot = words.nth(index).bounding_box()
        assert spot is not None
        page.mouse.click(spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] / 2)
    expect(page.locator("#chosen")).to_contain_text("4 words are chosen")
    page.locator("#o-keep").check()
    page.get_by_role("button", name="Mark the words").click()
    expect(page.locator(".problem")).to_contain_text("Nothing says why")
    page.locator("#o-redact").check()
    page.get_by_role("button", name="Mark the words").click()
    expect(page.locator(".side")).to_contain_text("Marked by reviewers 2")
    spans = [d for d in decisions_of(room.case).values() if d.span]
    assert len(spans) == 1
    assert spans[0].outcome is Outcome.REDACT
    assert complaints == []
    page.get_by_role("button", name="Take back this mark").first.click()
    expect(page.locator(".side")).to_contain_text("Marked by reviewers 1")
    kept = page.evaluate("[...Object.values(localStorage), ...Object.values(sessionStorage)]")
    assert all(value.startswith(f"/cases/{room.ref}/pages/") for value in kept)


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_fit_their_window(
    room_at: RoomAt, served: Callable[[Room], str], page: Page, width: int
) -> None:
    """No page is wider than a desk's screen or a telephone's."""
    room = room_at("approve")
    base = served(room)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(base)
    page.fill("#login", "officer1")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    document = next(iter(room.case.read))
    for path in (
        "",
        "/people",
        "/matches",
        "/cast",
        "/pages",
        f"/pages/{document}/1",
        "/approve",
        "/redactions",
    ):
        page.goto(f"{base}/cases/{room.ref}{path}")
        over = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert over <= 0, path
