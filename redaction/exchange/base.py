"""What the files have in common."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Reference = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z][A-Za-z0-9_.-]*$")]
"""A document (D1, D1.2) or a person (P02)."""
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
PageNumber = Annotated[int, Field(ge=1)]
Offset = Annotated[int, Field(ge=0)]
BoxPoints = Annotated[
    tuple[float, float, float, float],
    Field(description="Left, top, right, bottom in points from the top left corner of the page."),
]


class Strict(BaseModel):
    """Nothing unknown may stand in a file: a misspelt field would be a decision nobody made."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class DocumentOut(Strict):
    """One document of a bundle, as it was read."""

    id: Reference
    name: str = Field(description="The file's name as given; personal data.")
    parent: str = Field(default="", description="The document it was attached to.")
    sha256: Sha256
    media_type: str
    pages: int
    hidden: int = Field(description="How many items extract but are not seen; see `inspect`.")
    tools: tuple[str, ...] = ()


class UnreadableOut(Strict):
    """A document, or a part of one, that could not be read: a task for a person."""

    document: Reference
    code: str
    why: str
    next_step: str


class NeedsEyes(Strict):
    """A page that a person must look at before it can leave."""

    document: Reference
    page: PageNumber
    why: str
