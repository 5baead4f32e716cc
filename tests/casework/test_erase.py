"""Erasure: every way it may end, shown by the source read again through a fresh connection."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from casework.erasure.answer import NOW, STILL
from casework.erasure.made_public import ASKED, TOO_MUCH
from casework.erasure.words import DECIDE, EACH, ERASE, KEEP, LATER, NO_GROUND, NOT_ASKED
from casework.outcome import AGREE, propose_outcome
from casework.questions import Given, answer
from casework.receive import Receipt, receive
from casework.refusing import facts_of
from casework.returning import look
from casework.work import work_on
from rights.errors import InputError, RefusedError
from rights.release import Right
from tests.casework.erasing import (
    ELSEWHERE,
    ENTRY,
    FILES,
    GROUND,
    NEEDED,
    NOTES,
    Erasing,
    Time,
    open_erasing,
)
from tests.letters.reading import flat_text
from tests.small_council import SmallTruth, build
from tests.small_office import RECEIVED, STAFF

EMAIL = "marnie@example.org"
FIRST, SECOND, FILE = "CASE_NOTES:8001", "CASE_NOTES:8002", "DOCUMENTS:1"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SmallTruth]:
    """A request for erasure that is searched and collected, and waits to be weighed."""
    base = tmp_path_factory.mktemp("erase")
    truth = build(base / "council")
    erasing = open_erasing(base / "home", base / "council", truth)
    erasing.walk()
    erasing.small.office.store.close()
    return base, truth


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def erasing(asked: tuple[Path, SmallTruth], tmp_path: Path, time: Time) -> Erasing:
    """A copy of that case, with systems of its own."""
    base, truth = asked
    shutil.copytree(base, tmp_path / "own")
    return open_erasing(tmp_path / "own/home", tmp_path / "own/council", truth, time)


def outcome(erasing: Erasing) -> str:
    decided = erasing.case.decision("outcome")
    assert decided is not None
    return decided.event.outcome


def to_the_end(erasing: Erasing, ends: str) -> str:
    """The reply, once the case is closed with this outcome."""
    erasing.carry_out()
    case = erasing.case
    assert case.closed is not None and case.closed.outcome == ends
    return erasing.letter()


def test_erased_in_part_leaves_the_source_and_comes_with_a_certificate(erasing: Erasing) -> None:
    """A note and a file are gone when read again; the other note stays, and the letter says why."""
    weighed = {q.body["place"]: q for q in erasing.walk()}
    erasing.say(weighed[NOTES], EACH)
    erasing.say(weighed[FILES], ERASE, **GROUND)
    for place, question in weighed.items():
        if place not in (NOTES, FILES):
            erasing.say(question, KEEP, **NEEDED)
    one, other = erasing.walk()
    erasing.say(one, ERASE, **GROUND)
    erasing.say(other, KEEP, **NEEDED)
    finish = erasing.walk()[0]
    shown = {(r["title"], r["rows"], r["files"]) for r in finish.body["rehearsal"]}
    assert shown == {("Contact from member of the public", 1, 0), ("Assessment", 1, 1)}
    assert erasing.notes() == {FIRST, SECOND, FILE}, "a dry run does nothing"
    erasing.decide(finish)
    letter = to_the_end(erasing, "erased in part")
    assert erasing.notes() == {SECOND}
    assert not (erasing.council / "folders/social/assessment.docx").exists()
    assert "1 case note, of 1 February 2012" in letter and ELSEWHERE in letter
    assert "We looked again afterwards, and it was not there" in letter
    assert NEEDED["reason"] in letter and "11 April 2078" in letter
    assert "complain to the council" in letter
    assert "Contact from member of the public" not in letter, "titles may name other people"
    decided = erasing.case.decision("outcome")
    assert decided is not None
    assert {"right.erasure", "erasure.grounds", "erasure.keep_duty"} == set(decided.event.rules)
    store, ref, kept = erasing.small.office.store, erasing.small.ref, erasing.case.documents
    gone = {name for name, one in kept.items() if not store.has_file(ref, one.file)}
    erased = {r["document"] for r in facts_of(decided)["records"] if r["act"] == ERASE}
    assert erased and gone == erased, "our own copy goes too, and nothing else"


def test_an_access_request_stands_in_the_way_and_the_answer_is_in_time(
    erasing: Erasing, time: Time
) -> None:
    """Decided and told with its day; done when the day comes, with a certificate of its own."""
    office = erasing.small.office
    access = receive(
        office,
        Receipt(Right.ACCESS, "phone", RECEIVED, "Desk", False, run="call"),
        STAFF["officer1"].actor,
    )
    work_on(office, access, "test")
    people = erasing.small.truth.people
    answer(office, access, Given("people", "given", people), STAFF["officer1"])
    finish = erasing.weigh({NOTES: ERASE})
    assert finish.body["open_cases"] == [access]
    with pytest.raises(RefusedError, match=r"erasure\.access_open"):
        erasing.decide(finish)
    why = {"obstacle": "an open access request", "why_later": "You have asked for a copy first."}
    with pytest.raises(InputError, match=r"erasure\.later_day"):
        erasing.decide(finish, LATER, waits_until="2026-11-23", **why)
    erasing.decide(finish, LATER, waits_until="2026-12-21", **why)
    erasing.carry_out()
    letter, waiting = erasing.letter(), erasing.walk()
    assert "but not yet" in letter and "We can do it from 21 December 2026" in letter
    assert "2 case notes, from 1 February 2012 to 2 February 2012" in letter
    assert erasing.case.sent_on is not None and erasing.case.closed is None
    assert [(q.topic, q.due_on) for q in waiting] == [("later", dt.date(2026, 12, 21))]
    assert erasing.notes() == {FIRST, SECOND, FILE}
    time.to(dt.date(2026, 12, 21))
    with pytest.raises(RefusedError, match=r"erasure\.access_open"):
        erasing.say(waiting[0], NOW)
    erasing.say(waiting[0], STILL, reason="Not sent yet.", waits_until="2026-12-28")
    time.to(dt.date(2026, 12, 28))
    _withdraw(erasing, access)
    erasing.say(erasing.walk()[0], NOW)
    erasing.carry_out()
    assert erasing.notes() == {FILE}
    case = erasing.case
    assert case.closed is not None and case.closed.outcome == "erased in part"
    made = next(m for name, m in case.letters.items() if name.startswith("certificate/"))
    told = flat_text(office.store.get_file(erasing.small.ref, made.file))
    assert "28 December 2026" in told and ELSEWHERE in told
    assert len([d for d in case.dispatches if case.dispatches[d]]) == 1


def _withdraw(erasing: Erasing, access: str) -> None:
    office = erasing.small.office
    ref = office.known(access)
    case = propose_outcome(office, ref, "withdrawn", {"reason": "she wrote"}, STAFF["officer1"])
    question = next(q for q in case.open_questions if q.topic == "outcome")
    answer(office, ref, Given(question.id, AGREE, {"reason": "yes"}), STAFF["officer1"])
    work_on(office, ref, "test")


def test_a_record_that_changed_is_weighed_again(erasing: Erasing) -> None:
    """What was written since the decision is not erased unseen; the place is asked about anew."""
    erasing.decide(erasing.weigh({NOTES: ERASE}))
    allow = erasing.walk()[0]
    system = erasing.council / "systems/case_system.sqlite"
    with closing(sqlite3.connect(system)) as db, db:
        db.execute("UPDATE CASE_NOTES SET NOTE = 'New words' WHERE ID = '8001'")
    erasing.say(allow, "do it", STAFF["officer2"])
    again = erasing.walk()
    assert [(q.topic, q.body["place"]) for q in again] == [("assess", NOTES)]
    assert erasing.notes() == {FIRST, SECOND, FILE}
    erasing.say(again[0], ERASE, **GROUND)
    erasing.decide(erasing.walk()[0])
    to_the_end(erasing, "erased in part")
    assert erasing.notes() == {FILE}


def test_what_nobody_could_erase_is_not_said_to_be_gone(erasing: Erasing) -> None:
    """The outcome and the letter follow what was really done."""
    erasing.decide(erasing.weigh({}, otherwise=ERASE))
    erasing.carry_out(reason="The supplier refuses")
    letter = erasing.letter()
    assert outcome(erasing) == "erased in part"
    assert "The supplier refuses." in letter and "could not be done" in letter
    assert "complain to the council" in letter


def test_an_approver_can_send_the_decision_back(erasing: Erasing) -> None:
    """Nothing is done, and the whole is asked about again."""
    erasing.decide(erasing.weigh({NOTES: ERASE}))
    allow = erasing.walk()[0]
    with pytest.raises(RefusedError):
        erasing.say(allow, "do it", STAFF["manager"])
    erasing.say(allow, "not yet: look at the decision again", STAFF["officer2"], reason="The twin")
    again = erasing.walk()
    assert [q.body["kind"] for q in again] == ["finish"]
    assert erasing.notes() == {FIRST, SECOND, FILE}


@pytest.mark.parametrize(
    ("value", "details", "code"),
    [
        (ERASE, {}, "erasure.ground_missing"),
        (ERASE, {"ground": "because I say so"}, "erasure.ground"),
        (KEEP, {"keep": "a legal duty or a public task"}, "erasure.necessity"),
        (KEEP, {"keep": "", "reason": "The basis is public task."}, "erasure.keeping"),
        (NO_GROUND, {}, "erasure.necessity"),
    ],
)
def test_nothing_is_kept_or_erased_by_formula(
    erasing: Erasing, value: str, details: dict[str, str], code: str
) -> None:
    """A ground is named, or a person says why keeping is necessary."""
    question = erasing.walk()[0]
    with pytest.raises((InputError, RefusedError)) as refused:
        erasing.say(question, value, **details)
    assert refused.value.code == code


def test_the_entry_in_the_list_of_people_goes_last(erasing: Erasing) -> None:
    """It cannot go while records that hang on it stay, nor can nothing be asked for."""
    finish = erasing.weigh({ENTRY: ERASE})
    with pytest.raises(RefusedError, match=r"erasure\.entry_needed"):
        erasing.decide(finish)
    with pytest.raises(InputError, match=r"erasure\.backups"):
        for question in erasing.case.answered("assess"):
            if question.body["place"] == ENTRY:
                erasing.say(question, KEEP, **NEEDED)
            if question.body["place"] == NOTES:
                erasing.say(question, ERASE, **GROUND)
        erasing.decide(erasing.walk()[0], DECIDE, elsewhere="")
    for question in erasing.case.answered("assess"):
        erasing.say(question, NOT_ASKED)
    with pytest.raises(InputError, match=r"erasure\.nothing_asked"):
        erasing.decide(erasing.walk()[0])


def test_what_was_made_public_is_a_task_for_each_place(erasing: Erasing) -> None:
    """The reply waits for each place, and says what was done there; the journal keeps it."""
    public = "Our web page on the summer fair\nThe hub's newsletter of June 2012\n"
    erasing.decide(erasing.weigh({NOTES: ERASE}), public=public)
    for question in [q for q in erasing.walk() if q.topic == "apply"]:
        erasing.say(question, "do it", STAFF["officer2"])
    places = [q for q in erasing.walk() if q.id.startswith("public/")]
    assert [q.body["place"] for q in places] == public.splitlines()
    with pytest.raises(InputError, match=r"public\.done"):
        erasing.say(places[0], ASKED, STAFF["officer1"])
    done = {"done": "We asked two search services to drop it", "on": "2026-11-23"}
    with pytest.raises(InputError, match=r"public\.day"):
        erasing.say(places[0], ASKED, STAFF["officer1"], done="They were asked.")
    erasing.say(places[0], ASKED, STAFF["officer1"], **done)
    erasing.say(places[1], TOO_MUCH, STAFF["officer1"], done="It was printed; nobody has a list.")
    letter = to_the_end(erasing, "erased in part")
    assert "Our web page on the summer fair: We asked two search services to drop it." in letter
    assert "It was printed; nobody has a list." in letter
    decided = erasing.case.decision("public/1")
    assert decided is not None and decided.event.actor.login == "officer1"
    assert "right.erasure" in decided.event.rules


def test_whoever_is_erased_from_a_mailing_list_is_put_on_its_list_of_those_not_written_to(
    asked: tuple[Path, SmallTruth], tmp_path: Path
) -> None:
    """The list is in the system, the letter says that it stays, and an import that brings the
    person back is met by the daily look and by nobody's letter box."""
    shutil.copytree(asked[0] / "council", tmp_path / "council")
    system = tmp_path / "council/systems/hub_mailing.sqlite"
    entry = (1, "Marnie", "Holloway", EMAIL, "Activities")

    def import_() -> None:
        with closing(sqlite3.connect(system)) as db, db:
            names = "ID, FIRST_NAME, LAST_NAME, EMAIL, LIST"
            db.execute(f"INSERT INTO SUBSCRIBERS ({names}) VALUES (?, ?, ?, ?, ?)", entry)

    import_()
    truth = replace(asked[1], people=_with_email(asked[1].people))
    erasing = open_erasing(tmp_path / "home", tmp_path / "council", truth)
    erasing.decide(erasing.weigh({"hub_mailing/SUBSCRIBERS": ERASE}))
    letter = to_the_end(erasing, "erased in part")
    assert "Family hubs' mailing list" in letter and "One thing stays" in letter
    with closing(sqlite3.connect(system)) as db:
        assert db.execute("SELECT count(*) FROM SUBSCRIBERS WHERE ID = 1").fetchone() == (0,)
        assert db.execute("SELECT EMAIL FROM DO_NOT_MAIL").fetchall() == [(EMAIL,)]
    assert look(erasing.small.office, dry_run=True) == ()
    import_()
    with closing(sqlite3.connect(system)) as db:
        assert (EMAIL,) not in db.execute("SELECT EMAIL FROM TO_SEND").fetchall()
    assert len(look(erasing.small.office, dry_run=False)) == 2
    asked_now = {q.body["title"] for q in erasing.case.open_questions if q.topic == "returning"}
    assert asked_now == {f"Family hubs' mailing list: a {what}" for what in ("person", "record")}


def _with_email(people: dict[str, Any]) -> dict[str, Any]:
    return {**people, "subject": {**people["subject"], "emails": [EMAIL]}}
