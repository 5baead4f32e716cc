"""A case is a fold of its events, and its road follows from them."""

import datetime as dt
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from rights.case import Case, fold
from rights.events import Actor, Attested, Event
from rights.events import kinds as k
from rights.events.base import ENGINE
from rights.people import GivenName, Recipient, RequestPeople, SubjectDetails
from rights.release import CaseRef, Right
from rights.road import AGAIN, Stage, where

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


def asked(question: str, topic: str, stage: str, role: str = "officer") -> k.QuestionAsked:
    return k.QuestionAsked(
        actor=ENGINE,
        question=question,
        topic=topic,
        stage=stage,
        role=role,
        text="{}",
        options=("yes", "no"),
    )


def said(question: str, value: str = "yes", actor: Actor = OFFICER) -> k.QuestionAnswered:
    return k.QuestionAnswered(actor=actor, question=question, answer=value)


RECORDED = k.PeopleRecorded(actor=OFFICER, people=PEOPLE)
ACKNOWLEDGED = k.LetterMade(
    actor=ENGINE, letter="acknowledgement", template="acknowledgement", sha256="", file="f"
)
SEARCHED = k.SearchFinished(actor=ENGINE, sources=("a",))
MATCHED = k.MatchesProposed(actor=ENGINE, file="f", matches=1, reviews=1, rejected=0, weights="1")
COLLECTED = k.CollectionFinished(actor=ENGINE, documents=1)
READ = k.ReadingFinished(actor=ENGINE, documents=1, pages=1)
PROPOSED = k.ProposalsMade(actor=ENGINE, file="f", proposals=1, by_treatment={}, law_version="1")
TO_PROPOSED = (OPENED, RECORDED, ACKNOWLEDGED, SEARCHED, MATCHED, COLLECTED, READ, PROPOSED)


def sealed(basis: int, sha256: str = "ab") -> k.PackSealed:
    return k.PackSealed(
        actor=ENGINE,
        part=1,
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
        Stage.LETTERS,
        Stage.SEARCH,
        Stage.MATCH,
        Stage.COLLECT,
        Stage.READ,
        Stage.PROPOSE,
        Stage.SEAL,
    ]
    for count, stage in enumerate(expected, 1):
        assert where(journal(*TO_PROPOSED[:count])).stage is stage


def test_another_right_walks_no_further_than_its_letters() -> None:
    """An erasure request gets its people, letters and clock, and never the access road."""
    opened = OPENED.model_copy(update={"right": Right.ERASURE})
    assert where(journal(opened)).stage is Stage.PEOPLE
    assert where(journal(opened, RECORDED)).stage is Stage.LETTERS
    at_the_end = where(journal(opened, RECORDED, ACKNOWLEDGED))
    assert at_the_end.stage is None
    assert "by hand" in at_the_end.words


def test_an_open_question_holds_only_what_hangs_on_it() -> None:
    """An open match question holds collecting, an open cast question holds sealing."""
    case = journal(*TO_PROPOSED[:5], asked("match/1", "match", "match"))
    assert where(case).stage is None
    assert [q.id for q in where(case).waiting] == ["match/1"]
    case = journal(*TO_PROPOSED, asked("cast/P02/name", "cast", "propose"))
    assert where(case).stage is None
    assert where(journal(*TO_PROPOSED, asked("time/0", "time", "time"))).stage is Stage.SEAL


def test_a_corrected_match_sends_the_case_back_to_collecting() -> None:
    """A superseding answer reopens collecting and what follows, and nothing before."""
    events = (
        *TO_PROPOSED[:5],
        asked("match/1", "match", "match"),
        said("match/1"),
        COLLECTED,
        READ,
        PROPOSED,
    )
    assert where(journal(*events)).stage is Stage.SEAL
    correction = k.QuestionAnswered(actor=OFFICER, question="match/1", answer="no", supersedes=7)
    assert where(journal(*events, correction)).stage is Stage.COLLECT


def test_a_later_decision_voids_the_seal_and_its_approval() -> None:
    """A pack sealed before a corrected decision is built again."""
    events = (*TO_PROPOSED, asked("cast/P02/name", "cast", "propose"), said("cast/P02/name"))
    approved = k.PackApproved(actor=APPROVER, part=1, sha256="ab")
    assert where(journal(*events, sealed(10), approved)).stage is Stage.DISPATCH
    correction = said("cast/P02/name", "no")
    assert where(journal(*events, sealed(10), approved, correction)).stage is Stage.SEAL


def test_an_approval_of_other_bytes_counts_for_nothing() -> None:
    """Approving is of one exact pack."""
    approved = k.PackApproved(actor=APPROVER, part=1, sha256="other")
    case = journal(*TO_PROPOSED, sealed(8), approved)
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
    events = (*TO_PROPOSED[:4], asked("source/a", "source", "search"))
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


@given(st.lists(st.sampled_from([*TO_PROPOSED, sealed(8), READ, COLLECTED]), max_size=25))
def test_any_order_of_events_folds(events: list[Event]) -> None:
    """No order of events makes the fold or the road raise."""
    where(journal(OPENED, *events))
