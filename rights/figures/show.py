"""Showing the figures: whole for the council's own use, or fit to be published.

The published form hides small numbers with whatever would give them back, drops what is about one
case, and has a line for everything that can happen, so that a line's being there tells nothing.
Lists hang on each other only as a tree: a part of one may be the total of another, and when it is
hidden, all below it is hidden too. A count that is part of a hidden one is told only if it leaves
that one room. So the promise of `suppress`, made for each list and grid, holds for the sheet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

from rights import exemptions
from rights.clock import ClockState
from rights.decisions.complaint import causes
from rights.figures import model as m
from rights.figures.count import band_names, triage_name
from rights.figures.sheet import HIDDEN, TOTAL, Form, Rate, Row, Sheet, Table
from rights.figures.suppress import THRESHOLD, Hidden, hidden_in_grid, hidden_parts, is_small
from rights.law import Law
from rights.release import Right

_TIMES = (m.IN_TIME, m.LATE)
# What matters most comes first: lines at the end are hidden first for the sake of others.
_REQUESTS = tuple(right.value for right in Right if right is not Right.COMPLAINT)
_RIGHTS = (_REQUESTS[0], Right.COMPLAINT.value, *_REQUESTS[1:])
_STATES = tuple(state.value for state in reversed(ClockState))
_NOTHING_HIDDEN = Hidden()


def sheet(
    figures: m.Figures,
    form: Form,
    law: Law,
    channels: Sequence[str] = (),
    services: Sequence[str] = (),
) -> Sheet:
    """The figures as they may be shown in a form.

    Args:
        figures: What was counted.
        form: For whom.
        law: The law data, for grounds and exemptions.
        channels: Every way in which a request may come.
        services: Every service whose records may be sent.
    """
    maker = _Maker(figures, form is Form.PUBLISHED, law, (*channels, m.OTHER), tuple(services))
    return Sheet(
        form=form,
        period=figures.period,
        as_at=figures.as_at,
        law_version=figures.law_version,
        rates=tuple(maker.rates()),
        tables=tuple(maker.tables()),
        notes=tuple(maker.notes()),
    )


def percent(part: int, whole: int) -> float | None:
    """A share in per cent, to one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


@dataclass(frozen=True)
class _Maker:
    figures: m.Figures
    public: bool
    law: Law
    channels: tuple[str, ...]
    services: tuple[str, ...]

    def tables(self) -> Iterator[Table]:
        f = self.figures
        yield self._list("received_by_right", "Received, by right", f.received_by_right, _RIGHTS)
        title = "Received, by channel"
        yield self._list("received_by_channel", title, f.received_by_channel, self.channels)
        asking = (*m.REQUESTERS, m.CHILD, m.NOT_RECORDED, m.DESTROYED)
        title = "Received, by who asks"
        yield self._list("received_by_requester", title, f.received_by_requester, asking)
        yield self._services()
        title = "Requests open, by where their time stands"
        yield self._list("open", title, f.open_states, _STATES)
        title = "Late and still open, by how long past the due date"
        is_hidden = ClockState.OVERDUE.value in self._hidden(f.open_states, _STATES)
        yield self._list("overdue", title, f.overdue_bands, band_names(), all_hidden=is_hidden)
        yield self._answered()
        title = "Answered within the first period from first receipt"
        yield self._list("strict", title, f.strict, _TIMES)
        yield self._list("outcomes", "Outcomes of what was answered", f.outcomes, m.OUTCOMES)
        yield self._list("ended", "Closed without a due date", f.ended, m.ENDINGS)
        title = "No request to us under this law, by what it was"
        is_hidden = m.TRIAGED in self._hidden(f.ended, m.ENDINGS)
        yield self._list("triaged", title, f.triaged, self._triage, all_hidden=is_hidden)
        yield self._list("extensions", "Notices of extension given", f.notices, m.NOTICES)
        grounds = self.law.words("time.extension_notice", f.as_at)
        title = "Notices of extension, by ground"
        yield self._list("extension_grounds", title, f.notice_grounds, grounds)
        yield self._uses()
        title = "Complaints received, by acknowledgement"
        is_hidden = Right.COMPLAINT.value in self._hidden(f.received_by_right, _RIGHTS)
        acks = (*_TIMES, m.ACK_PENDING)
        yield self._list("acknowledgements", title, f.acknowledgements, acks, all_hidden=is_hidden)
        title = "Complaints closed, by outcome"
        yield self._list("complaint_outcomes", title, f.complaint_outcomes, m.COMPLAINT_OUTCOMES)
        title = "Complaints that were right, by their main cause"
        # Their sum is that of two outcomes, so it is told only where all outcomes are.
        is_hidden = bool(self._hidden(f.complaint_outcomes, m.COMPLAINT_OUTCOMES))
        found = tuple(c.code for c in causes(self.law, f.as_at))
        yield self._list("complaint_causes", title, f.complaint_causes, found, all_hidden=is_hidden)
        yield self._list("breaches", "Breaches found, by severity", f.breaches, m.SEVERITIES)
        title = "Breaches found, by what became of them"
        yield self._list("breaches_told", title, f.breaches_told, m.BREACH_STATES)
        yield self._counts()
        yield self._days()
        if self.public:
            return
        ended = [(r, code, n) for r, line in sorted(f.ended_as.items()) for code, n in line.items()]
        rows = {f"{right}: {code}": count for right, code, count in ended}
        yield self._list("ended_as", "Closed, by right and outcome", rows, tuple(rows))
        title = "Recipients of what was changed or limited, by request"
        told = (m.EACH_NOTIFIED, m.EXCEPTION)
        yield self._list("recipients", title, f.recipients, told)
        if f.oldest is not None:
            yield _oldest(f.oldest)

    def rates(self) -> Iterator[Rate]:
        f = self.figures
        whole, of = f.closed_with_due, "of requests answered that had a due date"
        in_time = f.closed_in_time
        hides_late = self._grid_hidden.columns
        title = "In time, as lawfully moved"
        yield self._rate("in_time", title, in_time, whole, of, is_hidden=hides_late)
        title, strict = "Within the first period from first receipt", f.strict.get(m.IN_TIME, 0)
        is_hidden = bool(self._hidden(f.strict, _TIMES))
        yield self._rate("strict", title, strict, whole, of, is_hidden=is_hidden)
        is_hidden = hides_late or ClockState.OVERDUE.value in self._hidden(f.open_states, _STATES)
        best = percent(in_time + f.open_requests - f.overdue, whole + f.open_requests)
        yield Rate(
            "best",
            "Best that can still be reached",
            None if is_hidden else best,
            exact=not is_hidden,
            of="if every open request that is not late is answered in time",
        )

    def notes(self) -> Iterator[str]:
        f = self.figures
        if f.as_at < f.period.last:
            yield f"The period is not over: counted up to {_day(f.as_at)}."
        if self.public:
            yield (
                f"{HIDDEN} is a number that is not published: it is under {THRESHOLD}, or it "
                "would give such a number back."
            )
        yield "What was withheld without saying so is not itemised."

    @cached_property
    def _grid(self) -> dict[str, m.Counts]:
        return {name: self.figures.answered.get(name, {}) for name in _REQUESTS}

    @cached_property
    def _grid_hidden(self) -> Hidden:
        return hidden_in_grid(self._grid, _TIMES) if self.public else _NOTHING_HIDDEN

    def _hidden(self, counts: m.Counts, labels: Sequence[str]) -> frozenset[str]:
        return hidden_parts(_whole(counts, labels)) if self.public else frozenset()

    def _rate(
        self, name: str, title: str, part: int, whole: int, of: str, *, is_hidden: bool
    ) -> Rate:
        if not is_hidden:
            return Rate(name, title, percent(part, whole), exact=True, of=of)
        if is_small(whole) or not is_small(whole - part):
            return Rate(name, title, None, exact=False, of=of)
        # By the total alone: that the rest is under the threshold narrows it no further.
        least = float(100 * (whole - THRESHOLD + 1) // whole)
        return Rate(name, title, least, exact=False, of=of)

    def _list(
        self,
        name: str,
        title: str,
        counts: m.Counts,
        labels: Sequence[str],
        *,
        all_hidden: bool = False,
    ) -> Table:
        """A list with its total; all of it hidden where the total is hidden in another list."""
        whole = _whole(counts, labels)
        hidden = frozenset(whole) if all_hidden else self._hidden(counts, labels)
        if not self.public:
            whole = {label: count for label, count in whole.items() if count}
        rows = [Row(k, (HIDDEN if k in hidden else str(v),)) for k, v in whole.items()]
        total = sum(whole.values())
        rows.append(Row(TOTAL, (HIDDEN if all_hidden else self._shown(total),)))
        return Table(name, title, ("Number",), tuple(rows))

    def _answered(self) -> Table:
        hidden = self._grid_hidden
        rows: list[Row] = []
        for name, counts in self._grid.items():
            cells = [counts.get(c, 0) for c in _TIMES]
            if any(cells) or self.public:
                total = HIDDEN if name in hidden.rows else str(sum(cells))
                rows.append(Row(name, (*_cells(cells, name in hidden.cells), total)))
        sums = [sum(counts.get(c, 0) for counts in self._grid.values()) for c in _TIMES]
        rows.append(Row(TOTAL, (*_cells(sums, hidden.columns), self._shown(sum(sums)))))
        title = "Answered, by the due date as lawfully moved"
        return Table("answered", title, (*_TIMES, TOTAL), tuple(rows))

    @property
    def _triage(self) -> tuple[str, ...]:
        """Everything a letter may turn out to be; what has lapsed stands among the endings."""
        codes = (rule for rule in self.law.rules if rule.startswith("triage."))
        return tuple(name for code in codes if (name := triage_name(code)) != m.LAPSED)

    def _services(self) -> Table:
        f = self.figures
        labels = self.services
        if not self.public:
            others = (m.NO_SERVICE, m.NO_ANSWER_YET, m.DESTROYED)
            labels = tuple(n for n in (*labels, *others) if f.received_by_service.get(n, 0))
        # One request may be told of in several lines, so each line stands for itself: it is told
        # only when neither it nor what it leaves of all access requests is a small number.
        hidden = self._hidden(f.received_by_right, _RIGHTS)
        access = f.received_by_right.get(Right.ACCESS.value, 0)
        most = _room(_whole(f.received_by_right, _RIGHTS), hidden, Right.ACCESS.value)
        rows: list[Row] = []
        for label in labels:
            count = f.received_by_service.get(label, 0)
            is_narrow = count > most or 0 < access - count < THRESHOLD
            is_hidden = self.public and (is_small(count) or is_narrow)
            rows.append(Row(label, _cells((count,), is_hidden)))
        title = "Access requests received, by the services whose records were sent"
        note = "One request may be told of in several lines."
        return Table("received_by_service", title, ("Requests",), tuple(rows), note)

    def _uses(self) -> Table:
        f = self.figures
        codes = exemptions.codes(self.law)
        if not self.public:
            codes = tuple(code for code in codes if code in f.uses)
        outcomes = _whole(f.outcomes, m.OUTCOMES)
        most = min(self._most_access, _room(outcomes, self._hidden(outcomes, m.OUTCOMES), m.PART))
        rows: list[Row] = []
        for code in codes:
            use = f.uses.get(code, m.CodeUse())
            # Many passages may be about one child, so the number of requests decides.
            is_hidden = self.public and (is_small(use.cases) or use.cases > most)
            rows.append(Row(code, _cells((use.cases, use.pages, use.passages), is_hidden)))
        columns = ("Requests", "Pages", "Passages")
        return Table("exemptions", "Exemptions used in answers", columns, tuple(rows))

    @cached_property
    def _most_access(self) -> float:
        """How many answered access requests may be told of by way of their pauses and packs."""
        totals = {name: sum(counts.values()) for name, counts in self._grid.items()}
        return _room(totals, self._grid_hidden.rows, Right.ACCESS.value)

    def _counts(self) -> Table:
        f = self.figures
        counts = {
            "time gone before it was logged": f.logged_late,
            "questions of clarification asked": f.questions,
            "closed with a question never answered": f.unanswered,
            "health opinions asked for": f.opinions_asked,
            "health opinions that ran out before the answer went": f.opinions_expired,
            "complaints open": f.complaints_open,
            "complaints to the Commissioner": f.commissioner.get(m.COMMISSIONER, 0),
            "complaints closed by the Commissioner": f.commissioner.get(m.COMMISSIONER_CLOSED, 0),
            "reprimands by the Commissioner": f.commissioner.get(m.REPRIMAND, 0),
        }
        note = ""
        if not self.public:
            counts["reminders sent"] = f.reminders
            counts["requests on hand that may be extended"] = f.on_hand
            share = percent(sum(f.notices.values()), f.on_hand)
            note = f"Extended: {share}% of those on hand." if share is not None else ""
        rows = tuple(Row(label, (self._shown(count),)) for label, count in counts.items())
        return Table("counts", "Other counts", ("Number",), rows, note)

    def _days(self) -> Table:
        f = self.figures
        spreads = {
            "from receipt to logging": (f.lag, inf),
            "left out of the time of paused requests": (f.paused, self._most_access),
            "from the first part of an answer to the last": (f.in_parts, self._most_access),
            "from asking to recording a health opinion": (f.opinion_wait, inf),
            "from a complaint to its outcome": (f.complaint_days, inf),
        }
        rows: list[Row] = []
        for label, (spread, most) in spreads.items():
            cells = (str(spread.count), _number(spread.median), str(spread.total))
            is_hidden = self.public and (is_small(spread.count) or spread.count > most)
            rows.append(Row(label, (HIDDEN,) * 3 if is_hidden else cells))
        return Table("days", "Days", ("Cases", "Median", "In all"), tuple(rows))

    def _shown(self, count: int) -> str:
        return HIDDEN if self.public and is_small(count) else str(count)


def _whole(counts: m.Counts, labels: Sequence[str]) -> dict[str, int]:
    """Every label with its count, nought included; what nobody foresaw goes under 'other'."""
    whole = {label: counts.get(label, 0) for label in labels}
    unforeseen = sum(count for label, count in counts.items() if label not in whole)
    if unforeseen:
        whole[m.OTHER] = whole.get(m.OTHER, 0) + unforeseen
    return whole


def _room(counts: m.Counts, hidden: frozenset[str], name: str) -> float:
    """How large a count may be told that is part of a line, if that line is hidden.

    The hidden lines' sum is known; what is told of one of them leaves the others the rest, and
    the rest must not be a small number.
    """
    return sum(counts[line] for line in hidden) - THRESHOLD if name in hidden else inf


def _cells(counts: Sequence[int], is_hidden: bool) -> tuple[str, ...]:
    return tuple(HIDDEN if is_hidden else str(count) for count in counts)


def _oldest(oldest: m.Oldest) -> Table:
    cells = (_day(oldest.received_on), _day(oldest.due), str(oldest.days_late))
    columns = ("Received", "Due", "Days late")
    return Table("oldest", "Late the longest", columns, (Row(oldest.ref, cells),))


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
