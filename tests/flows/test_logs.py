"""No text of an exception reaches Prefect: neither its log nor the state of a run."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from flows.clean_logs import CleanFilter, place_of
from flows.cluster import PrivateCluster
from flows.server import environment
from rights.errors import InputError
from rights.reference import parse_reference
from tests.flows.house import House
from tests.flows.leaky import SECRET

_REPOSITORY = Path(__file__).resolve().parents[2]


def test_a_record_with_an_exception_loses_its_text() -> None:
    """What remains is the kind of the error and the place in our own code."""
    with pytest.raises(InputError) as caught:
        parse_reference(SECRET)
    error = caught.value
    carried = (type(error), error, error.__traceback__)
    records = [
        logging.LogRecord("x", 40, "f.py", 1, "failed: %r", (error,), None),
        logging.LogRecord("x", 40, "f.py", 1, "failed: %(e)s", ({"e": error},), None),
        logging.LogRecord("x", 40, "f.py", 1, SECRET, (), carried),
        logging.LogRecord("x", 40, "f.py", 1, error, (), None),
    ]
    for record in records:
        assert CleanFilter().filter(record)
        assert logging.Formatter().format(record) == f"x: {place_of(error)}"
    assert place_of(error).startswith("InputError at rights/reference.py:")


def test_a_record_without_one_is_left_alone() -> None:
    """Our own lines, of references and counts, pass as they are."""
    record = logging.LogRecord("x", 20, "f.py", 1, "%s: due %s", ("SAR-2026-0041-K", "soon"), None)
    assert CleanFilter().filter(record)
    assert record.getMessage() == "SAR-2026-0041-K: due soon"


@pytest.mark.system
@pytest.mark.xdist_group("prefect")
@pytest.mark.timeout(300)
def test_a_run_that_breaks_tells_prefect_only_where(house: House) -> None:
    """Against the real server: state, log and console hold the place and no text."""
    database = PrivateCluster(house.home / "prefect-db").url("prefect", "asyncpg")
    env = environment(house.folder / "leaky", house.port, database) | house.env
    done = subprocess.run(
        [sys.executable, "-m", "tests.flows.leaky"],
        env=env, cwd=_REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    (run,) = house.api.runs(name={"any_": ["leaky"]})
    assert run["state_type"] == "FAILED"
    assert "[flow.unexpected: ValueError" in run["state"]["message"]
    logged = house.api.logs(run["id"])
    assert logged.count("prefect.flow_runs: ValueError") >= 3
    for text in (run["state"]["message"], logged, done.stdout, done.stderr):
        assert SECRET not in text
        assert "Traceback" not in text
