"""Scanned paper and photographs, drawn with Pillow."""

from __future__ import annotations

import random
import textwrap
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

_DPI = 200
_PAPER = (1654, 2339)
_MARGIN = 150
_EPOCH = time.gmtime(1433149200)

Point = tuple[float, float]


def write_scan(
    path: Path, pages: Sequence[Sequence[str]], rng: random.Random, *, hand: bool = False
) -> None:
    """Writes lines of text as pages of scanned paper: grain, a shadow, and not quite straight."""
    path.parent.mkdir(parents=True, exist_ok=True)
    images = [_sheet(lines, rng, hand=hand) for lines in pages]
    images[0].save(
        path, "PDF", resolution=_DPI, save_all=True, append_images=images[1:],
        creationDate=_EPOCH, modDate=_EPOCH, quality=55,
    )  # fmt: skip


def _sheet(lines: Sequence[str], rng: random.Random, *, hand: bool) -> Image.Image:
    paper = Image.new("L", _PAPER, 255)
    draw = ImageDraw.Draw(paper)
    font = ImageFont.truetype(
        "LiberationSerif-Italic.ttf" if hand else "LiberationSerif-Regular.ttf", 54 if hand else 36
    )
    y = float(_MARGIN + 40)
    for line in lines:
        for piece in textwrap.wrap(line, 44 if hand else 74) or [""]:
            if hand:
                _by_hand(draw, piece, y, font, rng)
            else:
                draw.text((_MARGIN, y), piece, font=font, fill=25)
            y += 92 if hand else 54
        y += 14
    grain = np.random.default_rng(rng.randrange(2**32)).normal(0, 5, (_PAPER[1], _PAPER[0]))
    shade = np.linspace(0, -12, _PAPER[0])[None, :]
    turned = paper.rotate(rng.uniform(-0.6, 0.6), Image.Resampling.BICUBIC, fillcolor=255)
    turned = turned.filter(ImageFilter.GaussianBlur(0.6))
    grey = np.asarray(turned, dtype=np.float64) * 0.93 + grain + shade
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8), "L")


def _by_hand(
    draw: ImageDraw.ImageDraw,
    text: str,
    y: float,
    font: ImageFont.FreeTypeFont,
    rng: random.Random,
) -> None:
    x = _MARGIN + rng.uniform(0, 25)
    for letter in text:
        draw.text((x, y + rng.uniform(-4, 4)), letter, font=font, fill=40)
        x += font.getlength(letter) + rng.uniform(-1, 2)


def write_photo(
    path: Path, kind: str, caption: str, rng: random.Random, *, taken: str, gps: bool = False
) -> None:
    """Writes a picture as JPEG with a description, a time and, if wished, a place in its EXIF.

    Args:
        path: Where to.
        kind: One of house, moon, two, group, garden.
        caption: Goes into ImageDescription, where nobody sees it.
        rng: Source of colours and small differences.
        taken: Time of taking as EXIF writes it, ``2015:06:01 09:00:00``.
        gps: Adds a position (in the North Sea).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.new("RGB", (1200, 900), (232, 226, 210))
    _PICTURES[kind](ImageDraw.Draw(image), rng)
    exif = Image.Exif()
    exif[0x010E] = caption.encode("ascii", "replace").decode()
    exif[0x010F] = "Example Camera"
    exif[0x0132] = taken
    if gps:
        exif[0x8825] = {1: "N", 2: (54.0, 41.0, 12.5), 3: "E", 4: (2.0, 10.0, 4.0)}
    image.save(path, "JPEG", quality=82, exif=exif)


def _house(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    def crayon(points: Sequence[Point], colour: str) -> None:
        for _ in range(3):
            shaken = [(x + rng.uniform(-4, 4), y + rng.uniform(-4, 4)) for x, y in points]
            draw.line(shaken, fill=colour, width=7)

    crayon([(300, 800), (300, 400), (900, 400), (900, 800), (300, 800)], "#30507a")
    crayon([(270, 410), (600, 180), (930, 410)], "#9c2b2b")
    for x in (360, 720):
        draw.rectangle((x, 460, x + 120, 580), fill="#3a3a3a")
    crayon([(540, 800), (540, 620), (660, 620), (660, 800)], "#5b3d1e")
    crayon([(100, 820), (1100, 820)], "#2f7d32")
    _person(draw, (180, 700), 0.7, "#d9a400", rng)


def _moon(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    draw.rectangle((0, 0, 1200, 900), fill="#14213d")
    draw.ellipse((420, 200, 820, 600), fill="#f4e9b0")
    for _ in range(60):
        x, y = rng.uniform(0, 1200), rng.uniform(0, 900)
        draw.ellipse((x, y, x + 5, y + 5), fill="white")
    _person(draw, (620, 330), 0.5, "#b23a48", rng)


def _two(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    draw.rectangle((0, 0, 1200, 500), fill="#bcd4e6")
    draw.rectangle((150, 120, 1050, 620), fill="#b5713a")
    draw.rectangle((0, 620, 1200, 900), fill="#8d8d8d")
    _person(draw, (500, 480), 1.2, "#1b2a49", rng)
    _person(draw, (720, 480), 1.2, "#1b2a49", rng)


def _group(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    draw.rectangle((0, 0, 1200, 900), fill="#efd9b4")
    for x, colour in ((250, "#a23e48"), (480, "#3d7068"), (700, "#6a4c93"), (940, "#33415c")):
        _person(draw, (x, 430), 1.2, colour, rng)
    draw.rectangle((150, 720, 1050, 900), fill="#7a5230")
    draw.ellipse((520, 670, 700, 780), fill="#fff4f4")


def _garden(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    draw.rectangle((0, 0, 1200, 420), fill="#a9cbe8")
    draw.rectangle((0, 420, 1200, 900), fill="#5f8f4e")
    for _ in range(90):
        x, y = rng.uniform(0, 1200), rng.uniform(450, 900)
        draw.ellipse((x, y, x + 18, y + 18), fill=rng.choice(["#c9184a", "#ffd166", "#ffffff"]))
    _person(draw, (600, 360), 1.3, "#6d597a", rng)


def _person(
    draw: ImageDraw.ImageDraw, at: Point, size: float, colour: str, rng: random.Random
) -> None:
    x, y = at
    skin = rng.choice(["#e8b98f", "#c68642", "#8d5524", "#f1c9a5"])
    r = 45 * size
    draw.ellipse((x - r, y - r, x + r, y + r), fill=skin)
    for side in (-1, 1):
        ex = x + side * r * 0.4
        draw.ellipse((ex - 5, y - 10, ex + 5, y), fill="black")
    draw.arc((x - r / 2, y - r / 4, x + r / 2, y + r / 1.6), 20, 160, fill="black", width=4)
    draw.polygon(
        [(x - r, y + 4.2 * r), (x - r * 0.6, y + r), (x + r * 0.6, y + r), (x + r, y + 4.2 * r)],
        fill=colour,
    )


_PICTURES: dict[str, Callable[[ImageDraw.ImageDraw, random.Random], None]] = {
    "house": _house,
    "moon": _moon,
    "two": _two,
    "group": _group,
    "garden": _garden,
}
