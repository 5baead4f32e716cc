"""Pixels to compressed picture data for a PDF image, with nothing else in it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from PIL import Image, TiffImagePlugin

from redaction.paint.model import Encoding
from redaction.paint.render import Pixels

_WIDTH, _LENGTH = 256, 257
_STRIP_OFFSETS, _ROWS_PER_STRIP, _STRIP_BYTES = 273, 278, 279
_TAGS = {258: 1, 259: 4, 262: 0, 277: 1, 284: 1}
"""TIFF 6.0: one bit a sample, group 4, white is zero, one sample a pixel, one plane."""
_CHUNK = 65536


@dataclass(frozen=True, slots=True)
class Picture:
    """A page's picture as it goes into the file."""

    encoding: Encoding
    columns: int
    rows: int
    data: bytes = field(repr=False)


def group4(pixels: Pixels) -> Picture:
    """One bit a pixel from pixels that are black or white (ITU-T T.6, ISO 32000-2 7.4.6)."""
    rows, columns = pixels.shape
    # libtiff codes a set bit as black, whatever the photometric tag says.
    tiff = _tiff(np.packbits(pixels == 0, axis=1), columns)
    with TiffImagePlugin.TiffImageFile(io.BytesIO(tiff)) as written:
        tags = written.tag_v2
    start = tags[_STRIP_OFFSETS][0]
    return Picture(Encoding.G4, columns, rows, tiff[start : start + tags[_STRIP_BYTES][0]])


def _tiff(packed: Pixels, columns: int) -> bytes:
    """A TIFF of one strip in group 4, from rows of packed bits.

    Pillow's `save` takes a byte for every pixel and packs them one at a time, which takes longer
    than the coding; its encoder is handed the packed rows instead, as bytes of a grey picture.
    """
    rows, width = packed.shape
    image = Image.frombuffer("L", (width, rows), packed, "raw", "L", 0, 1)
    tags = [*_TAGS.items(), (_WIDTH, columns), (_LENGTH, rows), (_ROWS_PER_STRIP, rows)]
    make: Any = Image.core.libtiff_encoder
    encoder: Any = make("L", "L", 0, "", sorted(tags), {})
    parts: list[bytes] = []
    try:
        encoder.setimage(image.im, (0, 0, width, rows))
        code = 0
        while code == 0:
            _, code, part = encoder.encode(_CHUNK)
            parts.append(part)
    finally:
        encoder.cleanup()
    if code < 0:
        raise OSError("libtiff cannot code a page")
    return b"".join(parts)


def jpeg(pixels: Pixels, quality: int) -> Picture:
    """Grey or colour by the shape of the pixels; no chroma is dropped, no metadata written."""
    rows, columns = pixels.shape[:2]
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=quality, subsampling=0)
    encoding = Encoding.GREY if pixels.ndim == 2 else Encoding.COLOUR
    return Picture(encoding, columns, rows, out.getvalue())
