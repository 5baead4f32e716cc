"""Documents of any kind to the one normal form (`redaction.document`).

The type is told from the bytes; each document is read in a process without network and with bounded
time and memory; every byte that comes in is on a page, in `hidden`, in `attachments`, or behind an
`unreadable` task.
"""

from __future__ import annotations

from redaction.formats.limits import Incoming, Limits
from redaction.formats.pool import read, read_many, read_record, text_pages
from redaction.formats.records import Record

__all__ = ["Incoming", "Limits", "Record", "read", "read_many", "read_record", "text_pages"]
