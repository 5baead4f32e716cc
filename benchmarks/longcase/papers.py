"""A council whose one file is long: the tiny council of the tests with thousands of pages more.

The sentences are those of the invented case files, said of the tiny council's own family, so that
its records know some of the people and others are strangers.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.casefiles.family import lists
from benchmarks.casefiles.files import as_docx, as_eml, as_scan, as_text, as_xlsx
from benchmarks.casefiles.generate import PAGE, Paper
from tests.small_council import SUBJECT, SmallTruth, build

_SLOT = re.compile(r"\{([#=~^,!@]?)([A-Za-z_]+2?)(?::(\w+))?('|1)?\}")
_PEOPLE = {
    "S": ("Marnie", "Holloway", "Marnie"),
    "M": ("Karen", "Holloway", "Mrs Holloway"),
    "F": ("Neil", "Ives", "Mr Ives"),
    "P": ("Darren", "Holloway", "Mr Darren Holloway"),
    "B": ("Tilda", "Holloway", "Tilda"),
    "G": ("Joan", "Ives", "Mrs Ives"),
    "W": ("Priya", "Nair", "Ms Nair"),
    "V": ("Colin", "Marsh", "Mr Marsh"),
    "T": ("Alice", "Penrose", "Mrs Penrose"),
    "H": ("Moira", "Kells", "Mrs Kells"),
    "D": ("Samuel", "Boyle", "Dr Boyle"),
    "O": ("Owen", "Blake", "PC Blake"),
    "R": ("Edith", "Crane", "Mrs Crane"),
    "N": ("Victor", "Lamb", "Mr Lamb"),
    "C": ("Ruth", "Adeyemi", "Mrs Adeyemi"),
    "I": ("Kelsey", "Moor", "Kelsey"),
    "I2": ("Aidan", "Frost", "Aidan"),
}
_RELATIONS = {"M": "mother", "P": "stepfather", "B": "sister", "G": "nan", "F": "dad"}
_FACTS = ("6 Linden Mews", "Mrs Edith Crane", "5 Teasel Way")
_SCANS = 0.02
"""Share of documents that are pictures of paper: fewer than a council has, because OCR takes fifty
times as long as all else and its speed is known."""
_MOST_PAGES = 24


@dataclass(frozen=True, slots=True)
class LongFile:
    """What was written: the tiny council's truth, and how much more."""

    truth: SmallTruth
    documents: int
    size: int
    """Bytes."""


def write(out: Path, pages: int, seed: int) -> LongFile:
    """The council below `out`, with papers of about so many pages; the same seed, the same bytes.

    How many pages it is in the end is known when they are read: each kind of file breaks its lines
    in its own way.
    """
    truth = build(out)
    rng = Random(seed)
    folder = out / "folders" / "long"
    folder.mkdir(parents=True, exist_ok=True)
    rows: list[tuple[str, str, str, str]] = []
    done, size = 0, 0
    while done < pages:
        long = rng.choice((1, 1, 2, 3, 5, 8, _MOST_PAGES))
        name = f"{len(rows):05d}"
        text = "\n\n".join(_paragraphs(rng, PAGE * min(long, pages - done)))
        suffix, made = _file(rng, Paper(name, "paper", "careful", text, ()))
        path = folder / f"{name}.{suffix}"
        path.write_bytes(made)
        size += len(made)
        day = f"{rng.randint(2008, 2020)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        rows.append((f"long/{path.name}", SUBJECT, f"Paper {name}", day))
        done += long
    with (out / "folders" / "index.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(rows)
    return LongFile(truth, len(rows), size)


def _file(rng: Random, paper: Paper) -> tuple[str, bytes]:
    """As what it is filed: mostly text and mail, then Word, some sheets, few scans."""
    if rng.random() < _SCANS:
        short = Paper(paper.id, paper.kind, paper.style, paper.text[: 2 * PAGE], ())
        return "tiff", as_scan(short)
    kinds: tuple[tuple[str, Callable[[Paper], bytes]], ...] = (
        ("txt", as_text), ("txt", as_text), ("eml", as_eml), ("docx", as_docx), ("docx", as_docx),
        ("xlsx", as_xlsx),
    )  # fmt: skip
    suffix, make = rng.choice(kinds)
    return suffix, make(paper)


def _paragraphs(rng: Random, characters: int) -> Iterator[str]:
    templates = lists("templates.yaml")
    lines = [x for b in ("note", "formal", "health", "school", "filler") for x in templates[b]]
    written = 0
    while written < characters:
        # No two sentences are alike, as they would be treated alike and asked about if not.
        said = " ".join(
            f"{_said(rng, rng.choice(lines)).rstrip('.')} (line {rng.randrange(10**7)})."
            for _ in range(rng.randint(2, 6))
        )
        paragraph = f"{rng.randint(1, 28):02d}/{rng.randint(1, 12):02d}/2015 {said}"
        written += len(paragraph) + 2
        yield paragraph


def _said(rng: Random, line: str) -> str:
    return _SLOT.sub(lambda slot: _slot(rng, slot), line)


def _slot(rng: Random, slot: re.Match[str]) -> str:
    mark, name, who, tail = slot.groups()
    if name == "date":
        return f"{rng.randint(1, 28):02d}/{rng.randint(1, 12):02d}/2014"
    if mark == "@":
        return "Gullwick"
    if mark == "!":
        return rng.choice(_FACTS)
    if mark == "#":
        return {"phone": "01632 960771", "dob": "11/04/2003"}.get(name, f"{who}{name[:3].upper()}7")
    first, last, formal = _PEOPLE[name]
    if mark == "~" and name in _RELATIONS:
        return _RELATIONS[name]
    full = f"{first} {last}"
    said = full if mark == "=" else rng.choice((first, first, formal, full))
    return f"{said}'s" if tail == "'" else said
