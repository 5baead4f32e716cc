"""What every source takes from its mapping."""

from __future__ import annotations

from rights.classes import RecordKind
from rights.sources.mapping import Mapping


class MappedSource:
    """Base of the adapters: identity and limits as the council's mapping gives them."""

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
        return tuple(self.mapping.limits)

    @property
    def record_kind(self) -> RecordKind:
        """What kind of record in law it holds."""
        return self.mapping.record_kind
