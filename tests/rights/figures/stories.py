"""Made-up cases told twice: as plain stories to count by hand, and as events to fold."""

import datetime as dt
from dataclasses import dataclass

from hypothesis import strategies as st

from casework.receive import CHANNELS
from rights.case import Case
from rights.clock import ClockFacts, Extension, Pause, Trigger
from rights.clock.of_case import facts_of
from rights.events import Actor, Attested, Event
from rights.events import kinds as k
from rights.figures import BreachFacts, CaseFacts, Opinion, Use
from rights.fold import fold
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
    age: int | None = None
    """Of the subject when the request came, in years."""
    first_part: int | None = None
    """Days after receipt on which a part was sent before the last."""
    services: tuple[str, ...] = ()
    opinion_age: int = 0
    """Days that the opinion was old when it came."""
    breaches: tuple[tuple[int, str, int | None], ...] = ()
    """Days after receipt on which it was found, how severe, and when the Commissioner was told."""
    letters: tuple[tuple[int, str], ...] = ()
    """Days after receipt on which the Commissioner wrote, and what."""

    def day(self, after: int) -> dt.date:
        return self.received + dt.timedelta(days=after)

    def maybe(self, after: int | None) -> dt.date | None:
        return None if after is None else self.day(after)

    @property
    def born(self) -> dt.date | None:
        if self.age is None:
            return None
        return dt.date(self.received.year - self.age, 1, 1)

    @property
    def is_triaged(self) -> bool:
        return self.closed is not None and self.closed[1] in TRIAGED

    @property
    def in_parts(self) -> bool:
        answered = self.closed is not None and self.closed[1] == "answered"
        return answered and self.first_part is not None and self.first_part <= self.closed[0]

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
                subject=SubjectDetails(
                    names=(GivenName(surname="Example"),), date_of_birth=self.born
                ),
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
            if self.in_parts:
                first = self.day(self.first_part)
                found += [
                    k.PartPlanned(actor=OFFICER, part=1, documents=(), last=False),
                    k.DispatchConfirmed(actor=OFFICER, key="half", sent_on=first, part=1),
                    k.PartPlanned(actor=OFFICER, part=2, documents=(), last=True),
                    k.DispatchConfirmed(actor=OFFICER, key="one", sent_on=on, part=2),
                ]
            elif outcome == "answered":
                found.append(k.DispatchConfirmed(actor=OFFICER, key="one", sent_on=on))
            if self.is_triaged:
                found.append(
                    k.CaseTriaged(actor=OFFICER, outcome=outcome, law_version="", reason="read")
                )
            found.append(k.CaseClosed(actor=OFFICER, outcome=outcome, closed_on=on))
        found += [
            k.RegulatorContacted(actor=OFFICER, what=what, received_on=self.day(after))
            for after, what in self.letters
        ]
        for breach in self.breach_facts():
            found += [breach.noted, *(event for _, event in breach.assessed)]
        return found

    def breach_facts(self) -> tuple[BreachFacts, ...]:
        """Found at noon, told at noon, assessed as reportable on the day it was told."""

        def noon(after: int) -> dt.datetime:
            return dt.datetime.combine(self.day(after), dt.time(12), dt.UTC)

        return tuple(
            BreachFacts(
                k.BreachNoted(
                    actor=OFFICER,
                    breach=f"breach/{n}",
                    found_at=noon(found),
                    severity=severity,
                    what="sent astray",
                ),
                ()
                if told is None
                else (
                    (
                        self.day(told),
                        k.BreachAssessed(
                            actor=OFFICER,
                            breach=f"breach/{n}",
                            reportable=True,
                            commissioner_told_at=noon(told),
                            reason="an address",
                        ),
                    ),
                ),
            )
            for n, (found, severity, told) in enumerate(self.breaches, 1)
        )

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
            services=self.services,
            opinions=self.opinions(),
            breaches=self.breach_facts(),
            reminders=tuple(map(self.day, self.reminders)),
        )

    def opinions(self) -> tuple[Opinion, ...]:
        if self.opinion is None:
            return ()
        came = self.maybe(self.opinion[1])
        dated = came and came - dt.timedelta(days=self.opinion_age)
        return (Opinion(self.day(self.opinion[0]), came, dated),)


@dataclass(frozen=True)
class Row:
    seq: int
    event: Event
    recorded_at: dt.datetime


def _spans(first: int, longest: int):
    return st.tuples(st.integers(0, first), st.none() | st.integers(0, longest)).map(
        lambda pair: (pair[0], None if pair[1] is None else pair[0] + pair[1])
    )


TRIAGED = ("freedom_of_information", "school_record")
_OUTCOMES = (
    *("answered",) * 3, "withdrawn", "lapsed", "refused", "upheld", "odd", "provided in part",
    *TRIAGED,
)  # fmt: skip

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
    age=st.sampled_from([None, 9, 17, 18, 19, 40]),
    first_part=st.none() | st.integers(0, 60),
    services=st.sampled_from([(), ("One",), ("Two",), ("One", "Two")]),
    opinion_age=st.sampled_from([0, 30, 170, 250]),
    breaches=st.lists(
        st.tuples(
            st.integers(0, 200),
            st.sampled_from(["low", "medium", "high"]),
            st.none() | st.integers(0, 6),
        ).map(lambda b: (b[0], b[1], None if b[2] is None else b[0] + b[2])),
        max_size=2,
    ).map(tuple),
    letters=st.lists(
        st.tuples(
            st.integers(0, 200), st.sampled_from(["complaint", "complaint closed", "reprimand"])
        ),
        max_size=2,
    ).map(tuple),
)
"""Any case there might be, lawful or not."""
