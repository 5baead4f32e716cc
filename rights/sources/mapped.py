"""What every source takes from its mapping."""

from __future__ import annotations

from rights.classes import RecordKind
from rights.sources.mapping import Mapping
from rights.sources.nothing import suspended


class MappedSource:
    """Base of the adapters: identity and limits as the council's mapping gives them."""

    version = "2"
    """Goes up when the same source would be read differently; the ledger keeps it."""

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping

    @property
    def name(self) -> str:
        """Short stable name."""
        return self.mapping.name

    @property
    def title(self) -> str:
        """What officers call it."""
        return self.mapping.title

    @property
    def controller(self) -> str:
        """Whose data it is."""
        return self.mapping.controller

    @property
    def keyed_by(self) -> str:
        """The source whose keys are used; its own name when its own."""
        return self.mapping.keyed_by or self.mapping.name

    @property
    def limits(self) -> tuple[str, ...]:
        """What a search here does not reach."""
        return tuple(f"{limit.text} {limit.reason}" for limit in self.mapping.limits)

    def check_in_use(self) -> None:
        """Nothing, unless the mapping says that the source is out of use.

        Raises:
            SuspendedError: it is.
        """
        if self.mapping.suspended:
            raise suspended(self.name, self.mapping.suspended)

    @property
    def record_kind(self) -> RecordKind:
        """What kind of record in law it holds."""
        return self.mapping.record_kind
