"""From a mapping to what can be done in its source."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from pathlib import Path

from rights.errors import ConfigError
from rights.sources.actions.byhand import HandActions
from rights.sources.actions.files import FolderActions
from rights.sources.actions.orders import SourceActions
from rights.sources.actions.sql import SqlActions
from rights.sources.mapping import Mapping
from rights.sources.sql import sqlite_url
from rights.sources.values import column_name


def make_actions(
    mapping: Mapping,
    base: Path,
    urls: MappingType[str, str] | None = None,
    write_urls: MappingType[str, str] | None = None,
) -> SourceActions:
    """The adapter that acts in one source. Nothing is opened before it is asked.

    Args:
        mapping: The source.
        base: What the locations in mappings are relative to.
        urls: Read-only database addresses by source name, as for searching.
        write_urls: Addresses that may write. A database without one is acted on by hand: the
            right to write is given on purpose and never taken from the right to read.

    Raises:
        ConfigError: ``sources.actions_id``: a table is acted on by another id than the one that
            searches give, so that an order would miss its record.
    """
    path = base / mapping.location
    _same_ids(mapping)
    if mapping.kind == "sql":
        read = (urls or {}).get(mapping.name) or sqlite_url(path)
        return SqlActions(mapping, read, (write_urls or {}).get(mapping.name), base)
    if mapping.kind == "folder":
        return FolderActions(mapping, path)
    return HandActions(mapping)


def _same_ids(mapping: Mapping) -> None:
    searched = {spec.table: spec.id for spec in (*mapping.records, *mapping.documents)}
    for spec in mapping.actions.tables if mapping.actions else ():
        found = searched.get(spec.table, spec.id)
        if found is None or column_name(found) != column_name(spec.id):
            raise ConfigError(
                "sources.actions_id",
                f"In the mapping of '{mapping.name}', `actions` and the search name rows of "
                f"'{spec.table}' by different columns.",
                "Give both the same `id`.",
            )
