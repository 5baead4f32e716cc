"""A folder of documents with an index that lies in it: both are looked at, and compared.

An index is kept by people. What it lists and the folder lacks, and what lies in the folder and no
index lists, are told; a file without an index entry is looked for by its name.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rights.sources.mapping import Documents, Mapping
from rights.sources.model import Capability, Probe, SearchTerms, SourceDocument, TermHit
from rights.sources.people import first
from rights.sources.shapes import ShapeBook
from rights.sources.tables import Tables, unreachable
from rights.sources.tablesource import TableSource
from rights.sources.terms import TermMatcher

_FILE = "file:"  # begins the key of a file that no index lists; keys of people are numbers
_LITTER = frozenset(["thumbs.db", "desktop.ini", ".ds_store"])


@dataclass(frozen=True, slots=True)
class Gaps:
    """How an index and its folder differ.

    Attributes:
        missing: Files that the index lists and the folder lacks.
        unlisted: Paths below the folder that no index lists; personal data.
    """

    missing: int = 0
    unlisted: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """In words, with counts only."""
        found: list[str] = []
        if self.missing:
            found.append(f"Files that the index lists and the folder lacks: {self.missing}.")
        if self.unlisted:
            found.append(
                f"Files in the folder that no index lists: {len(self.unlisted)}. They were looked "
                "for by their names only; to open each, whoever it is about, would be out of "
                "proportion."
            )
        return tuple(found)


class IndexedFolderSource(TableSource):
    """Documents by an index; those that it does not list by words in their paths.

    Attributes:
        beside: Other sources that list files, perhaps of the same folder.
    """

    def __init__(
        self, mapping: Mapping, tables: Tables, base: Path, book: ShapeBook | None = None
    ) -> None:
        super().__init__(mapping, tables, base, book)
        self.beside: Sequence[TableSource] = ()
        self._gaps = Gaps()

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What the index gives, and files by words."""
        return super().capabilities | {Capability.TERMS}

    @property
    def limits(self) -> tuple[str, ...]:
        """What a search here does not reach; after a probe also what the index does not list."""
        return (*super().limits, *(note for note in self._gaps.notes))

    def probe(self) -> Probe:
        """The index as a table, and the folder beside it."""
        found = super().probe()
        self._gaps = self.gaps()
        unread = (*found.unread, *self._gaps.notes)
        return Probe(found.source, found.shape, unread, found.told)

    def gaps(self) -> Gaps:
        """How the index and the folder differ now.

        Raises:
            SourceError: the folder may not be listed.
        """
        missing, unlisted = 0, dict[str, None]()
        for spec in self.mapping.documents:
            folder = self.base / spec.folder
            there = set(self._files(folder))
            missing += len(_listed(self, spec, folder) - there)
            known = self._listed_by_all(folder)
            unlisted |= dict.fromkeys(sorted(there - known))
        return Gaps(missing, tuple(unlisted))

    def find(self, terms: SearchTerms) -> Iterator[TermHit]:
        """Files that no index lists and whose path holds the person's name or a number."""
        matcher = TermMatcher(terms)
        for path in self.gaps().unlisted:
            kinds, sure = matcher.match(path.replace("_", " ").replace("/", " / "))
            if kinds:
                yield TermHit(f"{_FILE}{path}", kinds, sure)

    def count(self, keys: Collection[str]) -> int:
        """Rows and files of these people, and files of these paths."""
        people, paths = _split(keys)
        return super().count(people) + sum(1 for _ in self._by_path(paths))

    def documents(self, keys: Collection[str]) -> Iterator[SourceDocument]:
        """Files listed for these people, and files of these paths."""
        people, paths = _split(keys)
        yield from super().documents(people)
        yield from self._by_path(paths)

    def _by_path(self, paths: Collection[str]) -> Iterator[SourceDocument]:
        if not paths:
            return
        for spec in self.mapping.documents:
            folder = self.base / spec.folder
            for path in self._files(folder):
                if path in paths:
                    yield self.file(folder, path, key=f"{_FILE}{path}")

    def _listed_by_all(self, folder: Path) -> set[str]:
        known: set[str] = set()
        for source in (self, *self.beside):
            for spec in source.mapping.documents:
                if (source.base / spec.folder).resolve() == folder.resolve():
                    known |= _listed(source, spec, folder)
        return known

    def _files(self, folder: Path) -> Iterator[str]:
        """Paths below a folder, without the index and what programs leave behind."""

        def refuse(error: OSError) -> None:
            raise unreachable(self.name, "a folder inside it may not be listed") from error

        own = (self.base / self.mapping.location).resolve()
        for root, folders, files in os.walk(folder, onerror=refuse):
            folders.sort()
            for name in sorted(files):
                path = Path(root) / name
                if name.casefold() in _LITTER or name.startswith("~$"):
                    continue
                if path.resolve() == own or own in path.resolve().parents:
                    continue
                yield path.relative_to(folder).as_posix()


def has_its_index_inside(mapping: Mapping, base: Path) -> bool:
    """Whether a mapping lists documents of the folder in which its own file lies."""
    if mapping.kind in ("sql", "http"):
        return False
    own = (base / mapping.location).resolve()
    folders = [(base / spec.folder).resolve() for spec in mapping.documents]
    return any(folder in own.parents for folder in folders)


def _listed(source: TableSource, spec: Documents, folder: Path) -> set[str]:
    """Paths that one index lists, as they are written below the folder."""
    root = folder.resolve()
    found: set[str] = set()
    for row in source.rows(spec.table):
        if name := first(row, spec.file):
            path = (root / name.replace("\\", "/")).resolve()
            found.add(
                path.relative_to(root).as_posix() if path.is_relative_to(root) else f"../{name}"
            )
    return found


def _split(keys: Collection[str]) -> tuple[frozenset[str], frozenset[str]]:
    files = frozenset(key for key in keys if key.startswith(_FILE))
    return frozenset(keys) - files, frozenset(key.removeprefix(_FILE) for key in files)
