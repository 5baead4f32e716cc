"""Failpoints: silent unless armed, deadly when armed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from rights import failpoints
from tests.rights.store.build import in_child


def reach(times: int) -> None:
    for _ in range(times):
        failpoints.failpoint("test.step")


@pytest.mark.parametrize(
    ("spec", "times", "end"),
    [
        ("test.step", 1, "killed"),
        ("test.step:3", 2, "done"),
        ("test.step:3", 3, "killed"),
        ("test.other", 5, "done"),
    ],
)
def test_armed_failpoint_kills_on_its_turn(spec: str, times: int, end: str) -> None:
    """Only the armed name kills, and only when reached as often as said."""
    assert in_child(lambda: reach(times), spec) == end


def test_disarmed_failpoint_passes() -> None:
    """Disarming lets everything pass again."""
    failpoints.arm("test.step")
    failpoints.disarm()
    reach(3)


def test_environment_arms_a_whole_process() -> None:
    """The variable reaches processes that a test does not fork itself."""
    code = "from rights.failpoints import failpoint; failpoint('test.step'); failpoint('test.step')"
    for spec, expected in (("test.step:2", -signal.SIGKILL), ("test.step:3", 0)):
        env = {**os.environ, "RIGHTS_FAILPOINT": spec}
        assert subprocess.run([sys.executable, "-c", code], env=env).returncode == expected
