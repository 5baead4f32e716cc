"""Counting: one pass over the cases, in memory that does not grow with their number.

The measures are those that the regulator expects to be reported (accountability, UK GDPR Arts
5(2) and 24). Nothing is read from a stored figure: each case is folded from its events, and its
time counted anew by the law of its day. A period of the past is told as it stood on its last day,
by the dates on which things happened.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from rights.case import Case
from rights.clock import Clock, ClockFacts, ClockState, read_clock
from rights.clock.count import add_months
from rights.errors import InputError, RightsdeskError
from rights.figures import model as m
from rights.figures.facts import CaseFacts, Period, as_at
from rights.law import Law
from rights.release import Right


def figures(cases: Iterable[CaseFacts], period: Period, today: dt.date, law: Law) -> m.Figures:
    """The figures of a period.

    Args:
        cases: Every case there is, in any order; each is looked at once and let go.
        period: The days to count.
        today: The local day; nothing is told beyond it.
        law: The law data.

    Raises:
        InputError: ``figures.future`` for a period that has not begun; or a case has dates that
            cannot be, and is named by its reference.
        ConfigError: The time of a case, named by its reference, runs past the confirmed holidays.
    """
    if period.first > today:
        raise InputError(
            "figures.future",
            "The period has not begun yet.",
            "Give a first day that is not after today.",
        )
    count = _Count(period, min(period.last, today), law)
    for facts in cases:
        if facts.case.opened is None:
            continue
        try:
            count.add(facts)
        except RightsdeskError as error:
            sentence = f"{facts.case.ref} cannot be counted: {error.sentence}"
            raise type(error)(error.code, sentence, error.next_step) from None
    return count.finish()


def band(due: dt.date, day: dt.date) -> str:
    """The band of lateness of something due on one day and still open on a later one."""
    low = 0
    for high in m.AGE_BANDS:
        if day <= add_months(due, high):
            return _band_name(low, high)
        low = high
    return f"over {low} months"


def band_names() -> tuple[str, ...]:
    """All bands, the shortest first."""
    ends = (0, *m.AGE_BANDS)
    between = (_band_name(low, high) for low, high in zip(ends, m.AGE_BANDS, strict=False))
    return (*between, f"over {ends[-1]} months")


def _band_name(low: int, high: int) -> str:
    if low:
        return f"over {low} to {high} months"
    return f"up to {high} month{'s' * (high != 1)}"


Counts = Counter[str]


@dataclass(slots=True)
class _Count:
    """Sums in the making."""

    period: Period
    as_at: dt.date
    law: Law
    received_by_right: Counts = field(default_factory=Counts)
    received_by_channel: Counts = field(default_factory=Counts)
    received_by_requester: Counts = field(default_factory=Counts)
    logged_late: int = 0
    lag: Counter[int] = field(default_factory=Counter[int])
    open_states: Counts = field(default_factory=Counts)
    overdue_bands: Counts = field(default_factory=Counts)
    oldest: m.Oldest | None = None
    answered: dict[str, Counts] = field(default_factory=dict[str, Counts])
    strict: Counts = field(default_factory=Counts)
    outcomes: Counts = field(default_factory=Counts)
    ended: Counts = field(default_factory=Counts)
    on_hand: int = 0
    notices: Counts = field(default_factory=Counts)
    notice_grounds: Counts = field(default_factory=Counts)
    questions: int = 0
    paused: Counter[int] = field(default_factory=Counter[int])
    unanswered: int = 0
    uses: dict[str, m.CodeUse] = field(default_factory=dict[str, m.CodeUse])
    opinions_asked: int = 0
    opinion_wait: Counter[int] = field(default_factory=Counter[int])
    complaints_open: int = 0
    acknowledgements: Counts = field(default_factory=Counts)
    complaint_outcomes: Counts = field(default_factory=Counts)
    complaint_days: Counter[int] = field(default_factory=Counter[int])
    reminders: int = 0

    def add(self, facts: CaseFacts) -> None:
        """Count one case."""
        case = facts.case
        if facts.clock.received_on > self.as_at:
            return
        if self._within(facts.clock.received_on):
            self._received(facts)
        self.reminders += sum(map(self._within, facts.reminders))
        self._opinions(facts)
        closed_on = case.closed.closed_on if case.closed else None
        is_open = closed_on is None or closed_on > self.as_at
        is_closed_now = closed_on is not None and self._within(closed_on)
        if case.right is Right.COMPLAINT:
            self._complaint(facts, is_open=is_open, is_closed_now=is_closed_now)
            return
        self._notice(facts, on_hand=is_open or is_closed_now)
        self.questions += sum(self._within(pause.asked_on) for pause in facts.clock.pauses)
        if is_open:
            self._open(facts)
        elif is_closed_now:
            self._closed(facts)

    def finish(self) -> m.Figures:
        """The sums, made fast."""
        return m.Figures(
            period=self.period,
            as_at=self.as_at,
            law_version=self.law.version,
            received_by_right=self.received_by_right,
            received_by_channel=self.received_by_channel,
            received_by_requester=self.received_by_requester,
            logged_late=self.logged_late,
            lag=m.Spread(self.lag),
            open_states=self.open_states,
            overdue_bands=self.overdue_bands,
            oldest=self.oldest,
            answered=self.answered,
            strict=self.strict,
            outcomes=self.outcomes,
            ended=self.ended,
            on_hand=self.on_hand,
            notices=self.notices,
            notice_grounds=self.notice_grounds,
            questions=self.questions,
            paused=m.Spread(self.paused),
            unanswered=self.unanswered,
            uses=self.uses,
            opinions_asked=self.opinions_asked,
            opinion_wait=m.Spread(self.opinion_wait),
            complaints_open=self.complaints_open,
            acknowledgements=self.acknowledgements,
            complaint_outcomes=self.complaint_outcomes,
            complaint_days=m.Spread(self.complaint_days),
            reminders=self.reminders,
        )

    def _within(self, day: dt.date) -> bool:
        return day in self.period and day <= self.as_at

    def _read(self, facts: ClockFacts, day: dt.date) -> Clock:
        return read_clock(as_at(facts, day), day, self.law)

    def _first_due(self, facts: ClockFacts) -> dt.date:
        """The last day of the first period counted from first receipt, moved by nothing."""
        plain = ClockFacts(right=facts.right, received_on=facts.received_on)
        return read_clock(plain, facts.received_on, self.law).standing_due

    def _received(self, facts: CaseFacts) -> None:
        case, clock = facts.case, facts.clock
        assert case.opened is not None
        self.received_by_right[case.right.value] += 1
        self.received_by_channel[case.opened.channel] += 1
        self.received_by_requester[_requester(case)] += 1
        if clock.recorded_on is not None:
            self.lag[(clock.recorded_on - clock.received_on).days] += 1
            if case.right is not Right.COMPLAINT and clock.recorded_on > self._first_due(clock):
                self.logged_late += 1

    def _open(self, facts: CaseFacts) -> None:
        clock = self._read(facts.clock, self.as_at)
        self.open_states[clock.state.value] += 1
        if clock.state is not ClockState.OVERDUE:
            return
        assert clock.due is not None
        self.overdue_bands[band(clock.due, self.as_at)] += 1
        late = (self.as_at - clock.due).days
        oldest = m.Oldest(facts.case.ref, clock.received_on, clock.due, late)
        if self.oldest is None or (late, self.oldest.ref) > (self.oldest.days_late, oldest.ref):
            self.oldest = oldest

    def _closed(self, facts: CaseFacts) -> None:
        case = facts.case
        assert case.closed is not None
        sent = case.sent_on or case.closed.closed_on
        clock = self._read(facts.clock, sent)
        self.unanswered += any(
            pause.answered_on is None or pause.answered_on > case.closed.closed_on
            for pause in facts.clock.pauses
        )
        if case.closed.outcome in (m.WITHDRAWN, m.LAPSED):
            self.ended[case.closed.outcome] += 1
            return
        if clock.due is None:
            self.ended[m.NO_DATE] += 1
            return
        row = self.answered.setdefault(case.right.value, Counts())
        row[m.IN_TIME if sent <= clock.due else m.LATE] += 1
        self.strict[m.IN_TIME if sent <= self._first_due(facts.clock) else m.LATE] += 1
        self.outcomes[_outcome(facts)] += 1
        if clock.excluded_days:
            self.paused[clock.excluded_days] += 1
        for use in facts.uses:
            before = self.uses.get(use.code, m.CodeUse())
            self.uses[use.code] = m.CodeUse(
                before.cases + 1, before.pages + use.pages, before.passages + use.passages
            )

    def _notice(self, facts: CaseFacts, *, on_hand: bool) -> None:
        clock = facts.clock
        may = self.law.words("time.extension_rights", clock.received_on)
        self.on_hand += on_hand and clock.right.value in may
        extension = clock.extension
        if extension is None or not self._within(extension.noticed_on):
            return
        # While something is still awaited the time has not begun, and no notice can be late.
        stands = self._read(clock, self.as_at)
        is_void = any("extension" in item.code for item in stands.rejected)
        self.notices[m.VOID if is_void else m.VALID] += 1
        self.notice_grounds[extension.ground] += 1

    def _opinions(self, facts: CaseFacts) -> None:
        for opinion in facts.opinions:
            self.opinions_asked += self._within(opinion.asked_on)
            if opinion.answered_on is not None and self._within(opinion.answered_on):
                self.opinion_wait[(opinion.answered_on - opinion.asked_on).days] += 1

    def _complaint(self, facts: CaseFacts, *, is_open: bool, is_closed_now: bool) -> None:
        case, received = facts.case, facts.clock.received_on
        self.complaints_open += is_open
        if self._within(received):
            due = self._first_due(facts.clock)
            made = facts.acknowledged_on
            if made is not None and made <= min(due, self.as_at):
                self.acknowledgements[m.IN_TIME] += 1
            elif self.as_at <= due:
                self.acknowledgements[m.ACK_PENDING] += 1
            else:
                self.acknowledgements[m.LATE] += 1
        if is_closed_now:
            assert case.closed is not None
            outcome = case.closed.outcome
            self.complaint_outcomes[outcome if outcome in m.COMPLAINT_OUTCOMES else m.OTHER] += 1
            self.complaint_days[(case.closed.closed_on - received).days] += 1


def _requester(case: Case) -> str:
    if case.people is not None:
        return case.people.requester
    return m.DESTROYED if case.people_seq else m.NOT_RECORDED


def _outcome(facts: CaseFacts) -> str:
    """How the case ended, told as the requester was told it."""
    assert facts.case.closed is not None
    outcome = facts.case.closed.outcome
    if outcome in (m.REFUSED, m.EXEMPT, m.NOTHING):
        return outcome
    if outcome != "answered":
        return m.OTHER
    if facts.uses:
        return m.PART
    if facts.sends_pages is None:
        return m.ANSWERED
    return m.FULL if facts.sends_pages else m.NOTHING
