"""``rights breaches``: every breach about which something is still to be done."""

from __future__ import annotations

from typing import Annotated

import typer


def breaches(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
) -> None:
    """Open breaches with the time left to tell the Commissioner, and why; no personal data."""
    import json

    from casework.breaches import open_breaches
    from cli._office import office

    found = open_breaches(office())
    if as_json:
        typer.echo(json.dumps([breach.as_dict() for breach in found], indent=2))
        return
    if not found:
        typer.echo("No breach is open.")
    for breach in found:
        reading = breach.reading
        left = f"{reading.hours_left} hours left" if reading.hours_left is not None else "told"
        typer.echo(f"{breach.ref} {breach.id} ({breach.noted.severity}): {reading.state}; {left}")
        for step in reading.steps:
            typer.echo(f"  {step.text} {step.citation}.")
        for caution in reading.cautions:
            typer.echo(f"  {caution.text}")
