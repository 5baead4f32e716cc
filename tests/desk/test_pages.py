"""The words and drawings that templates are given."""

from __future__ import annotations

import datetime as dt

from desk.pages import drawing, moment, relation


def test_a_drawing_of_bars_is_let_through() -> None:
    """Lines, bars and text are drawn as they are."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><rect x="1" fill="#123456"/></svg>'
    assert str(drawing(svg)) == svg


def test_an_active_drawing_is_not_shown() -> None:
    """A script, a link, a style or a handler in a kept drawing never reaches a page."""
    for inside in (
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        '<rect style="x"/>',
        '<a href="javascript:alert(1)"/>',
    ):
        svg = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'
        assert "alert" not in str(drawing(svg))


def test_instants_are_told_in_london_time() -> None:
    """Summer time counts: half past eleven in the evening UTC is the next day in July."""
    instant = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)
    assert moment(instant) == "2 July 2026, 00:30"


def test_officers_read_relations_from_their_side() -> None:
    """'Your mother' is for letters."""
    assert relation("your mother") == "the subject's mother"
    assert relation("social worker") == "social worker"
