"""The shared folders: Word files, PDFs, scans, photographs, a workbook, and an index of them."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from typing import Any

from demo.finance import FILE as FINANCE_FILE
from demo.finance import write_finance
from demo.made import Made, joined
from demo.office import Change, Remark, WordFile
from demo.pdfs import paragraphs, write_pdf
from demo.people import load_data
from demo.pictures import write_photo, write_scan
from demo.prose import Told
from demo.truth import TruthHidden, TruthPassage

INDEX = "folders/index.csv"
DAMAGED = "childrens-services/old/minutes copy.pdf"


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A line of the index: whose file a document is in."""

    person: str
    file_name: str
    title: str
    date: dt.date


def write_folders(made: Made) -> list[IndexRow]:
    """Writes all folders and their index; gives the index for the case system as well."""
    data = load_data("documents")
    rows: list[IndexRow] = []
    for entry in data["documents"]:
        rows.append(_document(made, entry))
    rows.append(_chronology(made))
    rows += [_scan(made, entry) for entry in data["scans"]]
    rows += [_photo(made, entry) for entry in data["photos"]]
    rows.append(IndexRow("subject", FINANCE_FILE, "Payments", write_finance(made)))
    rows.append(_damaged(made))
    rows += _others(made)
    with (made.out / INDEX).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(("file", "person_id", "title", "date"))
        for row in rows:
            person_id = made.story.people[row.person].person_id
            writer.writerow((row.file_name, person_id, row.title, row.date.isoformat()))
    return rows


def _document(made: Made, entry: dict[str, Any]) -> IndexRow:
    file_name, title = entry["file"], entry["title"]
    day = made.story.at(entry["age"])
    sections = [
        (made.teller.passage(s["heading"], day), made.teller.tell(s["text"], day))
        for s in entry["sections"]
    ]
    path = made.out / "folders" / file_name
    hidden: list[TruthHidden] = []
    pages = 0
    if file_name.endswith(".docx"):
        hidden += _word(made, entry, sections, day)
    else:
        note = made.teller.passage(entry.get("annotation", ""), day)
        body = "".join(paragraphs(h.text, [p.text for p in t.passages]) for h, t in sections)
        pages = write_pdf(path, title, body, note.text)
        hidden += _noted("annotation", note)
    told = joined(*(part for h, t in sections for part in (Told((h,)), t)))
    made.document(
        "folders", file_name, f"folders/{file_name}", title, day, told, pages=pages,
        hidden=tuple(hidden),
    )  # fmt: skip
    return IndexRow("subject", file_name, title, day)


def _noted(channel: str, passage: TruthPassage) -> list[TruthHidden]:
    people = dict.fromkeys(m.person for m in passage.mentions)
    return [TruthHidden(channel, passage.text, person) for person in people]


def _word(
    made: Made, entry: dict[str, Any], sections: list[tuple[TruthPassage, Told]], day: dt.date
) -> list[TruthHidden]:
    """Writes a Word file; a tracked change and a comment go on its second section."""
    author = made.story.people[entry["by"]].full
    hidden = [TruthHidden("metadata", author, entry["by"])]
    file = WordFile(entry["title"], author, entry.get("header", ""))
    change = remark = None
    if marks := entry.get("change"):
        out = made.teller.passage(marks["deleted"], day)
        put = made.teller.passage(marks["inserted"], day)
        change = Change(author, out.text, put.text)
        hidden += _noted("deleted_text", out)
    if marks := entry.get("remark"):
        said = made.teller.passage(marks["text"], day)
        remark = Remark(made.story.people[marks["author"]].full, said.text)
        hidden += _noted("comment", said)
    for number, (heading, told) in enumerate(sections):
        file.heading(heading.text)
        for index, passage in enumerate(told.passages):
            marked = number == 1 and index == 0
            file.paragraph(passage.text, change if marked else None, remark if marked else None)
    file.save(made.out / "folders" / entry["file"])
    return hidden


def _chronology(made: Made) -> IndexRow:
    """A chronology copies the first paragraph of each note, as chronologies do."""
    file_name, day = "childrens-services/chronology.docx", made.story.at(16.0)
    notes = sorted(
        (d for d in made.documents if d.source == "case_system" and "subject" in d.subjects),
        key=lambda d: (d.date, d.key),
    )
    notes = [n for n in notes if n.date < day.isoformat()]
    file = WordFile("Chronology", made.story.people["sw2"].full, "Saltmarsh Borough Council")
    file.table(
        ("Date", "Event", "Detail"),
        (2.4, 3.6, 9.4),
        [(_slashed(n.date), n.title, n.passages[0].text) for n in notes],
    )
    file.save(made.out / "folders" / file_name)
    told = Told(tuple(n.passages[0] for n in notes))
    made.document("folders", file_name, f"folders/{file_name}", "Chronology", day, told)
    return IndexRow("subject", file_name, "Chronology", day)


def _slashed(iso: str) -> str:
    return f"{dt.date.fromisoformat(iso):%d/%m/%Y}"


def _scan(made: Made, entry: dict[str, Any]) -> IndexRow:
    day = made.story.at(entry["age"])
    pages = [made.teller.tell(page, day) for page in entry["pages"]]
    path = made.out / "folders" / entry["file"]
    lines = [[p.text for p in page.passages] for page in pages]
    write_scan(path, lines, made.rng, hand=entry.get("hand", False))
    made.document(
        "folders", entry["file"], f"folders/{entry['file']}", entry["title"], day,
        joined(*pages), kind="scan", pages=len(pages),
    )  # fmt: skip
    return IndexRow("subject", entry["file"], entry["title"], day)


def _photo(made: Made, entry: dict[str, Any]) -> IndexRow:
    day = made.story.at(entry["age"])
    caption = made.teller.passage(entry["caption"], day)
    gps = entry.get("gps", False)
    write_photo(
        made.out / "folders" / entry["file"], entry["draw"], caption.text, made.rng,
        taken=f"{day:%Y:%m:%d} 15:20:00", gps=gps,
    )  # fmt: skip
    hidden = _noted("metadata", caption)
    if gps:
        hidden.append(TruthHidden("gps", "N 54 41 12.5", "mum"))
    made.document(
        "folders", entry["file"], f"folders/{entry['file']}", entry["title"], day, Told(()),
        kind="photo", pages=1, hidden=tuple(hidden),
    )  # fmt: skip
    return IndexRow("subject", entry["file"], entry["title"], day)


def _damaged(made: Made) -> IndexRow:
    """A PDF of which only the head and noise are left: nothing can read it."""
    day = made.story.at(10.1)
    path = made.out / "folders" / DAMAGED
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-1.4\n" + made.rng.randbytes(4000))
    made.document(
        "folders", DAMAGED, f"folders/{DAMAGED}", "Minutes", day, Told(()), kind="damaged",
        pages=1,
    )  # fmt: skip
    return IndexRow("subject", DAMAGED, "Minutes", day)


def _others(made: Made) -> list[IndexRow]:
    """Files of the twin, the brother and the other child, beside the subject's."""
    rows: list[IndexRow] = []
    for key, file_name, text in (
        ("twin", "education/school report {n}.docx",
         "{twin.full}, Year 6. UPN {twin.upn}. {twin.first} is a fine footballer and should read "
         "more. {teacher.mr}"),
        ("brother", "childrens-services/letters/letter {n}.docx",
         "Dear {brother.first}, thank you for coming to see {subject.first} and {twin.first}. "
         "{sw2.full}"),
        ("child", "childrens-services/placements/plan {n}.docx",
         "{child.full}, born {child.dob}, is placed with {carer1.full}. {sw2.full}"),
    ):  # fmt: skip
        day = made.story.at(12.0)
        told = made.teller.tell(text, day)
        name = file_name.format(n=made.rng.randrange(20, 99))
        file = WordFile("Record", made.story.people["sw2"].full)
        for passage in told.passages:
            file.paragraph(passage.text)
        file.save(made.out / "folders" / name)
        made.document("folders", name, f"folders/{name}", "Record", day, told, subjects=(key,))
        rows.append(IndexRow(key, name, "Record", day))
    return rows
