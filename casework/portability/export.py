"""The machine-readable export: JSON with its schema, and CSV, in one ZIP; always the same bytes.

Law: UK GDPR Art 20(1): structured, commonly used, machine-readable. Only rows are in it: a document
is not data that can be taken in elsewhere, and is given as a copy.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from redaction.formats.records import Record

SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Personal data handed over in a form that machines read",
    "type": "object",
    "required": ["reference", "made_on", "records"],
    "additionalProperties": False,
    "properties": {
        "reference": {"type": "string"},
        "made_on": {"type": "string", "format": "date"},
        "records": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["source", "kind", "title", "date", "fields", "text"],
                "additionalProperties": False,
                "properties": {
                    "source": {"type": "string"},
                    "kind": {"type": "string"},
                    "title": {"type": "string"},
                    "date": {"type": "string"},
                    "fields": {"type": "object", "additionalProperties": {"type": "string"}},
                    "text": {"type": "string"},
                },
            },
        },
    },
}
"""What `data.json` of an export keeps to; it goes with it as `schema.json`."""

_STAMP = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the ZIP, so that the same data give the same bytes."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record to be given: what it says, and where it stands."""

    source: str
    kind: str
    record: Record


@dataclass(frozen=True, slots=True)
class Export:
    """The ZIP with what is in it."""

    data: bytes
    sha256: str
    records: int
    inside: tuple[str, ...]


def make_export(reference: str, made_on: str, rows: Iterable[Row]) -> Export:
    """The export of these records; the same records give the same bytes."""
    given = [_as_json(row) for row in rows]
    body = {"reference": reference, "made_on": made_on, "records": given}
    tables: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for item in given:
        tables.setdefault((item["source"], item["kind"]), []).append(item)
    files = {"data.json": _json(body), "schema.json": _json(SCHEMA)}
    inside = ["data.json: everything", "schema.json: what the parts of data.json mean"]
    for number, ((source, kind), items) in enumerate(tables.items(), start=1):
        files[f"table-{number}.csv"] = _csv(items)
        inside.append(f"table-{number}.csv: {kind}, from {source}")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    data = out.getvalue()
    return Export(data, sha256(data).hexdigest(), len(given), tuple(inside))


def _as_json(row: Row) -> dict[str, Any]:
    record = row.record
    return {
        "source": row.source,
        "kind": row.kind,
        "title": record.title,
        "date": record.date,
        "fields": {name: value for name, value in record.fields if value},
        "text": record.text,
    }


def _json(body: Mapping[str, Any]) -> bytes:
    return (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode()


def _csv(items: list[dict[str, Any]]) -> bytes:
    """RFC 4180, with a byte order mark so that spreadsheets read the letters right."""
    names = list(dict.fromkeys(name for item in items for name in item["fields"]))
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("title", "date", *names, "text"))
    for item in items:
        values = (item["fields"].get(name, "") for name in names)
        cells = (item["title"], item["date"], *values, item["text"])
        writer.writerow(_harmless(str(cell)) for cell in cells)
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
