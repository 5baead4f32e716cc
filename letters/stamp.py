"""The outward page number, on a strip below each page of a pack.

The page grows downwards as it is shown, so that nothing is covered and nothing moves: a box that
the verifier looks for keeps its distance from the top left corner. Coordinates are those of ISO
32000-2, 8.3.2.3 (user space, origin at the bottom left before /Rotate).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from letters.fontset import font_path
from rights.errors import VerificationError

STRIP = 24.0
"""Height of the strip in points."""
_SIZE = 11.0
_GLYPHS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/ abcdefghijklmnopqrstuvwxyz"
_FONT = Name("/RightsdeskStamp")


class Stamper:
    """Stamps the pages of one PDF; all stamps share one embedded font."""

    def __init__(self, pdf: Pdf) -> None:
        self._glyphs = _subset()
        self._font = _embed(pdf, self._glyphs)

    def stamp(self, page: pikepdf.Page, text: str) -> None:
        """Lengthen the page by a white strip and write the text at its right end.

        Raises:
            VerificationError: The page hides something outside its visible area. What leaves must
                be what was seen.
        """
        left, bottom, right, top = (float(n) for n in page.mediabox)
        crop = [float(n) for n in page.cropbox]
        pairs = zip(crop, (left, bottom, right, top), strict=True)
        if any(abs(a - b) > 0.01 for a, b in pairs):
            raise VerificationError(
                "pack.page_cropped",
                "A disclosed page has content outside its visible area.",
                "Rebuild the document from its redacted pages.",
            )
        turn = page.rotation % 360
        # Which side of the unrotated page is at the bottom when shown, and the matrix that takes
        # a point of the strip (x along it, y up) to user space.
        if turn == 0:
            bottom -= STRIP
            strip = (left, bottom, right - left, STRIP)
            matrix = (1, 0, 0, 1, left, bottom)
        elif turn == 90:
            strip = (right, bottom, STRIP, top - bottom)
            right += STRIP
            matrix = (0, 1, -1, 0, right, bottom)
        elif turn == 180:
            strip = (left, top, right - left, STRIP)
            top += STRIP
            matrix = (-1, 0, 0, -1, right, top)
        else:
            left -= STRIP
            strip = (left, bottom, STRIP, top - bottom)
            matrix = (0, -1, 1, 0, left, top)
        length = (top - bottom) if turn in (90, 270) else (right - left)
        box = Array([_number(n) for n in (left, bottom, right, top)])
        for key in ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"):
            if key in page.obj:
                del page.obj[key]
        page.obj["/MediaBox"] = box
        page.add_resource(self._font, Name.Font, _FONT, replace_existing=True)
        x = length - 20 - sum(self._glyphs.widths[c] for c in text) * _SIZE / 1000
        shown = "".join(f"{self._glyphs.codes[c]:04X}" for c in text)
        content = (
            "Q\n/Artifact <</Type /Pagination /Subtype /Footer>> BDC\nq\n1 1 1 rg\n"
            f"{_numbers(*strip)} re f\n0.04 0.05 0.05 rg\n{_numbers(*matrix)} cm\n"
            f"BT {_FONT} {_SIZE:g} Tf {_numbers(x, 8)} Td <{shown}> Tj ET\nQ\nEMC\n"
        )
        # The page's own graphics state must not reach the stamp.
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(content.encode("ascii"))


def _number(value: float) -> Decimal:
    return Decimal(f"{value:.3f}").normalize() + 0


def _numbers(*values: float) -> str:
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values)


@dataclass(frozen=True, slots=True)
class _Subset:
    """The glyphs of a stamp: font file, codes, widths and metrics in thousandths of an em."""

    data: bytes
    codes: dict[str, int]
    widths: dict[str, float]
    box: tuple[int, ...]
    ascent: int
    descent: int


@cache
def _subset() -> _Subset:
    # Loaded with the first stamp: the font tools take a while, and most steps stamp nothing.
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(font_path("LiberationSans-Regular.ttf"), recalcTimestamp=False)
    options = subset.Options(drop_tables=["GSUB", "GPOS", "GDEF", "DSIG", "FFTM"], hinting=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=_GLYPHS)
    subsetter.subset(font)
    out = BytesIO()
    font.save(out)
    tables: Any = font
    head, hhea, hmtx = tables["head"], tables["hhea"], tables["hmtx"]
    scale = 1000 / head.unitsPerEm
    names: dict[int, str] = font.getBestCmap() or {}
    return _Subset(
        data=out.getvalue(),
        codes={c: font.getGlyphID(names[ord(c)]) for c in _GLYPHS},
        widths={c: hmtx[names[ord(c)]][0] * scale for c in _GLYPHS},
        box=tuple(round(n * scale) for n in (head.xMin, head.yMin, head.xMax, head.yMax)),
        ascent=round(hhea.ascent * scale),
        descent=round(hhea.descent * scale),
    )


def _embed(pdf: Pdf, font: _Subset) -> pikepdf.Object:
    """The subset as a Type0 font of the file (ISO 32000-2, 9.7)."""
    name = Name("/AAAAAA+LiberationSans")
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=32,
            FontBBox=Array(list(font.box)),
            ItalicAngle=0,
            Ascent=font.ascent,
            Descent=font.descent,
            CapHeight=716,
            StemV=80,
            FontFile2=pdf.make_stream(font.data, Length1=len(font.data)),
        )
    )
    width_array = Array()
    for character in _GLYPHS:
        width_array.append(font.codes[character])
        width_array.append(Array([_number(font.widths[character])]))
    descendant = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=Dictionary(
                Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
            ),
            FontDescriptor=descriptor,
            W=width_array,
            CIDToGIDMap=Name.Identity,
        )
    )
    type0 = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=name,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([descendant]),
        ToUnicode=pdf.make_stream(_to_unicode(font.codes)),
    )
    return pdf.make_indirect(type0)


def _to_unicode(codes: dict[str, int]) -> bytes:
    pairs = "\n".join(f"<{code:04X}> <{ord(c):04X}>" for c, code in sorted(codes.items()))
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{pairs}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end\n"
    ).encode("ascii")
