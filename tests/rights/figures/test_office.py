"""Figures of a real office: its store, its boards, its packs, its command."""

import datetime as dt
import json
from collections import Counter
from dataclasses import replace

import page
import pikepdf
import pytest
from typer.testing import CliRunner

from casework.boards import rows
from casework.council import load_council
from casework.figures import cases_of, figures_page, figures_sheet
from casework.office import open_office
from casework.settings import Settings
from cli.main import app
from rights.events import kinds as k
from rights.figures import HIDDEN, TOTAL, Form, Opinion, Period, Use
from rights.release import Right, Told
from rights.store.custody import Ground
from tests.letters.reading import flat_text
from tests.rights.figures.stories import OFFICER
from tests.rights.figures.test_count import PLAIN

YEAR = Period(dt.date(2026, 4, 1), dt.date(2027, 3, 31))
TODAY = dt.date(2026, 11, 23)
ANSWERED = replace(PLAIN, closed=(9, "answered"))
STORIES = [
    PLAIN,
    replace(PLAIN, received=dt.date(2026, 11, 2)),
    replace(PLAIN, received=dt.date(2026, 11, 3), identity=(1, None)),
    replace(PLAIN, received=dt.date(2026, 11, 4), pause=(2, None)),
    replace(PLAIN, right=Right.ERASURE, requester="agent", channel="letter"),
    replace(PLAIN, right=Right.COMPLAINT, closed=(40, "upheld")),
    replace(PLAIN, right=Right.COMPLAINT, received=dt.date(2026, 11, 20)),
    replace(PLAIN, received=dt.date(2026, 1, 5), closed=(9, "answered")),
    *[ANSWERED] * 4,
]


class Clock:
    """A clock that a test sets."""

    def __init__(self):
        self.day = TODAY

    def __call__(self):
        return dt.datetime.combine(self.day, dt.time(12), dt.UTC)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def office(tmp_path, clock):
    return open_office(Settings(home=tmp_path / "home"), clock)


def enter(office, clock, story, make=lambda ref: ()):
    """Write a story to the store on the day it was logged, and with it what `make` gives."""
    clock.day = story.day(story.lag)
    token = f"run:{len(office.store.cases())}"
    ref = office.store.open_case(story.right, story.received.year, item=token)
    opened, *rest = story.events()
    office.store.append(ref, [opened, *make(ref), *rest], expected_seq=0)
    clock.day = TODAY
    return ref


def sealed(office, ref, *boxes, part=1, left_out=()):
    """A sealed pack of one document page with these boxes, each a (code, mode, decision)."""
    pages = [
        {"page": 1, "document": None, "boxes": []},
        {
            "page": 2,
            "document": f"D{part}",
            "boxes": [{"code": c, "mode": mode, "cause": cause} for c, mode, cause in boxes],
        },
    ]
    envelope = json.dumps(
        {"manifest": json.dumps({"pages": pages, "left_out": [*left_out]})}
    ).encode()
    office.store.put_file(ref, f"manifest/{part}", envelope)
    return k.PackSealed(
        actor=OFFICER,
        part=part,
        sha256="0" * 64,
        pages=2,
        code="acorn acorn acorn acorn",
        file="pack",
        manifest_file=f"manifest/{part}",
        letter_file="letter",
        verifier="test",
        basis=1,
    )


def shown(office, form=Form.INTERNAL, period=YEAR):
    return figures_sheet(office, period, form)


def test_counts_agree_with_the_boards(office, clock):
    """What is open and where its time stands is what the case board shows on the same day."""
    for story in STORIES:
        enter(office, clock, story)
    board = rows(office)
    requests = [row for row in board if row.right != Right.COMPLAINT]
    table = shown(office).table("open")
    states = {row.label: int(row.cells[0]) for row in table.rows if row.label != TOTAL}
    assert states == Counter(row.state for row in requests)
    assert table.cell(TOTAL, "Number") == str(len(requests)) == "5"
    complaints = len(board) - len(requests)
    assert shown(office).table("counts").cell("complaints open", "Number") == str(complaints) == "1"
    late = [row for row in requests if row.left.startswith("-")]
    assert shown(office).table("overdue").cell(TOTAL, "Number") == str(len(late)) == "2"


def test_only_cases_with_a_part_in_the_period_are_opened(office, clock, monkeypatch):
    """A case that was closed before the period is never unsealed."""
    refs = [enter(office, clock, story) for story in STORIES]
    opened = []
    read = office.store.read
    monkeypatch.setattr(office.store, "read", lambda ref: opened.append(ref) or read(ref))
    counted = [facts.case.ref for facts in cases_of(office, YEAR)]
    assert sorted(opened) == sorted(counted) == sorted(set(refs) - {refs[7]})


def test_exemptions_are_those_of_the_pack_that_was_sent(office, clock):
    """Pages and decisions are counted by code from the manifest; silent boxes are not there."""
    boxes = [("3P", "A", "d1"), ("3P", "A", "d1"), ("", "A", "d2"), ("ABUSE", "B", "d3"),
             ("CRIME", "C", "d4")]  # fmt: skip
    enter(office, clock, ANSWERED, lambda ref: [sealed(office, ref, *boxes)])
    [facts] = cases_of(office, YEAR)
    assert facts.uses == (Use("3P", 1, 2), Use("ABUSE", 1, 1, Told.GENERAL))
    assert facts.sends_pages is True


def collected(document, source):
    """A document that a source gave."""
    return k.EvidenceCollected(
        actor=OFFICER, document=document, source=source, sha256="0" * 64, size=1, about="{}",
        file=document,
    )  # fmt: skip


def read(document, parent=""):
    """A document that was read, or one that was attached to it."""
    return k.DocumentRead(
        actor=OFFICER, document=document, pages=1, scans=0, photos=0, hidden=0, parent=parent
    )


def test_every_part_that_was_sent_is_counted(office, clock):
    """An answer in two parts: its exemptions, pages and services are those of both together."""
    made = [
        collected("D1", "case_system"),
        collected("M1", "team_mailbox"),
        read("M1"),
        read("D2", parent="M1"),
    ]

    first = replace(ANSWERED, first_part=3)
    ref = enter(office, clock, first, lambda ref: made)
    # The order of sealing and sending does not matter to the count.
    packs = [
        sealed(office, ref, ("3P", "A", "d1")),
        sealed(office, ref, ("3P", "A", "d1"), ("ABUSE", "C", "d2"), part=2),
    ]
    office.store.append(ref, packs, expected_seq=office.case(ref).seq)
    [facts] = cases_of(office, YEAR)
    assert facts.uses == (Use("3P", 2, 1),)
    titles = {source.name: source.title for source in office.sources}
    assert set(facts.services) == {titles["case_system"], titles["team_mailbox"]}
    table = shown(office).table("received_by_service")
    assert table.cell(titles["team_mailbox"], "Requests") == "1"
    days = shown(office).table("days")
    assert days.cell("from the first part of an answer to the last", "In all") == "6"


def test_a_breach_found_after_the_end_is_counted(office, clock):
    """A case that closed before the period is opened again for a breach or letter in it."""
    story = replace(
        ANSWERED,
        received=dt.date(2026, 1, 5),
        breaches=((100, "high", 101),),
        letters=((120, "reprimand"),),
    )
    enter(office, clock, story)
    table = shown(office)
    assert table.table("breaches").cell("high", "Number") == "1"
    told = table.table("breaches_told")
    # The store of this test records everything on the day of receipt, so it is told by then.
    assert [row.label for row in told.rows] == ["the Commissioner was told in time", TOTAL]
    assert table.table("counts").cell("reprimands by the Commissioner", "Number") == "1"
    assert table.table("outcomes").cell(TOTAL, "Number") == "0"


@pytest.mark.parametrize("form", list(Form))
def test_silent_withholding_changes_no_figure(office, clock, form):
    """An office where one answer holds six silent boxes shows what it would show without them."""
    enter(office, clock, ANSWERED, lambda ref: [sealed(office, ref)])
    plain = shown(office, form)
    crimes = [("CRIME", "C", f"d{n}") for n in range(6)]
    other = replace(ANSWERED, received=dt.date(2025, 5, 5))
    enter(office, clock, other, lambda ref: [sealed(office, ref, *crimes)])
    last_year = Period(dt.date(2025, 4, 1), dt.date(2026, 3, 31))
    silent = shown(office, form, last_year)
    assert silent.tables == plain.tables
    assert silent.rates == plain.rates


def test_a_page_held_back_whole_counts_as_one(office, clock):
    """A page that is in no pack is told by its manifest; a silent one is not told at all."""
    back = [
        {"document": "D1", "page": n, "code": code, "mode": mode, "cause": f"page/D1/{n}"}
        for n, code, mode in ((3, "3P", "A"), (4, "CRIME", "C"))
    ]
    enter(office, clock, ANSWERED, lambda ref: [sealed(office, ref, left_out=back)])
    [facts] = cases_of(office, YEAR)
    assert facts.uses == (Use("3P", 1, 1),)


def test_health_opinions_are_counted_by_their_letters(office, clock):
    """An opinion counts from the day it was asked for; its age is that of the latest answer."""
    day = PLAIN.received
    asked = [
        k.OpinionAsked(
            actor=OFFICER, opinion=f"opinion/{n}", items=("D1/a",), asked_on=day, professional="{}"
        )
        for n in (1, 2)
    ]
    given = [
        k.OpinionGiven(
            actor=OFFICER,
            opinion="opinion/1",
            dated=day - dt.timedelta(days=age),
            received_on=day + dt.timedelta(days=came),
            harm=(),
            no_harm=("D1/a",),
            by="{}",
        )
        for age, came in ((100, 3), (1, 9))
    ]
    enter(office, clock, PLAIN, lambda ref: [*asked, *given])
    [facts] = cases_of(office, YEAR)
    came, dated = day + dt.timedelta(days=3), day - dt.timedelta(days=1)
    assert facts.opinions == (Opinion(day, came, dated), Opinion(day))


def test_a_complaint_is_acknowledged_on_the_day_its_letter_was_made(office, clock):
    """The acknowledgement counts by when it was recorded, in time or late."""
    letter = k.LetterMade(
        actor=OFFICER, letter="acknowledgement", template="t", sha256="0" * 64, file="letter"
    )
    for lag in (3, 60):
        enter(office, clock, replace(PLAIN, right=Right.COMPLAINT, lag=lag), lambda ref: [letter])
    table = shown(office).table("acknowledgements")
    assert table.cell("in time", "Number") == table.cell("late", "Number") == "1"


def test_a_destroyed_case_is_still_counted(office, clock):
    """Dates outlive the key; who asked and what was withheld do not."""
    ref = enter(office, clock, ANSWERED, lambda ref: [sealed(office, ref, ("3P", "A", "d1"))])
    office.store.destroy_key(ref, actor="dpo", ground=Ground.RETENTION)
    sheet = shown(office)
    asks = sheet.table("received_by_requester")
    assert asks.cell("no longer known (destroyed)", "Number") == "1"
    assert sheet.table("outcomes").cell("answered, no more known", "Number") == "1"
    assert sheet.table("answered").cell(TOTAL, "in time") == "1"
    assert not sheet.table("exemptions").rows


@pytest.mark.parametrize("form", list(Form))
def test_the_page_is_one_page_and_accessible(office, clock, form):
    """One page of PDF/UA with the numbers, and charts that are told in words."""
    for story in STORIES:
        enter(office, clock, story)
    sheet = shown(office, form)
    made = figures_page(office, sheet)
    report = page.validate_pdf_bytes(made.data, profile="ua1")
    assert [f.message for f in report.failures] == []
    assert report.is_compliant
    assert made.pages == 1
    text = flat_text(made.data)
    assert load_council(office.settings.council).letterhead.council in text
    assert sheet.rates[0].text in text
    assert (HIDDEN in text) == (form is Form.PUBLISHED)
    assert figures_page(office, sheet).data == made.data


def test_the_longest_page_fits(office, clock):
    """With every line there can be, it is still one page."""
    many = [
        replace(PLAIN, right=right, closed=(9, outcome), channel=channel)
        for right in Right
        for outcome, channel in [("answered", "email"), ("refused", "letter"), ("odd", "phone")]
    ]
    for story in [*many, *STORIES]:
        enter(office, clock, story)
    for form in Form:
        assert figures_page(office, shown(office, form)).pages == 1


def test_the_command_prints_and_writes(tmp_path, monkeypatch):
    """Tables, JSON, CSV and PDF, with codes for what is refused; nothing read but the settings."""
    monkeypatch.setenv("RIGHTS_HOME", str(tmp_path / "home"))
    run = CliRunner().invoke
    period = ["figures", "--from", "2019-04-01", "--to", "2019-06-30"]
    assert "Received, by right" in run(app, period).output
    data = json.loads(run(app, [*period, "--published", "--json"]).output)
    assert data["tables"]["open"]["rows"][TOTAL] == {"Number": HIDDEN}
    out, sheet = tmp_path / "f.csv", tmp_path / "f.pdf"
    done = run(app, [*period, "--csv", str(out), "--pdf", str(sheet)])
    assert (done.exit_code, done.output) == (0, "")
    assert out.read_text("utf-8-sig").startswith("table,title,row,column,value\n")
    with pikepdf.open(sheet) as pdf:
        assert len(pdf.pages) == 1
    assert "figures.date" in str(run(app, [*period[:-1], "June"]).exception)
    assert "figures.period" in str(run(app, [*period[:-1], "2019-01-01"]).exception)
