"""Single letters go out by themselves: once, by the case's channel, or a person is asked."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

from casework.office import Office
from casework.outbox import lying, take
from casework.post import NOT_SENT, SEND, SENT, TO_OTHERS
from casework.questions import Given, answer
from casework.sweep import tidy
from rights.case import POST, Question
from rights.contact import NO_MORE, NOT_SHOWN, SAFE, Purpose, is_settled
from rights.errors import InputError
from rights.road import Stage
from tests.casework.asking_for import AGENT
from tests.casework.test_delivery import office_with
from tests.letters.delivery.notify_stub import KEY, NotifyStub, notify_stub
from tests.small_council import REPOSITORY, SmallTruth
from tests.small_office import NOON, STAFF, Small, open_small, receive_letter

ACK = "acknowledgement"
OFFICER = STAFF["officer1"]
Council = tuple[Path, SmallTruth]


@contextmanager
def acknowledged(home: Path, council: Council, **people: Any) -> Generator[Small]:
    """A case whose people are recorded, so that its acknowledgement is due."""
    systems, truth = council
    office = open_small(home, systems)
    yield from _as_far(office, truth, people)


def _as_far(office: Office, truth: SmallTruth, people: dict[str, Any]) -> Iterator[Small]:
    known: dict[str, Any] = json.loads(json.dumps(truth.people, default=str))
    to = {**known["recipient"], **people.pop("recipient", {})}
    small = Small(
        office,
        receive_letter(office, truth),
        replace(truth, people={**known, **people, "recipient": to}),
    )
    small.work()
    small.answer("people")
    small.work()
    yield small
    office.store.close()


def question(small: Small) -> Question:
    """The one open question about a letter."""
    (found,) = (q for q in small.waiting() if q.topic == POST)
    return found


def test_it_lies_in_the_outbox_byte_for_byte_and_the_case_shows_it(
    small_council: Council, tmp_path: Path
) -> None:
    """Recorded before and after with its hash; once posted, the outbox knows whose it is."""
    with acknowledged(tmp_path / "home", small_council) as small:
        office, case = small.office, small.office.case(small.ref)
        sending, made = case.sendings[ACK], case.letters[ACK]
        (parcel,) = office.settings.outbox.glob("*-letter-*")
        (pdf,) = parcel.glob("*.pdf")
        assert sending.started.channel == "folder" and sending.confirmed is not None
        assert sha256(pdf.read_bytes()).hexdigest() == made.sha256 == sending.started.sha256
        assert sending.confirmed.sent_on == NOON.date() and case.was_sent(ACK)
        assert case.letters_to_send == () and small.work().stage is not Stage.LETTERS
        (there,) = lying(office)
        assert (there.ref, there.key) == (small.ref, sending.started.key)
        after = take(office, small.ref, there.key, "posted", NOON.date(), "RM 1", OFFICER)
        assert there.key in after.taken


@pytest.fixture
def notify() -> Iterator[NotifyStub]:
    """GOV.UK Notify on this machine."""
    with notify_stub() as running:
        yield running


def test_a_lost_letter_is_asked_about_and_goes_once(
    small_council: Council, notify: NotifyStub, tmp_path: Path
) -> None:
    """The search does not wait for it; 'not sent' sends it once, and nothing more after that."""
    key = tmp_path / "key"
    key.write_text(KEY, "utf-8")
    home = tmp_path / "home"
    office = office_with(
        home,
        {"post": {"letter": "notify", "pack": "folder"}},
        systems=small_council[0],
        notify_url=notify.url,
        notify_key_file=key,
    )
    office.settings.intake.mkdir(parents=True, exist_ok=True)
    notify.misbehave = "broken"
    for small in _as_far(office, small_council[1], {}):
        lost = question(small)
        assert lost.options == (SENT, NOT_SENT) and notify.sent == []
        assert office.case(small.ref).searched_seq
        notify.misbehave = ""
        answer(office, small.ref, Given(lost.id, NOT_SENT), OFFICER)
        small.work()
        assert len(notify.sent) == 1 and office.case(small.ref).was_sent(ACK)
        small.work()
        tidy(office)
        assert len(notify.sent) == 1


def test_what_cannot_go_is_a_task_and_ends_with_a_proof(
    small_council: Council, tmp_path: Path
) -> None:
    """A way whose setting is missing sends nothing by another way; a person says what they did."""
    office = office_with(
        tmp_path / "home",
        {"email": {"letter": "smtp", "pack": "smtp"}},
        systems=small_council[0],
    )
    office.settings.intake.mkdir(parents=True, exist_ok=True)
    to = {"channel": "email", "email": "a@example.org"}
    for small in _as_far(office, small_council[1], {"recipient": to}):
        asked = question(small)
        assert "RIGHTS_ANSWERS_SMTP_HOST" in asked.body["words"]
        assert not list(office.settings.outbox.glob("*"))
        for details in ({}, {"proof": "RM 1"}):
            with pytest.raises(InputError, match=r"post\."):
                answer(office, small.ref, Given(asked.id, SENT, details), OFFICER)
        proved = {"proof": "RM 1", "sent_on": NOON.date().isoformat()}
        answer(office, small.ref, Given(asked.id, SENT, proved), OFFICER)
        case = office.case(small.ref)
        assert case.was_sent(ACK) and case.sendings[ACK].started.channel == "by hand"


def test_days_to_avoid_are_waited_for(small_council: Council, tmp_path: Path) -> None:
    """Left open, the letter goes by itself on the day after the last one."""
    today = NOON.date()
    days = [{"first": today.isoformat(), "last": today.isoformat()}]
    with acknowledged(tmp_path / "home", small_council, support={"avoid": days}) as small:
        assert question(small).options == (SEND,)
        assert not list(small.office.settings.outbox.glob("*"))
        tidy(small.office)
        assert question(small)
        later = replace(small.office, clock=lambda: NOON + dt.timedelta(days=1))
        tidy(later)
        replace(small, office=later).work()
        assert later.case(small.ref).was_sent(ACK)


@pytest.mark.parametrize(
    "support", [{"never": "no letters to the house"}, {"by": "telephone"}, {"by": "email"}]
)
def test_a_way_that_is_not_safe_is_asked_about(
    small_council: Council, tmp_path: Path, support: dict[str, str]
) -> None:
    """What they told us about safe contact is read by a person, who says why it may go."""
    with acknowledged(tmp_path / "home", small_council, support=support) as small:
        asked = question(small)
        with pytest.raises(InputError, match=r"post\.reason"):
            answer(small.office, small.ref, Given(asked.id, SEND), OFFICER)
        said = {"reason": "They said on the telephone that this one may come."}
        answer(small.office, small.ref, Given(asked.id, SEND, said), OFFICER)
        small.work()
        assert small.office.case(small.ref).was_sent(ACK)


def test_a_letter_to_an_agent_waits_for_the_contact(small_council: Council, tmp_path: Path) -> None:
    """Nobody who acts for the person hears from us before it is settled what that gives away."""
    agent = {k: v for k, v in AGENT.items() if k in ("requester", "requester_name")}
    with acknowledged(tmp_path / "home", small_council, **agent) as small:
        asked = question(small)
        with pytest.raises(InputError, match=r"contact\.missing"):
            answer(small.office, small.ref, Given(asked.id, SEND), OFFICER)
        plain = {"revealed": NOT_SHOWN, "safe": SAFE, "least": NO_MORE}
        answer(small.office, small.ref, Given(asked.id, SEND, plain), OFFICER)
        assert is_settled(small.office.case(small.ref), Purpose.AGENT, "agent")
        small.work()
        assert small.office.case(small.ref).was_sent(ACK)


def test_letters_to_others_are_those_of_the_list() -> None:
    """What the list of letters says goes to somebody else is sent as such."""
    listed = yaml.safe_load((REPOSITORY / "letters/letters.yaml").read_text("utf-8"))["others"]
    assert {row["template"] for row in listed} == TO_OTHERS
