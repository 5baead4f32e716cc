"""Verify a sealed pack against its manifest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True)


@app.command()
def verify(
    pack: Annotated[Path, typer.Argument(help="The unencrypted pack (PDF).")],
    manifest: Annotated[Path, typer.Argument(help="Its signed manifest (JSON).")],
) -> None:
    """Prove that these are the very bytes that were verified and approved."""
    from casework.manifests import check

    from cli._office import office

    for line in check(office(), pack, manifest):
        typer.echo(line)
