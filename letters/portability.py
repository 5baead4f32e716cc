"""The letter about taking data elsewhere in a form that a machine can read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from letters.context import LetterBase
from letters.parts import ComplaintRoute, check_routes
from rights.errors import InputError


@dataclass(frozen=True, slots=True)
class ExportFile:
    """The file that is handed over beside the letter.

    Attributes:
        name: Its file name, of the reference.
        sha256: So that the reader, or whoever takes it in, can tell that it is this one.
        records: How many records it holds.
        inside: The files in it, each with what it is.
    """

    name: str
    sha256: str
    records: int
    inside: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PortabilityLetter(LetterBase):
    """What was decided about a machine-readable copy (UK GDPR Arts 12(3)-(4) and 20).

    Raises:
        InputError: Neither a file nor a reason is given, or the ways to complain are missing.
    """

    kind: ClassVar[str] = "portability_letter"

    received: dt.date
    file: ExportFile | None = None
    how_handed: str = ""
    """How the reader gets the file, as a sentence."""
    not_covered: tuple[str, ...] = ()
    """Records that the right does not reach, with the reason, one sentence each."""
    citation: str = ""
    copy_asked: bool = False
    """A request for a copy was opened as well."""
    routes: tuple[ComplaintRoute, ...] = ()

    def __post_init__(self) -> None:
        # dataclass(slots=True) makes a new class, so a bare super() would not find its base.
        LetterBase.__post_init__(self)
        if (
            (self.file is None and not self.not_covered)
            or bool(self.file) != bool(self.how_handed)
            or bool(self.not_covered) != bool(self.citation)
        ):
            raise InputError(
                "letters.portability_mismatch",
                "The letter about a machine-readable copy does not fit what was decided.",
                "Check the decision on this request and make the letter again.",
            )
        if self.not_covered:
            check_routes(self.routes, self.date)
