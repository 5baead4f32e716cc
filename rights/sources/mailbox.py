"""Mailboxes: mbox files, Maildir, and folders of .eml and .msg. Searched by words."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from rights.errors import UnreadableError
from rights.sources.faults import Fault, Faults
from rights.sources.mapped import MappedSource
from rights.sources.mapping import Mapping
from rights.sources.message import Mail, read_eml, read_msg
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
    "Messages were searched in their headers, their text and the names of attachments, and not "
    "inside attachments. A message that gives neither a name nor a number of the person was found "
    "only if it answers one that does. To read every message of the team would take months."
)
LINE_LIMIT = 10_000_000
"""Bytes in one line. RFC 5322 allows 998 characters; a page in HTML may come as one line."""
MESSAGE_LIMIT = 200_000_000
"""Bytes in one message, its attachments among them."""
_FROM = re.compile(rb"From ")
_TIME = re.compile(rb"\d\d?:\d\d")
_MSG = "application/vnd.ms-outlook"
_EML = "message/rfc822"


class MailboxSource(MappedSource):
    """One mailbox; a message's key is the hash of its bytes, the same on every run."""

    def __init__(self, mapping: Mapping, path: Path) -> None:
        super().__init__(mapping)
        self._path = path
        self._unread = 0
        self._met = Faults(mapping.name)

    @property
    def limits(self) -> tuple[str, ...]:
        """What a search here does not reach."""
        unread = f"{self._unread} messages could not be read and need a person."
        return (_OWN_LIMIT, *super().limits, *([unread] if self._unread else []))

    @property
    def capabilities(self) -> frozenset[Capability]:
        """Documents, by words."""
        return frozenset([Capability.DOCUMENTS, Capability.TERMS])

    def probe(self) -> Probe:
        """The mailbox opens and every message in it can be read."""
        self.check_in_use()
        self._unread = 0
        for media, data in self._messages():
            try:
                _read(media, data)
            except UnreadableError:
                self._unread += 1
        unread = (f"{self._unread} messages cannot be read",) if self._unread else ()
        return Probe(self.name, (), (*unread, *self._met.notes))

    def faults(self) -> tuple[Fault, ...]:
        """Messages that were given up because of their size since the mailbox was last read."""
        return self._met.faults

    def _messages(self) -> Iterator[tuple[str, bytes]]:
        self._met.begin(self.name)
        if self._path.is_file():
            for number, found in enumerate(split_mbox(self._path), 1):
                if isinstance(found, bytes):
                    yield _EML, found
                else:
                    self._give_up(number, found.what)
        elif self._path.is_dir():
            for number, path in enumerate(self._files(), 1):
                if path.stat().st_size > MESSAGE_LIMIT:
                    self._give_up(number, TooLarge().what)
                else:
                    yield (_MSG if path.suffix.lower() == ".msg" else _EML), path.read_bytes()
        else:
            raise unreachable(self.name)

    def _files(self) -> Iterator[Path]:
        for path in sorted(self._path.rglob("*")):
            if path.is_file() and "tmp" not in path.relative_to(self._path).parts[:-1]:
                yield path

    def _give_up(self, number: int, what: str) -> None:
        self._met.add(Fault(self.name, number, "", what, "message"))

    def find(self, terms: SearchTerms) -> Iterator[TermHit]:
        """Messages that hold any of the terms, and the rest of their threads.

        One that cannot be read is a hit to look at.
        """
        matcher = TermMatcher(terms)
        threads: set[str] = set()
        others: dict[str, frozenset[str]] = {}
        for media, data in self._messages():
            thread: frozenset[str] = frozenset()
            try:
                mail = _read(media, data)
                kinds, sure = matcher.match(mail.text)
                thread = mail.thread
            except UnreadableError:
                kinds, sure = ("unreadable",), False
            if kinds:
                threads |= thread
                yield TermHit(_key(data), kinds, sure)
            elif thread:
                others[_key(data)] = thread
        for key in _same_threads(threads, others):
            yield TermHit(key, ("same thread",), False)

    def people(self) -> Iterator[SourcePerson]:
        """A mailbox lists no people."""
        return iter(())

    def count(self, keys: Collection[str]) -> int:
        """Different messages with these keys."""
        chosen = frozenset(keys)
        return len({key for _, data in self._messages() if (key := _key(data)) in chosen})

    def records(self, keys: Collection[str]) -> Iterator[SourceRecord]:
        """A mailbox holds no rows."""
        return iter(())

    def documents(self, keys: Collection[str]) -> Iterator[SourceDocument]:
        """The messages with these keys, each once, as files."""
        left = set(keys)
        for media, data in self._messages():
            key = _key(data)
            if key not in left:
                continue
            left.discard(key)
            title, date = _title(media, data)
            ending = "msg" if media == _MSG else "eml"
            yield SourceDocument(
                self.name, key, key, f"{key}.{ending}", media, date, title, _Opener(data)
            )

    def relations(self, keys: Collection[str]) -> Iterator[Relation]:
        """A mailbox knows of nobody around the person."""
        return iter(())


@dataclass(frozen=True, slots=True)
class TooLarge:
    """Stands where a message would, that is too large to be read."""

    what: str = f"the message is larger than {MESSAGE_LIMIT // 1_000_000} MB"


_ENDLESS = TooLarge(f"the message has a line of more than {LINE_LIMIT // 1_000_000} MB")


def split_mbox(path: Path) -> Iterator[bytes | TooLarge]:
    r"""Messages of an mbox file, streamed; ``>From`` quoting is undone (RFC 4155, mboxrd).

    A line ``From `` is a border at the start of the file, and after an empty line when it holds
    a time as the format demands: writers that do not quote leave sentences that begin so. A message
    that is too large, or has a line without end, is given up; those after it are read.
    """
    lines: list[bytes] = []
    large: TooLarge | None = None
    started, size = False, 0
    blank = whole = True
    with path.open("rb") as stream:
        while line := stream.readline(LINE_LIMIT):
            begins, whole = whole, line.endswith(b"\n") or len(line) < LINE_LIMIT
            if begins and blank and _FROM.match(line) and (not started or _TIME.search(line)):
                if started:
                    yield large or b"".join(lines)
                lines, started, size, large = [], True, 0, None
            elif started and large is None:
                quoted = begins and line.startswith(b">") and line.lstrip(b">").startswith(b"From ")
                lines.append(line[1:] if quoted else line)
                size += len(line)
                large = _ENDLESS if not whole else TooLarge() if size > MESSAGE_LIMIT else None
                if large:
                    lines = []
            blank = begins and line in (b"\n", b"\r\n")
    if started:
        yield large or b"".join(lines)


def _same_threads(known: set[str], others: dict[str, frozenset[str]]) -> Iterator[str]:
    """Keys of messages that belong to the known threads, however many replies away."""
    grown = True
    while grown:
        found = [key for key, thread in others.items() if thread & known]
        grown = bool(found)
        for key in found:
            known |= others.pop(key)
            yield key


def _key(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:24]


def _read(media: str, data: bytes) -> Mail:
    return read_msg(data) if media == _MSG else read_eml(data)


def _title(media: str, data: bytes) -> tuple[str, dt.date | None]:
    try:
        mail = _read(media, data)
    except UnreadableError:
        return "", None
    return mail.subject, mail.date


class _Opener:
    """Carries a message's bytes and does not show them when it is printed."""

    __slots__ = ("_data",)

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __call__(self) -> bytes:
        return self._data
