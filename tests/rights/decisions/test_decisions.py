"""Decisions per right: the table of the law notes, grounds of refusal, and the record kept."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.refusal import FeeNotice, RefusalLetter
from rights.case import Case
from rights.decisions import (
    check_refusal,
    contact_expired,
    letter_needs,
    other_right,
    record,
    refusal,
    refusals,
    right_table,
    since_changed,
    way,
    what_stands,
)
from rights.errors import InputError, RefusedError
from rights.fold import apply
from rights.law import Law, load
from rights.release import Right
from rights.road import REFUSALS, WITHDRAWN
from tests.rights.gates.build import OTHER, Row, case_of, opened, people

LAW = load()
DAY = dt.date(2026, 11, 23)
RIGHTS = list(Right)
WAYS = {
    Right.ACCESS: {
        "provided in full",
        "provided in part",
        "nothing held",
        "refused",
        "exempt entirely",
        "neither confirm nor deny",
    },
    Right.RECTIFICATION: {
        "corrected",
        "completed by a statement",
        "partly corrected",
        "refused with a note on file",
    },
    Right.ERASURE: {"erased", "erased in part", "restricted instead", "refused", "nothing held"},
    Right.RESTRICTION: {
        "restricted",
        "restricted in part",
        "not restricted",
        "lifted after notice",
    },
    Right.PORTABILITY: {"exported", "refused"},
    Right.OBJECTION: {
        "stopped",
        "stopped in part",
        "continues on compelling grounds",
        "refused",
    },
    Right.AUTOMATED_DECISION: {
        "reconsidered by a person",
        "explained",
        "changed",
        "upheld",
        "not automated",
    },
    Right.CONSENT_WITHDRAWAL: {"stopped", "continues on another basis"},
    Right.COMPLAINT: {"upheld", "partly upheld", "not upheld"},
}


def logged(right: Right = Right.ACCESS) -> Case:
    return case_of((opened(right), people()))


def decide(case: Case, outcome: str, law: Law = LAW, matter: str = "outcome") -> Case:
    rules = ("right.any",)
    made = record(case, actor=OTHER, matter=matter, outcome=outcome, law=law, on=DAY, rules=rules)
    noon = dt.datetime.combine(DAY, dt.time(12), dt.UTC)
    return apply(case, Row(case.seq + 1, made, noon))


@pytest.mark.parametrize("right", RIGHTS)
def test_each_right_ends_in_the_ways_of_the_law_notes(right: Right):
    """The outcomes of each right are those of the table, each with whoever may decide it."""
    table = right_table(right, LAW, on=DAY)
    assert {w.code for w in table.ways} == WAYS[right]
    assert all(w.by for w in table.ways)
    assert table.decides and table.traps and table.citation
    assert all(q.plain and q.citation for q in table.decides)


@pytest.mark.parametrize("right", RIGHTS)
def test_whatever_refuses_or_limits_names_every_route(right: Right):
    """A way that gives less than was asked for needs the ways to complain (Art 12(4))."""
    less = (
        "refused",
        "part",
        "not ",
        "instead",
        "continues",
        "upheld",
        "nothing",
        "exempt",
        "deny",
    )
    for found in right_table(right, LAW, on=DAY).ways:
        if any(word in found.code for word in less):
            assert found.routes, found.code


def test_the_road_and_the_law_know_the_same_endings():
    """Each outcome that ends the road of an access request ends it in the law data, too."""
    ends = {w.code for w in right_table(Right.ACCESS, LAW, on=DAY).ways if w.ends}
    assert ends == REFUSALS
    assert way(Right.ACCESS, WITHDRAWN, LAW, on=DAY).ends


def test_automated_decisions_are_decided_by_the_article_of_the_day():
    """Article 22 until 4 February 2026, Articles 22A to 22D from then on."""
    before = right_table(Right.AUTOMATED_DECISION, LAW, on=dt.date(2026, 2, 4))
    after = right_table(Right.AUTOMATED_DECISION, LAW, on=dt.date(2026, 2, 5))
    assert before.citation.startswith("UK GDPR Art 22 ")
    assert after.citation == "UK GDPR Arts 22A-22D"
    assert before.decides != after.decides


def test_rights_beside_the_requests_have_their_tables():
    """Telling recipients and direct marketing are decided by tables of their own."""
    assert {w.code for w in other_right("recipients", LAW, on=DAY).ways} == {
        "each notified",
        "exception recorded",
    }
    assert "stopped" in {w.code for w in other_right("marketing", LAW, on=DAY).ways}


def test_unknown_outcomes_are_refused():
    """What the law does not know is not decided."""
    with pytest.raises(RefusedError) as caught:
        way(Right.ACCESS, "erased", LAW, on=DAY)
    assert caught.value.code == "decision.outcome"


def test_a_decision_keeps_its_rules_and_takes_the_place_of_the_one_before():
    """Append-only: the second supersedes the first by name; both stay."""
    case = decide(logged(), "refused")
    case = decide(case, "open")
    first, second = case.decisions
    assert (first.event.decision, second.event.decision) == ("outcome/1", "outcome/2")
    assert (first.event.supersedes, second.event.supersedes) == ("", "outcome/1")
    assert what_stands(case) == (second,)
    assert first.event.law_version == LAW.version_of(first.event.rules)
    assert not since_changed(first, LAW)
    assert not since_changed(first, replace(LAW, version="other")), "another rule was edited"
    used = first.event.rules[0]
    edited = {**LAW.rules, used: replace(LAW.rules[used], digest="other")}
    assert since_changed(first, replace(LAW, rules=edited))
    gone = {rule_id: rule for rule_id, rule in LAW.rules.items() if rule_id != used}
    assert since_changed(first, replace(LAW, rules=gone))


def test_a_decision_on_rules_that_do_not_exist_is_refused():
    """Rules are named by ids that resolve."""
    with pytest.raises(InputError):
        record(
            logged(),
            actor=OTHER,
            matter="outcome",
            outcome="refused",
            law=LAW,
            on=DAY,
            rules=("right.nonsense",),
        )


def test_facts_are_kept_as_they_were_given():
    """The facts stand in the sealed field as JSON, in their own letters."""
    made = record(
        logged(),
        actor=OTHER,
        matter="outcome",
        outcome="refused",
        law=LAW,
        on=DAY,
        facts={"reason": "Siân", "on": DAY},
    )
    assert json.loads(made.facts) == {"reason": "Siân", "on": "2026-11-23"}
    assert "Siân" in made.facts


@pytest.mark.parametrize("right", RIGHTS)
def test_every_right_takes_its_own_outcomes_and_no_other(right: Right):
    """Each way of a right can be recorded for it, and those of the others cannot.

    As manifestly unfounded or excessive any request can be refused (Art 12(5)).
    """
    case = logged(right)
    for code in WAYS[right]:
        assert decide(case, code).decision("outcome") is not None
    for code in set().union(*WAYS.values()) - WAYS[right] - {"refused"}:
        with pytest.raises(RefusedError):
            decide(case, code)


@given(st.lists(st.sampled_from(sorted(WAYS[Right.ACCESS])), min_size=1, max_size=6))
def test_the_latest_decision_stands_and_the_chain_is_whole(outcomes: list[str]):
    """However often a matter is decided, each names its forerunner and the last one counts."""
    case = logged()
    for outcome in outcomes:
        case = decide(case, outcome)
    ids = [d.event.decision for d in case.decisions]
    assert len(set(ids)) == len(ids)
    assert [d.event.supersedes for d in case.decisions] == ["", *ids[:-1]]
    stands = case.decision("outcome")
    assert stands is not None and stands.event.outcome == outcomes[-1]


@pytest.mark.parametrize("ground", ["unfounded", "excessive"])
@pytest.mark.parametrize("weak", ["rude words", "large volume", "lawsuit", "asked before"])
def test_tone_size_and_lawsuits_never_carry_a_refusal(ground: str, weak: str):
    """What the regulator says is not enough is refused with the reason; beside a reason it may."""
    with pytest.raises(RefusedError) as caught:
        check_refusal(ground, [weak], "facts", LAW, on=DAY)
    assert caught.value.code == "refusal.not_enough"
    strong = refusal(ground, LAW, on=DAY).enough[0].code
    assert check_refusal(ground, [weak, strong], "facts", LAW, on=DAY).ground == ground


def test_only_the_two_limbs_allow_a_fee_and_need_proof():
    """A fee stands in place of refusing as unfounded or excessive, and nowhere else."""
    for found in refusals(LAW, on=DAY):
        limb = found.ground in ("unfounded", "excessive")
        assert (found.fee, found.proof) == (limb, limb)
        assert found.plain and found.citation


@given(st.integers(0, 800))
def test_the_commissioners_address_expires(days: int):
    """A confirmation holds for the days of the policy and not a day longer."""
    rule = LAW.rules["regulator.contact"]
    verified = (DAY - dt.timedelta(days=days)).isoformat()
    values = tuple(
        replace(v, value={**dict(v.value), "last_verified": verified})  # type: ignore[arg-type]
        for v in rule.values
    )
    law = replace(LAW, rules={**LAW.rules, rule.id: replace(rule, values=values)})
    assert contact_expired(law, on=DAY) == (days > LAW.number("regulator.verified_within", DAY))


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("acknowledgement", {"understood", "due", "needed", "contact", "support"}),
        ("identity_request", {"doubt", "evidence", "time"}),
        ("clarification_request", {"unclear", "volume", "choices", "everything", "stopped"}),
        ("extension_notice", {"ground", "reasons", "date", "routes"}),
        (RefusalLetter.kind, {"limb", "facts", "routes", "contact"}),
        (FeeNotice.kind, {"limb", "facts", "basis", "time", "routes"}),
        ("cover_letter", {"outcome", "reasons", "routes"}),
    ],
)
def test_what_each_letter_must_say_is_data(kind: str, codes: set[str]):
    """The needs of the letters of the law notes are in the law data."""
    needs = letter_needs(kind, LAW, on=DAY)
    assert needs is not None
    assert codes <= {code for code, _ in needs.contains}
    assert letter_needs("postcard", LAW, on=DAY) is None
