"""Who gets in, what a form must prove, and what every answer carries."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from desk.app import create_app
from desk.routes import ROUTERS
from desk.web import is_local
from tests.desk.conftest import HOST, PASSWORD, Room, token_of

RoomAt = Callable[[str], Room]
pytestmark = pytest.mark.xdist_group("desk")
OPEN = {"/sign-in", "/healthz"}
ROUTES = sorted(
    (method, route.path)
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute)
    for method in route.methods
)


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_page_but_sign_in_asks_who_you_are(room_at: RoomAt, method: str, path: str) -> None:
    """Without a session each route leads to the sign-in page and shows nothing."""
    room = room_at("people")
    if path in OPEN:
        return
    filled = path.replace("{ref}", room.ref).replace("{number}", "1").replace(":path", "")
    filled = filled.replace("{", "").replace("}", "")
    answer = room.client().request(method, filled, follow_redirects=False)
    assert (answer.status_code, answer.headers.get("location", "/sign-in")[:8]) in (
        (303, "/sign-in"),
        (403, "/sign-in"),
    )
    assert "Holloway" not in answer.text


def test_a_session_is_kept_from_scripts_and_other_sites(room_at: RoomAt) -> None:
    """The cookie is HttpOnly and SameSite=Strict, and the way back stays on the desk."""
    room = room_at("people")
    visitor = room.visitor()
    page = visitor.client.get(f"/cases/{room.ref}/cast", follow_redirects=False)
    assert page.headers["location"] == f"/sign-in?to=/cases/{room.ref}/cast"
    form = visitor.get(page.headers["location"])
    to = f"/cases/{room.ref}/cast"
    answer = visitor.post(
        "/sign-in", {"login": "officer1", "password": PASSWORD, "to": to}, token_of(form)
    )
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("desk_session="))
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert answer.headers["location"] == to


@pytest.mark.parametrize(
    "path", ["//evil.example", "https://evil.example", "/cases/../x", "/cases/A//evil", "/find"]
)
def test_the_way_back_leads_nowhere_else(path: str) -> None:
    """Only a page of a case is gone back to."""
    assert not is_local(path) or path == "/cases/A//evil"


def test_a_wrong_password_says_nothing_about_the_login(room_at: RoomAt) -> None:
    """Unknown login and wrong password give the same page."""
    room = room_at("people")
    pages: list[str] = []
    for login in ("officer1", "nobody"):
        visitor = room.visitor()
        token = token_of(visitor.get("/sign-in"))
        answer = visitor.post("/sign-in", {"login": login, "password": "wrong wrong"}, token)
        assert answer.status_code == 403
        pages.append(answer.text.replace(token_of(answer), ""))
    assert pages[0] == pages[1]


def test_signing_out_ends_the_session(room_at: RoomAt) -> None:
    """The old cookie opens nothing afterwards."""
    room = room_at("people")
    officer = room.as_("officer1")
    old = officer.client.cookies["desk_session"]
    assert officer.post("/sign-out", {}).status_code == 303
    again = room.client()
    again.cookies.set("desk_session", old)
    assert again.get("/", follow_redirects=False).status_code == 303


def test_a_form_without_its_token_is_refused(room_at: RoomAt) -> None:
    """No token, another session's token, another site's origin: nothing is recorded."""
    room = room_at("cast")
    officer, other = room.as_("officer1"), room.as_("officer2")
    question = next(
        q for q in room.case.open_questions if q.topic == "cast" and q.body["treatment"] == "clear"
    )
    path = f"/cases/{room.ref}/cast"
    form: dict[str, object] = {f"answer:{question.id}": "disclose"}
    theirs = token_of(other.get("/"))
    assert officer.client.post(path, data=form).status_code == 403
    assert officer.post(path, form, theirs).status_code == 403
    own = {**form, "form_token": token_of(officer.get("/"))}
    for headers in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert officer.client.post(path, data=own, headers=headers).status_code == 403
    assert room.case.questions[question.id].answer is None
    fine = officer.client.post(path, data=own, headers={"Origin": HOST}, follow_redirects=False)
    assert fine.status_code == 303


def test_every_answer_carries_the_safety_headers(room_at: RoomAt) -> None:
    """Pages, errors, pictures and redirects alike; nothing is kept by the browser."""
    room = room_at("cast")
    officer = room.as_("officer1")
    for path in ("/", "/nothing", f"/cases/{room.ref}/cast", "/static/desk.css", "/sign-in"):
        headers = officer.client.get(path, follow_redirects=False).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == ("no-cache" if "static" in path else "no-store")


def test_pages_hold_no_inline_script_or_style(room_at: RoomAt) -> None:
    """The policy forbids them, so one would not work."""
    officer = room_at("cast").as_("officer1")
    for path in ("", "/people", "/matches", "/cast", "/pages", "/approve"):
        page = officer.case_page(path).text
        assert "<script>" not in page
        assert " style=" not in page
        assert "onclick" not in page


def test_other_host_names_are_refused(room_at: RoomAt) -> None:
    """A name that points here from elsewhere reads nothing."""
    app = room_at("people").client().app
    assert TestClient(app, base_url="http://evil.example").get("/healthz").status_code == 400
    assert TestClient(app, base_url=HOST).get("/healthz").text == "ok"


def test_an_error_is_a_sentence_and_a_next_step(room_at: RoomAt) -> None:
    """Unknown references and pages give plain 404 pages without any detail of the program."""
    officer = room_at("people").as_("officer1")
    for path in (
        "/nothing",
        "/cases/SAR-2026-0001-X",
        "/cases/x",
        "/cases/SAR-2026-0001-C/nothing",
    ):
        answer = officer.get(path)
        assert answer.status_code == 404, path
        assert "Traceback" not in answer.text
    early = officer.case_page("/cast")
    assert early.status_code == 403
    assert "not ready to be reviewed" in early.text


def test_what_nobody_foresaw_leaves_no_trace_of_data(
    room_at: RoomAt, caplog: pytest.LogCaptureFixture
) -> None:
    """The page says so, the log has the kind of error only."""
    room = room_at("people")
    app = create_app(room.office, room.nudged.append)
    _add_broken(app)
    with caplog.at_level(logging.DEBUG):
        answer = TestClient(app, base_url=HOST).get("/broken")
    assert answer.status_code == 500
    assert "Marnie" not in answer.text
    assert "Marnie" not in caplog.text
    assert "ValueError" in caplog.text


def _add_broken(app: FastAPI) -> None:
    def broken() -> None:
        raise ValueError("Marnie Holloway")

    app.add_api_route("/broken", broken)


def test_a_form_without_end_is_cut_off(room_at: RoomAt) -> None:
    """A body beyond every real form is refused, not read."""
    officer = room_at("people").as_("officer1")
    answer = officer.case_post("/people", {"asked_for": "x" * (5 << 20)})
    assert answer.status_code == 413


def test_every_view_of_personal_data_is_journaled(room_at: RoomAt) -> None:
    """Who looked at what stands in the access log, with the reference and no names."""
    room = room_at("cast")
    officer = room.as_("officer1")
    for path in ("", "/people", "/matches", "/cast", "/pages", "/letters/acknowledgement"):
        before = len(room.office.store.accesses(room.ref))
        officer.case_page(path)
        after = room.office.store.accesses(room.ref)
        assert len(after) > before, path
        assert after[-1].actor == "officer1"


def test_a_look_up_by_name_is_a_form_and_journaled(room_at: RoomAt) -> None:
    """The case is found by parts of a name, in no address, and the asking is written down."""
    room = room_at("cast")
    officer = room.as_("officer1")
    found = officer.post("/find", {"name": "holloway marnie"})
    assert f"/cases/{room.ref}" in found.text
    assert "holloway" not in str(found.url)
    assert officer.post("/find", {"name": "nobody"}).status_code == 200
    what = [a.what for a in room.office.store.accesses()]
    assert "name look-up found" in what
    assert "name look-up found nothing" in what
    by_reference = officer.post("/find", {"reference": room.ref.lower()})
    assert by_reference.headers["location"] == f"/cases/{room.ref}"


def test_no_personal_data_in_addresses_and_titles(room_at: RoomAt) -> None:
    """Following every link of a case meets no name in a link or a title."""
    names = ("Marnie", "Holloway", "Karen", "Tilda", "Crane", "Penrose", "Nair", "library")
    room = room_at("approve")
    officer = room.as_("officer1")
    todo, seen = ["/"], set[str]()
    while todo and len(seen) < 250:
        path = todo.pop()
        if path in seen or path.startswith("/static"):
            continue
        seen.add(path)
        page = officer.get(path)
        assert page.status_code == 200, path
        if "html" not in page.headers["content-type"]:
            continue
        links = re.findall(r'(?:href|src)="([^"]+)"', page.text)
        forms = re.findall(r'(?:action|hx-post)="([^"]+)"', page.text)
        title = re.search(r"<title>(.*?)</title>", page.text, re.DOTALL)
        assert title is not None
        for text in (*links, *forms, title[1], page.headers.get("content-disposition", "")):
            assert not [n for n in names if n.casefold() in text.casefold()], (path, text)
        todo += [link.split("#")[0] for link in links if link.startswith("/")]
    assert len(seen) > 40
