"""ZIP containers (DOCX, XLSX) and OLE objects inside them, opened with care."""

from __future__ import annotations

import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import PurePath
from typing import Any

import olefile
from lxml import etree

from redaction.document import Attachment, HiddenItem, HiddenKind
from redaction.formats.account import Passage
from redaction.formats.limits import Limits
from redaction.formats.sniff import TORN
from redaction.formats.view import View
from rights.errors import UnreadableError

Element = Any
"""An element of lxml, whose type stubs keep the class private."""

_CORE_TAGS = (
    "creator", "lastModifiedBy", "title", "subject", "description", "keywords", "category",
    "contentStatus", "Company", "Manager", "version", "identifier", "HyperlinkBase", "Template",
)  # fmt: skip


@contextmanager
def opened(data: bytes, limits: Limits) -> Generator[zipfile.ZipFile]:
    """The container, if it unpacks to a bearable size.

    Raises:
        UnreadableError: It is torn, or would unpack to more than the limit.
    """
    try:
        box = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, OSError) as error:
        raise damaged() from error
    with box:
        if sum(i.file_size for i in box.infolist()) > limits.unpacked_mb << 20:
            raise UnreadableError(
                "format.bomb",
                "The file unpacks to far more than any real document.",
                "Do not open it; ask the source for the document in another form.",
            )
        yield box


def damaged() -> UnreadableError:
    """The file is torn or not what it says it is."""
    return UnreadableError(
        "format.damaged",
        "The document is damaged and cannot be opened.",
        "Open the original, or ask the source for a sound copy.",
    )


def part(box: zipfile.ZipFile, name: str) -> Element | None:
    """An XML part, or None if it is not there.

    Raises:
        UnreadableError: It is there and cannot be read; comments in it must not be lost in silence.
    """
    try:
        source = box.read(name)
    except KeyError:
        return None
    except TORN as error:
        raise damaged() from error
    root = parse(source)
    if root is None:
        raise damaged()
    return root


def parse(source: bytes) -> Element | None:
    """XML without entities, network or huge trees; None if it is broken beyond recovery."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        return etree.fromstring(source, parser)
    except etree.XMLSyntaxError:
        return None


def properties(box: zipfile.ZipFile, view: View) -> None:
    """Author, company, title and the like, and custom properties and custom XML."""
    for name in ("docProps/core.xml", "docProps/app.xml"):
        root = part(box, name)
        for element in root if root is not None else ():
            tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
            text = (element.text or "").strip()
            usual = tag == "Template" and text.startswith("Normal")
            if tag in _CORE_TAGS and text and not usual:
                view.hidden.append(
                    HiddenItem(HiddenKind.METADATA, f"document property {tag}", text)
                )
            if tag == "TitlesOfParts":
                said = " ".join(_all_said(element))
                view.passages.append(Passage("titles of parts", said, HiddenKind.METADATA))
    for name in sorted(box.namelist()):
        if name == "docProps/custom.xml" or (
            name.startswith("customXml/item") and "Props" not in name
        ):
            root = part(box, name)
            text = " ".join(_all_said(root)) if root is not None else ""
            if text:
                view.passages.append(Passage("custom property", text, HiddenKind.METADATA))


def _all_said(root: Element) -> Iterator[str]:
    """Words of text and of attributes, without the names of namespaces."""
    for element in root.iter():
        values = element.attrib.values() if isinstance(element.tag, str) else ()
        for said in (element.text, *values, element.tail):
            if said and not said.startswith("http://schemas."):
                yield from said.split()


def embedded(box: zipfile.ZipFile, folder: str, view: View) -> None:
    """Files set into the document, each to become a document of its own."""
    for name in sorted(box.namelist()):
        if not name.startswith(folder) or name.endswith("/"):
            continue
        try:
            found = unwrap(PurePath(name).name, box.read(name))
        except TORN:
            found = Attachment(PurePath(name).name, b"")
        view.attachments.append(found)
        view.hidden.append(HiddenItem(HiddenKind.ATTACHMENT, "embedded file", found.name))


def unwrap(name: str, data: bytes) -> Attachment:
    """The file in an OLE wrapper ([MS-OLEDS] 2.3.6 and the CONTENTS stream), else as it is."""
    if not data.startswith(olefile.MAGIC):
        return Attachment(name, data)
    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            for stream in ("CONTENTS", "Package"):
                if ole.exists(stream):
                    return Attachment(name, ole.openstream(stream).read())
            if ole.exists("\x01Ole10Native"):
                return _native(name, ole.openstream("\x01Ole10Native").read())
    except (OSError, ValueError, IndexError):
        return Attachment(name, data)
    return Attachment(name, data)


def _native(name: str, stream: bytes) -> Attachment:
    """OLE1 native data: label, path, reserved, temporary path, then length and bytes."""
    try:
        label_end = stream.index(b"\x00", 6)
        label = stream[6:label_end].decode("cp1252", "replace")
        at = stream.index(b"\x00", label_end + 1) + 1 + 4
        length = int.from_bytes(stream[at : at + 4], "little")
        at += 4 + length
        size = int.from_bytes(stream[at : at + 4], "little")
    except ValueError:
        return Attachment(name, stream)
    body = stream[at + 4 : at + 4 + size]
    return Attachment(PurePath(label).name or name, body) if body else Attachment(name, stream)
