import pytest

from letters.parts import Reader, Window
from letters.render import render_letter
from rights.errors import InputError
from tests.letters.reading import ink
from tests.letters.samples import letters
from tests.letters.samples_people import READER

ZONES = {Window.DL: (20, 57, 100, 81), Window.NOTIFY: (24.6, 39.5, 120, 66.3)}
"""Left, top, right, bottom in mm; shared notes on envelopes, see letters.parts.Window."""


@pytest.mark.parametrize("window", ZONES)
@pytest.mark.parametrize("lines", [1, 4, 5])
def test_address_and_nothing_else_is_in_the_window(window, lines):
    """The window shows the whole address, and no other text comes into its zone."""
    reader = Reader(
        "Jordan Q. Marsh", "Jordan", ("QQQQQ QQ", "QQ", "QQ", "QQQ", "MB3 4QT")[-lines:]
    )
    made = render_letter(letters(window=window, reader=reader)["acknowledgement"])
    left, top, right, bottom = ZONES[window]
    inside = [
        c
        for c in ink(made.data)
        if c.right > left and c.left < right and c.bottom > top and c.top < bottom
    ]
    assert all(
        c.left >= left and c.right <= right and c.top >= top and c.bottom <= bottom for c in inside
    )
    expected = "".join((reader.name, *reader.address_lines)).replace(" ", "")
    assert "".join(c.text for c in inside) == expected


def test_notify_text_begins_below_its_zone():
    """With GOV.UK Notify the letter itself begins at 95 mm or lower."""
    made = render_letter(letters(window=Window.NOTIFY)["acknowledgement"])
    below = [c.top for c in ink(made.data) if c.top > 66.3]
    assert min(below) >= 95


@pytest.mark.parametrize("window", ZONES)
@pytest.mark.parametrize(
    "reader",
    [
        Reader("N" * 200, "N", READER.address_lines),
        Reader("Jordan", "Jordan", tuple(f"Line {n}" for n in range(9))),
    ],
)
def test_an_address_too_long_for_the_window_is_refused(window, reader):
    """Rather than hide a line behind the envelope, the letter is not made."""
    with pytest.raises(InputError) as caught:
        render_letter(letters(window=window, reader=reader)["acknowledgement"])
    assert caught.value.code == "letters.address_too_long"


def test_a_posted_letter_needs_an_address():
    """A window without an address is refused before anything is rendered."""
    with pytest.raises(InputError) as caught:
        letters(window=Window.DL, reader=Reader("Jordan", "Jordan"))
    assert caught.value.code == "letters.no_address"


def test_no_window_no_address():
    """A letter sent by email or collected shows no postal address of the reader."""
    made = render_letter(letters()["acknowledgement"])
    assert "TernLane" not in "".join(c.text for c in ink(made.data))
