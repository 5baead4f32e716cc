"""What the codes of a PDF font say, by its own ToUnicode table (ISO 32000-2 9.10.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Name

_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.S)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


@dataclass(frozen=True, slots=True)
class Font:
    """How to read a font's codes. `advance` is the width of every code in ems when even."""

    code_bytes: int
    table: dict[int, str] = field(repr=False)
    is_even: bool = False
    advance: float = 0.0
    _known: dict[bytes, tuple[str, int]] = field(default_factory=dict, repr=False)
    _known_hex: dict[bytes, tuple[str, int]] = field(default_factory=dict, repr=False)

    def decode(self, data: bytes) -> tuple[str, int]:
        """The text of a shown string, and how many codes it has.

        A code without an entry reads as itself, so that nothing drops out of sight.
        """
        if data in self._known:
            return self._known[data]
        step = self.code_bytes
        codes = [int.from_bytes(data[i : i + step]) for i in range(0, len(data), step)]
        table = self.table
        text = "".join([table.get(c) or chr(min(c, 0x10FFFF)) for c in codes])
        self._known[data] = text, len(codes)
        return text, len(codes)

    def decode_hex(self, written: bytes) -> tuple[str, int]:
        """As `decode`, of a string written in hexadecimal digits."""
        known = self._known_hex.get(written)
        if known is None:
            known = self._known_hex[written] = self.decode(bytes.fromhex(written.decode()))
        return known


def read_fonts(pdf: pikepdf.Pdf) -> dict[tuple[int, int], Font]:
    """Every font of the file by its object number."""
    fonts: dict[tuple[int, int], Font] = {}
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == Name.Font:
            fonts[item.objgen] = _read(item)
    return fonts


def _read(font: Any) -> Font:
    table = _unicode_table(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else {}
    if font.get("/Subtype") != Name.Type0:
        return Font(1, table)
    inner: Any = font.DescendantFonts[0]
    is_even = "/W" not in inner and font.get("/Encoding") == Name("/Identity-H")
    return Font(2, table, is_even, float(inner.get("/DW", 1000)) / 1000)


def _unicode_table(cmap: bytes) -> dict[int, str]:
    table: dict[int, str] = {}
    for kind, body in _SECTION.findall(cmap):
        groups = [
            (bytes.fromhex(h.decode()) if not (o or c) else (b"[" if o else b"]"), bool(o or c))
            for h, o, c in _HEX.findall(body)
        ]
        items = [g[0] for g in groups if not g[1]]
        if kind == b"bfchar":
            for code, text in zip(items[::2], items[1::2], strict=False):
                table[int.from_bytes(code)] = text.decode("utf-16-be", "replace")
        else:
            _read_ranges(groups, table)
    return table


def _read_ranges(groups: list[tuple[bytes, bool]], table: dict[int, str]) -> None:
    position = 0
    while position + 2 < len(groups):
        low, high = (int.from_bytes(groups[position + k][0]) for k in (0, 1))
        value, is_bracket = groups[position + 2]
        position += 3
        if is_bracket:
            while position < len(groups) and not groups[position][1]:
                table[low] = groups[position][0].decode("utf-16-be", "replace")
                low, position = low + 1, position + 1
            position += 1
        else:
            first = value.decode("utf-16-be", "replace")
            for offset in range(min(high - low, 0xFFFF) + 1):
                table[low + offset] = first[:-1] + chr(ord(first[-1]) + offset)
