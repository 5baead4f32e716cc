"""Collecting: the confirmed records and documents, copied once, hashed and encrypted."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Iterable
from hashlib import sha256
from typing import Literal

from casework.around import AROUND, Around, entry_of_person, entry_of_relation
from casework.judged import confirmed_keys
from casework.match import ask_second_pass
from casework.office import Work
from casework.questions import Ask, ask
from casework.sheets import teams
from casework.signed_return import last_return, said_by, was_found
from casework.transcripts import superseded
from redaction.formats import Record
from rights.case import Case
from rights.cast import CastEntry
from rights.errors import RightsdeskError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import CollectionFinished, DecisionMade, EvidenceCollected, SourceAnswered
from rights.failpoints import failpoint, register
from rights.road import AGAIN, Stage
from rights.sources import (
    Capability,
    LedgerLine,
    SearchTerms,
    Source,
    SourceDocument,
    SourcePerson,
    SourceRecord,
    Status,
    search_source,
)
from rights.sources.carry import carry
from rights.sources.limits import limited
from rights.sources.sheet import LIMIT
from rights.sources.team import TeamSource

UNREADABLE = "unreadable"
REPORTED = ("tell the requester it could not be read", "it is not about the subject")
SOURCE = "source"
GO_ON = "go on without it, and say so"

register("collect.files-kept", "collect.source-done", "collect.listed")

_STATUS: dict[
    Status, Literal["found", "partial", "nothing held", "cannot search by this", "suspended"]
] = {
    Status.FOUND: "found",
    Status.PARTIAL: "partial",
    Status.NOTHING_HELD: "nothing held",
    Status.CANNOT_SEARCH: "cannot search by this",
    Status.SUSPENDED: "suspended",
}
_NOT_OPENED = "Files that it lists could not be opened; each is a question of its own."
_OPEN = frozenset({"failed", "partial", "suspended"})
"""Ends about which somebody has to decide: search again, or go on without."""


def collect(work: Work) -> None:
    """Fetch from every source what the confirmed records name; a re-run fetches only the rest."""
    if ask_second_pass(work):
        return  # what the confirmed facts brought up must be looked at first
    since = _since(work.case)
    keys = _carried(work)
    wanted: list[str] = []
    for source in work.office.sources:
        if isinstance(source, TeamSource) and not was_found(work.case, source.name):
            continue  # its sheet is out, or its return said how it ended
        kept = work.case.sources.get(source.name)
        # Another return, or another tape that was heard, is another state of the folder.
        asked_since = max(since, last_return(work.case, source.name))
        listing = f"collect/{source.name}-{asked_since}.json"
        settled = kept and (kept[1].status not in _OPEN or _goes_on(work.case, source.name))
        if kept and kept[0] > asked_since and settled:
            wanted += json.loads(work.get(listing))["documents"]
            continue
        wanted += _collect_source(work, source, keys, listing)
    asked = {team.name for team in teams(work.office)}
    failed = [n for n, (_, e) in work.case.sources.items() if e.status in _OPEN and n not in asked]
    _ask_about_failures(work, failed)
    if failed and any(not _goes_on(work.case, name) for name in failed):
        return
    mark = str(max(since, work.case.last_answer("sheet")))
    work.put(f"collect/around-{mark}.json", AROUND.dump_json(_around(work, keys)))
    work.put(f"collect/wanted-{mark}.json", json.dumps(wanted).encode())
    failpoint("collect.listed")
    work.append(CollectionFinished(actor=ENGINE, documents=len(wanted), lists=mark))


def _carried(work: Work) -> dict[str, frozenset[str]]:
    """The confirmed keys, the numbers learnt from them, and the reference at places people search.

    What was merged with a confirmed record but is restricted or under an adoption was asked about
    with the matches, and is taken only where a person said so.
    """
    confirmed = confirmed_keys(work)
    keys = dict(carry(work.office.sources, confirmed).keys)
    return keys | {team.name: frozenset({work.ref}) for team in teams(work.office)}


def wanted_documents(work: Work) -> Iterable[str]:
    """Ids of the documents that belong to the case as matched now, and what is inside them."""
    return _once(work.case, every_document(work))


def every_document(work: Work) -> Iterable[str]:
    """The same with every copy: what is changed in its source is changed in each of them."""
    case, wanted = work.case, list(fetched(work))
    known, corrected = set(wanted), superseded(case)
    for document, collected in case.documents.items():
        parent = about_of(collected).get("parent", "")
        if parent in known and document not in known | corrected:
            known.add(document)
            wanted.append(document)
    return wanted


def _once(case: Case, wanted: Iterable[str]) -> list[str]:
    """Files of the very same bytes are read, decided and sent once; every copy stays evidence."""
    kept: dict[str, str] = {}
    for document in wanted:
        collected = case.documents[document]
        mark = collected.sha256 if collected.size else document
        kept.setdefault(mark, document)
    return list(kept.values())


def about_of(collected: EvidenceCollected) -> dict[str, str]:
    """Title, file name and keys of a collected document."""
    return json.loads(collected.about)


def around(work: Work) -> Around:
    """The subject's own records and the people around, as they were when collected."""
    return AROUND.validate_json(work.get(f"collect/around-{_mark(work.case)}.json"))


def _around(work: Work, keys: dict[str, frozenset[str]]) -> Around:
    """Family and workers from every source that knows them, and the subject's own records."""
    found: list[CastEntry] = []
    for source in work.office.sources:
        held = keys.get(source.keyed_by, frozenset())
        if held and Capability.RELATIONS in source.capabilities:
            found += [entry_of_relation(r) for r in source.relations(held)]
    own = [entry_of_person(p) for p in _own_records(work, keys)]
    return Around(tuple(own), tuple(found))


def _own_records(work: Work, keys: dict[str, frozenset[str]]) -> Iterable[SourcePerson]:
    for source in work.office.sources:
        held = keys.get(source.name, frozenset())
        if held and Capability.PEOPLE in source.capabilities:
            yield from (p for p in source.people() if p.key in held)


def fetched(work: Work) -> tuple[str, ...]:
    """Ids of what the last collection fetched for the case, without what is inside it."""
    found: list[str] = json.loads(work.get(f"collect/wanted-{_mark(work.case)}.json"))
    return tuple(found)


def _mark(case: Case) -> str:
    return case.collection or str(_since(case))


def _since(case: Case) -> int:
    return max(case.matches[0] if case.matches else 0, case.last_answer("match"))


def document_id(source: str, item: str) -> str:
    """The stable id of a record or document of a source."""
    return "d" + sha256(f"{source}|{item}".encode()).hexdigest()[:12]


def _collect_source(
    work: Work, source: Source, keys: dict[str, frozenset[str]], listing: str
) -> list[str]:
    result = search_source(source, keys, SearchTerms(), time.monotonic)
    events: list[Event] = []
    unread: list[str] = []
    for record in result.records:
        events.append(_record(work, record))
    for document in result.documents:
        try:
            events.append(_document(work, document))
        except RightsdeskError as error:
            unread.append(error.code)
            events.append(_unopened(work, document, error))
    failpoint("collect.files-kept")
    ids = [e.document for e in events if isinstance(e, EvidenceCollected)]
    fresh = [
        e
        for e in events
        if not (isinstance(e, EvidenceCollected) and e.document in work.case.documents)
    ]
    work.put(listing, json.dumps({"documents": ids}).encode())
    answer = _answer(work, source, result.line, unread)
    work.append(*fresh, answer, *_standing_limits(work, source, result.line))
    failpoint("collect.source-done")
    return ids


def _record(work: Work, record: SourceRecord) -> EvidenceCollected:
    recorded_by = (("Recorded by", record.author),) if record.author else ()
    page = Record(
        title=record.title,
        fields=(*record.fields, *recorded_by),
        text=record.text,
        date=f"{record.date.day} {record.date:%B %Y}" if record.date else "",
    )
    about = {
        "title": record.title,
        "name": "",
        "key": record.key,
        "item": record.record_id,
        "copy_of": record.copy_of,
        "retracted": "yes" if record.retracted else "",
    }
    data = page.to_bytes()
    return _kept(work, record.source, record.record_id, record.date, data, about)


def _document(work: Work, document: SourceDocument) -> EvidenceCollected:
    data = document.open()
    about = _about(document)
    return _kept(work, document.source, document.document_id, document.date, data, about)


def _about(document: SourceDocument) -> dict[str, str]:
    return {
        "title": document.title or "Untitled document",
        "name": document.name,
        "key": document.key,
        "item": document.document_id,
        "copy_of": "",
    }


def _unopened(work: Work, document: SourceDocument, error: RightsdeskError) -> EvidenceCollected:
    """A document that the source could not hand over becomes an empty file: unreadable, a task."""
    about = {**_about(document), "error": error.code}
    return _kept(work, document.source, document.document_id, document.date, b"", about)


def _kept(
    work: Work,
    source: str,
    item: str,
    dated: dt.date | None,
    data: bytes,
    about: dict[str, str],
) -> EvidenceCollected:
    digest = sha256(data).hexdigest()
    name = document_id(source, item)
    known = work.case.documents.get(name)
    if known is not None and known.sha256 != digest:
        # The source changed since: the copy of that day stays; the new one is kept beside it.
        name = document_id(source, f"{item}|{digest}")
    file = work.put(f"doc/{name}/source", data)
    return EvidenceCollected(
        actor=ENGINE,
        document=name,
        source=source,
        sha256=digest,
        size=len(data),
        dated=dated,
        about=json.dumps(about, ensure_ascii=False),
        file=file,
    )


def _answer(work: Work, source: Source, line: LedgerLine, unopened: list[str]) -> SourceAnswered:
    today = work.office.today()
    facts: dict[str, object] = {
        "asked": line.asked,
        **_asked_under(work.case),
        "on": today.isoformat(),
        "note": " ".join(filter(None, (line.note, _NOT_OPENED if unopened else ""))),
        "limits": line.limits,
        "unread": line.unread,
        "unopened": len(unopened),
        "seconds": round(line.seconds, 3),
    }
    if isinstance(source, TeamSource):
        said = said_by(work.case, source, today)
        facts |= {**said, "note": facts["note"] or said.get("note", "")}
    return SourceAnswered(
        actor=ENGINE,
        source=line.source,
        status=_STATUS.get(line.status, "failed"),
        rows_in=line.rows_in,
        rows_accounted=line.rows_accounted,
        adapter=line.adapter,
        code=line.code,
        terms=json.dumps(facts, ensure_ascii=False),
    )


def _standing_limits(work: Work, source: Source, line: LedgerLine) -> tuple[DecisionMade, ...]:
    """What a search of this place never reaches, decided once for as long as it stays the same."""
    place, office = f"{source.name}/standing", work.office
    known = work.case.decision(f"{LIMIT}{place}")
    if not line.limits or line.status not in (Status.FOUND, Status.PARTIAL, Status.NOTHING_HELD):
        return ()
    if known is not None and json.loads(known.event.facts).get("limits") == list(line.limits):
        return ()
    decided = limited(
        work.case,
        place,
        reason=" ".join(line.limits),
        actor=ENGINE,
        law=office.law,
        on=office.today(),
        limits=line.limits,
    )
    return (decided,)


def _asked_under(case: Case) -> dict[str, list[str]]:
    """The names and dates of birth of the request, which the search was made under."""
    if case.people is None:
        return {}
    subject = case.people.subject
    names = [f"{n.forenames} {n.surname}".strip() for n in subject.names]
    born = subject.date_of_birth
    return {"names": names, "dates": [born.isoformat()] if born else []}


def _ask_about_failures(work: Work, failed: list[str]) -> None:
    asks = tuple(
        Ask(
            f"source/{name}/{work.case.sources[name][0]}",
            SOURCE,
            "officer",
            {
                "words": "This source did not answer, or not in the shape it should have.",
                "source": name,
                "code": work.case.sources[name][1].code,
                "note": json.loads(work.case.sources[name][1].terms).get("note", ""),
            },
            (AGAIN, GO_ON),
        )
        for name in failed
    )
    ask(work, asks, stage=Stage.COLLECT, topics=frozenset({SOURCE}))


def _goes_on(case: Case, name: str) -> bool:
    question = case.questions.get(f"source/{name}/{case.sources[name][0]}")
    return bool(question and question.answer and question.answer.value == GO_ON)
