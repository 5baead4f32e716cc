"""A fresh reading of a page's picture with tesseract, which shares nothing with the layer."""

from __future__ import annotations

import csv
import io
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from redaction.verify.job import BoxPoints
from redaction.verify.seen import Grey

_SECONDS = 120
_WIDEST = 32_000
"""Pixels: tesseract takes no picture with a side of 32,768 and more."""


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word that OCR sees; box in points from the top left."""

    text: str
    box: BoxPoints


def read(pixels: Grey, scale: tuple[float, float]) -> tuple[ReadWord, ...]:
    """The words on the picture, in reading order.

    Raises:
        OSError: tesseract is not installed.
        subprocess.SubprocessError: It failed or took too long.
    """
    drawn = Image.fromarray(pixels)
    if (times := -(-max(drawn.size) // _WIDEST)) > 1:
        drawn = drawn.reduce(times)
        scale = (scale[0] / times, scale[1] / times)
    picture = io.BytesIO()
    drawn.save(picture, "PNG", compress_level=1)
    dpi = str(round(72 * scale[0]))
    done = subprocess.run(
        ["tesseract", "stdin", "stdout", "-l", "eng", "--dpi", dpi, "--psm", "3", "tsv"],
        input=picture.getvalue(),
        capture_output=True,
        check=True,
        timeout=_SECONDS,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    rows = csv.DictReader(io.StringIO(done.stdout.decode()), delimiter="\t", quoting=csv.QUOTE_NONE)
    words: list[ReadWord] = []
    for row in rows:
        if row["text"] and row["text"].strip():
            left, top, width, height = (float(row[k]) for k in ("left", "top", "width", "height"))
            box = (
                left / scale[0],
                top / scale[1],
                (left + width) / scale[0],
                (top + height) / scale[1],
            )
            words.append(ReadWord(row["text"], box))
    return tuple(words)


def words_at(words: Sequence[ReadWord], box: BoxPoints) -> str:
    """The words whose middle lies in a place."""
    return " ".join(
        word.text
        for word in words
        if box[0] <= (word.box[0] + word.box[2]) / 2 <= box[2]
        and box[1] <= (word.box[1] + word.box[3]) / 2 <= box[3]
    )
