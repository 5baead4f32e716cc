"""How long the pages of a case take on this machine, and how much room: told on day one.

Rates are measured from what this machine has read, painted and verified before, and kept beside the
store: counts, bytes and seconds, of no case. Until something was measured they are those of two
shared cores (`benchmarks`), and the estimate says so.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from time import perf_counter

from pydantic import BaseModel, ConfigDict, ValidationError

from casework.collect import about_of
from casework.office import Office
from rights.case import Case
from rights.errors import ConfigError
from rights.events.kinds import EvidenceCollected
from rights.road import Stage, road_of
from rights.store.files import replace as replace_file

FILE = "rates.json"
READ, OCR, PAINT, VERIFY = "read", "ocr", "paint", "verify"
STEPS = (READ, OCR, PAINT, VERIFY)
_ASSUMED = {READ: 0.05, OCR: 2.5, PAINT: 0.06, VERIFY: 0.06}
"""Seconds a page on one core, before anything was measured."""
_SORTS: dict[str, tuple[frozenset[str], float, float]] = {
    "text": (frozenset({"", "txt", "csv", "json", "html", "htm", "eml", "rtf"}), 300.0, 0.0),
    "office": (frozenset({"doc", "docx", "odt", "xls", "xlsx", "ods"}), 100.0, 0.0),
    "picture": (frozenset({"tif", "tiff", "jpg", "jpeg", "png", "heic", "bmp", "gif"}), 1.0, 1.0),
    "other": (frozenset(), 12.0, 0.3),
}
"""Sorts of file by the ends of their names: pages that a megabyte comes to, and the share of them
that are pictures of paper, before anything of the sort was read here. A record has no name."""
_BYTES_A_PAGE = 60_000
"""Most that a painted page takes (the bar of the benchmarks)."""
_COPIES = 4
"""A painted page stands alone and in the pack, each in the working folder and in the vault."""
_VIEW = 2
"""Bytes of what is kept of a document that was read, by bytes that came in."""
_FEWEST = 20
"""Pages that must have been measured before a rate is believed."""


class Measured(BaseModel):
    """What this machine did so far."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pages: dict[str, int] = {}
    """By step."""
    seconds: dict[str, float] = {}
    """By step."""
    sizes: dict[str, int] = {}
    """Bytes of the documents read, by their sort."""
    counts: dict[str, int] = {}
    """Their pages, by sort."""
    scans: dict[str, int] = {}
    """Those of them that are pictures of paper, by sort."""

    def expected(self, sort: str, size: int) -> tuple[float, float]:
        """Pages, and scans among them, that so many bytes of a sort of file come to."""
        _, a_megabyte, share = _SORTS[sort]
        pages, read = self.counts.get(sort, 0), self.sizes.get(sort, 0)
        if pages >= _FEWEST and read:
            a_megabyte, share = pages / read * 1e6, self.scans.get(sort, 0) / pages
        return size / 1e6 * a_megabyte, size / 1e6 * a_megabyte * share

    def rate(self, step: str) -> tuple[float, bool]:
        """Seconds a page, and whether that was measured."""
        pages = self.pages.get(step, 0)
        if pages < _FEWEST:
            return _ASSUMED[step], False
        return self.seconds.get(step, 0.0) / pages, True


@dataclass(frozen=True, slots=True)
class ReadSize:
    """A document that was read: its sort, the bytes it came as, its pages, and scans among them."""

    sort: str
    size: int
    pages: int
    scans: int


def sort_of(collected: EvidenceCollected) -> str:
    """The sort of file that a document came as."""
    end = PurePath(about_of(collected).get("name", "")).suffix.removeprefix(".").lower()
    return next((sort for sort, (ends, _, _) in _SORTS.items() if end in ends), "other")


@dataclass(frozen=True, slots=True)
class Effort:
    """What lies ahead of a case.

    Attributes:
        documents: How many there are.
        pages: How many pages; an estimate until all of them are read.
        scans: Pages to be read by OCR, likewise.
        counted: Whether the pages are counted and not estimated.
        seconds: By step, with what is done already left out.
        measured: Whether the rates are this machine's own.
        needs: Bytes of disk that what is still to be done takes.
        free: Bytes that are free.
    """

    documents: int
    pages: int
    scans: int
    counted: bool
    seconds: dict[str, float]
    measured: bool
    needs: int
    free: int

    @property
    def minutes(self) -> int:
        """All steps together, rounded up."""
        return int(sum(self.seconds.values()) / 60) + 1

    def as_dict(self) -> dict[str, object]:
        """For JSON: counts, minutes of this machine and megabytes."""
        return {
            "documents": self.documents,
            "pages": self.pages,
            "scans": self.scans,
            "counted": self.counted,
            "minutes": self.minutes,
            "measured": self.measured,
            "needs_mb": _megabytes(self.needs),
            "free_mb": _megabytes(self.free),
        }

    def in_words(self) -> str:
        """In one phrase: '340 pages, 25 minutes'."""
        about = "" if self.counted else "about "
        pages = f"{self.pages} page{'s' * (self.pages != 1)}"
        return f"{about}{pages}, {self.minutes} minute{'s' * (self.minutes != 1)}"


def effort_ahead(office: Office, case: Case) -> Effort | None:
    """The estimate, where collected documents are to be read and painted; None otherwise."""
    if case.closed is not None or all(step.stage is not Stage.READ for step in road_of(case)):
        return None
    sealed = case.seal is not None and (case.part is None or case.part.last)
    return None if sealed or not case.documents else effort_of(office, case)


def effort_of(office: Office, case: Case) -> Effort:
    """The estimate for a case whose documents are collected, from the day they are."""
    known = measured(office)
    unread = [e for name, e in case.documents.items() if name not in case.read]
    size = sum(e.size for e in unread)
    read_pages = sum(done.pages for done in case.read.values())
    read_scans = sum(done.scans + done.photos for done in case.read.values())
    # A document has a page at least.
    guesses = [known.expected(sort_of(e), e.size) for e in unread]
    to_read = round(sum(max(1.0, pages) for pages, _ in guesses))
    to_scan = min(to_read, round(sum(scans and max(1.0, scans) for _, scans in guesses)))
    sealed = {d for p in case.parts if p.seal is not None for d in p.documents}
    done = sum(case.read[d].pages for d in sealed if d in case.read)
    ahead = read_pages + to_read - done
    workers = max(1, office.settings.workers)
    work = {READ: to_read - to_scan, OCR: to_scan, PAINT: ahead, VERIFY: ahead}
    rates = {step: known.rate(step) for step in STEPS}
    return Effort(
        documents=len(case.documents),
        pages=read_pages + to_read,
        scans=read_scans + to_scan,
        counted=not unread,
        seconds={step: work[step] * rates[step][0] / workers for step in STEPS},
        measured=all(sure for step, (_, sure) in rates.items() if work[step]),
        needs=size * _VIEW + ahead * _BYTES_A_PAGE * _COPIES,
        free=_free(office),
    )


def require_room(office: Office, pages: int) -> None:
    """Refuse to begin painting what the disk cannot hold: nothing is half done.

    Raises:
        ConfigError: ``disk.full``, with how much is missing.
    """
    needs, free = pages * _BYTES_A_PAGE * _COPIES, _free(office)
    if needs > free:
        raise ConfigError(
            "disk.full",
            f"{pages} pages need about {_megabytes(needs)} MB, and {_megabytes(free)} MB are free.",
            "Make room where the case files are kept; the step is then tried again.",
        )


@contextmanager
def timed(office: Office, step: str, pages: int) -> Generator[None]:
    """Measures a step over pages, for the next estimate; nothing is noted if it fails."""
    began = perf_counter()
    yield
    note(office, step, pages, perf_counter() - began)


def note(
    office: Office, step: str, pages: int, seconds: float, read: Iterable[ReadSize] = ()
) -> None:
    """Add to what was measured; of two processes at once one may be forgotten.

    Args:
        office: The office.
        step: Read, ocr, paint or verify.
        pages: How many pages it was.
        seconds: How long it took, by the clock.
        read: The documents that were read with this.
    """
    documents = tuple(read)
    if not pages and not documents:
        return
    known = measured(office)
    # By core: the next estimate may be for another number of workers.
    spent = seconds * max(1, office.settings.workers)
    kept = known.model_copy(
        update={
            "pages": {**known.pages, step: known.pages.get(step, 0) + pages},
            "seconds": {**known.seconds, step: known.seconds.get(step, 0.0) + spent},
            "sizes": _added(known.sizes, ((d.sort, d.size) for d in documents)),
            "counts": _added(known.counts, ((d.sort, d.pages) for d in documents)),
            "scans": _added(known.scans, ((d.sort, d.scans) for d in documents)),
        }
    )
    path = _path(office)
    replace_file(path, [json.dumps(kept.model_dump()).encode()])


def measured(office: Office) -> Measured:
    """What this machine did so far; nothing where the file is gone or damaged."""
    try:
        return Measured.model_validate_json(_path(office).read_bytes())
    except (OSError, ValidationError):
        return Measured()


def _added(before: Mapping[str, int], more: Iterable[tuple[str, int]]) -> dict[str, int]:
    found = Counter(before)
    for sort, count in more:
        found[sort] += count
    return dict(found)


def read_noted(office: Office, documents: Sequence[ReadSize], seconds: float) -> None:
    """Note a batch of reading, split by what plain pages and scans cost."""
    scans = sum(d.scans for d in documents)
    plain = sum(d.pages for d in documents) - scans
    each = measured(office).rate(READ)[0] / max(1, office.settings.workers)
    on_plain = seconds if not scans else min(seconds, plain * each)
    note(office, READ, plain, on_plain, documents)
    note(office, OCR, scans, seconds - on_plain)


def _path(office: Office) -> Path:
    return office.settings.home / FILE


def _free(office: Office) -> int:
    return shutil.disk_usage(office.settings.home).free


def _megabytes(size: int) -> int:
    return round(size / 1e6)
