"""`rights audit`: prove that the journal is whole, and sign its heads."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from cli._office import office

if TYPE_CHECKING:
    from rights.store import AuditReport

app = typer.Typer(no_args_is_help=True)

_MEANING = {
    "changed": "an event was altered",
    "gap": "an event is missing in between",
    "kind": "an event's kind was altered",
    "cut": "events were cut off the end",
    "remade": "the chain was made anew after it was anchored",
    "missing_case": "the whole case is gone",
    "row_without_event": "a row stands beside the journal that no event explains",
    "event_without_row": "the row that belongs to an event is gone",
    "access_changed": "an entry of the access log was altered or removed",
    "access_cut": "entries were cut off the access log",
    "anchor_broken": "a line of the anchor file does not prove itself",
    "anchor_torn": "the last line of the anchor file was cut off while being written",
    "key_missing": "the case's key is missing and was never destroyed",
    "key_not_destroyed": "the key should be destroyed and is still there",
    "destruction_unrecorded": "the key is destroyed and the journal does not say so",
}


@app.command()
def verify(
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Check every chain, the access log and the anchors. Ends with 1 when something is wrong."""
    report = office().store.verify()
    if as_json:
        typer.echo(json.dumps({**asdict(report), "passes": report.passes}))
    else:
        _print(report)
    if not report.passes:
        raise typer.Exit(1)


@app.command()
def anchor() -> None:
    """Sign the present heads of all cases into the anchor file. Safe to run twice a day."""
    at = office()
    made = at.store.anchor(at.today())
    typer.echo(f"Anchor {made.number} of {made.day:%d %B %Y}: {len(made.cases)} cases moved.")


def _print(report: AuditReport) -> None:
    typer.echo(
        f"{report.cases} cases, {report.events} events, {report.accesses} accesses, "
        f"{report.anchors} anchors checked."
    )
    if report.passes:
        typer.echo("Everything proves itself.")
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("Case", "At", "What is wrong")
    for problem in report.problems:
        table.add_row(problem.case or "-", str(problem.seq), _MEANING[problem.code])
    Console().print(table)
    typer.echo("Do not repair by hand: restore what is named from a backup and verify again.")
