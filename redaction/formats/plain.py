"""Text, CSV, JSON and HTML files, and mail folders, set out as pages."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Any, cast

from redaction.document import Attachment, HiddenItem, HiddenKind
from redaction.formats.account import Passage
from redaction.formats.limits import Limits
from redaction.formats.markup import read_markup
from redaction.formats.sniff import bare_utf16
from redaction.formats.typeset import TOOL, escape, facts, grid, typeset
from redaction.formats.view import View
from rights.errors import UnreadableError

_WIDE_SAMPLE = 4096
_CHUNK_LINES = 1500
_CHUNK_ROWS = 400
_CHUNK_HTML = 100_000
_PORTRAIT = 84
_LANDSCAPE = 130
"""Characters of a table row that fit the width of the paper."""
_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_HTML_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_\-]{2,30})", re.I)
_MBOX_FROM = re.compile(rb"^From [^\n]*\n(?=>?[A-Za-z][A-Za-z0-9-]*:)", re.MULTILINE)
"""A line of text may begin so, too: a message has the name of a header in its next line."""


def decode(data: bytes, charset: str = "") -> str:
    """Text of bytes: by its mark, by the charset given, as UTF-8, else as Windows Western."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data.decode(codec, "replace")
    if bare := bare_utf16(data[:_WIDE_SAMPLE]):
        return data.decode(bare, "replace")
    for codec in (charset, "utf-8"):
        if codec:
            try:
                return data.decode(codec)
            except (LookupError, UnicodeDecodeError):
                continue
    return data.decode("cp1252", "replace")


def view_text(data: bytes) -> View:
    """Plain text, line by line as it stands."""
    text = decode(data)
    return View(
        typeset(text_bodies(text)),
        passages=[Passage("text", line) for line in text.splitlines() if line.strip()],
        tools=[TOOL],
    )


def text_bodies(text: str) -> list[str]:
    """HTML bodies of a text, cut so that none is too long to be set at once."""
    lines = text.expandtabs(8).splitlines() or [""]
    return [
        f'<div class="text">{escape(chr(10).join(lines[at : at + _CHUNK_LINES]))}</div>'
        for at in range(0, len(lines), _CHUNK_LINES)
    ]


def view_csv(data: bytes, limits: Limits) -> View:
    """A table of all rows; the first is repeated as the head on each page."""
    text = decode(data)
    try:
        dialect = csv.Sniffer().sniff(text[:8192], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    try:
        rows = [row for row in csv.reader(StringIO(text), dialect) if row]
    except csv.Error:
        return view_text(data)
    if sum(len(r) for r in rows) > limits.cells:
        raise too_big()
    return View(
        typeset(table_bodies(rows)),
        passages=[Passage("cell", cell) for row in rows for cell in row if cell.strip()],
        tools=[TOOL],
    )


def too_big() -> UnreadableError:
    """A table that no one would read on paper."""
    return UnreadableError(
        "format.too_big",
        "The table has more cells than can be set out as pages.",
        "Ask the source for the rows about this person only.",
    )


def table_bodies(rows: Sequence[Sequence[str]], title: str = "") -> list[str]:
    """Bodies of a table, wide ones in bands of columns that fit the paper, with nothing cut."""
    if not rows:
        return [f"<h2>{escape(title)}</h2><p class='note'>Empty</p>"]
    width = max(len(r) for r in rows)
    full = [list(r) + [""] * (width - len(r)) for r in rows]
    room = [_room(full, column) for column in range(width)]
    bands = list(_bands(room))
    bodies: list[str] = []
    for first, last in bands:
        note = f" (columns {first + 1} to {last} of {width})" if len(bands) > 1 else ""
        heading = f"<h2>{escape(title + note)}</h2>" if title or note else ""
        wide = ' class="wide"' if sum(room[first:last]) > _PORTRAIT else ""
        head, body = full[0][first:last], full[1:]
        for at in range(0, max(len(body), 1), _CHUNK_ROWS):
            part = [r[first:last] for r in body[at : at + _CHUNK_ROWS]]
            bodies.append(f"<div{wide}>{heading}{grid(head, part, room[first:last])}</div>")
    return bodies


def _room(rows: Sequence[Sequence[str]], column: int) -> int:
    """Characters a column would like, between 6 and 46; longer cells wrap."""
    longest = max(len(line) for r in rows for line in (r[column].splitlines() or [""]))
    return min(max(longest, 4), 44) + 2


def _bands(room: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of columns that fit a landscape page."""
    start, used = 0, 0
    for column, wanted in enumerate(room):
        if column > start and used + wanted > _LANDSCAPE:
            yield start, column
            start, used = column, 0
        used += wanted
    yield start, len(room)


def view_html(data: bytes) -> View:
    """A saved web page, with the network closed."""
    named = _HTML_CHARSET.search(data[:4096])
    made = read_markup(decode(data, named[1].decode("ascii") if named else ""))
    return View(
        typeset(made.body, foreign=True),
        hidden=made.hidden,
        passages=made.passages,
        tools=[TOOL],
    )


def view_json(data: bytes, beat: Callable[[], None] = lambda: None) -> View:
    """An answer of another system: nested records as headed lists and tables.

    `beat` is called after each stretch of pages.
    """
    try:
        body = json.loads(decode(data))
    except (ValueError, RecursionError):
        return view_text(data)
    return View(
        typeset(_in_chunks(_json_parts(body, (), 0)), beat=beat),
        passages=[Passage("value", v) for v in _scalars(body) if v.strip()],
        tools=[TOOL],
    )


def _in_chunks(parts: Iterable[str]) -> list[str]:
    """Bodies of some 25 pages: time and memory of setting one grow faster than its length."""
    bodies: list[str] = []
    chunk: list[str] = []
    size = 0
    for part in parts:
        if chunk and size + len(part) > _CHUNK_HTML:
            bodies.append("".join(chunk))
            chunk, size = [], 0
        chunk.append(part)
        size += len(part)
    return [*bodies, "".join(chunk)]


def _json_parts(value: Any, path: tuple[str, ...], depth: int) -> Iterator[str]:
    level = min(depth + 1, 3)
    heading = f"<h{level}>{escape(' / '.join(path))}</h{level}>" if path else ""
    if isinstance(value, Mapping):
        items = cast("Mapping[str, Any]", value)
        plain = [(plain_name(k), _scalar(v)) for k, v in items.items() if not _nested(v)]
        yield heading + facts(plain)
        for key, inner in items.items():
            if _nested(inner):
                yield from _json_parts(inner, (*path, plain_name(key)), depth + 1)
    elif isinstance(value, list):
        entries = cast("list[Any]", value)
        if not any(_nested(e) for e in entries):
            yield heading + facts((str(n), _scalar(e)) for n, e in enumerate(entries, 1))
            return
        for number, inner in enumerate(entries, 1):
            name = f"{number} of {len(entries)}"
            last = (*path[:-1], f"{path[-1]} {name}") if path else (name,)
            yield from _json_parts(inner, last, depth)
    else:
        yield heading + facts([("value", _scalar(value))])


def _nested(value: Any) -> bool:
    return isinstance(value, (dict, list)) and bool(cast("Any", value))


def _scalar(value: Any) -> str:
    if value is None or value == [] or value == {}:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _scalars(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in cast("Mapping[str, Any]", value).values():
            yield from _scalars(inner)
    elif isinstance(value, list):
        for inner in cast("list[Any]", value):
            yield from _scalars(inner)
    elif isinstance(value, str):
        yield value


def plain_name(key: str) -> str:
    """A field name as words: 'dateOfBirth' and 'DATE_OF_BIRTH' are both 'Date of birth'."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", key).replace("_", " ").split()
    if not words:
        return key
    spaced = [
        w if w.isupper() and len(words) > 1 and not key.isupper() else w.lower() for w in words
    ]
    return " ".join(spaced)[:1].upper() + " ".join(spaced)[1:]


def mbox_messages(data: bytes) -> list[bytes]:
    """The messages of a mail folder, without the lines that part them (RFC 4155)."""
    starts = [
        m
        for m in _MBOX_FROM.finditer(data)
        if m.start() == 0 or data[: m.start()].endswith((b"\n\n", b"\n\r\n"))
    ]
    ends = [m.start() for m in starts[1:]] + [len(data)]
    return [
        re.sub(rb"(?m)^>(>*From )", rb"\1", data[m.end() : end])
        for m, end in zip(starts, ends, strict=True)
    ]


def view_mbox(data: bytes) -> View:
    """A mail folder: each message becomes a document of its own."""
    attachments = [
        Attachment(f"message-{number}.eml", message)
        for number, message in enumerate(mbox_messages(data), 1)
    ]
    said = f"A mail folder with {len(attachments)} messages; each is a document of its own."
    return View(
        typeset(f"<p>{said}</p>"),
        hidden=[
            HiddenItem(HiddenKind.ATTACHMENT, "message in the folder", a.name) for a in attachments
        ],
        attachments=attachments,
        tools=[TOOL],
    )
