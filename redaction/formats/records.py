"""A table row or case note of a source, as something that can be read like a file.

A record travels as canonical JSON, so that it can be hashed and kept as evidence like any file and
read again later with the same result.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from redaction.formats.limits import Incoming

MARK = b'{"rightsdesk-record":1,'


@dataclass(frozen=True, slots=True)
class Record:
    """What one entry of a source says.

    Attributes:
        title: Heading of the page ("Case note", "School census 2019").
        fields: Names and values, in order; empty values are left out.
        rows: A table: the first row is its head.
        text: The note itself; line breaks are kept.
        date: As it is to be shown; empty if the source gives none.
    """

    title: str
    fields: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    text: str = ""
    date: str = ""

    def to_bytes(self) -> bytes:
        """Canonical JSON; the same record always gives the same bytes."""
        body = {
            "rightsdesk-record": 1,
            "title": self.title,
            "fields": self.fields,
            "rows": self.rows,
            "text": self.text,
            "date": self.date,
        }
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()

    def incoming(self, document_id: str) -> Incoming:
        """The record as a document for `read` or `read_many`."""
        return Incoming(document_id, "", self.to_bytes())


def load_record(data: bytes) -> Record:
    """The record that `Record.to_bytes` wrote."""
    body: dict[str, Any] = json.loads(data)
    return Record(
        title=body["title"],
        fields=tuple((str(name), str(value)) for name, value in body["fields"]),
        rows=tuple(tuple(str(cell) for cell in row) for row in body["rows"]),
        text=body["text"],
        date=body["date"],
    )
