"""Named places where a test may kill the process, to prove that running again ends the same.

Off unless a test arms one, by `arm` in a forked child or for a whole process by
``RIGHTS_FAILPOINT=name`` or ``RIGHTS_FAILPOINT=name:3`` (the third time it is reached). The kill is
SIGKILL: no handler, no clean-up, no flush runs, as in a power cut.

This is the one module below the edges that reads the environment.
"""

from __future__ import annotations

import os
import signal

FAILPOINTS: set[str] = set()
"""Names of the failpoints that the imported modules hold."""

_armed: str | None = None
_left = 0


def register(*names: str) -> None:
    """Makes failpoints known, so that a test can walk all of them."""
    FAILPOINTS.update(names)


def arm(spec: str) -> None:
    """Kill this process when the failpoint in `spec` ("name" or "name:n") is reached."""
    global _armed, _left
    name, _, count = spec.partition(":")
    _armed, _left = name, int(count or 1)


def disarm() -> None:
    """Let every failpoint pass again."""
    global _armed
    _armed = None


def failpoint(name: str) -> None:
    """Dies here by SIGKILL when this failpoint is armed and its turn has come."""
    global _left
    if _armed is None or _armed != name:
        return
    _left -= 1
    if _left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)


if _spec := os.environ.get("RIGHTS_FAILPOINT"):
    arm(_spec)
