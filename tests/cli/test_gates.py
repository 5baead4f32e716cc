"""The command line over the gates."""

import json

import pytest
from typer.testing import CliRunner

from cli.main import app
from rights.errors import InputError
from rights.gates.table import load

RUNNER = CliRunner()


def test_every_gate_is_listed_with_what_its_guards_ask():
    """Each row stands in the list, and each guard says in a sentence what it asks."""
    told = RUNNER.invoke(app, ["gates"])
    assert told.exit_code == 0, told.output
    places = [place for place, _ in load().every_row()]
    assert [line for line in told.stdout.splitlines() if not line.startswith(" ")] == places
    for name in load().guards:
        line = next(s for s in told.stdout.splitlines() if f" {name}: " in s)
        assert line.endswith("."), name


def test_one_gate_for_scripts():
    """Asked for one kind of event, its states, ways and guards come as data."""
    told = RUNNER.invoke(app, ["gates", "pack_approved", "--json"])
    row = json.loads(told.stdout)["kinds.pack_approved"]
    assert row["states"] == ["open"] and row["by"] == {"desk": ["approver"]}
    assert list(row["guards"]) == list(load().kinds["pack_approved"].guards)


def test_an_unknown_gate_is_refused():
    """A name that no row has is an error with the next step."""
    with pytest.raises(InputError, match="rights gates"):
        RUNNER.invoke(app, ["gates", "weather"], catch_exceptions=False)
