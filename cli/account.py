"""Sign-ins for the desk."""

from __future__ import annotations

from typing import Annotated

import typer

from rights.errors import InputError

app = typer.Typer(no_args_is_help=True)

ROLES = ("officer", "approver", "manager", "legal", "dpo")


@app.command()
def add(
    login: Annotated[str, typer.Argument(help="A short name without spaces.")],
    role: Annotated[list[str], typer.Option(help=f"One or more of: {', '.join(ROLES)}.")],
) -> None:
    """Add a sign-in; asks for the password twice."""
    from cli._office import office

    unknown = [r for r in role if r not in ROLES]
    if unknown:
        raise InputError(
            "account.role",
            f"There is no role {unknown[0]!r}.",
            f"Choose from: {', '.join(ROLES)}.",
        )
    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    office().store.add_account(login, password, role)
    typer.echo(f"{login} can sign in as {', '.join(role)}.")
