"""Clearing up: scratch of killed jobs, expired sign-ins, and the day's signed anchors."""

from __future__ import annotations

import datetime as dt

from casework.copies import send_copies
from casework.office import Office
from casework.outbox import clear
from casework.post import post_late
from casework.reading import calls_late, days_over
from rights.store import sweep

SCRATCH_AGE = dt.timedelta(hours=1)
"""A working folder or half-written file older than this whose job is gone is removed."""


def tidy(office: Office) -> tuple[str, ...]:
    """Do what no single case asks for; returns what was done, in counts.

    Signing the case heads again on the same day signs only what moved.
    """
    lines: list[str] = []
    removed = sweep(office.settings.scratch, SCRATCH_AGE, office.clock())
    if removed:
        lines.append(f"{removed} left-over working folder(s) removed.")
    partial = office.store.remove_partials(SCRATCH_AGE)
    if partial:
        lines.append(f"{partial} half-written file(s) of killed steps removed.")
    lines += clear(office)
    lines += days_over(office)
    lines += calls_late(office)
    lines += post_late(office)
    lines += send_copies(office)
    office.store.anchor(office.today())
    return tuple(lines)
