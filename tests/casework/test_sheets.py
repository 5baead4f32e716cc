"""Places that people search: a sheet out, a signed return in, chased by the daily watch."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
import yaml

from casework.collect import about_of, wanted_documents
from casework.listening import CANNOT
from casework.listening import NOTHING as NOT_HERE
from casework.parts import send_ready
from casework.questions import Given, answer
from casework.reminders import watch
from casework.sheets import SEND_IT
from casework.signed_return import (
    ELSEWHERE,
    FOUND,
    GO_ON,
    HEARD,
    NOT_ABOUT,
    NOT_PLAYED,
    NOTHING,
)
from casework.transcripts import TITLE, WRITTEN
from casework.work import run_stage
from rights.case import Case, Question
from rights.contact import NOT_LOOKED, PLAIN, Purpose, is_settled
from rights.errors import InputError, RefusedError
from rights.release import CaseRef
from rights.road import Stage
from rights.sources.sheet import LIMIT, SEARCHED, TOPIC
from tests.small_council import REPOSITORY, SmallTruth
from tests.small_office import NOON, STAFF, Small, open_small, receive_letter

OFFICER = STAFF["officer1"]
PAPER, CARERS = "paper_files", "carers_together"
SIGNED = {"by": "Jo Park, records", "on": "2026-11-23", "terms": "Marnie Holloway"}


def council_with_places(folder: Path) -> Path:
    """The example council with a paper store of its own and a processor outside."""
    shutil.copytree(REPOSITORY / "council", folder / "council")
    sources = folder / "council" / "sources"
    paper = yaml.safe_load((sources / "ready" / "paper_files.yaml").read_text(encoding="utf-8"))
    paper["location"] = str(folder / "returned")
    carers = paper | {
        "name": CARERS,
        "title": "Carers Together",
        "controller": "another body: Carers Together, 1 High Street",
        "limits": [],
        "team": {**paper["team"], "medium": "processor", "to": "Data desk", "inside": False},
    }
    for mapping in (paper, carers):
        (sources / f"{mapping['name']}.yaml").write_text(yaml.safe_dump(mapping), encoding="utf-8")
    return folder / "council"


@dataclass
class Asked:
    """A case whose places were asked, with a clock that a test can set."""

    small: Small
    folder: Path
    now: list[dt.datetime]

    @property
    def case(self) -> Case:
        return self.small.office.case(self.small.ref)

    def waiting(self, name: str) -> list[Question]:
        return [q for q in self.case.open_questions if q.topic == TOPIC and name in q.id]

    def say(self, name: str, value: str, **details: str) -> Case:
        (question,) = self.waiting(name)
        office, ref = self.small.office, self.small.ref
        return answer(office, ref, Given(question.id, value, details), OFFICER)

    def say_again(self, name: str, value: str, **details: str) -> Case:
        """A second return of a place, which corrects the first."""
        question = self.case.questions[f"{TOPIC}/{name}/return"]
        office, ref = self.small.office, self.small.ref
        return answer(office, ref, Given(question.id, value, details, correct=True), OFFICER)

    def go_to(self, day: dt.date) -> tuple[str, ...]:
        self.now[:] = [dt.datetime.combine(day, NOON.timetz())]
        lines = watch(self.small.office, day, dry_run=False)
        self.small.work()
        return lines

    def letters(self) -> list[str]:
        return [name for name in self.case.letters if name.startswith("chase/")]

    def text(self, letter: str) -> str:
        data = self.small.office.store.get_file(self.case.ref, self.case.letters[letter].file)
        pages = pypdfium2.PdfDocument(data)
        return " ".join(" ".join(p.get_textpage().get_text_range().split()) for p in pages)

    def put_back(self, text: str) -> None:
        folder = self.folder / "returned" / self.small.ref
        folder.mkdir(parents=True)
        (folder / "box 12.txt").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def walked(
    small_council: tuple[Path, SmallTruth], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, CaseRef]:
    """The office's folder once every system was searched and every place asked."""
    council, truth = small_council
    folder = tmp_path_factory.mktemp("places")
    office = open_small(folder / "home", council, register=council_with_places(folder))
    small = Small(office, receive_letter(office, truth), truth)
    small.until("match")
    office.store.close()
    return folder / "home", small.ref


@pytest.fixture
def asked(
    walked: tuple[Path, CaseRef], small_council: tuple[Path, SmallTruth], tmp_path: Path
) -> Iterator[Asked]:
    """A fresh copy of that case."""
    home, ref = walked
    council, truth = small_council
    shutil.copytree(home, tmp_path / "home")
    now = [NOON]
    register = council_with_places(tmp_path)
    office = open_small(tmp_path / "home", council, lambda: now[-1], register=register)
    yield Asked(Small(office, ref, truth), tmp_path, now)
    office.store.close()


def test_a_team_is_asked_by_a_sheet_with_names_dates_and_the_warning(asked: Asked) -> None:
    """It goes out by itself, says what to look through, and warns of the offence (s.173)."""
    asked.small.work()
    (letter,) = asked.letters()
    text = asked.text(letter)
    for words in ("Marnie", "11 April 2003", "box list", "section 173", "signature", "The Depot"):
        assert words in text
    assert asked.case.was_sent(letter)
    (question,) = asked.waiting(PAPER)
    assert question.due_on == dt.date(2026, 12, 14)


def test_outside_the_council_nothing_goes_before_the_contact_is_settled(asked: Asked) -> None:
    """An officer settles what the sheet gives away; addresses are not on it."""
    with pytest.raises(RefusedError, match="whether it is safe"):
        asked.say(CARERS, SEND_IT, **PLAIN | {"safe": NOT_LOOKED})
    case = asked.say(CARERS, SEND_IT, **PLAIN)
    assert is_settled(case, Purpose.CHASE, CARERS)
    asked.small.work()
    (letter,) = [name for name in asked.letters() if "outside" in name]
    text = asked.text(letter)
    assert "Marnie" in text
    assert "Harbour View" not in text


def test_the_ladder_is_climbed_once_a_rung_and_ends_with_the_return(asked: Asked) -> None:
    """Reminder, manager, overdue, each once however often the watch runs; then silence."""
    asked.small.work()
    assert asked.go_to(dt.date(2026, 11, 27)) == ()
    said = [line for line in asked.go_to(dt.date(2026, 11, 30)) if PAPER in line]
    assert said == [f"{asked.case.ref}: {PAPER} is chased"]
    assert not [line for line in asked.go_to(dt.date(2026, 11, 30)) if PAPER in line]
    reminder = asked.text(asked.letters()[-1])
    assert "We have not had an answer" in reminder
    asked.go_to(dt.date(2026, 12, 9))
    assert "Records manager" in asked.text(asked.letters()[-1])
    assert len(asked.letters()) == 3
    asked.say(PAPER, NOTHING, **SIGNED)
    assert not [line for line in asked.go_to(dt.date(2026, 12, 21)) if PAPER in line]


def test_a_return_is_signed_and_says_how_it_was_searched(asked: Asked) -> None:
    """By whom, on which day, under which names; and the ledger keeps it."""
    for missing in SIGNED:
        with pytest.raises(InputError):
            asked.say(PAPER, NOTHING, **{n: v for n, v in SIGNED.items() if n != missing})
    case = asked.say(PAPER, NOTHING, **SIGNED, opened="Box 12\nBox 13")
    answered = case.sources[PAPER][1]
    assert answered.status == "nothing held"
    kept = json.loads(answered.terms)
    assert kept["opened"] == ["Box 12", "Box 13"]
    assert kept["asked"] == ["Marnie Holloway"]
    asked.say(CARERS, SEND_IT, **PLAIN)
    with pytest.raises(InputError, match="who holds it"):
        asked.say(CARERS, ELSEWHERE, **SIGNED)


def test_what_was_found_becomes_evidence_and_a_tape_is_listened_to(asked: Asked) -> None:
    """Copies are collected from the folder of the case; the tape is a task until it was heard."""
    tape = {"recordings": "A cassette, 1998"}
    with pytest.raises(InputError, match="holds nothing"):
        asked.say(PAPER, FOUND, **SIGNED)
    asked.put_back("Marnie Holloway liked the boats.")
    asked.say(PAPER, FOUND, **SIGNED, **tape)
    (question,) = asked.waiting("listen")
    assert "cassette" in question.body["words"]
    asked.say("listen", HEARD)
    asked.small.answer("match")
    run_stage(asked.small.office, asked.small.ref, Stage.COLLECT, "test")
    assert [d for d in asked.case.documents.values() if d.source == PAPER]
    assert asked.case.sources[PAPER][1].status == "found"


def test_a_second_return_takes_the_place_of_the_first(asked: Asked) -> None:
    """A box turned up after all: the later one counts, its copies are fetched, both are kept."""
    asked.say(CARERS, GO_ON, reason="They are moving house.")
    asked.say(PAPER, NOTHING, **SIGNED, recordings="A cassette, 1998\nA reel")
    first_tape, reel = asked.waiting("listen")
    with pytest.raises(RefusedError, match="reasonable and proportionate"):
        asked.say(first_tape.id, NOT_PLAYED)
    asked.say(first_tape.id, NOT_PLAYED, reason="Its tape is torn; two repairers were asked.")
    asked.small.answer("match")
    run_stage(asked.small.office, asked.small.ref, Stage.COLLECT, "test")
    assert asked.case.sources[PAPER][1].status == "nothing held"

    asked.put_back("Marnie Holloway liked the boats.")
    second = SIGNED | {"by": "Lee Marsh, records", "opened": "Box 14"}
    asked.say_again(PAPER, FOUND, **second, recordings="A cassette, 1998\nA video of 2001")
    (video,) = asked.waiting("listen")
    assert "video" in video.body["words"]
    assert asked.case.questions[reel.id].withdrawn
    asked.say(video.id, NOT_ABOUT)
    run_stage(asked.small.office, asked.small.ref, Stage.COLLECT, "test")
    answered = asked.case.sources[PAPER][1]
    kept = json.loads(answered.terms)
    assert (answered.status, answered.rows_in, answered.rows_accounted) == ("found", 1, 1)
    assert (kept["by"], kept["opened"]) == ("Lee Marsh, records", ["Box 14"])
    journal = [
        row.event.answer
        for row in asked.small.office.store.read(asked.case.ref)
        if row.event.kind == "question_answered" and row.event.question.endswith("/return")
    ]
    assert journal == [NOTHING, FOUND]
    tape = asked.case.decision(f"{LIMIT}{PAPER}/recording/{first_tape.id.rpartition('/')[2]}")
    assert tape is not None
    assert "torn" in tape.event.facts


def test_a_place_that_answers_late_ends_the_limit(asked: Asked) -> None:
    """Going on without it was decided; a return that comes all the same takes that back."""
    asked.say(CARERS, SEND_IT, **PLAIN)
    asked.say(PAPER, GO_ON, reason="Nobody is at work there before the spring.")
    asked.say_again(PAPER, NOTHING, **SIGNED)
    decided = asked.case.decision(f"{LIMIT}{PAPER}")
    assert decided is not None
    assert decided.event.outcome == SEARCHED
    assert asked.case.sources[PAPER][1].status == "nothing held"


def test_a_recording_is_a_task_to_listen_and_its_words_are_read(asked: Asked) -> None:
    """What is written down of it becomes a page of the file; a corrected text takes its place."""
    asked.put_back("Marnie Holloway liked the boats.")
    folder = asked.folder / "returned" / asked.small.ref
    (folder / "interview.wav").write_bytes(b"RIFF\x24\x08\x00\x00WAVEfmt " + bytes(range(256)))
    asked.say(CARERS, GO_ON, reason="They are moving house.")
    asked.say(PAPER, FOUND, **SIGNED)
    asked.small.until("listen")
    (question,) = [q for q in asked.case.open_questions if q.topic == "listen"]
    assert "minute" in question.body["words"]
    assert not [q for q in asked.case.open_questions if q.topic == "unreadable"]
    office, ref = asked.small.office, asked.small.ref
    by = {"by": "Jo Park, records"}
    for details in (by, {"text": "MARNIE: I want to see the sea."}):
        with pytest.raises(InputError):
            answer(office, ref, Given(question.id, WRITTEN, details), OFFICER)
    with pytest.raises(InputError, match="cannot be heard"):
        answer(office, ref, Given(question.id, CANNOT, {}), OFFICER)
    said = {**by, "text": "0:12 MARNIE: I want to see the sea."}
    answer(office, ref, Given(question.id, WRITTEN, said), OFFICER)
    run_stage(office, ref, Stage.READ, "test")
    (first,) = _heard(asked)
    assert asked.case.read[first].pages == 1
    corrected = {**by, "text": "0:12 MARNIE: I want to be by the sea."}
    answer(office, ref, Given(question.id, WRITTEN, corrected, correct=True), OFFICER)
    run_stage(office, ref, Stage.READ, "test")
    (second,) = _heard(asked)
    assert second != first
    assert first in asked.case.documents
    answer(office, ref, Given(question.id, NOT_HERE, by, correct=True), OFFICER)
    run_stage(office, ref, Stage.READ, "test")
    assert _heard(asked) == []


def _heard(asked: Asked) -> list[str]:
    work = asked.small.office.reading(asked.case.ref)
    wanted = wanted_documents(work)
    return [d for d in wanted if about_of(work.case.documents[d])["title"] == TITLE]


def test_the_last_part_waits_for_every_place_and_the_rest_does_not(asked: Asked) -> None:
    """What is ready can go; going on without a place needs the reason, and ends the waiting."""
    while stands := asked.small.work().waiting:
        others = [q for q in stands if q.topic != TOPIC]
        if not others:
            break
        asked.small.rehearsal.answer_waiting(asked.small.ref, others)
    assert {q.topic for q in stands} == {TOPIC}
    case = send_ready(asked.small.office, asked.small.ref, OFFICER)
    assert case.part is not None
    assert not case.part.last
    for name in (PAPER, CARERS):
        with pytest.raises(RefusedError, match="reasonable and proportionate"):
            asked.say(name, GO_ON)
        asked.say(name, GO_ON, reason="Its building is closed until the spring.")
        decided = asked.case.decision(f"{LIMIT}{name}")
        assert decided is not None
        assert "spring" in decided.event.facts
        assert decided.event.rules == ("search.proportionate",)
    assert not asked.waiting("")
