"""What comes in, and how much time and memory the reading of it may take."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Incoming:
    """One document to read.

    `name` is a hint only (an extension where the bytes say nothing); it is personal data and is
    never written to disk, an error or a log.
    """

    document_id: str
    name: str = field(repr=False)
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for hostile or broken files; what goes over them becomes a task for a human."""

    seconds: float = 60.0
    """How long a reader may go without finishing a page or a step before it is stopped."""
    memory_mb: int = 3072
    """Address space of a reader, in MiB."""
    pages: int = 5000
    """Pages per document."""
    unpacked_mb: int = 1024
    """What a ZIP container (DOCX, XLSX) may unpack to, in MiB."""
    cells: int = 60_000
    """Cells of a workbook or table that are set out as pages."""
    office_seconds: float = 60.0
    """LibreOffice: for starting up and for the first document."""
    office_seconds_each: float = 10.0
    """LibreOffice: for each further document of a batch."""
