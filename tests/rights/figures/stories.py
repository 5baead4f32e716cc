"""Made-up cases told twice: as plain stories to count by hand, and as events to fold."""

import datetime as dt
from dataclasses import dataclass

from hypothesis import strategies as st

from casework.clock import facts_of
from casework.receive import CHANNELS
from rights.case import Case, fold
from rights.clock import ClockFacts, Extension, Pause, Trigger
from rights.events import Actor, Attested, Event
from rights.events import kinds as k
from rights.figures import CaseFacts, Opinion, Use
from rights.people import GivenName, Recipient, RequestPeople, SubjectDetails
from rights.reference import new_reference
from rights.release import Right

OFFICER = Actor(login="officer1", attested=Attested.DESK)
START = dt.date(2026, 3, 2)
DAYS = 500
"""Receipts fall into so many days from the start; the holidays are known long past their end."""
CODES = ("3P", "ABUSE", "SW-HARM")


@dataclass(frozen=True)
class Story:
    """One case in plain words."""

    right: Right
    channel: str
    requester: str | None
    received: dt.date
    lag: int
    identity: tuple[int, int | None] | None
    """Days after receipt on which proof was asked for and came."""
    pause: tuple[int, int | None] | None
    extended: tuple[int, str] | None
    closed: tuple[int, str] | None
    """Days after receipt on which it ended, and how."""
    acknowledged: int | None
    uses: tuple[Use, ...]
    sends_pages: bool | None
    opinion: tuple[int, int | None] | None
    reminders: tuple[int, ...]

    def day(self, after: int) -> dt.date:
        return self.received + dt.timedelta(days=after)

    def maybe(self, after: int | None) -> dt.date | None:
        return None if after is None else self.day(after)

    @property
    def closed_on(self) -> dt.date | None:
        return self.maybe(self.closed[0]) if self.closed else None

    def clock_until(self, day: dt.date) -> ClockFacts:
        """What its time is counted from, by what had happened on a day; written out by hand."""

        def past(after: int | None) -> dt.date | None:
            on = self.maybe(after)
            return on if on is not None and on <= day else None

        return ClockFacts(
            self.right,
            self.received,
            self.day(self.lag),
            identity=(Trigger(self.day(self.identity[0]), past(self.identity[1]), True),)
            if self.identity and past(self.identity[0])
            else (),
            pauses=(Pause(self.day(self.pause[0]), past(self.pause[1])),)
            if self.pause and past(self.pause[0])
            else (),
            extension=Extension(self.day(self.extended[0]), self.extended[1], True)
            if self.extended and past(self.extended[0])
            else None,
        )

    def events(self) -> list[Event]:
        found: list[Event] = [
            k.CaseOpened(
                actor=OFFICER,
                right=self.right,
                channel=self.channel,
                received_on=self.received,
                received_by="IG",
            )
        ]
        if self.requester is not None:
            people = RequestPeople(
                subject=SubjectDetails(names=(GivenName(surname="Example"),)),
                requester=self.requester,
                recipient=Recipient(name="Ann Example"),
            )
            found.append(k.PeopleRecorded(actor=OFFICER, people=people.model_dump_json()))
        if self.identity:
            asked, came = self.identity
            found.append(
                k.EvidenceAsked(
                    actor=OFFICER, what="identity", asked_on=self.day(asked), doubt_recorded=True
                )
            )
            if came is not None:
                found.append(
                    k.EvidenceReceived(actor=OFFICER, what="identity", received_on=self.day(came))
                )
        if self.pause:
            asked, came = self.pause
            found.append(k.ClockPaused(actor=OFFICER, asked_on=self.day(asked), question="Which?"))
            if came is not None:
                found.append(k.ClockResumed(actor=OFFICER, answered_on=self.day(came)))
        if self.extended:
            found.append(
                k.TimeExtended(
                    actor=OFFICER,
                    noticed_on=self.day(self.extended[0]),
                    ground=self.extended[1],
                    reasons="Ten boxes of paper.",
                )
            )
        if self.closed:
            on, outcome = self.day(self.closed[0]), self.closed[1]
            if outcome == "answered":
                found.append(k.DispatchConfirmed(actor=OFFICER, key="one", sent_on=on))
            found.append(k.CaseClosed(actor=OFFICER, outcome=outcome, closed_on=on))
        return found

    def case(self, number: int) -> Case:
        ref = new_reference(self.right, self.received.year, number)
        at = dt.datetime.combine(self.day(self.lag), dt.time(12), dt.UTC)
        return fold(ref, [Row(n, event, at) for n, event in enumerate(self.events(), 1)])

    def facts(self, number: int) -> CaseFacts:
        case = self.case(number)
        return CaseFacts(
            case=case,
            clock=facts_of(case),
            acknowledged_on=self.maybe(self.acknowledged),
            sends_pages=self.sends_pages,
            uses=self.uses,
            opinions=(Opinion(self.day(self.opinion[0]), self.maybe(self.opinion[1])),)
            if self.opinion
            else (),
            reminders=tuple(map(self.day, self.reminders)),
        )


@dataclass(frozen=True)
class Row:
    seq: int
    event: Event
    recorded_at: dt.datetime


def _spans(first: int, longest: int):
    return st.tuples(st.integers(0, first), st.none() | st.integers(0, longest)).map(
        lambda pair: (pair[0], None if pair[1] is None else pair[0] + pair[1])
    )


_OUTCOMES = ("answered", "answered", "answered", "withdrawn", "lapsed", "refused", "upheld", "odd")

STORIES = st.builds(
    Story,
    right=st.sampled_from([Right.ACCESS] * 6 + list(Right)),
    channel=st.sampled_from(CHANNELS),
    requester=st.sampled_from([None, "self", "self", "parent", "agent", "other"]),
    received=st.integers(0, DAYS).map(lambda n: START + dt.timedelta(days=n)),
    lag=st.sampled_from([0, 0, 1, 5, 40]),
    identity=st.none() | _spans(4, 20),
    pause=st.none() | _spans(25, 30),
    extended=st.none()
    | st.tuples(st.integers(0, 45), st.sampled_from(["complexity", "number of requests"])),
    closed=st.none() | st.tuples(st.integers(0, 150), st.sampled_from(_OUTCOMES)),
    acknowledged=st.none() | st.integers(0, 45),
    uses=st.lists(
        st.builds(
            Use, code=st.sampled_from(CODES), pages=st.integers(1, 9), passages=st.integers(1, 30)
        ),
        max_size=2,
        unique_by=lambda use: use.code,
    ).map(tuple),
    sends_pages=st.sampled_from([None, True, True, False]),
    opinion=st.none() | _spans(20, 30),
    reminders=st.lists(st.integers(0, 60), max_size=2).map(tuple),
)
"""Any case there might be, lawful or not."""
