"""The two forms of the figures: one whole, one from which nothing hidden can be worked out."""

import csv
import datetime as dt
import io
import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.receive import CHANNELS
from rights.figures import HIDDEN, TOTAL, Form, Period, Use, figures, sheet
from rights.figures import model as m
from rights.figures.suppress import THRESHOLD
from rights.law import load
from rights.release import Right
from tests.rights.figures.stories import STORIES
from tests.rights.figures.test_count import LATER, PLAIN

LAW = load()
YEAR = Period(dt.date(2026, 4, 1), dt.date(2027, 3, 31))
TODAY = dt.date(2027, 8, 2)
OFFICE = st.lists(st.tuples(STORIES, st.integers(1, 12)), max_size=20)
"""Stories, and how often each happened: so that some counts are large."""
SAME_TOTAL = {
    "received_by_right": "received",
    "received_by_channel": "received",
    "received_by_requester": "received",
    "answered": "answered",
    "strict": "answered",
    "outcomes": "answered",
    "extensions": "notices",
    "extension_grounds": "notices",
    "overdue": ("open", "overdue"),
    "acknowledgements": ("received_by_right", Right.COMPLAINT.value),
    "triaged": ("ended", m.TRIAGED),
    "breaches": "breaches",
    "breaches_told": "breaches",
}
"""Tables whose totals are one and the same number, or a line of another table."""


def office(pairs):
    stories = [story for story, times in pairs for _ in range(times)]
    facts = (story.facts(n) for n, story in enumerate(stories, 1))
    return figures(facts, YEAR, TODAY, LAW)


def both(counted):
    return (sheet(counted, form, LAW, CHANNELS, ("One", "Two")) for form in Form)


def sums(shown):
    """Every sum that a reader of the published sheet knows of: total, and its parts."""
    for table in shown.tables:
        labels = [row.label for row in table.rows if row.label != TOTAL]
        if len(labels) == len(table.rows):
            continue
        root = SAME_TOTAL.get(table.id, table.id)
        if table.columns == ("Number",):
            yield root, [(table.id, label) for label in labels]
            continue
        *columns, _ = table.columns
        for label in labels:
            yield (table.id, label), [(table.id, label, c) for c in columns]
        for column in columns:
            yield (table.id, TOTAL, column), [(table.id, label, column) for label in labels]
        yield root, [(table.id, label) for label in labels]
        yield root, [(table.id, TOTAL, column) for column in columns]


def values(shown):
    """Each number of the sheet under the names that `sums` uses; None where it is hidden."""
    found = {}
    for table in shown.tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                value = None if cell == HIDDEN else int(cell) if cell.isdecimal() else cell
                if row.label == TOTAL and column == table.columns[-1]:
                    found[SAME_TOTAL.get(table.id, table.id)] = value
                elif table.columns == ("Number",) or column == TOTAL:
                    found[table.id, row.label] = value
                else:
                    found[table.id, row.label, column] = value
    return found


@settings(max_examples=60, deadline=None)
@given(OFFICE)
def test_nothing_hidden_follows_from_the_sums_of_the_whole_sheet(pairs):
    """Taking all tables together, the sums leave every hidden number open."""
    _, published = both(office(pairs))
    known = values(published)
    hidden = [name for name, value in known.items() if value is None]
    place = {name: n for n, name in enumerate(hidden)}
    rows = []
    for total, parts in sums(published):
        row = np.zeros(len(hidden))
        for name, sign in [(total, -1.0), *((part, 1.0) for part in parts)]:
            if name in place:
                row[place[name]] += sign
        if row.any():
            rows.append(row)
    if not hidden:
        return
    matrix = np.array(rows) if rows else np.zeros((1, len(hidden)))
    rank = np.linalg.matrix_rank(matrix)
    for name, n in place.items():
        unit = np.zeros((1, len(hidden)))
        unit[0, n] = 1.0
        assert np.linalg.matrix_rank(np.vstack([matrix, unit])) > rank, name


@settings(max_examples=60, deadline=None)
@given(OFFICE)
def test_no_small_number_is_published(pairs):
    """No count under the threshold stands in any table, and none is left of a sum."""
    _, published = both(office(pairs))
    known = values(published)
    medians = {(("days", row.label, "Median")) for row in published.table("days").rows}
    for name, value in known.items():
        if name not in medians and not (name[0] == "days" and name[2] == "In all"):
            assert value is None or value >= THRESHOLD, name
    for total, parts in sums(published):
        hidden = [part for part in parts if known[part] is None]
        if known[total] is not None and hidden:
            assert len(hidden) > 1
            assert known[total] - sum(known[p] or 0 for p in parts) >= THRESHOLD


@settings(max_examples=40, deadline=None)
@given(OFFICE)
def test_both_forms_agree_where_both_speak(pairs):
    """A published number is the number; a published bound holds."""
    counted = office(pairs)
    internal, published = both(counted)
    whole = values(internal)
    for name, value in values(published).items():
        if value is not None and value != "-":
            assert whole.get(name, 0) == value, name
    for ours, theirs in zip(internal.rates, published.rates, strict=True):
        if theirs.exact:
            assert ours == theirs
        elif theirs.low is not None:
            assert theirs.low <= ours.low
    assert not [t for t in published.tables if t.id == "oldest"]
    assert HIDDEN not in internal.to_csv()
    assert len({row.cells[-1] for t in internal.tables if SAME_TOTAL.get(t.id) == "answered"
                for row in t.rows if row.label == TOTAL}) == 1  # fmt: skip


def repeated(count, **changes):
    return [(replace(PLAIN, **changes), count)]


def test_a_few_late_answers_are_told_as_a_bound():
    """Ninety-seven in time and three late: at least 96%, and neither number."""
    counted = office(repeated(97, closed=(9, "answered")) + repeated(3, closed=(60, "answered")))
    internal, published = both(counted)
    assert [rate.text for rate in internal.rates] == ["97.0%", "97.0%", "97.0%"]
    assert published.rates[0].text == "at least 96%"
    assert published.table("answered").cell(TOTAL, m.IN_TIME) == HIDDEN
    assert published.table("answered").cell(TOTAL, TOTAL) == "100"


def test_best_achievable_counts_open_requests_that_are_not_late():
    """Six in time, two late, one open in time, one open and late: at best 7 of 10."""
    received = dt.date(2027, 3, 20)
    counted = office(
        repeated(6, closed=(9, "answered"))
        + repeated(2, closed=(60, "answered"))
        + repeated(1, received=received)
        + repeated(1)
    )
    internal, _ = both(counted)
    assert internal.rates[2].text == "70.0%"


def test_many_passages_of_few_people_are_hidden():
    """Two hundred passages in four requests stay unpublished; in five requests they are told."""
    use = (Use("ABUSE", 10, 50),)
    many = repeated(30, closed=(9, "answered"), uses=(Use("3P", 2, 3),))
    many += repeated(10, closed=(9, "answered"))
    for times, told in ((4, HIDDEN), (5, "250")):
        rows = many + repeated(times, closed=(9, "answered"), uses=use)
        _, published = both(office(rows))
        assert published.table("exemptions").cell("ABUSE", "Passages") == told
        assert published.table("exemptions").cell("3P", "Pages") == "60"


def test_every_exemption_has_a_line_in_public():
    """That a line is there says nothing: each code has one, used or not."""
    _, none = both(office([]))
    _, some = both(office(repeated(3, closed=(9, "answered"), uses=(Use("ADOPT", 1, 1),))))
    assert none.table("exemptions") == some.table("exemptions")
    internal, _ = both(office(repeated(3, closed=(9, "answered"), uses=(Use("ADOPT", 1, 1),))))
    assert internal.table("exemptions").cell("ADOPT", "Requests") == "3"


def test_exemptions_do_not_bound_what_is_hidden():
    """Twelve uses of an exemption would tell of a hidden twelve that nothing else is in it."""
    _, published = both(office(repeated(12, closed=(9, "answered"), uses=(Use("3P", 1, 1),))))
    assert published.table("outcomes").cell(m.PART, "Number") == HIDDEN
    assert published.table("exemptions").cell("3P", "Requests") == HIDDEN


def test_an_empty_period_is_told_without_error():
    """No case at all: noughts inside, nothing outside, and no share of nothing."""
    internal, published = both(figures((), YEAR, TODAY, LAW))
    assert {rate.text for rate in internal.rates} == {"-"}
    assert {rate.text for rate in published.rates} == {HIDDEN}
    assert internal.table("open").cell(TOTAL, "Number") == "0"


def test_a_period_that_goes_on_says_so():
    """Figures of a running period name the day up to which they count."""
    counted = figures((), YEAR, dt.date(2026, 11, 22), LAW)
    assert "22 November 2026" in sheet(counted, Form.PUBLISHED, LAW).notes[0]
    assert counted.as_at == dt.date(2026, 11, 22) < LATER


def test_csv_and_json_hold_every_cell():
    """Both outputs give each table's every number under its id."""
    internal, published = both(office(repeated(7, closed=(9, "answered"))))
    for shown in (internal, published):
        rows = list(csv.DictReader(io.StringIO(shown.to_csv())))
        data = json.loads(json.dumps(shown.as_dict()))
        for table in shown.tables:
            for row in table.rows:
                for column, cell in zip(table.columns, row.cells, strict=True):
                    [got] = [
                        r["value"]
                        for r in rows
                        if (r["table"], r["row"], r["column"]) == (table.id, row.label, column)
                    ]
                    assert got == cell
                    assert str(data["tables"][table.id]["rows"][row.label][column]) == cell
        assert data["form"] == shown.form.value


@pytest.mark.parametrize("form", list(Form))
def test_no_case_is_named_in_public(form):
    """Only the council's own form names the case that is late the longest."""
    shown = sheet(office(repeated(6)), form, LAW, CHANNELS)
    assert ("SAR-2026" in shown.to_csv()) == (form is Form.INTERNAL)
