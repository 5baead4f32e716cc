"""The intake folder: requests as they came in, shown without their names.

File names are personal data, so an item is known by a short code made from its bytes and by what
anybody could see from across the room: when it came, what it is, how many pages.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2

from rights.errors import InputError

_ALPHABET = "ACDEFGHJKLMNPQRTUVWXY34679"  # nothing that is read two ways
_KINDS = {
    ".pdf": "PDF",
    ".eml": "email",
    ".msg": "email",
    ".docx": "Word",
    ".doc": "Word",
    ".jpg": "picture",
    ".jpeg": "picture",
    ".png": "picture",
    ".txt": "text",
}
LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the intake folder."""

    code: str
    number: int
    arrived: dt.datetime
    kind: str
    pages: int | None
    sha256: str
    path: Path = field(repr=False)

    @property
    def words(self) -> str:
        """How the item is shown: 'Item 3, 09:14, PDF, 2 pages'."""
        pages = "" if self.pages is None else f", {self.pages} page{'s' * (self.pages != 1)}"
        return f"Item {self.number}, {self.arrived:%H:%M}, {self.kind}{pages}"


def items(folder: Path) -> tuple[Item, ...]:
    """Everything in the intake folder, oldest first."""
    return tuple(_items(folder)) if folder.is_dir() else ()


def find(folder: Path, code: str) -> Item:
    """The item with this code.

    Raises:
        InputError: no item has the code.
    """
    wanted = code.strip().upper()
    for item in items(folder):
        if item.code == wanted:
            return item
    raise InputError(
        "intake.unknown_item",
        f"No item in the intake folder has the code {wanted[:8]!r}.",
        "Look at the intake list and copy the four characters before the item.",
    )


def _items(folder: Path) -> Iterator[Item]:
    files = [p for p in folder.iterdir() if p.is_file() and not p.name.startswith(".")]
    files.sort(key=lambda p: (p.stat().st_mtime_ns, p.name))
    for number, path in enumerate(files, 1):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        arrived = dt.datetime.fromtimestamp(path.stat().st_mtime, LONDON)
        kind = _KINDS.get(path.suffix.lower(), "file")
        yield Item(code_of(digest), number, arrived, kind, _pages(path, kind), digest, path)


def code_of(sha256: str) -> str:
    """The four characters that stand for these bytes."""
    number, code = int(sha256[:16], 16), ""
    for _ in range(4):
        number, digit = divmod(number, len(_ALPHABET))
        code += _ALPHABET[digit]
    return code


def _pages(path: Path, kind: str) -> int | None:
    if kind != "PDF":
        return None
    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return None  # shown without a page count; it is still received byte for byte
    try:
        return len(pdf)
    finally:
        pdf.close()
