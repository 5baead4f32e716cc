"""Small journals of health data, for the tests of states and of the law data."""

from __future__ import annotations

import datetime as dt
import json

from rights.case import Case
from rights.events import Actor, Attested, Event
from rights.events import kinds as k
from rights.fold import fold
from rights.law import Law, load
from rights.opinions import ItemState, OpinionWords, opinion_words, state_of
from rights.reference import as_case_ref
from tests.rights.gates.build import Row

D = dt.date
LAW = load()
OFFICER = Actor(login="officer1", attested=Attested.DESK)
REF = as_case_ref("SAR-2026-0001-C")
ITEM, OTHER = "D1/a", "D1/b"
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
TODAY = D(2026, 11, 22)
LONG_AGO = D(2026, 1, 5)


def asked(name: str = "opinion/1", *items: str, on: dt.date = LONG_AGO) -> Event:
    """A professional was asked."""
    return k.OpinionAsked(
        actor=OFFICER,
        opinion=name,
        items=items or (ITEM, OTHER),
        asked_on=on,
        professional=json.dumps({"name": "Dr L Fen"}),
    )


def said(harm: bool, dated: dt.date, name: str = "opinion/1", item: str = ITEM) -> Event:
    """An opinion came about one item."""
    return k.OpinionGiven(
        actor=OFFICER,
        opinion=name,
        dated=dated,
        received_on=dated,
        harm=(item,) if harm else (),
        no_harm=() if harm else (item,),
        by=json.dumps({"name": "Dr L Fen"}),
    )


def aside(name: str = "opinion/1") -> Event:
    """An opinion was set aside."""
    return k.OpinionSpoiled(actor=OFFICER, opinion=name, why="in hospital again")


KNOWN = k.KnownToSubject(actor=OFFICER, items=(ITEM,), known_on=D(2020, 1, 1), how="was present")
UNKNOWN = k.KnowledgeRetracted(actor=OFFICER, items=(ITEM,), why="the wrong line")
FRESH, STALE = D(2026, 11, 2), D(2026, 5, 20)
SECOND = asked("opinion/2", ITEM)


def case_of(*events: Event) -> Case:
    """The case of these events."""
    return fold(REF, [Row(n, e, NOON) for n, e in enumerate(events, 1)])


def state(*events: Event, on: dt.date = TODAY, law: Law = LAW) -> ItemState:
    """Where the item stands."""
    return state_of(case_of(*events), ITEM, on, law)


def told(law: Law, on: dt.date) -> tuple[ItemState, ItemState, OpinionWords]:
    """What the law data say on a day of what is known, of harm in what is known, and in letters."""
    both = state(asked(), said(True, on), KNOWN, on=on, law=law)
    return state(KNOWN, on=on, law=law), both, opinion_words(law, on)
