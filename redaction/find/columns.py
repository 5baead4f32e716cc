"""Values that only their column's heading explains: "DOB" above "2012", "Client ID" above a number.

A page with words in places is read by position, plain text by its separators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from redaction.document import Page, Word
from redaction.find.identifiers import Identifier
from rights.release import FactKind

_SEPARATORS = (",", "\t", ";", "|")
_MIN_COLUMNS = 3
_LINE = re.compile(r"[^\r\n]*[,\t;|][^\r\n]*")
_HEADED = re.compile(
    r"(?:^|[,\t;|])[ \"'*]*(?:d\.?o\.?b|date of birth|birth|born|edd|nhs|nin?o?\b|upn|uln|urn|ssid"
    r"|sort|a/?c|acc|mosaic|p[ _](?:no|num|id|ref)|liquid|client|person|child|case|service|user"
    r"|pupil|patient|customer|record|file|crime|court|passport|tenancy|claim|reference|tel|phone|mob|contact)",
    re.IGNORECASE,
)
"""What a table's head has at the start of a cell: quicker to look for than cutting every line."""
_SLACK = 3.0
"""Points by which a cell may stand left of its heading."""
_ROW = 2.0
"""Points by which words of one line may differ in height."""


class _Heading(NamedTuple):
    sort: str
    title: re.Pattern[str]
    value: re.Pattern[str]


_HEADINGS = (
    _Heading(
        "dob",
        re.compile(r"(?:d\.?o\.?b\.?|date of birth|birth ?date|born|edd)(?: *\(.*\))?", re.I),
        re.compile(r"(?:(?:c\.?|circa|about) ?)?[\w ./-]*\d{2,}[\w ./:-]*"),
    ),
    _Heading(
        "case_ref",
        re.compile(
            r"(?:nhs|ni|nino|sort(?: ?code)?|a/?c|acc(?:oun)?t|upn|uln|urn|ssid|mosaic|p"
            r"|liquidlogic|(?:client|person|child|case"
            r"|service|user|service user|pupil|patient|customer|record|file|crime|court|passport"
            r"|account|tenancy|claim|reference)s?)(?:[ _.]*(?:id|no|num|number|ref|reference)\.?)?",
            re.IGNORECASE,
        ),
        re.compile(r"(?=(?:\W*\w){4})[A-Za-z]{0,6}[ /-]?\d[\w /-]*"),
    ),
    _Heading(
        "phone",
        re.compile(r"(?:tele?(?:phone)?|phone|mobile|mob|contact)(?: *(?:no|number))?\.?", re.I),
        re.compile(r"\+?[\d ()-]{6,20}"),
    ),
)
_KINDS = {"phone": FactKind.CONTACT}


def under_headings(page: Page) -> Iterator[Identifier]:
    """Values below a heading that says what they are.

    Args:
        page: A page in the normal form; one without words in places is plain text.
    """
    cells = _placed(page.words) if page.words else _separated(page.text)
    for heading, start, end in cells:
        value = page.text[start:end].strip(" \"'")
        if heading.value.fullmatch(value):
            at = page.text.index(value, start)
            yield Identifier(
                at,
                at + len(value),
                heading.sort,
                value,
                _KINDS.get(heading.sort, FactKind.IDENTIFIER),
                0.55,
                "a value below the heading of its column",
            )


def _heading(title: str) -> _Heading | None:
    plain = title.strip(" \"'*:#")
    return next((h for h in _HEADINGS if h.title.fullmatch(plain)), None)


def _separated(text: str) -> Iterator[tuple[_Heading, int, int]]:
    mark, columns, wanted = "", 0, dict[int, _Heading]()
    for line in _LINE.finditer(text):
        if not (mark and mark in line.group()) and not _HEADED.search(line.group()):
            continue
        found = _titles(line.group())
        if found is not None:
            mark, columns, wanted = found
            continue
        cells = _cells(line.group(), mark) if mark else []
        if len(cells) == columns:
            for column, heading in wanted.items():
                start, end = cells[column]
                yield heading, line.start() + start, line.start() + end


def _titles(line: str) -> tuple[str, int, dict[int, _Heading]] | None:
    """The separator, the number of columns and those of interest, if a line is a table's head."""
    mark = max(_SEPARATORS, key=line.count)
    titles = [line[a:b] for a, b in _cells(line, mark)]
    if len(titles) < _MIN_COLUMNS or any(c.isdigit() for c in line):
        return None
    wanted = {i: h for i, title in enumerate(titles) if (h := _heading(title)) is not None}
    return (mark, len(titles), wanted) if wanted else None


def _cells(line: str, mark: str) -> list[tuple[int, int]]:
    """Where the cells of a line are; a separator within quotation marks does not count."""
    cells: list[tuple[int, int]] = []
    start, quoted = 0, False
    for at, char in enumerate(line):
        if char == '"':
            quoted = not quoted
        elif char == mark and not quoted:
            cells.append((start, at))
            start = at + 1
    return [*cells, (start, len(line))]


def _placed(words: Sequence[Word]) -> Iterator[tuple[_Heading, int, int]]:
    titles = [i for i, w in enumerate(words) if w.text.lower() in _FIRST_WORDS]
    if not any(_apart(words, i) for i in titles):
        return
    lines = _lines(words)
    for number, line in enumerate(lines):
        runs = _runs(line)
        if len(runs) < _MIN_COLUMNS:
            continue
        for place, run in enumerate(runs):
            heading = _heading(" ".join(w.text for w in run))
            if heading is None:
                continue
            left = run[0].box.left - _SLACK
            right = runs[place + 1][0].box.left - _SLACK if place + 1 < len(runs) else float("inf")
            for below in lines[number + 1 :]:
                cell = [w for w in below if left <= w.box.left < right]
                if cell:
                    yield heading, cell[0].start, cell[-1].start + len(cell[-1].text)


_FIRST_WORDS = frozenset(
    """dob d.o.b date birth born edd nhs ni nino upn uln urn ssid mosaic p client person child case
    service user pupil patient customer record file crime court passport account tenancy claim
    reference tel telephone phone mobile mob contact client_id case_id person_id nhs_no
    date_of_birth""".split()  # noqa: SIM905
)
"""What a heading starts with: most pages have none standing apart, and are not cut into lines."""
_GAP = 0.5
"""Of a word's height, between two words of one cell at most; a space is narrower."""


def _apart(words: Sequence[Word], index: int) -> bool:
    """Whether a word has a wide gap beside it in its line."""
    beside = [(i, i + 1) for i in (index - 1, index) if 0 <= i < len(words) - 1]
    return any(
        abs(words[i].box.top - words[j].box.top) <= _ROW and not _one_cell(words[i], words[j])
        for i, j in beside
    )


def _one_cell(left: Word, right: Word) -> bool:
    return right.box.left - left.box.right <= _GAP * (left.box.bottom - left.box.top)


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    lines: list[list[Word]] = []
    for word in words:
        if (
            lines
            and abs(lines[-1][-1].box.top - word.box.top) <= _ROW
            and (word.box.left >= lines[-1][-1].box.left)
        ):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _runs(line: Sequence[Word]) -> list[list[Word]]:
    runs: list[list[Word]] = []
    for word in line:
        if runs and _one_cell(runs[-1][-1], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs
