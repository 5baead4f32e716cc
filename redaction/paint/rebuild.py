"""A new PDF built from nothing: pictures, one font, text operators, and no more."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from redaction.paint.encode import Picture
from redaction.paint.glyphless import font_file
from redaction.paint.model import Encoding, KeptWord, Moved, PaintedBox
from redaction.paint.textlayer import ADVANCE, Codes, stream

_CMAP_BLOCK = 100  # entries a bfchar section may hold (Adobe technical note 5014)


@dataclass(frozen=True, slots=True)
class Leaf:
    """What one page of the new file is made of; sizes in points."""

    width: float
    height: float
    picture: Picture
    words: tuple[KeptWord, ...]
    boxes: tuple[PaintedBox, ...]
    carries_pictures: bool
    moved: tuple[Moved, ...] = ()


def rebuild(leaves: Sequence[Leaf], language: str) -> bytes:
    """The file: no /Info, no XMP, and an /ID that follows from the content alone."""
    pdf = Pdf.new()
    codes = Codes()
    font = pdf.make_indirect(Dictionary())
    for leaf in leaves:
        pdf.pages.append(pikepdf.Page(_page(pdf, leaf, font, codes)))
    _fill_font(pdf, font, codes)
    pdf.Root.Lang = pikepdf.String(language)
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
    )
    pdf.close()
    return out.getvalue()


def _page(pdf: Pdf, leaf: Leaf, font: Object, codes: Codes) -> Object:
    place = b"q %.2f 0 0 %.2f 0 0 cm /P Do Q\n" % (leaf.width, leaf.height)
    text = stream(leaf.words, leaf.boxes, leaf.height, codes)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, leaf.width, leaf.height]),
            Resources=Dictionary(
                XObject=Dictionary(P=_image(pdf, leaf.picture)), Font=Dictionary(T=font)
            ),
            Contents=Stream(pdf, place + text),
        )
    )


def _image(pdf: Pdf, picture: Picture) -> Object:
    image = Stream(pdf, picture.data)
    image.Type = Name.XObject
    image.Subtype = Name.Image
    image.Width = picture.columns
    image.Height = picture.rows
    if picture.encoding is Encoding.G4:
        image.BitsPerComponent = 1
        image.ColorSpace = Name.DeviceGray
        image.Filter = Name.CCITTFaxDecode
        image.DecodeParms = Dictionary(K=-1, Columns=picture.columns, Rows=picture.rows)
    else:
        grey = picture.encoding is Encoding.GREY
        image.BitsPerComponent = 8
        image.ColorSpace = Name.DeviceGray if grey else Name.DeviceRGB
        image.Filter = Name.DCTDecode
    return pdf.make_indirect(image)


def _fill_font(pdf: Pdf, font: Object, codes: Codes) -> None:
    file = Stream(pdf, font_file())
    file.Length1 = len(font_file())
    name = Name.RDGlyphless
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=4,
        FontBBox=Array([0, -200, 500, 800]),
        ItalicAngle=0,
        Ascent=800,
        Descent=-200,
        CapHeight=800,
        StemV=80,
        FontFile2=pdf.make_indirect(file),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
        ),
        DW=int(ADVANCE * 1000),
        CIDToGIDMap=Name.Identity,
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    font.Type = Name.Font
    font.Subtype = Name.Type0
    font.BaseFont = name
    font.Encoding = Name("/Identity-H")
    font.DescendantFonts = Array([pdf.make_indirect(descendant)])
    font.ToUnicode = pdf.make_indirect(Stream(pdf, _to_unicode(codes)))


def _to_unicode(codes: Codes) -> bytes:
    """The CMap that gives each code its character (ISO 32000-2 9.10.3)."""
    used = codes.used()
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CMapName /RD def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    for start in range(0, len(used), _CMAP_BLOCK):
        block = used[start : start + _CMAP_BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [
            f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for code, char in block
        ]
        lines.append("endbfchar")
    lines.append("endcmap end end")
    return "\n".join(lines).encode("ascii")
