"""Staged release: what is ready goes in time, and what waits follows in a later part."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from casework.dispatch import passphrase_for
from casework.parts import send_ready, take_back
from casework.questions import Given, answer
from rights.case import Question, documents_of
from rights.errors import RefusedError
from rights.law import Law
from rights.release import CaseRef
from rights.road import Stage, ready_documents, where
from tests.small_council import SmallTruth
from tests.small_office import NOON, STAFF, PlainAt, Small, open_small

OFFICER = STAFF["officer1"]


@pytest.fixture(scope="module")
def waiting_one(
    plain_at: PlainAt, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, CaseRef, str]:
    """Everything is answered but one passage of one document; that question's id."""
    home = tmp_path_factory.mktemp("one") / "home"
    small = plain_at("cast", home)
    kept = next(q for q in small.waiting() if q.topic == "passage")
    while others := [q for q in _waiting(small) if q.id != kept.id]:
        small.rehearsal.answer_waiting(small.ref, others)
    small.office.store.close()
    return home, small.ref, kept.id


def _waiting(small: Small) -> tuple[Question, ...]:
    return small.work().waiting


@pytest.fixture
def one(
    waiting_one: tuple[Path, CaseRef, str],
    small_council: tuple[Path, SmallTruth],
    tmp_path: Path,
) -> tuple[Small, str]:
    """A fresh copy of that case."""
    home, ref, kept = waiting_one
    council, truth = small_council
    shutil.copytree(home, tmp_path / "home")
    return Small(open_small(tmp_path / "home", council), ref, truth), kept


def _but(small: Small, kept: str) -> None:
    """Work on, and answer whatever comes but the one question."""
    while others := [q for q in _waiting(small) if q.id != kept]:
        small.rehearsal.answer_waiting(small.ref, others)


def test_what_is_ready_goes_first_and_the_rest_follows(one: tuple[Small, str]) -> None:
    """Each part is sealed, approved and sent by itself; the case ends with the last."""
    small, kept = one
    office, ref = small.office, small.ref
    held_back = documents_of(office.case(ref).questions[kept])
    send_ready(office, ref, OFFICER)
    _but(small, kept)
    case = office.case(ref)
    first = case.parts[0]
    assert first.sent_on == dt.date(2026, 11, 23)
    assert case.sent_on is None
    assert case.closed is None
    assert held_back is not None
    assert not held_back & set(first.documents)
    names = sorted(p.name for p in office.settings.outbox.glob("*-part-*/*.pdf"))
    assert names == [f"{ref}-part-1-letter.pdf", f"{ref}-part-1-pack.pdf"]
    passphrase = passphrase_for(office, ref, OFFICER)
    small.until()
    case = office.case(ref)
    assert [p.number for p in case.parts] == [1, 2]
    assert set(case.parts[1].documents) == set(case.held) - set(first.documents)
    assert case.closed is not None
    assert case.sent_on == case.parts[1].sent_on
    assert passphrase_for(office, ref, OFFICER) == passphrase
    assert len(list(office.settings.outbox.glob("*-part-*/*.pdf"))) == 4


def test_nothing_is_ready_while_a_question_is_about_the_whole_file(
    plain_at: PlainAt, tmp_path: Path
) -> None:
    """The officer is told what to answer first."""
    small = plain_at("cast", tmp_path / "home")
    with pytest.raises(RefusedError, match=r"part\.nothing_ready"):
        send_ready(small.office, small.ref, OFFICER)


def test_a_part_planned_early_can_be_taken_back(one: tuple[Small, str]) -> None:
    """Its documents wait for a later part, its approval is not asked any more."""
    small, kept = one
    office, ref = small.office, small.ref
    send_ready(office, ref, OFFICER)
    small.until("approve")
    with pytest.raises(RefusedError, match=r"part\.in_hand"):
        send_ready(office, ref, OFFICER)
    take_back(office, ref, "The opinion came today.", OFFICER)
    assert {q.id for q in small.work().waiting} == {kept}
    assert office.case(ref).parts == ()
    small.until()
    assert len(office.case(ref).parts) == 1


def test_what_went_out_is_not_decided_anew(one: tuple[Small, str]) -> None:
    """A question about a document that was sent cannot be corrected; one that waits can be."""
    small, kept = one
    office, ref = small.office, small.ref
    ready = set(ready_documents(office.case(ref)))
    send_ready(office, ref, OFFICER)
    _but(small, kept)
    sent = next(
        q
        for q in office.case(ref).questions.values()
        if q.topic == "page" and q.answer and (about := documents_of(q)) and about <= ready
    )
    assert sent.answer is not None
    with pytest.raises(RefusedError, match=r"question\.sent"):
        answer(office, ref, Given(sent.id, sent.answer.value, {}, correct=True), OFFICER)


def test_a_letter_that_waited_names_the_routes_of_the_day_it_leaves(
    waiting_one: tuple[Path, CaseRef, str],
    small_council: tuple[Path, SmallTruth],
    tmp_path: Path,
) -> None:
    """When the ways to complain change before it is sent, it is sealed and approved again."""
    home, ref, _ = waiting_one
    council, truth = small_council
    shutil.copytree(home, tmp_path / "home")
    now = [NOON]
    small = Small(open_small(tmp_path / "home", council, lambda: now[0]), ref, truth)
    small.until("approve")
    sealed = small.office.case(ref).seal
    assert sealed is not None
    now[0] = NOON + dt.timedelta(days=1)
    small.office.__dict__["law"] = _with_other_routes(small.office.law, now[0].date())
    small.answer("approve")
    assert where(small.office.case(ref)).stage is Stage.DISPATCH
    small.work()
    case = small.office.case(ref)
    assert case.sent_on is None
    assert case.seal is not None
    assert case.seal.seq > sealed.seq
    assert not case.seal.approved_by


def _with_other_routes(law: Law, start: dt.date) -> Law:
    """The law with the ways to complain in another order from a day on."""
    rule = law.rules["complaint.routes"]
    last = rule.values[-1]
    assert isinstance(last.value, tuple)
    values = (
        *rule.values[:-1],
        replace(last, until=start - dt.timedelta(days=1)),
        replace(last, start=start, value=tuple(reversed(last.value))),
    )
    return replace(law, rules={**law.rules, rule.id: replace(rule, values=values)})
