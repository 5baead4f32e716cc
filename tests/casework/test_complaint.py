"""A complaint from its receipt to its outcome, about an answer of ours and about anything else."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from casework.clock import clock_of
from casework.complaint.finding import NO_BREACH, NOT_REOPENED, NOTE, REOPENED
from casework.complaint.handler import note_enquiry
from casework.figures import cases_of
from casework.outcome import propose_outcome
from casework.questions import Given, SignedIn, answer
from casework.receive import Receipt, receive
from casework.reopen import reopen
from rights.case import Case
from rights.clock import ClockState
from rights.decisions.complaint import causes_of, involved_in
from rights.errors import InputError, RefusedError
from rights.events.kinds import CaseClosed
from rights.figures import Period, figures
from rights.release import CaseRef, Right
from tests.letters.reading import flat_text
from tests.rights.store.build import in_child
from tests.small_council import SmallTruth
from tests.small_office import NOON, RECEIVED, STAFF, Small, events_of, open_small, signed_in

Council = tuple[Path, SmallTruth]
HANDLER = signed_in("complaints1", "officer")
NAMED = {
    "login": "complaints1",
    "name": "Ruth Okafor",
    "job": "complaints officer",
    "role": "officer",
    "points": "My answer came three weeks late.\nA page about my school was missing.",
}
RIGHT: dict[str, Any] = {
    "findings": "We looked at the dates. The answer was due on 2 October and left on 23 October.",
    "cause": "late",
    "remedies": "We now look at every case a week before its day.",
}


def complain(tmp_path: Path, council: Council) -> Small:
    """A complaint that was received, with who is who."""
    folder, truth = council
    office = open_small(tmp_path, folder)
    receipt = Receipt(Right.COMPLAINT, "phone", RECEIVED, "Front desk", False, run="complaint")
    small = Small(office, receive(office, receipt, STAFF["officer1"].actor), truth)
    small.work()
    small.answer("people")
    small.work()
    return small


def refused_request(small: Small, tmp_path: Path) -> CaseRef:
    """A request that was refused, sent and closed: something to complain of."""
    receipt = Receipt(Right.ACCESS, "phone", RECEIVED, "Front desk", False, run="access")
    ref = receive(small.office, receipt, STAFF["officer1"].actor)
    other = Small(small.office, ref, small.truth)
    other.work()
    other.answer("people")
    details = {
        "reason": "She offered twice to withdraw for money.",
        "ground": "unfounded",
        "reasons": ["no real wish"],
        "facts": "On 21 November 2026 you wrote that you would withdraw for £2,000.",
    }
    case = propose_outcome(small.office, ref, "refused", details, STAFF["officer1"])
    question = next(q for q in case.open_questions if q.topic == "outcome")
    answer(small.office, ref, Given(question.id, "agree", {"reason": "yes"}), STAFF["manager"])
    other.until()
    assert small.office.case(ref).closed is not None
    return ref


def name_handler(small: Small, entries: Mapping[str, str] = {}) -> None:
    given = Given("handler", "given", {**NAMED, **entries})
    answer(small.office, small.ref, given, STAFF["manager"])


def find(
    small: Small,
    value: str,
    details: Mapping[str, Any] = {},
    who: SignedIn = HANDLER,
    what: str = "finding",
) -> Case:
    return answer(small.office, small.ref, Given(f"complaint/1/{what}", value, details), who)


def made_letter(small: Small, name: str) -> str:
    return flat_text(small.office.store.get_file(small.ref, f"letters/{name}.pdf"))


def sent_letter(small: Small) -> str:
    sealed = small.office.case(small.ref).seal
    assert sealed is not None
    return flat_text(small.office.store.get_file(small.ref, sealed.event.letter_file))


def test_the_acknowledgement_names_who_looks_into_it(small_council: Council, tmp_path: Path):
    """It waits for the name, and says what was understood, what comes, and every other way."""
    small = complain(tmp_path, small_council)
    waiting = small.office.case(small.ref)
    assert "acknowledgement" not in waiting.letters
    much_later = NOON.date() + dt.timedelta(days=60)
    assert clock_of(small.office, waiting, much_later).state is ClockState.OVERDUE
    name_handler(small)
    small.work()
    later = clock_of(small.office, small.office.case(small.ref), much_later)
    assert later.state is ClockState.RUNNING and later.due is None
    letter = made_letter(small, "acknowledgement")
    made = small.office.case(small.ref).letters["acknowledgement"]
    assert made.template == "complaint_acknowledgement"
    assert "Ruth Okafor, complaints officer, looks into your complaint" in letter
    assert "My answer came three weeks late." in letter
    for words in ("complain to the council", "Information Commissioner", "court"):
        assert words in letter


def test_the_finding_has_its_causes_and_feeds_the_figures(small_council: Council, tmp_path: Path):
    """Why it went wrong is told and counted, the first cause first; who found it is kept."""
    details = {**RIGHT, "also": "over redaction"}
    small = complain(tmp_path, small_council)
    name_handler(small)
    small.work()
    find(small, "partly upheld", details)
    small.until()
    case, letter = small.office.case(small.ref), sent_letter(small)
    assert "It went wrong because" in letter
    decided = case.decision("outcome")
    assert decided is not None and decided.event.actor.login == "complaints1"
    codes = causes_of(decided.event.rules)
    assert codes == (details["cause"], details["also"])
    period = Period(dt.date(2026, 11, 1), dt.date(2026, 11, 30))
    counted = figures(cases_of(small.office, period), period, NOON.date(), small.office.law)
    assert counted.complaint_causes == dict.fromkeys(codes[:1], 1)
    assert counted.acknowledgements == {"in time": 1}
    assert not case.sources and not case.documents


def test_whoever_had_a_part_in_it_cannot_look_into_it(small_council: Council, tmp_path: Path):
    """Neither who decided the answer, nor who approved it; and nobody else gives the finding."""
    small = complain(tmp_path, small_council)
    about = refused_request(small, tmp_path)
    involved = involved_in(small.office.case(about))
    assert {"officer1", "manager", "officer2"} & involved
    for login in sorted(involved):
        with pytest.raises(RefusedError) as caught:
            name_handler(small, {"login": login, "about": about})
        assert caught.value.code == "complaint.involved"
    name_handler(small, {"about": about})
    small.work()
    with pytest.raises(RefusedError) as caught:
        find(small, "upheld", RIGHT, STAFF["officer1"])
    assert caught.value.code == "complaint.not_handler"


def test_a_complaint_that_is_right_takes_the_answer_up_again(
    small_council: Council, tmp_path: Path
):
    """Linked both ways; the complaint ends only once a person has reopened the case."""
    small = complain(tmp_path, small_council)
    about = refused_request(small, tmp_path)
    name_handler(small, {"about": about})
    small.work()
    links = [link.other for link in small.office.case(about).linked]
    assert links == [small.ref]
    find(small, "upheld", {**RIGHT, "cause": "wrong exemption", "reopen": "yes"})
    small.work()
    with pytest.raises(RefusedError) as caught:
        find(small, REOPENED, what="reopen")
    assert caught.value.code == "complaint.still_closed"
    reopen(small.office, about, "The complaint found it wrong.", STAFF["officer1"], small.ref)
    find(small, REOPENED, what="reopen")
    small.until()
    assert about in sent_letter(small)
    again = small.office.case(about)
    stands = again.decision("outcome")
    assert again.closed is None and stands is not None and stands.event.outcome == "open"
    Small(small.office, about, small.truth).work()
    assert small.office.case(about).searched_seq > again.reopened_seq


def test_something_sent_that_should_not_have_been_is_offered_as_a_breach(
    small_council: Council, tmp_path: Path
):
    """The finding waits for the answer; noted, its hours run from that minute."""
    small = complain(tmp_path, small_council)
    name_handler(small)
    small.work()
    find(small, "upheld", {**RIGHT, "cause": "under redaction"})
    small.work()
    assert small.office.case(small.ref).decision("outcome") is None
    with pytest.raises(InputError):
        find(small, NO_BREACH, what="breach")
    given = Given(
        "complaint/1/breach", NOTE, {"severity": "medium", "what": "A name could be read."}
    )
    answer(small.office, small.ref, given, HANDLER)
    case = small.office.case(small.ref)
    noted, _ = case.breaches["breach/1"]
    assert noted.found_at == NOON and noted.severity == "medium"
    small.until()
    assert "personal data breach" in sent_letter(small)


@pytest.mark.parametrize(
    ("value", "change", "code"),
    [
        ("upheld", {"findings": " "}, "complaint.findings"),
        ("upheld", {"cause": ""}, "complaint.cause"),
        ("upheld", {"cause": "the weather"}, "complaint.cause"),
        ("partly upheld", {"remedies": ""}, "complaint.remedy"),
        ("not upheld", {"findings": ""}, "complaint.findings"),
    ],
)
def test_a_finding_says_what_why_and_what_now(
    small_council: Council, tmp_path: Path, value: str, change: dict[str, str], code: str
):
    """Nothing is decided that could not be written to the person."""
    small = complain(tmp_path, small_council)
    name_handler(small)
    small.work()
    with pytest.raises((InputError, RefusedError)) as caught:
        find(small, value, {**RIGHT, **change})
    assert caught.value.code == code
    assert small.office.case(small.ref).decision("outcome") is None


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({"name": ""}, "complaint.handler"),
        ({"role": "king"}, "complaint.role"),
        ({"about": "SAR-2026-9999-X"}, "reference.check_letter"),
    ],
)
def test_a_handler_is_named_whole(
    small_council: Council, tmp_path: Path, entries: dict[str, str], code: str
):
    """Without name, job and role, or with a case that is none, nobody is named."""
    small = complain(tmp_path, small_council)
    with pytest.raises(InputError) as caught:
        name_handler(small, entries)
    assert caught.value.code == code
    assert small.office.case(small.ref).decision("handler") is None


def test_enquiries_are_kept_with_their_answers(small_council: Council, tmp_path: Path):
    """Who was asked what, and what they said; sealed, each an entry of its own."""
    small = complain(tmp_path, small_council)
    note_enquiry(small.office, small.ref, "Post room", "When did it leave?", "", HANDLER)
    note_enquiry(
        small.office, small.ref, "Post room", "When did it leave?", "On 23 October.", HANDLER
    )
    made = [d.event for d in small.office.case(small.ref).decisions if "enquiry" in d.event.matter]
    assert [(e.matter, e.outcome) for e in made] == [
        ("enquiry/1", "asked"),
        ("enquiry/2", "answered"),
    ]
    assert json.loads(made[1].facts)["answer"] == "On 23 October."
    with pytest.raises(InputError):
        note_enquiry(small.office, small.ref, " ", "x", "", HANDLER)


def test_a_complaint_can_be_taken_back_and_never_refused(small_council: Council, tmp_path: Path):
    """The law has no refusal of a complaint; the person may withdraw it."""
    small = complain(tmp_path, small_council)
    name_handler(small)
    with pytest.raises(InputError) as caught:
        propose_outcome(small.office, small.ref, "refused", {"reason": "x"}, STAFF["officer1"])
    assert caught.value.code == "outcome.wish"
    propose_outcome(
        small.office, small.ref, "withdrawn", {"reason": "She rang."}, STAFF["officer1"]
    )
    answer(small.office, small.ref, Given("outcome/1", "agree"), STAFF["officer1"])
    small.until()
    closed = small.office.case(small.ref).closed
    assert isinstance(closed, CaseClosed) and closed.outcome == "withdrawn"


def test_working_again_changes_nothing(small_council: Council, tmp_path: Path):
    """Each stage run twice asks and links once."""
    small = complain(tmp_path, small_council)
    about = refused_request(small, tmp_path)
    name_handler(small, {"about": about})
    small.work()
    before = (events_of(small.office, small.ref), events_of(small.office, about))
    small.work()
    assert before == (events_of(small.office, small.ref), events_of(small.office, about))
    find(small, "upheld", {**RIGHT, "reopen": "yes"})
    small.work()
    find(small, NOT_REOPENED, {"reason": "She wants the apology only."}, what="reopen")
    small.until()
    assert small.office.case(about).closed is not None


@pytest.mark.parametrize("point", ["complaint.linked"])
def test_killed_while_linking_and_run_again_links_once(
    small_council: Council, tmp_path: Path, point: str
):
    """Both cases end with the same events as if nothing had happened."""
    folder, truth = small_council
    small = complain(tmp_path, small_council)
    about = refused_request(small, tmp_path)
    name_handler(small, {"about": about})
    small.office.store.close()

    def work() -> None:
        office = open_small(tmp_path, folder)
        Small(office, small.ref, truth).work()

    assert in_child(work, point) == "killed"
    later = NOON + dt.timedelta(hours=1)  # the lease of the killed process has run out
    office = open_small(tmp_path, folder, lambda: later)
    again = Small(office, small.ref, truth)
    again.work()
    assert [link.other for link in office.case(about).linked] == [small.ref]
    assert [q.id for q in again.waiting() if q.topic == "assess"] == ["complaint/1/finding"]
    assert office.store.verify().passes
    office.store.close()
