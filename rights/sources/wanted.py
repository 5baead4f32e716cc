"""Which columns of which table a mapping needs."""

from __future__ import annotations

from rights.sources.mapping import Mapping
from rights.sources.values import column_name


def wanted_columns(mapping: Mapping) -> dict[str, tuple[str, ...]]:
    """Table to the columns its mapping names, each once, as `column_name` writes them."""
    found: dict[str, dict[str, None]] = {}

    def need(table: str, *columns: str | None) -> None:
        names = found.setdefault(table, {})
        names.update((column_name(column), None) for column in columns if column)

    if people := mapping.people:
        need(people.table, people.key, people.merged_into, *people.fields.columns())
        for child in people.also:
            need(child.table, child.key, *child.fields.columns())
    for record in mapping.records:
        shown = record.fields if isinstance(record.fields, list) else []
        need(record.table, record.key, record.id, record.date, record.title, record.text)
        need(record.table, record.author, record.copy_of, record.state, *shown)
    for document in mapping.documents:
        need(document.table, document.key, document.file, document.id, document.title)
        need(document.table, document.date)
    for relation in mapping.relations:
        need(relation.table, relation.key, relation.other, relation.relationship)
        need(relation.table, relation.category, relation.start, relation.end)
    for named in mapping.named:
        need(named.table, named.key, named.column)
    if workers := mapping.workers:
        need(workers.table, workers.key, *workers.fields.columns())
        need(workers.table, workers.role, workers.team, workers.organisation)
        if workers.allocations:
            need(workers.allocations, workers.person, workers.worker, workers.start, workers.end)
    if warnings := mapping.warnings:
        need(warnings.table, warnings.key, warnings.code, warnings.end)
    return {table: tuple(names) for table, names in found.items()}
