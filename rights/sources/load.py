"""From the council's mapping files to sources that can be asked."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from pathlib import Path

from rights.errors import ConfigError
from rights.sources.answers import AnswersSource
from rights.sources.csvtables import CsvTables
from rights.sources.folder import FolderSource
from rights.sources.http import HttpSource
from rights.sources.indexed import IndexedFolderSource, has_its_index_inside
from rights.sources.jsontables import JsonTables
from rights.sources.mailbox import MailboxSource
from rights.sources.mapping import Mapping, load_mapping
from rights.sources.model import Source
from rights.sources.shapes import ShapeBook
from rights.sources.sql import SqlTables, sqlite_url
from rights.sources.tables import Tables
from rights.sources.tablesource import TableSource
from rights.sources.team import TeamSource
from rights.sources.xlsx import XlsxTables
from rights.sources.xmltables import XmlTables


def load_sources(
    folder: Path,
    base: Path,
    urls: MappingType[str, str] | None = None,
    shapes: Path | None = None,
) -> list[Source]:
    """Every source of the council, those that others are keyed by first.

    Args:
        folder: Holds one mapping (`*.yaml`) for each source.
        base: What the locations in the mappings are relative to.
        urls: Database addresses by source name, from the settings: they hold passwords.
        shapes: Folder in which accepted shapes are kept; without it none is compared.

    Raises:
        ConfigError: A mapping is wrong, a name is used twice, or `keyed_by` names no source.
    """
    mappings = [load_mapping(path) for path in sorted(folder.glob("*.yaml"))]
    names = [mapping.name for mapping in mappings]
    for mapping in mappings:
        if names.count(mapping.name) > 1:
            raise ConfigError(
                "sources.name_twice",
                f"Two source mappings are called '{mapping.name}'.",
                "Give each source its own name.",
            )
        if mapping.keyed_by and mapping.keyed_by not in names:
            raise ConfigError(
                "sources.keyed_by_unknown",
                f"The source '{mapping.name}' is keyed by '{mapping.keyed_by}', "
                "which is not a source.",
                "Correct keyed_by, or add the mapping of that source.",
            )
    mappings.sort(key=lambda mapping: bool(mapping.keyed_by))
    book = ShapeBook(shapes) if shapes else None
    sources = [make_source(mapping, base, urls, book) for mapping in mappings]
    tables = [source for source in sources if isinstance(source, TableSource)]
    for source in tables:
        if isinstance(source, IndexedFolderSource):
            source.beside = [other for other in tables if other is not source]
    return sources


def make_source(
    mapping: Mapping,
    base: Path,
    urls: MappingType[str, str] | None = None,
    book: ShapeBook | None = None,
) -> Source:
    """The adapter for one mapping. Nothing is opened before the source is asked."""
    path = base / mapping.location
    tables: Tables
    match mapping.kind:
        case "mailbox":
            return MailboxSource(mapping, path)
        case "folder":
            return FolderSource(mapping, path)
        case "answers":
            return AnswersSource(mapping, path)
        case "http":
            url = (urls or {}).get(mapping.name) or mapping.location
            return HttpSource(mapping, url)
        case "team":
            return TeamSource(mapping, path)
        case "sql":
            tables = SqlTables(mapping.name, (urls or {}).get(mapping.name) or sqlite_url(path))
        case "csv":
            tables = CsvTables(mapping.name, path)
        case "xlsx":
            tables = XlsxTables(mapping.name, path)
        case "xml":
            tables = XmlTables(mapping.name, path)
        case "json":
            tables = JsonTables(mapping.name, path)
    if has_its_index_inside(mapping, base):
        return IndexedFolderSource(mapping, tables, base, book)
    return TableSource(mapping, tables, base, book)
