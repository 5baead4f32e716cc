"""The health professional who is asked. Personal data; lives sealed in the case's events."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Professional(BaseModel):
    """Who is asked, and why this one is appropriate.

    Law: DPA 2018 Sch 3 para 2.

    Attributes:
        name: With the title.
        qualification: What makes them a health professional.
        why: Which of the law's reasons makes them the appropriate one.
        address: Where the letter goes; none when it is handed over.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Line
    qualification: Line
    why: Line
    address: tuple[Line, ...] = ()


class Giver(BaseModel):
    """Who gave an opinion."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Line
    qualification: Line
