"""Numbers copied from a return sheet, and the items that stand under them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.errors import InputError
from rights.opinions import Schedule, ScheduleLine, document_of, item_id, numbers_of

SCHEDULE = Schedule(
    "opinion/1", tuple(ScheduleLine(n, f"D{n}/p", "Note", None, 1, "words") for n in (1, 2, 3))
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", ()),
        ("1", (1,)),
        ("3, 1", (1, 3)),
        ("1-3", (1, 2, 3)),
        ("1 to 3; 9 and 5\n6", (1, 2, 3, 5, 6, 9)),
        ("2–4, 3", (2, 3, 4)),
    ],
)
def test_numbers_as_people_write_them(text: str, numbers: tuple[int, ...]) -> None:
    """Single numbers and ranges, in any order, each once."""
    assert numbers_of(text) == numbers


@pytest.mark.parametrize("text", ["all", "0", "3-1", "1-", "-1", "1.5", "1,x", "123456"])
def test_anything_else_is_refused(text: str) -> None:
    """A slip of the pen never becomes a number."""
    with pytest.raises(InputError) as refused:
        numbers_of(text)
    assert refused.value.code == "opinion.numbers"


@given(st.sets(st.integers(1, 300), max_size=30))
def test_numbers_come_back_as_they_were_written(numbers: set[int]) -> None:
    """What is written out is read again."""
    assert set(numbers_of(", ".join(map(str, numbers)))) == numbers


def test_a_number_that_the_schedule_does_not_have_is_refused() -> None:
    """Nothing is recorded of a passage that nobody was asked about."""
    assert SCHEDULE.items([3, 1]) == ("D3/p", "D1/p")
    with pytest.raises(InputError) as refused:
        SCHEDULE.items([4])
    assert refused.value.code == "opinion.number"


def test_an_item_names_its_document() -> None:
    """The id of an item leads to the document that it keeps back."""
    assert document_of(item_id("D01", "p7")) == "D01"
