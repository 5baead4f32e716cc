"""MUST-NOT.json: what must not be found in files that are about to leave."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from redaction.exchange.base import BoxPoints, PageNumber, Sha256, Strict


class BoxIn(Strict):
    """A box that must be painted through and through."""

    box: BoxPoints
    label: str = ""
    fill: Literal["black", "paper"] = "black"


class PageIn(Strict):
    """One page as it should be; lengths in points."""

    width: Annotated[float, Field(gt=0, le=14400)]
    height: Annotated[float, Field(gt=0, le=14400)]
    boxes: tuple[BoxIn, ...] = ()
    ocr: bool = Field(default=True, description="Read it again by OCR.")


class PlaceIn(Strict):
    """A spot where a string must be gone or must remain."""

    page: PageNumber
    box: BoxPoints
    text: str
    want: Literal["gone", "remain"]


class FileIn(Strict):
    """One file by its name; `apply` writes these. Without it every page is read again by OCR."""

    name: str
    sha256: Sha256 | None = None
    pages: Annotated[tuple[PageIn, ...], Field(min_length=1)]
    places: tuple[PlaceIn, ...] = ()


class MustNotFile(Strict):
    """Strings that must be nowhere, and how each file should look. Personal data."""

    version: Literal[1]
    forbidden: tuple[Annotated[str, Field(min_length=3)], ...] = ()
    files: tuple[FileIn, ...] = ()

    @model_validator(mode="after")
    def _asks_something(self) -> MustNotFile:
        if not self.forbidden and not self.files:
            raise ValueError("neither `forbidden` nor `files` asks for anything")
        if len({f.name for f in self.files}) != len(self.files):
            raise ValueError("two entries of `files` have the same name")
        return self
