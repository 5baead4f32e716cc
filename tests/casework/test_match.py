"""Records that may be the subject's and that a person must look at before they are taken."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import yaml

from casework.match import NO, confirmed_keys, found_of
from casework.questions import Given, answer
from rights.case import Question
from tests.small_council import SUBJECT, build
from tests.small_office import STAFF, Small, open_small, receive_letter

COUNCIL = Path(__file__).parents[2] / "council"
ADOPTED = "79001"


def _joined(folder: Path) -> tuple[Path, Path]:
    """A tiny council whose case system joins a restricted record to the subject's, and its data."""
    council, register = folder / "council", folder / "register"
    shutil.copytree(COUNCIL, register)
    mapping = register / "sources" / "case_system.yaml"
    told = yaml.safe_load(mapping.read_text())
    told["people"]["merged_into"] = "MERGED_INTO"
    mapping.write_text(yaml.safe_dump(told, sort_keys=False))
    return council, register


def test_a_restricted_record_joined_to_the_subjects_is_asked_about(tmp_path: Path) -> None:
    """It is neither taken unseen nor left out in silence: a person says yes or no, once."""
    council, register = _joined(tmp_path)
    truth = build(council)
    with closing(sqlite3.connect(council / "systems" / "case_system.sqlite")) as db, db:
        db.execute("ALTER TABLE DM_PERSONS ADD COLUMN MERGED_INTO TEXT")
        db.execute(
            "INSERT INTO DM_PERSONS (PERSON_ID, FIRST_NAME, LAST_NAME, DATE_OF_BIRTH, RESTRICTED,"
            " MERGED_INTO) VALUES (?, 'Wren', 'Ashe', '2003-04-11T00:00:00Z', 'Y', ?)",
            (ADOPTED, SUBJECT),
        )
    office = open_small(tmp_path / "home", council, register=register)
    small = Small(office, receive_letter(office, truth), truth)
    small.until("match")
    small.answer("match")
    small.work()
    apart = _apart(small)
    assert ("case_system", ADOPTED) not in truth.own
    assert "restricted or under an adoption" in apart.body["words"]
    assert ADOPTED not in confirmed_keys(office.reading(small.ref))["case_system"]
    answer(office, small.ref, Given(apart.id, NO, {}), STAFF["officer1"])
    small.work()
    asked = [q for q in office.case(small.ref).questions.values() if "apart" in q.body]
    assert [q.id for q in asked] == [apart.id], "asked once"
    assert ADOPTED not in confirmed_keys(office.reading(small.ref))["case_system"]
    found = found_of(office.reading(small.ref))
    assert len(found["rejects"]) == found["rejected"] and found["limits"] == []
    office.store.close()


def _apart(small: Small) -> Question:
    (question,) = (q for q in small.waiting() if "apart" in q.body)
    return question
