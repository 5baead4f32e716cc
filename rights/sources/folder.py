"""Folders of documents without an index: found by their names, then read by people.

Folders with an index are a `csv` source with a `documents` table.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from rights.sources.files import open_inside
from rights.sources.mapped import MappedSource
from rights.sources.mapping import Mapping
from rights.sources.model import (
    Capability,
    Probe,
    Relation,
    SearchTerms,
    SourceDocument,
    SourcePerson,
    SourceRecord,
    TermHit,
)
from rights.sources.tables import unreachable
from rights.sources.terms import TermMatcher

_OWN_LIMIT = (
    "Files were looked for by the names of files and folders. To open every file, whoever it is "
    "about, would be out of proportion."
)


class FolderSource(MappedSource):
    """Documents in a folder tree; keys are paths below it."""

    def __init__(self, mapping: Mapping, folder: Path) -> None:
        super().__init__(mapping)
        self._folder = folder

    @property
    def limits(self) -> tuple[str, ...]:
        """What a search here does not reach."""
        return (_OWN_LIMIT, *super().limits)

    @property
    def capabilities(self) -> frozenset[Capability]:
        """Documents, by words."""
        return frozenset([Capability.DOCUMENTS, Capability.TERMS])

    def probe(self) -> Probe:
        """The folder is there and may be listed all the way down."""
        self.check_in_use()
        for _ in self._paths():
            pass
        return Probe(self.name)

    def _paths(self) -> Iterator[str]:
        if not self._folder.is_dir():
            raise unreachable(self.name)

        def refuse(error: OSError) -> None:
            raise unreachable(self.name, "a folder inside it may not be listed") from error

        for root, folders, files in os.walk(self._folder, onerror=refuse):
            folders.sort()
            for file in sorted(files):
                yield (Path(root) / file).relative_to(self._folder).as_posix()

    def find(self, terms: SearchTerms) -> Iterator[TermHit]:
        """Files whose path holds the person's name or a number of theirs."""
        matcher = TermMatcher(terms)
        for path in self._paths():
            kinds, sure = matcher.match(path.replace("_", " ").replace("/", " / "))
            if kinds:
                yield TermHit(path, kinds, sure)

    def people(self) -> Iterator[SourcePerson]:
        """A folder lists no people."""
        return iter(())

    def count(self, keys: Collection[str]) -> int:
        """Files with these paths."""
        chosen = frozenset(keys)
        return sum(path in chosen for path in self._paths())

    def records(self, keys: Collection[str]) -> Iterator[SourceRecord]:
        """A folder holds no rows."""
        return iter(())

    def documents(self, keys: Collection[str]) -> Iterator[SourceDocument]:
        """The files with these paths."""
        chosen = frozenset(keys)
        for path in self._paths():
            if path in chosen:
                opener, media = open_inside(self._folder, path)
                name = path.rpartition("/")[2]
                yield SourceDocument(self.name, path, path, name, media, None, "", opener)

    def relations(self, keys: Collection[str]) -> Iterator[Relation]:
        """A folder knows of nobody around the person."""
        return iter(())
