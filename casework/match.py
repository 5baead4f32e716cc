"""Matching: which of the records found are the subject's. Every match is confirmed by a human.

The sure ones are confirmed together, once; the doubtful ones one by one. What the confirmed
records add (an old surname, a number) is searched with once more before anything is fetched.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import Any

from casework.asking import query_of
from casework.judged import (
    ALL,
    NO,
    NOT_ALL,
    TOPIC,
    YES,
    Before,
    Place,
    confirmed_keys,
    items_of,
    judged,
    judged_before,
    place_of,
)
from casework.office import Office, Work
from casework.questions import Ask, Given, SignedIn, ask, on_answer
from casework.search import candidate_out, fresh_index
from rights.case import Case, Question
from rights.errors import InputError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import MatchesProposed
from rights.failpoints import failpoint, register
from rights.identity import search as search_index
from rights.road import Stage
from rights.sources import Capability
from rights.sources.carry import carry

TOGETHER = "match/together"

register("match.asked")


def match(work: Work) -> None:
    """Ask a person about what the search found."""
    found = found_of(work)
    before, known = judged_before(work), judged(work.case)
    candidates = [_with(before, c) for c in found["candidates"]]
    sure = [c for c in candidates if c["band"] == "match"]
    doubtful = [c for c in candidates if c["band"] == "review"]
    hits = [_with(before, {**h, "source": s}) for s, held in found["hits"].items() for h in held]
    new = [i for i in (*sure, *doubtful, *hits) if place_of(i) not in known]
    together = [i for i in new if _is_sure(i) and before.theirs.get(place_of(i), True)]
    asks = [*_together(together)]
    asks += [_single(i) if "band" in i else _hit(i) for i in new if i not in together]
    ask(work, tuple(asks), stage=Stage.MATCH, topics=frozenset({TOPIC}))
    failpoint("match.asked")
    work.append(
        MatchesProposed(
            actor=ENGINE,
            file=found["file"],
            matches=len(sure) + sum(1 for h in hits if h["sure"]),
            reviews=len(doubtful) + sum(1 for h in hits if not h["sure"]),
            rejected=found["rejected"],
            weights=str(found["weights"]),
        )
    )


def found_of(work: Work) -> dict[str, Any]:
    """What the last search found, as it was kept."""
    file = work.case.search_file
    return {"file": file, **json.loads(work.get(file))}


def ask_second_pass(work: Work) -> bool:
    """Search again with what the confirmed records add; True if that brought up new questions."""
    confirmed = confirmed_keys(work)
    people = work.case.people
    assert people is not None
    asked = _asked_about(work.case)
    pairs = tuple((s, k) for s, held in sorted(confirmed.items()) for k in sorted(held))
    with fresh_index(work, work.office.sources) as index:
        result = search_index(index, query_of(people), confirmed=pairs)
    before = judged_before(work)
    fresh = [
        _with(before, {**candidate_out(c), "band": "review"})
        for c in result.candidates
        if c.band != "none" and (c.source, c.key) not in asked
    ]
    standing = [q for q in work.case.questions.values() if q.topic == TOPIC and q.is_open]
    asks = [_single(json.loads(json.dumps(c, default=str))) for c in fresh]
    shown = asked | {(c["source"], c["key"]) for c in fresh}
    held_apart = carry(work.office.sources, confirmed).apart
    apart = [place for place in held_apart if place not in shown]
    asks += [_apart(source, key) for source, key in apart]
    asks += _missed(work, before, shown | {*apart})
    if asks:
        ask(work, tuple(asks), stage="second pass", topics=frozenset())
    return bool(asks or standing)


def _is_sure(item: dict[str, Any]) -> bool:
    return item["band"] == "match" if "band" in item else bool(item["sure"])


def _with(before: Before, item: dict[str, Any]) -> dict[str, Any]:
    """A record with what earlier requests of the same person say of it."""
    said = before.said.get(place_of(item))
    return {**item, "before": said} if said else item


def _together(sure: Collection[dict[str, Any]]) -> Iterable[Ask]:
    if sure:
        body = {
            "words": "The engine is sure of these. Look at each and confirm them once.",
            "candidates": [i for i in sure if "band" in i],
            "hits": [i for i in sure if "band" not in i],
        }
        marks = sorted(f"{i['source']}|{i['key']}" for i in sure)
        digest = sha256("\n".join(marks).encode()).hexdigest()
        name = f"{TOGETHER}/{digest[:12]}"
        yield Ask(name, TOPIC, "officer", body, (ALL, NOT_ALL))


def _single(candidate: dict[str, Any]) -> Ask:
    body = {"words": "Is this record the subject's?", "candidate": candidate}
    return Ask(_id(candidate), TOPIC, "officer", body, (YES, NO))


def _apart(source: str, key: str) -> Ask:
    """A record that its system joins to a confirmed one, and that must not be taken unseen."""
    words = (
        "Its system joins this record to one that was confirmed, but it is restricted or under an "
        "adoption. Look at it there. Is it the subject's, and may it be opened for this request?"
    )
    record = {"source": source, "key": key}
    body: dict[str, Any] = {"words": words, "apart": record}
    return Ask(_id(record), TOPIC, "officer", body, (YES, NO))


def _missed(work: Work, before: Before, found: Collection[Place]) -> Iterable[Ask]:
    """Records that were confirmed in an earlier request and that this search did not bring up."""
    searched = {s.name for s in work.office.sources if Capability.PEOPLE in s.capabilities}
    words = (
        "This record was confirmed in an earlier request of the same person, and the search did "
        "not bring it up this time. Look at it there. Is it the subject's?"
    )
    for (source, key), theirs in sorted(before.theirs.items()):
        if theirs and source in searched and (source, key) not in found:
            record = {"source": source, "key": key, "before": before.said[source, key]}
            yield Ask(_id(record), TOPIC, "officer", {"words": words, "apart": record}, (YES, NO))


def _asked_about(case: Case) -> set[Place]:
    return {
        place_of(item)
        for question in case.questions.values()
        if question.topic == TOPIC
        for item in items_of(question)
    }


def _hit(hit: dict[str, Any]) -> Ask:
    body = {"words": "Is this message about the subject?", "hit": hit}
    return Ask(_id(hit), TOPIC, "officer", body, (YES, NO))


def _id(item: dict[str, Any]) -> str:
    mark = sha256(f"{item['source']}|{item['key']}".encode()).hexdigest()[:12]
    return f"match/{item['source']}/{mark}"


@on_answer(TOPIC)
def _checked(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    if given.value == NOT_ALL:
        wrong = given.details.get("not")
        known = {f"{i['source']}|{i['key']}" for i in items_of(question)}
        if not isinstance(wrong, list | tuple) or not wrong or not set(map(str, wrong)) <= known:
            raise InputError(
                "match.which",
                "'Not all' does not say which records are somebody else's.",
                "Mark at least one of the listed records.",
            )
    return ()
