"""Records that may be the subject's and that a person must look at before they are taken."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import yaml

from casework.collect import about_of
from casework.judged import (
    NO,
    NOT_ALL,
    TOPIC,
    YES,
    Place,
    confirmed_keys,
    items_of,
    judged,
    place_of,
)
from casework.match import found_of
from casework.questions import Given, answer
from casework.receive import Receipt, receive
from casework.twice import ANOTHER
from casework.work import run_stage
from rights.case import Question
from rights.release import Right
from rights.road import Stage
from tests.small_council import SUBJECT, TWIN, build
from tests.small_office import RECEIVED, STAFF, Small, open_small, receive_letter

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
    asked = {(i["source"], i["key"]): q for q in small.waiting() for i in items_of(q)}
    assert asked["case_system", ADOPTED].options == (YES, NO), "never among the sure ones"
    answer(office, small.ref, Given(asked["case_system", ADOPTED].id, NO, {}), STAFF["officer1"])
    small.answer("match")
    small.work()
    again = {(i["source"], i["key"]): q for q in small.waiting() for i in items_of(q)}
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


def _case_system(council: Path, statement: str, *values: str) -> None:
    with closing(sqlite3.connect(council / "systems" / "case_system.sqlite")) as db, db:
        db.execute(statement, values)


def _by_place(small: Small) -> dict[Place, Question]:
    return {place_of(i): q for q in small.waiting() if q.topic == TOPIC for i in items_of(q)}


LATE: Place = ("case_system", ADOPTED)


def test_what_was_judged_is_remembered_in_this_request_and_in_the_next(tmp_path: Path) -> None:
    """A search made again asks about what is new and loses no judgement. The person's next request
    shows what was said in the first, confirms nothing by itself, asks singly about what was denied,
    and asks about what was confirmed and is not found any more; the look is journaled."""
    council = tmp_path / "council"
    truth = build(council)
    office = open_small(tmp_path / "home", council)
    small = Small(office, receive_letter(office, truth), truth)
    small.until(TOPIC)
    (bundle,) = (q for q in small.waiting() if "candidates" in q.body)
    denied = place_of(items_of(bundle)[-1])
    details = {"not": ["|".join(denied)]}
    answer(office, small.ref, Given(bundle.id, NOT_ALL, details), STAFF["officer1"])
    small.answer(TOPIC)
    said = judged(office.case(small.ref))
    assert said[denied] is False and True in said.values()
    _case_system(
        council,
        "INSERT INTO DM_PERSONS (PERSON_ID, FIRST_NAME, LAST_NAME, DATE_OF_BIRTH, RESTRICTED)"
        " SELECT ?, FIRST_NAME, LAST_NAME, DATE_OF_BIRTH, 'N' FROM DM_PERSONS WHERE PERSON_ID = ?",
        ADOPTED,
        SUBJECT,
    )
    for stage in (Stage.SEARCH, Stage.MATCH):
        run_stage(office, small.ref, stage, "test")
    assert list(_by_place(small)) == [LATE], "only what nobody has judged"
    assert judged(office.case(small.ref)) == said
    answer(office, small.ref, Given(_by_place(small)[LATE].id, _yes(small)), STAFF["officer1"])
    assert judged(office.case(small.ref)) == {**said, LATE: True}

    _case_system(
        council,
        "UPDATE DM_PERSONS SET FIRST_NAME = 'Zed', LAST_NAME = 'Quell', DATE_OF_BIRTH = NULL"
        " WHERE PERSON_ID = ?",
        ADOPTED,
    )
    receipt = Receipt(Right.ACCESS, "phone", RECEIVED, "Front desk", False, run="next year")
    ref = receive(office, receipt, STAFF["officer1"].actor)
    following = Small(office, ref, truth)
    following.work()
    following.answer("people")
    following.work()
    twin = following.question("duplicate")
    other = Given(twin.id, ANOTHER, {"reason": "She asks for what came since."})
    answer(office, ref, other, STAFF["officer1"])
    following.until(TOPIC)
    asked = _by_place(following)
    assert judged(office.case(ref)) == {}, "a person still confirms"
    shown = {place_of(i): i for q in following.waiting() if q.topic == TOPIC for i in items_of(q)}
    for place in shown.keys() & said.keys():
        words = "Confirmed as theirs" if said[place] else "Said not to be theirs"
        assert shown[place]["before"] == [f"{words} in {small.ref} on Mon 23 Nov 2026."]
    assert asked[denied].options == (YES, NO), "never among the sure ones again"
    seen = {a.what for a in office.store.accesses(small.ref)}
    assert f"judged matches, for {ref}" in seen
    following.answer(TOPIC)
    following.work()
    again = _by_place(following)
    assert "did not bring it up" in again[LATE].body["words"]
    assert shown.keys().isdisjoint(again), "asked once"
    office.store.close()


def _yes(small: Small) -> str:
    return _by_place(small)[LATE].options[0]


def _apart(small: Small) -> Question:
    (question,) = (q for q in small.waiting() if "apart" in q.body)
    return question
