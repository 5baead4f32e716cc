"""The outbox: shown until somebody took it, removed some days later, and journaled."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from casework.office import Office, open_office
from casework.outbox import clear, lying, take
from casework.settings import Settings
from casework.sweep import tidy
from letters.delivery.folder import FolderDelivery
from letters.delivery.parcel import Item, Parcel
from letters.render import LetterPdf
from rights.errors import InputError, RefusedError
from rights.events import Event
from rights.events import kinds as k
from rights.events.base import ENGINE
from rights.release import CaseRef, Right
from tests.rights.gates.build import opened, people
from tests.rights.store.build import in_child
from tests.small_office import STAFF

START = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
TODAY = START.date()
LETTER = LetterPdf(b"%PDF letter", hashlib.sha256(b"%PDF letter").hexdigest(), 1, "x", "x")


def office_at(home: Path, days: int = 0) -> Office:
    """The office of that home, so many days after the parcel was put into the outbox."""
    return open_office(Settings(home=home), lambda: START + dt.timedelta(days=days))


def key_of(ref: CaseRef) -> str:
    """The key of the sending that lies there."""
    return f"{ref}-part-1-0123456789ab"


@pytest.fixture
def sent(tmp_path: Path) -> CaseRef:
    """A case whose answer lies in the outbox."""
    office = office_at(tmp_path)
    ref = office.store.open_case(Right.ACCESS, 2026, item="x")
    parcel = Parcel(ref, (Item(f"{ref}-letter.pdf", LETTER),))
    key = key_of(ref)
    FolderDelivery(office.settings.outbox).send(parcel, key, START)
    events: list[Event] = [
        opened(),
        people(),
        k.DispatchStarted(actor=ENGINE, key=key, sha256="a" * 64, channel="folder"),
        k.DispatchConfirmed(actor=ENGINE, key=key, sent_on=TODAY, receipt=key),
    ]
    office.store.append(ref, events, expected_seq=0)
    office.store.close()
    return ref


def _taken(office: Office, ref: CaseRef, how: str = "posted", proof: str = "RM 1") -> None:
    take(office, ref, key_of(ref), how, TODAY, proof, STAFF["officer1"])


def test_what_nobody_took_stays_and_is_shown(tmp_path: Path, sent: CaseRef) -> None:
    """However old it is, a parcel that nobody posted is never removed, and its days are counted."""
    office = office_at(tmp_path, 400)
    assert clear(office) == ()
    (one,) = lying(office)
    assert (one.ref, one.key, one.days, one.taken) == (sent, key_of(sent), 400, None)
    office.store.close()


def test_it_is_removed_the_councils_days_after_it_was_taken(tmp_path: Path, sent: CaseRef) -> None:
    """The day before it still lies there; on the day the sweep removes it and journals that."""
    office = office_at(tmp_path)
    _taken(office, sent)
    days = office.council.outbox_days
    office.store.close()
    early = office_at(tmp_path, days - 1)
    assert clear(early) == ()
    assert len(lying(early)) == 1
    early.store.close()
    late = office_at(tmp_path, days)
    assert any("posted" in line for line in tidy(late))
    assert list(late.settings.outbox.iterdir()) == []
    assert late.case(sent).cleared == {key_of(sent)}
    assert clear(late) == ()
    late.store.close()


@pytest.mark.parametrize(
    ("how", "proof", "code"),
    [("posted", "", "outbox.proof"), ("handed over", " ", "outbox.proof"), ("lost", "x", "")],
)
def test_how_it_left_is_proved(
    tmp_path: Path, sent: CaseRef, how: str, proof: str, code: str
) -> None:
    """Posting and handing over need a proof, and there is no fourth way."""
    office = office_at(tmp_path)
    with pytest.raises(InputError) as refused:
        _taken(office, sent, how, proof)
    assert refused.value.code == (code or "outbox.proof")
    office.store.close()


def test_it_is_taken_once_and_by_an_officer(tmp_path: Path, sent: CaseRef) -> None:
    """A second record of the same parcel is refused, and so is somebody who is no officer."""
    office = office_at(tmp_path)
    with pytest.raises(RefusedError):
        take(office, sent, key_of(sent), "collected", TODAY, "", STAFF["manager"])
    _taken(office, sent, "collected", "")
    with pytest.raises(RefusedError) as refused:
        _taken(office, sent)
    assert refused.value.code == "outbox.not_there"
    assert lying(office)[0].taken is not None
    office.store.close()


@pytest.mark.parametrize("point", ["outbox.renamed", "outbox.recorded"])
def test_killed_while_clearing(tmp_path: Path, sent: CaseRef, point: str) -> None:
    """Wherever it stops, the next sweep ends with nothing left and one record."""
    office = office_at(tmp_path)
    _taken(office, sent)
    office.store.close()

    def sweep() -> None:
        clear(office_at(tmp_path, 60))

    assert in_child(sweep, point) == "killed"
    again = office_at(tmp_path, 60)
    clear(again)
    assert list(again.settings.outbox.iterdir()) == []
    cleared = [r for r in again.store.read(sent) if isinstance(r.event, k.OutboxCleared)]
    assert len(cleared) == 1
    assert again.store.verify().passes
    again.store.close()


def test_a_letter_that_travels_apart_waits_for_its_pack(tmp_path: Path, sent: CaseRef) -> None:
    """The record that a sending is cleared is written when the last of its folders is gone."""
    office = office_at(tmp_path)
    parcel = Parcel(sent, (Item(f"{sent}-pack.pdf", LETTER),))
    FolderDelivery(office.settings.outbox).send(parcel, f"{key_of(sent)}-pack", START)
    _taken(office, sent)
    office.store.close()
    late = office_at(tmp_path, 90)
    assert len(clear(late)) == 2
    assert list(late.settings.outbox.iterdir()) == []
    cleared = [r for r in late.store.read(sent) if isinstance(r.event, k.OutboxCleared)]
    assert len(cleared) == 1
    late.store.close()


def test_a_folder_of_no_case_is_shown_and_left_alone(tmp_path: Path, sent: CaseRef) -> None:
    """What the engine does not know it does not touch."""
    office = office_at(tmp_path, 400)
    FolderDelivery(office.settings.outbox).send(
        Parcel("x", (Item("x.pdf", LETTER),)), "somebody-elses", START
    )
    assert [one.ref for one in lying(office)].count("") == 1
    assert clear(office) == ()
    office.store.close()
