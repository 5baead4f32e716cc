"""The command line over the clock."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casework.office import open_office
from cli.clock import app
from rights.errors import InputError
from rights.release import Right
from tests.letters.reading import flat_text
from tests.letters.test_render import assert_accessible
from tests.rights.store.build import opened

VECTORS = Path(__file__).parents[1] / "rights" / "clock_vectors.csv"
RUNNER = CliRunner()


def test_a_table_on_standard_input_comes_back_computed():
    """Every row comes back in order with its date and working."""
    rows = list(csv.DictReader(VECTORS.open()))
    given = "\ufeff" + VECTORS.read_text().replace("expected", "remark", 1)
    result = RUNNER.invoke(app, ["table"], input=given)
    assert result.exit_code == 0, result.output
    got = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [r["relevant_day"] for r in got] == [r["relevant_day"] for r in rows]
    for row, answer in zip(rows, got, strict=True):
        if row["kind"] != "response_1m_horizon":
            assert answer["expected"] == row["expected"]
        assert answer["working"]


def test_bad_rows_stop_the_table_with_nothing_written():
    """Every unusable row is named with its column, and no row is written."""
    header = "kind,relevant_day,excluded_days,unrolled\n"
    given = header + "response_1m,2026-03-31,,\nresponse_1m,x,,\nnonsense,2026-03-31,,\n"
    result = RUNNER.invoke(app, ["table"], input=given)
    assert isinstance(result.exception, InputError)
    assert "Row 2, column relevant_day" in result.exception.sentence
    assert "Row 3, column kind" in result.exception.sentence
    assert "Row 1" not in result.exception.sentence
    assert result.stdout == ""


def test_rows_without_a_date_say_why():
    """An open question and a date past the horizon leave the cell empty; the rest is computed."""
    header = "kind,relevant_day,excluded_days,unrolled\n"
    given = header + (
        "paused_open,2026-09-07,2026-09-09..,\n"
        "response_1m_horizon,2028-11-30,,2028-12-30\n"
        "response_1m,2010-01-04,,\n"
        "response_1m,2026-03-31,,2026-05-01\n"
    )
    result = RUNNER.invoke(app, ["table", "--json"], input=given)
    assert result.exit_code == 0
    opened_, past, before, differs = (json.loads(line) for line in result.stdout.splitlines())
    assert [r["expected"] for r in (opened_, past, before)] == ["", "", ""]
    assert "while the question is open" in opened_["working"]
    assert "GOV.UK" in past["working"]
    assert "No date" in before["working"]
    assert differs["expected"] == "2026-04-30"
    assert "differs from ours" in differs["working"]


@pytest.mark.parametrize("right", ["complaint", "consent withdrawal"])
def test_other_periods_are_printed_too(tmp_path: Path, right: str):
    """A complaint's acknowledgement and what is to be done at once have their page."""
    out = tmp_path / "why.pdf"
    arguments = ["2026-11-25", "--right", right, "--today", "2026-11-26", "--pdf", str(out)]
    told = RUNNER.invoke(app, ["explain", *arguments])
    assert told.exit_code == 0, told.output
    assert_accessible(out.read_bytes())
    assert "Received Wed 25 Nov 2026" in flat_text(out.read_bytes())


def test_explain_prints_the_working_and_data():
    """One request is explained in sentences, and as JSON for scripts."""
    told = RUNNER.invoke(app, ["explain", "2026-01-31", "--today", "2026-02-02"])
    assert "Mon 2 Mar 2026" in told.stdout
    data = RUNNER.invoke(app, ["explain", "2026-01-31", "--today", "2026-02-02", "--json"])
    assert json.loads(data.stdout)["due"] == "2026-03-02"


def test_unknown_rights_and_dates_are_errors():
    """A right or date that cannot be read is refused with the next step."""
    for arguments in (["explain", "31/01/2026"], ["explain", "2026-01-31", "--right", "tea"]):
        result = RUNNER.invoke(app, arguments)
        assert isinstance(result.exception, InputError)
        assert result.exception.next_step


def test_the_explanation_can_be_printed(tmp_path: Path):
    """The PDF says what the text says, and is accessible."""
    out = tmp_path / "why.pdf"
    arguments = ["2026-01-31", "--pause", "2026-02-10..2026-02-12", "--today", "2026-02-20"]
    told = RUNNER.invoke(app, ["explain", *arguments, "--pdf", str(out)])
    assert told.exit_code == 0, told.output
    data = out.read_bytes()
    assert_accessible(data)
    printed = flat_text(data)
    assert "The last day is Mon 2 Mar 2026; 10 days left." in printed
    assert "cannot be paused" in printed
    assert "rule time.pause_rights" in printed


def test_the_time_of_a_breach_is_told_and_printed(tmp_path: Path):
    """Seventy-two hours over a night when the clocks go back, as text, data and a page."""
    out = tmp_path / "breach.pdf"
    arguments = ["breach", "2026-10-24T09:30", "--severity", "high", "--now", "2026-10-25T09:30"]
    told = RUNNER.invoke(app, [*arguments, "--pdf", str(out)])
    assert told.exit_code == 0, told.output
    assert "told by Tue 27 Oct 2026 at 08:30, if at all; 47 hours left." in told.stdout
    assert "and so are the people it is about" in told.stdout
    assert_accessible(out.read_bytes())
    assert "Tue 27 Oct 2026 at 08:30" in flat_text(out.read_bytes())
    data = json.loads(RUNNER.invoke(app, [*arguments, "--json"]).stdout)
    assert (data["hours_left"], data["notify_by"]) == (47, "2026-10-27T08:30:00Z")
    late = RUNNER.invoke(app, ["breach", "2026-10-01T09:00", "--now", "2026-10-05T10:30"])
    assert "over by 26 hours" in late.stdout
    for wrong in (["soon"], ["2026-10-24T09:30", "--severity", "dire"], ["2999-01-01T00:00"]):
        assert isinstance(RUNNER.invoke(app, ["breach", *wrong]).exception, InputError)


def test_a_stored_case_is_explained_by_its_reference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Given a reference, the events of that case are what is counted from."""
    monkeypatch.setenv("RIGHTS_HOME", str(tmp_path / "var"))
    office = open_office()
    ref = office.store.open_case(Right.ACCESS, 2026, item="a")
    office.store.append(ref, [opened()], expected_seq=0)
    told = RUNNER.invoke(app, ["explain", ref, "--today", "2026-02-20"])
    assert told.exit_code == 0, told.output
    assert "The last day is Mon 2 Mar 2026; 10 days left." in told.stdout
    told = RUNNER.invoke(app, ["explain", "SAR-2026-9999-X"])
    assert isinstance(told.exception, InputError)
    assert told.exception.code == "store.unknown_case"


def test_what_would_change_the_time_is_told():
    """A supposed event gives the new last day and the difference, as text and as data."""
    arguments = ["explain", "2026-08-31", "--today", "2026-09-12", "--suppose"]
    told = RUNNER.invoke(app, [*arguments, "extension=2026-09-30"])
    assert told.stdout.startswith("The last day would be Mon 30 Nov 2026, 61 days later.")
    data = RUNNER.invoke(app, [*arguments, "question=2026-09-14..2026-09-18", "--json"])
    assert json.loads(data.stdout)["days_moved"] == 5
    bad = RUNNER.invoke(app, [*arguments, "rain=2026-09-14"])
    assert isinstance(bad.exception, InputError)
    assert bad.exception.code == "clock.suppose"
