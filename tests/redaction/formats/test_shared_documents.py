"""Real-format files that nobody here wrote: each is read, or it is said why not."""

from __future__ import annotations

import os
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from redaction.formats import Incoming, Limits, read_many
from redaction.formats.wordml import accept_changes
from tests.redaction.formats import hostile

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
CHANGES = SHARED / "documents" / "tracked_changes"
COSTLY = {
    "create-and-vary-a-licence-api-attachments-response.json",
    "create-and-vary-a-licence-api-attachments-sanitized-response.json",
    "ocrmypdf_multipage.pdf",
}
"""The pages of these are those of other files here once more; they only take time."""
FILES = [
    path
    for folder in ("documents", "mail", "sar_services")
    for path in sorted((SHARED / folder).rglob("*"))
    if path.is_file() and path.name not in COSTLY
]
DRILL = bool(os.environ.get("RIGHTS_DRILL"))
QUARTERS = (0, 1, 2, 3) if DRILL else (0,)
"""The drill reads every file, every other run each fourth one."""
TASKS = {
    "tika_testEXCEL_protected_passtika.xlsx": "office.encrypted",
    "tika_testPDF_no_extract_no_accessibility_owner_user.pdf": "pdf.encrypted",
    "tika_testPDF_bad_page_303226.pdf": "pdf.mended",
    "tika_testWORD_truncated.docx": "format.damaged",
    "verapdf_6-4-2-t01-fail-a.pdf": "pdf.xfa",
}
"""What needs a human, and why; everything else in the folder is read whole."""

pytestmark = pytest.mark.skipif(not FILES, reason="the shared documents are not beside the repo")


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_file_is_read_or_says_why_not(quarter: int, tmp_path: Path) -> None:
    """Each file gives pages, or a task with its reason; nothing is left behind."""
    files = FILES[quarter::4]
    items = [Incoming(str(n), f.name, f.read_bytes()) for n, f in enumerate(files)]
    found: dict[str, str] = {}
    for path, document in zip(
        files, read_many(items, scratch=tmp_path, workers=1, limits=Limits(seconds=60)), strict=True
    ):
        if document.unreadable:
            found[path.name] = document.unreadable[0].code
        else:
            assert document.pages and document.pdf, path.name
            for page in document.pages:
                assert all(page.text[w.start : w.end] == w.text for w in page.words), path.name
    names = {f.name for f in files}
    assert found == {n: code for n, code in TASKS.items() if n in names}
    assert list(tmp_path.iterdir()) == []


def paragraphs(data: bytes) -> list[str]:
    """Text of the document's paragraphs that have any, spaces (we put one before a tab) apart."""
    with zipfile.ZipFile(BytesIO(data)) as box:
        root = etree.fromstring(box.read("word/document.xml"))
    w = f"{{{hostile.W}}}"
    texts = ("".join(t.text or "" for t in p.iter(f"{w}t")) for p in root.iter(f"{w}p"))
    bare = ("".join(t.split()) for t in texts)
    return [t for t in bare if t]


@pytest.mark.parametrize("accepted", sorted(CHANGES.glob("*-Accepted.docx")), ids=lambda p: p.stem)
def test_changes_are_accepted_as_word_does(accepted: Path) -> None:
    """Our accepted text equals that of the same file accepted by another tool."""
    original = accepted.with_name(accepted.name.replace("-Accepted", ""))
    ours = accept_changes(original.read_bytes(), Limits())
    assert paragraphs(ours) == paragraphs(accepted.read_bytes())
    with zipfile.ZipFile(BytesIO(ours)) as box:
        assert not re.search(rb"<w:(del|ins|moveFrom|moveTo)[ >]", box.read("word/document.xml"))
