"""DECISIONS.yaml: what becomes of everything that was found."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from redaction.decisions import Outcome
from redaction.exchange.base import BoxPoints, Offset, PageNumber, Reference, Sha256, Strict
from redaction.exchange.people import PeopleFile
from rights.release import DisclosureMode, FactKind, PersonDecision


class Otherwise(StrEnum):
    """What becomes of a finding that no decision settles."""

    REFUSE = "refuse"
    """Nothing is written until somebody has decided."""
    WITHHOLD = "withhold"
    """It is covered: unknown means withheld."""


class DocumentIn(Strict):
    """Which bytes the decisions are about."""

    id: Reference
    sha256: Sha256


class OnPerson(Strict):
    """One decision on a person, carried to every mention."""

    person: Reference
    kind: FactKind | Literal["all"] = "all"
    decision: PersonDecision


class OnFinding(Strict):
    """A decision on one finding by its id; it goes before the person's."""

    id: str
    outcome: Outcome
    code: str = ""
    mode: DisclosureMode = DisclosureMode.NAMED
    label: str = ""


class OnStretch(Strict):
    """A stretch of a page's text that somebody marked."""

    document: Reference
    page: PageNumber
    start: Offset
    end: Annotated[int, Field(ge=1)]
    outcome: Outcome
    code: str = "3P"
    mode: DisclosureMode = DisclosureMode.NAMED
    label: str = ""

    @model_validator(mode="after")
    def _is_a_stretch(self) -> OnStretch:
        if self.end <= self.start:
            raise ValueError("end must be greater than start")
        return self


class OnArea(Strict):
    """An area of a page to cover; without `box` the whole page stays back."""

    document: Reference
    page: Annotated[int, Field(ge=0, description="0: every page of the document.")]
    box: BoxPoints | None = None
    code: str = "3P"
    mode: DisclosureMode = DisclosureMode.NAMED
    label: str = ""

    @model_validator(mode="after")
    def _is_an_area(self) -> OnArea:
        if self.box and not (self.box[0] < self.box[2] and self.box[1] < self.box[3]):
            raise ValueError("a box is left, top, right, bottom")
        return self


class PageRead(Strict):
    """A page that a person has read: it is a picture, handwriting, or hard to read."""

    document: Reference
    page: PageNumber


class DecisionsFile(Strict):
    """Everything that was decided on a bundle. Personal data."""

    version: Literal[1]
    documents: Annotated[tuple[DocumentIn, ...], Field(min_length=1)]
    people: PeopleFile | None = Field(
        default=None, description="As PEOPLE.yaml; left out, only what is marked here is covered."
    )
    persons: tuple[OnPerson, ...] = ()
    findings: tuple[OnFinding, ...] = ()
    stretches: tuple[OnStretch, ...] = ()
    areas: tuple[OnArea, ...] = ()
    read_pages: tuple[PageRead, ...] = ()
    otherwise: Otherwise = Otherwise.REFUSE
    accept_differences: bool = Field(
        default=False, description="The same sentence may be treated two ways; somebody looked."
    )
