"""``rights register``: what the council's register and notice leave open."""

from __future__ import annotations

import json
from typing import Annotated

import typer

app = typer.Typer(help="Look at the council's register.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Keeps ``gaps`` a command of its own while it is the only one."""


@app.command("gaps")
def gaps_command(
    as_json: Annotated[bool, typer.Option("--json", help="Print data for scripts.")] = False,
) -> None:
    """List where the notice, the register and the law in force do not agree, for the DPO."""
    from cli._office import office
    from rights.register import gaps

    at = office()
    law, day = at.law, at.today()
    found = gaps(at.council.register, law, day)
    if as_json:
        rows = [
            {
                "kind": gap.kind.value,
                "about": gap.about,
                "sentence": gap.sentence,
                "rules": {r: law.dated(r, day).citation for r in gap.rules},
            }
            for gap in found
        ]
        typer.echo(json.dumps(rows, indent=2))
        return
    kind = ""
    for gap in sorted(found, key=lambda g: g.kind.value):
        if gap.kind.value != kind:
            kind = gap.kind.value
            typer.echo(f"{kind[:1].upper()}{kind[1:]}:")
        typer.echo(f"  {gap.sentence}  ({gap.about})")
    typer.echo(f"{len(found)} gaps. Each closes when register, notice or law data change.")
