"""Files broken in ways that mail and old disks break them: cut off, with bits turned, nested.

``python -m tests.redaction.formats.fuzz [COUNT] [SEED]`` reads many, the ordinary tests twenty.
"""

from __future__ import annotations

import random
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

from redaction.formats import Incoming, Limits, read_many
from tests.redaction.formats import hostile
from tests.redaction.paint.hostile import build as many_channels

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
_LARGEST = 2_000_000


def seeds() -> list[tuple[str, bytes]]:
    """Sound files of each kind, made here."""
    return [
        ("a.pdf", hostile.white_text()),
        ("a.docx", hostile.word_with_comment()),
        ("a.xlsx", hostile.workbook()),
        ("a.eml", hostile.mail()),
        ("a.jpg", hostile.photograph()),
        ("a.html", b"<html><body><table><tr><td>Karen Holt</td></tr></table></body></html>"),
        ("a.json", b'{"people": [{"name": "Karen Holt", "born": null}]}'),
        ("a.csv", b"name,born\nKaren Holt,1980\n"),
        ("a.rtf", hostile.rich_text_with_tracked_deletion()),
        ("b.pdf", many_channels()[0]),
        ("b.docx", hostile.word_with_everything()[0]),
        ("b.xlsx", hostile.workbook_with_everything()[0]),
        ("winmail.dat", b"\x78\x9f\x3e\x22\x01\x00" + b"\x01\x06\x90\x08\x00\x04\x00\x00\x00" * 9),
    ]


def shared() -> list[tuple[str, bytes]]:
    """The real-format files beside the repository, if they are there."""
    return [
        (path.name, path.read_bytes())
        for folder in ("documents", "mail")
        for path in sorted((SHARED / folder).rglob("*"))
        if path.is_file() and path.stat().st_size <= _LARGEST
    ]


def variants(files: list[tuple[str, bytes]], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Broken variants, the same for the same seed."""
    rng = random.Random(seed)
    ways = (_cut, _flipped, _nested, _doubled)
    for number in range(count):
        name, data = files[number % len(files)]
        yield name, ways[number // len(files) % len(ways)](rng, name, data)


def _cut(rng: random.Random, name: str, data: bytes) -> bytes:
    return data[: rng.randrange(1, len(data))]


def _flipped(rng: random.Random, name: str, data: bytes) -> bytes:
    broken = bytearray(data)
    for _ in range(rng.randrange(1, 40)):
        broken[rng.randrange(len(broken))] ^= 1 << rng.randrange(8)
    return bytes(broken)


def _nested(rng: random.Random, name: str, data: bytes) -> bytes:
    for depth in range(rng.randrange(1, 30)):
        message = EmailMessage()
        message["Subject"] = f"Fwd {depth}"
        message.set_content("See attached.")
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
        data = bytes(message)
        if len(data) > _LARGEST:
            break
    return data


def _doubled(rng: random.Random, name: str, data: bytes) -> bytes:
    box = BytesIO()
    with zipfile.ZipFile(box, "w") as made:
        made.writestr(name, data)
    at = rng.randrange(len(data))
    return data[:at] + box.getvalue() + data[at:]


def read(files: list[tuple[str, bytes]], scratch: Path) -> Counter[str]:
    """Reads them and counts what became of each: 'read', or the code of its first task."""
    items = [Incoming(str(n), name, data) for n, (name, data) in enumerate(files)]
    found: Counter[str] = Counter()
    for document in read_many(items, scratch=scratch, workers=2, limits=Limits(seconds=60)):
        if not (document.unreadable or (document.pages and document.pdf)):
            raise AssertionError(f"number {document.id} gave neither pages nor a task")
        found[document.unreadable[0].code if document.unreadable else "read"] += 1
    return found


def main(arguments: list[str]) -> int:
    """Prints what became of the variants; 1 if a reader broke down or something was left behind."""
    count = int(arguments[0]) if arguments else 400
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    with tempfile.TemporaryDirectory() as folder:
        found = read(list(variants(seeds() + shared(), count, seed)), Path(folder))
        left = list(Path(folder).iterdir())
    for code, number in found.most_common():
        print(f"{number:6} {code}")
    return 1 if found["format.crashed"] or found["format.slow"] or left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
