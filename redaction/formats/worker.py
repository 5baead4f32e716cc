"""The reader process: takes documents on standard input, gives normal forms on standard output.

Started by `redaction.formats.pool` with no network; it bounds its own memory before the first
byte of a document arrives. Nothing it prints by accident reaches the caller or a log.
"""

from __future__ import annotations

import os
import resource
import struct
import sys
import traceback
from typing import IO, Any

from redaction.document import ReadDocument, Unreadable
from redaction.formats import frames
from redaction.formats.container import damaged
from redaction.formats.limits import Incoming, Limits
from redaction.formats.reading import read_bytes
from redaction.formats.sniff import TORN, Kind, sniff
from redaction.formats.view import unread
from redaction.formats.wordml import accept_changes
from rights.errors import UnreadableError

_TORN = (*TORN, LookupError, ValueError, NotImplementedError, struct.error)
"""What parsers raise at bytes that are cut off or turned."""


def main() -> None:
    """Answers requests until the caller closes standard input."""
    # Libraries print warnings that quote the document: only our own messages use the pipe.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    limits = Limits(**frames.receive(sys.stdin.buffer)[0])
    space = limits.memory_mb << 20
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        try:
            head, blobs = frames.receive(sys.stdin.buffer)
        except EOFError:
            return
        _answer(head, blobs, limits, out)


def _answer(head: dict[str, Any], blobs: list[bytes], limits: Limits, out: IO[bytes]) -> None:
    if head["do"] == "prepare":
        _prepare(head, blobs[0], limits, out)
        return
    item = Incoming(head["id"], head["name"], blobs[0])
    kind = Kind(head["kind"])
    try:
        done = read_bytes(
            item,
            kind,
            limits,
            converted=blobs[1],
            printed=blobs[2],
            beat=lambda: frames.send(out, {"beat": True}),
        )
    except MemoryError:
        done = unread(item, kind, _task("format.memory", "The document needs too much memory."))
    except Exception as error:
        # Whatever a library stumbles over in a hostile file becomes a task; the text of the
        # error may quote the document and stays here.
        done = unread(item, kind, _stumbled(error))
    _send_document(done, out)


def _stumbled(error: Exception) -> Unreadable:
    """A damaged file where a parser says so, else the kind of stumble, which may be our own."""
    *_, (frame, _) = traceback.walk_tb(error.__traceback__)
    ours = str(frame.f_globals.get("__name__", "")).startswith(("redaction.", "rights."))
    # A parser's own class of errors is about the file, too.
    theirs = type(error).__module__ not in ("builtins", __name__)
    if (theirs or isinstance(error, _TORN)) and not ours:
        told = damaged()
        return Unreadable(told.code, told.sentence, told.next_step)
    return _task(f"format.failed.{type(error).__name__}", "The document could not be read.")


def _task(code: str, why: str) -> Unreadable:
    return Unreadable(code, why, "Open the original, save it as PDF, and add that to the case.")


def _prepare(head: dict[str, Any], data: bytes, limits: Limits, out: IO[bytes]) -> None:
    """Says what the file is, and for Word files gives the version to be printed."""
    try:
        kind = sniff(data, head["name"])
        ready = accept_changes(data, limits) if kind is Kind.DOCX else b""
    except UnreadableError:
        ready, kind = b"", Kind.DOCX
    except Exception:
        # Whatever a hostile file does to the sniffer, it ends as 'unknown', which is a task.
        ready, kind = b"", Kind.UNKNOWN
    frames.send(out, {"kind": kind.value}, [ready])


def _send_document(done: ReadDocument, out: IO[bytes]) -> None:
    names = [a.name for a in done.attachments]
    blobs = [done.dump_pages(), done.pdf, *(a.data for a in done.attachments)]
    frames.send(out, {"attachments": names}, blobs)


if __name__ == "__main__":
    main()
