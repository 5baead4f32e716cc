"""Who may ask: the questions, what they hold, what an answer leads to, and birthdays."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from casework.questions import Given, answer
from casework.standing import recheck
from rights.errors import InputError, RefusedError
from rights.events.kinds import DecisionMade
from rights.gates.attempt import Attempt
from rights.road import Stage, is_refused, where
from tests.casework.asking_for import (
    AGENT,
    PARENT,
    asked,
    matter_of,
    open_matters,
    question_on,
    settle,
)
from tests.small_council import SmallTruth
from tests.small_office import NOON, STAFF

Council = tuple[Path, SmallTruth]
WHOSE, PR = "standing/whose-right", "standing/parental-responsibility"
CHILD, YOUNG, ADULT = (f"standing/competence/{b}" for b in ("under-16", "16-17", "adult"))
SELF: dict[str, Any] = {}
AT_15, AT_17 = "2010-11-24", "2008-11-24"
"""Birthdays on the day after `NOON`."""


def sealing_is_refused(small: Any) -> bool:
    """Whether the gates would refuse to send anything of the case today."""
    from rights.gates.guards.standing import standing_settled

    case, office = small.office.case(small.ref), small.office
    event = DecisionMade(
        actor=STAFF["dpo"].actor,
        decision="x/1",
        matter="x",
        outcome="x",
        decided_on=office.today(),
        law_version=office.law.version,
    )
    try:
        standing_settled(Attempt(case, event, frozenset(), office.law, office.today()))
    except RefusedError as error:
        assert error.code == "standing.open"
        return True
    return False


def test_an_adult_who_asks_for_herself_is_asked_nothing(
    small_council: Council, tmp_path: Path
) -> None:
    """Nothing has to be settled, and that is written down as a decision by rule."""
    with asked(tmp_path, small_council, {}) as small:
        assert open_matters(small) == []
        made = small.office.case(small.ref).decision("standing")
        assert made is not None and made.event.outcome == "nothing to settle"
        assert not sealing_is_refused(small)


def test_the_questions_hold_sending_and_not_the_search(
    small_council: Council, tmp_path: Path
) -> None:
    """The search goes on while it is found out who may have the answer."""
    with asked(tmp_path, small_council, PARENT, born=AT_15) as small:
        assert open_matters(small) == [WHOSE, PR, CHILD]
        assert small.office.case(small.ref).searched_seq
        assert sealing_is_refused(small)


def test_interests_are_asked_of_the_manager_once_the_child_cannot_decide(
    small_council: Council, tmp_path: Path
) -> None:
    """Competence, then interests with all seven factors; only then nothing is in the way."""
    with asked(tmp_path, small_council, PARENT, born=AT_15) as small:
        office, ref = small.office, small.ref
        settle(office, ref, WHOSE, "child")
        settle(office, ref, PR, "holds")
        case = settle(office, ref, CHILD, "not-competent")
        assert open_matters(small) == ["standing/interests/under-16"]
        assert question_on(case, "standing/interests/under-16").role == "manager"
        assert sealing_is_refused(small)
        case = settle(office, ref, "standing/interests/under-16", "in-interests")
        assert open_matters(small) == []
        assert not sealing_is_refused(small)
        made = case.decision(CHILD)
        assert made is not None
        assert made.event.law_version == office.law.version_of(made.event.rules)
        facts = json.loads(made.event.facts)
        assert made.event.rules[0] == "standing.competence"
        assert "Aged 15" in facts["age"] and facts["entries"]["assessed_by"] == "As it was."


def test_an_answer_that_says_too_little_is_refused(small_council: Council, tmp_path: Path) -> None:
    """The missing entries are named, and nothing is written."""
    with asked(tmp_path, small_council, PARENT, born=AT_15) as small:
        before = small.office.store.head(small.ref)
        with pytest.raises(InputError) as caught:
            settle(small.office, small.ref, CHILD, "agrees", views="", assessed_by="")
        assert caught.value.code == "standing.incomplete"
        assert "Who assessed it" in caught.value.sentence
        assert small.office.store.head(small.ref) == before


@pytest.mark.parametrize(
    ("entered", "born", "matter", "code", "ground"),
    [
        (PARENT, AT_15, PR, "none", "responsibility"),
        (PARENT, AT_15, CHILD, "says-no", "child"),
        (PARENT, AT_17, YOUNG, "says-no", "child"),
        (PARENT, "", ADULT, "says-no", "authority"),
        (AGENT, "", "standing/authority", "no-authority", "authority"),
        (
            {**AGENT, "requester": "deputy"},
            "",
            "standing/deputy",
            "does-not-cover",
            "authority",
        ),
        ({**AGENT, "requester": "body"}, "", "standing/body", "not-mandated", "authority"),
        (SELF, AT_15, "standing/own-request/under-16", "not-yet", ""),
    ],
)
def test_an_answer_that_ends_the_request_leads_to_a_refusal(
    small_council: Council,
    tmp_path: Path,
    entered: dict[str, Any],
    born: str,
    matter: str,
    code: str,
    ground: str,
) -> None:
    """The outcome is decided with its ground and its words, nothing else is asked any more, and
    a correction takes the refusal back."""
    with asked(tmp_path, small_council, entered, born=born) as small:
        case = settle(small.office, small.ref, matter, code)
        ended = case.decision("outcome")
        assert ended is not None and ended.event.outcome == "refused" and is_refused(case)
        facts = json.loads(ended.event.facts)
        assert facts.get("ground", "") == ground and facts["words"].endswith(".")
        assert open_matters(small) == []
        going_on = matter_of(small.office, case, matter).options[0].code
        case = settle(small.office, small.ref, matter, going_on)
        assert not is_refused(case)
        again = case.decision("outcome")
        assert again is not None and again.event.supersedes == ended.event.decision


def test_a_refusal_is_sealed_and_waits_for_approval(small_council: Council, tmp_path: Path) -> None:
    """The letter of refusal is made of the words of the law data and goes the usual way."""
    with asked(tmp_path, small_council, AGENT) as small:
        settle(small.office, small.ref, "standing/authority", "no-authority")
        stands = small.until("approve")
        assert {q.topic for q in stands.waiting} == {"approve"}


@pytest.mark.parametrize(
    ("born", "before", "after", "settled"),
    [
        (AT_15, CHILD, YOUNG, {WHOSE: "child", PR: "holds", CHILD: "agrees"}),
        (AT_17, YOUNG, ADULT, {WHOSE: "child", PR: "holds", YOUNG: "agrees"}),
    ],
)
def test_a_birthday_is_decided_anew(
    small_council: Council,
    tmp_path: Path,
    born: str,
    before: str,
    after: str,
    settled: dict[str, str],
) -> None:
    """From the 16th and the 18th birthday on the old answer does not count, and is asked anew."""
    now = [NOON]
    with asked(tmp_path, small_council, PARENT, born=born, clock=lambda: now[0]) as small:
        for matter, code in settled.items():
            settle(small.office, small.ref, matter, code)
        assert not sealing_is_refused(small)
        assert recheck(small.office, small.office.today(), dry_run=False) == ()
        tomorrow = small.office.today() + dt.timedelta(days=1)
        told = (f"{small.ref}: who may ask is decided again",)
        assert recheck(small.office, tomorrow, dry_run=False) == told
        assert open_matters(small) == []
        now[0] += dt.timedelta(days=1)
        assert sealing_is_refused(small)
        assert recheck(small.office, tomorrow, dry_run=True) == told
        assert recheck(small.office, tomorrow, dry_run=False) == told
        assert recheck(small.office, tomorrow, dry_run=False) == ()
        assert open_matters(small) == [after]
        with pytest.raises((RefusedError, StopIteration)):
            settle(small.office, small.ref, before, "agrees")
        case = settle(small.office, small.ref, after, "agrees")
        assert not sealing_is_refused(small)
        assert case.decision(before) is not None


def test_another_requester_is_decided_anew_and_another_address_is_not(
    small_council: Council, tmp_path: Path
) -> None:
    """A decision rests on the people it was made about."""
    with asked(tmp_path, small_council, AGENT) as small:
        office, ref = small.office, small.ref
        settle(office, ref, "standing/authority", "authorised")
        people: dict[str, Any] = {**small.truth.people, **AGENT}
        people["recipient"] = {**people["recipient"], "address": ["4 Teasel Way"]}
        answer(office, ref, Given("people", "given", people, correct=True), STAFF["officer1"])
        small.work()
        assert open_matters(small) == []
        people["requester_name"] = "Bo Else"
        answer(office, ref, Given("people", "given", people, correct=True), STAFF["officer1"])
        small.work()
        assert open_matters(small) == ["standing/authority"]
        case = settle(office, ref, "standing/authority", "authorised")
        made = case.decision("standing/authority")
        assert made is not None and made.event.supersedes == "standing/authority/1"


def test_what_the_person_may_not_understand_is_sent_to_the_person(
    small_council: Council, tmp_path: Path
) -> None:
    """Who is who is asked again with the person's own address, and holds sending meanwhile."""
    with asked(tmp_path, small_council, AGENT) as small:
        office, ref = small.office, small.ref
        settle(office, ref, "standing/authority", "to-the-person")
        again = small.question("people")
        entered = again.body["prefill"]
        assert again.id == "people/2" and entered["answer_to"] == "subject"
        assert entered["recipient"]["name"] == "Marnie Jade Holloway"
        assert entered["recipient"]["address"][0] == "20 Harbour View"
        case = answer(office, ref, Given(again.id, "given", entered), STAFF["officer1"])
        assert case.people is not None and case.people.goes_to_subject
        small.work()
        assert open_matters(small) == []


def test_a_parents_own_right_is_their_own_request(small_council: Council, tmp_path: Path) -> None:
    """Who is who is asked again with the parent as the person; the child's matters fall away."""
    with asked(tmp_path, small_council, PARENT, born=AT_15) as small:
        office, ref = small.office, small.ref
        settle(office, ref, WHOSE, "own")
        again = small.question("people")
        entered = {**again.body["prefill"]}
        assert entered["requester"] == "self"
        assert entered["subject"]["names"][0]["forenames"] == "Karen"
        entered["subject"]["date_of_birth"] = "1984-03-02"
        answer(office, ref, Given(again.id, "given", entered), STAFF["officer1"])
        small.work()
        assert open_matters(small) == []
        assert not sealing_is_refused(small)


def test_both_rights_of_a_parent_become_two_cases(small_council: Council, tmp_path: Path) -> None:
    """The child's request goes on, and the parent gets a case of their own."""
    with asked(tmp_path, small_council, PARENT, born=AT_15) as small:
        settle(small.office, small.ref, WHOSE, "both")
        small.work()
        case = small.office.case(small.ref)
        (link,) = case.linked
        other = small.office.case(link.other)
        (question,) = other.open_questions
        entered = question.body["prefill"]
        assert entered["requester"] == "self" and entered["recipient"]["name"] == "Karen Holloway"
        assert entered["subject"]["names"][0]["surname"] == "Holloway"
        assert WHOSE not in open_matters(small)


def test_a_forced_request_is_the_dpos_and_can_be_withdrawn(
    small_council: Council, tmp_path: Path
) -> None:
    """Nobody else may answer; a person who does not want it ends it, and nothing is sent."""
    with asked(tmp_path, small_council, {"coercion_suspected": True}) as small:
        office, ref = small.office, small.ref
        question = question_on(office.case(ref), "standing/coercion")
        with pytest.raises(RefusedError) as caught:
            answer(office, ref, Given(question.id, question.options[0]), STAFF["officer1"])
        assert caught.value.code == "question.role"
        settle(office, ref, "standing/coercion", "withdrawn")
        stands = small.work()
        case = office.case(ref)
        assert stands.stage is None and not stands.waiting
        assert case.closed is not None and case.closed.outcome == "withdrawn"
        assert case.parts == ()


@pytest.mark.parametrize(
    ("died", "matter", "code", "outcome", "letters"),
    [
        ("2026-11-19", "standing/died-before", "dead-only", "died", ["triage"]),
        ("2026-11-21", "standing/died-since", "lapsed", "lapsed", []),
    ],
)
def test_nobody_uses_the_right_of_somebody_who_has_died(
    small_council: Council,
    tmp_path: Path,
    died: str,
    matter: str,
    code: str,
    outcome: str,
    letters: list[str],
) -> None:
    """Before the request: a letter with the other roads. Since: it lapses, and nobody is written
    to."""
    with asked(tmp_path, small_council, {**AGENT, "died_on": died}) as small:
        assert open_matters(small) == [matter]
        earlier = set(small.office.case(small.ref).letters)
        settle(small.office, small.ref, matter, code)
        small.work()
        case = small.office.case(small.ref)
        assert case.closed is not None and case.closed.outcome == outcome
        assert sorted(set(case.letters) - earlier) == letters
        assert case.open_questions == ()


def test_what_must_be_settled_stands_before_the_stages_that_send(
    small_council: Council, tmp_path: Path
) -> None:
    """On the road the open questions are waited for; they never fail a stage."""
    with asked(tmp_path, small_council, PARENT, born=AT_15) as small:
        office, ref = small.office, small.ref
        while True:
            stands = where(office.case(ref))
            others = [q for q in stands.waiting if q.topic != "standing"]
            if stands.stage is None and not others:
                break
            if stands.stage is None:
                small.rehearsal.answer_waiting(ref, others)
            small.work()
        assert {q.topic for q in stands.waiting} == {"standing"}
        assert stands.words == "build and verify the pack"
        assert office.case(ref).failures.get(Stage.SEAL, 0) == 0
