"""Photographs, drawings and scans that come as picture files.

The pages show the pixels and nothing else: EXIF (where and when it was taken, a thumbnail of the
picture before it was cropped) is listed for the reviewer and left behind.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pi_heif
import PIL
from PIL import Image, ImageOps, ImageSequence

from redaction.formats.exif import about_picture, behind
from redaction.formats.join import join
from redaction.formats.view import View
from rights.errors import UnreadableError

_REGISTER_HEIC: Any = pi_heif.register_heif_opener
_MAX_PIXELS = 120_000_000
_A4 = (595.0, 842.0)
_QUALITY = 95
_SCAN_DPI = (100, 1300)


def view_picture(data: bytes) -> View:
    """One page per picture of the file, the right way up, at its own resolution."""
    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
    # Telephones: Pillow has no reader of its own for these.
    _REGISTER_HEIC(thumbnails=False)
    try:
        with Image.open(BytesIO(data)) as file:
            hidden = [*about_picture(file), *behind(data)]
            pages = [_page(frame) for frame in ImageSequence.Iterator(file)]
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableError(
            "format.picture",
            "The picture is damaged, too large or of an unknown kind.",
            "Open the original, save it as PNG or JPEG, and add that to the case.",
        ) from error
    return View(
        join([_one(picture, dpi) for picture, dpi in pages]),
        hidden=hidden,
        photo=True,
        tools=[f"pillow {PIL.__version__}"],
    )


def _page(frame: Image.Image) -> tuple[Image.Image, float]:
    """The picture upright and without transparency, and its dots per inch on the page."""
    dpi = frame.info.get("dpi", (0, 0))
    upright = ImageOps.exif_transpose(frame) or frame
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        layered = upright.convert("RGBA")
        upright = Image.new("RGB", layered.size, "white")
        upright.paste(layered, mask=layered.getchannel("A"))
    elif upright.mode not in {"1", "L", "RGB"}:
        upright = upright.convert("L" if upright.mode.startswith(("I", "F")) else "RGB")
    wide, high = upright.size
    said = float(dpi[0] or 0)
    # A camera's 72 dpi means nothing; a scanner's 200 or 300 gives the true size of the paper.
    fitting = max(wide * 72 / _A4[0], high * 72 / _A4[1], 72.0)
    sane = _SCAN_DPI[0] <= said <= _SCAN_DPI[1] and wide * 72 / said >= 72
    return upright, said if sane and said >= fitting * 0.6 else fitting


def _one(picture: Image.Image, dpi: float) -> bytes:
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    out = BytesIO()
    # Two-level pages are kept as such (fax coding), which knows no quality.
    options = {} if bare.mode == "1" else {"quality": _QUALITY}
    bare.save(out, "PDF", resolution=dpi, **options)
    return out.getvalue()
