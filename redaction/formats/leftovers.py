"""What a ZIP document (DOCX, XLSX, ODT, ODS) holds in parts that no page is made of.

Every part is visited. Text of parts that `wordml` and `sheet` do not read, and what attributes say
to people, is expected on the pages; what is on none becomes a hidden item. ECMA-376 Part 1 and
Part 2 (10, relationships); OASIS OpenDocument 1.3 Part 2.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from redaction.document import Attachment, HiddenItem, HiddenKind
from redaction.formats.account import Passage
from redaction.formats.container import Element, parse
from redaction.formats.exif import about_bytes
from redaction.formats.sniff import TORN
from redaction.formats.view import View

_READ = re.compile(
    r"\[Content_Types\]\.xml|mimetype|META-INF/manifest\.xml|.*/theme/.*|.*styles?\.xml"
    r"|word/(document\d*|header\d*|footer\d*|footnotes|endnotes|comments|fontTable|webSettings"
    r"|numbering)\.xml|word/glossary/.*|docProps/(core|app|custom)\.xml|xl/worksheets/.*\.xml"
    r"|xl/(calcChain|metadata)\.xml|customXml/.*|xl/drawings/.*|settings\.xml|manifest\.rdf"
    r"|Configurations2/.*|content\.xml|meta\.xml|.*/printerSettings.*|word/(commentsIds|commentsExtended|stylesWith.*)\.xml"
)
"""Parts that are read by name, and parts that are about looks alone."""
_ELSEWHERE = re.compile(
    r".*/(embeddings|media|activeX|fonts)/.*|Pictures/.*|Object.*|layout-cache|word/afchunk.*|.*/"
)
"""Files set into the document and parts that are about looks: told of by others, or of nobody."""
_WORDS = re.compile(rb"[A-Za-z][A-Za-z0-9 .,'@:/_-]{4,}")
_WIDE_WORDS = re.compile(rb"(?:[A-Za-z0-9 .,'@:/_-]\x00){5,}")
_MOST = 4000
_PEOPLE = re.compile(r"(word/people|xl/persons/.*)\.xml")
_SAYING = {
    "alias": "val",
    "bookmarkStart": "name",
    "cacheField": "name",
    "cacheSource": "ref",
    "codeName": "val",
    "comboBox": "",
    "default": "val",
    "fileSharing": "userName",
    "fldSimple": "instr",
    "helpText": "val",
    "listItem": "displayText",
    "pivotTableDefinition": "name",
    "protectedRange": "name",
    "scenario": "comment",
    "statusText": "val",
    "tag": "val",
    "textpath": "string",
}
"""Elements whose attribute says something to people, and which."""
_ALSO = {
    "connection": ("name", "description"),
    "dbPr": ("connection", "command"),
    "listItem": ("value",),
    "sheetName": ("val",),
    "webPr": ("url",),
    "query": ("val",),
    "connectString": ("val",),
    "addressFieldName": ("val",),
    "mailSubject": ("val",),
}
"""The same where the attribute is one of several, or the element may be another's."""
_QUOTED = re.compile(r'"([^"]*[A-Za-z]{3}[^"]*)"')
_DATA = frozenset({"s", "n", "d", "m"})
"""Cells of a pivot table's own copy of its source; their value is in `v`."""
_VALIDATION = ("prompt", "promptTitle", "error", "errorTitle")
_USUAL_MARK = re.compile(r"_?(Toc|Ref|Hlk|GoBack|Int|MailAuto|PictureBullets|Toc_).*|_.*")
_USUAL_FIELD = re.compile(
    r"\s*(PAGE|NUMPAGES|SECTION|SECTIONPAGES|TOC|SEQ|REF|PAGEREF|NOTEREF|STYLEREF|FORM\w+|DATE|TIME"
    r"|HYPERLINK\s+\\l|=)\b.*",
    re.IGNORECASE,
)
_WHO = ("author", "initials", "displayName", "userId", "dLastModifiedBy")


def leftovers(box: zipfile.ZipFile, view: View) -> None:
    """Adds what is in parts, attributes and pictures of the container that nothing else tells."""
    for name in sorted(box.namelist()):
        if name.endswith("/"):
            continue
        data = _bytes(box, name)
        if name.endswith(".rels"):
            _relations(data, view)
        elif name.endswith((".xml", ".vml")):
            _part(name, data, view)
        elif "thumbnail" in name.lower():
            said = "A small picture of the first page is kept."
            view.hidden.append(HiddenItem(HiddenKind.METADATA, "small picture", said))
        elif name.endswith(("vbaProject.bin", ".bas")) or name.startswith("Basic/"):
            said = "The file holds programs (macros), which were not run."
            view.hidden.append(HiddenItem(HiddenKind.OTHER, "macros", said))
        elif "/media/" in name or name.startswith("Pictures/"):
            view.hidden += about_bytes(data, "a picture in the document")
        elif not _READ.fullmatch(name) and not _ELSEWHERE.fullmatch(name):
            _stray(name, data, view)
    if box.comment.strip():
        said = box.comment.decode("utf-8", "replace")
        view.hidden.append(HiddenItem(HiddenKind.METADATA, "comment of the container", said))
    _people(box, view)
    _unused_pictures(box, view)


def _part(name: str, data: bytes, view: View) -> None:
    root = parse(data)
    if root is None:
        return
    where = f"part {name.rpartition('/')[2].removesuffix('.xml')} of the file"
    texts = [] if _READ.fullmatch(name) else list(_texts(root))
    texts += _attributes(root)
    view.passages += [
        Passage(where, text, HiddenKind.METADATA, grouped=True) for text in texts if _says(text)
    ]


def _stray(name: str, data: bytes, view: View) -> None:
    """A part in a form of some program's own: what reads as words, in one or two bytes a letter."""
    words = [w.decode("ascii") for w in _WORDS.findall(data)]
    words += [w.decode("utf-16-le") for w in _WIDE_WORDS.findall(data)]
    said = " ".join(dict.fromkeys(words))[:_MOST] or f"{len(data):,} bytes of data"
    if data:
        where = f"part {name.rpartition('/')[2]} of the file"
        view.hidden.append(HiddenItem(HiddenKind.OTHER, where, said))


def _says(text: str) -> bool:
    return sum(c.isalnum() for c in text) >= 2 and not text.startswith("http://schemas.")


def _texts(root: Element, names: tuple[str, ...] = ("p", "si", "rPh", "text")) -> Iterator[str]:
    """Text by paragraph, as far as there are paragraphs."""
    paragraphs = [e for e in root.iter() if _local(e) in names]
    if paragraphs:
        for paragraph in paragraphs:
            yield " ".join("".join(paragraph.itertext()).split())
        return
    for element in root.iter():
        if _local(element) not in ("", "generator") and element.text and element.text.strip():
            yield " ".join(element.text.split())


def _attributes(root: Element) -> Iterator[str]:
    for element in root.iter():
        name = _local(element)
        yield from (v for k, v in element.attrib.items() if _plain(k) in _ALSO.get(name, ()))
        if name in _DATA and (value := element.get("v")):
            yield value
        elif name == "numFmt":
            yield from _QUOTED.findall(element.get("formatCode") or "")
        elif name == "formula":
            yield from _QUOTED.findall(element.text or "")
        elif name == "instrText":
            said = " ".join((element.text or "").split())
            if not _USUAL_FIELD.fullmatch(said):
                yield said
        elif name == "dataValidation":
            yield from (element.get(key) or "" for key in _VALIDATION)
            yield from (inner.text or "" for inner in element if _local(inner) == "formula1")
        elif name == "hyperlink" and element.get("tooltip"):
            yield str(element.get("tooltip"))
        elif key := _SAYING.get(name):
            said = next((v for k, v in element.attrib.items() if _plain(k) == key), "")
            if not (name == "bookmarkStart" and _USUAL_MARK.fullmatch(said)):
                yield said


def _relations(data: bytes, view: View) -> None:
    """Addresses outside the file: templates, linked pictures and workbooks, data sources."""
    root = parse(data)
    for relation in root.iter() if root is not None else ():
        if _local(relation) == "Relationship" and relation.get("TargetMode") == "External":
            kind = str(relation.get("Type") or "").rpartition("/")[2]
            target = str(relation.get("Target") or "")
            view.passages.append(
                Passage(f"address of a {kind}", target, HiddenKind.OTHER, grouped=True)
            )


def _people(box: zipfile.ZipFile, view: View) -> None:
    """Who wrote, changed or commented, named in attributes."""
    found: dict[str, None] = {}
    for name in sorted(box.namelist()):
        if not name.endswith(".xml") or not (name.startswith(("word/", "xl/"))):
            continue
        root = parse(_bytes(box, name))
        for element in root.iter() if root is not None else ():
            if isinstance(element.tag, str):
                for key, value in element.attrib.items():
                    if _plain(key) in _WHO and _says(value):
                        found[value.strip()] = None
    if found:
        said = "\n".join(found)
        view.hidden.append(HiddenItem(HiddenKind.METADATA, "who wrote or changed it", said))


def _unused_pictures(box: zipfile.ZipFile, view: View) -> None:
    """Pictures that lie in a Word file and are drawn nowhere become documents of their own."""
    wanted = b"\n".join(_bytes(box, n) for n in box.namelist() if n.endswith(".rels"))
    for name in sorted(box.namelist()):
        last = name.rpartition("/")[2]
        if name.startswith("word/media/") and last and last.encode() not in wanted:
            view.attachments.append(Attachment(last, _bytes(box, name)))
            view.hidden.append(HiddenItem(HiddenKind.ATTACHMENT, "picture drawn nowhere", last))


def _bytes(box: zipfile.ZipFile, name: str) -> bytes:
    """The part, or nothing where it is torn: whoever reads that part by name tells of it."""
    try:
        return box.read(name)
    except TORN:
        return b""


def open_document(data: bytes, view: View) -> None:
    """All text of an OpenDocument file, before LibreOffice turns it into another format."""
    try:
        box = zipfile.ZipFile(BytesIO(data))
    except TORN:
        return
    with box:
        for name in ("content.xml", "styles.xml", "meta.xml"):
            try:
                root = parse(box.read(name))
            except (KeyError, *TORN):
                continue
            if root is not None:
                view.passages += _open_passages(root, name)
        leftovers(box, view)


def _open_passages(root: Element, name: str) -> list[Passage]:
    kind = HiddenKind.METADATA if name == "meta.xml" else HiddenKind.HIDDEN_TEXT
    where = "document property" if name == "meta.xml" else "text of the file"
    return [
        Passage(where, text, kind, grouped=name == "meta.xml")
        for text in _texts(root, ("p", "h"))
        if _says(text) and not re.fullmatch(r"[\dTPHMS:.\-Z]+", text)
    ]


def _local(element: Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _plain(key: object) -> str:
    return str(key).rpartition("}")[2]
