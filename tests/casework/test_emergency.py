"""When something has gone wrong: everything stops, the time is counted, people are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.breaches import Assessment, assess_breach, breaches_of
from casework.clock import clock_of
from casework.emergency import ACTING, GO_ON, SAFEGUARDING, TOPIC, Report, raise_alarm
from casework.office import Office
from casework.questions import Given, SignedIn, answer
from casework.receive import Receipt, receive
from casework.reminders import tell_now, watch
from rights.emergency import RESPONSES, Mishap
from rights.errors import InputError, RefusedError
from rights.events import Actor, Attested
from rights.events.base import ENGINE
from rights.events.kinds import CaseClosed
from rights.release import CaseRef, Right
from rights.road import FROZEN, where
from tests.small_office import NOON, RECEIVED, STAFF, open_small

AWARE = NOON - dt.timedelta(hours=2, minutes=13)
FORM = Actor(login="prefect", attested=Attested.PREFECT)
TOLD = {"told": "Imogen Thaw, at noon", "reason": "She rings the person today."}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office without cases."""
    opened = open_small(tmp_path / "home", tmp_path)
    yield opened
    opened.store.close()


@pytest.fixture
def ref(office: Office) -> CaseRef:
    """A case that a phone call began."""
    receipt = Receipt(Right.ACCESS, "phone", RECEIVED, "Front desk", False, "", run="a call")
    return receive(office, receipt, STAFF["officer1"].actor)


def report(office: Office, ref: CaseRef, kind: str = Mishap.WRONG_RECIPIENT) -> None:
    raise_alarm(office, ref, Report(kind, AWARE), FORM)


def let_go_on(office: Office, ref: CaseRef, who: SignedIn = STAFF["dpo"]) -> None:
    """The DPO says that the case may go on."""
    question = next(q for q in office.case(ref).open_questions if q.topic == TOPIC)
    answer(office, ref, Given(question.id, GO_ON, {"reason": "It came back unopened."}), who)


@pytest.mark.parametrize("kind", [m for m in Mishap if RESPONSES[m].stops])
def test_everything_stops_and_the_hours_run_from_the_minute(
    office: Office, ref: CaseRef, kind: Mishap
) -> None:
    """Nothing goes on, 72 hours are counted straight through, and two people have a task today."""
    due = clock_of(office, office.case(ref)).due
    report(office, ref, kind)
    case = office.case(ref)
    assert where(case).words == FROZEN and where(case).stage is None
    (breach,) = breaches_of(office, case)
    assert breach.noted.found_at == AWARE
    assert breach.reading.notify_by.astimezone(dt.UTC) == AWARE + dt.timedelta(hours=72)
    tasks = {q.topic: q for q in case.open_questions if q.topic in (TOPIC, SAFEGUARDING)}
    assert {t: q.role for t, q in tasks.items()} == {TOPIC: "dpo", SAFEGUARDING: "manager"}
    assert all(q.due_on == office.today() for q in tasks.values())
    assert clock_of(office, case).due == due


def test_reported_twice_it_is_recorded_once(office: Office, ref: CaseRef) -> None:
    """The form pressed again changes nothing; another thing that went wrong is noted as well."""
    report(office, ref)
    before = office.case(ref).seq
    report(office, ref)
    assert office.case(ref).seq == before
    report(office, ref, Mishap.VISIBLE_NAME)
    case = office.case(ref)
    assert len(case.breaches) == 2
    assert sum(q.topic == TOPIC for q in case.open_questions) == 1


def test_a_message_of_danger_is_a_task_of_today_and_nothing_else(
    office: Office, ref: CaseRef
) -> None:
    """No breach, nothing stopped, the time untouched; the manager is told without a name."""
    before = clock_of(office, office.case(ref))
    report(office, ref, Mishap.RISK_TO_LIFE)
    case = office.case(ref)
    assert case.frozen is None and not case.breaches
    assert where(case).stage is not None
    assert clock_of(office, case) == before
    assert [q.due_on for q in case.open_questions if q.topic == SAFEGUARDING] == [office.today()]
    assert tell_now(office, ref) == (f"{ref}: told safeguarding", f"{ref}: told manager")
    assert tell_now(office, ref) == ()
    mails = [path.read_text() for path in office.settings.reminders.glob("*.eml")]
    assert any("safeguarding@" in mail and ref in mail for mail in mails)


def test_a_request_that_tells_of_danger_is_told_the_same_day(office: Office) -> None:
    """The switch on the form of receipt is a task for the safeguarding manager."""
    receipt = Receipt(Right.ACCESS, "phone", RECEIVED, "Front desk", True, "", run="a call")
    case = office.case(receive(office, receipt, STAFF["officer1"].actor))
    assert [q.topic for q in case.open_questions] == [SAFEGUARDING]
    assert case.frozen is None


def test_the_task_is_done_only_with_a_name_and_a_time(office: Office, ref: CaseRef) -> None:
    """Who was told and what they do is written down; until then it is said every day."""
    report(office, ref, Mishap.RISK_TO_LIFE)
    question = next(q.id for q in office.case(ref).open_questions if q.topic == SAFEGUARDING)
    with pytest.raises(InputError) as missing:
        answer(office, ref, Given(question, ACTING, {"reason": "x"}), STAFF["manager"])
    assert missing.value.code == "safeguarding.told"
    tomorrow = office.today() + dt.timedelta(days=1)
    assert f"{ref}: safeguarding to manager" in watch(office, tomorrow, dry_run=True)
    answer(office, ref, Given(question, ACTING, TOLD), STAFF["manager"])
    assert not watch(office, tomorrow, dry_run=True)


def test_the_task_outlives_the_case(office: Office, ref: CaseRef) -> None:
    """What is found after the end is asked of a closed case as well."""
    case = office.case(ref)
    over = CaseClosed(actor=ENGINE, outcome="answered", closed_on=NOON.date())
    office.store.append(ref, [over], expected_seq=case.seq)
    report(office, ref, Mishap.VISIBLE_NAME)
    case = office.case(ref)
    assert case.closed is not None and case.frozen is not None
    assert {q.topic for q in case.open_questions} >= {TOPIC, SAFEGUARDING}


def test_it_goes_on_when_the_dpo_has_decided(office: Office, ref: CaseRef) -> None:
    """First whether it is told, with the reason; then, by the DPO alone, that it may go on."""
    report(office, ref)
    with pytest.raises(RefusedError) as early:
        let_go_on(office, ref)
    assert early.value.code == "freeze.not_assessed"
    reason = "A colleague; it came back unopened."
    assess_breach(office, ref, "breach/1", Assessment(False, reason), STAFF["dpo"])
    with pytest.raises(RefusedError) as role:
        let_go_on(office, ref, STAFF["officer1"])
    assert role.value.code == "question.role"
    let_go_on(office, ref)
    assert office.case(ref).frozen is None
    assert where(office.case(ref)).stage is not None


@pytest.mark.parametrize(
    ("kind", "aware", "code"),
    [
        ("a bad feeling", AWARE, "emergency.kind"),
        (Mishap.LOST_PARCEL, NOON + dt.timedelta(minutes=1), "breach.future"),
        (Mishap.LOST_PARCEL, AWARE.replace(tzinfo=None), "clock.no_time_zone"),
    ],
)
def test_what_cannot_be_is_refused(
    office: Office, ref: CaseRef, kind: str, aware: dt.datetime, code: str
) -> None:
    """An unknown kind, or a time that has not come or has no zone, changes nothing."""
    before = office.case(ref).seq
    with pytest.raises(InputError) as refused:
        raise_alarm(office, ref, Report(kind, aware), FORM)
    assert refused.value.code == code
    assert office.case(ref).seq == before
