"""Weighing other people, writing down what is withheld, and the classes of passages."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.classes import DataClass, RecordKind, classify, ground_for
from rights.errors import RefusedError
from rights.exemptions import check_data, exemption, exemptions
from rights.law import load
from rights.release import FactKind
from rights.weighing import check_together, check_weighed, factors, weighed
from rights.withholding import check_decider, check_record, entries

LAW = load()
ON = dt.date(2026, 11, 23)
FACTORS = factors(LAW, on=ON)
WHOLE = st.fixed_dictionaries({f.code: st.sampled_from([a for a, _ in f.answers]) for f in FACTORS})
PLAIN = {
    "information": "daily_life",
    "confidence": "none",
    "consent": "no_answer",
    "capacity": "able",
    "refusal": "none",
}


def refused(weighing: Mapping[str, str], *, disclose: bool, reason: str = "") -> str:
    """The code with which a weighing is refused; empty when it stands."""
    try:
        check_weighed(weighing, LAW, on=ON)
        check_together(weighing, disclose=disclose, reason=reason, law=LAW, on=ON)
    except RefusedError as error:
        return error.code
    return ""


def test_the_five_factors_of_the_statute():
    """Type of information, duty of confidence, steps for consent, capacity, refusal; in order."""
    codes = [f.code for f in FACTORS]
    assert codes == ["information", "confidence", "consent", "capacity", "refusal"]
    assert sum(words.startswith("Not asked, because") for _, words in FACTORS[2].answers) >= 5


@pytest.mark.parametrize("left_out", list(PLAIN))
def test_each_factor_is_needed(left_out: str):
    """A weighing without one of the five, or with an answer nobody offered, is refused."""
    assert refused({k: v for k, v in PLAIN.items() if k != left_out}, disclose=False)
    assert refused({**PLAIN, left_out: "whatever"}, disclose=False) == "weighing.missing"
    assert refused(PLAIN, disclose=True) == refused(PLAIN, disclose=False) == ""


@pytest.mark.parametrize(
    ("change", "disclose", "reason", "code"),
    [
        ({"consent": "given"}, True, "", ""),
        ({"consent": "given"}, False, "", "weighing.consented"),
        ({"consent": "given"}, False, "for their safety", "weighing.consented"),
        ({"consent": "given", "refusal": "refused"}, True, "x", "weighing.contradiction"),
        ({"consent": "given", "capacity": "child"}, True, "x", "weighing.contradiction"),
        ({"consent": "refused"}, False, "", "weighing.contradiction"),
        ({"consent": "refused", "refusal": "refused"}, False, "", ""),
        ({"consent": "refused", "refusal": "refused"}, True, "", "weighing.reason"),
        ({"consent": "refused", "refusal": "refused"}, True, "it is her own story", ""),
        ({"confidence": "owed"}, True, "", "weighing.reason"),
        ({"confidence": "owed"}, False, "", ""),
        ({"information": "sensitive"}, True, "", "weighing.reason"),
        ({"information": "endangers"}, True, "", "weighing.reason"),
        ({"capacity": "child", "consent": "not_child"}, True, "", ""),
    ],
)
def test_worked_weighings(change: dict[str, str], disclose: bool, reason: str, code: str):
    """What cannot both be true, and what does not bear the decision, is refused."""
    assert refused({**PLAIN, **change}, disclose=disclose, reason=reason) == code


@given(WHOLE, st.booleans(), st.sampled_from(["", "a reason"]))
def test_a_whole_weighing_is_never_missing_anything(
    weighing: dict[str, str], disclose: bool, reason: str
):
    """Any five offered answers are complete; a reason never makes a lawful decision unlawful."""
    code = refused(weighing, disclose=disclose, reason=reason)
    assert code in ("", "weighing.contradiction", "weighing.consented", "weighing.reason")
    assert code != "weighing.reason" or (disclose and not reason)
    if not refused(weighing, disclose=disclose):
        assert not refused(weighing, disclose=disclose, reason="more")


@given(WHOLE)
def test_nothing_is_impossible_to_decide(weighing: dict[str, str]):
    """Where the answers can all be true, one of the two decisions can be taken with a reason."""
    either = [refused(weighing, disclose=d, reason="why") for d in (True, False)]
    assert "" in either or either == ["weighing.contradiction"] * 2


def test_factors_are_read_from_an_answer_as_given():
    """Whatever an answer's details hold, only named answers come out."""
    assert weighed({"factors": {"consent": "given", "refusal": ""}}) == {"consent": "given"}
    assert weighed({"factors": "all of them"}) == weighed({}) == {}


def test_every_ground_says_who_decides_and_what_is_written_down():
    """No ground that withholds is without a role, and none asks for an entry nobody knows."""
    for row in exemptions(LAW, on=ON):
        assert bool(row.roles) == row.withholds
        assert len(entries(row, LAW, on=ON)) == len(row.record)
        assert not row.record or row.record[0] == "extent"


@pytest.mark.parametrize(
    ("code", "roles", "allowed"),
    [
        ("SW-HARM", {"manager"}, True),
        ("SW-HARM", {"officer", "approver"}, False),
        ("ABUSE", {"manager"}, True),
        ("ABUSE", {"legal"}, False),
        ("LPP", {"legal"}, True),
        ("LPP", {"manager"}, False),
        ("JUD", {"legal"}, True),
        ("ADOPT", {"legal"}, True),
        ("ADOPT", {"officer"}, False),
        ("CRIME", {"officer"}, True),
        ("3P", {"officer"}, True),
        ("3P", {"approver"}, False),
    ],
)
def test_each_ground_has_its_decider(code: str, roles: set[str], allowed: bool):
    """Harm and abuse are a manager's, privilege, courts and adoption are Legal's (law.md 4.4)."""
    if allowed:
        check_decider(code, frozenset(roles), LAW, on=ON)
        return
    with pytest.raises(RefusedError) as caught:
        check_decider(code, frozenset(roles), LAW, on=ON)
    assert caught.value.code == "withholding.decider"


FILLED = {
    "extent": "two sentences",
    "harm": "Serious harm to somebody's mental health",
    "prejudice": "nobody would talk to us again",
    "interests": "it would end the placement",
    "wish": "she asked on 3 May that he is not told",
    "view_of": "the officer in the case",
    "view_dated": "2026-11-20",
    "claimed_by": "the head of legal services",
    "provision": "regulation 41",
    "proceedings": "Disclosure would be likely to prejudice the proceedings",
    "review": "2027-05-23",
}


@pytest.mark.parametrize("code", [e.code for e in exemptions(LAW, on=ON) if e.record])
def test_a_whole_record_stands_and_each_entry_is_needed(code: str):
    """With all its entries a ground's record stands; without any one of them it is refused."""
    check_record(code, FILLED, LAW, on=ON)
    for name in exemption(code, LAW, on=ON).record:
        with pytest.raises(RefusedError) as caught:
            check_record(code, {**FILLED, name: " "}, LAW, on=ON)
        assert caught.value.code == "withholding.incomplete"


@pytest.mark.parametrize(
    ("code", "entry", "said", "refusal"),
    [
        ("SW-HARM", "harm", "Distress, upset or embarrassment", "withholding.test"),
        ("ED-HARM", "harm", "Distress, upset or embarrassment", "withholding.test"),
        ("SW-HARM", "harm", "some harm", "withholding.test"),
        ("JUD", "proceedings", "The proceedings are live", "withholding.test"),
        ("SW-HARM", "review", "2026-11-23", "withholding.date"),
        ("SW-HARM", "review", "next spring", "withholding.date"),
        ("CRIME", "view_dated", "2026-11-24", "withholding.date"),
    ],
)
def test_a_record_that_does_not_meet_the_test_is_refused(
    code: str, entry: str, said: str, refusal: str
):
    """Distress is not serious harm, live proceedings alone are no reason, and days must be real."""
    with pytest.raises(RefusedError) as caught:
        check_record(code, {**FILLED, entry: said}, LAW, on=ON)
    assert caught.value.code == refusal
    assert said not in caught.value.sentence or refusal != "withholding.date"


@pytest.mark.parametrize(
    ("kind", "record", "expected"),
    [
        (FactKind.HEALTH, RecordKind.SOCIAL_WORK, DataClass.HEALTH),
        (FactKind.HEALTH, RecordKind.EDUCATION, DataClass.HEALTH),
        (FactKind.HEALTH, RecordKind.HEALTH, DataClass.HEALTH),
        (FactKind.PRIVATE, RecordKind.EDUCATION, DataClass.EDUCATION),
        (FactKind.PRIVATE, RecordKind.SOCIAL_WORK, DataClass.SOCIAL_WORK),
        (FactKind.PRIVATE, RecordKind.HEALTH, DataClass.SOCIAL_WORK),
    ],
)
def test_health_comes_before_education_before_social_work(
    kind: FactKind, record: RecordKind, expected: DataClass
):
    """Health data wherever they stand, else education data, else social work data (4.0)."""
    assert classify(kind, record) is expected


def test_serious_harm_has_one_ground_for_each_class():
    """The ground of another class is turned into that of the passage's own, and fits no other."""
    grounds = {"HEALTH-HARM": "health", "ED-HARM": "education", "SW-HARM": "social work"}
    for (code, own), data in itertools.product(grounds.items(), DataClass):
        assert grounds[ground_for(code, data)] == data.value
        if own == data.value:
            check_data(code, data.value, LAW, on=ON)
        else:
            with pytest.raises(RefusedError):
                check_data(code, data.value, LAW, on=ON)
    assert ground_for("LPP", DataClass.EDUCATION) == "LPP"
