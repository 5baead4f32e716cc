""" "Why?" of a case, a decision, a date and a letter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casework.boards import case_board, deadline_board
from casework.explained import DATES, why_date, why_decision, why_letter
from casework.parts import send_ready
from casework.why import FORMAT, Why, why
from cli import case as cli_case
from rights.errors import InputError
from tests.small_council import SmallTruth
from tests.small_office import STAFF, PlainAt, Small, open_small, receive_letter

KEYS = {
    "format", "case", "right", "today", "received_on", "due", "days_left", "clock", "next",
    "by_itself", "documents", "parts", "missing", "blocks", "warnings", "decisions", "breaches",
    "effort",
}  # fmt: skip


@pytest.fixture(scope="module")
def waiting(plain_at: PlainAt, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A case in review."""
    return plain_at("cast", tmp_path_factory.mktemp("why") / "home")


@pytest.fixture(scope="module")
def parted(plain_at: PlainAt, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A case whose first part is planned while one passage waits."""
    small = plain_at("cast", tmp_path_factory.mktemp("parted") / "home")
    kept = next(q.id for q in small.waiting() if q.topic == "passage")
    while others := [q for q in small.work().waiting if q.id != kept]:
        small.rehearsal.answer_waiting(small.ref, others)
    send_ready(small.office, small.ref, STAFF["officer1"])
    small.until("approve")
    return small


@pytest.fixture(scope="module")
def told(waiting: Small) -> Why:
    return why(waiting.office, waiting.ref)


def names(truth: SmallTruth) -> Iterator[str]:
    yield from (*truth.gone, "Marnie", "Holloway", "Teasel")


def test_each_missing_answer_names_who_can_supply_it(waiting: Small, told: Why) -> None:
    """Every open question is listed with its role, since when, and what it holds up."""
    missing = {m.question: m for m in told.missing}
    assert missing.keys() == {q.id for q in waiting.waiting()}
    for question in waiting.waiting():
        line = missing[question.id]
        assert (line.role, line.topic, line.due_on) == (
            question.role, question.topic, question.due_on,
        )  # fmt: skip
        assert line.since == waiting.office.today()
    assert all(m.documents == 0 for m in told.missing if m.topic == "hold")
    assert {m.documents for m in told.missing if m.topic == "passage"} == {1}
    assert missing["capitals"].documents is None


def test_documents_are_counted_by_what_becomes_of_them(waiting: Small, told: Why) -> None:
    """Sent, ready and waiting add up to what was read."""
    assert sum(told.documents.values()) == len(waiting.office.case(waiting.ref).read)
    assert told.documents["ready"] == told.documents["sent"] == 0


def test_every_block_and_warning_is_cited(waiting: Small, told: Why) -> None:
    """Each thing forbidden or to be looked at names its rule and where it stands."""
    law = waiting.office.law
    for item in (*told.blocks, *told.warnings):
        assert item.rule_id in law.rules
        assert item.citation
    assert {b.code for b in told.blocks} >= {"block.people", "block.health", "block.regulator"}


def test_the_answer_as_json_keeps_its_form_and_names_nobody(waiting: Small, told: Why) -> None:
    """The keys are those that scripts rely on; no name or address of anybody stands in it."""
    body = json.loads(json.dumps(told.as_dict()))
    assert told.effort is not None
    assert set(body) == KEYS
    assert body["format"] == FORMAT
    text = json.dumps(body, ensure_ascii=False)
    assert not [n for n in names(waiting.truth) if n in text]
    assert body["effort"]["counted"] and body["effort"]["pages"] == told.effort.pages > 0
    board = case_board(waiting.office)
    assert f"| {told.effort.in_words()} |" in board
    assert not [n for n in names(waiting.truth) if n in board]
    again = {"id", "matter", "outcome", "decided_on", "by", "rules", "law", "law_changed"}
    assert all(again <= set(d) for d in body["decisions"])


def test_a_part_says_where_it_stands_and_what_holds_the_rest(parted: Small) -> None:
    """The first part is sealed; the passage that waits is missing and holds one document."""
    found = why(parted.office, parted.ref)
    (part,) = found.parts
    assert (part.part, part.last, part.state, part.holds_up) == (1, False, "sealed", ())
    assert found.documents["waiting"] == 1
    assert found.documents["ready"] == part.documents
    held = [m for m in found.missing if m.topic == "passage"]
    assert [m.documents for m in held] == [1]
    assert {m.role for m in held} == {"manager"}


def test_a_decision_is_traced_to_its_rules_with_their_dates(parted: Small) -> None:
    """Rules, citations and dates of force, without the facts."""
    decided = next(
        d for d in parted.office.case(parted.ref).decisions if d.event.matter == "regulator contact"
    )
    reason = why_decision(parted.office, parted.ref, decided.event.decision, "me", facts=False)
    assert {r.id for r in reason.rules} == {"regulator.contact", "regulator.verified_within"}
    assert all(r.citation and r.start for r in reason.rules)
    assert reason.facts is None
    assert "in force on" in " ".join(reason.lines)


def test_facts_are_told_only_on_request_and_the_looking_is_journaled(parted: Small) -> None:
    """With --facts the sealed facts come, and the journal of access says who looked."""
    office, ref = parted.office, parted.ref
    why_decision(office, ref, "regulator-contact/1", "someone", facts=False)
    assert not [a for a in office.store.accesses(ref) if a.actor == "someone"]
    reason = why_decision(office, ref, "regulator-contact/1", "someone", facts=True)
    assert reason.facts is not None and "reason" in reason.facts
    looked = [a.what for a in office.store.accesses(ref) if a.actor == "someone"]
    assert looked == ["facts of regulator-contact/1"]


def test_an_answer_is_explained_by_the_exemption_it_used(parted: Small) -> None:
    """A passage that was decided names the ground with its citation."""
    case = parted.office.case(parted.ref)
    question = next(q for q in case.answered("passage"))
    reason = why_decision(parted.office, parted.ref, question.id, "me", facts=False)
    assert f"exemption.{question.body['code']}" in {r.id for r in reason.rules}
    assert "law data" in " ".join(reason.lines)


@pytest.mark.parametrize("name", DATES)
def test_every_date_is_explained_step_by_step(parted: Small, name: str) -> None:
    """Each date gives its working and the rules it rests on, with the dates of force."""
    reason = why_date(parted.office, parted.ref, name)
    assert reason.lines and reason.rules
    assert all(r.citation for r in reason.rules)


def test_a_letter_is_explained_by_what_it_had_to_say(parted: Small) -> None:
    """The acknowledgement by good practice; the reply by Articles 12 and 15, with the routes."""
    letter = why_letter(parted.office, parted.ref, "acknowledgement")
    assert {r.id for r in letter.rules} == {"letter.acknowledgement"}
    reply = why_letter(parted.office, parted.ref, "reply")
    assert {r.id for r in reply.rules} >= {"letter.cover_letter", "complaint.routes"}
    assert sum("s.16" in line or "ss.16" in line for line in reply.lines) >= 3


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda o, r: why_decision(o, r, "nothing/9", "me", facts=False), "why.decision"),
        (lambda o, r: why_date(o, r, "doomsday"), "why.date"),
        (lambda o, r: why_letter(o, r, "postcard"), "why.letter"),
    ],
)
def test_what_is_not_there_is_said_to_be_not_there(waiting: Small, ask: object, code: str) -> None:
    """An unknown decision, date or letter is an error that says how to find the known ones."""
    with pytest.raises(InputError) as caught:
        ask(waiting.office, waiting.ref)  # type: ignore[operator]
    assert caught.value.code == code
    assert caught.value.next_step


@pytest.fixture
def run(waiting: Small, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr("cli._office.office", lambda: waiting.office)
    return CliRunner()


def test_the_command_prints_it_for_people_and_for_scripts(waiting: Small, run: CliRunner) -> None:
    """`rights case why`: lines for people, the stable form with --json."""
    done = run.invoke(cli_case.app, ["why", waiting.ref])
    assert done.exit_code == 0
    assert "Missing: " in done.output and "Forbidden: " in done.output
    assert not [n for n in names(waiting.truth) if n in done.output]
    done = run.invoke(cli_case.app, ["why", waiting.ref, "--json"])
    assert set(json.loads(done.output)) == KEYS


@pytest.mark.parametrize(
    "options", [["--date", "due"], ["--letter", "acknowledgement"], ["--decision", "standing/1"]]
)
def test_the_command_answers_why(waiting: Small, run: CliRunner, options: list[str]) -> None:
    """A date, a letter and a decision, in words and as JSON."""
    done = run.invoke(cli_case.app, ["why", waiting.ref, *options])
    assert done.exit_code == 0 and done.output
    done = run.invoke(cli_case.app, ["why", waiting.ref, *options, "--json"])
    assert {"what", "lines", "rules", "decision", "facts"} == set(json.loads(done.output))


@pytest.mark.parametrize(
    "options", [["--date", "due", "--letter", "x"], ["--facts"], ["--date", "due", "--facts"]]
)
def test_options_that_do_not_go_together_are_refused(
    waiting: Small, run: CliRunner, options: list[str]
) -> None:
    """One thing at a time; facts only of a decision."""
    done = run.invoke(cli_case.app, ["why", waiting.ref, *options])
    assert done.exit_code != 0


def test_dates_at_risk_stand_on_the_deadline_board(
    small_council: tuple[Path, SmallTruth], tmp_path: Path
) -> None:
    """Past the cautious target the board says so, with the reference and nothing else."""
    import datetime as dt

    council, truth = small_council
    now = [dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)]
    office = open_small(tmp_path, council, lambda: now[0])
    ref = receive_letter(office, truth)
    assert "Dates at risk" not in deadline_board(office)
    now[0] = dt.datetime(2026, 12, 19, 12, tzinfo=dt.UTC)
    board = deadline_board(office)
    assert "## Dates at risk" in board and f"- {ref}: The internal target" in board
