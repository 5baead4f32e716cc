"""The command line over the clock."""

import csv
import io
import json
from pathlib import Path

from typer.testing import CliRunner

from cli.clock import app
from rights.errors import InputError

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


def test_a_bad_row_stops_the_table_with_nothing_written():
    """One unusable row is an error that names it, and no row is written."""
    given = "kind,relevant_day,excluded_days,unrolled\nresponse_1m,2026-03-31,,\nresponse_1m,x,,\n"
    result = RUNNER.invoke(app, ["table"], input=given)
    assert isinstance(result.exception, InputError)
    assert "Row 2" in result.exception.sentence
    assert result.stdout == ""


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
