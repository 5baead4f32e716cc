"""The records of the subject, numbered for a form; those chosen there; orders that stop their use.

A copy of the same text is a record of its own here: what may not be used in one place may not be
used in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from casework import entries
from casework.answering import Ordered
from casework.collect import about_of, fetched
from casework.office import Office, Work
from rights.case import Case
from rights.errors import InputError
from rights.register import services_of
from rights.sources.actions import Restrict

ALL, NONE = "all", "none"
_T = TypeVar("_T")
_PART = re.compile(r"(\d+)(?:-(\d+))?")


@dataclass(frozen=True, slots=True)
class Held:
    """One record or document of the subject; its title is personal data.

    Attributes:
        number: Its place in the list, from 1.
        document: Its id in the case.
        source: Where it lies.
        item: Its id there.
        title: What it is called there.
        day: Its day in words; empty when it has none.
    """

    number: int
    document: str
    source: str
    item: str
    title: str
    day: str

    @property
    def line(self) -> str:
        """Title and day, for a list in a letter."""
        return f"{self.title}, {self.day}" if self.day else self.title

    @property
    def place(self) -> str:
        """Source and table, as the register asks for them."""
        table, colon, _ = self.item.partition(":")
        return f"{self.source}/{table}" if colon else self.source


def held(work: Work) -> tuple[Held, ...]:
    """Every record and document of the subject as the case is matched now, in the order collected.

    Attachments go with what they are attached to and are not listed.
    """
    case, wanted = work.case, set(fetched(work))
    return records_of(case, (d for d in case.documents if d in wanted))


def records_of(case: Case, documents: Iterable[str]) -> tuple[Held, ...]:
    """These documents of the case as records of their sources, each record once."""
    found: dict[tuple[str, str], Held] = {}
    for document in documents:
        collected = case.documents[document]
        about = about_of(collected)
        place = (collected.source, about.get("item", ""))
        if not place[1] or about.get("parent") or place in found:
            continue
        day = f"{collected.dated.day} {collected.dated:%B %Y}" if collected.dated else ""
        title = about["title"] or "Untitled record"
        found[place] = Held(len(found) + 1, document, *place, title, day)
    return tuple(found.values())


def chosen(rows: Sequence[_T], text: str, what: str) -> tuple[_T, ...]:
    """The rows of a numbered list that somebody wrote down: "all", "none" or "1, 3-5".

    Args:
        rows: The list as it was shown.
        text: What was written.
        what: What the list holds, in the plural, for the error.

    Raises:
        InputError: ``assess.numbers``: it cannot be read, or a number is not in the list.
    """
    said = text.strip().casefold()
    if said in ("", NONE):
        return ()
    if said == ALL:
        return tuple(rows)
    numbers: set[int] = set()
    for part in re.split(r"[,;\s]+", re.sub(r"\s*[-\u2013]\s*", "-", said)):
        read = _PART.fullmatch(part)
        first, last = (int(read[1]), int(read[2] or read[1])) if read else (0, 0)
        if not 1 <= first <= last <= len(rows):
            raise InputError(
                "assess.numbers",
                f"The {what} cannot be told from what was entered.",
                f"Write 'all', 'none', or numbers from 1 to {len(rows)}, such as 1, 3-5.",
            )
        numbers.update(range(first, last + 1))
    return tuple(row for number, row in enumerate(rows, start=1) if number in numbers)


def restricting(
    office: Office, case: Case, records: Iterable[Held], point: str
) -> tuple[Ordered, ...]:
    """Orders that stop the use of records; their keys do not depend on how often they are made.

    Args:
        office: The office.
        case: The case.
        records: What is not to be used.
        point: Id of the decision that calls for it. A later decision sets a restriction of its own.
    """
    return tuple(
        Ordered(
            one.source,
            Restrict(
                key=f"{case.ref}/{point}/{one.document}",
                record=one.item,
                expected="",
                find_by=(("Title", one.title), *((("Date", one.day),) if one.day else ())),
            ),
            point,
        )
        for one in records
        if one.source in office.actions
    )


def services_holding(office: Office, records: Iterable[Held]) -> frozenset[str]:
    """Ids of the services in whose keeping these records are."""
    places = {place for one in records for place in (one.place, one.source)}
    return frozenset(s.id for s in services_of(office.council.register, places))


def shown(records: Iterable[Held], titles: Mapping[str, str]) -> dict[str, Any]:
    """The numbered list of records for a form."""
    rows = [[str(r.number), r.title, r.day, titles.get(r.source, r.source)] for r in records]
    return {"title": "Records", "heads": ["Number", "Record", "Day", "Where"], "rows": rows}


def titles_of(office: Office) -> dict[str, str]:
    """What each source is called."""
    return {source.name: source.title for source in office.sources}


def entry(name: str, label: str, hint: str, kind: str = "area", **more: Any) -> dict[str, Any]:
    """One field of a form, as the desk reads it.

    Args:
        name: Its name among the details of the answer.
        label: What it is called.
        hint: What to write there.
        kind: 'area', 'line', 'date' or 'choice'.
        more: ``goes_with``, the options that need it; ``choices`` of a choice.
    """
    return {**entries.entry(name, label, kind, hint), **more}


def round_of(case: Case) -> str:
    """One for each time that the request is weighed: after a new search, or opened again."""
    opened = sum(1 for d in case.decisions if (d.event.matter, d.event.outcome) == _OPENED)
    return f"{case.collected_seq}-{opened}"


_OPENED = ("outcome", "open")
