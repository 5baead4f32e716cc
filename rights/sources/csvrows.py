"""Reading CSV text that may be damaged: a bad row is named and given up, the rest goes on."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

CELL_LIMIT = 1_000_000
"""Characters in one cell: a quote that is never closed stops here, not at the end of the file."""
LINE_LIMIT = 4_000_000
"""Characters in one line: a file without line ends must not be read into memory whole."""

csv.field_size_limit(CELL_LIMIT)


@dataclass(frozen=True, slots=True)
class Line:
    """One record: the line on which it begins and its cells, or what is wrong with it.

    `at` is the number of the cell, counted from 0, at which a damaged record stops making sense.
    """

    number: int
    cells: list[str]
    damage: str = ""
    at: int = 0


class _TooLongError(Exception):
    """A line is longer than any row can be; its beginning."""

    def __init__(self, start: str) -> None:
        super().__init__()
        self.start = start


class _Lines:
    """Lines of a stream, of bounded length; those of a broken record can be given back."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._back: deque[str | _TooLongError] = deque()
        self.number = 0
        self.taken: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        self.number += 1
        line = self._back.popleft() if self._back else self._stream.readline(LINE_LIMIT)
        if isinstance(line, _TooLongError):
            raise line
        if not line:
            raise StopIteration
        if len(line) == LINE_LIMIT and not line.endswith(("\n", "\r")):
            while (rest := self._stream.readline(LINE_LIMIT)) and not rest.endswith(("\n", "\r")):
                pass
            raise _TooLongError(line)
        self.taken.append(line)
        return line

    def give_back(self, lines: list[str | _TooLongError]) -> None:
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)


def read_lines(stream: TextIO, delimiter: str) -> Iterator[Line]:
    """Every record of a CSV stream, damaged ones too, in order.

    A quote that is never closed would swallow all that follows: the record is given up at its
    first line, and the lines after it are read as records of their own.
    """
    lines = _Lines(stream)
    start = 1
    while True:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            while True:
                lines.taken.clear()
                start = lines.number + 1
                yield Line(start, next(reader))
        except StopIteration:
            return
        except (_TooLongError, csv.Error) as error:
            long = [error] if isinstance(error, _TooLongError) else []
            if long and not lines.taken:
                what = f"the line is longer than {LINE_LIMIT:,} characters"
                yield Line(lines.number, [], what, long[0].start.count(delimiter))
                continue
            first, *rest = lines.taken
            lines.number = start + len(rest) + len(long)
            lines.give_back([*rest, *long])
            yield _given_up(start, first, delimiter)


def _given_up(number: int, line: str, delimiter: str) -> Line:
    """A record that is not written as it should be: read freely where its quotes come in pairs."""
    if len(line) <= CELL_LIMIT and line.count('"') % 2 == 0:
        return Line(number, next(csv.reader([line], delimiter=delimiter)))
    long = len(line) > CELL_LIMIT
    what = "a cell is too long" if long else "a quotation mark is not closed"
    opened = line.rfind('"')
    return Line(number, [], what, line[: max(opened, 0)].count(delimiter))
