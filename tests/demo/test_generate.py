from __future__ import annotations

import csv
import email
import hashlib
import mailbox
import re
import sqlite3
import zipfile
from email.policy import default
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from demo.generate import generate
from demo.truth import Truth, TruthDocument, load

Council = tuple[Path, Truth]


def _tree(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def test_same_seed_gives_the_same_bytes(council: Council, tmp_path: Path) -> None:
    """Two runs of one seed write the same tree, byte for byte."""
    out, _ = council
    generate(tmp_path, 1)
    assert _tree(tmp_path) == _tree(out)


def test_another_seed_gives_another_family(council: Council, tmp_path: Path) -> None:
    """Another seed shares no name of the family, and keeps the structure."""
    _, one = council
    other = generate(tmp_path, 7)
    for key in ("subject", "twin", "mum", "stepdad", "neighbour"):
        assert one.person(key).names[0] != other.person(key).names[0]
    assert [(d.source, d.title) for d in one.documents if d.source == "folders"] == [
        (d.source, d.title) for d in other.documents if d.source == "folders"
    ]


def test_truth_survives_saving(council: Council) -> None:
    """What is read back from truth.json equals what was generated."""
    out, truth = council
    assert load(out) == truth


def test_size_of_the_file(council: Council) -> None:
    """At least 120 pages, at most 12 of them scanned, with photographs and a damaged file."""
    _, truth = council
    mine = truth.file_of(truth.subject)
    assert sum(d.pages for d in mine) >= 120
    assert 5 <= sum(d.pages for d in mine if d.kind == "scan") <= 12
    assert sum(d.kind == "photo" for d in mine) >= 5
    assert sum(d.kind == "damaged" for d in mine) == 1


def test_every_mention_stands_where_truth_says(council: Council) -> None:
    """A mention's offset cuts its literal text out of its passage."""
    _, truth = council
    mentions = 0
    for document in truth.documents:
        for passage in document.passages:
            for mention in passage.mentions:
                end = mention.start + len(mention.text)
                assert passage.text[mention.start : end] == mention.text
                mentions += 1
    assert mentions > 1200


def test_no_name_escapes_the_truth(council: Council) -> None:
    """Outside its mentions, no passage holds a name of anybody in the story."""
    _, truth = council
    words = {w for p in truth.people for n in p.names for w in (n.forenames, n.surname) if w}
    pattern = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, sorted(words))) + r")(?!\w)")
    for document in truth.documents:
        for passage in document.passages:
            rest = list(passage.text)
            for mention in passage.mentions:
                rest[mention.start : mention.start + len(mention.text)] = "." * len(mention.text)
            assert not pattern.search("".join(rest))


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _extracted(out: Path, document: TruthDocument) -> str:
    """The document's text, by the plainest reader for its kind."""
    path = out / document.path
    if document.source == "case_system":
        with sqlite3.connect(path) as db:
            (note,) = db.execute("SELECT NOTE FROM CASE_NOTES WHERE ID = ?", (document.key,))
        return str(note[0])
    if document.source == "health_visiting":
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))[int(document.key) - 1]["notes"]
    if path.suffix == ".docx":
        word = docx.Document(str(path))
        cells = [c.text for t in word.tables for row in t.rows for c in row.cells]
        return "\n".join([p.text for p in word.paragraphs] + cells)
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        return "\n".join(str(c.value) for s in book for row in s.rows for c in row if c.value)
    if path.suffix == ".pdf":
        pdf = pypdfium2.PdfDocument(path)
        return "\n".join(pdf[i].get_textpage().get_text_range() for i in range(len(pdf)))
    if path.suffix == ".eml":
        message = email.message_from_bytes(path.read_bytes(), policy=default)
        body = message.get_body()
        assert body is not None
        return str(body.get_content())
    raise AssertionError(path.suffix)


def test_files_hold_what_truth_says(council: Council) -> None:
    """Every mention is found in the file's own text, read by an ordinary library."""
    out, truth = council
    for document in truth.documents:
        if document.kind != "text" or document.source == "mail":
            continue
        text = _folded(_extracted(out, document))
        for passage in document.passages:
            for mention in passage.mentions:
                assert _folded(mention.text) in text


def test_mail_holds_what_truth_says(council: Council) -> None:
    """Headers, bodies and quoted threads of the mailbox hold every mention."""
    out, truth = council
    texts: dict[str, str] = {}
    for raw in mailbox.mbox(out / "mail" / "team.mbox"):
        message = email.message_from_bytes(raw.as_bytes(), policy=default)
        body = message.get_body(("plain",))
        assert body is not None
        heads = [str(message[h] or "") for h in ("From", "To", "Cc", "Bcc", "Subject")]
        texts[str(message["Message-ID"])] = "\n".join([*heads, str(body.get_content())])
    mine = [d for d in truth.documents if d.source == "mail" and "#" not in d.key]
    assert len(mine) >= 15
    for document in mine:
        for passage in document.passages:
            for mention in passage.mentions:
                assert mention.text in texts[document.key]


def test_hidden_channels_are_planted(council: Council) -> None:
    """Tracked deletion, comments, hidden sheet, annotation, EXIF and Bcc all hold a secret."""
    out, truth = council
    hidden = {h.channel: (d, h) for d in truth.documents for h in d.hidden}
    assert {
        "deleted_text", "comment", "hidden_sheet", "annotation", "metadata", "gps", "bcc",
    } <= set(hidden)  # fmt: skip
    neighbour = truth.person("neighbour").names[0].surname
    core = next(d for d in truth.documents if d.title == "Core assessment")
    with pikepdf.open(out / hidden["annotation"][0].path) as pdf:
        note = str(pdf.pages[0].Annots[0].Contents)  # pyright: ignore[reportUnknownArgumentType]
    assert truth.person("mum").phones[0] in note
    with zipfile.ZipFile(out / core.path) as word:
        body = word.read("word/document.xml").decode()
        remarks = word.read("word/comments.xml").decode()
    assert "<w:del " in body and "<w:ins " in body
    assert neighbour in body and neighbour in remarks
    book = openpyxl.load_workbook(out / hidden["hidden_sheet"][0].path)
    assert [s.title for s in book if s.sheet_state == "hidden"] == ["Travel detail"]
    with Image.open(out / hidden["gps"][0].path) as picture:
        assert picture.getexif()[0x010E]
        assert picture.getexif().get_ifd(0x8825)


def test_a_damaged_file_cannot_be_opened(council: Council) -> None:
    """The damaged PDF is beyond repair."""
    out, truth = council
    damaged = next(d for d in truth.documents if d.kind == "damaged")
    with pytest.raises(pikepdf.PdfError):
        pikepdf.open(out / damaged.path)


def test_copied_note_keeps_its_origin(council: Council) -> None:
    """The note copied from the twin's record points to a note on the twin's own record."""
    out, truth = council
    with sqlite3.connect(out / "systems" / "case_system.sqlite") as db:
        rows = db.execute(
            "SELECT c.PERSON_ID, o.PERSON_ID, c.NOTE = o.NOTE FROM CASE_NOTES c"
            " JOIN CASE_NOTES o ON o.ID = c.COPY_OF_CASE_NOTE_ID"
        ).fetchall()
    keys = {r.key: r.person for r in truth.records if r.source == "case_system"}
    assert [(keys[a], keys[b], same) for a, b, same in rows] == [("subject", "twin", 1)]


def test_protected_facts_are_in_the_file(council: Council) -> None:
    """Each protected fact stands in the subject's file, so that holding it back means something."""
    _, truth = council
    mine = truth.file_of("subject")
    everything = "\n".join([d.text for d in mine] + [h.text for d in mine for h in d.hidden])
    for fact in truth.protected_facts:
        assert fact.text in everything, fact.id


def test_request_is_two_pages_and_says_who(council: Council) -> None:
    """The request letter has two pages and the details a search starts from."""
    out, truth = council
    pdf = pypdfium2.PdfDocument(out / "requests" / "item-1.pdf")
    assert len(pdf) == 2
    text = _folded("\n".join(pdf[i].get_textpage().get_text_range() for i in range(2)))
    subject = truth.person("subject")
    assert _folded(subject.names[0].forenames) in text and subject.phones[0] in text


def test_nothing_names_the_real_council(council: Council) -> None:
    """No file or datum names the council whose notice the example follows."""
    out, _ = council
    repository = Path(__file__).resolve().parents[2]
    files = [*(repository / "council").rglob("*.*"), *(repository / "demo").rglob("*.yaml")]
    files += [p for p in out.rglob("*") if p.suffix in {".json", ".csv", ".mbox"}]
    for path in files:
        text = path.read_text(encoding="utf-8", errors="replace").lower()
        assert not re.search(r"redcar|cleveland|kirkleatham|01642|liberata|south tees", text)
