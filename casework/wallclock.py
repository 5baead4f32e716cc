"""The one place that reads the time; everything else is given it."""

from __future__ import annotations

import datetime as dt


def utc_now() -> dt.datetime:
    """The moment, in UTC."""
    return dt.datetime.now(dt.UTC)  # noqa: TID251 - everything else is given the time from here
