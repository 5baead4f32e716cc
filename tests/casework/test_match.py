"""Records that may be the subject's and that a person must look at before they are taken."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import yaml

from casework.collect import about_of
from casework.match import NO, YES, _items, confirmed_keys, found_of
from casework.questions import Given, answer
from casework.work import run_stage
from rights.case import Question
from rights.road import Stage
from tests.small_council import SUBJECT, TWIN, build
from tests.small_office import STAFF, Small, open_small, receive_letter

COUNCIL = Path(__file__).parents[2] / "council"
ADOPTED, DUPLICATE = "79001", "71001"
FORMER = "T801200001007"


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


def test_what_systems_do_to_a_childs_records_is_met_from_search_to_evidence(tmp_path: Path) -> None:
    """Merged duplicates, a copied note, one withdrawn, a former number, an adoption."""
    council, register = _joined(tmp_path)
    truth = build(council)
    with closing(sqlite3.connect(council / "systems" / "case_system.sqlite")) as db, db:
        db.execute("ALTER TABLE DM_PERSONS ADD COLUMN MERGED_INTO TEXT")
        db.execute(
            "INSERT INTO DM_PERSONS (PERSON_ID, MERGED_INTO) VALUES (?, ?)", (DUPLICATE, SUBJECT)
        )
        db.execute(
            "INSERT INTO DM_PERSONS (PERSON_ID, FIRST_NAME, LAST_NAME, DATE_OF_BIRTH, RESTRICTED)"
            " VALUES (?, 'Marnie Jade', 'Ives', '2003-04-11T00:00:00Z', 'N')",
            (ADOPTED,),
        )
        db.execute("INSERT INTO WARNINGS (PERSON_ID, CODE) VALUES (?, 'adoption')", (ADOPTED,))
        db.execute("UPDATE DM_PERSONS SET FORMER_UPN_ID = ? WHERE PERSON_ID = ?", (FORMER, SUBJECT))
        for row in (
            ("8101", DUPLICATE, "Under the old number", None, "Completed"),
            ("8102", TWIN, "Seen with her twin", None, "Completed"),
            ("8103", SUBJECT, "Seen with her twin", "8102", "Completed"),
            ("8104", SUBJECT, "Written on the wrong day", None, "Withdrawn"),
        ):
            db.execute(
                "INSERT INTO CASE_NOTES (ID, PERSON_ID, TITLE, NOTE, EFFECTIVE_DATE,"
                " COPY_OF_CASE_NOTE_ID, STATE) VALUES (?, ?, 'Note', ?, '2012-03-01', ?, ?)",
                row,
            )
    with (council / "exports" / "school_census.csv").open("a", encoding="utf-8", newline="") as out:
        names = (council / "exports" / "school_census.csv").read_text().splitlines()[0].split(",")
        told = {"pupilonrolltableid": "old-school", "upn": FORMER, "surname": "Ashe",
                "forename": "Wren", "dob": "2003-Apr-11 00:00:00"}  # fmt: skip
        out.write(",".join(told.get(name, "") for name in names) + "\r\n")
    office = open_small(tmp_path / "home", council, register=register)
    small = Small(office, receive_letter(office, truth), truth)
    small.until("match")
    asked = {(i["source"], i["key"]): q for q in small.waiting() for i in _items(q)}
    assert asked["case_system", ADOPTED].options == (YES, NO), "never among the sure ones"
    answer(office, small.ref, Given(asked["case_system", ADOPTED].id, NO, {}), STAFF["officer1"])
    small.answer("match")
    small.work()
    again = {(i["source"], i["key"]): q for q in small.waiting() for i in _items(q)}
    assert ("school_census", "old-school") in again, "found by the number it once had"
    assert ("case_system", ADOPTED) not in again, "asked once"
    small.answer("match")
    run_stage(office, small.ref, Stage.COLLECT, "test")
    case = office.case(small.ref)
    about = {(c.source, a["item"]): a for c in case.documents.values() for a in [about_of(c)]}
    assert ("case_system", "CASE_NOTES:8101") in about
    assert about["case_system", "CASE_NOTES:8103"]["copy_of"] == "8102"
    assert ("case_system", "CASE_NOTES:8102") not in about
    assert about["case_system", "CASE_NOTES:8104"]["retracted"] == "yes"
    line = case.sources["case_system"][1]
    assert line.status == "found" and line.rows_in == line.rows_accounted
    office.store.close()


def _apart(small: Small) -> Question:
    (question,) = (q for q in small.waiting() if "apart" in q.body)
    return question
