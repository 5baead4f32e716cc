"""An answer about who may ask says what it rests on, or it is refused."""

import datetime as dt

import pytest

from rights.errors import InputError
from rights.law import load
from rights.standing import Facts, Matter, check_entries, matters_of
from tests.rights.standing.worked import RECEIVED, TODAY, people

LAW = load()


def matter_of(requester: str, name: str, age: str = "13") -> Matter:
    facts = Facts(people(requester, age), RECEIVED, TODAY)
    found = matters_of(facts, LAW, lambda m: "not-competent" if "competence" in m else "")
    return next(m for m in found if m.id.startswith(f"standing/{name}"))


def full(matter: Matter) -> dict[str, str]:
    """Entries that say everything."""
    return {
        e.name: {"date": TODAY.isoformat(), "choice": (*e.choices, "")[0]}.get(e.kind, "said")
        for e in matter.entries
    }


def refusal(matter: Matter, code: str, given: dict[str, str]) -> InputError:
    option = matter.option(code)
    assert option is not None
    with pytest.raises(InputError) as caught:
        check_entries(matter, option, given, TODAY, LAW)
    return caught.value


@pytest.mark.parametrize(
    "name", ["parental", "whose", "competence", "interests", "authority", "deputy", "body"]
)
def test_every_entry_that_an_option_needs_is_asked_for(name: str):
    """Left out one by one, each is named; with all of them the answer stands."""
    requester = {"authority": "agent", "deputy": "deputy", "body": "body"}.get(name, "parent")
    matter = matter_of(requester, name)
    for option in matter.options:
        check_entries(matter, option, full(matter), TODAY, LAW)
        for entry in matter.entries:
            if option.code in entry.needed_for:
                error = refusal(matter, option.code, {**full(matter), entry.name: ""})
                assert error.code == "standing.incomplete"
                assert entry.label.rstrip("?") in error.sentence


def test_the_interests_of_a_child_are_weighed_by_seven_factors():
    """All seven of the regulator's list, whichever way it goes, by the manager."""
    matter = matter_of("parent", "interests")
    for code in ("in-interests", "against"):
        assert sum(code in e.needed_for for e in matter.entries) == 7
    assert matter.decider == "manager"


def test_addresses_are_looked_at_in_every_request_of_a_parent():
    """A safe address, a placement, a school: said before the parent's request goes on."""
    matter = matter_of("parent", "parental")
    error = refusal(matter, "holds", {**full(matter), "whereabouts": ""})
    assert "must not be let slip" in error.sentence


def test_competence_says_who_when_why_and_whether_the_child_was_heard_alone():
    """An assessment without any of these is none."""
    needed = {e.name for e in matter_of("parent", "competence").entries}
    assert needed == {"assessed_by", "assessed_on", "evidence", "conclusion", "views"}


def test_an_authority_that_is_not_recent_is_confirmed():
    """Older than the council's months it counts only if the person confirmed it."""
    matter = matter_of("agent", "authority", "40")
    given = {**full(matter), "dated": "2026-05-22"}
    assert (
        refusal(matter, "authorised", {**given, "confirmed": ""}).code == "standing.old_authority"
    )
    option = matter.option("authorised")
    assert option is not None
    check_entries(matter, option, given, TODAY, LAW)
    check_entries(matter, option, {**given, "dated": "2026-05-23", "confirmed": ""}, TODAY, LAW)


def test_a_health_and_welfare_power_counts_only_without_capacity():
    """While the person can decide, it gives no power to ask."""
    matter = matter_of("deputy", "deputy", "40")
    instrument, capacity = (
        next(e for e in matter.entries if e.name == n) for n in ("instrument", "capacity")
    )
    welfare = next(c for c in instrument.choices if "welfare" in c)
    given = {**full(matter), "instrument": welfare}
    lacks, has, _ = capacity.choices
    assert refusal(matter, "covers", {**given, "capacity": has}).code == "standing.scope"
    option = matter.option("covers")
    assert option is not None
    check_entries(matter, option, {**given, "capacity": lacks}, TODAY, LAW)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("last week", "standing.day"),
        ("2026-02-30", "standing.day"),
        ((TODAY + dt.timedelta(days=1)).isoformat(), "standing.future"),
    ],
)
def test_a_day_that_cannot_be_is_refused(text: str, code: str):
    """A day is one of the calendar, and not ahead."""
    matter = matter_of("parent", "competence")
    assert refusal(matter, "agrees", {**full(matter), "assessed_on": text}).code == code


def test_a_choice_that_is_not_offered_is_refused():
    """Only what the law data list counts as evidence."""
    matter = matter_of("parent", "parental")
    error = refusal(matter, "holds", {**full(matter), "evidence": "He says so"})
    assert error.code == "standing.choice"
    assert "He says so" not in str(error)
