"""Broken files, and the wrapping that Outlook puts around rich text."""

from __future__ import annotations

from pathlib import Path

import pytest

from redaction.formats import Incoming, read_many
from redaction.formats.rtf import unpack
from tests.redaction.formats import fuzz

PACKED = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232"
    "0af32068656c090020627705b06c647d0a800fa0"
)
"""The example of [MS-OXRTFCP] 4.1.1."""


def test_twenty_broken_files_are_read_or_say_why_not(tmp_path: Path) -> None:
    """Cut off, flipped or nested: pages or a task, no reader breaks down, nothing is left."""
    fast = [f for f in fuzz.seeds() if not f[0].endswith((".rtf", ".docx"))]
    found = fuzz.read(list(fuzz.variants(fast, 20, seed=6)), tmp_path)
    assert found.total() == 20
    assert not found["format.crashed"] and not found["format.slow"]
    assert list(tmp_path.iterdir()) == []


def test_packed_rich_text_is_unpacked() -> None:
    """The specification's own example; anything cut off is refused."""
    assert unpack(PACKED) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    for size in range(len(PACKED) - 2):
        with pytest.raises(ValueError, match=r"cut off|too short|unknown"):
            unpack(PACKED[:size])


def test_a_broken_telephone_picture_is_a_task(tmp_path: Path) -> None:
    """A HEIC file that cannot be decoded is handed to a person."""
    data = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200
    (document,) = read_many([Incoming("a", "IMG_1.HEIC", data)], scratch=tmp_path, workers=1)
    assert document.media_type == "image/heic"
    assert [u.code for u in document.unreadable] == ["format.picture"]
