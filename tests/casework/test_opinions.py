"""The health lock on the whole road: an opinion that runs out, and a document that waits alone."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from casework.bundle import load_bundle
from casework.opinions import ask_health, blocked, open_questions, proposals_of, tally
from casework.parts import send_ready
from casework.questions import Given, answer
from casework.reminders import opinion_reminders, watch
from casework.schedules import LEFT_OUT, schedule_of, without
from casework.unlocking import ask_professional, mark_known, record_opinion
from rights.contact import PLAIN
from rights.errors import RefusedError, RightsdeskError
from rights.gates.guards.health import SUBJECT
from rights.opinions import Giver, Lock, Professional, Why, state_of
from rights.road import Stage, seal_stands, where
from rights.workdays import add_working_days, calendar_of
from tests.casework.test_small_road import texts_of
from tests.letters.reading import flat_text
from tests.small_office import NOON, STAFF, PlainAt, Small

OFFICER = STAFF["officer1"]
LATER = dt.timedelta(days=190)
PROFESSIONAL = Giver(name="Dr L Fen", qualification="Paediatrician")


@dataclass
class Wall:
    """A clock that tests may put forward."""

    now: dt.datetime = NOON

    def __call__(self) -> dt.datetime:
        return self.now


At = Callable[[str], tuple[Small, Wall]]


@pytest.fixture
def at(plain_at: PlainAt, tmp_path: Path) -> At:
    """Opens a fresh copy of the case at a point, with a clock of its own."""

    def open_at(point: str) -> tuple[Small, Wall]:
        wall = Wall()
        return plain_at(point, tmp_path / point, wall), wall

    return open_at


def test_an_opinion_that_lapses_before_dispatch_is_asked_about_and_voids_the_seal(at: At) -> None:
    """Approved in time and sent too late: nothing leaves, a new opinion is asked, then it goes."""
    small, wall = at("approve")
    small.answer("approve")
    office, ref = small.office, small.ref
    assert where(office.case(ref)).stage is Stage.DISPATCH
    wall.now += LATER
    small.until("health")
    case = office.case(ref)
    (question,) = open_questions(case)
    assert case.sent_on is None and not list(office.settings.outbox.glob("*-part-*"))
    (state,) = {s.why for s in blocked(office.reading(ref), case.remaining)}
    assert state is Why.STALE
    assert where(case).waiting and question.body["items"]
    sealed = case.seal
    ended = small.until()
    case = office.case(ref)
    assert not ended.waiting and case.closed is not None
    assert case.seal is not None and sealed is not None and case.seal.seq > sealed.seq
    assert len(case.opinions) == 2


def test_an_opinion_that_lapses_before_sealing_is_asked_about(at: At) -> None:
    """A pack sealed on a stale opinion would be void: the question comes first."""
    small, wall = at("cast")
    small.answer()
    wall.now += LATER
    small.until("health")
    assert open_questions(small.office.case(small.ref))
    assert small.office.case(small.ref).seal is None


def test_a_blocked_item_keeps_back_only_its_document(at: At) -> None:
    """The rest goes as a first part; the blocked document follows in the last."""
    small, _ = at("cast")
    office, ref = small.office, small.ref
    held = open_questions(office.case(ref))[0].body["document"]
    while waiting := [q for q in small.waiting() if q.topic not in ("health", "hold")]:
        small.rehearsal.answer_waiting(ref, waiting)
        small.work()
    rest = [i for q in open_questions(office.case(ref)) for i in q.body["items"] if held not in i]
    if rest:
        mark_known(office, ref, rest, whose=SUBJECT, how="told", known_on=NOON.date(), who=OFFICER)
    send_ready(office, ref, OFFICER)
    part = office.case(ref).part
    assert part is not None and held not in part.documents and not part.last
    small.until("approve")
    small.answer("approve")
    small.until("health")
    case = office.case(ref)
    assert case.parts[0].sent_on is not None and case.closed is None
    assert held in case.remaining
    sent = next(iter(case.parts[0].documents))
    assert sent in case.on_their_way
    small.until()
    case = office.case(ref)
    assert case.closed is not None and case.parts[-1].last and held in case.parts[-1].documents
    first, last = (
        flat_text(office.store.get_file(ref, part.seal.event.letter_file))
        for part in case.parts
        if part.seal is not None
    )
    assert "Here is part 1" in first and "We will send you the rest" in first
    assert "This completes our answer" in last and "We sent you before" in last


def test_a_schedule_says_no_more_than_is_needed(at: At) -> None:
    """Frozen on the day of asking, numbered from 1, without addresses or protected facts."""
    small, _ = at("cast")
    office, ref = small.office, small.ref
    items = [i for q in open_questions(office.case(ref)) for i in q.body["items"]]
    professional = Professional(
        name="Dr L Fen",
        qualification="Paediatrician",
        why=office.law.words("health.professional", NOON.date())[0],
    )
    bundle = load_bundle(office.reading(ref))
    ask_professional(office, ref, items, professional, bundle, OFFICER, contact=PLAIN)
    schedule = schedule_of(office.reading(ref), "opinion/1")
    assert [line.number for line in schedule.lines] == list(range(1, len(items) + 1))
    assert {line.item for line in schedule.lines} == set(items)
    text = " ".join(line.text for line in schedule.lines)
    assert "asthma" in text
    assert not any(g.casefold() in text.casefold() for g in small.truth.gone)
    count = tally(office, office.case(ref))
    assert (count.items, count.blocked, count.awaited) == (len(items),) * 3
    asked, line = NOON.date(), f"{ref}: opinion to officer"
    rule = office.council.reminders.opinion
    assert rule is not None
    first = add_working_days(asked, rule.when, calendar_of(office.law))
    eve = first - dt.timedelta(days=1)
    assert not opinion_reminders(office, office.case(ref), eve)
    assert line in watch(office, first, dry_run=False)
    assert not opinion_reminders(office, office.case(ref), first), "said once"
    again = add_working_days(first, rule.when, calendar_of(office.law))
    (missed,) = opinion_reminders(office, office.case(ref), again + dt.timedelta(days=1))
    assert missed.due == again
    (told,) = (p for p in office.settings.reminders.glob("*.eml") if b"(1)" in p.read_bytes())
    assert not any(g.encode() in told.read_bytes() for g in small.truth.gone)


@pytest.mark.parametrize(
    ("text", "facts", "left"),
    [
        ("at 6  linden\nMews now", ["6 Linden Mews"], f"at {LEFT_OUT} now"),
        ("a (b) c", ["(b)"], f"a {LEFT_OUT} c"),
        ("nothing", ["", "  "], "nothing"),
    ],
)
def test_protected_facts_are_left_out(text: str, facts: list[str], left: str) -> None:
    """In any case and spacing, and taken as they are written."""
    assert without(text, facts) == left


def test_serious_harm_is_withheld_and_nothing_else_opens_it(at: At, tmp_path: Path) -> None:
    """A yes on the return sheet paints the passage; what the subject knows does not undo it."""
    small, _ = at("cast")
    office, ref = small.office, small.ref
    items = [i for q in open_questions(office.case(ref)) for i in q.body["items"]]
    why = office.law.words("health.professional", NOON.date())[1]
    professional = Professional(name="Dr L Fen", qualification="Paediatrician", why=why)
    bundle = load_bundle(office.reading(ref))
    ask_professional(office, ref, items, professional, bundle, OFFICER, contact=PLAIN)
    record_opinion(
        office,
        ref,
        "opinion/1",
        harm=range(1, len(items) + 1),
        no_harm=(),
        by=PROFESSIONAL,
        dated=NOON.date(),
        received_on=NOON.date(),
        who=OFFICER,
    )
    case = office.case(ref)
    states = {state_of(case, i, NOON.date(), office.law).lock for i in items}
    assert states == {Lock.HARM} and open_questions(case) == ()
    decided = case.decision("health/opinion/1")
    assert decided is not None
    assert set(json.loads(decided.event.facts).values()) == {Lock.HARM.value}
    with pytest.raises(RefusedError) as refused:
        mark_known(office, ref, items, whose=SUBJECT, how="told", known_on=NOON.date(), who=OFFICER)
    assert refused.value.code == "health.harm_said"
    small.until("approve")
    shown = texts_of(small.pack(), tmp_path)
    assert all("asthma" not in text and "inhaler" not in text for text in shown.values())
    assert all("wants to be a vet" in text for text in shown.values())
    assert seal_stands(office.case(ref))


def test_the_question_itself_has_no_answer(at: At) -> None:
    """Whatever is given as an answer is refused, and the question stays open."""
    small, _ = at("cast")
    question = open_questions(small.office.case(small.ref))[0]
    with pytest.raises(RightsdeskError) as refused:
        answer(small.office, small.ref, Given(question.id, "disclose"), OFFICER)
    assert refused.value.code == "health.own_page"


def test_asking_again_changes_nothing(at: At) -> None:
    """Bringing the questions in line is safe to repeat, and a rejudged file is asked about anew."""
    small, wall = at("cast")
    work = small.office.reading(small.ref)
    before = work.case.seq
    assert ask_health(work)
    assert work.case.seq == before
    assert proposals_of(work)
    wall.now += LATER
    assert ask_health(small.office.reading(small.ref))
