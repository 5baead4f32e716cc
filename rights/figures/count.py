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

from rights.breaches import read_breach
from rights.clock import Clock, ClockFacts, ClockState, read_clock
from rights.clock.count import add_months
from rights.clock.fold import LONDON
from rights.decisions.complaint import causes_of
from rights.decisions.record import OUTCOME
from rights.errors import InputError, RightsdeskError
from rights.figures import model as m
from rights.figures.facts import CaseFacts, Period, as_at
from rights.law import Law
from rights.opinions import last_day_of_reliance
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


_ONE_DAY = dt.timedelta(days=1)
_YEAR = 12
_AS_TOLD = {
    "provided in full": m.FULL,
    "provided in part": m.PART,
    "exempt entirely": m.EXEMPT,
    "neither confirm nor deny": m.NEITHER,
}
"""Outcomes of a decision, as the figures call them; the rest have the same name."""

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
    received_by_service: Counts = field(default_factory=Counts)
    logged_late: int = 0
    lag: Counter[int] = field(default_factory=Counter[int])
    open_states: Counts = field(default_factory=Counts)
    overdue_bands: Counts = field(default_factory=Counts)
    oldest: m.Oldest | None = None
    answered: dict[str, Counts] = field(default_factory=dict[str, Counts])
    strict: Counts = field(default_factory=Counts)
    outcomes: Counts = field(default_factory=Counts)
    ended: Counts = field(default_factory=Counts)
    triaged: Counts = field(default_factory=Counts)
    ended_as: dict[str, Counts] = field(default_factory=dict[str, Counts])
    recipients: Counts = field(default_factory=Counts)
    in_parts: Counter[int] = field(default_factory=Counter[int])
    on_hand: int = 0
    notices: Counts = field(default_factory=Counts)
    notice_grounds: Counts = field(default_factory=Counts)
    questions: int = 0
    paused: Counter[int] = field(default_factory=Counter[int])
    unanswered: int = 0
    uses: dict[str, m.CodeUse] = field(default_factory=dict[str, m.CodeUse])
    opinions_asked: int = 0
    opinion_wait: Counter[int] = field(default_factory=Counter[int])
    opinions_expired: int = 0
    complaints_open: int = 0
    acknowledgements: Counts = field(default_factory=Counts)
    complaint_outcomes: Counts = field(default_factory=Counts)
    complaint_causes: Counts = field(default_factory=Counts)
    complaint_days: Counter[int] = field(default_factory=Counter[int])
    commissioner: Counts = field(default_factory=Counts)
    breaches: Counts = field(default_factory=Counts)
    breaches_told: Counts = field(default_factory=Counts)
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
        self._after(facts)
        closed_on = case.closed.closed_on if case.closed else None
        is_open = closed_on is None or closed_on > self.as_at
        is_closed_now = closed_on is not None and self._within(closed_on)
        if case.closed is not None and is_closed_now:
            self.ended_as.setdefault(case.right.value, Counts())[case.closed.outcome] += 1
            self.recipients.update([facts.recipients] if facts.recipients else [])
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
            received_by_service=self.received_by_service,
            logged_late=self.logged_late,
            lag=m.Spread(self.lag),
            open_states=self.open_states,
            overdue_bands=self.overdue_bands,
            oldest=self.oldest,
            answered=self.answered,
            strict=self.strict,
            outcomes=self.outcomes,
            ended=self.ended,
            triaged=self.triaged,
            ended_as=self.ended_as,
            recipients=self.recipients,
            in_parts=m.Spread(self.in_parts),
            on_hand=self.on_hand,
            notices=self.notices,
            notice_grounds=self.notice_grounds,
            questions=self.questions,
            paused=m.Spread(self.paused),
            unanswered=self.unanswered,
            uses=self.uses,
            opinions_asked=self.opinions_asked,
            opinion_wait=m.Spread(self.opinion_wait),
            opinions_expired=self.opinions_expired,
            complaints_open=self.complaints_open,
            acknowledgements=self.acknowledgements,
            complaint_outcomes=self.complaint_outcomes,
            complaint_causes=self.complaint_causes,
            complaint_days=m.Spread(self.complaint_days),
            commissioner=self.commissioner,
            breaches=self.breaches,
            breaches_told=self.breaches_told,
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
        self.received_by_requester[self._requester(facts)] += 1
        if case.right is Right.ACCESS:
            self.received_by_service.update(self._services(facts))
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
        if case.triage is not None:
            self.ended[m.TRIAGED] += 1
            self.triaged[triage_name(case.triage.outcome)] += 1
            return
        if clock.due is None:
            self.ended[m.NO_DATE] += 1
            return
        row = self.answered.setdefault(case.right.value, Counts())
        row[m.IN_TIME if sent <= clock.due else m.LATE] += 1
        self.strict[m.IN_TIME if sent <= self._first_due(facts.clock) else m.LATE] += 1
        self.outcomes[_outcome(facts)] += 1
        parts = [part.sent_on for part in case.parts if part.sent_on is not None]
        if len(parts) > 1:
            self.in_parts[(max(parts) - min(parts)).days] += 1
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
        why = next((item.code for item in stands.rejected if "extension" in item.code), "")
        is_late = why == "clock.extension_late"
        self.notices[m.TOO_LATE if is_late else m.VOID if why else m.VALID] += 1
        self.notice_grounds[extension.ground] += 1

    def _opinions(self, facts: CaseFacts) -> None:
        for opinion in facts.opinions:
            self.opinions_asked += self._within(opinion.asked_on)
            if opinion.answered_on is not None and self._within(opinion.answered_on):
                self.opinion_wait[(opinion.answered_on - opinion.asked_on).days] += 1
            if opinion.dated is not None:
                ran_out = last_day_of_reliance(opinion.dated, self.law) + _ONE_DAY
                sent = facts.case.sent_on
                in_use = sent is not None and sent < ran_out
                self.opinions_expired += self._within(ran_out) and not in_use

    def _after(self, facts: CaseFacts) -> None:
        """What came of it beside the answer."""
        for letter in facts.case.regulator:
            self.commissioner[letter.what] += self._within(letter.received_on)
        evening = dt.datetime.combine(self.as_at, dt.time.max, LONDON)
        for breach in facts.breaches:
            found_on = breach.noted.found_at.astimezone(LONDON).date()
            if not self._within(found_on):
                continue
            known = [event for day, event in breach.assessed if day <= self.as_at]
            latest = known[-1] if known else None
            reading = read_breach(breach.noted, latest, evening, self.law)
            self.breaches[breach.noted.severity] += 1
            self.breaches_told[reading.state.value] += 1

    def _services(self, facts: CaseFacts) -> tuple[str, ...]:
        sent = facts.case.sent_on
        if sent is None or sent > self.as_at:
            closed = facts.case.closed
            is_over = closed is not None and closed.closed_on <= self.as_at
            return (m.NO_SERVICE,) if is_over else (m.NO_ANSWER_YET,)
        if facts.services is None:
            return (m.DESTROYED,)
        return facts.services or (m.NO_SERVICE,)

    def _requester(self, facts: CaseFacts) -> str:
        case, received = facts.case, facts.clock.received_on
        if case.people is None:
            return m.DESTROYED if case.people_seq else m.NOT_RECORDED
        born = case.people.subject.date_of_birth
        if case.people.requester != m.SELF or born is None:
            return case.people.requester
        of_age = add_months(born, _YEAR * self.law.number("standing.adult_from", received))
        return m.CHILD if received < of_age else m.SELF

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
            decided = case.decision(OUTCOME)
            if decided is not None and decided.event.outcome == outcome:
                # The first is the main one: causes add up to the complaints that were right.
                self.complaint_causes.update(causes_of(decided.event.rules)[:1])


def triage_name(code: str) -> str:
    """An outcome of triage in words, however its code is written."""
    return code.rpartition(".")[2].replace("_", " ").replace("-", " ")


def _outcome(facts: CaseFacts) -> str:
    """How the case ended, told as the requester was told it."""
    assert facts.case.closed is not None
    outcome = _AS_TOLD.get(facts.case.closed.outcome, facts.case.closed.outcome)
    if outcome in m.OUTCOMES:
        return outcome
    if outcome != "answered":
        return m.OTHER
    if facts.uses:
        return m.PART
    if facts.sends_pages is None:
        return m.ANSWERED
    return m.FULL if facts.sends_pages else m.NOTHING
