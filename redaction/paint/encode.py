"""Pixels to compressed picture data for a PDF image, with nothing else in it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, TiffImagePlugin

from redaction.paint.model import Encoding
from redaction.paint.render import Pixels

_STRIP_OFFSETS, _ROWS_PER_STRIP, _STRIP_BYTES = 273, 278, 279


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
    bits = np.packbits(pixels == 0, axis=1).tobytes()
    image = Image.frombytes("1", (columns, rows), bits)
    tiff = io.BytesIO()
    image.save(tiff, "TIFF", compression="group4", tiffinfo={_ROWS_PER_STRIP: rows})
    tiff.seek(0)
    with TiffImagePlugin.TiffImageFile(tiff) as written:
        tags = written.tag_v2
    start = tags[_STRIP_OFFSETS][0]
    return Picture(
        Encoding.G4, columns, rows, tiff.getvalue()[start : start + tags[_STRIP_BYTES][0]]
    )


def jpeg(pixels: Pixels, quality: int) -> Picture:
    """Grey or colour by the shape of the pixels; no chroma is dropped, no metadata written."""
    rows, columns = pixels.shape[:2]
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=quality, subsampling=0)
    encoding = Encoding.GREY if pixels.ndim == 2 else Encoding.COLOUR
    return Picture(encoding, columns, rows, out.getvalue())
