"""The entries of a file that a person may contest, and every copy of one, wherever it lies.

A sibling's file may hold the same note. It is read for nothing but its copies of an entry that is
already the subject's, so that putting one right leaves no wrong one behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from casework.collect import about_of, wanted_documents
from casework.judged import confirmed_keys
from casework.office import Work
from redaction.formats.records import load_record
from rights.errors import RightsdeskError
from rights.events.kinds import EvidenceCollected
from rights.sources import Capability, Source, SourceRecord

_IS_RECORD = b'{"rightsdesk-record"'
_TELLING = 60
"""So many characters are not the same by chance; shorter ones must be of the same day as well."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record or document.

    Attributes:
        source: Which source.
        record: Its id there, as orders take it.
        title: What it is called.
        dated: The day it bears, as text; may be empty.
        text: Its words as far as they can be read here; empty for a file.
        author: Who wrote it, where the source says so.
        copy_of: Row id of the record that it is a copy of.
        own: It lies in the subject's own file.
        is_file: It is a document and no row.
        document: Id of the evidence copy; empty for an entry of another file.
    """

    source: str
    record: str
    title: str
    dated: str
    text: str = field(default="", repr=False)
    author: str = ""
    copy_of: str = ""
    own: bool = True
    is_file: bool = False
    document: str = ""


def own_entries(work: Work) -> tuple[Entry, ...]:
    """What is held in the subject's own file, by day; every copy of the same bytes too."""
    documents = work.case.documents
    wanted = set(wanted_documents(work))
    bytes_of = {documents[d].sha256 for d in wanted if documents[d].size}
    found = [
        _entry(work, kept)
        for name, kept in documents.items()
        if name in wanted or (kept.size and kept.sha256 in bytes_of)
    ]
    return tuple(sorted(found, key=lambda e: (e.dated or "9999", e.source, e.record)))


def _entry(work: Work, kept: EvidenceCollected) -> Entry:
    about = about_of(kept)
    data = work.get(kept.file)
    plain = Entry(
        source=kept.source,
        record=about.get("item", ""),
        title=about.get("title", ""),
        dated=kept.dated.isoformat() if kept.dated else "",
        copy_of=about.get("copy_of", ""),
        document=kept.document,
        is_file=True,
    )
    if not data.startswith(_IS_RECORD):
        return plain
    record = load_record(data)
    author = next((v for label, v in record.fields if label == "Recorded by"), "")
    return replace(plain, text=record.text, author=author, is_file=False)


def with_copies(work: Work, chosen: Iterable[Entry]) -> tuple[Entry, ...]:
    """These entries with every copy of them, the subject's own first.

    Copies are found by the link that the system keeps, and by the same words.
    """
    found = list(chosen)
    known = {(e.source, e.record) for e in found}
    others = [*own_entries(work), *_in_other_files(work)]
    grew = True
    while grew:
        fresh = [
            e
            for e in others
            if (e.source, e.record) not in known and any(_same(e, f) for f in found)
        ]
        found += fresh
        known |= {(e.source, e.record) for e in fresh}
        grew = bool(fresh)
    found += _originals(work, found, known)
    return tuple(sorted(found, key=lambda e: not e.own))


def _in_other_files(work: Work) -> Iterator[Entry]:
    """The rows of the people around the subject; of the family only, never of a worker."""
    own = confirmed_keys(work)
    family: dict[str, set[str]] = {}
    for source in work.office.sources:
        held = own.get(source.keyed_by, frozenset())
        if held and Capability.RELATIONS in source.capabilities:
            keys = {r.other_key for r in source.relations(held) if r.other_key and not r.worker}
            family.setdefault(source.keyed_by, set()).update(keys - held)
    for source in work.office.sources:
        keys = family.get(source.keyed_by, set())
        if keys and Capability.RECORDS in source.capabilities:
            yield from (_of_another(source, r) for r in source.records(frozenset(keys)))


def _of_another(source: Source, record: SourceRecord) -> Entry:
    return Entry(
        source=source.name,
        record=record.record_id,
        title=record.title,
        dated=record.date.isoformat() if record.date else "",
        text=record.text,
        author=record.author,
        copy_of=record.copy_of,
        own=False,
    )


def _same(one: Entry, other: Entry) -> bool:
    if one.source == other.source and _table(one) == _table(other):
        links = {
            (one.copy_of, _row(other)),
            (other.copy_of, _row(one)),
            (one.copy_of, other.copy_of),
        }
        if any(a and a == b for a, b in links):
            return True
    words = _words(one.text)
    if not words or words != _words(other.text):
        return False
    return len(words) >= _TELLING or (bool(one.dated) and one.dated == other.dated)


def _originals(work: Work, found: list[Entry], known: set[tuple[str, str]]) -> list[Entry]:
    """What a copy says it was copied from, though nobody around the subject has it."""
    out: list[Entry] = []
    for entry in found:
        record = f"{_table(entry)}:{entry.copy_of}"
        if not entry.copy_of or (entry.source, record) in known:
            continue
        try:
            there = work.office.actions[entry.source].state(record).present
        except RightsdeskError:
            there = False  # it cannot be read back by machine; whoever acts by hand looks
        if there:
            known.add((entry.source, record))
            out.append(Entry(entry.source, record, entry.title, entry.dated, copy_of="", own=False))
    return out


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()


def _table(entry: Entry) -> str:
    return entry.record.partition(":")[0]


def _row(entry: Entry) -> str:
    return entry.record.partition(":")[2]
