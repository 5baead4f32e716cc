"""What the person knows of others: recorded by an officer, and an argument, never a decision."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from casework.bundle import PROPOSALS
from casework.knowing import with_knowledge, with_knowledge_of_passages, with_knowledge_of_person
from casework.record_known import record_known
from casework.review import Review
from rights.errors import InputError, RefusedError
from rights.knowledge import NOT_KNOWN, Scope, ways
from rights.release import FactKind, Role, Treatment
from tests.small_office import STAFF

OFFICER = STAFF["officer1"]


pytestmark = pytest.mark.xdist_group("review")
Open = Callable[[], Review]


def test_what_the_person_knows_is_asked_about_and_not_held(open_review: Open) -> None:
    """Recorded of somebody with its rule, the open questions on them ask instead of holding back,
    and say why; taken back, they are as before. Whereabouts of the protected stay as they are."""
    review = open_review()
    step = next(p for p in review.bundle.people if p.display == "Darren Holloway")
    name = f"cast/{step.ref}/identifier"
    held = {
        q.id: q.body
        for q in review.case.open_questions
        if q.topic == "cast" and q.body["ref"] == step.ref and q.body["treatment"] == "hold"
    }
    assert held, name
    law, day = review.work.office.law, review.work.office.today()
    signed = ways(law, day)[2]
    for how, reason in (("he is my friend", "x"), (signed, " "), (NOT_KNOWN, "x")):
        with pytest.raises(InputError):
            record_known(review, Scope.PERSON, str(step.ref), how, reason, OFFICER)
    with pytest.raises(InputError):
        record_known(review, Scope.DOCUMENT, str(step.ref), signed, "x", OFFICER)
    with pytest.raises(RefusedError, match="officer"):
        record_known(review, Scope.PERSON, str(step.ref), signed, "x", STAFF["manager"])
    record_known(review, Scope.PERSON, str(step.ref), signed, "page 2, at the foot", OFFICER)
    review = open_review()
    made = review.case.decision(f"known/person/{step.ref}")
    assert made is not None and made.event.rules == ("weighing.known",)
    assert "page 2" in json.loads(made.event.facts)["reason"]
    for name, before in held.items():
        body = review.case.questions[name].body
        guarded = before["protected"] and before["kind"] in ("contact", "identifier")
        assert body["treatment"] == ("hold" if guarded else "ask")
        assert guarded or (signed in body["reason"] and body["recorded"] == signed)
        assert review.case.questions[name].is_open
    theirs = [p for p in review.bundle.proposals if p.person == step.ref and p.code == "3P"]
    assert any(signed in p.reason for p in theirs)
    record_known(review, Scope.PERSON, str(step.ref), NOT_KNOWN, "another Darren", OFFICER)
    review = open_review()
    assert {n: review.case.questions[n].body for n in held} == held
    assert not any(signed in p.reason for p in review.bundle.proposals)


def test_a_known_document_argues_for_what_stands_in_it_but_for_who_raised_a_concern(
    open_review: Open,
) -> None:
    """A proposal in it is asked about; nothing of the referrer is, and nothing elsewhere."""
    review = open_review()
    office, proposals = review.work.office, review.bundle.proposals
    roles = {p.ref: p.role for p in review.bundle.people}
    document = next(p.span.document for p in proposals if "Crane" in p.text)
    sent = ways(office.law, office.today())[3]
    record_known(review, Scope.DOCUMENT, document, sent, "the letter of 3 May", OFFICER)
    review = open_review()
    after = {p.id: p for p in review.bundle.proposals}
    argued = {p.id for p in proposals if after[p.id] != p}
    assert argued and {after[i].span.document for i in argued} == {document}
    assert Role.REFERRER not in {
        roles.get(p.person) for p in proposals if p.id in argued and p.person
    }
    assert all(after[i].treatment is not Treatment.HOLD for i in argued)
    one = next(p for p in proposals if p.kind is FactKind.PRIVATE and p.code == "3P")
    record_known(review, Scope.PASSAGE, one.id, sent, "the same", OFFICER)
    asked = next(
        q.body
        for q in open_review().case.questions.values()
        if q.topic == "passage" and any(p["id"] == one.id for p in q.body["passages"])
    )
    passage = next(p for p in asked["passages"] if p["id"] == one.id)
    assert passage["recorded"] == sent


def test_what_is_laid_over_comes_off_again(open_review: Open) -> None:
    """Laid over twice nothing is said twice; while somebody may be in danger nothing is said."""
    review = open_review()
    office = review.work.office
    person = next(p for p in review.bundle.people if p.display == "Tilda Rose Holloway")
    way = ways(office.law, office.today())[1]
    record_known(review, Scope.PERSON, str(person.ref), way, "the minutes", OFFICER)
    review = open_review()
    case, people = review.case, review.bundle.people
    for question in case.open_questions:
        if question.topic == "cast":
            assert with_knowledge_of_person(office, case, question.body) == question.body
        if question.topic == "passage":
            assert with_knowledge_of_passages(office, case, question.body) == question.body
    raw = PROPOSALS.validate_json(review.work.get(case.proposals[1].file if case.proposals else ""))
    assert with_knowledge(office, case, people, raw) != raw
    assert case.opened is not None
    danger = replace(case, opened=case.opened.model_copy(update={"danger": True}))
    assert with_knowledge(office, danger, people, raw) == raw
