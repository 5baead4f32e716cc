"""People weighed once, the dead noted, and health that may be somebody else's, on a real case."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml

from casework.bundle import load_bundle
from casework.cast_asks import ELSEWHERE
from casework.decided import cast_decisions
from casework.living import note_living
from casework.questions import Given, answer
from casework.review import cast_of, officials_to_weigh, weighed_before
from casework.settlement import current_settlement
from casework.topics import REVIEW_ROLE
from casework.whose import (
    BOTH,
    OPTIONS,
    OWN,
    THEIRS,
    is_whose,
    not_own,
    whose_asks,
    whose_decisions,
)
from redaction.decisions import Outcome, Proposal
from redaction.propose.mentions import BY_CAST
from rights.errors import InputError, RefusedError
from rights.events.base import ENGINE
from rights.events.kinds import QuestionAsked
from rights.exemptions import exemption
from rights.release import FactKind, PersonDecision, PersonRef, Role
from tests.small_office import STAFF, PlainAt, Small

pytestmark = pytest.mark.xdist_group("weighing")
OFFICER = STAFF["officer1"]
FACTORS = {
    "information": "daily_life",
    "confidence": "none",
    "consent": "not_known",
    "capacity": "able",
    "refusal": "none",
}
At = Callable[[], Small]


@pytest.fixture
def small(plain_at: PlainAt, tmp_path: Path) -> Iterator[Small]:
    """The case before anybody decided; every test has its own copy."""
    small = plain_at("cast", tmp_path / "home")
    yield small
    small.office.store.close()


def give(small: Small, question: str, value: str, who: str = "officer1", **details: Any) -> None:
    answer(small.office, small.ref, Given(question, value, details), STAFF[who])


def test_what_is_said_of_a_person_is_a_decision_with_its_rules(small: Small) -> None:
    """The answer, the rule of the law data, the five factors and the version stand together."""
    question = small.question("cast", role="sibling", kind="name")
    give(small, question.id, "disclose", factors=FACTORS)
    case = small.office.case(small.ref)
    decision = case.decision(question.id)
    assert decision is not None
    assert decision.event.outcome == "disclose"
    assert decision.event.rules == ("people.sibling", "weighing.factors")
    assert decision.event.law_version == small.office.law.version_of(decision.event.rules)
    assert json.loads(decision.event.facts)["factors"] == FACTORS
    corrected = Given(question.id, "withhold", {"factors": FACTORS}, correct=True)
    answer(small.office, small.ref, corrected, OFFICER)
    newer = small.office.case(small.ref).decision(question.id)
    assert newer is not None
    assert newer.event.supersedes == decision.event.decision


def test_a_person_is_weighed_once(small: Small) -> None:
    """What was weighed for one kind of fact is there for the next; unweighed is refused."""
    name = small.question("cast", role="partner_of_parent", kind="name")
    contact = small.question("cast", role="partner_of_parent", kind="contact")
    with pytest.raises(RefusedError) as refused:
        give(small, name.id, "withhold")
    assert refused.value.code == "weighing.missing"
    assert weighed_before(small.office.case(small.ref), name.body["ref"]) == {}
    give(small, name.id, "withhold", factors=FACTORS)
    case = small.office.case(small.ref)
    assert weighed_before(case, name.body["ref"]) == FACTORS
    give(small, contact.id, "withhold", factors=weighed_before(case, name.body["ref"]))


def test_professionals_deemed_reasonable_need_no_weighing(small: Small) -> None:
    """A social worker's name is shown without factors, and held back only for a reason."""
    question = small.question("cast", role="social_worker", kind="name")
    assert question.body["weigh"] is False
    with pytest.raises(RefusedError) as refused:
        give(small, question.id, "withhold")
    assert refused.value.code == "cast.deemed"
    give(small, question.id, "disclose")


def test_a_doctor_outside_a_health_record_is_weighed(small: Small) -> None:
    """Named in a social work report a doctor is asked about, and the answer reaches the name."""
    question = small.question("cast", role="health", kind="name")
    assert question.id.endswith(f"/{ELSEWHERE}")
    assert (question.body["treatment"], question.body["rule"]) == (
        "ask",
        "people.health_elsewhere",
    )
    bundle = load_bundle(small.office.reading(small.ref))
    cast = cast_of(small.office.case(small.ref), bundle.people)
    assert question.id in {q.id for q in officials_to_weigh(cast)}
    ref = PersonRef(question.body["ref"])
    for value, outcome in (("withhold", Outcome.REDACT), ("disclose", Outcome.KEEP)):
        given = Given(question.id, value, {"factors": FACTORS}, correct=value == "disclose")
        answer(small.office, small.ref, given, OFFICER)
        _, settled = current_settlement(small.office.reading(small.ref))
        marks = {m.outcome for m in settled.marks if m.person == ref and m.kind is FactKind.NAME}
        assert marks == {outcome}
        decided = cast_decisions(small.office.case(small.ref))[ref, FactKind.NAME]
        assert decided is PersonDecision(value)


def test_who_has_died_is_asked_about_anew(small: Small) -> None:
    """A note that somebody died changes what is proposed at once; answers given stay."""
    held = small.question("cast", role="partner_of_parent", kind="name")
    kept = small.question("cast", role="partner_of_parent", kind="contact")
    give(small, kept.id, "withhold", factors=FACTORS)
    ref = held.body["ref"]
    for person, how, error in ((ref, "  ", RefusedError), ("P99", "x", InputError)):
        with pytest.raises(error):
            note_living(small.office, small.ref, person, "died", how, OFFICER)
    case = note_living(small.office, small.ref, ref, "died", "death certificate", OFFICER)
    asked = case.questions[held.id]
    assert asked.is_open
    assert (asked.body["treatment"], asked.body["rule"]) == ("ask", "people.died")
    assert asked.body["weigh"] is False
    assert case.questions[kept.id].answer is not None
    with pytest.raises(RefusedError) as refused:
        give(small, held.id, "withhold")
    assert refused.value.code == "cast.died"
    give(small, held.id, "withhold", reason="his daughter lives and would be known by it")
    alive = note_living(small.office, small.ref, ref, "alive", "he rang us", OFFICER)
    assert alive.living[ref].living == "alive"


def test_a_passage_against_the_persons_decision_is_weighed_alone(small: Small) -> None:
    """Every passage of the case carries its class, so that only its own grounds fit."""
    passages = [p for q in small.waiting() if q.topic == "passage" for p in q.body["passages"]]
    assert passages
    assert {p["class"] for p in passages} == {"social work"}
    manager = small.question("passage", code="3P")
    with pytest.raises(RefusedError) as refused:
        give(small, manager.id, "disclose", "manager")
    assert refused.value.code == "weighing.missing"
    reason = "She told the subject herself that she rang."
    give(small, manager.id, "disclose", "manager", factors=FACTORS, reason=reason)
    decision = small.office.case(small.ref).decision(manager.id)
    assert decision is not None
    assert decision.event.rules == ("exemption.3P",)


def pair_of(small: Small) -> tuple[Proposal, Proposal]:
    """A passage of the mother's health, as if it might be the subject's as well."""
    bundle = load_bundle(small.office.reading(small.ref))
    theirs = next(p for p in bundle.proposals if p.rule == "cue.health" and p.code == "3P")
    own = replace(theirs, id="lock", code="HEALTH-LOCK", person=None, pair=theirs.id)
    return own, replace(theirs, pair="lock")


def test_whose_health_is_one_question_for_a_document_and_person(small: Small) -> None:
    """An uncertain passage asks once whose it is, with the passage and the other person."""
    work = small.office.reading(small.ref)
    bundle = load_bundle(work)
    own, theirs = pair_of(small)
    (asked,) = whose_asks(work, bundle.documents, bundle.people, (own, theirs))
    assert asked.options[:2] == (OWN, THEIRS)
    assert asked.body["pairs"] == [["lock", theirs.id]]
    assert "tablets" in asked.body["examples"][0]["text"]
    mother = next(p for p in bundle.people if p.role is Role.PARENT)
    assert asked.body["others"][0]["ref"] == mother.ref
    assert theirs.decided_by == BY_CAST


def test_the_answer_opens_and_closes_the_lock(small: Small) -> None:
    """What is not the subject's own health is locked no longer; corrected, it is locked again."""
    bundle = load_bundle(small.office.reading(small.ref))
    locked = next(p for p in bundle.proposals if p.code == "HEALTH-LOCK")
    other = next(p for p in bundle.proposals if p.decided_by == BY_CAST and p.person)
    document = locked.span.document
    asked = QuestionAsked(
        actor=ENGINE,
        question=f"who/health/{document}/P02",
        topic="who",
        stage="propose",
        role="officer",
        text=json.dumps({"document": document, "pairs": [[locked.id, other.id]]}),
        options=OPTIONS,
    )
    small.office.record(small.office.case(small.ref), [asked])
    health = f"health/{document}"
    items = set(small.office.case(small.ref).questions[health].body["items"])
    fallen = {f"{document}/{locked.id}"}
    known = {p.id: p for p in bundle.proposals}
    for value, mine, kept in (
        (BOTH, items, set[str]()),
        (THEIRS, items - fallen, {locked.id}),
        (OWN, items, {other.id}),
    ):
        corrected = value != BOTH
        answer(small.office, small.ref, Given(asked.question, value, {}, corrected), OFFICER)
        case = small.office.case(small.ref)
        waits = case.questions[health]
        assert (set(waits.body["items"]) if waits.is_open else set()) == mine
        assert not_own(case) == (fallen if value == THEIRS else frozenset())
        decided = [d for _, d in whose_decisions(case, known)]
        assert {d.proposal for d in decided} == kept
        assert {d.outcome for d in decided} <= {Outcome.KEEP}


def test_mothers_health_alone_is_never_locked(small: Small) -> None:
    """What is plainly the mother's is weighed for her and no item of the subject's lock."""
    case = small.office.case(small.ref)
    bundle = load_bundle(small.office.reading(small.ref))
    about = [p for p in bundle.proposals if "tablets for depression" in p.text]
    assert {p.code for p in about} == {"3P"}
    assert not [q for q in case.questions.values() if is_whose(q)]
    assert not_own(case) == frozenset()


def test_every_cue_goes_to_a_role_that_may_decide_its_ground(small: Small) -> None:
    """What the engine proposes under a ground is asked of somebody who may withhold under it."""
    text = resources.files("redaction.propose").joinpath("cues.yaml").read_text("utf-8")
    law, on = small.office.law, small.office.today()
    for body in yaml.safe_load(text).values():
        code, decider = body.get("code"), body.get("decided_by")
        if code and decider != "cast":
            assert REVIEW_ROLE[decider] in exemption(code, law, on=on).roles, code
