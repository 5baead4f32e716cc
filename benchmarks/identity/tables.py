"""Tables of people under ten lines of mapping, as the sources of a council are."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

from rights.sources import Source, load_sources

FEBRL_FULL = {
    "forenames": "given_name",
    "surname": "surname",
    "dob": "date_of_birth",
    "address": ["street_number", "address_1", "address_2", "suburb", "state"],
    "postcode": "postcode",
}
FEBRL_SHORT = {
    "forenames": "given_name",
    "surname": "surname",
    "dob": "date_of_birth",
    "postcode": "postcode",
}
FEBRL_ID = {**FEBRL_FULL, "identifiers": {"social_security": "soc_sec_id"}}
FAKE = {
    "forenames": "first_name",
    "surname": "surname",
    "dob": "dob",
    "address": "city",
    "email": "email",
}


def columns_of(fields: dict[str, object]) -> list[str]:
    """Every column that a mapping names."""
    out: list[str] = []
    for value in fields.values():
        named = value.values() if isinstance(value, dict) else value
        out += [named] if isinstance(named, str) else [str(column) for column in named]
    return out


def mapping(name: str, key: str, fields: dict[str, object]) -> dict[str, object]:
    """A mapping of column names and nothing else."""
    return {
        "name": name,
        "title": name,
        "kind": "csv",
        "record_kind": "educational record",
        "location": ".",
        "people": {"table": f"{name}.csv", "key": key, "fields": fields},
    }


def as_source(
    folder: Path,
    name: str,
    key: str,
    fields: dict[str, object],
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
) -> Source:
    """Writes the table and its mapping and opens them as the council's sources are opened."""
    home = folder / name
    home.mkdir()
    with (home / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    (home / f"{name}.yaml").write_text(yaml.safe_dump(mapping(name, key, fields)))
    return load_sources(home, home)[0]
