"""`rights audit`."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casework.office import Office, open_office
from cli import audit
from rights.release import CaseRef, Right
from rights.store.audit import Problem
from tests.rights.store.build import opened, people


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("RIGHTS_HOME", str(tmp_path / "var"))
    return open_office()


@pytest.fixture
def case(office: Office) -> CaseRef:
    ref = office.store.open_case(Right.ACCESS, 2026, item="a")
    office.store.append(ref, [opened(), people()], expected_seq=0)
    return ref


def alter(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "var" / "store" / "cases.sqlite") as connection:
        connection.execute("DROP TRIGGER event_no_update")
        connection.execute("UPDATE event SET body = '{}' WHERE seq = 2")
    connection.close()


def test_whole_store_passes(case: CaseRef) -> None:
    """An untouched store is said to prove itself, and the command ends well."""
    anchored = CliRunner().invoke(audit.app, ["anchor"])
    assert anchored.exit_code == 0 and "Anchor 1 " in anchored.output
    done = CliRunner().invoke(audit.app, ["verify"])
    assert done.exit_code == 0
    assert "1 cases, 2 events, 0 accesses, 1 anchors" in done.output


def test_altered_store_fails(case: CaseRef, tmp_path: Path) -> None:
    """An altered event is named by case and position in plain words; the command ends with 1."""
    alter(tmp_path)
    done = CliRunner().invoke(audit.app, ["verify"])
    assert done.exit_code == 1
    assert case in done.output and "an event was altered" in done.output


def test_report_as_json(case: CaseRef, tmp_path: Path) -> None:
    """Scripts get the same as JSON."""
    alter(tmp_path)
    done = CliRunner().invoke(audit.app, ["verify", "--json"])
    report = json.loads(done.output)
    assert done.exit_code == 1 and not report["passes"]
    assert report["problems"] == [{"code": "changed", "case": case, "seq": 2}]


def test_every_problem_has_its_words() -> None:
    """Each code that verification can report has a sentence on the command line."""
    documented = {w.strip("',.") for w in (Problem.__doc__ or "").split() if w.startswith("'")}
    assert documented == set(audit._MEANING)
