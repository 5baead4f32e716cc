"""Places that people search: paper, boxes, microfiche, messages, another body's records.

The machine finds nothing here. A sheet goes out, a signed return comes in, and what was found is
put, scanned, into a folder under the reference of the case.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from rights.sources.files import open_inside
from rights.sources.mapped import MappedSource
from rights.sources.mapping import Mapping, Team
from rights.sources.model import (
    Capability,
    Probe,
    Relation,
    SourceDocument,
    SourcePerson,
    SourceRecord,
)


class TeamSource(MappedSource):
    """One place that is asked by a sheet; its keys are references of cases."""

    def __init__(self, mapping: Mapping, folder: Path) -> None:
        super().__init__(mapping)
        self._folder = folder

    @property
    def team(self) -> Team:
        """Who is asked, and what."""
        assert self.mapping.team is not None
        return self.mapping.team

    @property
    def capabilities(self) -> frozenset[Capability]:
        """Asked by a sheet; what comes back are files."""
        return frozenset([Capability.ASKED, Capability.DOCUMENTS])

    def probe(self) -> Probe:
        """Nothing to try: whether people answer shows when they are asked."""
        self.check_in_use()
        return Probe(self.name)

    def people(self) -> Iterator[SourcePerson]:
        """Paper lists nobody."""
        return iter(())

    def _files(self, keys: Collection[str]) -> Iterator[tuple[str, str]]:
        for key in sorted(keys):
            root = self._folder / key
            if not root.resolve().is_relative_to(self._folder.resolve()):
                continue
            for place, folders, files in os.walk(root):
                folders.sort()
                for file in sorted(files):
                    yield key, (Path(place) / file).relative_to(root).as_posix()

    def count(self, keys: Collection[str]) -> int:
        """Files that came back for these cases."""
        return sum(1 for _ in self._files(keys))

    def records(self, keys: Collection[str]) -> Iterator[SourceRecord]:
        """Paper has no rows."""
        return iter(())

    def documents(self, keys: Collection[str]) -> Iterator[SourceDocument]:
        """The files that came back for these cases."""
        for key, path in self._files(keys):
            opener, media = open_inside(self._folder / key, path)
            name = path.rpartition("/")[2]
            yield SourceDocument(
                self.name, key, f"{key}/{path}", name, media, None, self.title, opener
            )

    def relations(self, keys: Collection[str]) -> Iterator[Relation]:
        """Paper says who is who only when it is read."""
        return iter(())
