"""Searching: every source is probed, those with names feed the people index, mail is searched.

What is found is kept as it was found that day; whose records they are is decided afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import asdict, astuple
from typing import Any

from casework.asking import query_of, terms_of
from casework.office import Office, Work
from casework.people import index_names
from casework.questions import Ask, Given, SignedIn, ask, on_answer
from casework.sheets import ask_places, limit
from rights.case import Case, Question
from rights.errors import RightsdeskError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import SearchFinished, SourceAnswered
from rights.failpoints import failpoint, register
from rights.identity import (
    Candidate,
    Index,
    SearchResult,
    Settings,
    as_svg,
    build_index,
    open_index,
)
from rights.identity import search as search_index
from rights.people import RequestPeople
from rights.road import AGAIN, Stage
from rights.sources import Capability, Source, TermSource
from rights.sources.faults import Faulty, rows_unread
from rights.sources.indexed import IndexedFolderSource
from rights.sources.nothing import SuspendedError
from rights.sources.search import adapter_of

TOPIC = "source"
GO_ON = "go on without it, and say so"
INDEX = "index of people"
"""Stands where a source would: what it could not reach is a limit on the search as well."""

_NO_ANSWER = "This source did not answer, or not in the shape it should have."
_WORDS = {
    "sources.index_differs": "The index and the folder of this source differ. Files that no index "
    "lists were looked for by their names; those that may be the person's come with the matches. "
    "Have the index mended and search again, or go on.",
    "sources.rows_unread": "Some of this source could not be read. Have it mended and search "
    "again, or go on.",
}

register("search.probed", "search.kept", "search.asked")


def search(work: Work) -> None:
    """Ask every source; one that fails becomes a question, and nothing is skipped in silence."""
    people = work.case.people
    assert people is not None
    index_names(work.office, work.case)
    answering, failed = _probe(work)
    failpoint("search.probed")
    file = f"search/found-{work.case.seq}.json"
    if not work.office.store.has_file(work.ref, file):
        result = _people(work, answering, people)
        hits = {s.name: _hits(s, people) for s in answering if isinstance(s, TermSource)}
        body = {
            "candidates": [candidate_out(c) for c in result.candidates],
            "rejected": result.rejected,
            "rejects": [astuple(r) for r in result.rejects],
            "limits": result.limits,
            "weights": result.weights_version,
            "hits": hits,
            "unread": _unread(answering),
            "gaps": _gaps(answering),
        }
        work.put(file, json.dumps(body, ensure_ascii=False, default=str).encode())
    failpoint("search.kept")
    kept = json.loads(work.get(file))
    for name, sentence in kept.get("unread", {}).items():
        failed[name] = _partial(work, name, "sources.rows_unread", sentence)
    for name, sentence in kept.get("gaps", {}).items():
        failed.setdefault(name, _partial(work, name, "sources.index_differs", sentence))
    _ask_about(work, failed, kept.get("limits", ()))
    failpoint("search.asked")
    ask_places(work)
    names = tuple(s.name for s in work.office.sources)
    work.append(*failed.values(), SearchFinished(actor=ENGINE, sources=names, file=file))


def _probe(work: Work) -> tuple[list[Source], dict[str, SourceAnswered]]:
    answering: list[Source] = []
    failed: dict[str, SourceAnswered] = {}
    for source in work.office.sources:
        try:
            source.probe()
            answering.append(source)
        except RightsdeskError as error:
            failed[source.name] = _failure(source, error)
    return answering, failed


def _failure(source: Source, error: RightsdeskError) -> SourceAnswered:
    return SourceAnswered(
        actor=ENGINE,
        source=source.name,
        status="suspended" if isinstance(error, SuspendedError) else "failed",
        code=error.code,
        adapter=adapter_of(source),
        terms=json.dumps({"note": error.sentence}),
    )


def _unread(sources: Iterable[Source]) -> dict[str, str]:
    """Sources of which some rows of people could not be read: the person may be among them."""
    found: dict[str, str] = {}
    for source in sources:
        faults = source.faults() if isinstance(source, Faulty) else ()
        if faults:
            found[source.name] = rows_unread(source.name, faults).sentence
    return found


def _gaps(sources: Iterable[Source]) -> dict[str, str]:
    """Indexes that do not fit their folders: a file that nobody listed may be about the person."""
    found = {s.name: s.gaps().notes for s in sources if isinstance(s, IndexedFolderSource)}
    return {name: " ".join(notes) for name, notes in found.items() if notes}


def _partial(work: Work, name: str, code: str, sentence: str) -> SourceAnswered:
    adapters = {s.name: adapter_of(s) for s in work.office.sources}
    return SourceAnswered(
        actor=ENGINE,
        source=name,
        status="partial",
        code=code,
        adapter=adapters.get(name, ""),
        terms=json.dumps({"note": sentence}),
    )


def _people(work: Work, sources: list[Source], people: RequestPeople) -> SearchResult:
    with fresh_index(work, sources) as index:
        return search_index(index, query_of(people), settings=Settings(keep_rejected=True))


@contextmanager
def fresh_index(work: Work, sources: Iterable[Source]) -> Generator[Index]:
    """The people index for one search, built anew and removed: it holds everybody's names."""
    with work.office.scratch.job(f"{work.ref}-index") as folder:
        build_index(
            folder / "people.sqlite", [s for s in sources if Capability.PEOPLE in s.capabilities]
        )
        index = open_index(folder / "people.sqlite")
        try:
            yield index
        finally:
            index.close()


def candidate_out(candidate: Candidate) -> dict[str, Any]:
    """A candidate as it is kept and shown, its waterfall drawn."""
    return {**asdict(candidate), "svg": as_svg(candidate)}


def _hits(source: TermSource, people: RequestPeople) -> list[dict[str, Any]]:
    return [asdict(hit) for hit in source.find(terms_of(people))]


def _ask_about(work: Work, failed: dict[str, SourceAnswered], limits: Sequence[str]) -> None:
    asks = [
        Ask(
            f"search/{name}/{work.case.searched_seq}",
            TOPIC,
            "officer",
            {
                "words": _WORDS.get(event.code, _NO_ANSWER),
                "source": name,
                "code": event.code,
                "note": json.loads(event.terms)["note"],
            },
            (AGAIN, GO_ON),
        )
        for name, event in failed.items()
    ]
    if limits:
        body = {
            "words": "Not every record that might be the person's could be compared. Enter more "
            "of what is known (a date of birth, a postcode, a number) and search again.",
            "source": INDEX,
            "code": "identity.limits",
            "note": " ".join(limits),
        }
        asks.append(
            Ask(f"search/{INDEX}/{work.case.searched_seq}", TOPIC, "officer", body, (AGAIN, GO_ON))
        )
    ask(work, tuple(asks), stage=Stage.SEARCH, topics=frozenset({TOPIC}))


@on_answer(TOPIC)
def _decided(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    """To go on without a source is a limit on the search, and needs its reason."""
    if given.value != GO_ON:
        return ()
    return (limit(office, case, str(question.body["source"]), given, who),)
