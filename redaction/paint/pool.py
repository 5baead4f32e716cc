"""Painting many documents in several processes, a batch of pages at a time."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain

from redaction.paint.model import PaintedDocument, PaintJob, PaintSettings
from redaction.paint.pages import Work, assembled, leaves_of, matched, paint
from redaction.paint.rebuild import Leaf
from rights.errors import RefusedError

_BATCH = 24
_DEFAULT = PaintSettings()


def paint_many(
    jobs: Iterable[PaintJob], workers: int, *, settings: PaintSettings = _DEFAULT
) -> Iterator[PaintedDocument]:
    """The new file of each job, in the order given; the bytes do not depend on `workers`.

    Jobs are taken and pages handed out in batches, never more than a few ahead of what was taken,
    so that memory follows the largest document and not the bundle.

    Raises:
        InputError: As `paint`; nothing further is yielded.
        UnreadableError: As `paint`.
        RefusedError: A page worker died (killed, or out of memory).
    """
    rest = iter(jobs)
    first: list[PaintJob] = []
    pages = 0
    while workers > 1 and pages <= _BATCH and (job := next(rest, None)) is not None:
        first.append(job)
        pages += len(job.document.pages)
    if pages <= _BATCH:
        for job in chain(first, rest):
            yield paint(job.document, job.plans, settings=settings)
        return
    try:
        yield from _spread(chain(first, rest), workers, settings)
    except BrokenProcessPool as error:
        raise RefusedError(
            "paint.worker_died",
            "A process that paints pages ended before its pages were done.",
            "Nothing was kept. See whether the machine ran out of memory, then go on: the work "
            "begins again by itself.",
        ) from error


def _spread(
    jobs: Iterable[PaintJob], workers: int, settings: PaintSettings
) -> Iterator[PaintedDocument]:
    # Spawned, not forked: the caller may hold threads and locks.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        ahead: deque[tuple[PaintJob, list[Work], list[Future[list[Leaf]]]]] = deque()
        waiting = 0
        for job in jobs:
            work = matched(job.document, job.plans)
            batches = [work[i : i + _BATCH] for i in range(0, len(work), _BATCH)]
            futures = [pool.submit(_batch, job.document.pdf, b, settings) for b in batches]
            ahead.append((job, work, futures))
            waiting += len(futures)
            while len(ahead) > 1 and waiting > 4 * workers:
                waiting -= len(ahead[0][2])
                yield _taken(*ahead.popleft(), settings)
        while ahead:
            yield _taken(*ahead.popleft(), settings)


def _batch(pdf: bytes, work: Sequence[Work], settings: PaintSettings) -> list[Leaf]:
    return list(leaves_of(pdf, work, settings))


def _taken(
    job: PaintJob, work: list[Work], futures: list[Future[list[Leaf]]], settings: PaintSettings
) -> PaintedDocument:
    leaves = [leaf for future in futures for leaf in future.result()]
    return assembled(job.document.id, work, leaves, settings)
