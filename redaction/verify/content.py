"""What a page's operators draw, read with pikepdf and independent of PDFium's reading.

On a disclosed page only this may be: one picture that fills the page, one block of invisible
words, and a page number in the strip below. On our own pages ordinary drawing is allowed; inline
pictures, layers and invisible text are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Name, Object, Page

from redaction.verify.fonts import Font

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)

_NUMBER = rb"-?\d+(?:\.\d+)?"
_WORD = rb"(?:%b) 0 0 (?:%b) (?:%b) (?:%b) Tm <[0-9A-F]*> Tj\n" % ((_NUMBER,) * 4)
_BLOCK = re.compile(rb"BT /(\w+) 1 Tf 3 Tr\n((?:%b)*)ET(?=\s|$)" % _WORD)
_ENTRY = re.compile(rb"(%b) 0 0 (%b) (%b) (%b) Tm <([0-9A-F]*)> Tj\n" % ((_NUMBER,) * 4))
_MARK = b"/RightsdeskLayer MP"

_PATHS = frozenset([*"mlcvyhWnfFSsBb", "re", "W*", "f*", "B*", "b*"])
_COLOURS = frozenset([*"gGkK", "rg", "RG", "cs", "CS", "sc", "SC", "scn", "SCN"])
_PENS = frozenset([*"wJjMdi", "ri"])
_TEXT = frozenset([*(f"T{c}" for c in "fdDm*cwzLsrjJ"), "BT", "ET", "'", '"'])
_MARKS = frozenset(["BMC", "BDC", "EMC", "MP"])
_STATE = frozenset(["q", "Q", "cm", "gs", "Do", "sh"])
OURS = _PATHS | _COLOURS | _PENS | _TEXT | _MARKS | _STATE
STRIP = (_PATHS | _COLOURS | _PENS | _TEXT | _MARKS | {"q", "Q", "cm", "Do"}) - {"Ts"}


class Run(NamedTuple):
    """A piece of text; left, bottom, right, top in the page's own coordinates."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class Drawn:
    """What a page's content draws. `causes` says what no rule allows."""

    layer: list[Run] = field(default_factory=list)
    """The invisible words of a disclosed page."""
    text: list[str] = field(default_factory=list)
    """All other text, in the order of the content."""
    text_tops: list[float] = field(default_factory=list)
    """Highest point of each piece of visible text and of each path."""
    pictures: list[tuple[str, Matrix]] = field(default_factory=list)
    causes: set[str] = field(default_factory=set)

    @property
    def words(self) -> str:
        """Everything the page says."""
        return " ".join([*(run.text for run in self.layer), *self.text])


def read(page: Page, fonts: Mapping[tuple[int, int], Font], *, ours: bool) -> Drawn:
    """Reads the operators of one page."""
    drawn = Drawn()
    data = b"\n".join(part.read_bytes() for part in _parts(page.obj.get("/Contents")))
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    blocks = list(_BLOCK.finditer(data))
    if blocks and not ours:
        if len(blocks) > 1:
            drawn.causes.add("more than one block of words")
        _read_layer(blocks[0], resources, fonts, drawn)
        data = data[: blocks[0].start()] + _MARK + data[blocks[0].end() :]
    elif not ours:
        drawn.causes.add("no block of words of the known shape")
    _Reader(drawn, fonts, OURS if ours else STRIP, ours).run(page.obj, data, resources, IDENTITY)
    return drawn


def _parts(contents: Any) -> Iterator[Any]:
    if isinstance(contents, pikepdf.Array):
        yield from contents
    elif contents is not None:
        yield contents


def _read_layer(
    block: re.Match[bytes],
    resources: Object,
    fonts: Mapping[tuple[int, int], Font],
    drawn: Drawn,
) -> None:
    font = _font(resources, "/" + block.group(1).decode(), fonts)
    if font is None or not font.is_even:
        drawn.causes.add("words in a font whose widths are not all alike")
        return
    decode, advance, layer = font.decode_hex, font.advance, drawn.layer
    for across, rise, left, bottom, codes in _ENTRY.findall(block.group(2)):
        text, count = decode(codes)
        bare = text.rstrip(" ")
        x, y = float(left), float(bottom)
        width = float(across) * advance * (count - len(text) + len(bare))
        layer.append(Run(bare, x, y, x + width, y + float(rise)))


def _font(resources: Object, name: str, fonts: Mapping[tuple[int, int], Font]) -> Font | None:
    entry: Any = resources.get("/Font", pikepdf.Dictionary()).get(name)
    return fonts.get(entry.objgen) if entry is not None else None


class _Reader:
    """Follows the operators with as much state as the questions need."""

    def __init__(
        self,
        drawn: Drawn,
        fonts: Mapping[tuple[int, int], Font],
        allowed: frozenset[str],
        ours: bool,
    ) -> None:
        self._drawn = drawn
        self._fonts = fonts
        self._allowed = allowed
        self._ours = ours
        self._depth = 0

    def run(self, holder: Any, data: bytes, resources: Any, start: Matrix) -> None:
        """Reads one content stream, and the forms it draws."""
        stack: list[tuple[Matrix, Font | None, float]] = []
        matrix, font, size = start, None, 1.0
        line: Matrix = IDENTITY
        for instruction in _instructions(holder, data):
            operator = str(instruction.operator)
            operands: Any = instruction.operands
            if operator not in self._allowed:
                self._drawn.causes.add("an operator that may not be on such a page")
            elif operator == "q":
                stack.append((matrix, font, size))
            elif operator == "Q":
                if not stack:
                    self._drawn.causes.add("graphics states out of balance")
                    return
                matrix, font, size = stack.pop()
            elif operator == "cm":
                matrix = _times(_matrix(operands), matrix)
            elif operator == "Tf":
                font, size = _font(resources, str(operands[0]), self._fonts), float(operands[1])
            elif operator == "Tr":
                if int(operands[0]) not in (0, 2):
                    self._drawn.causes.add("text that is not seen")
            elif operator == "BT":
                line = IDENTITY
            elif operator == "Tm":
                line = _matrix(operands)
            elif operator in ("Td", "TD"):
                line = _times((1, 0, 0, 1, float(operands[0]), float(operands[1])), line)
            elif operator in ("Tj", "TJ", "'", '"'):
                self._say(operands[-1], font, size, _times(line, matrix))
            elif operator == "Do":
                self._draw(str(operands[0]), resources, matrix)
            elif operator == "re":
                x, y, w, h = (float(v) for v in operands)
                self._reaches((x, y), (x + w, y + h), matrix)
            elif operator in ("m", "l", "c", "v", "y"):
                values = [float(v) for v in operands]
                self._reaches((values[-2], values[-1]), (values[0], values[1]), matrix)
            elif operator == "sh" and not self._ours:
                self._drawn.causes.add("an operator that may not be on such a page")
            elif operator == "MP" and operands[0] == Name.RightsdeskLayer and not _is_still(matrix):
                self._drawn.causes.add("the words do not lie where they say")
        if stack:
            self._drawn.causes.add("graphics states out of balance")

    def _say(self, shown: Any, font: Font | None, size: float, matrix: Matrix) -> None:
        pieces = list(shown) if isinstance(shown, pikepdf.Array) else [shown]
        texts: list[str] = []
        for piece in pieces:
            if isinstance(piece, pikepdf.String):
                if font is None:
                    self._drawn.causes.add("text in a font that the page does not have")
                    return
                texts.append(font.decode(bytes(piece))[0])
            elif float(piece) < -200:
                texts.append(" ")
        self._drawn.text.append("".join(texts))
        self._reaches((0, 0), (0, size), matrix)

    def _draw(self, name: str, resources: Any, matrix: Matrix) -> None:
        item: Any = resources.get("/XObject", pikepdf.Dictionary()).get(name)
        if item is None:
            self._drawn.causes.add("a drawing that the page does not have")
        elif item.get("/Subtype") == Name.Image:
            self._drawn.pictures.append((name, matrix))
        elif not self._ours or self._depth > 4:
            self._drawn.causes.add("a drawing within a drawing")
        else:
            self._depth += 1
            inner = _matrix(item.get("/Matrix", pikepdf.Array([1, 0, 0, 1, 0, 0])))
            own = item.get("/Resources", resources)
            self.run(item, item.read_bytes(), own, _times(inner, matrix))
            self._depth -= 1

    def _reaches(
        self, one: tuple[float, float], other: tuple[float, float], matrix: Matrix
    ) -> None:
        tops = [matrix[1] * x + matrix[3] * y + matrix[5] for x, y in (one, other)]
        self._drawn.text_tops.append(max(tops))


def _instructions(holder: Any, data: bytes) -> Any:
    scratch = pikepdf.Pdf.new()
    try:
        return pikepdf.parse_content_stream(pikepdf.Stream(scratch, data))
    except pikepdf.PdfError as error:
        raise ValueError("content cannot be parsed") from error


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(v) for v in operands)
    return a, b, c, d, e, f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _is_still(matrix: Matrix) -> bool:
    return all(abs(a - b) < 0.01 for a, b in zip(matrix, IDENTITY, strict=True))
