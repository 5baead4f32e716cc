"""The command line over the rules of law."""

import json

import pytest
from typer.testing import CliRunner

from cli.law import app
from rights.errors import InputError
from rights.law import load
from rights.law.coverage import coverage

RUNNER = CliRunner()


@pytest.mark.parametrize("rule_id", list(load().rules))
def test_every_rule_can_be_shown(rule_id: str):
    """Each rule prints its citation, its dates and what it serves, as text and as data."""
    rule = load().rule(rule_id)
    told = RUNNER.invoke(app, ["show", rule_id])
    assert told.exit_code == 0, told.output
    assert rule.citation in told.stdout
    assert "Serves " in told.stdout
    data = json.loads(RUNNER.invoke(app, ["show", rule_id, "--json"]).stdout)
    assert len(data["values"]) == len(rule.values)
    assert data["serves"]


def test_a_day_picks_the_value_in_force():
    """Asked for a day, only the value of that day is shown, with the citation of its time."""
    told = RUNNER.invoke(app, ["show", "time.period", "--on", "2026-02-04"]).stdout
    assert "as it stood before 5 February 2026" in told
    assert "From Thu 5 Feb 2026" not in told


def test_without_a_rule_all_are_listed():
    """Asked for nothing, every id is listed with its title, as text and as data."""
    told = RUNNER.invoke(app, ["show"]).stdout
    data = json.loads(RUNNER.invoke(app, ["show", "--json"]).stdout)
    assert [row["id"] for row in data] == list(load().rules)
    assert all(row["id"] in told for row in data)


def test_the_register_is_printed_with_what_is_missing():
    """Every provision stands there with its status; a filter leaves only that status."""
    told = RUNNER.invoke(app, ["coverage"]).stdout
    assert all(f"{e.provision}: {e.status.value}." in told for e in coverage())
    assert all(e.missing in told for e in coverage())
    data = json.loads(RUNNER.invoke(app, ["coverage", "--status", "not built", "--json"]).stdout)
    assert data
    assert {row["status"] for row in data} == {"not built"}


def test_what_is_unknown_is_an_error():
    """A rule, day or status that does not exist is refused with the next step."""
    for arguments in (
        ["show", "time.nonsense"],
        ["show", "time.period", "--on", "tomorrow"],
        ["show", "time.period", "--on", "2010-01-01"],
        ["coverage", "--status", "splendid"],
    ):
        result = RUNNER.invoke(app, arguments)
        assert isinstance(result.exception, InputError)
        assert result.exception.next_step
