"""The gates: what an answer, an approval and a correction may not do. Each would fail unguarded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casework.questions import Given, SignedIn, answer, answer_all
from casework.topics import AS_MARKED
from cli.rehearse import code_on_last_page
from rights.case import Question
from rights.errors import InputError, RefusedError, RightsdeskError
from rights.events import Actor, Attested
from rights.events.kinds import PackApproved
from rights.road import Stage, where
from tests.small_office import STAFF, PlainAt, Small, signed_in

WEIGHED: dict[str, Any] = {
    "reason": "Weighed: the subject lived through it.",
    "factors": {
        "information": "own_story",
        "confidence": "none",
        "consent": "not_known",
        "capacity": "able",
        "refusal": "none",
    },
    "extent": "Only what leads to that person.",
    "harm": "Serious harm to somebody's physical health",
    "prejudice": "Nobody would tell us of a child in danger.",
    "review": "2027-11-23",
}


At = Callable[[str], Small]


@pytest.fixture
def at(plain_at: PlainAt, tmp_path: Path) -> At:
    """A fresh copy of the case where it waits for a topic."""
    return lambda topic: plain_at(topic, tmp_path / topic)


def _give(
    small: Small, question: Question, value: str, who: str | SignedIn, **details: Any
) -> None:
    person = STAFF[who] if isinstance(who, str) else who
    answer(small.office, small.ref, Given(question.id, value, details), person)


def _refused(
    small: Small, why: str, question: Question, value: str, who: str | SignedIn, **details: Any
) -> RightsdeskError:
    """An answer is refused for this reason, and nothing of it is written."""
    before = small.office.store.head(small.ref)
    with pytest.raises((InputError, RefusedError)) as refused:
        _give(small, question, value, who, **details)
    assert refused.value.code == why
    assert small.office.store.head(small.ref) == before
    return refused.value


def test_wrong_entries_name_fields_and_no_values(at: At) -> None:
    """Who is who with a slip is refused by the fields' names; what was typed is not repeated."""
    small = at("people")
    entered = {**small.truth.people, "requester": "Zebedee"}
    error = _refused(
        small, "people.incomplete", small.question("people"), "given", "officer1", **entered
    )
    assert "requester" in error.sentence and "Zebedee" not in str(error)
    assert "Holloway" not in str(error)


def test_no_answer_without_the_role(at: At) -> None:
    """A passage for the social work manager is not the officer's to decide."""
    small = at("cast")
    question = small.question("passage", code="ABUSE")
    _refused(small, "question.role", question, "disclose", "officer1", **WEIGHED)
    _give(small, question, "disclose", "manager", **WEIGHED)


@pytest.mark.parametrize("attested", [Attested.PREFECT, Attested.COMMAND, Attested.ENGINE])
def test_no_answer_without_a_desk_session(at: At, attested: Attested) -> None:
    """A login that came through a form, a command or the engine attests nothing."""
    small = at("cast")
    who = SignedIn(Actor(login="officer1", attested=attested), frozenset({"officer"}))
    question = small.question("capitals")
    _refused(small, "question.sign_in", question, question.options[0], who)


def test_an_answer_is_given_once(at: At) -> None:
    """A second answer is refused unless it says that it corrects the first."""
    small = at("cast")
    question = small.question("capitals")
    _give(small, question, question.options[0], "officer1")
    _refused(small, "question.answered", question, question.options[0], "officer2")
    correction = Given(question.id, question.options[0], correct=True)
    answer(small.office, small.ref, correction, STAFF["officer2"])
    now = small.office.case(small.ref).questions[question.id].answer
    assert now is not None and now.login == "officer2"


def test_only_the_options_are_answers(at: At) -> None:
    """What is not an option is refused without being repeated: it may hold anything."""
    small = at("cast")
    error = _refused(
        small, "question.option", small.question("capitals"), "Karen Holloway says no", "officer1"
    )
    assert "Karen" not in str(error)


def test_a_batch_is_written_whole_or_not_at_all(at: At) -> None:
    """One answer of several against a gate, and none of them is written."""
    small = at("cast")
    fine = small.question("cast", role="sibling", kind="name")
    wrong = small.question("cast", role="parent", kind="contact")
    batch = (Given(fine.id, "disclose"), Given(wrong.id, "disclose", WEIGHED))
    with pytest.raises(RefusedError):
        answer_all(small.office, small.ref, batch, STAFF["officer1"])
    assert small.office.case(small.ref).questions[fine.id].is_open


def test_protected_whereabouts_cannot_be_disclosed(at: At) -> None:
    """Whoever is flagged in a source is not to be found through the pack, whatever the reason."""
    small = at("cast")
    question = small.question("cast", role="parent", kind="contact")
    assert question.body["protected"]
    _refused(small, "cast.protected", question, "disclose", "officer1", **WEIGHED)
    _give(small, question, "withhold", "officer1", **WEIGHED)


def test_against_the_law_s_default_only_with_a_reason(at: At) -> None:
    """What the law holds back by default is disclosed only with the reason that outweighs it."""
    small = at("cast")
    question = small.question("cast", role="partner_of_parent", kind="name")
    assert question.body["treatment"] == "hold"
    _refused(small, "cast.reason", question, "disclose", "officer1", reason="  ")
    _give(small, question, "disclose", "officer1", **WEIGHED)


def test_abuse_data_are_not_withheld_from_the_one_they_are_about(at: At) -> None:
    """DPA 2018 Sch 3 para 21 exists only where somebody else asks for the person."""
    small = at("cast")
    question = small.question("passage", code="ABUSE")
    marks = {p["id"]: "withhold" for p in question.body["passages"]}
    _refused(small, "exemption.own_request", question, "withhold", "manager", **WEIGHED)
    _refused(small, "exemption.own_request", question, AS_MARKED, "manager", marks=marks, **WEIGHED)
    _give(small, question, "disclose", "manager")


def test_abuse_data_may_be_withheld_from_a_parent_or_a_deputy(at: At) -> None:
    """Only from who asks by a power: the parent of a child, or a deputy; not an adult's parent."""
    small = at("cast")
    for requester in ("parent", "deputy"):
        entered = {**small.truth.people, "requester": requester, "requester_name": "Karen Holloway"}
        given = Given("people", "given", entered, correct=True)
        answer(small.office, small.ref, given, STAFF["officer1"])
        question = small.question("passage", code="ABUSE")
        if requester == "parent":
            _refused(small, "exemption.own_request", question, "withhold", "manager", **WEIGHED)
    _refused(small, "passage.reason", question, "withhold", "manager")
    record = {"interests": "It would put the child at risk."}
    _give(small, question, "withhold", "manager", **{**WEIGHED, **record})


def test_marks_must_cover_every_passage_with_a_reason(at: At) -> None:
    """'As marked' is refused while a passage has no mark, or one is withheld without a reason."""
    small = at("cast")
    question = small.question("passage", code="3P")
    passages = [p["id"] for p in question.body["passages"]]
    _refused(small, "passage.marks", question, AS_MARKED, "manager", marks={})
    _refused(
        small, "passage.marks", question, AS_MARKED, "manager", marks=dict.fromkeys(passages, "?")
    )
    held = dict.fromkeys(passages, "withhold")
    _refused(small, "passage.reason", question, AS_MARKED, "manager", marks=held)
    _give(small, question, AS_MARKED, "manager", marks=held, **WEIGHED)


def test_a_page_stays_back_only_with_a_reason(at: At) -> None:
    """A whole page is not withheld without saying why."""
    small = at("cast")
    question = small.question("page")
    _refused(small, "page.reason", question, "withhold the whole page", "officer1")


def test_not_all_must_say_which(at: At) -> None:
    """Of the sure matches some may be refused, but by name, and only ones that are listed."""
    small = at("match")
    question = next(q for q in small.waiting() if q.id.startswith("match/together"))
    _refused(small, "match.which", question, "not all", "officer1")
    _refused(small, "match.which", question, "not all", "officer1", **{"not": ["case_system|1"]})


def _approval(small: Small) -> tuple[Question, str]:
    return small.question("approve"), code_on_last_page(small.pack())


def test_who_decided_cannot_approve(at: At) -> None:
    """The one who decided may hold the approver's role and still not approve the pack."""
    small = at("approve")
    question, code = _approval(small)
    decider = signed_in("officer1", "officer", "approver")
    _refused(small, "approve.same_person", question, "approve", decider, code=code)
    _refused(small, "question.role", question, "approve", "officer1", code=code)
    assert small.office.case(small.ref).deciders >= {"officer1", "manager"}


@pytest.mark.parametrize("quoted", ["", "apple tiger river stone"])
def test_approval_quotes_that_very_pack(at: At, quoted: str) -> None:
    """Without the four words at the end of that exact pack nobody has read it to the end."""
    small = at("approve")
    question, code = _approval(small)
    assert len(code.split()) == 4
    _refused(small, "approve.code", question, "approve", "officer2", code=quoted)
    last_but_one = " ".join([*code.split()[:3], code.split()[0]])
    _refused(small, "approve.code", question, "approve", "officer2", code=last_but_one)
    _give(small, question, "approve", "officer2", code=code.upper().replace(" ", "-"))
    assert where(small.office.case(small.ref)).stage is Stage.DISPATCH


def test_sending_back_asks_for_rework(at: At) -> None:
    """A pack that goes back with a reason is a new question; without a reason it stays."""
    small = at("approve")
    question, _ = _approval(small)
    _refused(small, "approve.reason", question, "send back", "officer2")
    _give(small, question, "send back", "officer2", reason="Page 9 still shows too much.")
    (rework,) = [q for q in small.waiting() if q.topic == "rework"]
    assert rework.body["reason"] == "Page 9 still shows too much."
    assert small.work().stage is None and small.office.case(small.ref).dispatches == {}


def _correct(small: Small, question: str, value: str, who: str, **details: Any) -> None:
    given = Given(question, value, details, correct=True)
    answer(small.office, small.ref, given, STAFF[who])


def _cast_question(small: Small, role: str, kind: str) -> str:
    return next(
        q.id
        for q in small.office.case(small.ref).questions.values()
        if q.topic == "cast" and (q.body["role"], q.body["kind"]) == (role, kind)
    )


def test_correction_after_sealing_voids_the_seal(at: At) -> None:
    """A corrected decision makes a new pack; the approval asked for the old one is refused."""
    small = at("approve")
    question, code = _approval(small)
    _correct(small, _cast_question(small, "sibling", "name"), "withhold", "officer1", **WEIGHED)
    assert where(small.office.case(small.ref)).stage is Stage.SEAL
    _refused(small, "approve.stale", question, "approve", "officer2", code=code)
    before = small.pack()
    small.until("approve")
    assert small.pack() != before
    _refused(small, "question.unknown", question, "approve", "officer2", code=code)
    newer, new_code = _approval(small)
    assert newer.id != question.id and new_code != code
    _refused(small, "approve.code", newer, "approve", "officer2", code=code)


def test_correction_after_approval_takes_the_approval_back(at: At) -> None:
    """An approved pack is not sent once a decision it rests on was corrected."""
    small = at("approve")
    question, code = _approval(small)
    _give(small, question, "approve", "officer2", code=code)
    _correct(small, _cast_question(small, "police", "name"), "withhold", "officer1", **WEIGHED)
    stands = small.work()
    assert {q.topic for q in stands.waiting} == {"approve"}
    case = small.office.case(small.ref)
    assert case.dispatches == {} and case.seal is not None and not case.seal.approved_by


def test_approval_of_a_pack_that_is_gone_counts_for_nothing(at: At) -> None:
    """An approval event for another pack than the sealed one approves nothing."""
    small = at("approve")
    forged = PackApproved(actor=STAFF["officer2"].actor, part=1, sha256="0" * 64)
    small.office.store.append(small.ref, [forged], expected_seq=small.office.store.head(small.ref))
    assert where(small.office.case(small.ref)).waiting[0].topic == "approve"


def test_correction_reopens_only_what_hangs_on_it(at: At) -> None:
    """A record that turns out not to be the subject's goes; the other answers stay answered."""
    small = at("approve")
    before = small.office.case(small.ref)
    mail = next(q.id for q in before.questions.values() if q.id.startswith("match/team_mailbox"))
    _correct(small, mail, "no", "officer1")
    assert where(small.office.case(small.ref)).stage is Stage.COLLECT
    assert {q.topic for q in small.work().waiting} == {"approve"}
    after = small.office.case(small.ref)
    reopened = [
        q.id
        for q in after.questions.values()
        if q.is_open and q.id in before.questions and not before.questions[q.id].is_open
    ]
    assert reopened == []
    assert after.seal is not None and before.seal is not None
    assert after.seal.event.pages == before.seal.event.pages - 1
    read_again = set(after.read) - set(before.read)
    assert read_again == set()


def test_no_decision_once_it_is_on_its_way(at: At) -> None:
    """After sending has begun a correction would send a second pack: it is refused."""
    small = at("approve")
    small.until()
    case = small.office.case(small.ref)
    assert case.closed is not None
    with pytest.raises(RefusedError) as refused:
        _correct(small, _cast_question(small, "sibling", "name"), "withhold", "officer1")
    assert refused.value.code == "question.sent"


def test_no_gate_was_skipped_on_the_way(at: At) -> None:
    """Every question is answered by a desk session with its role; the approver decided nothing."""
    small = at("approve")
    small.until()
    case = small.office.case(small.ref)
    for question in case.questions.values():
        if question.withdrawn or (question.topic == "hold" and question.is_open):
            continue  # a hold nobody has confirmed shows as open and stops nothing
        assert question.answer is not None and question.answer.attested == Attested.DESK.value
        assert question.role in STAFF[question.answer.login].roles
    assert case.seal is not None
    assert case.seal.approved_by == "officer2" and "officer2" not in case.deciders
    assert list(case.dispatches.values()) == [True]
