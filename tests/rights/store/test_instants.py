"""Instants in the database."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine

from rights.store.instants import UtcInstant, instant_text

INSTANTS = st.datetimes(
    min_value=dt.datetime(1900, 1, 1), max_value=dt.datetime(2200, 1, 1), timezones=st.timezones()
)
SQLITE = create_engine("sqlite://").dialect


@given(INSTANTS, INSTANTS)
def test_text_sorts_by_time_and_comes_back(one: dt.datetime, two: dt.datetime) -> None:
    """Whatever the zone, the stored text orders as the instants do and loses nothing."""
    first, second = (instant_text(i.astimezone(dt.UTC)) for i in (one, two))
    assert (first < second) == (one.astimezone(dt.UTC) < two.astimezone(dt.UTC))
    assert len(first) == 27
    column = UtcInstant()
    back = column.process_result_value(column.process_bind_param(one, SQLITE), SQLITE)
    assert back == one.astimezone(dt.UTC) and back is not None and back.tzinfo is not None


def test_naive_instant_is_refused() -> None:
    """An instant without a zone is never guessed at."""
    with pytest.raises(ValueError, match="time zone"):
        instant_text(dt.datetime(2026, 3, 29, 1, 30))
