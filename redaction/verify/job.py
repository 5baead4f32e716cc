"""What the verifier is asked, and what it answers; both as JSON files."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

JOB_VERSION = 1

BoxPoints = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the top left corner of the page."""

Points = Annotated[float, Field(gt=0, le=14400)]
"""A page's side; the most a PDF may have without user units (ISO 32000-2 C.2)."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, allow_inf_nan=False)


class DecidedBox(_Strict):
    """A box that must be painted through and through but for its label."""

    box: BoxPoints
    label: str = ""
    fill: Literal["black", "paper"] = "black"


class ExpectedPage(_Strict):
    """One page of the file as the caller means it to be.

    `source` is 'ours' for pages we wrote (letters, index) and 'disclosed' for painted ones.
    `strip` is the height in points added at the foot for a page number; `width` and `height` are
    without it. `ocr` asks for a fresh reading of a page that carried images or scans.
    """

    source: Literal["ours", "disclosed"]
    width: Points
    height: Points
    strip: Annotated[float, Field(ge=0, le=200)] = 0.0
    boxes: tuple[DecidedBox, ...] = ()
    ocr: bool = False


class Place(_Strict):
    """A spot where a string must be gone or must remain; `page` counts from 1."""

    page: int
    box: BoxPoints
    text: str
    want: Literal["gone", "remain"]


class Keep(_Strict):
    """A page that must be there, with ink on it and this text (if any) in its text layer."""

    page: int
    text: str = ""


class Job(_Strict):
    """One file to check."""

    version: Literal[1]
    pdf: str
    pages: tuple[ExpectedPage, ...]
    forbidden: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    keep: tuple[Keep, ...] = ()
    thorough: bool = False
    workers: Annotated[int, Field(ge=1, le=64)] = 1


class Check(StrEnum):
    """Which check failed."""

    JOB = "job"
    FILE = "file"
    STRUCTURE = "structure"
    PAGES = "pages"
    CONTENT = "content"
    BOX = "box"
    INK = "ink"
    FORBIDDEN = "forbidden"
    PLACE = "place"
    KEEP = "keep"
    OCR = "ocr"
    CRASH = "crash"


class Failure(BaseModel):
    """One failure. `index` counts from 0 into the job's list that the check is about."""

    model_config = ConfigDict(frozen=True)

    check: Check
    cause: str
    page: int | None = None
    index: int | None = None


class Result(BaseModel):
    """The verifier's answer. Only `passed` lets anything leave."""

    model_config = ConfigDict(frozen=True)

    verifier: str
    passed: bool
    pdf_sha256: str = ""
    pages: int = 0
    boxes: int = 0
    words: int = 0
    ocr_pages: int = 0
    tools: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
