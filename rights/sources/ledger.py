"""The ledger of a search: per source what was asked and how it ended. Silence is never an end."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from rights.errors import IntegrityError


class Status(StrEnum):
    """How asking one source ended, or that it has not ended yet."""

    PENDING = "pending"
    FOUND = "found"
    PARTIAL = "partial"
    """Some of it could not be read; what could is kept, and a person looks at the rest."""
    NOTHING_HELD = "nothing held"
    CANNOT_SEARCH = "cannot search by this"
    DESTROYED = "destroyed on schedule"
    LOST = "lost"
    ELSEWHERE = "held elsewhere"
    """Another body holds it for itself; the note says whom to ask."""
    SUSPENDED = "suspended"
    """Taken out of use for a while, such as a system that is being moved."""
    FAILED = "failed"


OPEN = frozenset(
    {Status.PENDING, Status.PARTIAL, Status.CANNOT_SEARCH, Status.SUSPENDED, Status.FAILED}
)
"""Ends that leave something to be done: searched again, or gone on without for a stated reason."""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One source in one case's search.

    Attributes:
        asked: Kinds of term the source was asked with ("key of case_system", "nhs", "name").
            Never the values: they are in the case.
        rows_in: What the source said it holds, counted apart from fetching.
        rows_accounted: What arrived as records or documents.
        unsure: Items found by a name alone, which a person must look at before they count.
        code: The error's code when the source failed.
        note: A plain sentence for the search certificate.
        unread: Rows that could not be read; each is named in the note or in the source's probe.
        seconds: Time taken; no part of equality, so that two runs compare equal.
    """

    source: str
    status: Status
    asked: tuple[str, ...] = ()
    rows_in: int = 0
    rows_accounted: int = 0
    unsure: int = 0
    code: str = ""
    note: str = ""
    limits: tuple[str, ...] = ()
    adapter: str = "1"
    unread: int = 0
    seconds: float = field(default=0.0, compare=False)

    def __post_init__(self) -> None:
        if self.status is Status.FOUND and not self.rows_in == self.rows_accounted > 0:
            raise IntegrityError(
                "sources.rows_unaccounted",
                f"The source '{self.source}' holds {self.rows_in} rows; "
                f"{self.rows_accounted} are accounted for.",
                "Search this source again; if the numbers differ again, tell its owner.",
            )

    @property
    def settled(self) -> bool:
        """Whether nothing more need be done for this source."""
        return self.status not in OPEN
