"""Every right to every lawful outcome: effect in the source, letters, recipients, time, figures.

The table is `tests.walk.table.ROWS`. An outcome counts only when the sources, read anew through
another connection, show its effect and nothing else.
"""

from __future__ import annotations

import ast
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from casework.answering import answering
from casework.clock import clock_of
from casework.figures import cases_of
from casework.refusing import refusal_letter
from letters import languages as sets
from letters.context import LetterBase
from letters.languages import EASY
from letters.render import fill_letter
from rights.clock import ClockState
from rights.decisions import Way, right_table
from rights.events.kinds import CaseClosed, CaseOpened, DecisionMade
from rights.figures import Figures, Period, figures
from rights.law import load
from rights.release import Right
from rights.road import REFUSED_ROAD, ROADS, TRIAGED_ROAD, WITHDRAWN_ROAD, road_of, where
from tests.letters.reading import flat_text
from tests.small_council import REPOSITORY
from tests.small_office import NOON, RECEIVED, STAFF
from tests.walk.sources import changes, marks, read_sources
from tests.walk.starts import Start, begin
from tests.walk.table import ELSEWHERE, RECIPIENTS, ROWS, TURNS
from tests.walk.walker import Row, Walker

LAW = load()
TODAY = NOON.date()
PERIOD = Period(dt.date(2026, 11, 1), dt.date(2027, 4, 30))
LISTED = yaml.safe_load((Path(sets.__file__).parent / "letters.yaml").read_text("utf-8"))
ANY = "right.any"


def ways(rule: str) -> dict[str, Way]:
    """The ways to end that a table of the law data allows, by their code."""
    table = LAW.table(rule, TODAY)
    return {
        w["code"]: Way(w["code"], w["plain"], tuple(w["by"]), w["routes"], w["ends"])
        for w in table["outcomes"]  # pyright: ignore
    }


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Start]:
    """The beginning of a name, made when it is first asked for."""
    made: dict[str, Start] = {}

    def get(name: str) -> Start:
        if name not in made:
            made[name] = begin(name, tmp_path_factory.mktemp("start"))
        return made[name]

    return get


@pytest.fixture
def ended(row: Row, start: Callable[[str], Start], tmp_path: Path) -> Iterator[Walker]:
    """The row's case at its end."""
    case = start(row.start).again(tmp_path / "own", row.replies)
    if row.steps is None:
        case.walk()
    else:
        case = row.steps(case) or case
    yield case
    case.office.store.close()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_it_ends_as_the_table_says(row: Row, ended: Walker) -> None:
    """Walked to its end, everything that the row says is true, and nothing more happened."""
    the_sources_show_it(row, ended)
    the_journal_says_it(row, ended)
    the_letters_say_it(row, ended)
    the_recipients_know(row, ended)
    the_time_is_right(row, ended)
    the_figures_count_it_once(row, ended)


def the_sources_show_it(row: Row, case: Walker) -> None:
    """Gone, new or changed is what the row names, and nothing else in any source."""
    after = read_sources(case.council)
    assert changes(case.before, after) == row.sources
    assert [words for words in row.shows if words not in after.text()] == []
    assert [words for words in row.hides if words in after.text()] == []
    assert set(marks(case.office.settings.database)) == row.marks
    done = [a for a in case.case.actions.values() if a.done is not None]
    assert len(done) == len(case.case.actions) and all(a.was_done for a in done)
    assert [a for a in done if not (a.done and (a.done.proved or a.done.by_hand))] == []
    assert any(a.done and a.done.by_hand for a in done) == row.by_hand


def the_journal_says_it(row: Row, case: Walker) -> None:
    """It proves itself, folds to the outcome, and that was decided by a role that may."""
    assert case.office.store.verify().passes
    stands, closed = case.case.decision("outcome"), case.case.closed
    if row.closes == "open":
        assert closed is None and stands is not None and stands.event.outcome == "open"
        return
    assert closed is not None and closed.outcome == (row.closes or row.outcome)
    assert where(case.case).words == "closed"
    if not row.rule:
        return
    decided = next(d for d in reversed(case.case.decisions) if d.event.outcome == row.outcome)
    assert decided.event.matter in {"outcome", "lifting", "marketing"}
    assert decided.event.law_version
    who = decided.event.actor.login
    roles = STAFF[who].roles if who in STAFF else {who}
    assert roles & set(ways(row.rule)[row.outcome].by), (who, row.rule)


def the_letters_say_it(row: Row, case: Walker) -> None:
    """The reply is of its kind in both languages, says so, and names the ways to complain."""
    made = Counter(m.template for m in case.case.letters.values())
    greeting = "complaint_acknowledgement" if row.right is Right.COMPLAINT else "acknowledgement"
    first = set[str]() if case.case.triage and row.outcome != "lapsed" else {greeting}
    assert set(made) == row.letters | first
    if not row.reply:
        assert case.case.seal is None and case.case.sent_on is None
        said = [case.letter_text(name) for name in case.case.letters]
        assert all(any(words in text for text in said) for words in row.says)
        return
    text = case.reply_text()
    if row.outcome == "lifted after notice":
        text = case.letter_text("lifting/")
    assert [words for words in row.says if words not in text] == []
    assert [words for words in row.never if words in text] == []
    if row.rule and ways(row.rule)[row.outcome].routes:
        assert "complain to the council" in text and "Information Commissioner" in text
    if row.closes == "open":
        return
    reply = context_of(case)
    if reply is None:
        assert row.reply == "cover_letter"
        pack = flat_text(case.small.pack())
        assert "Where we looked" in pack
        assert ("How we use the information" in pack) == (row.outcome != "nothing held")
        return
    assert reply.kind == row.reply
    assert "</html>" in fill_letter(replace(reply, language=EASY))


def context_of(case: Walker) -> LetterBase | None:
    """What the reply was made from; None where it goes with documents."""
    work = case.office.reading(case.ref)
    stands = case.case.decision("outcome")
    assert stands is not None
    if road_of(case.case) is REFUSED_ROAD and not case.case.answered("assess"):
        return refusal_letter(work, TODAY)
    if case.case.right is Right.ACCESS:
        return None
    return answering(case.case.right).letter(work, TODAY)


def the_recipients_know(row: Row, case: Walker) -> None:
    """Each is told with a letter of their own, or it is known why not, or nobody is asked about."""
    told = case.case.told
    asked = [q for q in case.case.questions.values() if q.topic == "recipient"]
    assert len(told) == len(asked) and bool(told) == (row.told != "nobody")
    letters = [name for name in case.case.letters if name.startswith("recipient/")]
    reached = [t for t in told.values() if t.told_on is not None]
    assert len(letters) == len(reached)
    assert all(t.told_on or t.why_not for t in told.values())
    if row.told == "each":
        assert len(reached) == len(told)
    elif row.told == "not each":
        assert 0 < len(reached) < len(told)
    else:
        assert not reached
    for name in letters:
        words = case.letter_text(name)
        assert "Please" in words and "complain" not in words
        assert [said for said in row.notice if said not in words] == []
        assert [said for said in row.secret if said in words] == []
    assert bool(letters) == bool(row.notice)


def the_time_is_right(row: Row, case: Walker) -> None:
    """Answered on the day it was sent, and late only after the day that was worked out by hand."""
    clock = clock_of(case.office, case.case, TODAY)
    assert case.case.received_on == RECEIVED
    assert (case.case.sent_on is not None) == (bool(row.reply) and row.closes != "open")
    if row.due is None:
        assert row.rule != "" or case.case.closed is not None
        return
    assert clock.due == row.due
    late = clock_of(case.office, case.case, row.due + dt.timedelta(days=1))
    assert late.state is ClockState.OVERDUE
    in_time = clock_of(case.office, case.case, row.due)
    assert in_time.state is not ClockState.OVERDUE
    if case.case.sent_on is not None:
        assert (case.case.sent_on <= row.due) == row.in_time


def the_figures_count_it_once(row: Row, case: Walker) -> None:
    """What the figures count is what a count of the journal by hand comes to."""
    today = max(case.office.today(), TODAY)
    found = figures(cases_of(case.office, PERIOD), PERIOD, today, case.office.law)
    received, ended = Counter[str](), Counter[tuple[str, str]]()
    for ref in case.office.store.cases():
        events = [r.event for r in case.office.store.read(ref)]
        (opened,) = [e for e in events if isinstance(e, CaseOpened)]
        received[opened.right.value] += 1
        last = events[max(i for i, e in enumerate(events) if _ends_or_opens(e))]
        if isinstance(last, CaseClosed):
            ended[opened.right.value, last.outcome] += 1
    assert dict(found.received_by_right) == received
    assert _ended(found) == ended
    if row.counted:
        lists = (found.outcomes, found.ended, found.complaint_outcomes)
        assert sum(counts.get(row.counted, 0) for counts in lists) == 1
    if row.due is not None and row.closes != "open":
        line = found.answered[row.right.value]
        assert line == {"in time" if row.in_time else "late": 1}
    if row.told in RECIPIENTS:
        assert dict(found.recipients) == {RECIPIENTS[row.told]: 1}


def _ends_or_opens(event: object) -> bool:
    return isinstance(event, CaseOpened | CaseClosed) or (
        isinstance(event, DecisionMade) and event.outcome == "open"
    )


def _ended(found: Figures) -> Counter[tuple[str, str]]:
    return Counter(
        {(right, code): n for right, line in found.ended_as.items() for code, n in line.items()}
    )


def test_no_lawful_outcome_is_left_out() -> None:
    """Every outcome that the law data allows for any right has a row, and no row has another."""
    lawful = {(rule, way) for rule in _tables() for way in ways(rule)}
    walked = {(row.rule, row.outcome) for row in ROWS if row.rule}
    walked |= {("right.recipients", RECIPIENTS[row.told]) for row in ROWS if row.told in RECIPIENTS}
    assert sorted(lawful - walked) == [] and sorted(walked - lawful) == []
    tables = {right_table(right, LAW, on=TODAY).rule_id for right in Right}
    assert tables <= {rule for rule, _ in lawful}


def _tables() -> list[str]:
    """The tables of the law data that say how a request ends; what is asked of a point is none."""
    named = [rule.removeprefix("right.") for rule, r in LAW.rules.items() if r.unit == "right"]
    return [f"right.{name}" for name in named if not name.startswith("point")]


def test_nothing_else_that_may_happen_is_left_out() -> None:
    """Withdrawn for every right, lapsed, a duplicate, no request, reopened, in stages, a fee."""
    assert frozenset[str]().union(*(row.turns for row in ROWS)) == TURNS
    withdrawn = {row.right for row in ROWS if row.outcome == "withdrawn"}
    assert withdrawn == set(Right)


def test_every_letter_is_made_by_a_row_or_a_named_test() -> None:
    """No letter of the list is without a case that made it, and every named test is there."""
    listed = {r["template"] for part, found in LISTED.items() if part != "outcomes" for r in found}
    listed |= {t for r in LISTED["every_right"] for t in r.get("instead", {}).values()}
    listed |= {t for found in LISTED["outcomes"].values() for t in found.values()}
    walked = {row.reply for row in ROWS if row.reply} | {t for row in ROWS for t in row.letters}
    walked |= {"acknowledgement", "complaint_acknowledgement", "pack"}
    assert sorted(listed - walked - set(ELSEWHERE)) == []
    assert sorted(set(ELSEWHERE) & walked) == []
    for test in ELSEWHERE.values():
        file, _, name = test.partition("::")
        tree = ast.parse((REPOSITORY / file).read_text("utf-8"))
        assert name in {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}, test


def test_every_outcome_has_the_letter_of_the_list() -> None:
    """A row's reply is the letter that the list of letters has for the outcome of its right."""
    for row in ROWS:
        if row.rule in ("", ANY):
            continue
        name = "direct marketing" if row.rule == "right.marketing" else row.right.value
        wanted = LISTED["outcomes"][name][row.outcome]
        assert wanted in {row.reply, *row.letters}, row.name


def test_every_road_ends() -> None:
    """Each right's own road, and those of the refused, the withdrawn and what was no request."""
    own = {row.right for row in ROWS if row.rule not in ("", ANY) and row.closes != "open"}
    assert own == set(ROADS)
    walked = {row.outcome for row in ROWS if row.rule in ("", ANY)}
    assert {"refused", "withdrawn", "freedom of information"} <= walked
    assert len({id(REFUSED_ROAD), id(WITHDRAWN_ROAD), id(TRIAGED_ROAD)}) == 3
