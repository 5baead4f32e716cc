"""What people said about records: of this case, and of earlier cases of the same person.

A judgement of an earlier case is shown beside the record and argues; it confirms nothing by itself.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from casework.office import LONDON, Work
from casework.twice import same_subject
from rights.case import Case, Question
from rights.events.base import ENGINE
from rights.workdays import english

TOPIC = "match"
ALL, NOT_ALL = "all are the subject's", "not all"
YES, NO = "yes", "no"

Place = tuple[str, str]
"""A source by its name, and the key of a record in it."""


@dataclass(frozen=True, slots=True)
class Before:
    """What was said in earlier cases about records, by their place.

    Attributes:
        said: Each judgement in a sentence, to be shown beside the record.
        theirs: Whether the latest says that it is the person's.
    """

    said: defaultdict[Place, list[str]] = field(default_factory=lambda: defaultdict(list))
    theirs: dict[Place, bool] = field(default_factory=dict[Place, bool])


@dataclass(frozen=True, slots=True)
class _Judgement:
    place: Place
    theirs: bool
    at: dt.datetime


def items_of(question: Question) -> list[dict[str, Any]]:
    """The records that a question is about."""
    body = question.body
    for name in ("candidate", "hit", "apart"):
        if name in body:
            return [body[name]]
    return [*body.get("candidates", ()), *body.get("hits", ())]


def place_of(item: dict[str, Any]) -> Place:
    """Where a record lies."""
    return str(item["source"]), str(item["key"])


def judged(case: Case) -> dict[Place, bool]:
    """What a person said of each record in this case: whether it is the subject's."""
    return {said.place: said.theirs for said in _judgements(case)}


def confirmed_keys(work: Work) -> dict[str, frozenset[str]]:
    """Per source the keys that a person said are the subject's."""
    keys: defaultdict[str, set[str]] = defaultdict(set)
    for (source, key), theirs in judged(work.case).items():
        if theirs:
            keys[source].add(key)
    return {source: frozenset(held) for source, held in keys.items()}


def judged_before(work: Work) -> Before:
    """What earlier cases of the same person say; each case that is looked into is journaled."""
    before = Before()
    told = [(said, case) for case in _earlier(work) for said in _judgements(case)]
    for said, case in sorted(told, key=lambda pair: (pair[0].at, pair[1].ref)):
        day = english(said.at.astimezone(LONDON).date())
        words = "Confirmed as theirs" if said.theirs else "Said not to be theirs"
        before.said[said.place].append(f"{words} in {case.ref} on {day}.")
        before.theirs[said.place] = said.theirs
    return before


def _judgements(case: Case) -> Iterator[_Judgement]:
    """Every judgement in force, the latest answer last."""
    answered = [(q.answer, q) for q in case.answered(TOPIC) if q.answer and not q.withdrawn]
    for answer, question in sorted(answered, key=lambda pair: pair[0].seq):
        wrong = set(json.loads(answer.details)["not"]) if answer.value == NOT_ALL else set[str]()
        for item in items_of(question):
            place = place_of(item)
            theirs = answer.value in (YES, ALL, NOT_ALL) and "|".join(place) not in wrong
            yield _Judgement(place, theirs, answer.at)


def _earlier(work: Work) -> Iterator[Case]:
    """Other cases of this case's subject in which somebody judged records."""
    office, mine = work.office, work.case.people
    if mine is None:
        return
    refs = {link.other for link in work.case.linked}
    for name in mine.subject.names:
        refs |= set(office.store.find_by_name([name.surname], ENGINE.login))
    for ref in sorted(refs - {work.ref}):
        case = office.case(ref)
        if case.people is None or not same_subject(mine.subject, case.people.subject):
            continue
        if any(case.answered(TOPIC)):
            office.store.journal_access(ENGINE.login, f"judged matches, for {work.ref}", case.ref)
            yield case
