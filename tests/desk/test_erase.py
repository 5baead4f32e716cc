"""Erasing and taking elsewhere at the desk: what is weighed, and the dry run, stand on the page."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from casework.erasure.words import DECIDE, ERASE, KEEP
from desk.app import create_app
from rights.release import Right
from tests.casework.erasing import ELSEWHERE, GROUND, NEEDED, NOTES, Erasing, open_erasing
from tests.desk.conftest import HOST, PASSWORD, Browser
from tests.small_council import build
from tests.small_office import STAFF

pytestmark = pytest.mark.xdist_group("desk")


def desk_of(tmp_path: Path, right: Right) -> tuple[Erasing, Browser]:
    """A case that waits to be weighed, and the manager's browser."""
    truth = build(tmp_path / "council")
    erasing = open_erasing(tmp_path / "home", tmp_path / "council", truth, right=right)
    office = erasing.small.office
    office.store.add_account("manager", PASSWORD, STAFF["manager"].roles)
    app = create_app(office, lambda ref: None)
    browser = Browser(TestClient(app, base_url=HOST), erasing.small.ref)
    assert browser.sign_in("manager").status_code == 303
    return erasing, browser


@pytest.fixture
def erasing(tmp_path: Path) -> Generator[tuple[Erasing, Browser]]:
    """The same for an erasure."""
    made = desk_of(tmp_path, Right.ERASURE)
    yield made
    made[0].small.office.store.close()


def test_a_manager_weighs_each_place_and_sees_the_dry_run(
    erasing: tuple[Erasing, Browser],
) -> None:
    """Bases, register's reasons and the time of keeping are shown; then what exactly would go."""
    case, browser = erasing
    for question in case.walk():
        place = question.body["place"]
        page = browser.case_page(f"/questions/{question.id}").text
        if place == NOTES:
            assert "The record shows what was known and done for a child" in page
            assert "so far as keeping is necessary" in page and "until 11 April 2078" in page
        value, said = (ERASE, GROUND) if place == NOTES else (KEEP, NEEDED)
        refused = browser.case_post(f"/questions/{question.id}", {"value": value})
        assert refused.status_code in (400, 403, 409, 422)
        entered: dict[str, object] = {"value": value, **said}
        assert browser.case_post(f"/questions/{question.id}", entered).status_code == 303
    finish = case.walk()[0]
    page = browser.case_page(f"/questions/{finish.id}").text
    assert "Dry run" in page and "Home visit" in page and "Backups" in page
    given: dict[str, object] = {"value": DECIDE, "elsewhere": ELSEWHERE}
    assert browser.case_post(f"/questions/{finish.id}", given).status_code == 303
    assert [q.topic for q in case.walk()] == ["apply"]


def test_the_three_tests_of_portability_are_on_the_page(tmp_path: Path) -> None:
    """Where the right does not reach is said for each place, and nothing can be fetched."""
    case, browser = desk_of(tmp_path, Right.PORTABILITY)
    finish = case.walk()[0]
    page = browser.case_page(f"/questions/{finish.id}").text
    assert "no: not used by consent or contract" in page and "want a copy of the rest" in page
    given: dict[str, object] = {
        "value": "this is our decision",
        "copy": "no: only say that it can be had",
    }
    assert browser.case_post(f"/questions/{finish.id}", given).status_code == 303
    assert not case.walk()
    assert browser.client.get(f"/cases/{case.small.ref}/export.zip").status_code >= 400
    assert "Export (ZIP)" not in browser.case_page().text
    case.small.office.store.close()
