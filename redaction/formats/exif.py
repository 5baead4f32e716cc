"""What a picture file says beside its pixels: EXIF, place, comments, captions, other programs'."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, IptcImagePlugin

from redaction.document import HiddenItem, HiddenKind

_SETTINGS = frozenset(
    """
    dpi jfif jfif_version jfif_unit jfif_density gamma transparency duration loop background
    compression progressive progression adobe interlace adobe_transform aspect srgb chromaticity
    extension version timestamp exif icc_profile resolution bbox disposal default_image blend
    bit_depth primary thumbnails depth_images aux mpoffset dib_pixel_format original_orientation
    metadata tile
    """.split()  # noqa: SIM905 - a list of words reads better
)
"""What Pillow keeps of a file that is about its coding, not about anybody."""
_ENDS = {b"\xff\xd8\xff": b"\xff\xd9", b"\x89PNG": b"IEND\xaeB`\x82"}
_ARTWORK = frozenset(range(254, 263)) | frozenset(range(277, 285)) | frozenset(range(529, 533)) | {
    266, 273, 274, 292, 293, 296, 297, 317, 318, 319, 320, 322, 323, 324, 325, 338, 339, 347, 700,
    33723, 34377, 34665, 34675, 34853, 40965,
}  # fmt: skip
"""TIFF 6.0: how the pixels are stored, and where the parts are that are told of below."""


def about_picture(file: Image.Image, what: str = "the picture") -> Iterator[HiddenItem]:
    """Everything that a picture file says, one item for each place it says it in."""
    exif = file.getexif()
    lines = [
        f"{ExifTags.TAGS.get(k, k)}: {_value(v)}" for k, v in exif.items() if k not in _ARTWORK
    ]
    for name, directory in (("", ExifTags.IFD.Exif), ("GPS ", ExifTags.IFD.GPSInfo)):
        tags = ExifTags.GPSTAGS if name else ExifTags.TAGS
        for key, value in exif.get_ifd(directory).items():
            lines.append(f"{name}{tags.get(key, key)}: {_value(value)}")
    if lines:
        yield HiddenItem(HiddenKind.METADATA, f"EXIF data of {what}", "\n".join(lines))
    # In a TIFF file the second directory is the second page.
    if file.format != "TIFF" and exif.get_ifd(ExifTags.IFD.IFD1):
        yield HiddenItem(
            HiddenKind.METADATA, f"EXIF data of {what}", "A small copy of the picture is kept."
        )
    captions: Any = IptcImagePlugin.getiptcinfo(file)  # pyright: ignore[reportArgumentType]
    said = [_value(v) for value in (captions or {}).values() for v in _many(value)]
    if any(s.strip() for s in said):
        yield HiddenItem(
            HiddenKind.METADATA, f"captions of {what}", "\n".join(s for s in said if s)
        )
    for key, value in file.info.items():
        if str(key) not in _SETTINGS and (text := _said(key, value)):
            yield HiddenItem(HiddenKind.METADATA, f"{str(key).lower()} of {what}", text)


def about_bytes(data: bytes, what: str) -> list[HiddenItem]:
    """The same of a picture's bytes; nothing of what is no picture that can be read."""
    try:
        with Image.open(BytesIO(data)) as file:
            return [*about_picture(file, what), *behind(data, what)]
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return []


def behind(data: bytes, what: str = "the picture") -> Iterator[HiddenItem]:
    """What lies in a file behind the end of its JPEG or PNG picture."""
    mark = next((m for start, m in _ENDS.items() if data.startswith(start)), b"")
    rest = data[data.rfind(mark) + len(mark) :].strip(b"\0\r\n ") if mark and mark in data else b""
    if rest:
        said = "".join(
            c if c.isprintable() else " " for c in rest[:4000].decode("utf-8", "replace")
        )
        yield HiddenItem(
            HiddenKind.OTHER, f"bytes behind {what}", said.strip() or f"{len(rest):,} bytes of data"
        )


def _many(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def _said(key: object, value: object) -> str:
    if key == "photoshop" and isinstance(value, dict):
        return "Data of Photoshop, with or without a small copy of the picture."
    if isinstance(value, (bytes, str)):
        return _value(value)
    return ""


def _value(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").strip("\x00 ")[:4000]
    return str(value)[:4000]
