"""Word documents: the page shows them with all tracked changes accepted.

Accepted is how the author meant the document to be read, and how it looks once the marking is off;
what was deleted may still be the subject's data, so it is listed with its author as a hidden item,
as are comments, hidden text, and headers and text boxes that no page shows. LibreOffice alone
would print deletions as ordinary text and drop comments and hidden text without a word.

Elements: ECMA-376 Part 1, 17.13.5 (revisions), 17.3.2.41 (vanish), 17.16 (fields).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from redaction.document import HiddenItem, HiddenKind
from redaction.formats.account import Passage
from redaction.formats.container import (
    Element,
    damaged,
    embedded,
    opened,
    part,
    properties,
)
from redaction.formats.leftovers import leftovers
from redaction.formats.limits import Limits
from redaction.formats.sniff import TORN
from redaction.formats.view import View

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_BODY_PARTS = re.compile(r"word/(document\d*|header\d*|footer\d*|footnotes|endnotes)\.xml")
_DELETED = (f"{_W}del", f"{_W}moveFrom")
_INSERTED = (f"{_W}ins", f"{_W}moveTo")
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
_MARKS = (f"{_W}rPr", f"{_W}trPr", f"{_W}tcPr", f"{_W}numPr")
_OLD_FORMAT = tuple(
    f"{_W}{n}Change"
    for n in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "tcPr", "trPr", "tblGrid", "numbering")
)
_VOLATILE = re.compile(
    r"^\s*(DATE|TIME|SAVEDATE|PRINTDATE|CREATEDATE|FILENAME|USERNAME|USERINITIALS|USERADDRESS)\b",
    re.IGNORECASE,
)
"""Fields whose value changes with the day, the file's name or the reader; the kept value stays."""


def accept_changes(data: bytes, limits: Limits) -> bytes:
    """The document as LibreOffice is to print it: changes accepted, volatile fields frozen."""
    out = BytesIO()
    with opened(data, limits) as box, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for info in box.infolist():
            try:
                content = box.read(info)
            except TORN as error:
                raise damaged() from error
            if _BODY_PARTS.fullmatch(info.filename) and _STRICT not in content[:4000]:
                root = part(box, info.filename)
                if root is None:
                    raise damaged()
                _accept(root)
                _freeze_fields(root)
                _space_before_tabs(root)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            made.writestr(zipfile.ZipInfo(info.filename), content)
    return out.getvalue()


def _space_before_tabs(root: Element) -> None:
    """A tab may end so close behind a word that what follows seems to be glued to it."""
    for run in root.iter(f"{_W}r"):
        for tab in run.findall(f"{_W}tab"):
            space = etree.Element(f"{_W}t", {_PRESERVE: "preserve"})
            space.text = " "
            tab.addprevious(space)
    for text in root.iter(f"{_W}t"):
        if text.text and "\t" in text.text:
            text.text = text.text.replace("\t", " \t")
            text.set(_PRESERVE, "preserve")


def inspect_word(data: bytes, limits: Limits) -> View:
    """What the document holds beside its printed pages, read from the XML itself."""
    view = View()
    with opened(data, limits) as box:
        names = [n for n in sorted(box.namelist()) if _BODY_PARTS.fullmatch(n)]
        vanishing = _vanishing_styles(part(box, "word/styles.xml"))
        for name in names:
            root = part(box, name)
            if root is not None:
                _changes(root, view)
                _accept(root)
                _read_part(root, name, vanishing, view)
        _comments(part(box, "word/comments.xml"), view)
        _glossary(part(box, "word/glossary/document.xml"), view)
        _variables(part(box, "word/settings.xml"), view)
        properties(box, view)
        embedded(box, "word/embeddings/", view)
        for name in box.namelist():
            if name.startswith("word/afchunk"):
                embedded(box, name, view)
        leftovers(box, view)
    return view


def _changes(root: Element, view: View) -> None:
    for element in root.iter(*_DELETED):
        text = _said(element)
        if text and not _in_deleted_row(element):
            who = element.get(f"{_W}author") or "somebody"
            view.hidden.append(
                HiddenItem(HiddenKind.DELETED_TEXT, f"tracked deletion by {who}", text)
            )
    for row in root.iter(f"{_W}tr"):
        if row.find(f"{_W}trPr/{_W}del") is not None and (text := _said(row)):
            view.hidden.append(HiddenItem(HiddenKind.DELETED_TEXT, "deleted table row", text))


def _in_deleted_row(element: Element) -> bool:
    rows = element.iterancestors(f"{_W}tr")
    return any(row.find(f"{_W}trPr/{_W}del") is not None for row in rows)


def _accept(root: Element) -> None:
    for tag in _OLD_FORMAT:
        for element in list(root.iter(tag)):
            _remove(element)
    for row in list(root.iter(f"{_W}tr")):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            _remove(row)
    for element in list(root.iter(*_DELETED)):
        parent = element.getparent()
        if parent is not None and parent.tag not in _MARKS:
            _remove(element)
    for element in list(root.iter(*_INSERTED)):
        parent = element.getparent()
        if parent is not None and parent.tag in _MARKS:
            _remove(element)
        else:
            _unwrap(element)
    for paragraph in list(root.iter(f"{_W}p")):
        mark = paragraph.find(f"{_W}pPr/{_W}rPr")
        if mark is not None and any(mark.find(t) is not None for t in _DELETED):
            _join_next(paragraph)
    for mark in list(root.iter(*_DELETED)):
        _remove(mark)
    for table in list(root.iter(f"{_W}tbl")):
        if table.find(f".//{_W}tr") is None:
            _remove(table)


def _join_next(paragraph: Element) -> None:
    """A deleted paragraph mark: what is left of the paragraph begins the next one."""
    following = paragraph.getnext()
    if following is None or following.tag != f"{_W}p":
        return
    content = [c for c in paragraph if c.tag != f"{_W}pPr"]
    first = following.find(f"{_W}pPr")
    at = 0 if first is None else following.index(first) + 1
    for place, child in enumerate(content):
        following.insert(at + place, child)
    _remove(paragraph)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for place, child in enumerate(list(element)):
        parent.insert(at + place, child)
    parent.remove(element)


def _freeze_fields(root: Element) -> None:
    for simple in list(root.iter(f"{_W}fldSimple")):
        if _VOLATILE.match(simple.get(f"{_W}instr") or ""):
            _unwrap(simple)
    open_fields: list[list[Element]] = []
    codes: list[str] = []
    doomed: list[Element] = []
    for element in root.iter(f"{_W}fldChar", f"{_W}instrText"):
        if element.tag == f"{_W}instrText":
            if codes:
                codes[-1] += element.text or ""
                open_fields[-1].append(element)
            continue
        kind = element.get(f"{_W}fldCharType")
        if kind == "begin":
            open_fields.append([element])
            codes.append("")
        elif codes:
            open_fields[-1].append(element)
            if kind == "end":
                parts = open_fields.pop()
                if _VOLATILE.match(codes.pop()):
                    doomed += parts
    for element in doomed:
        _remove(element)


def _read_part(root: Element, name: str, vanishing: frozenset[str], view: View) -> None:
    kind = HiddenKind.HIDDEN_TEXT
    where = "text of the document"
    if "header" in name or "footer" in name:
        kind, where = HiddenKind.HEADER, "header" if "header" in name else "footer"
    for paragraph in root.iter(f"{_W}p"):
        hidden = "".join(_said(r) for r in paragraph.iter(f"{_W}r") if _vanishes(r, vanishing))
        if hidden.strip():
            view.hidden.append(HiddenItem(HiddenKind.HIDDEN_TEXT, "hidden text", hidden.strip()))
        text = "".join(_own_text(paragraph))
        if text.strip() and text.strip() != hidden.strip():
            view.passages.append(Passage(where, text, kind))
    for element in root.iter():
        for key in ("descr", "title"):
            tag = element.tag if isinstance(element.tag, str) else ""
            if tag.endswith(("}docPr", "}cNvPr")) and (said := (element.get(key) or "").strip()):
                view.passages.append(Passage("description of a picture", said, HiddenKind.METADATA))
        crops = isinstance(element.tag, str) and element.tag.endswith("}srcRect")
        if crops and any(v.strip("0") for v in element.attrib.values()):
            view.hidden.append(
                HiddenItem(
                    HiddenKind.OTHER,
                    "cropped picture",
                    "A picture is kept whole under its crop.",
                )
            )


def _own_text(paragraph: Element) -> Iterator[str]:
    """Text of the paragraph without that of paragraphs inside it (text boxes)."""
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}noBreakHyphen"):
        nearest = next(element.iterancestors(f"{_W}p"), None)
        if nearest is paragraph:
            yield (element.text or "") if element.tag == f"{_W}t" else " "


def _said(element: Element) -> str:
    found: list[str] = []
    for inner in element.iter(f"{_W}t", f"{_W}delText", f"{_W}tab", f"{_W}br", f"{_W}p"):
        if inner.tag in {f"{_W}t", f"{_W}delText"}:
            found.append(inner.text or "")
        else:
            found.append(" ")
    return "".join(found).strip()


def _is_on(properties: Element | None, name: str) -> bool:
    flag = properties.find(f"{_W}{name}") if properties is not None else None
    return flag is not None and (flag.get(f"{_W}val") or "1") not in {"0", "false", "off"}


def _vanishes(run: Element, vanishing: frozenset[str]) -> bool:
    own = run.find(f"{_W}rPr")
    if _is_on(own, "vanish") or _is_on(own, "specVanish"):
        return True
    if own is not None and own.find(f"{_W}vanish") is not None:
        return False
    paragraph = next(run.iterancestors(f"{_W}p"), None)
    styles = [own.find(f"{_W}rStyle") if own is not None else None]
    if paragraph is not None:
        styles.append(paragraph.find(f"{_W}pPr/{_W}pStyle"))
    return any(s is not None and s.get(f"{_W}val") in vanishing for s in styles)


def _vanishing_styles(root: Element | None) -> frozenset[str]:
    if root is None:
        return frozenset()
    found: set[str] = set()
    based: dict[str, str] = {}
    for style in root.iter(f"{_W}style"):
        name = style.get(f"{_W}styleId") or ""
        parent = style.find(f"{_W}basedOn")
        if parent is not None:
            based[name] = parent.get(f"{_W}val") or ""
        if _is_on(style.find(f"{_W}rPr"), "vanish"):
            found.add(name)
    for _ in based:
        grown = {n for n, p in based.items() if p in found} - found
        if not grown:
            break
        found |= grown
    return frozenset(found)


def _comments(root: Element | None, view: View) -> None:
    for comment in root.iter(f"{_W}comment") if root is not None else ():
        who = comment.get(f"{_W}author") or "somebody"
        if text := _said(comment):
            view.hidden.append(HiddenItem(HiddenKind.COMMENT, f"comment by {who}", text))


def _glossary(root: Element | None, view: View) -> None:
    text = _said(root) if root is not None else ""
    if text:
        view.passages.append(Passage("building blocks", text, HiddenKind.OTHER))


def _variables(root: Element | None, view: View) -> None:
    for variable in root.iter(f"{_W}docVar") if root is not None else ():
        said = f"{variable.get(f'{_W}name')}: {variable.get(f'{_W}val')}"
        view.hidden.append(HiddenItem(HiddenKind.METADATA, "document variable", said))
