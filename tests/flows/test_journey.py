"""A request from the intake folder to the outbox, in a real browser; and what it leaves behind.

Pictures go to the folder that RIGHTS_PICTURES names, if it is set; those in docs/pictures were
made so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from casework import intake
from cli.rehearse import Rehearsal, code_on_last_page
from flows.cluster import PrivateCluster
from rights.case import Case, Question
from rights.release import CaseRef
from rights.road import where
from rights.store import Ground
from tests.flows.house import House
from tests.flows.officer import CHROMIUM, Officer
from tests.small_council import demo_rules
from tests.small_office import STAFF

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("prefect"), pytest.mark.timeout(900)]

LETTER = "Letter of Marnie Holloway.pdf"
CANARIES = (
    "Marnie", "Holloway", "Tilda", "Darren", "Edith Crane", "Karen Ives", "Priya Nair", "Penrose",
    "Samuel Boyle", "Owen Blake", "Harbour View", "Teasel", "Linden Mews", "Quarry Lane",
    "Gullwick", "TS90 1AA", "TS94 2BD", "TS95 2RW", "TS97 4QN", "01632 960771", "a0000001-0001",
    "assessment.docx", "library card", "beach.png", "team.mbox", "chair against the door",
    "blue door", "Marigold", "Quayle",
)  # fmt: skip
_STEP_SECONDS = 180


@pytest.fixture(scope="module")
def browser() -> Generator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as play:
        chromium = play.chromium.launch(**CHROMIUM)
        yield chromium
        chromium.close()


class Journey:
    """The people of one case and what they do."""

    def __init__(self, house: House, browser: Browser) -> None:
        self.house = house
        self.office = house.office
        self.officers: dict[str, Officer] = {}
        for login, person in STAFF.items():
            password = f"{login}-canary-password-2026"
            self.office.store.add_account(login, password, sorted(person.roles))
            self.officers[login] = Officer(browser, house.desk, login, password)
        self.rules = Rehearsal(self.office, STAFF, demo_rules(), house.truth.people)
        self.prefect = browser.new_context(viewport={"width": 1280, "height": 1080}).new_page()
        self.outside: list[str] = []
        self.prefect.on("request", lambda r: self._note(r.url))
        self.ref = CaseRef("")

    def _note(self, url: str) -> None:
        if not url.startswith((f"http://127.0.0.1:{self.house.port}/", "data:", "blob:")):
            self.outside.append(url)

    def receive(self) -> None:
        """Drop the letter, fill in the form, follow the link to the desk."""
        folder = self.office.settings.intake
        shutil.copy(self.house.truth.letter, folder / LETTER)
        (item,) = intake.items(folder)
        page, base = self.prefect, f"http://127.0.0.1:{self.house.port}"
        page.goto(f"{base}/deployments")
        page.get_by_text("Sweep", exact=True).wait_for()
        page.wait_for_timeout(1000)
        picture(page, "journey-01-deployments")
        page.get_by_text("1 Receive a request", exact=True).click()
        page.get_by_role("button", name="Run", exact=True).click()
        page.get_by_text("Custom run").click()
        field = page.locator(".schema-form-property")
        field.filter(has_text="Date received").get_by_text("Select date").click()
        page.locator(".p-calendar-date-picker__date--today").click()
        page.get_by_role("button", name="Apply").click()
        field.filter(has_text="The four characters").locator("textarea").fill(item.code)
        for label, option in (("How it came", "letter"), ("Received by", "Customer services")):
            control = field.filter(has_text=label).locator("button.p-select-button__control")
            control.press("ArrowDown")
            page.locator(".p-select-option__text").get_by_text(option, exact=True).click()
        picture(page, "journey-02-receive")
        before = {r["id"] for r in self.house.api.runs()}
        page.get_by_role("button", name="Submit").click()
        run = self._new_run(before)
        assert self.house.api.wait(run)["state_type"] == "COMPLETED"
        page.goto(f"{base}/runs/flow-run/{run}")
        link = page.locator(f'a[href^="{self.house.desk}/cases/"]')
        link.first.wait_for()
        page.wait_for_timeout(1000)
        picture(page, "journey-03-answer")
        href = link.first.get_attribute("href")
        assert href is not None
        self.ref = self.office.known(href.rsplit("/", 1)[-1].rstrip("'"))
        first = self.officers["officer1"].open(href.rstrip("'"))
        first.get_by_role("heading", name=self.ref).wait_for()

    def _new_run(self, before: set[str]) -> str:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            for run in self.house.api.runs():
                if run["id"] not in before and "officer" in run["tags"]:
                    return run["id"]
            time.sleep(0.3)
        raise AssertionError("the form started no run")

    def waiting(self) -> tuple[Question, ...]:
        """The questions that hold the case up, once the engine has done what it can."""
        end = time.monotonic() + _STEP_SECONDS
        while time.monotonic() < end:
            next_ = where(self.case())
            if next_.stage is None:
                return next_.waiting
            time.sleep(0.5)
        raise AssertionError(f"{self.ref} does not come to rest before '{next_.words}'")

    def case(self) -> Case:
        """The case as it stands."""
        return self.office.case(self.ref)

    def answers(self, questions: Iterator[Question]) -> list[tuple[Question, str, dict[str, Any]]]:
        """What the demo's rules say to each."""
        case = self.case()
        given = [(q, self.rules._given(q, case)) for q in questions]
        return [(q, g.value, dict(g.details)) for q, g in given]

    def review(self) -> None:
        """Answer everything up to the approval, each by somebody who may."""
        while waiting := [q for q in self.waiting() if q.topic != "approve"]:
            topics = {q.topic for q in waiting}
            for topic in sorted(topics):
                asked = [q for q in waiting if q.topic == topic]
                mine = [] if topic == "health" else self.answers(iter(asked))
                STEPS.get(topic, one_by_one)(self, mine)

    def closed(self) -> None:
        """Wait until the worker has sent it and closed the case."""
        end = time.monotonic() + _STEP_SECONDS
        while self.case().closed is None:
            assert time.monotonic() < end, where(self.case()).words
            time.sleep(0.5)


Answers = list[tuple[Question, str, dict[str, Any]]]


def people(journey: Journey, answers: Answers) -> None:
    """Who is who, from the letter."""
    officer = journey.officers["officer1"]
    officer.enter_people(journey.ref, answers[0][2])
    picture(officer.page, "journey-04-who-is-who")
    assert officer.submit("Record who is who") == "Recorded."


def matches(journey: Journey, answers: Answers) -> None:
    """Whose records these are."""
    officer = journey.officers["officer1"]
    officer.decide(f"/cases/{journey.ref}/matches", answers)
    picture(officer.page, "journey-05-matches")
    assert officer.submit("Record these answers") == "Recorded."


def cast(journey: Journey, answers: Answers) -> None:
    """Who of the people in the file is shown: decided by somebody who could approve as well."""
    officer = journey.officers["officer2"]
    officer.decide(f"/cases/{journey.ref}/cast", answers)
    picture(officer.page, "journey-06-people-in-the-file")
    assert officer.submit("Record the decisions chosen") == "Recorded."


def health(journey: Journey, answers: Answers) -> None:
    """The subject's own health data, all of which she knows."""
    officer = journey.officers["officer1"]
    day = journey.office.today().isoformat()
    said = officer.knows_all(journey.ref, "She was present each time.", day)
    picture(officer.page, "journey-health")
    assert said == "Recorded."


def one_by_one(journey: Journey, answers: Answers) -> None:
    """Any other question, on its own page."""
    for question, value, details in answers:
        officer = next(
            o for login, o in journey.officers.items() if question.role in STAFF[login].roles
        )
        said = officer.answer(journey.ref, question, value, details)
        assert said == "Recorded.", f"{question.id}: {said}"


STEPS: dict[str, Callable[[Journey, Answers], None]] = {
    "people": people,
    "match": matches,
    "cast": cast,
    "health": health,
}


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page, when a folder for pictures is named."""
    if folder := os.environ.get("RIGHTS_PICTURES"):
        path = Path(folder) / f"{name}.png"
        page.evaluate("window.scrollTo(0, 0)")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=path)
        with Image.open(path) as full:
            full.convert("RGB").quantize(96).save(path, optimize=True)


@pytest.fixture(scope="module")
def journey(house: House, browser: Browser) -> Journey:
    """A request taken down the whole road in the browser."""
    journey = Journey(house, browser)
    journey.receive()
    journey.review()
    return journey


def test_a_request_is_answered_in_the_browser(journey: Journey) -> None:
    """From the dropped letter to the outbox; nobody approves what they decided themselves."""
    ref, office = journey.ref, journey.office
    reviewer = journey.officers["officer1"].open(f"/cases/{ref}/pages")
    reviewer.locator("main a[href*='/pages/']").first.click()
    reviewer.locator("#sheet").wait_for()
    picture(reviewer, "journey-07-page")
    reviewer.get_by_role("link", name="As the requester will see it").click()
    reviewer.locator("img.preview").wait_for()
    picture(reviewer, "journey-08-as-the-requester-sees-it")
    (question,) = journey.waiting()
    assert question.topic == "approve"
    board = journey.prefect
    board.goto(f"http://127.0.0.1:{journey.house.port}/artifacts/key/case-board")
    board.locator("a[href*='/artifacts/artifact/']").first.click()
    board.get_by_role("link", name="open").first.wait_for()
    picture(board, "journey-11-case-board")
    sealed = journey.case().seal
    assert sealed is not None
    code = code_on_last_page(office.store.get_file(ref, sealed.event.file))
    assert "officer2" in journey.case().deciders
    refused = journey.officers["officer2"].approve(ref, code)
    assert "cannot approve it" in refused
    picture(journey.officers["officer2"].page, "journey-09-not-your-own")
    assert "four words" in journey.officers["dpo"].approve(ref, "one two three four")
    assert journey.officers["dpo"].approve(ref, code) == "Recorded."
    journey.closed()
    picture(journey.officers["dpo"].open(f"/cases/{ref}"), "journey-10-closed")
    (parcel,) = office.settings.outbox.glob("*-part-*")
    assert {p.suffix for p in parcel.iterdir()} == {".pdf", ".json"}
    assert journey.outside == []
    answered = [q for q in journey.case().questions.values() if q.answer]
    assert {q.answer.login for q in answered if q.answer} <= set(STAFF)
    assert office.store.verify().passes


def test_prefect_knows_nobody(journey: Journey) -> None:
    """No name, address, identifier or file name in its database, logs, runs or temporary files."""
    house = journey.house
    house.api.quiet(journey.ref)
    cluster = PrivateCluster(house.home / "prefect-db")
    plain = cluster.url("prefect").replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as server:
        server.execute("VACUUM FULL")
        server.execute("CHECKPOINT")
    dump = subprocess.run(["pg_dump", plain], check=True, capture_output=True).stdout
    assert found_in(dump) == []
    # The scan can find: references are everywhere, and the index of people holds names.
    assert journey.ref.encode() in dump
    raw = (p for p in (house.home / "prefect-db").rglob("*") if p.is_file())
    assert any(journey.ref.encode() in p.read_bytes() for p in raw)
    assert list(leaks(house.council)) != []
    folders = [house.home / n for n in ("prefect-db", "prefect", "logs", "scratch")]
    for folder in (*folders, house.temporary):
        assert list(leaks(folder)) == []
    assert not (house.home / "scratch").exists() or not list((house.home / "scratch").iterdir())
    assert found_in((house.folder / "up.out").read_bytes()) == []
    names = "\n".join(r["name"] for r in house.api.runs())
    assert found_in(names.encode()) == []


def test_nothing_is_left_once_the_key_is_destroyed(journey: Journey) -> None:
    """Neither the store nor the vault gives anything of the people back, and the journal proves."""
    office = journey.office
    office.store.destroy_key(journey.ref, actor="dpo", ground=Ground.RETENTION)
    settings = office.settings
    folders = (settings.home / "store", settings.vault, settings.keys, settings.anchors)
    for folder in folders:
        assert list(leaks(folder)) == []
    assert office.store.verify().passes


def leaks(folder: Path) -> Iterator[str]:
    """Files below a folder that hold something of the people."""
    for path in sorted(folder.rglob("*")):
        if found := found_in(str(path.relative_to(folder)).encode()):
            yield f"{path.name}: {found}"
        if path.is_file() and (found := found_in(path.read_bytes())):
            yield f"{path.relative_to(folder)}: {found}"


def found_in(data: bytes) -> list[str]:
    """Which canaries stand in some bytes, as UTF-8 or UTF-16."""
    return [c for c in CANARIES if c.encode() in data or c.encode("utf-16-le") in data]
