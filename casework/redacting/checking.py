"""Verifying a folder of finished files against a list, without a case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf

from redaction.document import Box
from redaction.exchange.mustnot import FileIn, MustNotFile
from redaction.verifying import (
    VerifyBox,
    VerifyJob,
    VerifyPage,
    VerifyPlace,
    Want,
    verify_pdf,
)
from rights.errors import InputError


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong. `file` counts from 1 in the order of names; holds no personal data."""

    file: int
    check: str
    cause: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a folder: nothing may leave unless `faults` is empty."""

    files: int
    pages: int
    faults: tuple[Fault, ...]
    read_again: int = 0
    """Pages whose picture was read by OCR."""


def verify_folder(
    folder: Path,
    wanted: MustNotFile,
    *,
    scratch: Path,
    workers: int = 1,
    thorough: bool = False,
) -> Checked:
    """Checks every file of a folder and its name; whatever cannot be checked is a fault.

    Args:
        folder: The files that are to leave.
        wanted: What must not be in them, and how their pages should be.
        scratch: Where the verifier's job may lie while it works.
        workers: Processes side by side.
        thorough: Read every page again by OCR, not only scans and pages with pictures.

    Raises:
        InputError: The folder is not there, or holds no file.
    """
    if not folder.is_dir():
        raise InputError("redact.no_folder", "There is no such folder.", "Name a folder of PDFs.")
    paths = sorted(p for p in folder.rglob("*") if not p.is_dir())
    if not paths:
        raise InputError("redact.empty_folder", "The folder is empty.", "Name a folder of PDFs.")
    expected = {f.name: f for f in wanted.files}
    names = [p.relative_to(folder).as_posix() for p in paths]
    faults: list[Fault] = []
    pages = again = 0
    for number, (path, name) in enumerate(zip(paths, names, strict=True), start=1):
        faults += _name_faults(number, name, wanted.forbidden)
        given = _Given(number, path, expected.get(name), thorough)
        done, read_again, found = _file(given, wanted, scratch, workers)
        pages += done
        again += read_again
        faults += found
    for missing in sorted(set(expected) - set(names)):
        place = wanted.files.index(expected[missing]) + 1
        faults.append(Fault(0, "file", f"files[{place - 1}] of the list is not in the folder"))
    return Checked(len(paths), pages, tuple(faults), again)


def _name_faults(number: int, name: str, forbidden: tuple[str, ...]) -> Iterator[Fault]:
    plain = _plain(name)
    for index, string in enumerate(forbidden):
        if _plain(string) and _plain(string) in plain:
            yield Fault(number, "forbidden", f"forbidden[{index}] is in the file's name")


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())


@dataclass(frozen=True, slots=True)
class _Given:
    """One file of the folder."""

    number: int
    path: Path
    expected: FileIn | None
    thorough: bool


def _file(
    given: _Given, wanted: MustNotFile, scratch: Path, workers: int
) -> tuple[int, int, list[Fault]]:
    """How many pages were checked, how many of them read again, and what is wrong."""
    number, path, expected = given.number, given.path, given.expected
    if path.is_symlink() or not path.is_file():
        return 0, 0, [Fault(number, "file", "is no ordinary file")]
    data = path.read_bytes()
    if not data.startswith(b"%PDF-"):
        return 0, 0, [Fault(number, "file", "is no PDF and was not checked")]
    if expected is not None and expected.sha256 not in (None, sha256(data).hexdigest()):
        return 0, 0, [Fault(number, "file", "is not the file that the list is about")]
    try:
        job = _job(data, expected, wanted.forbidden, workers)
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return 0, 0, [Fault(number, "file", "cannot be opened as a PDF")]
    job = replace(job, thorough=job.thorough or given.thorough)
    result = verify_pdf(data, job, scratch=scratch)
    faults = [
        Fault(
            number,
            f.check,
            f"forbidden[{f.index}]: {f.cause}"
            if f.check in ("forbidden", "ocr") and f.index is not None
            else f.cause,
            f.page,
        )
        for f in result.failures
    ]
    if not result.passed and not faults:
        faults.append(Fault(number, "crash", "the verifier gave no answer"))
    return len(job.pages), result.ocr_pages, faults


def _job(
    data: bytes, expected: FileIn | None, forbidden: tuple[str, ...], workers: int
) -> VerifyJob:
    if expected is None:
        with pikepdf.open(BytesIO(data)) as pdf:
            boxes = [Box(*(float(v) for v in page.mediabox)) for page in pdf.pages]
        sizes = [(round(b.right - b.left, 3), round(b.bottom - b.top, 3)) for b in boxes]
        pages = tuple(VerifyPage("disclosed", *size, ocr=True) for size in sizes)
        return VerifyJob(pages=pages, forbidden=forbidden, thorough=True, workers=workers)
    pages = tuple(
        VerifyPage(
            "disclosed",
            p.width,
            p.height,
            boxes=tuple(VerifyBox(Box(*b.box), b.label, b.fill) for b in p.boxes),
            ocr=p.ocr,
        )
        for p in expected.pages
    )
    places = tuple(VerifyPlace(p.page, Box(*p.box), p.text, Want(p.want)) for p in expected.places)
    return VerifyJob(pages=pages, forbidden=forbidden, places=places, workers=workers)
