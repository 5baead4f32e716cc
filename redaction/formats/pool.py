"""Reads many documents: reader processes side by side, LibreOffice once, results in order."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from redaction.document import Attachment, ReadDocument, Unreadable, load_pages
from redaction.formats import frames, office
from redaction.formats.limits import Incoming, Limits
from redaction.formats.records import Record
from redaction.formats.sandbox import Sandbox
from redaction.formats.sniff import TO_DOCX, TO_XLSX, Kind
from redaction.formats.view import unread

_WORTH_A_READER = 12
_BATCH, _BATCH_BYTES = 200, 200 << 20
"""Documents, and bytes of them, that are held at a time."""
_SUFFIXES = {Kind.DOC: "doc", Kind.RTF: "rtf", Kind.ODT: "odt", Kind.XLS: "xls", Kind.ODS: "ods"}
_READ_ELSEWHERE = "Open the original, save it as PDF, and add that to the case."
SLOW = Unreadable("format.slow", "Reading took too long and was stopped.", _READ_ELSEWHERE)
CRASHED = Unreadable("format.crashed", "The reader broke down over this file.", _READ_ELSEWHERE)


class _LostReaderError(Exception):
    """The reader process is gone; `task` says why."""

    def __init__(self, task: Unreadable) -> None:
        super().__init__(task.code)
        self.task = task


@dataclass(slots=True)
class _Job:
    """One document on its way."""

    item: Incoming
    kind: Kind = Kind.UNKNOWN
    converted: bytes = b""
    to_print: bytes = b""
    printed: bytes = b""
    lost: Unreadable | None = None
    used_office: bool = False


class _Reader:
    """One reader process, started again when it had to be stopped."""

    def __init__(self, sandbox: Sandbox, limits: Limits) -> None:
        self._sandbox = sandbox
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._late = False
        self.network = sandbox.network

    def ask(
        self, head: dict[str, Any], blobs: Sequence[bytes]
    ) -> tuple[dict[str, Any], list[bytes]]:
        """The reader's answer; each step it reports gives it the full time again.

        Raises:
            _LostReaderError: It went over a limit or broke down; the next call starts a new one.
        """
        process = self._process or self._start()
        stdin, stdout = process.stdin, process.stdout
        assert stdin is not None and stdout is not None
        try:
            watch = self._watch()
            try:
                frames.send(stdin, head, blobs)
                while True:
                    answer, parts = frames.receive(stdout)
                    if "beat" not in answer:
                        return answer, parts
                    watch.cancel()
                    watch = self._watch()
            finally:
                watch.cancel()
        except (EOFError, OSError, ValueError) as error:
            late = self._late
            self.stop()
            raise _LostReaderError(SLOW if late else CRASHED) from error

    def _start(self) -> subprocess.Popen[bytes]:
        self._late = False
        self._process = self._sandbox.start_reader()
        assert self._process.stdin is not None
        frames.send(self._process.stdin, asdict(self._limits))
        return self._process

    def _watch(self) -> threading.Timer:
        timer = threading.Timer(self._limits.seconds, self._too_late)
        timer.daemon = True
        timer.start()
        return timer

    def _too_late(self) -> None:
        self._late = True
        if self._process is not None:
            _kill(self._process)

    def stop(self) -> None:
        """Ends the process and whatever it started."""
        process, self._process = self._process, None
        if process is None:
            return
        _kill(process)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
        process.wait()


def _kill(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _readers(workers: int, documents: int) -> int:
    """Starting a reader takes as long as reading several short documents."""
    return max(1, min(workers, -(-documents // _WORTH_A_READER)))


def read_many(
    items: Iterable[Incoming],
    *,
    scratch: Path,
    workers: int = 2,
    limits: Limits | None = None,
) -> Iterator[ReadDocument]:
    """Reads documents and yields them in the order given.

    No document stops another: what breaks, hangs or cannot be read is yielded with its task in
    `unreadable`. Word-processing files and old workbooks go through LibreOffice first, all in one
    batch. Attachments are handed back, not read.

    Args:
        items: The documents.
        scratch: A folder to work in; what is made there is gone when the iterator ends.
        workers: Reader processes side by side.
        limits: Time, memory and size.
    """
    bounds = limits or Limits()
    batches = _batches(items)
    first = next(batches, None)
    if first is None:
        return
    with Sandbox(scratch) as sandbox:
        readers = [_Reader(sandbox, bounds) for _ in range(_readers(workers, len(first)))]
        try:
            with ThreadPoolExecutor(len(readers)) as threads:
                run = _Runner(threads, readers)
                for jobs in chain([first], batches):
                    deque(run.in_order(jobs, _prepare), maxlen=0)
                    _convert(jobs, run, sandbox, bounds)
                    yield from run.in_order(jobs, _read)
                    jobs.clear()
        finally:
            for reader in readers:
                reader.stop()


def _batches(items: Iterable[Incoming]) -> Iterator[list[_Job]]:
    """As many documents as LibreOffice is started for once, and memory has room for."""
    batch: list[_Job] = []
    size = 0
    for item in items:
        batch.append(_Job(item))
        size += len(item.data)
        if len(batch) >= _BATCH or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


_T = TypeVar("_T")


class _Runner:
    """Gives jobs to whichever reader is idle."""

    def __init__(self, threads: ThreadPoolExecutor, readers: Sequence[_Reader]) -> None:
        self._threads = threads
        self._count = len(readers)
        self._idle: SimpleQueue[_Reader] = SimpleQueue()
        for reader in readers:
            self._idle.put(reader)

    def in_order(self, jobs: Sequence[_Job], work: Callable[[_Reader, _Job], _T]) -> Iterator[_T]:
        """Results in the order of the jobs, never far ahead of whoever takes them."""
        waiting: deque[Future[_T]] = deque()
        try:
            for job in jobs:
                waiting.append(self._threads.submit(self._with_reader, job, work))
                if len(waiting) > 2 * self._count:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()

    def _with_reader(self, job: _Job, work: Callable[[_Reader, _Job], _T]) -> _T:
        reader = self._idle.get()
        try:
            return work(reader, job)
        finally:
            self._idle.put(reader)


def _prepare(reader: _Reader, job: _Job) -> None:
    try:
        head, blobs = reader.ask({"do": "prepare", "name": job.item.name}, [job.item.data])
    except _LostReaderError as lost:
        job.lost = lost.task
        return
    job.kind, job.to_print = Kind(head["kind"]), blobs[0]


def _prepare_converted(reader: _Reader, job: _Job) -> None:
    try:
        _, blobs = reader.ask({"do": "prepare", "name": ""}, [job.converted])
    except _LostReaderError as lost:
        job.lost = lost.task
        return
    job.to_print = blobs[0]


def _convert(jobs: Sequence[_Job], run: _Runner, sandbox: Sandbox, limits: Limits) -> None:
    """LibreOffice's part: older formats to DOCX and XLSX, then everything Word-like to PDF."""
    for kinds, target in ((TO_DOCX, office.Target.DOCX), (TO_XLSX, office.Target.XLSX)):
        old = [j for j in jobs if j.kind in kinds and j.lost is None]
        files = [(_SUFFIXES[j.kind], j.item.data) for j in old]
        for job, made in zip(old, office.convert(files, target, sandbox, limits), strict=True):
            job.converted, job.used_office = made, True
    fresh = [j for j in jobs if j.kind in TO_DOCX and j.converted]
    deque(run.in_order(fresh, _prepare_converted), maxlen=0)
    ready = [j for j in jobs if j.to_print and j.lost is None]
    files = [("docx", j.to_print) for j in ready]
    for job, made in zip(
        ready, office.convert(files, office.Target.PDF, sandbox, limits), strict=True
    ):
        job.printed, job.to_print, job.used_office = made, b"", True


def _read(reader: _Reader, job: _Job) -> ReadDocument:
    if job.lost is not None:
        return unread(job.item, job.kind, job.lost)
    head = {
        "do": "read",
        "id": job.item.document_id,
        "name": job.item.name,
        "kind": job.kind.value,
    }
    try:
        answer, blobs = reader.ask(head, [job.item.data, job.converted, job.printed])
    except _LostReaderError as lost:
        return unread(job.item, job.kind, lost.task)
    pages, pdf, *attached = blobs
    job.converted = job.printed = b""
    done = load_pages(pages, pdf)
    tools = (office.version(), *done.tools) if job.used_office else done.tools
    return replace(
        done,
        attachments=tuple(
            Attachment(name, data)
            for name, data in zip(answer["attachments"], attached, strict=True)
        ),
        tools=(*tools, reader.network),
    )


def read(
    data: bytes,
    *,
    document_id: str,
    name: str = "",
    scratch: Path,
    limits: Limits | None = None,
) -> ReadDocument:
    """Reads one document in a closed process; see `read_many`.

    Args:
        data: The bytes as they came; they say what kind of file it is.
        document_id: Our own reference for it.
        name: Its file name, a hint where the bytes say nothing.
        scratch: A folder to work in; nothing is left there.
        limits: Time, memory and size.
    """
    item = Incoming(document_id, name, data)
    return next(iter(list(read_many([item], scratch=scratch, workers=1, limits=limits))))


def read_record(
    document_id: str,
    title: str,
    *,
    fields: Sequence[tuple[str, str]] = (),
    rows: Sequence[Sequence[str]] = (),
    text: str = "",
    date: str = "",
    scratch: Path,
    limits: Limits | None = None,
) -> ReadDocument:
    """A table row or case note of a source as pages; for many, see `Record.incoming`.

    Args:
        document_id: Our own reference for it.
        title: Heading of the page.
        fields: Names and values, in order.
        rows: A table whose first row is its head.
        text: Running text; line breaks are kept.
        date: As it is to be shown.
        scratch: A folder to work in; nothing is left there.
        limits: Time, memory and size.
    """
    record = Record(title, tuple(fields), tuple(tuple(r) for r in rows), text, date)
    data = record.to_bytes()
    return read(data, document_id=document_id, scratch=scratch, limits=limits)


def text_pages(
    document_id: str, title: str, text: str, *, scratch: Path, limits: Limits | None = None
) -> ReadDocument:
    """Plain text under a heading as pages."""
    return read_record(document_id, title, text=text, scratch=scratch, limits=limits)
