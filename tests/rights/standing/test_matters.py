"""What must be settled about whoever asks: worked cases, and what holds for all of them."""

import datetime as dt
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from rights.law import load
from rights.people import RequestPeople
from rights.standing import Band, Facts, Then, bands_of, by_power, matters_of, outgrown
from rights.standing.ages import age_on
from tests.rights.standing.worked import BORN, RECEIVED, TODAY, ids, people

LAW = load()
WHOSE, PR = "standing/whose-right", "standing/parental-responsibility"
CHILD, YOUNG, ADULT = (f"standing/competence/{b}" for b in ("under-16", "16-17", "adult"))
AUTHORITY = "standing/authority"


@pytest.mark.parametrize(
    ("request_", "settled", "expected"),
    [
        (people("self", "40"), {}, []),
        (people("self", "16"), {}, []),
        (people("self", "unknown"), {}, []),
        (people("self", "15"), {}, ["standing/own-request/under-16"]),
        (people("self", "8"), {}, ["standing/own-request/under-16"]),
        (people("parent", "8"), {}, [WHOSE, PR, CHILD]),
        (people("parent", "13"), {}, [WHOSE, PR, CHILD]),
        (people("parent", "unknown"), {}, [WHOSE, PR, CHILD]),
        (
            people("parent", "13"),
            {CHILD: "not-competent"},
            [WHOSE, PR, CHILD, "standing/interests/under-16"],
        ),
        (people("parent", "13"), {CHILD: "agrees"}, [WHOSE, PR, CHILD]),
        (people("parent", "13"), {CHILD: "says-no"}, [CHILD]),
        (people("parent", "13"), {PR: "none"}, [PR]),
        (people("parent", "16"), {}, [WHOSE, PR, YOUNG]),
        (people("parent", "17"), {}, [WHOSE, PR, YOUNG]),
        (
            people("parent", "17"),
            {YOUNG: "lacks-capacity"},
            [WHOSE, PR, YOUNG, "standing/interests/16-17"],
        ),
        (people("parent", "18"), {}, [WHOSE, ADULT]),
        (people("parent", "18"), {YOUNG: "agrees", CHILD: "agrees"}, [WHOSE, ADULT]),
        (people("agent", "40"), {}, [AUTHORITY]),
        (people("other", "40"), {}, [AUTHORITY]),
        (people("agent", "16"), {}, [AUTHORITY]),
        (people("agent", "13"), {}, [AUTHORITY, CHILD]),
        (
            people("agent", "13"),
            {CHILD: "not-competent"},
            [AUTHORITY, PR, CHILD, "standing/interests/under-16"],
        ),
        (people("deputy", "40"), {}, ["standing/deputy"]),
        (people("body", "40"), {}, ["standing/body"]),
        (people(coercion_suspected=True), {}, ["standing/coercion"]),
        (people("agent", coercion_suspected=True), {}, ["standing/coercion", AUTHORITY]),
        (people(answer_to="somebody else"), {}, ["standing/recipient"]),
        (people("parent", "13", died_on="2026-11-19"), {}, ["standing/died-before"]),
        (people(died_on="2026-11-20"), {}, ["standing/died-since"]),
        (people(died_on="2026-11-22"), {}, ["standing/died-since"]),
    ],
)
def test_who_asks_for_whom_decides_what_must_be_settled(
    request_: RequestPeople, settled: dict[str, str], expected: list[str]
):
    """Each kind of person brings its own matters; an ending leaves nothing else to settle."""
    assert ids(request_, LAW, settled) == expected


@pytest.mark.parametrize(
    ("requester", "age", "power"),
    [
        ("self", "13", False),
        ("parent", "13", True),
        ("parent", "17", True),
        ("parent", "18", False),
        ("deputy", "40", True),
        ("agent", "13", False),
    ],
)
def test_only_parents_and_deputies_ask_by_a_power(requester: str, age: str, power: bool):
    """The exemptions for such requests do not reach agents, nor the parents of adults."""
    assert by_power(people(requester, age), TODAY, LAW) is power


def test_the_age_prompts_and_never_decides():
    """From twelve on the prompt says so, and the options stay the same at every age."""
    by_age = {
        age: next(
            m
            for m in matters_of(Facts(people("parent", age), RECEIVED, TODAY), LAW)
            if m.id.startswith("standing/competence")
        )
        for age in ("8", "13")
    }
    assert "often understand" in by_age["13"].prompt
    assert "seldom" in by_age["8"].prompt
    assert by_age["8"].options == by_age["13"].options


def test_a_leap_day_birthday_counts_on_the_first_of_march():
    """Who was born on 29 February is a year older on 1 March of a common year."""
    born = dt.date(2012, 2, 29)
    assert [age_on(born, dt.date(2026, *d)) for d in ((2, 28), (3, 1))] == [13, 14]
    assert age_on(born, dt.date(2028, 2, 29)) == 16


def test_the_bands_begin_on_the_birthday():
    """The day before the sixteenth and the eighteenth birthday is another band."""
    bands = bands_of(LAW, TODAY)
    assert [bands.of(BORN[a], TODAY) for a in ("15", "16", "17", "18")] == [
        Band.CHILD,
        Band.YOUNG,
        Band.YOUNG,
        Band.ADULT,
    ]


requests = st.builds(
    people,
    requester=st.sampled_from(["self", "parent", "agent", "deputy", "body", "other"]),
    age=st.sampled_from(list(BORN)),
    coercion_suspected=st.booleans(),
    answer_to=st.sampled_from(["requester", "subject", "somebody else"]),
)
days = st.dates(TODAY, dt.date(2036, 11, 23))
MATTERS = (WHOSE, PR, CHILD, YOUNG, ADULT, AUTHORITY, "standing/interests/under-16")
ALSO = ("standing/deputy", "standing/body", "standing/recipient", "standing/coercion")
outcomes = st.dictionaries(
    st.sampled_from((*MATTERS, *ALSO)),
    st.sampled_from(["agrees", "not-competent", "holds", "child", "authorised", "in-interests"]),
)


@given(requests, days, outcomes)
def test_every_matter_can_be_settled_and_none_is_asked_twice(
    request_: RequestPeople, today: dt.date, settled: dict[str, str]
):
    """Ids are unique, each has an option that goes on, and only role, age and answers count."""
    facts = Facts(request_, RECEIVED, today)
    found = matters_of(facts, LAW, lambda m: settled.get(m, ""))
    assert len({m.id for m in found}) == len(found)
    assert all(o.letter for m in found for o in m.options if o.then is Then.REFUSED)
    assert all(any(o.then is not Then.REFUSED for o in m.options) for m in found)
    assert all(len({o.label for o in m.options}) == len(m.options) for m in found)


@given(
    st.sampled_from(["parent", "agent", "other"]),
    st.dates(dt.date(2008, 11, 25), dt.date(2020, 1, 1)),
    st.integers(0, 400),
)
def test_a_birthday_between_two_days_is_decided_anew_and_nothing_else(
    requester: str, born: dt.date, later: int
):
    """A matter that rests on an age is outgrown just when the band has changed."""
    request_: Any = people(requester)
    request_ = request_.model_copy(
        update={"subject": request_.subject.model_copy(update={"date_of_birth": born})}
    )
    day = TODAY + dt.timedelta(days=later)
    settled = ids(request_, LAW, {}, TODAY)
    gone = outgrown(settled, request_, day, LAW)
    birthdays = [born + relativedelta(years=n) for n in (16, 18)]
    crossed = any(TODAY < b <= day for b in birthdays if (b.month, b.day) == (born.month, born.day))
    if (born.month, born.day) != (2, 29):
        assert bool(gone) == (crossed and any("/1" in m or "under" in m for m in settled))
    assert not gone & set(ids(request_, LAW, {}, day))
    assert set(settled) - gone <= {*ids(request_, LAW, {}, day), PR}
