"""Answers leave by the council's ways, once; what is uncertain is found out by a person."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from casework.arrived import SENT_ANEW, watch_arrivals
from casework.delivery import delivery_for, letter_delivery_for, window_for
from casework.dispatch import NOT_SENT, SENT
from casework.office import Office, open_office
from casework.outcome import AGREE, propose_outcome
from casework.questions import Given, answer
from casework.settings import Settings
from casework.ways import Ways
from casework.work import work_on
from letters.parts import Window
from rights.errors import ConfigError, InputError
from rights.release import CaseRef
from tests.casework.test_outcome import UNFOUNDED
from tests.letters.delivery.notify_stub import KEY, NotifyStub, notify_stub
from tests.small_council import SmallTruth
from tests.small_office import NOON, STAFF, Small, open_small, receive_letter

COUNCIL = Path(__file__).parents[2] / "council"
OFFICER = STAFF["officer1"]


def office_with(home: Path, ways: dict[str, Any], **settings: Any) -> Office:
    """An office whose council sends by these ways."""
    council = home.parent / f"{home.name}-council"
    shutil.copytree(COUNCIL, council, dirs_exist_ok=True)
    body = yaml.safe_load((council / "council.yaml").read_text("utf-8"))
    body["delivery"]["ways"] = ways
    (council / "council.yaml").write_text(yaml.safe_dump(body), "utf-8")
    return open_office(Settings(home=home, council=council, **settings), lambda: NOON)


@pytest.mark.parametrize(
    "ways",
    [
        {"post": {"letter": "folder", "pack": "notify"}},
        {"email": {"letter": "folder", "pack": "smtp"}},
        {"email": {"letter": "folder", "pack": "transfer"}},
        {"post": {"letter": "smtp", "pack": "folder"}},
        {"post": {"letter": "notify", "pack": "transfer"}},
        {"collect": {"letter": "notify", "pack": "folder"}},
        {"pigeon": {}},
    ],
)
def test_ways_that_cannot_be_are_refused_when_they_are_read(ways: dict[str, Any]) -> None:
    """No pack by Notify, no link in a letter without an email, nothing sent that is collected."""
    with pytest.raises(ValidationError):
        Ways.model_validate(ways)


def test_a_council_file_with_such_a_way_names_the_entry(tmp_path: Path) -> None:
    """The error names file and entry, and nothing is sent by another way instead."""
    office = office_with(tmp_path / "home", {"email": {"pack": "smtp"}})
    with pytest.raises(ConfigError) as caught:
        delivery_for(office, "email")
    assert "delivery.ways" in caught.value.sentence
    office.store.close()


def test_each_channel_has_its_adapter(tmp_path: Path) -> None:
    """The council's choice and the settings give the adapters, for packs and for single letters."""
    key = tmp_path / "key"
    key.write_text(f"{KEY}\n", "utf-8")
    ways = {
        "post": {"letter": "notify", "pack": "folder"},
        "email": {"letter": "smtp", "pack": "transfer"},
    }
    office = office_with(
        tmp_path / "home",
        ways,
        notify_key_file=key,
        answers_smtp_host="127.0.0.1",
        transfer_command=("/bin/true", "{file}"),
    )
    assert delivery_for(office, "post").channel == "folder and notify post"
    assert delivery_for(office, "email").channel == "transfer and smtp"
    assert delivery_for(office, "collect").channel == "folder"
    assert letter_delivery_for(office, "post").channel == "notify post"
    assert letter_delivery_for(office, "email").channel == "smtp"
    assert window_for(office, "post") is Window.NOTIFY
    assert window_for(office, "email") is Window.NONE
    office.store.close()


@pytest.mark.parametrize(
    ("ways", "setting"),
    [
        ({"email": {"letter": "smtp", "pack": "smtp"}}, "RIGHTS_ANSWERS_SMTP_HOST"),
        ({"email": {"letter": "notify", "pack": "folder"}}, "RIGHTS_NOTIFY_KEY_FILE"),
    ],
)
def test_a_way_without_its_setting_names_it(
    tmp_path: Path, ways: dict[str, Any], setting: str
) -> None:
    """What is missing is named; the answer does not go another way."""
    office = office_with(tmp_path / "home", ways)
    with pytest.raises(ConfigError) as caught:
        delivery_for(office, "email")
    assert setting in caught.value.next_step
    office.store.close()


@pytest.fixture(scope="module")
def approved(
    small_council: tuple[Path, SmallTruth], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, CaseRef]:
    """A refusal that waits for nothing but its approval; it goes by post."""
    council, truth = small_council
    home = tmp_path_factory.mktemp("refusal")
    office = open_small(home, council)
    small = Small(office, receive_letter(office, truth), truth)
    small.work()
    small.answer("people")
    case = propose_outcome(office, small.ref, "refused", UNFOUNDED, OFFICER)
    question = next(q for q in case.open_questions if q.topic == "outcome")
    agreed = Given(question.id, AGREE, {"reason": "as proposed"})
    answer(office, small.ref, agreed, STAFF["manager"])
    small.until("approve")
    office.store.close()
    return home, small.ref


@pytest.fixture
def notify() -> Iterator[NotifyStub]:
    """GOV.UK Notify on this machine."""
    with notify_stub() as running:
        yield running


@pytest.fixture
def by_notify(
    approved: tuple[Path, CaseRef],
    small_council: tuple[Path, SmallTruth],
    notify: NotifyStub,
    tmp_path: Path,
) -> Iterator[Small]:
    """That case in an office that posts letters by Notify."""
    home, ref = approved
    council, truth = small_council
    shutil.copytree(home, tmp_path / "home")
    key = tmp_path / "key"
    key.write_text(KEY, "utf-8")
    office = office_with(
        tmp_path / "home",
        {"post": {"letter": "notify", "pack": "folder"}},
        systems=council,
        notify_url=notify.url,
        notify_key_file=key,
    )
    yield Small(office, ref, truth)
    office.store.close()


def test_letter_by_notify_and_pack_to_the_outbox(by_notify: Small, notify: NotifyStub) -> None:
    """The case ends; Notify had one letter, and the outbox holds the pack alone."""
    by_notify.until()
    case = by_notify.office.case(by_notify.ref)
    assert case.closed is not None
    (sent,) = notify.sent
    assert sent["reference"].endswith("-letter")
    files = [p.name for p in by_notify.office.settings.outbox.glob("*-part-*/*.pdf")]
    assert files == [f"{by_notify.ref}-pack.pdf"]


def test_a_lost_letter_is_a_question_and_goes_once_more(
    by_notify: Small, notify: NotifyStub
) -> None:
    """Uncertain: an officer is asked; 'not sent' allows one try, and that sends one letter."""
    notify.misbehave = "broken"
    stands = by_notify.until("dispatch")
    (question,) = (q for q in stands.waiting if q.topic == "dispatch")
    assert question.options == (SENT, NOT_SENT)
    assert notify.sent == []
    not_sent = Given(question.id, NOT_SENT)
    answer(by_notify.office, by_notify.ref, not_sent, OFFICER)
    stands = work_on(by_notify.office, by_notify.ref, "test")
    (again,) = (q for q in stands.waiting if q.topic == "dispatch")
    assert again.id != question.id
    notify.misbehave = ""
    answer(by_notify.office, by_notify.ref, Given(again.id, NOT_SENT), OFFICER)
    work_on(by_notify.office, by_notify.ref, "test")
    assert by_notify.office.case(by_notify.ref).closed is not None
    assert len(notify.sent) == 1
    assert len(list(by_notify.office.settings.outbox.rglob("*-pack.pdf"))) == 1


def test_sent_after_all_needs_its_proof(by_notify: Small, notify: NotifyStub) -> None:
    """'It was sent' with proof and day ends the case, and nothing more is sent."""
    notify.misbehave = "broken"
    stands = by_notify.until("dispatch")
    (question,) = (q for q in stands.waiting if q.topic == "dispatch")
    proof = {"proof": "seen at Notify", "sent_on": "2026-11-23"}
    answer(by_notify.office, by_notify.ref, Given(question.id, SENT, proof), OFFICER)
    notify.misbehave = ""
    work_on(by_notify.office, by_notify.ref, "test")
    assert by_notify.office.case(by_notify.ref).closed is not None
    assert notify.sent == []


def test_what_did_not_arrive_is_asked_about_once(by_notify: Small, notify: NotifyStub) -> None:
    """Days after the case was closed the carrier gives up: an officer finds out, nobody resends."""
    by_notify.until()
    office, today = by_notify.office, NOON.date()
    assert watch_arrivals(office, today, dry_run=False) == ()
    notify.sent[0]["status"] = "permanent-failure"
    line = f"{by_notify.ref}: something sent did not arrive"
    assert watch_arrivals(office, today, dry_run=True) == (line,)
    assert watch_arrivals(office, today, dry_run=False) == (line,)
    assert watch_arrivals(office, today, dry_run=False) == ()
    (question,) = (q for q in by_notify.waiting() if q.topic == "undelivered")
    with pytest.raises(InputError):
        answer(office, by_notify.ref, Given(question.id, SENT_ANEW), OFFICER)
    found = {"reason": "She rang: she has moved. Posted to her new address, RM 2."}
    answer(office, by_notify.ref, Given(question.id, SENT_ANEW, found), OFFICER)
    assert len(notify.sent) == 1
