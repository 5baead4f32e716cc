"""What a covered surname gives away by what is seen beside it, in bits.

Some five hundred surnames stand in one and the same sentence, one to a line. Native pages are read,
covered and painted as for a release, and the finished lines are compared by the place of the box
and of every word. Lines set to fill a column break where their words do not fit; that words moved
to the next line is told apart ("where the line breaks"), since any way of setting the text anew
shows it. "Down to the pixel" is what remains for one who can make the source again with each name
and compare single pixels: sources round the place of each letter by what stands before it.

Lines of scans are made as OCR gives them, each word with the box of its ink to the pixel, and are
painted from their picture. Where lines cannot close up (ruled, touching) boxes grow instead, to the
nearest to one width that whole words allow. There the width of the box is measured over many
sentences in the middle of a line, with what chance alone would give taken off; beside it the price
(words covered with the name) and what one knows who guesses those words.
"""

from __future__ import annotations

import math
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import weasyprint
from PIL import Image, ImageDraw, ImageFont

from redaction.decisions import PagePlan, PaintBox
from redaction.document import Box, Origin, Page, PageKind, ReadDocument, Word
from redaction.formats import Incoming, read_many
from redaction.paint import PaintedDocument, paint
from redaction.propose.boxes import boxes_for
from redaction.propose.closing import LINE_OF_TYPE

BAR = 0.1
SIZES = (9, 11, 14, 18)
_DPI = 200
_PITCH = 36.0
"""Points between lines: 100 pixels."""
_TOP = 36.0
_LINES = 20
_COLUMN = 500
_BEFORE = "When the visitor came"
_AFTER = (
    "was at home with both of the children and said that all of them had been to the clinic in the "
    "week before and that he was in good health but did not go out on his own any more"
)
_FILLER = [
    "the",
    "a",
    "to",
    "of",
    "and",
    "was",
    "at",
    "home",
    "with",
    "both",
    "children",
    "had",
    "been",
    "said",
    "that",
    "she",
    "he",
    "they",
    "who",
    "came",
    "in",
    "on",
    "for",
    "school",
    "visit",
    "meeting",
    "told",
    "asked",
    "mother",
    "father",
    "yesterday",
    "concerned",
    "about",
    "after",
    "before",
    "not",
    "social",
    "worker",
    "health",
    "visitor",
    "report",
    "plan",
    "review",
    "contact",
    "attended",
    "unwell",
]
_SENTENCES = 60
_FONT = "/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf"


@dataclass(frozen=True, slots=True)
class _Line:
    """What is seen of one finished line."""

    texts: Hashable
    places: Hashable
    pixels: Hashable


def run() -> bool:
    """Prints the figures; whether the bar is met."""
    names = surnames()
    print(f"{len(names)} surnames, {math.log2(len(names)):.2f} bits to hide; bits told:")
    worst = 0.0
    for size in SIZES:
        for filled in (False, True):
            seen, swallowed, closed = _native(names, size, filled=filled)
            breaks = [line.texts for line in seen]
            places = _given(breaks, [line.places for line in seen])
            pixels = _given(breaks, [line.pixels for line in seen])
            worst = max(worst, places)
            print(
                f"  native, {'filled' if filled else 'ragged'} {size:2} pt: {places:5.2f} by box "
                f"and places of words, {_entropy(Counter(breaks).values()):.2f} by where the line "
                f"breaks, {pixels:.2f} down to the pixel; {swallowed:.2f} words swallowed a name, "
                f"{closed:.0%} closed up"
            )
    for size in SIZES:
        for filled in (False, True):
            places, swallowed, closed = _scanned(names, size, filled=filled)
            worst = max(worst, places)
            print(
                f"  scans, {'filled' if filled else 'ragged'} {size:2} pt: {places:5.2f} by box "
                f"and places of words; {swallowed:.2f} words swallowed, {closed:.0%} closed up"
            )
    for size in SIZES:
        blind, knowing, swallowed = _grown(names, size)
        worst = max(worst, blind)
        print(
            f"  grown boxes {size:2} pt: {blind:5.2f} by the box, {knowing:.2f} by the gap "
            f"if the words beside are known; {swallowed:.2f} words swallowed a name"
        )
    print(
        f"  bar {BAR} by box and places: worst {worst:.2f}, {'met' if worst <= BAR else 'MISSED'}"
    )
    return worst <= BAR


def surnames() -> list[str]:
    """The names, each once."""
    text = (Path(__file__).parent / "surnames.txt").read_text("utf-8")
    return sorted(set(text.split()))


def _native(names: Sequence[str], size: int, *, filled: bool) -> tuple[list[_Line], float, float]:
    document = _read(_pdf(names, size, filled=filled))
    plans: list[PagePlan] = []
    closed = swallowed = 0
    for page in document.pages:
        boxes: list[PaintBox] = []
        for word in page.words:
            if word.text in names:
                (covered,) = boxes_for(page, word.start, word.end, guard=True)
                closed += covered.closing is not None
                swallowed += len(covered.words) - 1
                boxes.append(PaintBox(covered.box, "[third party]", closing=covered.closing))
        plans.append(PagePlan(document.id, page.number, tuple(boxes)))
    lines = list(_lines(paint(document, plans), len(names)))
    return lines, swallowed / len(names), closed / len(names)


def _pdf(names: Sequence[str], size: int, *, filled: bool) -> bytes:
    style = (
        f"@page{{size:595pt 792pt;margin:{_TOP}pt 40pt}}body{{margin:0}}"
        f"p{{margin:0;height:{_PITCH}pt;line-height:{_PITCH}pt;width:{_COLUMN}pt;"
        f"font-size:{size}pt;font-family:'Liberation Sans';white-space:nowrap;"
        + ("text-align-last:justify}" if filled else "}")
    )
    font = ImageFont.truetype(_FONT, size * 20)
    lines = "".join(f"<p>{_sentence(name, font, filled=filled)}</p>" for name in names)
    html = f"<html lang=en><style>{style}</style>{lines}"
    return bytes(weasyprint.HTML(string=html).write_pdf() or b"")


def _sentence(name: str, font: ImageFont.FreeTypeFont, *, filled: bool) -> str:
    """As many words as fit the column, or a few."""
    words = [*_BEFORE.split(), name]
    if not filled:
        return " ".join([*words, "was", "at", "home."])
    for word in _AFTER.split():
        if font.getlength(" ".join([*words, word])) / 20 > _COLUMN:
            break
        words.append(word)
    return " ".join(words)


def _read(pdf: bytes) -> ReadDocument:
    with tempfile.TemporaryDirectory() as scratch:
        (document,) = read_many([Incoming("D", "d.pdf", pdf)], scratch=Path(scratch), workers=1)
    return document


def _lines(painted: PaintedDocument, count: int) -> Iterable[_Line]:
    view: Any = pdfium.PdfDocument(BytesIO(painted.pdf))
    done = 0
    for page in painted.pages:
        pixels = view[page.page - 1].render(scale=_DPI / 72, grayscale=True).to_numpy()
        for line in range(min(_LINES, count - done)):
            top = _TOP + line * _PITCH
            rows = round(top * _DPI / 72), round((top + _PITCH) * _DPI / 72)
            within = Box(0, top, page.width, top + _PITCH)
            words = [w for w in page.words if w.box.touches(within)]
            # The text layer is set at whole points.
            places = [(round(w.box.left), round(w.box.right)) for w in words]
            boxes = [b.box for b in page.boxes if b.box.touches(within)]
            yield _Line(
                tuple(w.text for w in words),
                (tuple(places), tuple((round(b.left, 2), round(b.right, 2)) for b in boxes)),
                pixels[rows[0] : rows[1]].tobytes(),
            )
        done += _LINES
    view.close()


def _scanned(names: Sequence[str], size: int, *, filled: bool) -> tuple[float, float, float]:
    """Bits by box and places of words on pictures of the lines, words swallowed, share closed."""
    font = ImageFont.truetype(_FONT, round(size * _DPI / 72))
    measure = ImageFont.truetype(_FONT, size * 20)
    pages: list[Page] = []
    pictures: list[Image.Image] = []
    for first in range(0, len(names), _LINES):
        picture = Image.new("L", (round(595 * _DPI / 72), round(792 * _DPI / 72)), 245)
        words: list[Word] = []
        for row, name in enumerate(names[first : first + _LINES]):
            texts = _sentence(name, measure, filled=filled).split()
            _draw_line(picture, words, texts, row, font, filled=filled)
        text = " ".join(w.text for w in words)
        number = len(pages) + 1
        pages.append(Page(number, 595.0, 792.0, text, tuple(words), PageKind.SCAN, marks=()))
        pictures.append(picture)
    out = BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=_DPI)
    document = ReadDocument("D", "application/pdf", "", tuple(pages), out.getvalue())
    plans: list[PagePlan] = []
    closed = swallowed = 0
    for page in pages:
        boxes: list[PaintBox] = []
        for word in page.words:
            if word.text in names:
                (covered,) = boxes_for(page, word.start, word.end, guard=True)
                closed += covered.closing is not None
                swallowed += len(covered.words) - 1
                boxes.append(PaintBox(covered.box, "[third party]", closing=covered.closing))
        plans.append(PagePlan(document.id, page.number, tuple(boxes)))
    lines = list(_lines(paint(document, plans), len(names)))
    told = _given([line.texts for line in lines], [line.places for line in lines])
    return told, swallowed / len(names), closed / len(names)


def _draw_line(
    picture: Image.Image,
    words: list[Word],
    texts: Sequence[str],
    row: int,
    font: ImageFont.FreeTypeFont,
    *,
    filled: bool,
) -> None:
    """Draws one line and adds its words, each with the box of its ink."""
    draw = ImageDraw.Draw(picture)
    scale = 72 / _DPI
    space = font.getlength(" ")
    if filled:
        room = _COLUMN / scale - sum(font.getlength(t) for t in texts)
        space = max(space, room / (len(texts) - 1))
    x, y = 40 / scale, (_TOP + row * _PITCH + 4) / scale
    at = words[-1].end + 1 if words else 0
    for text in texts:
        draw.text((x, y), text, font=font, fill=30)
        left, top, right, bottom = (v * scale for v in draw.textbbox((x, y), text, font=font))
        words.append(Word(text, Box(left, top, right, bottom), at, (), Origin.OCR, 0.95))
        at += len(text) + 1
        x += font.getlength(text) + space


def _grown(names: Sequence[str], size: int) -> tuple[float, float, float]:
    """Bits by the box's width over sentences, by the gap in a known one, and words swallowed."""
    rng = random.Random(size)
    font = ImageFont.truetype(_FONT, size * 20)
    seen: list[tuple[str, int]] = []
    known: list[float] = []
    swallowed = 0
    for _ in range(_SENTENCES):
        before, after = rng.choices(_FILLER, k=7), rng.choices(_FILLER, k=7)
        here: list[int] = []
        for name in names:
            page = _page([*before, name, *after], size, font)
            word = page.words[len(before)]
            (covered,) = boxes_for(page, word.start, word.end, guard=True)
            swallowed += len(covered.words) - 1
            here.append(round((covered.box.right - covered.box.left) * _DPI / 72))
            seen.append((name, here[-1]))
        known.append(_entropy(Counter(here).values()))
    shuffled = [n for n, _ in seen]
    rng.shuffle(shuffled)
    chance = _mutual(zip(shuffled, (w for _, w in seen), strict=True))
    blind = max(0.0, _mutual(seen) - chance)
    return blind, sum(known) / len(known), swallowed / len(seen)


def _page(texts: Sequence[str], size: int, font: ImageFont.FreeTypeFont) -> Page:
    words: list[Word] = []
    at, left = 0, 60.0
    space = 0.278 * size
    for text in texts:
        right = left + font.getlength(text) / 20
        box = Box(left, 100.0, right, 100.0 + LINE_OF_TYPE * size)
        step = (right - left) / len(text)
        edges = tuple(left + i * step for i in range(len(text) + 1))
        words.append(Word(text, box, at, edges))
        at, left = at + len(text) + 1, right + space
    return Page(1, 842.0, 595.0, " ".join(texts), tuple(words))


def _entropy(counts: Iterable[int]) -> float:
    found = list(counts)
    total = sum(found)
    return -sum(c / total * math.log2(c / total) for c in found)


def _given(known: Sequence[Hashable], seen: Sequence[Hashable]) -> float:
    """Bits that `seen` adds where `known` is known."""
    pairs = Counter(zip(known, seen, strict=True))
    return _entropy(pairs.values()) - _entropy(Counter(known).values())


def _mutual(pairs: Iterable[tuple[str, int]]) -> float:
    by_name: dict[str, Counter[int]] = defaultdict(Counter)
    whole: Counter[int] = Counter()
    for name, width in pairs:
        by_name[name][width] += 1
        whole[width] += 1
    within = sum(_entropy(c.values()) for c in by_name.values()) / len(by_name)
    return _entropy(whole.values()) - within
