"""Answers of services that were asked for one person: a JSON file for each person asked about.

The shape is that of the prison and probation services' subject access answers: `content` holds
everything about the person who was asked for. The file's name is the key it was asked by.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any, cast

from rights.sources.files import media_of, open_inside
from rights.sources.jsontables import flatten, read_json
from rights.sources.mapped import MappedSource
from rights.sources.mapping import Mapping
from rights.sources.model import (
    Capability,
    Probe,
    Relation,
    SourceDocument,
    SourcePerson,
    SourceRecord,
)
from rights.sources.tables import unreachable
from rights.sources.values import clean, read_date

_DATE_KEY = re.compile(r"date|created|modified|_at$|At$|time", re.IGNORECASE)
_FILE_KEY = re.compile(r"(?:^|\.)(?:filename|fileName|file_name)$")
_URL_KEY = re.compile(r"(?:^|\.)attachment\.url$")


class AnswersSource(MappedSource):
    """A folder of JSON answers, one for each key; `attachments/` beside them holds their files."""

    def __init__(self, mapping: Mapping, folder: Path) -> None:
        super().__init__(mapping)
        self._folder = folder

    @property
    def capabilities(self) -> frozenset[Capability]:
        """Rows and attachments, by key."""
        return frozenset([Capability.RECORDS, Capability.DOCUMENTS])

    def probe(self) -> Probe:
        """The folder is there and every answer in it is JSON with a `content`."""
        self.check_in_use()
        if not self._folder.is_dir():
            raise unreachable(self.name)
        for path in sorted(self._folder.glob("*.json")):
            self._content(path)
        return Probe(self.name)

    def _content(self, path: Path) -> Any:
        answer = read_json(self.name, path)
        if not isinstance(answer, dict) or "content" not in answer:
            raise unreachable(self.name, "an answer has no content")
        return cast("dict[str, Any]", answer)["content"]

    def answers(self, keys: Collection[str]) -> Iterator[tuple[str, Any]]:
        """The answer for each of these keys that has one."""
        for key in sorted(keys):
            path = self._folder / f"{key}.json"
            if path.resolve().is_relative_to(self._folder.resolve()) and path.is_file():
                yield key, self._content(path)

    def people(self) -> Iterator[SourcePerson]:
        """A service does not list the people it knows."""
        return iter(())

    def count(self, keys: Collection[str]) -> int:
        """Rows and attachments in the answers for these keys."""
        rows = sum(len(list(_rows(content, ""))) for _, content in self.answers(keys))
        return rows + sum(1 for _ in self.documents(keys))

    def records(self, keys: Collection[str]) -> Iterator[SourceRecord]:
        """Every entry of every list in an answer; what is in no list makes one entry together."""
        for key, content in self.answers(keys):
            for number, (title, row) in enumerate(_rows(content, ""), 1):
                leaves = [(path, clean(value)) for path, value in flatten(row)]
                fields = tuple((path, value) for path, value in leaves if value)
                dates = (read_date(v) for path, v in fields if _DATE_KEY.search(path))
                yield SourceRecord(
                    source=self.name,
                    key=key,
                    record_id=f"{key}:{number}",
                    date=next((date for date in dates if date), None),
                    title=title or self.title,
                    text="\n".join(f"{path}: {value}" for path, value in fields),
                    fields=fields,
                )

    def documents(self, keys: Collection[str]) -> Iterator[SourceDocument]:
        """Attachments named in the answers; one that was not delivered fails when opened."""
        for key, content in self.answers(keys):
            for number, (shown, stored) in enumerate(_attachments(content), 1):
                opener = self.opener(stored)
                document, media = f"{key}:attachment {number}", media_of(shown)
                yield SourceDocument(self.name, key, document, shown, media, None, "", opener)

    def opener(self, stored: str) -> Callable[[], bytes]:
        """What reads an attachment, by the address or name under which the answer names it."""
        # Services deliver an attachment under its address, not under the name it was uploaded by.
        return open_inside(self._folder / "attachments", stored.rpartition("/")[2])[0]

    def relations(self, keys: Collection[str]) -> Iterator[Relation]:
        """An answer does not say who is who."""
        return iter(())


def _attachments(content: Any) -> list[tuple[str, str]]:
    """Pairs of the name shown and the address, or the name again where no address is given."""
    stored: dict[str, str] = {}
    shown: dict[str, str] = {}
    for path, value in flatten(content):
        if _FILE_KEY.search(path) and clean(value):
            shown[path.rpartition(".")[0]] = clean(value)
        elif _URL_KEY.search(path) and clean(value):
            stored[path.removesuffix(".url").rpartition(".")[0]] = clean(value)
    return [(name, stored.get(where, name)) for where, name in shown.items()]


def _rows(node: Any, title: str) -> Iterator[tuple[str, Any]]:
    """Splits an answer into rows: (where it was, the row)."""
    if isinstance(node, list):
        for item in cast("list[Any]", node):
            yield title, item
        return
    if not isinstance(node, dict):
        if clean(node):
            yield title, node
        return
    rest: dict[str, Any] = {}
    for name, value in cast("dict[str, Any]", node).items():
        if isinstance(value, list) or (isinstance(value, dict) and not title):
            yield from _rows(value, f"{title}.{name}" if title else name)
        else:
            rest[name] = value
    if any(clean(value) for _, value in flatten(rest)):
        yield title, rest
