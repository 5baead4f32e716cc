"""The time of a request against the worked examples, and what it says beside the date."""

import csv
import datetime as dt
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from rights.clock import (
    ClockFacts,
    ClockState,
    Extension,
    OpinionAge,
    Pause,
    Trigger,
    breach_notice_by,
    check_extension,
    check_pause,
    check_receipt,
    complaint_ack,
    health_opinion_age,
    health_opinion_earliest,
    hold_confirm_by,
    read_clock,
)
from rights.clock.table import compute_row
from rights.errors import ConfigError, InputError, RefusedError
from rights.law import load
from rights.release import Right

LAW = load()
D = dt.date
HERE = Path(__file__).parent
VECTORS = list(csv.DictReader((HERE / "clock_vectors.csv").open()))
EXAMPLES = list(csv.DictReader((HERE / "clock_examples.csv").open()))


def day(text: str) -> dt.date | None:
    return D.fromisoformat(text) if text else None


def intervals(text: str) -> list[tuple[dt.date, dt.date | None]]:
    parts = [p.partition("..") for p in text.split(";") if p]
    return [(D.fromisoformat(a), day(b)) for a, _, b in parts]


def facts_of(row: dict[str, str]) -> ClockFacts:
    def triggers(text: str) -> tuple[Trigger, ...]:
        return tuple(Trigger(a, b, grounds_recorded=True) for a, b in intervals(text))

    noticed = day(row["extension"])
    return ClockFacts(
        right=Right(row["right"]),
        received_on=D.fromisoformat(row["received"]),
        identity=triggers(row["identity"]),
        authority=triggers(row["authority"]),
        fee=triggers(row["fee"]),
        pauses=tuple(Pause(a, b) for a, b in intervals(row["pauses"])),
        extension=Extension(noticed, "complexity", reasons_recorded=True) if noticed else None,
    )


def access(received: dt.date, **more: object) -> ClockFacts:
    return replace(ClockFacts(Right.ACCESS, received), **more)


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda r: f"{r['row']} {r['why']}")
def test_worked_examples(row: dict[str, str]):
    """Each worked example gives its state, its end before and after rolling, and its notice day."""
    clock = read_clock(facts_of(row), D.fromisoformat(row["today"]), LAW)
    assert clock.state.value == row["state"]
    assert clock.unrolled == day(row["unrolled"])
    assert clock.due == day(row["due"])
    assert clock.notice_by == day(row["notice_by"])


@pytest.mark.parametrize("row", VECTORS, ids=lambda r: f"{r['kind']} {r['relevant_day']}")
def test_vectors(row: dict[str, str]):
    """The lawyers' table gives its dates; past the confirmed holidays there is none."""
    answer = compute_row(row, LAW)
    expected = None if row["kind"] == "response_1m_horizon" else day(row["expected"])
    assert answer.expected == expected
    assert "differs" not in answer.working


def test_explains_itself():
    """The sentences name the clamp, the roll and the articles, in English dates."""
    clock = read_clock(access(D(2026, 1, 31)), D(2026, 2, 1), LAW)
    told = " ".join(clock.explain_lines())
    assert "Received Sat 31 Jan 2026" in told
    assert "Sat 28 Feb 2026 (there is no 31 February)" in told
    assert "next working day, Mon 2 Mar 2026" in told
    assert "Art 12(3) as it stood" in told
    later = read_clock(access(D(2026, 10, 31)), D(2026, 11, 1), LAW)
    assert "UK GDPR Art 12A(1)" in " ".join(later.explain_lines())
    for step in later.steps:
        assert LAW.rule(step.rule_id)


def test_a_time_past_the_horizon_is_an_error_that_says_how_to_extend_it():
    """No date is guessed past the last confirmed year."""
    with pytest.raises(ConfigError) as caught:
        read_clock(access(D(2028, 11, 30)), D(2028, 12, 1), LAW)
    assert caught.value.code == "clock.past_horizon"
    assert "GOV.UK" in caught.value.next_step
    extended = LAW.with_holidays({D(2028, 12, 29): "One-off holiday"})
    assert read_clock(access(D(2028, 11, 29)), D(2028, 12, 1), LAW).due == D(2028, 12, 29)
    with pytest.raises(ConfigError):
        read_clock(access(D(2028, 11, 29)), D(2028, 12, 1), extended)


def test_identity_without_recorded_doubt_does_not_move_the_start():
    """Identity asked for without a recorded doubt neither stops nor restarts the time."""
    for came in (None, D(2026, 11, 20)):
        facts = access(D(2026, 11, 2), identity=(Trigger(D(2026, 11, 3), came),))
        clock = read_clock(facts, D(2026, 11, 21), LAW)
        assert clock.due == D(2026, 12, 2)
        assert [r.code for r in clock.rejected] == ["clock.no_grounds"]


def test_an_open_question_leaves_no_date_and_shows_the_days_used():
    """Paused since 9 September after one day; a planning day is still given."""
    facts = access(D(2026, 9, 7), pauses=(Pause(D(2026, 9, 9)),))
    clock = read_clock(facts, D(2026, 10, 20), LAW)
    assert (clock.due, clock.days_left, clock.days_used) == (None, None, 1)
    assert clock.standing_due == D(2026, 10, 7)
    assert "clock.pause_long" in {w.code for w in clock.warnings}


def test_cautious_targets():
    """The flat target adds lawful pauses; the older reading is a day earlier for each pause."""
    facts = access(D(2026, 3, 10), pauses=(Pause(D(2026, 3, 17), D(2026, 3, 24)),))
    clock = read_clock(facts, D(2026, 4, 16), LAW)
    assert clock.internal_target == D(2026, 4, 15)
    assert clock.reply_day_target == D(2026, 4, 17)
    assert clock.due == D(2026, 4, 20)
    assert "clock.target_passed" in {w.code for w in clock.warnings}
    assert read_clock(access(D(2026, 3, 10)), D(2026, 3, 11), LAW).reply_day_target is None


def test_a_request_recognised_late_is_overdue_at_once():
    """What reached the team after its time is overdue, with the lag shown and no extension."""
    facts = access(
        D(2026, 6, 1),
        recorded_on=D(2026, 7, 10),
        extension=Extension(D(2026, 7, 10), "complexity", reasons_recorded=True),
    )
    clock = read_clock(facts, D(2026, 7, 10), LAW)
    assert clock.state is ClockState.OVERDUE
    assert (clock.recognition_lag, clock.days_left) == (39, -9)
    assert not clock.extended
    assert [r.code for r in clock.rejected] == ["clock.extension_late"]
    told = {w.code: w.text for w in clock.warnings}
    assert "39 days after the council received it" in told["clock.recognition_lag"]
    assert "overdue from the first day" in told["clock.gone_before_logged"]
    assert "cannot be extended" in told["clock.gone_before_logged"]
    in_time = read_clock(replace(facts, recorded_on=D(2026, 7, 1)), D(2026, 7, 1), LAW)
    assert "clock.gone_before_logged" not in {w.code for w in in_time.warnings}


@pytest.mark.parametrize("came", [None, D(2026, 11, 20)])
def test_a_start_moved_by_authority_is_flagged_as_the_regulators_reading(came: dt.date | None):
    """Awaited or come, the page says that the Article does not list it, and cites the reading."""
    facts = access(D(2026, 11, 2), authority=(Trigger(D(2026, 11, 3), came, True),))
    clock = read_clock(facts, D(2026, 11, 21), LAW)
    assert [w.code for w in clock.warnings].count("clock.authority_reading") == 1
    assert any("regulator's reading" in step.citation for step in clock.steps)
    unfounded = replace(facts, authority=(Trigger(D(2026, 11, 3), came),))
    none = read_clock(unfounded, D(2026, 11, 21), LAW)
    assert "clock.authority_reading" not in {w.code for w in none.warnings}


def test_the_order_of_events_does_not_matter():
    """Pauses and evidence in any order give the same clock."""
    pauses = (
        Pause(D(2026, 9, 9), D(2026, 9, 14)),
        Pause(D(2026, 9, 12), D(2026, 9, 12)),
        Pause(D(2026, 10, 20), D(2026, 10, 22)),
    )
    identity = (
        Trigger(D(2026, 9, 8), D(2026, 9, 10), True),
        Trigger(D(2026, 9, 9), D(2026, 9, 9), True),
    )
    clocks = {
        read_clock(access(D(2026, 9, 7), pauses=p, identity=i), D(2026, 9, 30), LAW)
        for p in permutations(pauses)
        for i in permutations(identity)
    }
    assert len(clocks) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"pauses": (Pause(D(2026, 9, 14), D(2026, 9, 9)),)},
        {"pauses": (Pause(D(2026, 9, 1)),)},
        {"identity": (Trigger(D(2026, 9, 9), D(2026, 9, 8), True),)},
        {"fee": (Trigger(D(2026, 9, 1), None, True),)},
        {"extension": Extension(D(2026, 9, 1), "complexity", True)},
        {"recorded_on": D(2026, 9, 1)},
    ],
)
def test_impossible_dates(more: dict[str, object]):
    """Dates that contradict each other are refused before anything is counted."""
    with pytest.raises(InputError) as caught:
        read_clock(access(D(2026, 9, 7), **more), D(2026, 10, 1), LAW)
    assert caught.value.code == "clock.impossible_date"
    assert caught.value.next_step


TODAY = D(2026, 12, 1)


@pytest.mark.parametrize(
    ("facts", "asked", "reason", "code"),
    [
        (ClockFacts(Right.ERASURE, D(2026, 9, 7)), D(2026, 9, 9), "much held", "clock.no_pause"),
        (access(D(2026, 1, 5)), D(2026, 1, 9), "much held", "clock.no_pause"),
        (access(D(2026, 9, 7)), D(2026, 9, 9), " ", "clock.pause_without_reason"),
        (access(D(2026, 9, 7)), D(2026, 10, 8), "much held", "clock.pause_late"),
        (
            access(D(2026, 9, 7), pauses=(Pause(D(2026, 9, 9)),)),
            D(2026, 9, 10),
            "much held",
            "clock.already_paused",
        ),
        (access(D(2026, 9, 7)), D(2026, 9, 1), "much held", "clock.impossible_date"),
        (access(D(2026, 11, 20)), D(2026, 12, 2), "much held", "clock.impossible_date"),
    ],
)
def test_a_pause_the_law_does_not_allow_is_refused(
    facts: ClockFacts, asked: dt.date, reason: str, code: str
):
    """A pause is refused with its reason before any event is written."""
    with pytest.raises((RefusedError, InputError)) as caught:
        check_pause(facts, asked, reason, today=TODAY, law=LAW)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("facts", "noticed", "ground", "reasons", "code"),
    [
        (access(D(2026, 6, 1)), D(2026, 7, 2), "complexity", "r", "clock.extension_late"),
        (access(D(2026, 6, 1)), D(2026, 6, 2), "holidays", "r", "clock.extension_ground"),
        (access(D(2026, 6, 1)), D(2026, 6, 2), "complexity", "", "clock.extension_without_reasons"),
        (
            access(D(2026, 6, 1), extension=Extension(D(2026, 6, 2), "complexity", True)),
            D(2026, 6, 3),
            "complexity",
            "r",
            "clock.second_extension",
        ),
        (
            ClockFacts(Right.COMPLAINT, D(2026, 6, 19)),
            D(2026, 6, 20),
            "complexity",
            "r",
            "clock.no_extension",
        ),
    ],
)
def test_an_extension_the_law_does_not_allow_is_refused(
    facts: ClockFacts, noticed: dt.date, ground: str, reasons: str, code: str
):
    """An extension is refused with its reason before any event is written."""
    with pytest.raises(RefusedError) as caught:
        check_extension(facts, noticed, ground, reasons, today=TODAY, law=LAW)
    assert caught.value.code == code


def test_what_the_law_allows_is_accepted():
    """A question and a notice in time pass, on the last day too."""
    check_pause(access(D(2026, 9, 7)), D(2026, 10, 7), "much held", today=TODAY, law=LAW)
    check_extension(access(D(2026, 6, 1)), D(2026, 7, 1), "complexity", "why", today=TODAY, law=LAW)
    check_receipt(D(2026, 12, 1), TODAY, LAW)
    with pytest.raises(InputError):
        check_receipt(D(2026, 12, 2), TODAY, LAW)


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (D(2026, 6, 19), D(2026, 7, 20)),
        (D(2026, 11, 25), D(2026, 12, 29)),
        (D(2028, 2, 1), D(2028, 3, 2)),
        (D(2026, 6, 18), D(2026, 7, 20)),
    ],
)
def test_complaint_acknowledgement(received: dt.date, expected: dt.date):
    """A complaint is acknowledged in days, not a month, and by policy before the section began."""
    assert complaint_ack(received, LAW) == expected


@pytest.mark.parametrize(
    ("relied_on", "earliest"),
    [
        (D(2026, 11, 22), D(2026, 5, 23)),
        (D(2026, 11, 30), D(2026, 6, 1)),
        (D(2026, 8, 30), D(2026, 3, 1)),
        (D(2026, 8, 31), D(2026, 3, 1)),
        (D(2028, 8, 29), D(2028, 3, 1)),
    ],
)
def test_health_opinion_window(relied_on: dt.date, earliest: dt.date):
    """At the end of a month the stricter day is used."""
    assert health_opinion_earliest(relied_on, LAW) == earliest
    assert health_opinion_age(earliest, relied_on, LAW) is OpinionAge.EXPIRING
    assert health_opinion_age(relied_on, relied_on, LAW) is OpinionAge.FRESH
    older = earliest - dt.timedelta(days=1)
    assert health_opinion_age(older, relied_on, LAW) is OpinionAge.STALE


@pytest.mark.parametrize(
    ("asked", "expected"),
    [(D(2026, 11, 20), D(2026, 11, 23)), (D(2026, 12, 24), D(2026, 12, 29))],
)
def test_a_hold_is_confirmed_on_the_next_working_day(asked: dt.date, expected: dt.date):
    """The day to confirm a hold on deletion skips weekends and holidays."""
    assert hold_confirm_by(asked, LAW) == expected


def test_breach_hours_run_straight_through():
    """The hours run through a weekend and a clock change, and need a zone."""
    from zoneinfo import ZoneInfo

    london = ZoneInfo("Europe/London")
    aware = dt.datetime(2026, 10, 24, 9, 30, tzinfo=london)
    assert breach_notice_by(aware, LAW) == dt.datetime(2026, 10, 27, 8, 30, tzinfo=london)
    with pytest.raises(InputError):
        breach_notice_by(dt.datetime(2026, 10, 24), LAW)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"kind": "nonsense", "relevant_day": "2026-01-01"}, "kind"),
        ({"kind": "response_1m", "relevant_day": "2026-02-30"}, "relevant_day"),
        (
            {
                "kind": "response_1m",
                "relevant_day": "2026-03-01",
                "excluded_days": "2026-03-09..2026-03-02",
            },
            "excluded_days",
        ),
    ],
)
def test_a_bad_row_is_named(row: dict[str, str], column: str):
    """An unusable row is refused with its number and column."""
    with pytest.raises(InputError) as caught:
        compute_row(row, LAW, number=7)
    assert "Row 7" in caught.value.sentence
    assert column in caught.value.sentence


def test_a_given_unrolled_day_is_reported_and_never_used():
    """A wrong unrolled day changes nothing but the working."""
    row = {"kind": "response_1m", "relevant_day": "2026-03-31", "unrolled": "2026-05-01"}
    answer = compute_row(row, LAW)
    assert answer.expected == D(2026, 4, 30)
    assert "Fri 1 May 2026, differs from ours, Thu 30 Apr 2026" in answer.working
