"""The finance workbook: payments, savings, a hidden sheet and a comment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from demo.made import Made
from demo.office import steady_zip
from demo.prose import Told
from demo.truth import TruthHidden, TruthPassage

FILE = "finance/payments.xlsx"

_PAYMENTS = (
    "Fostering allowance, {carer1.full}",
    "Clothing grant for {subject.first}, paid to {carer1.mr}",
    "Travel, {mum.full}, family time",
    "School trip, {subject.first} {subject.last}, {place:secondary}",
    "Birthday allowance, {subject.nick}",
    "Holiday allowance, {subject.first}, {twin.first} and {child.first}",
    "Bicycle for {twin.full}",
    "Interpreter and room hire",
    "Mileage claim, {sw2.full}",
    "Independent visitor expenses, {volunteer.full}",
    "Driving lesson, {subject.first}",
    "Setting up home allowance, {subject.full}, {subject.addr:now}",
)
_HIDDEN = (
    "{mum.full}, travel from {mum.line:safe}, {mum.pc:safe}",
    "Payee reference {mum.nino}; do not print",
)
_COMMENT = "Do not show the town to {stepdad.full} or on any form. {sw2.first}"


def write_finance(made: Made) -> dt.date:
    """Writes the workbook and notes it; gives its date."""
    day = made.story.at(18.3)
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Payments"
    passages: list[TruthPassage] = []
    _head(sheet, ("Date", "Payment", "Amount"))
    for index, template in enumerate(_PAYMENTS * 2):
        when = made.story.at(10.5 + index * 0.32)
        told = made.teller.passage(template, when)
        sheet.append([when, told.text, round(made.rng.uniform(12, 420), 2)])
        passages.append(told)
    sheet.append([None, "Total", f"=SUM(C2:C{sheet.max_row})"])
    remark = made.teller.passage(_COMMENT, day)
    sheet["B4"].comment = Comment(remark.text, made.story.people["sw2"].full)
    for column, width in (("A", 14), ("B", 70), ("C", 12)):
        sheet.column_dimensions[column].width = width
    savings = book.create_sheet("Savings")
    _head(savings, ("Year", "Paid in"))
    for year in range(8):
        savings.append([made.story.at(10.5 + year).year, 240 + 5 * year])
    hidden = [_hidden("comment", remark)]
    secret = book.create_sheet("Travel detail")
    secret.sheet_state = "hidden"
    _head(secret, ("Detail",))
    for template in _HIDDEN:
        told = made.teller.passage(template, day)
        secret.append([told.text])
        hidden.append(_hidden("hidden_sheet", told))
    path = made.out / "folders" / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    steady_zip(path)
    made.document(
        "folders", FILE, f"folders/{FILE}", "Payments", day, Told(tuple(passages)), pages=2,
        hidden=tuple(hidden),
    )  # fmt: skip
    return day


def _head(sheet: Worksheet, titles: Sequence[str]) -> None:
    sheet.append(list(titles))
    for cell in sheet[1]:
        cell.font = Font(bold=True)


def _hidden(channel: str, told: TruthPassage) -> TruthHidden:
    return TruthHidden(channel, told.text, told.about[0])
