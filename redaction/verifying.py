"""Starting the verifier, as a process of its own, and reading its answer.

This module does not import `redaction.verify`: the two share a file format and nothing else. The
job holds the forbidden strings, so it is written to a scratch folder of the caller's and removed
as soon as the verifier has ended.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from redaction.document import Box, PageKind
from redaction.paint.closing import carried
from redaction.paint.model import PaintedPage
from rights.errors import VerificationError

JOB_VERSION = 1
_LINE_EDGE = 2.0
"""Points above and below a word where the next line's letters may reach."""
_SECONDS = 60.0
_SECONDS_A_PAGE = 1.0
_SECONDS_AN_OCR_PAGE = 60.0


class Want(StrEnum):
    """What must be true of a string at a place."""

    GONE = "gone"
    REMAIN = "remain"


@dataclass(frozen=True, slots=True)
class VerifyBox:
    """A decided box, with the label printed in it and what it is painted with."""

    box: Box
    label: str = ""
    fill: str = "black"


@dataclass(frozen=True, slots=True)
class VerifyPage:
    """One page of the outgoing file as it should be; lengths in points.

    `source` is 'ours' or 'disclosed'; `strip` the height added at the foot for a page number.
    """

    source: str
    width: float
    height: float
    strip: float = 0.0
    boxes: tuple[VerifyBox, ...] = ()
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class VerifyPlace:
    """A spot on page `page` (from 1) of the file where `text` must be gone or remain."""

    page: int
    box: Box
    text: str = field(repr=False)
    want: Want


@dataclass(frozen=True, slots=True)
class VerifyKeep:
    """A page that must be in the file, with this text on it if any is given."""

    page: int
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class VerifyJob:
    """Everything asked of one outgoing file. Personal data."""

    pages: tuple[VerifyPage, ...]
    forbidden: tuple[str, ...] = field(default=(), repr=False)
    places: tuple[VerifyPlace, ...] = ()
    keep: tuple[VerifyKeep, ...] = ()
    thorough: bool = False
    """Read every disclosed page again by OCR, not only those that carried images or scans."""
    workers: int = 1


@dataclass(frozen=True, slots=True)
class VerifierFailure:
    """One failure: the check, its cause, the page, and the index into the job's list."""

    check: str
    cause: str
    page: int | None
    index: int | None


@dataclass(frozen=True, slots=True)
class VerifierResult:
    """The verifier's answer. Without `passed`, nothing may leave. Holds no personal data."""

    verifier: str
    passed: bool
    pdf_sha256: str
    pages: int
    boxes: int
    words: int
    ocr_pages: int
    tools: tuple[str, ...]
    failures: tuple[VerifierFailure, ...]

    def require(self) -> VerifierResult:
        """This result, if it passed.

        Raises:
            VerificationError: It did not; the sentence tells the first failures.
        """
        if self.passed:
            return self
        told = "; ".join(
            f"{f.check}: {f.cause}" + (f" (page {f.page})" if f.page else "")
            for f in self.failures[:3]
        )
        raise VerificationError(
            "verify.refused",
            f"The outgoing file did not pass the independent check: {told}.",
            "Nothing has left. Put right what is named and seal again.",
        )


def verify_page(page: PaintedPage, *, strip: float = 0.0) -> VerifyPage:
    """What the verifier is to expect of a painted page; pictures of paper are read again."""
    boxes = tuple(VerifyBox(b.box, b.label, b.fill.value) for b in page.boxes)
    has_picture = page.kind is not PageKind.TEXT or page.carries_pictures
    return VerifyPage("disclosed", page.width, page.height, strip, boxes, has_picture)


def verify_place(number: int, page: PaintedPage, box: Box, text: str, want: Want) -> VerifyPlace:
    """Where a string is looked for on an outgoing page.

    A word that is to be gone is looked for where it stood and no further: a neighbour that a line
    drew closer, or the line below, may have the same letter.

    Args:
        number: Of the outgoing page.
        page: As it was painted.
        box: Where the string stands on the source page.
        text: The string.
        want: Whether it must be gone or must remain.
    """
    if want is Want.REMAIN:
        return VerifyPlace(number, carried(box, page.moved), text, want)
    at = carried(box, page.moved, 0.0)
    edge = min(_LINE_EDGE, 0.2 * (at.bottom - at.top))
    return VerifyPlace(number, replace(at, top=at.top + edge, bottom=at.bottom - edge), text, want)


def verify_pdf(
    pdf: bytes | Path, job: VerifyJob, *, scratch: Path, timeout: float | None = None
) -> VerifierResult:
    """Has the very bytes checked by another process.

    Args:
        pdf: The file as it would leave, before encryption, or where it lies.
        job: What must be true of it.
        scratch: An existing folder for the job's files; they are removed again.
        timeout: Seconds to wait; by default as the number of pages asks.

    Returns:
        The answer. A crash, a timeout or an answer about other bytes is a refusal.
    """
    with tempfile.TemporaryDirectory(dir=scratch, prefix="verify-") as folder:
        here = Path(folder)
        file = pdf if isinstance(pdf, Path) else here / "pack.pdf"
        if isinstance(pdf, bytes):
            file.write_bytes(pdf)
        (here / "job.json").write_text(_as_json(job, file.absolute()), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "redaction.verify",
            str(here / "job.json"),
            str(here / "result.json"),
        ]
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=timeout or _patience(job), check=False
            )
        except subprocess.TimeoutExpired:
            return _refusal("timeout")
        if done.returncode not in (0, 1, 2) or not (here / "result.json").exists():
            return _refusal(f"the verifier ended with {done.returncode}")
        result = _read(json.loads((here / "result.json").read_bytes()))
        if result.passed and (
            done.returncode != 0
            or result.pdf_sha256 != _digest(file)
            or result.pages != len(job.pages)
        ):
            return _refusal("the answer is not about this file")
    return result


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _patience(job: VerifyJob) -> float:
    read_again = sum(1 for p in job.pages if p.ocr or (job.thorough and p.source == "disclosed"))
    return _SECONDS + len(job.pages) * _SECONDS_A_PAGE + read_again * _SECONDS_AN_OCR_PAGE


def _as_json(job: VerifyJob, pdf: Path) -> str:
    body: dict[str, Any] = {
        "version": JOB_VERSION,
        "pdf": str(pdf),
        "pages": [_page_out(page) for page in job.pages],
        "forbidden": list(job.forbidden),
        "places": [
            {"page": p.page, "box": _corners(p.box), "text": p.text, "want": p.want.value}
            for p in job.places
        ],
        "keep": [asdict(keep) for keep in job.keep],
        "thorough": job.thorough,
        "workers": job.workers,
    }
    return json.dumps(body)


def _page_out(page: VerifyPage) -> dict[str, Any]:
    boxes = [{"box": _corners(b.box), "label": b.label, "fill": b.fill} for b in page.boxes]
    return {
        "source": page.source,
        "width": page.width,
        "height": page.height,
        "strip": page.strip,
        "boxes": boxes,
        "ocr": page.ocr,
    }


def _corners(box: Box) -> list[float]:
    return [box.left, box.top, box.right, box.bottom]


def _read(body: dict[str, Any]) -> VerifierResult:
    failures = tuple(
        VerifierFailure(f["check"], f["cause"], f["page"], f["index"]) for f in body["failures"]
    )
    return VerifierResult(
        verifier=body["verifier"],
        passed=bool(body["passed"]) and not failures,
        pdf_sha256=body["pdf_sha256"],
        pages=body["pages"],
        boxes=body["boxes"],
        words=body["words"],
        ocr_pages=body["ocr_pages"],
        tools=tuple(body["tools"]),
        failures=failures,
    )


def _refusal(cause: str) -> VerifierResult:
    failure = VerifierFailure("crash", cause, None, None)
    return VerifierResult("redaction.verify", False, "", 0, 0, 0, 0, (), (failure,))
