"""Sound and film among files: what is heard or watched by a person, and read by nobody.

Told by the first bytes where they say it, else by the ending of the name: dictation machines,
telephone systems and body-worn cameras write formats that no list of media types knows.
"""

from __future__ import annotations

from pathlib import PurePosixPath

_NAMES = (
    "3ga 3gp aac ac3 aif aifc aiff amr ape asf au avi awb caf ds2 dss dvf flac flv m4a m4b m4v mka "
    "mkv mov mp2 mp3 mp4 mpeg mpg msv mts m2ts oga ogg ogv opus qt ra rm snd spx ts vob vox wav "
    "wave weba webm wma wmv wv"
)
_ENDINGS = frozenset(f".{name}" for name in _NAMES.split())
_STARTS = (
    b"ID3",
    b"#!AMR",
    b"OggS",
    b"fLaC",
    b"\x02dss",
    b"\x03dss",
    b"\x03ds2",
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",  # ASF: WMA and WMV
    b"\x1a\x45\xdf\xa3",  # Matroska and WebM
    b".snd",
    b"caff",
    b"FLV\x01",
)
_RIFF = frozenset([b"WAVE", b"AVI "])
_PICTURES = frozenset([b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"])
"""Brands of the ISO base format that are photographs (ISO/IEC 23008-12), not films."""
_PICTURES_TOO = frozenset([b"avif", b"avis", b"jxl ", b"crx "])


def is_recording(name: str, head: bytes = b"") -> bool:
    """Whether a file is sound or film.

    Args:
        name: Its name; personal data, not kept.
        head: Its first bytes, as many as there are at hand; sixteen are enough.
    """
    if head.startswith(_STARTS) or (head[:4] == b"RIFF" and head[8:12] in _RIFF):
        return True
    if head[4:8] == b"ftyp":
        return head[8:12] not in _PICTURES | _PICTURES_TOO
    return PurePosixPath(name).suffix.lower() in _ENDINGS
