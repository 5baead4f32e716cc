"""``rights figures``: what a period amounts to, for managers or for the public."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rights.figures import Sheet


def figures(
    first: Annotated[str, typer.Option("--from", help="First day, such as 2026-04-01.")],
    last: Annotated[str, typer.Option("--to", help="Last day, such as 2026-06-30.")],
    published: Annotated[
        bool, typer.Option("--published", help="Hide small numbers: fit to be published.")
    ] = False,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="OUT", help="Write all tables as CSV.")
    ] = None,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", metavar="OUT", help="Write one page with a chart.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
) -> None:
    """Requests of a period: received, answered in time, open, late, withheld; no names."""
    import json

    from casework.figures import figures_page, figures_sheet
    from cli._office import office
    from rights.figures import Form, Period

    period = Period(_day(first), _day(last))
    desk = office()
    sheet = figures_sheet(desk, period, Form.PUBLISHED if published else Form.INTERNAL)
    if csv is not None:
        # The mark lets spreadsheets read it as UTF-8.
        csv.write_text(sheet.to_csv(), encoding="utf-8-sig")
    if pdf is not None:
        pdf.write_bytes(figures_page(desk, sheet).data)
    if as_json:
        typer.echo(json.dumps(sheet.as_dict(), indent=2))
    elif csv is None and pdf is None:
        _print(sheet)


def _print(sheet: Sheet) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from rights.figures import TOTAL

    console = Console()
    for rate in sheet.rates:
        console.print(f"{rate.title}: [bold]{escape(rate.text)}[/bold] {rate.of}.")
    for table in sheet.tables:
        console.print(f"\n[bold]{escape(table.title)}[/bold]")
        if all(row.label == TOTAL for row in table.rows):
            console.print("None.")
            continue
        out = Table("", caption=table.note or None)
        for column in table.columns:
            out.add_column(column, justify="right")
        for row in table.rows:
            out.add_row(escape(row.label), *map(escape, row.cells))
        console.print(out)
    console.print()
    for note in sheet.notes:
        console.print(escape(note))


def _day(text: str) -> dt.date:
    from rights.errors import InputError

    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise InputError(
            "figures.date", "A date cannot be read.", "Write it as 2026-11-22."
        ) from None
