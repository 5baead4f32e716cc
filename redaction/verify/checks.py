"""The whole check of one file, page work spread over processes when asked."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import pikepdf
from pikepdf import Name

from redaction.verify import VERSION
from redaction.verify.job import Check, Failure, Job, Result
from redaction.verify.pages import (
    Asked,
    Tally,
    asked_of,
    check_batch,
    check_pages,
    open_file,
)
from redaction.verify.strings import Forbidden, too_short
from redaction.verify.structure import Walk
from redaction.verify.wholefile import Bytes, check_bytes, check_raw, in_pieces, mapped

_NOT_TEXT = ("picture", "drawing", "face file")


def verify(job: Job) -> Result:
    """Checks everything the job asks of its file. Never raises for what the file is."""
    name = f"redaction.verify {VERSION}"
    with Path(job.pdf).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    tally = Tally()
    try:
        failures = list(_failures(job, tally))
    except Exception as error:
        # Fail closed: whatever the file did to us, it does not leave. The error's own text may
        # hold what the file holds, so only its kind is told.
        failures = [Failure(check=Check.CRASH, cause=type(error).__name__)]
    return Result(
        verifier=name,
        passed=not failures,
        pdf_sha256=digest,
        pages=len(job.pages),
        boxes=sum(len(page.boxes) for page in job.pages),
        words=tally.words,
        ocr_pages=tally.ocr_pages,
        tools=tuple(
            f"{library} {version(library)}" for library in ("pypdfium2", "pikepdf", "pillow")
        ),
        failures=tuple(failures),
    )


def _failures(job: Job, tally: Tally) -> Iterator[Failure]:
    asked = list(_job_failures(job))
    if asked:
        yield from asked
        return
    with pikepdf.open(job.pdf) as pdf, mapped(job.pdf) as data:
        yield from check_bytes(data, pdf)
        if len(pdf.pages) != len(job.pages):
            yield Failure(
                check=Check.PAGES,
                cause=f"the file has {len(pdf.pages)} pages and not {len(job.pages)}",
            )
            return
        walk = Walk(pdf, [page.source for page in job.pages])
        yield from _once(walk.failures())
        yield from _hidden_strings(walk, job, data)
    for part in _spread(job):
        yield from part.failures
        tally.words += part.words
        tally.ocr_pages += part.ocr_pages


def _job_failures(job: Job) -> Iterator[Failure]:
    """What cannot be checked as asked; a question the verifier cannot answer is a refusal."""
    if not job.pages:
        yield Failure(check=Check.JOB, cause="no page is expected")
    for index in too_short(job.forbidden):
        yield Failure(check=Check.JOB, index=index, cause="too short to be forbidden everywhere")
    for index, place in enumerate(job.places):
        is_there = 1 <= place.page <= len(job.pages)
        if not is_there or job.pages[place.page - 1].source != "disclosed":
            yield Failure(check=Check.JOB, index=index, cause="a place on no disclosed page")
    for index, keep in enumerate(job.keep):
        if not 1 <= keep.page <= len(job.pages):
            yield Failure(check=Check.KEEP, index=index, cause="the page is missing")


def _hidden_strings(walk: Walk, job: Job, data: Bytes) -> Iterator[Failure]:
    """Forbidden strings in names, titles, metadata, and in bytes raw or decompressed."""
    forbidden = Forbidden(job.forbidden)
    said = [*set(walk.strings)]
    for rule, stream in walk.streams:
        if rule == "metadata":
            said.append(stream.read_bytes().decode("utf-8", "replace"))
    for index in sorted(frozenset[int]().union(*(forbidden.hits(text) for text in said))):
        yield Failure(check=Check.FORBIDDEN, index=index, cause="found in names or metadata")
    yield from check_raw(_blocks(walk, data, job.forbidden), job.forbidden)


def _blocks(walk: Walk, data: Bytes, forbidden: tuple[str, ...]) -> Iterator[bytes]:
    yield from in_pieces(data, forbidden)
    for rule, stream in walk.streams:
        if rule not in _NOT_TEXT or stream.get("/Subtype") == Name.Form:
            yield stream.read_bytes()
    for item in walk.containers():
        yield item.read_bytes()


def _once(failures: Iterator[Failure]) -> Iterator[Failure]:
    """Each cause once: a thousand annotations are one thing to put right."""
    seen: set[str] = set()
    for failure in failures:
        if failure.cause not in seen:
            seen.add(failure.cause)
            yield failure


_FEWEST, _PAGES_AN_OCR_PAGE = 60, 25
"""Starting other processes takes as long as checking so many pages; one read again, so many."""
_BATCH, _BATCHES_A_WORKER = 12, 100
"""Pages that a worker is told of at a time, and how often."""


def _spread(job: Job) -> Iterator[Tally]:
    by_ocr = sum(page.ocr or job.thorough for page in job.pages)
    if job.workers == 1 or len(job.pages) + _PAGES_AN_OCR_PAGE * by_ocr < _FEWEST:
        yield check_pages(job.pdf, job.forbidden, asked_of(job), thorough=job.thorough)
        return
    # A worker is told of a few pages at a time and ends after many: its memory does not follow
    # the file's length, and pages to be read by OCR do not all fall to one.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        job.workers,
        mp_context=context,
        initializer=open_file,
        initargs=(job.pdf, job.forbidden, job.thorough),
        max_tasks_per_child=_BATCHES_A_WORKER,
    ) as pool:
        waiting: deque[Future[Tally]] = deque()
        for batch in _batches(asked_of(job)):
            waiting.append(pool.submit(check_batch, batch))
            if len(waiting) > 2 * job.workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _batches(asked: Iterator[Asked]) -> Iterator[tuple[Asked, ...]]:
    while batch := tuple(islice(asked, _BATCH)):
        yield batch
