"""Everything else that a PDF holds beside what its pages draw, wherever in the file it stands.

`clean.inspect` asks for what has a place of its own (notes, properties, attachments). Here every
object of the file is visited, referred to or not, so that a string in a place that nobody thought
of is told of as well. Places are named in plain words. ISO 32000-2: 7.7.2, 7.7.3, 12.3 to 12.7,
14.3 to 14.9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from lxml import etree
from PIL import Image

from redaction.document import HiddenItem, HiddenKind
from redaction.formats.account import Passage, squeeze
from redaction.formats.exif import about_picture

_PLACES = {
    "/AA": "something the file does by itself",
    "/AF": "associated file",
    "/AcroForm": "form",
    "/Alt": "text for screen readers",
    "/ActualText": "text for screen readers",
    "/Annots": "note",
    "/Collection": "portfolio",
    "/DPartRoot": "data about parts of the document",
    "/Dests": "names of places in the document",
    "/E": "text for screen readers",
    "/IDS": "where the pages were captured from",
    "/JS": "script",
    "/JavaScript": "script",
    "/Legal": "legal statement",
    "/Measure": "measures of a drawing",
    "/Metadata": "metadata of a part of the file",
    "/Names": "names in the file",
    "/OCProperties": "names of layers",
    "/OpenAction": "something the file does by itself",
    "/OutputIntents": "colours meant for print",
    "/PageLabels": "labels of pages",
    "/Perms": "signature",
    "/PieceInfo": "private data of a program",
    "/Properties": "data beside marked content",
    "/RichMediaContent": "sound or film",
    "/Sig": "signature",
    "/SpiderInfo": "where the pages were captured from",
    "/StructTreeRoot": "text for screen readers",
    "/Templates": "pages kept as templates",
    "/Threads": "article threads",
    "/Thumb": "small picture of a page",
    "/URI": "address",
    "/URLS": "where the pages were captured from",
    "/VP": "measures of a drawing",
}
_TOLD_ELSEWHERE = frozenset({"/Info", "/Outlines", "/Encrypt"})
"""Keys of the trailer and the catalogue that `clean` lists by name."""
_TECHNICAL = frozenset(
    {"/ID", "/Registry", "/Ordering", "/CharSet", "/FontFamily", "/OutputConditionIdentifier"}
    | {"/RegistryName", "/OutputCondition", "/Cert", "/ByteRange", "/Panose", "/CheckSum"}
    | {"/Lookup", "/Filter", "/SubFilter", "/IDTree"}
)
_BACKWARDS = frozenset({"/Parent", "/P", "/Pg", "/Prev", "/Last"})
_PLAIN_STREAMS = frozenset(
    {"/ToUnicode", "/FontFile", "/FontFile2", "/FontFile3", "/CIDSet", "/CIDToGIDMap", "/Function"}
    | {"/Encoding", "/UseCMap", "/DestOutputProfile", "/Functions", "/TR", "/TR2", "/HT", "/BG"}
    | {"/UCR", "/Shading", "/EF", "/Halftone", "/JBIG2Globals"}
)
_NO_WORDS = re.compile(
    r"D?:?\d{8,14}.{0,8}|\d{4}-\d\d-\d\dT[\d:.+Z-]+|\d{1,2}(\.\d{1,3}){1,3}|image/\w+"
    r"|(uuid:|xmp\.[id]id:|adobe:docid:\w+:)?[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}"
    r"|~icon\+.*|[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}|[^A-Za-z0-9]*|.*\bTf\b.*",
    re.S,
)
"""Dates, versions, running numbers, languages and settings of type."""
_USUAL_NAME = re.compile(
    r"[A-Za-z]{0,6}\d{0,6}(_\d+)*|[A-Z]{6}\+.*|(Helvetica|Times|Courier|Arial|Symbol|ZapfDingbats"
    r"|Calibri|Cambria|Verdana|Georgia|Tahoma|Liberation|DejaVu|Segoe|Aptos|Noto|Carlito|Caladea"
    r"|Garamond|Gill|Trebuchet|Century|Book|Palatino|Comic|Wingdings|Webdings|Lucida|Consolas"
    r"|Univers|Frutiger|Myriad|Minion|Open ?Sans|Roboto|Lato|CM[A-Z]+|SF|RD)[\w, +#-]*"
)
_STRUCTURE = frozenset(
    """
    Artifact Span Figure Document Part Sect Div Table Link Note Reference BibEntry Code Form Quote
    Caption Index TOC TOCI BlockQuote Annot NonStruct Private PlacedPDF Lbl LBody Formula Header
    Footer Clip ReversedChars InlineShape Textbox Slide Chart Diagram Endnote Footnote Worksheet
    Normal Default Alternate DefaultRGB DefaultGray DefaultCMYK PlacedGraphic TouchUp_TextEdit
    Comment Watermark Background Pagination Layout WebSite Graphic
    DeviceRGB DeviceGray DeviceCMYK ExtraCharSpan ParagraphSpan StyleSpan
    """.split()  # noqa: SIM905 - a list of words reads better
)
_SAYING_MARK = re.compile(rb"/(?:ActualText|Alt|E)\s*[<(]|<<[^<>]{0,400}\(")
_MARK = re.compile(rb"/([^\s/<>\[\]()]{4,80})\s+(?:BMC\b|MP\b|<<|/[^\s/]{1,80}\s+(?:BDC|DP)\b)")
_DRAWN = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
_SHOWN = re.compile(rb"\(((?:\\.|[^()\\]){3,2000})\)\s*(?:Tj|'|\")")
_COMMENT = re.compile(rb"\((?:\\.|[^()\\]|\((?:\\.|[^()\\])*\))*\)|<[0-9A-Fa-f\s]*>|%([^\r\n]*)")
_MOST = 20_000
_DEEPEST = 60


class Sweep:
    """One pass over every object of an open file."""

    def __init__(self, pdf: pikepdf.Pdf, *, told: str | None = None) -> None:
        """`told` is what is listed already, squeezed; with it, properties and bookmarks are."""
        self._pdf = pdf
        self._told = told or ""
        self._listed = _TOLD_ELSEWHERE if told is not None else frozenset({"/Encrypt"})
        self._drawn = _drawn(pdf)
        self._seen: set[tuple[int, int]] = set()
        self._texts: dict[str, dict[str, None]] = {}
        self.hidden: list[HiddenItem] = []

    def passages(self) -> list[Passage]:
        """What was found, a passage a string; those of one place are told of together."""
        for key in self._listed:
            self._mark(self._pdf.trailer.get(key) or self._pdf.Root.get(key))
        for key, value in self._pdf.trailer.items():
            if key == "/Root":
                self._visit(value, "", "data of the file", 0)
            elif key not in _TECHNICAL and key not in self._listed:
                self._visit(value, key, "end of the file", 0)
        for item in _containers(self._pdf):
            if item.objgen not in self._seen:
                self._visit(item, "", "object that nothing refers to", 0)
        return [
            Passage(f"{place}, inside the file", text, _kind(place), grouped=True)
            for place, texts in self._texts.items()
            for text in texts
            if not (squeeze(text) and squeeze(text) in self._told)
        ]

    def _mark(self, item: Any, depth: int = 0) -> None:
        """Counts as visited what is told elsewhere."""
        if isinstance(item, pikepdf.String) and item.is_indirect:
            self._seen.add(item.objgen)
        if depth > _DEEPEST or not isinstance(item, (pikepdf.Dictionary, pikepdf.Array)):
            return
        if item.is_indirect:
            if item.objgen in self._seen or "/Contents" in (item.keys() if _is_map(item) else ()):
                return
            self._seen.add(item.objgen)
        inner: list[Any] = [v for _, v in item.items()] if _is_map(item) else list(item)
        for value in inner:
            self._mark(value, depth + 1)

    def _visit(self, start: Any, key: str, place: str, depth: int) -> None:
        waiting: list[tuple[Any, str, str, int]] = [(start, key, place, depth)]
        while waiting:
            item, key, place, depth = waiting.pop()
            if isinstance(item, pikepdf.String):
                for text in _words_of(key, str(item)):
                    self._say(place, text)
            elif isinstance(item, pikepdf.Name):
                if key in ("/BaseFont", "/Name", "/FontName") and place != "names of layers":
                    self._name(str(item)[1:])
            elif isinstance(item, (pikepdf.Dictionary, pikepdf.Array, pikepdf.Stream)):
                if depth > _DEEPEST or self._again(item):
                    continue
                if isinstance(item, pikepdf.Stream):
                    self._stream(item, key, place)
                if isinstance(item, pikepdf.Array):
                    if len(item) and item[0] == pikepdf.Name.Indexed:
                        waiting.append((item[1], key, place, depth + 1))
                        continue
                    waiting += [(v, key, place, depth + 1) for v in item]
                    continue
                for name, value in item.items():
                    links = name in _BACKWARDS and not isinstance(value, pikepdf.String)
                    if name in _TECHNICAL or links:
                        continue
                    if key in _RESOURCES or not _ORDINARY_KEY.fullmatch(name):
                        self._name(name[1:])
                    waiting.append((value, name, _PLACES.get(name, place), depth + 1))

    def _again(self, item: Any) -> bool:
        if not item.is_indirect:
            return False
        if item.objgen in self._seen:
            return True
        self._seen.add(item.objgen)
        return False

    def _say(self, place: str, text: str) -> None:
        text = " ".join(text.split())
        if sum(c.isalnum() for c in text) >= 3 and not _NO_WORDS.fullmatch(text):
            found = self._texts.setdefault(place, {})
            if sum(map(len, found)) < _MOST:
                found[text] = None
            else:
                found["More of the same follows."] = None

    def _name(self, name: str) -> None:
        usual = name in _STRUCTURE or _USUAL_NAME.fullmatch(name)
        if sum(c.isalpha() for c in name) >= 4 and not usual:
            self._say("unusual names", name)

    def _stream(self, item: Any, key: str, place: str) -> None:
        subtype, kind = str(item.get("/Subtype", "")), str(item.get("/Type", ""))
        plain = "/FunctionType" in item or "/ShadingType" in item or "/HalftoneType" in item
        if "/N" in item and kind != "/ObjStm":
            for said in _profile_words(item):
                self._say("name of a colour profile", said)
            return
        if plain or key in _PLAIN_STREAMS or kind in ("/ObjStm", "/XRef", "/CMap"):
            return
        try:
            if subtype == "/Image" and key != "/Thumb":
                self._picture(item)
            elif kind == "/Metadata" or key == "/Metadata" or subtype == "/XML":
                for text in xml_words(item.read_bytes()):
                    self._say(place, text)
            elif key == "/Thumb":
                self._say(place, "A small picture of the page is kept.")
                self._data(item, place)
            elif key == "/Contents" or subtype == "/Form" or "/PatternType" in item:
                self._content(item)
                if subtype == "/Form" and key[1:] not in self._drawn:
                    for said in _SHOWN.findall(item.read_bytes()):
                        self._say("drawing that no page shows", said.decode("latin-1"))
            elif key in ("/JS", "/RC", "/RV", "/V", "/DV", "/XFA", "/Private", "/Desc"):
                for text in xml_words(item.read_bytes()):
                    self._say(place, text)
            elif not _is_glyph(item, key):
                self._data(item, place)
        except pikepdf.PdfError:
            self._say(place, "Data that cannot be unpacked.")

    def _data(self, item: Any, place: str) -> None:
        data = item.read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = ""
        if text.isprintable() or (text and sum(c.isprintable() for c in text) > 0.9 * len(text)):
            self._say(place, text[:_MOST])
        elif data:
            self._say(place, f"{len(data):,} bytes of data that no page shows.")

    def _picture(self, item: Any) -> None:
        filters = item.get("/Filter")
        names = [str(f) for f in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
        if names[-1] != "/DCTDecode":
            return
        raw = item.read_raw_bytes() if len(names) == 1 else item.read_bytes()
        try:
            with Image.open(BytesIO(raw)) as picture:
                self.hidden += about_picture(picture, "a picture in the document")
        except (OSError, ValueError, SyntaxError):
            return

    def _content(self, item: Any) -> None:
        """Comments between operators, and words that marks carry (14.6, 14.9)."""
        data = item.read_bytes()
        if b"%" in data and b"BI" not in data:
            for said in _COMMENT.findall(data):
                self._say("comment between drawing commands", said.decode("latin-1"))
        for name in _MARK.findall(data):
            self._name(name.decode("latin-1"))
        if not _SAYING_MARK.search(data):
            return
        for instruction in pikepdf.parse_content_stream(item, "BDC DP"):
            for operand in instruction.operands:
                if isinstance(operand, pikepdf.Dictionary):
                    self._visit(operand, "", "text for screen readers", 0)


_RESOURCES = frozenset(
    {"/XObject", "/Font", "/ExtGState", "/Pattern", "/Shading", "/ColorSpace", "/Properties"}
    | {"/CharProcs"}
)
_PROFILE_TAGS = frozenset({b"desc", b"cprt", b"dmnd", b"dmdd", b"vued", b"meta", b"targ", b"tech"})
_USUAL_PROFILE = re.compile(
    r"rgb|grey|gray|cmyk|gamma|swop|fogra|gracol|dot gain|copyright|iec|icc|adobe|apple|display|"
    r"generic|monitor|mluc|desc|text|para|curv|photoshop|lcms|d50|d65|viewing|ghostscript|xyz|view"
    r"|public domain|hewlett|microsoft|kodak|p3|rec\.|itu|coated",
    re.IGNORECASE,
)
_ORDINARY_KEY = re.compile(r"/[A-Za-z0-9:._-]{1,24}")


def xml_words(data: bytes) -> Iterator[str]:
    """Text and attributes of XML (names of namespaces left out), or the text if it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        yield data.decode("utf-8", "replace")
        return
    for element in root.iter():
        for text in (element.text, element.tail):
            if text and text.strip():
                yield str(text)
        if isinstance(element.tag, str):
            for name, value in element.attrib.items():
                if value.strip() and str(name) not in ("style", "dir"):
                    yield str(value)


def _containers(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every numbered object that can hold others, referred to or not."""
    for item in pdf.objects:
        if isinstance(item, (pikepdf.Dictionary, pikepdf.Array, pikepdf.Stream, pikepdf.String)):
            yield item


def _drawn(pdf: pikepdf.Pdf) -> frozenset[str]:
    """Names by which any content draws something."""
    found: set[str] = set()
    for item in _containers(pdf):
        if not isinstance(item, pikepdf.Stream) or item.get("/Subtype") == "/Image":
            continue
        if item.get("/Type") in ("/ObjStm", "/XRef", "/Metadata") or "/Length1" in item:
            continue
        try:
            data = item.read_bytes()
        except pikepdf.PdfError:
            continue
        found |= {name.decode("latin-1") for name in _DRAWN.findall(data)}
    return frozenset(found)


def _words_of(key: str, text: str) -> Iterator[str]:
    """Rich text without its tags (12.7.4.4), anything else as it is."""
    rich = key in ("/RC", "/RV") and text.lstrip().startswith("<")
    yield from xml_words(text.encode()) if rich else [text]


def _profile_words(item: Any) -> Iterator[str]:
    """Descriptions in a colour profile (ICC.1 7.3, 10.15, 10.24) that are of its own."""
    try:
        data = item.read_bytes()
    except pikepdf.PdfError:
        return
    for at in range(132, 132 + 12 * min(int.from_bytes(data[128:132]), 100), 12):
        name, start, size = data[at : at + 4], data[at + 4 : at + 8], data[at + 8 : at + 12]
        if name not in _PROFILE_TAGS:
            continue
        first = int.from_bytes(start)
        part = data[first : first + int.from_bytes(size)]
        text = _in_tag(part)
        if text and not _USUAL_PROFILE.search(text):
            yield text


def _in_tag(part: bytes) -> str:
    """The text of one tag: in the first of its languages, or plain."""
    if part[:4] == b"mluc" and len(part) >= 28:
        size, start = int.from_bytes(part[20:24]), int.from_bytes(part[24:28])
        return part[start : start + size].decode("utf-16-be", "replace").strip("\0 ")
    body = part[12:] if part[:4] == b"desc" else part[8:]
    return body.split(b"\0")[0].decode("latin-1").strip()


def _is_map(item: Any) -> bool:
    return isinstance(item, (pikepdf.Dictionary, pikepdf.Stream))


def _is_glyph(item: Any, key: str) -> bool:
    """The drawing of one letter of a Type 3 font (9.6.4)."""
    head = item.read_bytes()[:400]
    return b" d0" in head or b" d1" in head


def _kind(place: str) -> HiddenKind:
    return HiddenKind.COMMENT if place == "note" else HiddenKind.METADATA
