"""Rectification from the letter to the reply, on a case system that is really changed."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from casework.acting import ALLOW, CANNOT, DONE
from casework.questions import Given, answer
from casework.recipients import NEVER
from casework.rectification.points import LAST, POINT, YES
from casework.rectification.state import (
    AGREE,
    FALLS,
    LOOK_AGAIN,
    NO_AUTHOR,
    OUR_ANSWER,
    STANDS,
    facts_of,
)
from casework.restriction.lifting import carry_on
from rights.case import Question
from rights.errors import ConflictError, InputError, RefusedError, RightsdeskError
from rights.release import CaseRef, Right
from tests.letters.reading import flat_text
from tests.small_council import SUBJECT, TWIN, SmallTruth, build
from tests.small_office import STAFF, Small, open_small, receive_letter, signed_in

BOTH = signed_in("both", "officer", "manager", "approver")
"""Somebody with every role that the road asks for."""


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SmallTruth, CaseRef]:
    """An office and a council of its own, the case waiting for its points."""
    folder = tmp_path_factory.mktemp("rectify")
    truth = build(folder / "council")
    with _case_system(folder / "council") as db:
        db.execute(
            "INSERT INTO CASE_NOTES SELECT '8003', ?, TITLE, NOTE || ' (copied)', NOTE_TYPE,"
            " EFFECTIVE_DATE, CREATED_ON, CREATED_BY, '8002', STATE, 'N', NULL"
            " FROM CASE_NOTES WHERE ID = '8002'",
            (TWIN,),
        )
        db.execute(
            "INSERT INTO CASE_NOTES SELECT '8004', ?, TITLE, NOTE, NOTE_TYPE,"
            " EFFECTIVE_DATE, CREATED_ON, CREATED_BY, NULL, STATE, 'N', NULL"
            " FROM CASE_NOTES WHERE ID = '8002'",
            (SUBJECT,),
        )
    office = open_small(folder / "home", folder / "council", acts=True)
    ref = receive_letter(office, truth, Right.RECTIFICATION)
    small = _Small(office, ref, truth)
    small.until("assess")
    office.store.close()
    return folder, truth, ref


class _Small(Small):
    """The case with the people who decide on its points."""

    def say(self, value: str, login: str = "officer1", match: str = "", **details: str) -> None:
        """Answer the open question under 'assess' whose id holds some words."""
        given = Given(self.asked(match).id, value, details)
        answer(self.office, self.ref, given, STAFF.get(login) or BOTH)

    def asked(self, match: str = "") -> Question:
        """The open question under 'assess'."""
        return next(q for q in self.waiting() if q.topic == "assess" and match in q.id)

    def enter(self, *points: dict[str, str]) -> None:
        """Enter these points and no other, and hear the authors."""
        for point in points:
            self.say(POINT, **point)
        self.say(LAST)
        self.work()
        for question in [q for q in self.waiting() if q.id.endswith("/author")]:
            self.say(NO_AUTHOR, match=question.id, reason="She left in 2015.")
        self.work()

    def decided(self) -> None:
        """Check what the manager decided and, where it is asked for, sign the whole."""
        self.work()
        self.say(AGREE, "officer2", "check")
        self.work()
        if any("/whole/" in q.id for q in self.waiting()):
            self.say(OUR_ANSWER, "manager", "whole")

    def allowed(self) -> None:
        """Somebody who decided nothing allows what is to be changed."""
        self.work()
        for question in [q for q in self.waiting() if q.topic == "apply"]:
            answer(self.office, self.ref, Given(question.id, ALLOW), STAFF["dpo"])

    def finished(self) -> str:
        """Everything else, to the end; the text of the reply."""
        while True:
            stands = self.work()
            if not stands.waiting:
                break
            for question in stands.waiting:
                if question.topic == "recipient":
                    given = Given(question.id, NEVER, {"reason": "The log names nobody."})
                    answer(self.office, self.ref, given, STAFF["officer1"])
                else:
                    self.rehearsal.answer_waiting(self.ref, [question])
        case = self.office.case(self.ref)
        assert case.closed is not None and case.seal is not None
        return flat_text(self.office.store.get_file(self.ref, case.seal.event.letter_file))


@contextmanager
def _case_system(council: Path) -> Generator[sqlite3.Connection]:
    db = sqlite3.connect(council / "systems" / "case_system.sqlite")
    try:
        with db:
            yield db
    finally:
        db.close()


@pytest.fixture
def small(
    waiting: tuple[Path, SmallTruth, CaseRef], tmp_path: Path
) -> Generator[tuple[_Small, Path]]:
    """A fresh copy of that office and council."""
    folder, truth, ref = waiting
    shutil.copytree(folder, tmp_path / "copy")
    council = tmp_path / "copy" / "council"
    office = open_small(tmp_path / "copy" / "home", council, acts=True)
    yield _Small(office, ref, truth), council
    office.store.close()


FACT = {
    "what": "fact",
    "records": "3",
    "words": "I wanted to be a nurse.",
    "wanted": "That it says what I said.",
    "named": "The visit of 2 February 2012",
}
OMISSION = {**FACT, "what": "omission", "words": "I asked to go home.", "wanted": "Add it."}
OPINION = {**FACT, "what": "opinion", "words": "I was not shy.", "wanted": "Take it out."}
ALLEGATION = {**FACT, "what": "allegation", "records": "2", "words": "It is a lie."}
WRONG = {"wrong": "to be a vet", "right": "to be a nurse"}
WHY = {"reason": "It is what was said."}
LABEL = {"became": "The police found nothing.", **WHY}
Decided = tuple[dict[str, str], str, dict[str, str]]
COPIES = ("8002", "8003", "8004")
"""The note, the twin's copy of it by its link, and a copy in her own file by its words."""


def notes_beside(council: Path, record: str) -> list[str]:
    """What stands beside an entry, read by a fresh connection."""
    with _case_system(council) as db:
        rows = db.execute(
            "SELECT STATEMENT FROM CASE_NOTE_STATEMENTS WHERE CASE_NOTE_ID = ?", (record,)
        )
        return [str(text) for (text,) in rows]


def text_of(council: Path, record: str) -> str:
    """What an entry says, read by a fresh connection."""
    with _case_system(council) as db:
        row = db.execute("SELECT NOTE FROM CASE_NOTES WHERE ID = ?", (record,)).fetchone()
        return str(row[0])


def restricted(council: Path) -> set[str]:
    """The entries whose use is stopped."""
    with _case_system(council) as db:
        rows = db.execute("SELECT ID FROM CASE_NOTES WHERE PROCESSING_STOPPED = 'Y'")
        return {str(number) for (number,) in rows}


POINTS: tuple[Decided, ...] = ((FACT, "corrected", WRONG), (OMISSION, "completed", {}))
BESIDE = {
    "corrected": "Corrected on 23 November 2026",
    "completed": "Supplementary statement of Marnie Jade Holloway",
}


def test_each_point_ends_as_decided_and_the_source_shows_it(small: tuple[_Small, Path]) -> None:
    """What is decided of two points shows in every copy and in one letter."""
    case, council = small
    case.enter(*(point for point, _, _ in POINTS))
    for number, (_, end, details) in enumerate(POINTS, 1):
        case.say(end, "manager", f"point/{number}/decide", **details)
    case.decided()
    case.allowed()
    letter = case.finished()
    ended = case.office.case(case.ref)
    assert ended.closed is not None and ended.closed.outcome == "corrected"
    for point, end, _ in POINTS:
        for record in COPIES if point["records"] == "3" else ("8001",):
            assert any(BESIDE[end] in note for note in notes_beside(council, record))
    for record in COPIES:
        assert "to be a nurse" in text_of(council, record)
    assert ended.actions and all(a.done and a.done.proved for a in ended.actions.values())
    assert "Now it says “to be a nurse”" in letter and "I asked to go home." in letter
    assert "twin" not in letter.lower() and "Tilda" not in letter
    assert restricted(council) == set()


def test_the_approver_sees_the_words_and_how_often_they_stand(small: tuple[_Small, Path]) -> None:
    """A short word may stand in more places than was meant: the number is shown before leave."""
    case, _ = small
    case.enter(FACT)
    case.say("corrected", "manager", wrong="Darren", right="Derek")
    case.decided()
    case.work()
    shown = case.office.case(case.ref).questions["apply/outcome/1"].body["orders"]
    corrections = [o for o in shown if o["act"] == "correct"]
    assert len(corrections) == len(COPIES)
    for order in corrections:
        told = dict(order["find_by"])
        assert (told["It says"], told["It shall say"]) == ("Darren", "Derek")
        assert told["In so many places"] == "2"
    assert all("Corrected on 23 November 2026" in o["text"] for o in shown if o["text"])


def test_the_old_words_are_kept_with_the_decision(small: tuple[_Small, Path]) -> None:
    """What an entry said before, in her file and in her twin's, stays in the sealed journal."""
    case, council = small
    case.enter(FACT)
    case.say("corrected", "manager", **WRONG)
    made = case.office.case(case.ref).decision("assess/point/1")
    assert made is not None
    kept = {t["record"]: t["before"] for t in facts_of(made)["targets"]}
    assert set(kept) == {f"CASE_NOTES:{number}" for number in COPIES}
    for record, before in kept.items():
        assert list(before.values()) == [text_of(council, record.partition(":")[2])]


def test_two_points_about_one_entry_make_one_correction(small: tuple[_Small, Path]) -> None:
    """Both words are put right in one order, so that neither finds a record that has changed."""
    case, council = small
    case.enter(FACT, {**FACT, "words": "I lived by the river."})
    case.say("corrected", "manager", "point/1", **WRONG)
    case.say("corrected", "manager", "point/2", wrong="by the sea", right="by the river")
    case.decided()
    case.allowed()
    case.work()
    for record in COPIES:
        assert "to be a nurse and to live by the river" in text_of(council, record)
    done = [a.started.act for a in case.office.case(case.ref).actions.values()]
    assert done.count("correct") == len(COPIES)


@pytest.mark.parametrize(("said", "found"), [(STANDS, "still holds"), (FALLS, "no longer holds")])
def test_an_opinion_that_rests_on_a_corrected_fact_is_asked_about(
    small: tuple[_Small, Path], said: str, found: str
) -> None:
    """The fact is put right; the author says whether the opinion stands; that shows beside it."""
    case, council = small
    case.enter(FACT)
    case.say("corrected", "manager", **WRONG, opinion="She has great plans.")
    case.work()
    case.say(said, "officer1", "opinion", reason="I see it so.")
    case.decided()
    case.allowed()
    case.work()
    for record in COPIES:
        beside = " ".join(notes_beside(council, record))
        assert "“She has great plans.”" in beside and f"{found} it: I see it so." in beside


def test_use_is_stopped_while_it_is_checked_and_goes_on_after_notice(
    small: tuple[_Small, Path],
) -> None:
    """Stopped in every copy at once; the reply names the day; nothing is lifted before it."""
    case, council = small
    case.enter({**FACT, "restrict": YES})
    assert restricted(council) == set(COPIES)
    assert "to be a vet" in text_of(council, "8002")
    case.say("corrected", "manager", **WRONG)
    case.decided()
    case.allowed()
    assert "not before 7 December 2026" in case.finished()
    assert restricted(council) == set(COPIES)
    for day, left in (("2026-12-06", set(COPIES)), ("2026-12-07", set[str]())):
        today = dt.date.fromisoformat(day)
        later = dt.datetime.combine(today, dt.time(12), dt.UTC)
        office = open_small(case.office.settings.home, council, lambda at=later: at, acts=True)
        carry_on(office, case.ref, today, dry_run=False)
        office.store.close()
        assert restricted(council) == left


def test_a_file_is_corrected_by_a_note_that_a_person_attaches(small: tuple[_Small, Path]) -> None:
    """No adapter rewrites a signed paper: somebody is told the exact words, and says it is done."""
    case, _ = small
    case.enter({**FACT, "records": "5", "words": "I have no asthma."})
    case.say("corrected", "manager", wrong="has asthma", right="has no asthma")
    case.decided()
    stands = case.work()
    (task,) = stands.waiting
    assert task.topic == "act" and "“has asthma”" in " ".join(task.body["steps"])
    answer(case.office, case.ref, Given(task.id, CANNOT, {"reason": "Lost."}), STAFF["officer1"])
    with pytest.raises(RefusedError) as caught:
        case.finished()
    assert caught.value.code == "rectify.could_not"
    name = next(q for q in case.office.case(case.ref).questions if "/decide/" in q)
    answer(case.office, case.ref, Given(name, "refused", WHY, correct=True), STAFF["manager"])
    case.decided()
    (task,) = case.work().waiting
    done = {"by": "P. Nair", "on": "2026-11-23", "proof": "A picture of the note."}
    answer(case.office, case.ref, Given(task.id, DONE, done), STAFF["officer1"])
    assert "It is what was said." in case.finished()


def test_the_checker_is_somebody_else(small: tuple[_Small, Path]) -> None:
    """Whoever decided a point cannot check it, and cannot allow the change either."""
    case, council = small
    case.enter(FACT)
    case.say("corrected", "both", **WRONG)
    case.work()
    with pytest.raises(RefusedError) as caught:
        case.say(AGREE, "both", "check")
    assert caught.value.code == "rectify.same_person"
    case.decided()
    case.work()
    with pytest.raises(RefusedError) as caught:
        answer(case.office, case.ref, Given("apply/outcome/1", ALLOW), BOTH)
    assert caught.value.code == "action.same_person"
    assert "to be a vet" in text_of(council, "8002")


def test_a_point_sent_back_is_decided_again(small: tuple[_Small, Path]) -> None:
    """The checker's reason reaches the manager; the first decision stays in the journal."""
    case, council = small
    case.enter(FACT)
    case.say("refused", "manager", **WHY)
    case.work()
    case.say(LOOK_AGAIN, "officer2", "check", reason="The birth plan says nurse.")
    case.work()
    again = case.asked("point/1/decide")
    assert "The birth plan says nurse." in str(again.body["shown"][0])
    case.say("corrected", "manager", **WRONG)
    case.decided()
    case.allowed()
    case.work()
    assert "to be a nurse" in text_of(council, "8003")
    made = [d for d in case.office.case(case.ref).decisions if d.event.matter == "assess/point/1"]
    assert [d.event.outcome for d in made] == ["refused", "corrected"]
    assert made[1].event.supersedes == made[0].event.decision


def test_what_is_decided_anew_is_checked_anew(small: tuple[_Small, Path]) -> None:
    """A check that was asked about another decision is taken away."""
    case, _ = small
    case.enter(FACT)
    name = case.asked("decide").id
    case.say("refused", "manager", **WHY)
    case.work()
    stale = case.asked("check")
    given = Given(name, "corrected", WRONG, correct=True)
    answer(case.office, case.ref, given, STAFF["manager"])
    assert case.office.case(case.ref).questions[stale.id].withdrawn
    case.work()
    assert case.asked("check").id != stale.id
    assert "corrected" in str(case.asked("check").body["shown"])


def test_a_record_that_changed_since_is_not_overwritten(small: tuple[_Small, Path]) -> None:
    """Somebody wrote in the entry meanwhile: nothing is done to it, and it is decided anew."""
    case, council = small
    case.enter(FACT)
    name = case.asked("decide").id
    case.say("corrected", "manager", **WRONG)
    case.decided()
    with _case_system(council) as db:
        db.execute("UPDATE CASE_NOTES SET NOTE = NOTE || ' Rang back.' WHERE ID = '8004'")
    case.allowed()
    with pytest.raises(ConflictError):
        case.work()
    assert "to be a vet" in text_of(council, "8002")
    answer(case.office, case.ref, Given(name, "corrected", WRONG, correct=True), STAFF["manager"])
    case.decided()
    case.allowed()
    case.work()
    assert text_of(council, "8004").endswith(" Rang back.")
    for record in COPIES:
        assert "to be a nurse" in text_of(council, record)
    assert case.office.case(case.ref).acted_seq


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"what": ""}, "rectify.kind"),
        ({"words": ""}, "rectify.words"),
        ({"wanted": " "}, "rectify.words"),
        ({"named": ""}, "rectify.named"),
        ({"records": ""}, "rectify.records"),
        ({"records": "3, 99"}, "rectify.records"),
        ({"records": "three"}, "rectify.records"),
    ],
)
def test_a_point_says_what_where_and_what_is_wanted(
    small: tuple[_Small, Path], changed: dict[str, str], code: str
) -> None:
    """What is missing is asked for, and nothing is recorded."""
    case, _ = small
    before = case.office.case(case.ref).seq
    with pytest.raises(InputError) as caught:
        case.say(POINT, **{**FACT, **changed})
    assert caught.value.code == code
    assert case.office.case(case.ref).seq == before


def test_a_letter_without_a_point_is_no_request_to_decide(small: tuple[_Small, Path]) -> None:
    """That there is no point at all is not recorded as an answer; the way out is named."""
    case, _ = small
    with pytest.raises(InputError) as caught:
        case.say(LAST)
    assert caught.value.code == "rectify.no_points"


@pytest.mark.parametrize(
    ("end", "details", "code"),
    [
        ("corrected", {"right": "x"}, "rectify.missing"),
        ("corrected", {"wrong": "to be a vet"}, "rectify.missing"),
        ("corrected", {"wrong": "to be a pilot", "right": "x"}, "rectify.not_there"),
        ("refused", {}, "rectify.missing"),
        ("noted", {}, "rectify.missing"),
        ("labelled", {}, "question.option"),
    ],
)
def test_a_decision_says_what_it_changes_and_why(
    small: tuple[_Small, Path], end: str, details: dict[str, str], code: str
) -> None:
    """Words that stand nowhere, no reason, an end that is none of this kind: refused."""
    case, _ = small
    case.enter(FACT)
    with pytest.raises(RightsdeskError) as caught:
        case.say(end, "manager", **details)
    assert caught.value.code == code
