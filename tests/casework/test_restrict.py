"""Limiting the use of records: done in the sources, proved, told, and ended only after notice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from casework.questions import Given, answer
from casework.reminders import watch as remind
from casework.restriction.lifting import propose_lifting
from casework.restriction.standing import standing
from casework.restriction.watch import check_restrictions
from casework.work import run_stage
from rights.case import Question
from rights.release import Right
from rights.road import Stage
from rights.sources.actions import shows
from tests.casework.limiting import Limiting, Reply, again, limiting, numbers, refusal
from tests.letters.reading import flat_text
from tests.small_office import STAFF

VISITS = ("Contact from member of the public", "Home visit")
FACTS = "She says that the visit never took place."


def some(*titles: str, **more: Any) -> Any:
    """An officer's answer that limits the use of the records of these titles."""

    def reply(question: Question) -> Reply:
        details = {
            "ground": "accuracy contested",
            "records": numbers(question, *titles),
            "facts": FACTS,
            "named": "Notes of February 2012",
            "uses": "The protection of the twin.",
            "why_not": "You say that nothing else is wrong.",
        }
        return "limit the use of some", details | more

    return reply


ALL = (
    "limit the use",
    {
        "ground": "unlawful use",
        "records": "all",
        "facts": "Shared without a basis.",
        "named": "Everything that we hold about you",
    },
)
NOT = ("do not limit the use", {"facts": "No ground.", "why_not": "You do not say what is wrong."})


def test_all_of_it_is_limited_by_an_officer(walked: Limiting):
    """Every record is marked in its source or by hand; the letter says what may still be done."""
    case = walked
    assert case.case.closed is not None
    assert case.stopped() == {"8001": True, "8002": True}
    outcome = case.case.decision("outcome")
    assert outcome.event.outcome == "restricted" and outcome.event.actor.login == "officer1"
    hands = [a for a in case.case.actions.values() if a.done.by_hand]
    assert len(hands) == len(case.case.actions) - 2 > 0
    said = case.letter_text()
    for words in (
        "We have stopped using these records",
        "Everything that we hold about you",
        "We should not have used these records as we did",
        "such as a child who is not safe",
        "We will write to you before it ends",
    ):
        assert words in said
    assert "member of the public" not in said
    assert any(name.startswith("recipient/") for name in case.asked)


def test_some_of_it_is_limited_by_a_manager(asked: Limiting, tmp_path: Path):
    """What an officer proposes not to limit is a manager's to decide; before that nothing is."""
    case = again(asked, tmp_path)
    case.replies = {"assess": some("Home visit")}
    case.give(case.open("assess"))
    assert case.stopped() == {"8001": False, "8002": False}
    case.walk("assess")
    waiting = case.open("assess")
    assert waiting.role == "manager"
    case.replies[waiting.id] = ("agree", {"reason": "Looked at both notes."})
    case.give(waiting)
    run_stage(case.office, case.ref, Stage.APPLY, "test")
    assert case.stopped() == {"8001": False, "8002": True}
    assert any(q.id == "restriction/tell/1" for q in case.case.open_questions)


def test_a_manager_may_limit_what_an_officer_would_not(asked: Limiting, tmp_path: Path):
    """The manager who does not agree names a ground, and everything is limited."""
    case = again(asked, tmp_path)
    case.replies = {"assess": NOT}
    case.give(case.open("assess"))
    case.walk("assess")
    waiting = case.open("assess")
    more = {"ground": "needed for a claim", "named": "All your records", "records": "all"}
    case.replies[waiting.id] = ("limit the use of all of them", more)
    assert case.walk().words == "closed"
    assert case.stopped() == {"8001": True, "8002": True}
    assert "you need them for a legal claim" in case.letter_text()


@pytest.mark.parametrize(
    ("value", "details", "code"),
    [
        ("limit the use", {"records": "all", "facts": "x", "named": "x"}, "restriction.ground"),
        ("limit the use", ALL[1] | {"records": "none"}, "restriction.records"),
        ("limit the use of some", ALL[1] | {"why_not": "x"}, "restriction.records"),
        ("limit the use", ALL[1] | {"records": "99"}, "assess.numbers"),
        ("limit the use", ALL[1] | {"named": ""}, "restriction.named"),
        ("limit the use", ALL[1] | {"facts": ""}, "restriction.facts"),
        ("do not limit the use", {"facts": "x"}, "restriction.why_not"),
    ],
)
def test_entries_that_do_not_hold_are_refused(asked: Limiting, value: str, details: Any, code: str):
    """Nothing is recorded without a ground, records, facts, and words for the person."""
    question = asked.open("assess")
    asked.replies = {question.id: (value, details)}
    assert refusal(lambda: asked.give(question)) == code
    asked.replies = {}
    assert asked.case.questions[question.id].is_open


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Limiting:
    """A case that waits for the officer."""
    case = limiting(tmp_path_factory.mktemp("asked"), Right.RESTRICTION, {})
    case.walk("assess")
    return case


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Limiting:
    """A closed case with all its records limited; not to be changed."""
    case = limiting(tmp_path_factory.mktemp("walked"), Right.RESTRICTION, {"assess": ALL})
    case.walk()
    return case


@pytest.fixture
def limited(walked: Limiting, tmp_path: Path) -> Limiting:
    """A closed case with its records limited."""
    return again(walked, tmp_path)


def watch(case: Limiting, *, dry_run: bool = False) -> tuple[str, ...]:
    """The daily watch of the day that the clock shows."""
    return check_restrictions(case.office, case.office.today(), dry_run=dry_run)


def by_machine(case: Limiting) -> list[str]:
    """Keys of the restrictions that a machine set."""
    return [one.order.key for one in standing(case.case) if not one.by_hand]


def test_every_restriction_is_read_anew_every_day(limited: Limiting):
    """A check of each is recorded once a day, also when closed, and says nothing if all is well."""
    keys = by_machine(limited)
    for days in (0, 1, 1):
        today = limited.clock.forward(days)
        assert watch(limited) == watch(limited) == ()
        checks = limited.case.restrictions
        assert {key: (c.checked_on, c.honoured) for key, c in checks.items()} == dict.fromkeys(
            keys, (today, True)
        )
    recorded = [r.event.kind for r in limited.office.store.read(limited.ref)]
    assert recorded.count("restriction_checked") == 3 * len(keys)


def test_a_mark_that_is_gone_is_set_again_and_somebody_finds_out(limited: Limiting):
    """The record is protected at once; the question stays until somebody has looked into it."""
    limited.clock.forward(1)
    limited.run("UPDATE CASE_NOTES SET PROCESSING_STOPPED='N', STOPPED_FOR=NULL WHERE ID='8002'")
    assert watch(limited) == (f"{limited.ref}: 1 restriction(s) were not honoured",)
    assert limited.stopped() == {"8001": True, "8002": True}
    waiting = [q for q in limited.case.open_questions if q.id.startswith("restriction/lost/")]
    assert len(waiting) == 1
    history = [
        r.event.honoured
        for r in limited.office.store.read(limited.ref)
        if r.event.kind == "restriction_checked" and r.event.key.endswith(waiting_for(limited))
    ]
    assert history == [False, True]
    assert watch(limited) == ()
    today = limited.office.today()
    said = remind(limited.office, today, dry_run=True)
    assert f"{limited.ref}: restriction to dpo" in said
    limited.give(waiting[0])
    assert not remind(limited.office, today, dry_run=True)
    limited.clock.forward(1)
    assert watch(limited) == ()
    assert not [q for q in limited.case.open_questions if q.topic == "restriction"]


def waiting_for(case: Limiting) -> str:
    """The end of the key of the restriction of the second note."""
    found = next(s for s in standing(case.case) if s.order.record == "CASE_NOTES:8002")
    return found.order.key.rpartition("/")[2]


def test_what_cannot_be_read_is_said_and_not_recorded_as_honoured(limited: Limiting):
    """A source that does not answer is a line of the watch, never a check that passed."""
    (limited.council / "systems" / "case_system.sqlite").rename(limited.council / "away")
    assert watch(limited) == (
        f"{limited.ref}: a restriction could not be checked [sources.action_failed]",
    )
    assert not limited.case.restrictions


def test_a_rehearsal_of_the_watch_changes_nothing(limited: Limiting):
    """Neither a rehearsal nor another day than today writes anything."""
    before = limited.case.seq
    lines = watch(limited, dry_run=True)
    assert lines and limited.case.seq == before
    tomorrow = limited.office.today() + dt.timedelta(days=1)
    assert check_restrictions(limited.office, tomorrow, dry_run=False) == lines
    assert limited.case.seq == before


def test_a_mark_that_no_machine_sees_is_looked_for_by_a_person(limited: Limiting):
    """After the interval of the rules an officer is asked, once, and again after the next."""
    for _ in range(2):
        limited.clock.forward(27)
        watch(limited)
        assert not looks(limited)
        limited.clock.forward(1)
        watch(limited)
        watch(limited)
        assert len(looks(limited)) == sum(one.by_hand for one in standing(limited.case))
        for question in looks(limited):
            limited.give(question)


def looks(case: Limiting) -> list[Question]:
    """Open questions that ask a person to look for a mark."""
    return [q for q in case.case.open_questions if q.id.startswith("restriction/look/")]


def end(case: Limiting, **details: Any) -> None:
    """An officer proposes that the limit on the second note ends."""
    wanted = [s.order.key for s in standing(case.case) if s.order.record == "CASE_NOTES:8002"]
    entries = {"keys": wanted, "why": "We have checked the note.", "named": "The visit of 2012"}
    propose_lifting(case.office, case.ref, entries | details, STAFF["officer1"])


def test_a_limit_ends_only_after_a_letter_and_its_notice(limited: Limiting):
    """Proposed, decided, written, sent, waited for: only then is the mark gone, and that proved."""
    end(limited)
    question = limited.open("lift")
    assert question.role == "manager"
    limited.replies["lift/end/1"] = ("end the limit after notice", {"reason": "Agreed."})
    limited.give(question)
    assert watch(limited) == (f"{limited.ref}: a letter that a limit ends is due",)
    said = flat_text(limited.office.store.get_file(limited.ref, "letters/lifting/1.pdf"))
    for words in ("We have checked the note.", "The visit of 2012", "7 December 2026", "complain"):
        assert words in said
    limited.clock.forward(20)
    watch(limited)
    assert limited.stopped()["8002"]  # nobody has said that the letter was sent
    day = limited.office.today().isoformat()
    limited.replies["lift/sent"] = ("the letter was sent", {"on": day, "proof": "Post book."})
    limited.give(limited.open("lift"))
    watch(limited)
    assert limited.stopped()["8002"]  # not on the day on which it was sent
    limited.clock.forward(1)
    assert watch(limited) == (f"{limited.ref}: 1 restriction(s) end",)
    assert limited.stopped() == {"8001": True, "8002": False}
    assert watch(limited) == ()
    lifted = [a for a in limited.case.actions.values() if a.started.act == "lift"]
    assert [a.done.proved for a in lifted] == [True]
    assert all(one.order.record != "CASE_NOTES:8002" for one in standing(limited.case))


def test_a_limit_does_not_end_before_the_day_that_the_letter_names(limited: Limiting):
    """A letter that is sent at once still leaves the days of notice."""
    end(limited)
    limited.replies["lift/end/1"] = ("end the limit after notice", {"reason": "Agreed."})
    limited.give(limited.open("lift"))
    watch(limited)
    day = limited.office.today().isoformat()
    limited.replies["lift/sent"] = ("the letter was sent", {"on": day, "proof": "Post book."})
    limited.give(limited.open("lift"))
    limited.clock.forward(13)
    watch(limited)
    assert limited.stopped()["8002"]
    limited.clock.forward(1)
    watch(limited)
    assert not limited.stopped()["8002"]


def test_a_manager_may_keep_the_limit(limited: Limiting):
    """No letter is written and nothing ends."""
    end(limited)
    limited.replies["lift/end/1"] = ("keep the limit", {"reason": "Not checked yet."})
    limited.give(limited.open("lift"))
    limited.clock.forward(30)
    watch(limited)
    assert limited.stopped()["8002"] and "lifting/1" not in limited.case.letters


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"keys": []}, "lift.entries"),
        ({"keys": ["nothing"]}, "lift.entries"),
        ({"why": " "}, "lift.entries"),
        ({"named": ""}, "lift.entries"),
    ],
)
def test_an_end_needs_a_restriction_and_a_reason(limited: Limiting, details: Any, code: str):
    """What is not there cannot end, and the person is told why."""
    assert refusal(lambda: end(limited, **details)) == code


def test_the_day_of_sending_must_be_possible(limited: Limiting):
    """A day in the future, before the decision, or without proof is refused."""
    end(limited)
    assert refusal(lambda: end(limited)) == "lift.waiting"
    limited.replies["lift/end/1"] = ("end the limit after notice", {})
    limited.give(limited.open("lift"))
    watch(limited)
    question = limited.open("lift")
    for on, proof, code in (
        ("2026-11-24", "x", "lift.day"),
        ("2026-11-22", "x", "lift.day"),
        ("soon", "x", "lift.day"),
        ("2026-11-23", "", "lift.proof"),
    ):
        limited.replies["lift/sent"] = ("the letter was sent", {"on": on, "proof": proof})
        assert refusal(lambda: limited.give(question)) == code


def test_a_limit_is_ended_by_the_desk_and_after_the_answer(asked: Limiting, limited: Limiting):
    """Not before the request is answered, and not by somebody without a part in it."""
    assert refusal(lambda: end(asked)) == "lift.not_answered"
    stands = standing(limited.case)[0]
    given = {"keys": [stands.order.key], "why": "x", "named": "x"}
    dpo = STAFF["dpo"]
    told = refusal(lambda: propose_lifting(limited.office, limited.ref, given, dpo))
    assert told == "lift.role"


def test_the_effect_is_read_through_a_fresh_connection(limited: Limiting):
    """What an order set is seen by an adapter that has never written."""
    for one in standing(limited.case):
        if not one.by_hand:
            state = limited.office.actions[one.source].state(one.order.record)
            assert shows(one.order, state) and one.order.key in state.restrictions


def test_the_letter_does_not_say_what_could_not_be_done(tmp_path: Path):
    """A task that cannot be done holds the reply back until its answer is put right."""
    case = limiting(tmp_path, Right.RESTRICTION, {"assess/": ALL})
    case.walk(until="act")
    tasks = [q for q in case.case.open_questions if q.topic == "act"]
    cannot = {"reason": "The mail team says that it keeps no such mark."}
    case.replies[tasks[0].id] = ("it cannot be done", cannot)
    case.walk(until="act")
    assert refusal(lambda: case.walk()) == "action.could_not"
    assert case.case.seal is None
    done = {"by": "Mail team", "on": case.clock.now.date().isoformat(), "proof": "Marked."}
    answer(case.office, case.ref, Given(tasks[0].id, "done", done, correct=True), STAFF["officer1"])
    case.walk()
    assert case.case.closed is not None
    assert "We have stopped using these records" in case.letter_text()
