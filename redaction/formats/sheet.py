"""Workbooks: every sheet, row and column on paper, hidden ones with a label, nothing cut.

LibreOffice prints a workbook as the screen shows it: it cuts long cells and leaves out hidden
sheets, rows and columns. So openpyxl reads the cells and our own HTML sets them out; what was
hidden in the workbook is shown under a label and listed as a hidden item as well.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from importlib.metadata import version
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import openpyxl
from lxml import etree
from openpyxl.utils import get_column_letter

from redaction.document import Attachment, HiddenItem, HiddenKind
from redaction.formats.account import Passage
from redaction.formats.container import damaged, embedded, opened, part, properties
from redaction.formats.leftovers import leftovers
from redaction.formats.limits import Limits
from redaction.formats.plain import table_bodies, too_big
from redaction.formats.typeset import TOOL, escape, facts, typeset
from redaction.formats.view import View

_TEXT_PARTS = re.compile(r"xl/(drawings/(drawing|vmlDrawing)\d+\.(xml|vml)|charts/.*\.xml)")
_DECIMALS = re.compile(r"^[#0,]*0\.(0+)(%?)$")


def view_sheet(data: bytes, limits: Limits) -> View:
    """The workbook's cells as tables, sheet by sheet."""
    view = View(tools=[f"openpyxl {version('openpyxl')}", TOOL])
    with opened(data, limits) as box:
        properties(box, view)
        embedded(box, "xl/embeddings/", view)
        for name in sorted(box.namelist()):
            if name.startswith("xl/media/"):
                view.attachments.append(Attachment(name.rpartition("/")[2], box.read(name)))
                view.hidden.append(
                    HiddenItem(HiddenKind.ATTACHMENT, "picture on a sheet", name.rpartition("/")[2])
                )
        boxes = _text_boxes(box)
        leftovers(box, view)
    shown, formulas = _load(data, values=True), _load(data, values=False)
    bodies: list[str] = []
    cells = 0
    for sheet in shown.worksheets:
        cells += sheet.max_row * sheet.max_column
        if cells > limits.cells:
            raise too_big()
        bodies += _sheet(sheet, formulas[sheet.title], view)
    for chart in shown.chartsheets:
        bodies.append(f"<h1>{escape(chart.title)}</h1><p class='note'>A chart</p>")
    for name, defined in sorted(shown.defined_names.items()):
        view.hidden.append(
            HiddenItem(HiddenKind.METADATA, "defined name", f"{name}: {defined.value}")
        )
    if boxes:
        told = "".join(f"<p class='text'>{escape(text)}</p>" for text in boxes)
        bodies.append(f"<h2>Text boxes and charts</h2>{told}")
    view.pdf = typeset(bodies or ["<p class='note'>The workbook is empty.</p>"])
    return view


def _load(data: bytes, *, values: bool) -> Any:
    try:
        return openpyxl.load_workbook(BytesIO(data), data_only=values)
    except (BadZipFile, KeyError, ValueError, TypeError, AttributeError, OSError) as error:
        raise damaged() from error


def _sheet(sheet: Any, formulas: Any, view: View) -> list[str]:
    title = sheet.title
    notes: list[tuple[str, str]] = []
    hidden_sheet = sheet.sheet_state != "visible"
    if hidden_sheet:
        notes.append(("Note", "This sheet is hidden in the workbook."))
    columns = [get_column_letter(i) for i in range(1, sheet.max_column + 1)]
    hidden_columns = _hidden_columns(sheet, columns)
    head = ["Row", *(c + (" (hidden)" if c in hidden_columns else "") for c in columns)]
    rows: list[list[str]] = []
    whole: list[str] = []
    for number in range(1, sheet.max_row + 1):
        row = [sheet.cell(number, i) for i in range(1, sheet.max_column + 1)]
        texts = [_shown(c, formulas.cell(number, c.column)) for c in row]
        if not any(texts) and not any(c.comment for c in row):
            continue
        hidden_row = bool(sheet.row_dimensions[number].hidden)
        rows.append([f"{number}{' (hidden)' if hidden_row else ''}", *texts])
        line = "\t".join(t for t in texts if t)
        whole.append(line)
        view.passages += [Passage(f"sheet {title}", t) for t in texts if t.strip()]
        if hidden_row and line and not hidden_sheet:
            view.hidden.append(
                HiddenItem(HiddenKind.HIDDEN_TEXT, f"sheet {title}, hidden row {number}", line)
            )
        for cell in row:
            if cell.comment is not None:
                said = f"{cell.comment.author}: {cell.comment.text}".strip(": ")
                where = f"sheet {title}, cell {cell.coordinate}"
                view.hidden.append(HiddenItem(HiddenKind.COMMENT, where, said))
                notes.append((f"Comment on {cell.coordinate}", said))
    if hidden_sheet:
        view.hidden.append(HiddenItem(HiddenKind.HIDDEN_SHEET, f"sheet {title}", "\n".join(whole)))
    else:
        view.hidden += _column_items(sheet, formulas, columns, hidden_columns)
    written = list(_formulas(formulas))
    if written:
        view.hidden.append(HiddenItem(HiddenKind.FORMULA, f"sheet {title}", "\n".join(written)))
    notes += [(place, text) for place, text in _margins(sheet)]
    bodies = table_bodies([head, *rows] if rows else [], title)
    bodies[0] = bodies[0].replace("<h2>", "<h1>", 1).replace("</h2>", "</h1>", 1)
    if notes:
        bodies.append(f"<h2>{escape(title)}: notes</h2>{facts(notes)}")
    return bodies


def _hidden_columns(sheet: Any, columns: list[str]) -> set[str]:
    found: set[str] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden:
            first = dimension.min or 1
            found |= {get_column_letter(i) for i in range(first, (dimension.max or first) + 1)}
    return found & set(columns)


def _column_items(
    sheet: Any, formulas: Any, columns: list[str], hidden: set[str]
) -> Iterator[HiddenItem]:
    for place, letter in enumerate(columns, 1):
        if letter in hidden:
            cells = [
                _shown(sheet.cell(n, place), formulas.cell(n, place))
                for n in range(1, sheet.max_row + 1)
            ]
            text = "\n".join(c for c in cells if c)
            if text:
                where = f"sheet {sheet.title}, hidden column {letter}"
                yield HiddenItem(HiddenKind.HIDDEN_TEXT, where, text)


def _formulas(sheet: Any) -> Iterator[str]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                text = getattr(cell.value, "text", cell.value)
                yield f"{cell.coordinate}: {text}"


def _margins(sheet: Any) -> Iterator[tuple[str, str]]:
    """Printed headers and footers, which openpyxl keeps apart from the cells."""
    for place in (
        "oddHeader",
        "oddFooter",
        "evenHeader",
        "evenFooter",
        "firstHeader",
        "firstFooter",
    ):
        for side in ("left", "center", "right"):
            text = getattr(getattr(sheet, place), side).text
            if text:
                yield ("Header" if "Header" in place else "Footer", str(text))


def _shown(cell: Any, formula: Any) -> str:
    """The cell as the workbook would show it; an uncalculated formula is shown as itself."""
    value = cell.value
    if value is None:
        return (
            str(getattr(formula.value, "text", formula.value)) if formula.data_type == "f" else ""
        )
    form = str(cell.number_format or "General")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        plain = value.time() == dt.time() and "h" not in form.lower()
        return value.strftime("%d/%m/%Y" if plain else "%d/%m/%Y %H:%M:%S")
    if isinstance(value, (dt.date, dt.time)):
        return value.strftime("%d/%m/%Y" if isinstance(value, dt.date) else "%H:%M:%S")
    if isinstance(value, (int, float)):
        return _number(value, form)
    return str(value)


def _number(value: float, form: str) -> str:
    if re.fullmatch(r"0{2,}", form) and value == int(value):
        return str(int(value)).zfill(len(form))
    if match := _DECIMALS.match(form):
        shown = value * 100 if match[2] else value
        return f"{shown:.{len(match[1])}f}{match[2]}"
    if form == "0%":
        return f"{value * 100:.0f}%"
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else str(value)


def _text_boxes(box: ZipFile) -> list[str]:
    found: dict[str, None] = {}
    for name in sorted(box.namelist()):
        root = part(box, name) if _TEXT_PARTS.fullmatch(name) else None
        if root is None:
            continue
        for element in root.iter():
            tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
            text = ""
            if tag == "p":
                parts = element.iter("{*}t", "{*}br", "{*}tab")
                text = "".join(" " if t.text is None else t.text for t in parts)
            elif tag == "v":
                text = element.text or ""
            elif tag == "cNvPr":
                text = element.get("descr") or ""
            if text.strip():
                found[text.strip()] = None
    return list(found)
