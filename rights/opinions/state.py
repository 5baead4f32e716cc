"""Where an item of health data stands on a day: open, withheld, or blocked both ways.

Law: DPA 2018 Sch 3:

* para 6(1): not to be disclosed without an opinion that the serious harm test is not met;
* para 6(2): save what the data subject, not the requester, has seen or knows;
* para 5(2): not to be withheld for serious harm without an opinion that the test is met;
* paras 5(3)-(4), 6(3)-(4): an opinion counts for the months that end with the day of reliance,
  unless it is reasonable to consult again.

It does not say what holds when two opinions that may both be relied on differ: nobody here may
choose between them, so the item stays blocked until one is set aside.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rights.case import Case, HealthOpinion
from rights.law import Law
from rights.opinions.rely import last_day_of_reliance, may_be_relied_on

LOCKED = ("exemption.HEALTH-LOCK",)
OPENED = ("exemption.HEALTH-LOCK", "health.opinion")
WITHHELD = ("exemption.HEALTH-HARM", "health.opinion")
KNOWN_ALREADY = ("exemption.HEALTH-LOCK", "health.known")
"""Ids of the rules that each state rests on."""


class Lock(StrEnum):
    """What may be done with an item."""

    KNOWN = "known to the subject"
    """May be disclosed."""
    NO_HARM = "no serious harm"
    """May be disclosed while the opinion is fresh."""
    HARM = "serious harm"
    """Is withheld while the opinion is fresh."""
    BLOCKED = "blocked"
    """May be neither disclosed nor withheld."""


class Why(StrEnum):
    """Why an item is blocked."""

    NOBODY_ASKED = "nobody was asked yet"
    AWAITED = "the opinion is awaited"
    STALE = "the opinion is too old to be relied on"
    SPOILED = "the opinion was set aside"
    DIVIDED = "two opinions differ"


@dataclass(frozen=True, slots=True)
class ItemState:
    """Where one item stands on one day.

    Attributes:
        item: Its id.
        lock: What may be done with it.
        why: Why it is blocked; None otherwise.
        opinion: Id of the opinion that counts, or that is awaited or lapsed.
        until: Last day on which that opinion may be relied on.
        rules: Ids of the rules that were applied.
    """

    item: str
    lock: Lock
    why: Why | None = None
    opinion: str = ""
    until: dt.date | None = None
    rules: tuple[str, ...] = LOCKED

    @property
    def is_blocked(self) -> bool:
        """Whether it holds back the document in which it stands."""
        return self.lock is Lock.BLOCKED


def states_of(case: Case, items: Iterable[str], on: dt.date, law: Law) -> tuple[ItemState, ...]:
    """Where these items stand on a day, in the order given."""
    return tuple(state_of(case, item, on, law) for item in items)


def state_of(case: Case, item: str, on: dt.date, law: Law) -> ItemState:
    """Where an item stands on a day, which is that of dispatch when it counts.

    An opinion of serious harm that may be relied on comes before the subject's own knowledge,
    where the law data has it so.
    """
    said = [s for o in case.opinions.values() if (s := _said(o, item)) is not None]
    fresh = [s for s in said if s.stands and may_be_relied_on(s.dated, on, law)]
    harm = [s for s in fresh if s.harm]
    no_harm = [s for s in fresh if not s.harm]
    known = item in case.known and law.switch("health.known", on)
    if known and not (harm and law.switch("health.harm_before_known", on)):
        return ItemState(item, Lock.KNOWN, rules=KNOWN_ALREADY)
    if harm and no_harm:
        latest = max((*harm, *no_harm), key=lambda s: s.dated)
        return ItemState(item, Lock.BLOCKED, Why.DIVIDED, latest.opinion, rules=WITHHELD)
    if fresh:
        best = max(fresh, key=lambda s: s.dated)
        lock, rules = (Lock.HARM, WITHHELD) if best.harm else (Lock.NO_HARM, OPENED)
        until = last_day_of_reliance(best.dated, law)
        return ItemState(item, lock, None, best.opinion, until, rules)
    return _blocked(case, item, said, law)


@dataclass(frozen=True, slots=True)
class _Said:
    """The latest that one opinion says of an item."""

    opinion: str
    dated: dt.date
    harm: bool
    stands: bool
    """Nobody has set the opinion aside."""


def _said(opinion: HealthOpinion, item: str) -> _Said | None:
    for given in reversed(opinion.given):
        if item in given.harm or item in given.no_harm:
            harm, stands = item in given.harm, not opinion.spoiled
            return _Said(opinion.asked.opinion, given.dated, harm, stands)
    return None


def _blocked(case: Case, item: str, said: list[_Said], law: Law) -> ItemState:
    answered = {s.opinion for s in said}
    for name, opinion in reversed(case.opinions.items()):
        if item in opinion.asked.items and name not in answered and not opinion.spoiled:
            return ItemState(item, Lock.BLOCKED, Why.AWAITED, name)
    if not said:
        return ItemState(item, Lock.BLOCKED, Why.NOBODY_ASKED)
    stood = [s for s in said if s.stands]
    last = max(stood or said, key=lambda s: s.dated)
    until = last_day_of_reliance(last.dated, law)
    why = Why.STALE if stood else Why.SPOILED
    return ItemState(item, Lock.BLOCKED, why, last.opinion, until, OPENED)
