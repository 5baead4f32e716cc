"""Sound and film are told from other files by their first bytes, or by the ending of their name."""

from __future__ import annotations

import pytest

from rights.sources.recordings import is_recording

ENDINGS = "mp3 wav m4a amr mp4 mov avi wma DSS ds2 3gp ogg"


@pytest.mark.parametrize(
    ("name", "head"),
    [
        *((f"interview.{ending}", b"") for ending in ENDINGS.split()),
        ("no ending", b"RIFF\x24\x08\x00\x00WAVEfmt "),
        ("no ending", b"RIFF\x24\x08\x00\x00AVI LIST"),
        ("no ending", b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00"),
        ("no ending", b"\x00\x00\x00\x18ftypqt  \x00\x00\x00\x00"),
        ("no ending", b"#!AMR\n\x3c"),
        ("no ending", b"ID3\x04\x00"),
        ("no ending", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"),
        ("no ending", b"\x03ds2\x00"),
    ],
)
def test_what_is_heard_or_watched(name, head):
    """Formats of telephones, dictation machines and cameras among them."""
    assert is_recording(name, head)


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("letter.docx", b"PK\x03\x04"),
        ("a.webp", b"RIFF\x24\x08\x00\x00WEBPVP8 "),
        ("a.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"),
        ("minutes.pdf", b"%PDF-1.4"),
        ("wav", b""),
        ("", b""),
    ],
)
def test_what_is_read(name, head):
    """Pictures in containers that films use are pictures."""
    assert not is_recording(name, head)
