"""Breaches as reminders, on boards and in the command, also of cases that are closed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casework.breaches import Assessment, Found, assess_breach, note_breach
from casework.office import Office
from casework.receive import Receipt, receive
from casework.reminders import watch
from cli.main import app
from rights.errors import RefusedError
from rights.events.base import ENGINE
from rights.events.kinds import CaseClosed
from rights.release import CaseRef, Right
from tests.small_office import NOON, RECEIVED, STAFF, open_small

FOUND = Found(NOON - dt.timedelta(hours=2), "medium", "The reply went to 6 Linden Mews.")


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[tuple[Office, CaseRef]]:
    """An office with one case, closed."""
    office = open_small(tmp_path / "home", tmp_path)
    receipt = Receipt(Right.ACCESS, "phone", RECEIVED, "Front desk", False, "", run="a call")
    ref = receive(office, receipt, STAFF["officer1"].actor)
    case = office.case(ref)
    over = CaseClosed(actor=ENGINE, outcome="answered", closed_on=NOON.date())
    office.store.append(ref, [over], expected_seq=case.seq)
    yield office, ref
    office.store.close()


def mails(office: Office) -> list[str]:
    """What lies in the folder of reminders."""
    return [
        message_from_bytes(path.read_bytes()).as_string()
        for path in sorted(office.settings.reminders.glob("*.eml"))
    ]


def test_an_open_breach_of_a_closed_case_is_said_every_day(closed: tuple[Office, CaseRef]) -> None:
    """To the DPO and the manager, once a day, without what happened, until it is settled."""
    office, ref = closed
    today = NOON.date()
    note_breach(office, ref, FOUND, STAFF["officer1"])
    assert watch(office, today, dry_run=False) == (
        f"{ref}: breach to dpo",
        f"{ref}: breach to manager",
    )
    assert watch(office, today, dry_run=False) == ()
    assert len(watch(office, today + dt.timedelta(days=1), dry_run=True)) == 2
    assert len(mails(office)) == 2
    for mail in mails(office):
        assert "told by Thu 26 Nov 2026 at 10:00" in mail.replace("=\n", "")
        assert "Linden" not in mail
    settled = Assessment(reportable=False, reason="It was returned unopened.")
    assess_breach(office, ref, "breach/1", settled, STAFF["dpo"])
    assert watch(office, today + dt.timedelta(days=1), dry_run=True) == ()


def test_only_a_signed_in_dpo_assesses(closed: tuple[Office, CaseRef]) -> None:
    """An officer's assessment is refused by its role, and nothing is written."""
    office, ref = closed
    note_breach(office, ref, FOUND, STAFF["officer1"])
    with pytest.raises(RefusedError) as caught:
        none = Assessment(reportable=False, reason="none")
        assess_breach(office, ref, "breach/1", none, STAFF["officer2"])
    assert caught.value.code == "breach.role"
    assert office.case(ref).breaches["breach/1"][1] is None


def test_the_command_lists_open_breaches(
    closed: tuple[Office, CaseRef], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reference, state and working as text and JSON; never what happened."""
    office, ref = closed
    run = CliRunner().invoke
    monkeypatch.setenv("RIGHTS_HOME", str(office.settings.home))
    assert run(app, ["breaches"]).output == "No breach is open.\n"
    note_breach(office, ref, FOUND, STAFF["officer1"])
    text = run(app, ["breaches"]).output
    assert f"{ref} breach/1 (medium): to be assessed by the DPO" in text
    assert "Art 33(1)" in text
    [row] = json.loads(run(app, ["breaches", "--json"]).output)
    assert row["case"] == ref
    assert row["notify_by"] == "2026-11-26T10:00:00+00:00"
    assert "Linden" not in text + json.dumps(row)
