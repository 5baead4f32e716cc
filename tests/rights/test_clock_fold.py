"""The short fold for the clock agrees with the fold of the whole case."""

import datetime as dt
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from rights.clock import ClockFacts, Extension, Pause, Trigger
from rights.clock.fold import clock_facts, fold_facts
from rights.events import Actor, Attested, Event
from rights.events import kinds as k
from rights.fold import fold
from rights.release import CaseRef, Right

REF = CaseRef("SAR-2026-0041-K")
OFFICER = Actor(login="officer", attested=Attested.DESK)
DAYS = st.dates(dt.date(2026, 2, 5), dt.date(2027, 12, 31))
WHAT = st.sampled_from(("identity", "authority"))


@dataclass(frozen=True)
class Row:
    seq: int
    event: Event
    recorded_at: dt.datetime


def journal(events: list[Event], hour: int = 9) -> list[Row]:
    at = dt.datetime(2026, 7, 14, hour, 30, tzinfo=dt.UTC)
    return [Row(seq, event, at) for seq, event in enumerate(events, start=1)]


def opened(on: dt.date, right: Right = Right.ACCESS) -> k.CaseOpened:
    return k.CaseOpened(
        actor=OFFICER, right=right, channel="letter", received_on=on, received_by="front desk"
    )


@st.composite
def journals(draw: st.DrawFn) -> list[Event]:
    moving = st.one_of(
        st.builds(k.ReceiptCorrected, actor=st.just(OFFICER), received_on=DAYS, reason=st.just("")),
        st.builds(
            k.EvidenceAsked,
            actor=st.just(OFFICER),
            what=WHAT,
            asked_on=DAYS,
            doubt_recorded=st.booleans(),
        ),
        st.builds(k.EvidenceReceived, actor=st.just(OFFICER), what=WHAT, received_on=DAYS),
        st.builds(
            k.FeeCharged,
            actor=st.just(OFFICER),
            asked_on=DAYS,
            pence=st.just(900),
            reasons=st.sampled_from(("", " ", "the same for the ninth time")),
        ),
        st.builds(k.FeePaid, actor=st.just(OFFICER), paid_on=DAYS),
        st.builds(k.ClockPaused, actor=st.just(OFFICER), asked_on=DAYS, question=st.just("which?")),
        st.builds(k.ClockResumed, actor=st.just(OFFICER), answered_on=DAYS),
        st.builds(
            k.TimeExtended,
            actor=st.just(OFFICER),
            noticed_on=DAYS,
            ground=st.sampled_from(("complexity", "number of requests")),
            reasons=st.sampled_from(("", " ", "many volumes")),
        ),
        st.builds(k.SearchFinished, actor=st.just(OFFICER), sources=st.just(())),
    )
    return [opened(draw(DAYS)), *draw(st.lists(moving, max_size=12))]


@given(journals())
def test_agrees_with_the_fold_of_the_whole_case(events: list[Event]):
    """Whatever was recorded, the short fold gives the facts that the case gives."""
    rows = journal(events)
    case = fold(REF, rows)
    assert case.received_on is not None
    assert fold_facts(rows) == clock_facts(
        case.right,
        case.received_on,
        recorded_at=case.recorded_at,
        evidence=case.evidence,
        fees=case.fees,
        pauses=case.pauses,
        extension=case.extension,
    )


def test_the_facts_of_a_case_with_everything():
    """Each event becomes its fact; the day of logging is the London one."""
    on = dt.date(2026, 7, 1)

    def day(n: int) -> dt.date:
        return on + dt.timedelta(days=n)

    events: list[Event] = [
        opened(day(3)),
        k.ReceiptCorrected(actor=OFFICER, received_on=on, reason="came to a school first"),
        k.EvidenceAsked(actor=OFFICER, what="identity", asked_on=day(4), doubt_recorded=True),
        k.EvidenceReceived(actor=OFFICER, what="identity", received_on=day(6)),
        k.EvidenceAsked(actor=OFFICER, what="authority", asked_on=day(7)),
        k.FeeCharged(actor=OFFICER, asked_on=day(8), pence=500, reasons="the ninth time"),
        k.FeePaid(actor=OFFICER, paid_on=day(9)),
        k.ClockPaused(actor=OFFICER, asked_on=day(10), question="which years?"),
        k.ClockResumed(actor=OFFICER, answered_on=day(12)),
        k.ClockPaused(actor=OFFICER, asked_on=day(14), question="which services?"),
        k.TimeExtended(actor=OFFICER, noticed_on=day(20), ground="complexity", reasons="volumes"),
    ]
    assert fold_facts(journal(events, hour=23)) == ClockFacts(
        right=Right.ACCESS,
        received_on=on,
        recorded_on=dt.date(2026, 7, 15),
        identity=(Trigger(day(4), day(6), grounds_recorded=True),),
        authority=(Trigger(day(7)),),
        fee=(Trigger(day(8), day(9), grounds_recorded=True),),
        pauses=(Pause(day(10), day(12)), Pause(day(14))),
        extension=Extension(day(20), "complexity", reasons_recorded=True),
    )


def test_a_fee_without_its_reasons_does_not_move_the_start():
    """A fee is lawful only for a request that is unfounded or excessive, and that must be said."""
    on = dt.date(2026, 7, 1)
    for reasons, counts in (("", False), ("  ", False), ("the ninth time", True)):
        charged = k.FeeCharged(actor=OFFICER, asked_on=on, pence=500, reasons=reasons)
        facts = fold_facts(journal([opened(on), charged]))
        assert facts is not None
        assert facts.fee == (Trigger(on, None, grounds_recorded=counts),)


def test_no_facts_before_a_case_is_opened():
    """A journal without an opening has no time."""
    assert fold_facts([]) is None
