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


@app.command()
def passphrase(
    ref: Annotated[str, typer.Argument(help="Case reference, such as SAR-2026-0041-K.")],
    login: Annotated[str, typer.Option("--by", help="Your sign-in at the desk.")],
) -> None:
    """Show the passphrase of a sent pack, to be told to the requester another way; journaled."""
    from casework.dispatch import passphrase_for
    from casework.signin import check
    from cli._office import office

    desk = office()
    who = check(desk, login, typer.prompt("Password", hide_input=True))
    typer.echo(passphrase_for(desk, desk.known(ref), who))
