"""Check the systems that a search asks."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True)


@app.command()
def check() -> None:
    """Ask each source whether it is reachable and has the shape its mapping says."""
    from cli._office import office
    from rights.errors import RightsdeskError, SourceError

    failed = 0
    for source in office().sources:
        try:
            probe = source.probe()
            tables = len({table for table, _, _ in probe.shape})
            typer.echo(f"{source.title}: answers; {tables} table(s) as mapped.")
            for note in probe.unread:
                typer.echo(f"    not read: {note}")
        except RightsdeskError as error:
            failed += 1
            typer.echo(f"{source.name}: {error.sentence} {error.next_step}  [{error.code}]")
    if failed:
        raise SourceError(
            "source.check",
            f"{failed} source(s) cannot be searched as they are.",
            "Mend the mapping or the connection, then check again.",
        )


@app.command()
def returning(
    only_show: Annotated[bool, typer.Option(help="Ask nobody; only say what was found.")] = False,
) -> None:
    """Look in every source for people and records that were erased and are there again."""
    from casework.returning import look
    from cli._office import office

    found = look(office(), dry_run=only_show)
    for line in found:
        typer.echo(line)
    typer.echo(f"{len(found)} came back.")
