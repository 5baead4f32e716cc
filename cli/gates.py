"""``rights gates``: who may record what, in which state of a case, and what must be true first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rights.gates.attempt import Guard
    from rights.gates.table import Row


def gates(
    name: Annotated[
        str,
        typer.Argument(help="A kind of event, a topic or a matter; without one, all of them."),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print data for scripts.")] = False,
) -> None:
    """Show the gates: states of the case, by whom, and the guards with what they ask."""
    from rights.errors import InputError
    from rights.gates.table import load

    table = load()
    rows = {
        place: row
        for place, row in table.every_row()
        if name in ("", place, place.partition(".")[2])
    }
    if not rows:
        raise InputError(
            "gates.unknown",
            "There is no gate of this name.",
            "Run `rights gates` for all of them.",
        )
    if as_json:
        data = {place: _data(row, table.guards) for place, row in rows.items()}
        typer.echo(json.dumps(data, indent=2))
        return
    for place, row in rows.items():
        typer.echo(place)
        typer.echo(f"  while    {', '.join(row.states)}")
        typer.echo(f"  by       {', '.join(_ways(row))}")
        for guard in row.guards:
            typer.echo(f"  guard    {guard}: {_asks(table.guards[guard])}")


def _data(row: Row, guards: Mapping[str, Guard]) -> dict[str, Any]:
    return {
        "states": [state.value for state in row.states],
        "by": {way: roles if roles == "any" else list(roles) for way, roles in row.by.items()},
        "guards": {name: _asks(guards[name]) for name in row.guards},
    }


def _ways(row: Row) -> list[str]:
    return [
        way if roles == "any" else f"{way} ({' or '.join(roles)})" for way, roles in row.by.items()
    ]


def _asks(guard: Guard) -> str:
    """What a guard asks, in the words of its author."""
    return (guard.__doc__ or "").strip().splitlines()[0]
