"""A slip in a case reference never hits another case."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.errors import InputError
from rights.reference import as_case_ref, check_letter, new_reference, parse_reference
from rights.release import Right

references = st.builds(
    new_reference, st.sampled_from(Right), st.integers(2018, 2060), st.integers(1, 99_999)
)


def read(text: str) -> str | None:
    try:
        return as_case_ref(text)
    except InputError:
        return None


@pytest.mark.parametrize(
    "text",
    ["SAR-2026-0041-K", "sar 2026 0041 k", "SAR20260041K", "SAR–2O26–OO4I–K", "sar/2026/0041.k"],
)
def test_it_is_read_as_people_write_it(text: str):
    """Case, dashes and letters for digits do not matter."""
    reference = parse_reference(text)
    assert (reference.right, reference.year, reference.number) == (Right.ACCESS, 2026, 41)
    assert str(reference) == "SAR-2026-0041-K"


@given(references)
def test_every_wrong_character_is_caught(reference: str):
    """No single wrong digit or letter gives another reference."""
    for place, right in enumerate(reference):
        if right == "-":
            continue
        for wrong in string.digits + string.ascii_uppercase:
            got = read(reference[:place] + wrong + reference[place + 1 :])
            assert got in (None, reference)


@given(references)
def test_every_swap_of_neighbours_is_caught(reference: str):
    """No two swapped neighbours give another reference, across a dash either."""
    compact = reference.replace("-", "")
    for place in range(len(compact) - 1):
        one, two = compact[place : place + 2]
        if one != two:
            assert read(compact[:place] + two + one + compact[place + 2 :]) is None


def test_no_two_prefixes_are_the_same():
    """Each right has its own prefix, read back as that right."""
    for right in Right:
        assert parse_reference(new_reference(right, 2026, 1)).right is right


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "reference.shape"),
        ("SAR-26-41-K", "reference.shape"),
        ("XYZ-2026-0041-K", "reference.prefix"),
        ("SAR-2026-0041-L", "reference.check_letter"),
        ("SAR-2026-00041-" + check_letter("SAR-2026-00041"), "reference.check_letter"),
    ],
)
def test_errors_say_what_to_do(text: str, code: str):
    """A reference that cannot be read is refused with the next step, and never repeated."""
    with pytest.raises(InputError) as caught:
        parse_reference(text)
    assert caught.value.code == code
    assert caught.value.next_step
    assert not text or text not in str(caught.value)


def test_numbers_that_cannot_be_written_are_refused():
    """The year has four digits and counting starts at one."""
    for year, number in ((26, 1), (2026, 0), (2026, 10_000_000)):
        with pytest.raises(InputError):
            new_reference(Right.ACCESS, year, number)
