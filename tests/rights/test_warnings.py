"""What an officer should look at, and what the law forbids at present."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.blocks import blocks_of
from rights.case import Case
from rights.clock import read_clock
from rights.clock.of_case import facts_of
from rights.events import Event
from rights.events import kinds as k
from rights.law import Law, load
from rights.warnings import NOTHING, Concern, KnownOf, Records, warnings_of
from tests.rights.gates.build import (
    OFFICER,
    OTHER,
    TODAY,
    asked,
    case_of,
    decided,
    opened,
    people,
    read,
)

LAW = load()
HOME = "3 Teasel Way, Gullwick TS94 2BD"


def confirmed(law: Law, on: dt.date = TODAY) -> Law:
    """The law with the Commissioner's address confirmed."""
    rule = law.rules["regulator.contact"]
    values = tuple(
        replace(v, value={**dict(v.value), "last_verified": on.isoformat()})  # type: ignore[arg-type]
        for v in rule.values
    )
    return replace(law, rules={**law.rules, rule.id: replace(rule, values=values)})


SURE = confirmed(LAW)


def found(
    *events: Event,
    records: Records = NOTHING,
    law: Law = SURE,
    today: dt.date = TODAY,
    people_of: dict[str, Any] | None = None,
) -> dict[str, Concern]:
    case = case_of((opened(), people(**(people_of or {})), *events))
    clock = read_clock(facts_of(case), today, law)
    return {c.code: c for c in warnings_of(case, clock, records, law, today)}


def parent(born: dt.date) -> dict[str, Any]:
    subject = {"names": [{"forenames": "Jo", "surname": "Ives"}], "date_of_birth": str(born)}
    return {"subject": subject, "requester": "parent", "requester_name": "Al Ives"}


def test_a_plain_case_warns_of_nothing():
    """An adult's request, asked in person, with a confirmed address: nothing to look at but lag."""
    assert set(found()) <= {"clock.recognition_lag"}


@pytest.mark.parametrize(
    ("born", "warned"),
    [
        (dt.date(2014, 11, 24), False),
        (dt.date(2014, 11, 23), True),
        (dt.date(2011, 1, 1), True),
        (dt.date(2021, 1, 1), False),
    ],
)
def test_a_parents_request_for_a_child_of_twelve_is_a_prompt(born: dt.date, warned: bool):
    """On the twelfth birthday the prompt comes, a day before it does not."""
    told = found(people_of=parent(born))
    assert ("warning.child_may_decide" in told) == warned


def test_a_child_who_asks_for_themselves_brings_no_prompt():
    """The prompt is for those who ask for a child."""
    mine = {**parent(dt.date(2011, 1, 1)), "requester": "self"}
    assert "warning.child_may_decide" not in found(people_of=mine)


@pytest.mark.parametrize(
    ("flag", "code"),
    [
        ("Care proceedings (live)", "warning.court"),
        ("Police investigation", "warning.police"),
        ("Stage 2 complaint", "warning.complaint"),
        ("ADOPTION - restricted", "warning.adoption"),
    ],
)
def test_flags_in_the_records_call_for_care(flag: str, code: str):
    """Court, police, complaint and adoption flags of the subject's record are pointed out."""
    assert code in found(records=Records((KnownOf((flag,), ()),), ()))


def test_somebody_elses_adoption_is_not_the_subjects():
    """An adoption flag on another person's record says nothing of the subject."""
    assert "warning.adoption" not in found(records=Records((), (KnownOf(("adoption",), ()),)))


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        (("risk of violence",), "warning.address_of_danger"),
        (("whereabouts withheld",), "warning.address_of_protected"),
        ((), ""),
    ],
)
@pytest.mark.parametrize(
    "written", [HOME, "3, Teasel Way, TS942BD", "3 teasel way gullwick ts94 2bd"]
)
def test_an_answer_to_a_dangerous_address_is_warned_of(
    flags: tuple[str, ...], code: str, written: str
):
    """However the address is written, the same house counts, and only with a flag."""
    to = {"recipient": {"name": "Jo", "address": ["3 Teasel Way", "Gullwick", "TS94 2BD"]}}
    told = found(records=Records((), (KnownOf(flags, (written,)),)), people_of=to)
    codes = {c for c in told if c.startswith("warning.address")}
    assert codes == ({code} if code else set())


def test_the_house_next_door_is_another_address():
    """The same postcode with another number is no match."""
    to = {"recipient": {"name": "Jo", "address": ["5 Teasel Way", "Gullwick", "TS94 2BD"]}}
    told = found(records=Records((), (KnownOf(("risk of violence",), (HOME,)),)), people_of=to)
    assert not any(c.startswith("warning.address") for c in told)


def test_an_unconfirmed_commissioner_is_warned_of_and_blocks():
    """Until somebody confirms the address or the DPO decides for this case."""
    assert "warning.regulator" in found(law=LAW)
    assert "warning.regulator" not in found(law=SURE)
    settled = decided("regulator contact", "checked and right", OTHER)
    assert "warning.regulator" not in found(settled, law=LAW)


def test_a_decision_under_other_law_is_pointed_out_once():
    """Decisions keep their law; when the law data changes since, one warning counts them."""
    events = (decided("standing", "nothing to settle"), decided("cast/P01/name", "withhold"))
    changed = replace(SURE, version="0" * 64)
    told = found(*events, law=changed)
    assert "2 decisions (standing, cast)" in told["warning.law_changed"].sentence
    assert LAW.version[:8] in told["warning.law_changed"].sentence
    assert "warning.law_changed" not in found(*events)


@pytest.mark.parametrize(("age", "warned"), [(10, False), (170, True), (400, True)])
def test_an_opinion_that_runs_out_is_warned_of_and_risks_the_date(age: int, warned: bool):
    """Within the days of the policy before it ends, and after."""
    dated = TODAY - dt.timedelta(days=age)
    opinion = (
        k.OpinionAsked(
            actor=OFFICER, opinion="opinion/1", items=("D1/p",), asked_on=dated, professional="{}"
        ),
        k.OpinionGiven(
            actor=OFFICER,
            opinion="opinion/1",
            dated=dated,
            received_on=dated,
            harm=(),
            no_harm=("D1/p",),
            by="{}",
        ),
    )
    told = found(read("D1"), *opinion)
    assert ("warning.opinion" in told) == warned
    assert not warned or told["warning.opinion"].risks_date


def test_time_that_slips_risks_the_date():
    """Past the cautious target the case is on the board of dates at risk."""
    told = found(today=dt.date(2026, 12, 1))
    assert told["clock.target_passed"].risks_date
    assert told["clock.target_passed"].rule_id == "target.internal"


def test_a_closed_case_warns_of_nothing():
    """What is over is over."""
    closed = k.CaseClosed(actor=OFFICER, outcome="refused", closed_on=TODAY)
    assert found(closed, law=LAW) == {}


@given(st.lists(st.text(max_size=20), max_size=4), st.lists(st.text(max_size=40), max_size=4))
def test_no_warning_repeats_what_the_records_say(flags: list[str], addresses: list[str]):
    """Whatever stands in the records, no sentence of a warning holds it."""
    secret = "Xanthippe Quux"
    known = KnownOf((*flags, f"{secret} risk of violence"), (*addresses, f"3 {secret} TS94 2BD"))
    to = {"recipient": {"name": secret, "address": [f"3 {secret}", "TS94 2BD"]}}
    told = found(records=Records((known,), (known,)), people_of=to)
    assert "warning.address_of_danger" in told
    assert all(secret not in c.sentence for c in told.values())


def blocks(*events: Event, law: Law = SURE) -> set[str]:
    case: Case = case_of((opened(), people(), *events))
    clock = read_clock(facts_of(case), TODAY, law)
    return {b.code for b in blocks_of(case, clock, law, TODAY)}


@pytest.mark.parametrize(
    ("topic", "code"),
    [
        ("health", "block.health"),
        ("passage", "block.unclassified"),
        ("cast", "block.people"),
        ("who", "block.people"),
        ("mode", "block.silent"),
        ("standing", "block.standing"),
    ],
)
def test_what_is_not_settled_may_not_leave(topic: str, code: str):
    """Each hard block of the law notes stands while its question is open."""
    assert blocks(asked(f"{topic}/1", topic, "yes", "no")) == {code}


def test_an_expired_address_blocks_until_the_dpo_decides():
    """No answer may be sealed that names a route nobody has confirmed."""
    assert blocks(law=LAW) == {"block.regulator"}
    assert not blocks(decided("regulator contact", "checked and right", OTHER), law=LAW)


def test_what_may_not_count_of_the_time_is_told():
    """An extension noticed too late blocks nothing by itself and is named with its rule."""
    late = k.TimeExtended(
        actor=OFFICER, noticed_on=dt.date(2026, 12, 20), ground="complexity", reasons="x"
    )
    assert blocks(late) == {"clock.extension_late"}
