"""A council made of files that nobody here wrote: real formats as one subject's sources and file.

The tables, documents, mail and service answers are public samples kept beside the repository. Only
their places are changed, and in two tables one child's id becomes the subject's, so that its rows
are found. The subject is the first person of the family table.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from demo.pdfs import paragraphs, write_pdf

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared" / "data"
OFTEN = 13_000
"""Bytes up to which a sample is in the everyday run; the drill takes all of them."""
LOOKED_AFTER, IN_NEED = "566910", "DfEX0000001"
"""The ids of one child in the samples of the two statutory returns."""


@dataclass(frozen=True, slots=True)
class RealCouncil:
    """Where it is, and what an officer types from the request."""

    council: Path
    systems: Path
    letter: Path
    people: dict[str, Any]
    files: int
    """How many documents and messages lie in the subject's folder."""


def build(out: Path, *, everything: bool) -> RealCouncil:
    """Lay the samples out as systems and folders below `out`, with mappings of their own."""
    systems = out / "systems"
    subject, people = _subject(systems)
    _tables(systems, subject)
    files = _folder(systems / "folders", subject, everything=everything)
    services = _services(systems, subject, everything=everything)
    council = out / "council"
    shutil.copytree(REPOSITORY / "council", council, ignore=shutil.ignore_patterns("sources"))
    (council / "sources").mkdir()
    for mapping in (*_mappings(), *services):
        file = council / "sources" / f"{mapping['name']}.yaml"
        file.write_text(yaml.safe_dump(mapping, sort_keys=False), encoding="utf-8")
    letter = out / "letter.pdf"
    write_pdf(letter, "", paragraphs("", ("Please send me all that you hold about me.",)))
    return RealCouncil(council, systems, letter, people, files)


def _subject(systems: Path) -> tuple[str, dict[str, Any]]:
    table = SHARED / "sources" / "family_context" / "csc.csv"
    (systems / "family").mkdir(parents=True)
    shutil.copy(table, systems / "family" / "csc.csv")
    with table.open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    lines = [line.strip() for line in row["Address"].splitlines() if line.strip()]
    people = {
        "subject": {
            "names": [{"forenames": row["First Name"], "surname": row["Last Name"]}],
            "date_of_birth": row["Date Of Birth"],
            "addresses": [", ".join(lines[:-1]) + " " + lines[-1]],
        },
        "requester": "self",
        "recipient": {"name": f"{row['First Name']} {row['Last Name']}", "address": lines},
        "asked_for": "All that you hold about me.",
    }
    return row["Cms Id"], people


def _tables(systems: Path, subject: str) -> None:
    sources = SHARED / "sources"
    for folder, child in (("ssda903", LOOKED_AFTER), ("cin_census", IN_NEED)):
        (systems / folder).mkdir()
        for sample in (sources / folder).glob("*.[cx][sm][vl]"):
            data = sample.read_bytes().replace(child.encode(), subject.encode())
            (systems / folder / sample.name).write_bytes(data)
    for folder in ("annex_a", "mosaic_like", "school_census"):
        shutil.copytree(sources / folder, systems / folder)
    shutil.copytree(SHARED / "mail", systems / "mail")


def _folder(folder: Path, subject: str, *, everything: bool) -> int:
    """Documents and messages as one person's folder, with the index that says so."""
    found = sorted(
        path
        for place in ("documents", "mail", "sar_services/attachments")
        for path in (SHARED / place).rglob("*")
        if path.is_file()
    )
    taken = [p for p in found if everything or p.stat().st_size < OFTEN]
    rows: list[dict[str, str]] = []
    for path in taken:
        name = path.relative_to(SHARED)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, folder / name)
        rows.append({"file": str(name), "person_id": subject, "title": path.stem, "date": ""})
    with (folder / "index.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def _services(systems: Path, subject: str, *, everything: bool) -> Iterable[dict[str, Any]]:
    """The answers of prison and probation services, each a source that answers for the subject."""
    for path in sorted((SHARED / "sar_services").glob("*.json")):
        if not everything and path.stat().st_size >= OFTEN:
            continue
        folder = systems / "services" / path.stem
        folder.mkdir(parents=True)
        shutil.copy(path, folder / f"{subject}.json")
        yield _mapping(path.stem, "answers", f"services/{path.stem}", keyed_by="case_system")


def _mapping(name: str, kind: str, location: str, **parts: Any) -> dict[str, Any]:
    return {
        "name": name.replace("-", "_"),
        "title": name.replace("-", " ").capitalize(),
        "kind": kind,
        "location": location,
        **parts,
    }


def _mappings() -> Iterable[dict[str, Any]]:
    yield _mapping(
        "case_system",
        "csv",
        "family",
        people={
            "table": "csc.csv",
            "key": "Cms Id",
            "fields": {
                "forenames": "First Name",
                "surname": "Last Name",
                "dob": "Date Of Birth",
                "address": "Address",
            },
        },
        records=[{"table": "csc.csv", "key": "Cms Id", "label": "Family context"}],
    )
    yield _mapping(
        "housing",
        "csv",
        "mosaic_like",
        people={
            "table": "dm_persons.csv",
            "key": "PERSON_ID",
            "fields": {"forenames": "FIRST_NAME", "surname": "LAST_NAME", "dob": "DATE_OF_BIRTH"},
        },
    )
    pupils = "2024_autumn_pupilonroll.csv"
    census = yaml.safe_load(
        (REPOSITORY / "council" / "sources" / "school_census.yaml").read_text(encoding="utf-8")
    )
    census["people"] |= {"table": pupils, "also": []}
    census["records"][0]["table"] = pupils
    yield census | {"location": "school_census"}
    dated = {"header.csv": None, "episodes.csv": "DECOM", "reviews.csv": "REVIEW"}
    yield _mapping(
        "looked_after_return",
        "csv",
        "ssda903",
        keyed_by="case_system",
        dates=["%d/%m/%Y"],
        records=[
            {"table": table, "key": "CHILD", "label": "Looked after children return"}
            | ({"date": date} if date else {})
            for table, date in dated.items()
        ],
    )
    yield _mapping(
        "in_need_return",
        "xml",
        "cin_census/CIN_Census_2021.xml",
        keyed_by="case_system",
        records=[
            {
                "table": "Child",
                "key": "ChildIdentifiers/LAchildID",
                "label": "Children in need census",
                "date": "CINdetails/CINreferralDate",
            }
        ],
    )
    annex = yaml.safe_load(
        (REPOSITORY / "council" / "sources" / "annex_a.yaml").read_text(encoding="utf-8")
    )
    yield annex | {"location": "annex_a/Annex_A_2024_Jan.xlsx"}
    documents = {"table": "index.csv", "key": "person_id", "file": "file", "folder": "folders"}
    yield _mapping(
        "shared_folders",
        "csv",
        "folders/index.csv",
        keyed_by="case_system",
        documents=[documents | {"title": "title", "date": "date"}],
    )
    yield _mapping("team_mailbox", "mailbox", "mail")
