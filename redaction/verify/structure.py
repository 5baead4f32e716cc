"""Which objects and keys a file that leaves may have; everything else is refused.

The rules are data: for each kind of dictionary the keys it may have, and of what kind the value
must be. ISO 32000-2 clause numbers stand beside the kinds. Scripts, actions but plain links,
attachments, form fields, notes, layers, thumbnails, private data and metadata other than a plain
title have no rule and so cannot pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Object, Pdf, Stream

from redaction.verify.job import Check, Failure

_PLAIN = "plain"


def _plain(*names: str) -> dict[str, str]:
    return {f"/{name}": _PLAIN for name in names}


_STREAM_KEYS = _plain("Length", "Filter", "DecodeParms")

RULES: dict[str, dict[str, str]] = {
    "trailer": {
        **_plain("Size", "ID", "Type", "W", "Index"),
        **_STREAM_KEYS,
        "/Root": "catalog",
        "/Info": "info",
    },
    # 7.7.2
    "catalog": {
        **_plain("Type", "Lang", "PageMode", "PageLayout", "Version"),
        "/Pages": "pages",
        "/MarkInfo": "marks",
        "/ViewerPreferences": "viewer",
        "/StructTreeRoot": "tree",
        "/Outlines": "outline",
        "/Metadata": "metadata",
        "/Names": "names",
        "/Dests": "destinations",
    },
    "info": _plain("Title", "Producer", "Creator", "CreationDate", "ModDate", "Author", "Lang"),
    "marks": _plain("Marked", "Suspects"),
    "viewer": _plain("DisplayDocTitle"),
    "metadata": {**_plain("Type", "Subtype"), **_STREAM_KEYS},
    "names": {"/Dests": "name tree"},
    "name tree": {**_plain("Limits"), "/Kids": "name tree", "/Names": "destinations"},
    "destinations": {"*": "destination"},
    "destination": {"/D": "destination"},
    # 7.7.3
    "pages": {
        **_plain("Type", "Count", "Parent", "MediaBox", "CropBox"),
        "/Kids": "page",
        "/Resources": "resources",
    },
    "ours": {
        **_plain("Type", "Parent", "MediaBox", "CropBox", "TrimBox", "BleedBox", "Rotate"),
        **_plain("StructParents", "Tabs", "Dur"),
        "/Resources": "resources",
        "/Contents": "content",
        "/Annots": "link",
        "/Group": "group",
    },
    "disclosed": {
        **_plain("Type", "Parent", "MediaBox", "CropBox", "Tabs", "Rotate"),
        "/Resources": "painted resources",
        "/Contents": "content",
    },
    "content": _STREAM_KEYS,
    "painted resources": {
        **_plain("ProcSet"),
        "/XObject": "picture set",
        "/Font": "fonts",
    },
    "picture set": {"*": "picture"},
    "picture": {
        **_plain("Type", "Subtype", "Width", "Height", "BitsPerComponent", "ColorSpace"),
        **_STREAM_KEYS,
    },
    "resources": {
        **_plain("ProcSet"),
        "/XObject": "drawings",
        "/Font": "fonts",
        "/ExtGState": "states",
        "/Pattern": "patterns",
        "/Shading": "shadings",
        "/ColorSpace": "spaces",
    },
    "drawings": {"*": "drawing"},
    "drawing": {
        **_plain("Type", "Subtype", "Width", "Height", "BitsPerComponent", "Decode"),
        **_plain("BBox", "Matrix", "FormType", "Interpolate", "ImageMask", "StructParents"),
        **_STREAM_KEYS,
        "/ColorSpace": "space",
        "/SMask": "drawing",
        "/Mask": "drawing",
        "/Resources": "resources",
        "/Group": "group",
    },
    "group": {**_plain("Type", "S", "I", "K"), "/CS": "space"},
    "states": {"*": "state"},
    "state": {**_plain("Type", "ca", "CA", "LW", "LC", "LJ", "BM", "AIS"), "/SMask": "soft mask"},
    "soft mask": {**_plain("Type", "S", "BC"), "/G": "drawing"},
    "patterns": {"*": "pattern"},
    "pattern": {
        **_plain("Type", "PatternType", "PaintType", "TilingType", "BBox", "XStep", "YStep"),
        **_plain("Matrix"),
        **_STREAM_KEYS,
        "/Resources": "resources",
        "/Shading": "shading",
    },
    "shadings": {"*": "shading"},
    "shading": {
        **_plain("ShadingType", "Coords", "Domain", "Extend", "BBox", "Background"),
        "/ColorSpace": "space",
        "/Function": "function",
    },
    "function": {
        **_plain("FunctionType", "Domain", "Range", "C0", "C1", "N", "Bounds", "Encode"),
        "/Functions": "function",
    },
    "spaces": {"*": "space"},
    "space": {**_plain("N", "Alternate", "Range", "WhitePoint", "BlackPoint"), **_STREAM_KEYS},
    # 9.6 to 9.10
    "fonts": {"*": "font"},
    "font": {
        **_plain("Type", "Subtype", "BaseFont", "FirstChar", "LastChar", "Widths", "Name"),
        **_plain("DW", "W", "CIDToGIDMap"),
        "/Encoding": "encoding",
        "/DescendantFonts": "font",
        "/ToUnicode": "content",
        "/CIDSystemInfo": "system",
        "/FontDescriptor": "face",
    },
    "encoding": _plain("Type", "BaseEncoding", "Differences"),
    "system": _plain("Registry", "Ordering", "Supplement"),
    "face": {
        **_plain("Type", "FontName", "FontFamily", "Flags", "FontBBox", "ItalicAngle", "Ascent"),
        **_plain("Descent", "CapHeight", "XHeight", "StemV", "StemH", "FontStretch"),
        **_plain("FontWeight", "AvgWidth", "MaxWidth", "Leading", "MissingWidth"),
        "/FontFile2": "face file",
        "/FontFile3": "face file",
        "/CIDSet": "content",
    },
    "face file": {**_plain("Length1", "Subtype"), **_STREAM_KEYS},
    # 12.3.3
    "outline": {
        **_plain("Type", "Count", "Title", "C", "F"),
        **{f"/{k}": "outline" for k in ("First", "Last", "Next", "Prev", "Parent")},
        "/Dest": "destination",
        "/A": "jump",
    },
    # 12.5: links only
    "link": {
        **_plain("Type", "Rect", "Border", "C", "F", "H", "StructParent", "Contents", "P", "M"),
        **_plain("QuadPoints"),
        "/Subtype": "=/Link",
        "/BS": "border",
        "/Dest": "destination",
        "/A": "jump",
    },
    "border": _plain("Type", "W", "S"),
    "jump": {**_plain("Type"), "/S": "=/GoTo /URI", "/D": "destination", "/URI": "address"},
    # 14.7
    "tree": {
        **_plain("Type", "ParentTreeNextKey"),
        "/K": "element",
        "/ParentTree": "number tree",
        "/IDTree": "id tree",
        "/RoleMap": "any plain",
        "/Namespaces": "namespace",
    },
    "namespace": _plain("Type", "NS"),
    "number tree": {**_plain("Limits"), "/Kids": "number tree", "/Nums": "element"},
    "id tree": {**_plain("Limits"), "/Kids": "id tree", "/Names": "element"},
    "element": {
        **_plain("Type", "S", "ID", "Lang", "T", "Alt", "ActualText", "E", "R", "MCID", "Pg"),
        "/P": "element or tree",
        "/K": "element",
        "/A": "attributes",
        "/Obj": "link",
        "/NS": "namespace",
        "/Ref": "element",
    },
    "attributes": _plain(
        "O", "Scope", "Headers", "RowSpan", "ColSpan", "Summary", "ListNumbering", "BBox",
        "Placement", "Short", "NS",
    ),
    "any plain": {"*": _PLAIN},
}  # fmt: skip

_LINK = re.compile(r"(?:https?://|mailto:|tel:)[\x21-\x7e]+")


class Walk:
    """One pass over everything that can be reached from the trailer."""

    def __init__(self, pdf: Pdf, sources: list[str]) -> None:
        self._pdf = pdf
        self._sources = {
            page.obj.objgen: source for page, source in zip(pdf.pages, sources, strict=True)
        }
        self._visited: set[tuple[tuple[int, int], str]] = set()
        self.reached: set[tuple[int, int]] = set()
        self.strings: list[str] = []
        self.streams: list[tuple[str, Stream]] = []

    def failures(self) -> Iterator[Failure]:
        """Every key and object that no rule allows, and every object that nothing reaches."""
        yield from self._walk(self._pdf.trailer, "trailer")
        for item in self._pdf.objects:
            if item.objgen in self.reached or item.objgen == (0, 0):
                continue
            if not _is_container(item):
                yield Failure(check=Check.STRUCTURE, cause="an object that nothing refers to")

    def containers(self) -> Iterator[Stream]:
        """The streams that only hold other objects or the cross-reference."""
        for item in self._pdf.objects:
            if isinstance(item, Stream) and _is_container(item):
                yield item

    def _walk(self, start: Any, kind: str) -> Iterator[Failure]:
        waiting: list[tuple[Any, str]] = [(start, kind)]
        while waiting:
            item, rule = waiting.pop()
            if isinstance(item, pikepdf.String):
                self.strings.append(str(item))
                if rule == "address" and not _LINK.fullmatch(str(item)):
                    yield _refused("a link to something other than a web page")
                continue
            if not isinstance(item, Object):
                continue
            rule = self._exact(item, rule)
            if item.is_indirect:
                if (item.objgen, rule) in self._visited:
                    continue
                self._visited.add((item.objgen, rule))
                self.reached.add(item.objgen)
            if isinstance(item, Array):
                waiting += [(value, rule) for value in _members(item)]
            elif isinstance(item, (Dictionary, Stream)):
                yield from self._keys(item, rule, waiting)
            elif isinstance(item, pikepdf.Name):
                self.strings.append(str(item)[1:])

    def _keys(self, item: Any, rule: str, waiting: list[tuple[Any, str]]) -> Iterator[Failure]:
        allowed = RULES.get(rule)
        if allowed is None:
            if rule == _PLAIN and item.is_indirect and item.objgen in self._sources:
                return
            yield _refused(f"a dictionary where '{rule}' has none")
            return
        if isinstance(item, Stream):
            self.streams.append((rule, item))
        for key, value in item.items():
            self.strings.append(key[1:])
            wanted = allowed.get(key, allowed.get("*"))
            if wanted is None:
                yield _refused(f"a key that '{rule}' may not have")
            elif wanted.startswith("="):
                if str(value) not in wanted[1:].split():
                    yield _refused(f"a kind of '{rule}' that may not leave")
            elif key == "/DecodeParms" and isinstance(value, Dictionary):
                self.strings += [str(k)[1:] for k in value]
            elif key not in ("/Parent", "/P", "/Pg") or wanted != _PLAIN:
                waiting.append((value, wanted))

    def _exact(self, item: Any, rule: str) -> str:
        """The rule by what the object really is, where a rule leaves two possibilities."""
        if isinstance(item, Array):
            return rule
        if item.is_indirect and item.objgen in self._sources:
            # A page is checked once, from the page tree; elsewhere it is only pointed at.
            return self._sources[item.objgen] if rule == "page" else _PLAIN
        if rule == "page":
            return "pages"
        if rule == "element or tree":
            is_root = isinstance(item, Dictionary) and item.get("/Type") == "/StructTreeRoot"
            return "tree" if is_root else "element"
        return rule


def _is_container(item: Any) -> bool:
    return isinstance(item, Stream) and item.get("/Type") in ("/ObjStm", "/XRef")


def _members(items: Any) -> list[Object]:
    # pikepdf gives numbers as Python's own; only what may hold more is kept.
    return [value for value in items if isinstance(value, Object)]


def _refused(cause: str) -> Failure:
    return Failure(check=Check.STRUCTURE, cause=cause)
