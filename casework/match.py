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
from rights.sources.carry import carry

TOPIC = "match"
ALL, NOT_ALL = "all are the subject's", "not all"
YES, NO = "yes", "no"
TOGETHER = "match/together"

register("match.asked")


def match(work: Work) -> None:
    """Ask a person about what the search found."""
    found = found_of(work)
    sure = [c for c in found["candidates"] if c["band"] == "match"]
    doubtful = [c for c in found["candidates"] if c["band"] == "review"]
    hits = [{**hit, "source": s} for s, held in found["hits"].items() for hit in held]
    judged = _judged(work.case)
    asks = [*_together(_new(sure, judged), _new([h for h in hits if h["sure"]], judged))]
    asks += [_single(c) for c in doubtful if _place(c) not in judged]
    asks += [_hit(h) for h in hits if not h["sure"] and _place(h) not in judged]
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


def confirmed_keys(work: Work) -> dict[str, frozenset[str]]:
    """Per source the keys that a person said are the subject's."""
    keys: dict[str, set[str]] = {}
    for question in work.case.answered(TOPIC):
        if question.answer is None or question.withdrawn:
            continue
        for item in _confirmed_by(question):
            keys.setdefault(item["source"], set()).add(item["key"])
    return {source: frozenset(held) for source, held in keys.items()}


def ask_second_pass(work: Work) -> bool:
    """Search again with what the confirmed records add; True if that brought up new questions."""
    confirmed = confirmed_keys(work)
    people = work.case.people
    assert people is not None
    asked = _asked_about(work.case)
    pairs = tuple((s, k) for s, held in sorted(confirmed.items()) for k in sorted(held))
    with fresh_index(work, work.office.sources) as index:
        result = search_index(index, query_of(people), confirmed=pairs)
    fresh = [
        {**candidate_out(c), "band": "review"}
        for c in result.candidates
        if c.band != "none" and (c.source, c.key) not in asked
    ]
    standing = [q for q in work.case.questions.values() if q.topic == TOPIC and q.is_open]
    asks = [_single(json.loads(json.dumps(c, default=str))) for c in fresh]
    shown = asked | {(c["source"], c["key"]) for c in fresh}
    held_apart = carry(work.office.sources, confirmed).apart
    asks += [_apart(source, key) for source, key in held_apart if (source, key) not in shown]
    if asks:
        ask(work, tuple(asks), stage="second pass", topics=frozenset())
    return bool(asks or standing)


def _judged(case: Case) -> frozenset[tuple[str, str]]:
    """What a person said yes or no to: a later search that finds it again does not ask again."""
    answered = (q for q in case.answered(TOPIC) if not q.withdrawn)
    return frozenset(_place(item) for question in answered for item in _items(question))


def _new(items: list[dict[str, Any]], judged: Collection[tuple[str, str]]) -> list[dict[str, Any]]:
    return [item for item in items if _place(item) not in judged]


def _place(item: dict[str, Any]) -> tuple[str, str]:
    return str(item["source"]), str(item["key"])


def _together(sure: list[dict[str, Any]], hits: list[dict[str, Any]]) -> Iterable[Ask]:
    if sure or hits:
        body = {
            "words": "The engine is sure of these. Look at each and confirm them once.",
            "candidates": sure,
            "hits": hits,
        }
        marks = sorted(f"{i['source']}|{i['key']}" for i in [*sure, *hits])
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


def _hit(hit: dict[str, Any]) -> Ask:
    body = {"words": "Is this message about the subject?", "hit": hit}
    return Ask(_id(hit), TOPIC, "officer", body, (YES, NO))


def _id(item: dict[str, Any]) -> str:
    mark = sha256(f"{item['source']}|{item['key']}".encode()).hexdigest()[:12]
    return f"match/{item['source']}/{mark}"


def _items(question: Question) -> list[dict[str, Any]]:
    body = question.body
    if "candidate" in body:
        return [body["candidate"]]
    if "hit" in body:
        return [body["hit"]]
    if "apart" in body:
        return [body["apart"]]
    return [*body.get("candidates", ()), *body.get("hits", ())]


def _confirmed_by(question: Question) -> list[dict[str, Any]]:
    assert question.answer is not None
    match question.answer.value:
        case "yes" | "all are the subject's":
            return _items(question)
        case "not all":
            wrong = set(json.loads(question.answer.details)["not"])
            return [i for i in _items(question) if f"{i['source']}|{i['key']}" not in wrong]
        case _:
            return []


def _asked_about(case: Case) -> set[tuple[str, str]]:
    return {
        (i["source"], i["key"])
        for q in case.questions.values()
        if q.topic == TOPIC
        for i in _items(q)
    }


@on_answer(TOPIC)
def _checked(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    if given.value == NOT_ALL:
        wrong = given.details.get("not")
        known = {f"{i['source']}|{i['key']}" for i in _items(question)}
        if not isinstance(wrong, list | tuple) or not wrong or not set(map(str, wrong)) <= known:
            raise InputError(
                "match.which",
                "'Not all' does not say which records are somebody else's.",
                "Mark at least one of the listed records.",
            )
    return ()
