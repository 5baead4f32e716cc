"""List cases, show one, say what is missing."""

from __future__ import annotations

import json
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True)

Reference = Annotated[str, typer.Argument(help="Case reference, such as SAR-2026-0041-K.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]


@app.command("list")
def list_cases(as_json: AsJson = False) -> None:
    """Every open case with its due date and what it waits for; no names."""
    from casework.boards import rows
    from cli._office import office

    table = rows(office())
    if as_json:
        typer.echo(json.dumps([row.as_dict() for row in table], indent=2))
        return
    from rich.console import Console
    from rich.table import Table

    out = Table("Reference", "Right", "Received", "Due", "Days left", "Waits for")
    for row in table:
        out.add_row(row.ref, row.right, row.received, row.due, row.left, row.waits_for)
    Console().print(out)


@app.command()
def show(ref: Reference) -> None:
    """The timeline of one case: what happened, when, and who did it; no personal data."""
    from casework.boards import timeline
    from cli._office import office

    for line in timeline(office(), ref):
        typer.echo(line)


@app.command()
def why(ref: Reference, as_json: AsJson = False) -> None:
    """What is missing before the next step, and who can supply it."""
    from casework.boards import missing
    from cli._office import office

    lines = missing(office(), ref)
    typer.echo(json.dumps(lines, indent=2) if as_json else "\n".join(lines))
