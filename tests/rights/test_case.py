"""A case is a fold of its events, and its road follows from them."""

import datetime as dt
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from rights.case import Case
from rights.events import Actor, Attested, Event
from rights.events import kinds as k
from rights.events.base import ENGINE
from rights.fold import fold
from rights.people import GivenName, Recipient, RequestPeople, SubjectDetails
from rights.release import CaseRef, Right
from rights.road import AGAIN, ROADS, Stage, ready_documents, where

OFFICER = Actor(login="officer1", attested=Attested.DESK)
APPROVER = Actor(login="approver1", attested=Attested.DESK)
REF = CaseRef("SAR-2026-0001-A")
PEOPLE = RequestPeople(
    subject=SubjectDetails(names=(GivenName(forenames="Ann", surname="Example"),)),
    recipient=Recipient(name="Ann Example"),
).model_dump_json()


@dataclass(frozen=True)
class Row:
    seq: int
    event: Event
    recorded_at: dt.datetime = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


def journal(*events: Event) -> Case:
    return fold(REF, [Row(n, e) for n, e in enumerate(events, 1)])


OPENED = k.CaseOpened(
    actor=OFFICER,
    right=Right.ACCESS,
    channel="letter",
    received_on=dt.date(2026, 11, 20),
    received_by="IG",
)


def asked(
    question: str, topic: str, stage: str, role: str = "officer", body: str = "{}"
) -> k.QuestionAsked:
    return k.QuestionAsked(
        actor=ENGINE,
        question=question,
        topic=topic,
        stage=stage,
        role=role,
        text=body,
        options=("yes", "no"),
    )


def said(question: str, value: str = "yes", actor: Actor = OFFICER) -> k.QuestionAnswered:
    return k.QuestionAnswered(actor=actor, question=question, answer=value)


RECORDED = k.PeopleRecorded(actor=OFFICER, people=PEOPLE)
STANDING = k.DecisionMade(
    actor=ENGINE,
    decision="standing/1",
    matter="standing",
    outcome="nothing to settle",
    decided_on=dt.date(2026, 11, 22),
    law_version="1",
)
ACKNOWLEDGED = k.LetterMade(
    actor=ENGINE, letter="acknowledgement", template="acknowledgement", sha256="", file="f"
)
SEARCHED = k.SearchFinished(actor=ENGINE, sources=("a",))
MATCHED = k.MatchesProposed(actor=ENGINE, file="f", matches=1, reviews=1, rejected=0, weights="1")
COLLECTED = k.CollectionFinished(actor=ENGINE, documents=1)
READ = k.ReadingFinished(actor=ENGINE, documents=2, pages=2)
PROPOSED = k.ProposalsMade(actor=ENGINE, file="f", proposals=1, by_treatment={}, law_version="1")
TO_PROPOSED = (
    OPENED,
    RECORDED,
    STANDING,
    ACKNOWLEDGED,
    SEARCHED,
    MATCHED,
    COLLECTED,
    READ,
    PROPOSED,
)


def document(name: str) -> k.DocumentRead:
    return k.DocumentRead(actor=ENGINE, document=name, pages=1, scans=0, photos=0, hidden=0)


WITH_TWO = (*TO_PROPOSED[:7], document("d1"), document("d2"), READ, PROPOSED)


def planned(*documents: str, last: bool = True, part: int = 1) -> k.PartPlanned:
    return k.PartPlanned(actor=ENGINE, part=part, documents=documents, last=last)


def sealed(basis: int, sha256: str = "ab", part: int = 1) -> k.PackSealed:
    return k.PackSealed(
        actor=ENGINE,
        part=part,
        sha256=sha256,
        pages=3,
        code="calm river bright oak",
        file="p",
        manifest_file="m",
        letter_file="l",
        verifier="v",
        basis=basis,
    )


def test_the_road_runs_in_order_when_nothing_is_asked() -> None:
    """Each result brings the next stage."""
    expected = [
        Stage.PEOPLE,
        Stage.STANDING,
        Stage.LETTERS,
        Stage.SEARCH,
        Stage.MATCH,
        Stage.COLLECT,
        Stage.READ,
        Stage.PROPOSE,
        Stage.PLAN,
    ]
    for count, stage in enumerate(expected, 1):
        assert where(journal(*TO_PROPOSED[:count])).stage is stage
    assert where(journal(*TO_PROPOSED, planned())).stage is Stage.SEAL


def test_every_right_has_a_road_of_its_own() -> None:
    """An erasure is searched for, weighed and done in the sources; nothing is read for a pack."""
    assert set(ROADS) == set(Right)
    assert all(road[-1].stage is Stage.CLOSE for road in ROADS.values())
    opened = OPENED.model_copy(update={"right": Right.ERASURE})
    begun = (opened, RECORDED, STANDING, ACKNOWLEDGED)
    assert where(journal(*begun)).stage is Stage.SEARCH
    found = (*begun, SEARCHED, MATCHED, COLLECTED)
    assert where(journal(*found)).stage is Stage.ASSESS
    decided = STANDING.model_copy(
        update={"decision": "outcome/1", "matter": "outcome", "outcome": "erased"}
    )
    assert where(journal(*found, decided)).stage is Stage.APPLY
    acted = k.ActionsFinished(actor=ENGINE, actions=0)
    assert where(journal(*found, decided, acted)).stage is Stage.NOTIFY
    told = k.RecipientsFinished(actor=ENGINE, recipients=0)
    assert where(journal(*found, decided, acted, told)).stage is Stage.PLAN


def test_an_open_question_holds_only_what_hangs_on_it() -> None:
    """An open match question holds collecting, an open cast question holds sealing."""
    case = journal(*TO_PROPOSED[:6], asked("match/1", "match", "match"))
    assert where(case).stage is None
    assert [q.id for q in where(case).waiting] == ["match/1"]
    case = journal(*TO_PROPOSED, asked("cast/P02/name", "cast", "propose"))
    assert where(case).stage is None
    assert where(journal(*TO_PROPOSED, asked("time/0", "time", "time"))).stage is Stage.PLAN


def test_a_corrected_match_sends_the_case_back_to_collecting() -> None:
    """A superseding answer reopens collecting and what follows, and nothing before."""
    events = (
        *TO_PROPOSED[:6],
        asked("match/1", "match", "match"),
        said("match/1"),
        COLLECTED,
        READ,
        PROPOSED,
    )
    assert where(journal(*events)).stage is Stage.PLAN
    correction = k.QuestionAnswered(actor=OFFICER, question="match/1", answer="no", supersedes=8)
    assert where(journal(*events, correction)).stage is Stage.COLLECT


def test_a_later_decision_voids_the_seal_and_its_approval() -> None:
    """A pack sealed before a corrected decision is built again."""
    events = (
        *TO_PROPOSED,
        asked("cast/P02/name", "cast", "propose"),
        said("cast/P02/name"),
        planned(),
    )
    approved = k.PackApproved(actor=APPROVER, part=1, sha256="ab")
    assert where(journal(*events, sealed(12), approved)).stage is Stage.DISPATCH
    correction = said("cast/P02/name", "no")
    assert where(journal(*events, sealed(12), approved, correction)).stage is Stage.SEAL


def test_an_approval_of_other_bytes_counts_for_nothing() -> None:
    """Approving is of one exact pack."""
    approved = k.PackApproved(actor=APPROVER, part=1, sha256="other")
    case = journal(*TO_PROPOSED, planned(), sealed(10), approved)
    assert case.seal is not None
    assert case.seal.approved_by == ""
    assert where(case).stage is Stage.APPROVE


def test_who_decided_is_known() -> None:
    """Logins that answered review questions are deciders; the approver is not."""
    case = journal(
        *TO_PROPOSED, asked("cast/P02/name", "cast", "propose"), said("cast/P02/name"), sealed(10)
    )
    assert case.deciders == {"officer1"}


def test_a_failed_source_is_searched_again_when_somebody_says_so() -> None:
    """'search again' reopens the search; going on without the source does not."""
    events = (*TO_PROPOSED[:5], asked("source/a", "source", "search"))
    assert where(journal(*events)).stage is None
    assert where(journal(*events, said("source/a", AGAIN))).stage is Stage.SEARCH
    assert where(journal(*events, said("source/a", "go on"))).stage is Stage.MATCH


def test_three_crashes_of_a_stage_are_counted_and_cleared_by_a_person() -> None:
    """Answering the 'stuck' question clears the count of that stage."""
    crash = k.StageFailed(actor=ENGINE, stage="search", code="x")
    case = journal(*TO_PROPOSED[:3], crash, crash, crash)
    assert case.failures == {"search": 3}
    case = journal(
        *TO_PROPOSED[:3],
        crash,
        crash,
        crash,
        asked("stuck/search/0", "stuck", "search"),
        said("stuck/search/0"),
    )
    assert case.failures == {}


ABOUT_ONE = asked("passage/d1/x", "passage", "propose", body='{"document": "d1"}')
SENT = (
    k.DispatchStarted(actor=ENGINE, key="k1", sha256="ab", channel="folder", part=1),
    k.DispatchConfirmed(actor=ENGINE, key="k1", sent_on=dt.date(2026, 12, 1), part=1),
)


def test_what_waits_for_an_answer_holds_back_only_itself() -> None:
    """The other document is ready, may go as a part of its own, and the rest follows."""
    waiting = journal(*WITH_TWO, ABOUT_ONE)
    assert where(waiting).stage is None
    assert ready_documents(waiting) == ("d2",)
    early = (*WITH_TWO, ABOUT_ONE, planned("d2", last=False))
    assert where(journal(*early)).stage is Stage.SEAL
    approved = k.PackApproved(actor=APPROVER, part=1, sha256="ab")
    sent = (*early, sealed(13), approved, *SENT)
    case = journal(*sent)
    assert case.sent_on is None
    assert case.remaining == ("d1",)
    assert where(case).stage is None
    assert [q.id for q in where(case).waiting] == ["passage/d1/x"]
    answered = (*sent, said("passage/d1/x"))
    assert where(journal(*answered)).stage is Stage.PLAN
    assert where(journal(*answered, planned("d1", part=2))).stage is Stage.SEAL


def test_an_answer_about_a_later_part_leaves_the_sealed_one_alone() -> None:
    """Only a decision that a part shows voids its seal."""
    events = (*WITH_TWO, ABOUT_ONE, planned("d2", last=False), sealed(13))
    assert where(journal(*events)).stage is Stage.APPROVE
    assert where(journal(*events, said("passage/d1/x"))).stage is Stage.APPROVE
    about_all = (*events, asked("capitals", "capitals", "propose"), said("capitals"))
    assert where(journal(*about_all)).stage is Stage.SEAL


def test_a_question_about_the_whole_file_leaves_nothing_ready() -> None:
    """Nobody knows which document it will change."""
    case = journal(*WITH_TWO, ABOUT_ONE, asked("capitals", "capitals", "propose"))
    assert ready_documents(case) == ()


def test_the_last_part_is_planned_anew_when_more_is_found() -> None:
    """A document read after the plan was made is never left out of the answer."""
    events = (*WITH_TWO, planned("d1", "d2"))
    assert where(journal(*events)).stage is Stage.SEAL
    found = k.ReadingFinished(actor=ENGINE, documents=3, pages=3, held=("d1", "d2", "d3"))
    more = (COLLECTED, document("d3"), found, PROPOSED)
    assert where(journal(*events, *more)).stage is Stage.PLAN


def test_a_request_refused_as_a_whole_is_not_searched() -> None:
    """Its letter is planned, sealed, approved and sent like any other answer."""
    refused = STANDING.model_copy(
        update={"decision": "outcome/1", "matter": "outcome", "outcome": "refused"}
    )
    case = journal(OPENED, RECORDED, STANDING, ACKNOWLEDGED, refused)
    assert where(case).stage is Stage.PLAN
    assert where(journal(OPENED, RECORDED, STANDING, ACKNOWLEDGED, refused, planned())).stage is (
        Stage.SEAL
    )


def test_what_is_no_request_to_us_gets_a_letter_and_ends() -> None:
    """Nothing is searched for it."""
    triaged = k.CaseTriaged(actor=OFFICER, outcome="foi", law_version="1", reason="about roads")
    case = journal(OPENED, RECORDED, triaged)
    assert case.letters_due == ("triage",)
    letter = ACKNOWLEDGED.model_copy(update={"letter": "triage"})
    assert where(journal(OPENED, RECORDED, triaged, letter)).stage is Stage.CLOSE


def test_a_journal_from_before_parts_still_reads() -> None:
    """A pack sealed by an earlier version is the one and last part."""
    approved = k.PackApproved(actor=APPROVER, part=1, sha256="ab")
    case = journal(*WITH_TWO, sealed(11), approved, *SENT)
    assert case.sent_on == dt.date(2026, 12, 1)
    assert where(case).stage is Stage.CLOSE


EVENTS: list[Event] = [
    *WITH_TWO,
    *SENT,
    sealed(8),
    planned("d1", last=False),
    planned("d1", "d2"),
    planned("d2", part=2),
    ABOUT_ONE,
    said("passage/d1/x"),
]


@given(st.lists(st.sampled_from(EVENTS), max_size=25))
def test_any_order_of_events_folds(events: list[Event]) -> None:
    """No order of events makes the fold or the road raise."""
    where(journal(OPENED, *events))
