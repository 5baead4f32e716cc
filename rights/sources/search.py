"""Asking every source for one person, and accounting for what came back.

Statutory returns hold no names: they are keyed by the case system's ids, which are confirmed
there first and then carried on to every source that says it is keyed by the case system.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from rights.errors import RightsdeskError
from rights.sources.carry import keys_for
from rights.sources.faults import Faulty, rows_unread
from rights.sources.ledger import LedgerLine, Status
from rights.sources.model import (
    Capability,
    SearchTerms,
    Source,
    SourceDocument,
    SourceRecord,
    TermHit,
    TermSource,
)
from rights.sources.nothing import CannotSearchError, SuspendedError


@dataclass(frozen=True, slots=True)
class SourceResult:
    """What one source gave. `hits` is empty but for sources that are searched by words."""

    line: LedgerLine
    records: tuple[SourceRecord, ...] = ()
    documents: tuple[SourceDocument, ...] = ()
    hits: tuple[TermHit, ...] = ()


def search_sources(
    sources: Iterable[Source],
    confirmed: Mapping[str, frozenset[str]],
    terms: SearchTerms,
    timer: Callable[[], float] | None = None,
) -> Iterator[SourceResult]:
    """Asks each source in turn; one that fails does not stop the others.

    Args:
        sources: Every source of the council's list.
        confirmed: Per source the keys that a person confirmed to be the subject's.
        terms: Words for sources that are searched by words.
        timer: A monotonic clock in seconds, for the ledger's durations.
    """
    for source in sources:
        yield search_source(source, confirmed, terms, timer)


def search_source(
    source: Source,
    confirmed: Mapping[str, frozenset[str]],
    terms: SearchTerms,
    timer: Callable[[], float] | None = None,
) -> SourceResult:
    """Asks one source. Never raises for the source's own faults: they end as *failed*."""
    started = timer() if timer else 0.0
    keys = keys_for(source, confirmed)
    asked: list[str] = [f"key of {source.keyed_by}"] if keys else []
    hits: tuple[TermHit, ...] = ()
    try:
        told = source.probe().told
        if Capability.TERMS in source.capabilities and isinstance(source, TermSource):
            asked += _asked(terms)
            hits = tuple(source.find(terms))
            keys |= {hit.key for hit in hits}
        result = _collect(source, keys, tuple(asked), hits)
        if told:
            note = " ".join((result.line.note, *told)).strip()
            result = replace(result, line=replace(result.line, note=note))
    except RightsdeskError as error:
        line = LedgerLine(
            source.name,
            _status_of(error),
            tuple(asked),
            code=error.code,
            note=error.sentence,
            limits=source.limits,
            adapter=adapter_of(source),
        )
        result = SourceResult(line)
    if timer is None:
        return result
    line = _timed(result.line, timer() - started)
    return SourceResult(line, result.records, result.documents, result.hits)


def _collect(
    source: Source, keys: frozenset[str], asked: tuple[str, ...], hits: tuple[TermHit, ...]
) -> SourceResult:
    if not asked:
        own = source.keyed_by == source.name
        status = Status.NOTHING_HELD if own else Status.CANNOT_SEARCH
        note = (
            "No record of this person was confirmed in this source."
            if own
            else f"This source is searched by the keys of '{source.keyed_by}', and none is known."
        )
        line = LedgerLine(
            source.name, status, note=note, limits=source.limits, adapter=adapter_of(source)
        )
        return SourceResult(line)
    held = source.count(keys)
    records = tuple(source.records(keys))
    documents = tuple(source.documents(keys))
    accounted = len(records) + len(documents)
    status = Status.FOUND if held or accounted else Status.NOTHING_HELD
    faults = source.faults() if isinstance(source, Faulty) else ()
    if faults:
        status = Status.PARTIAL
    line = LedgerLine(
        source.name,
        status,
        asked,
        held,
        accounted,
        unsure=sum(not hit.sure for hit in hits),
        code="sources.rows_unread" if faults else "",
        note=rows_unread(source.name, faults).sentence if faults else "",
        limits=source.limits,
        adapter=adapter_of(source),
        unread=len(faults),
    )
    return SourceResult(line, records, documents, hits)


def adapter_of(source: Source) -> str:
    """Kind and version of what asked the source, for the ledger: 'TableSource/2'."""
    return f"{type(source).__name__}/{getattr(source, 'version', '1')}"


def _status_of(error: RightsdeskError) -> Status:
    match error:
        case CannotSearchError():
            return Status.CANNOT_SEARCH
        case SuspendedError():
            return Status.SUSPENDED
        case _:
            return Status.FAILED


def _asked(terms: SearchTerms) -> list[str]:
    kinds = ["name"] if terms.names else []
    kinds += ["date of birth"] if terms.dobs else []
    kinds += sorted({kind for kind, _ in terms.identifiers})
    kinds += ["email"] if terms.emails else []
    return kinds + (["phone"] if terms.phones else [])


def _timed(line: LedgerLine, seconds: float) -> LedgerLine:
    return replace(line, seconds=seconds)
