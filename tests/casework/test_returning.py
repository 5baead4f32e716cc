"""Somebody who was erased and is in a source again is a person's task, and never dropped."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from casework.erasure.words import ERASE
from casework.returning import BACK, OTHER, look
from rights.errors import InputError
from tests.casework.erasing import Erasing, open_erasing
from tests.small_council import SUBJECT, build
from tests.small_office import STAFF


@pytest.fixture(scope="module")
def gone(tmp_path_factory: pytest.TempPathFactory) -> tuple[Erasing, Path]:
    """A closed case that erased everything; what only people can erase is really gone too."""
    base = tmp_path_factory.mktemp("returning")
    truth = build(base / "council")
    before = base / "before.sqlite"
    system = base / "council/systems/case_system.sqlite"
    shutil.copy(system, before)
    erasing = open_erasing(base / "home", base / "council", truth)
    erasing.decide(erasing.weigh({}, otherwise=ERASE))
    erasing.carry_out()
    with closing(sqlite3.connect(system)) as db, db:
        for table in ("DM_PERSONS", "DM_PERSON_NAMES", "DM_ADDRESSES"):
            db.execute(f"DELETE FROM {table} WHERE PERSON_ID = ?", (SUBJECT,))
    for name in ("school_census.csv", "school_census_addresses.csv"):
        path = base / "council/exports" / name
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(x for x in lines if "a0000001-0001" not in x), encoding="utf-8")
    return erasing, before


def test_an_import_that_brings_somebody_back_makes_tasks(gone: tuple[Erasing, Path]) -> None:
    """Nothing while they are gone; a task for person and record when they return, asked once."""
    erasing, before = gone
    office = erasing.small.office
    assert erasing.case.closed is not None
    assert look(office, dry_run=False) == ()
    shutil.copy(before, erasing.council / "systems/case_system.sqlite")
    shown = look(office, dry_run=True)
    assert len(shown) == 4 and all("has to look" in line for line in shown)
    assert not erasing.case.open_questions
    assert not any(word in " ".join(shown) for word in ("Marnie", "Holloway", SUBJECT, "8001"))
    assert len(look(office, dry_run=False)) == 4
    look(office, dry_run=False)
    asked = [q for q in erasing.case.open_questions if q.topic == "returning"]
    assert len(asked) == 4
    person = next(q for q in asked if q.body["title"].endswith("a person"))
    with pytest.raises(InputError, match=r"returning\.reason"):
        erasing.say(person, OTHER, STAFF["officer1"])
    erasing.say(person, BACK, STAFF["officer1"], reason="She lives here again.")
    assert len(look(office, dry_run=False)) == 3, "her mark is taken back"


def test_a_source_that_does_not_answer_is_said_and_stops_nothing(
    gone: tuple[Erasing, Path], tmp_path: Path
) -> None:
    """The daily look goes on to the other sources."""
    erasing, _ = gone
    system = erasing.council / "systems/case_system.sqlite"
    shutil.move(system, tmp_path / "away")
    try:
        lines = look(erasing.small.office, dry_run=True)
    finally:
        shutil.move(tmp_path / "away", system)
    assert any("could not be looked through" in line for line in lines)
