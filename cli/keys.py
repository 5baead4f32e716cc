"""`rights keys`: rotate the master key, destroy the key of a case."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from cli._office import office

app = typer.Typer(no_args_is_help=True)

_MAY_DESTROY = frozenset({"approver", "dpo"})


class Reason(StrEnum):
    """Why a case's key is destroyed, in the words of the command line."""

    RETENTION = "retention"
    OPENED_IN_ERROR = "opened-in-error"
    ORDERED = "ordered"


@app.command()
def rotate() -> None:
    """Make a new master key and wrap every key with it. May be interrupted and run again."""
    count = office().store.rotate_keys()
    typer.echo(f"{count} keys are wrapped with a new master key; the old one opens nothing now.")
    typer.echo("Back up the new master key apart from the data, and destroy the old backups of it.")


@app.command()
def destroy(
    case: Annotated[str, typer.Argument(help="Reference of the case.")],
    by: Annotated[str, typer.Option("--by", help="Your login at the desk; it is journaled.")],
    reason: Annotated[Reason, typer.Option("--reason", help="Why it is destroyed.")],
    confirm: Annotated[
        str, typer.Option("--confirm", help="The reference once more, to go ahead.")
    ] = "",
) -> None:
    """Destroy the key of a case. Nothing of it can ever be read again. Asks for your password."""
    from rights.errors import RefusedError
    from rights.store import Ground

    at = office()
    ref = at.known(case)
    if confirm != ref:
        raise RefusedError(
            "keys.not_confirmed",
            f"Destroying the key of {ref} cannot be undone, and it was not confirmed.",
            f"Run it again with --confirm {ref}.",
        )
    # A typed name attests nothing.
    account = at.store.check_password(by, typer.prompt("Password", hide_input=True))
    if account is None or not account.roles & _MAY_DESTROY:
        raise RefusedError(
            "keys.not_allowed",
            "That login and password do not go together, or may not destroy a key.",
            "An approver or the data protection officer can do it.",
        )
    proof = at.store.destroy_key(ref, actor=account.login, ground=Ground[reason.name])
    typer.echo(f"The key of {ref} was destroyed on {proof.at:%d %B %Y at %H:%M} UTC.")
    typer.echo(f"Left of the key: {proof.wraps_left}. Left of the look-up: {proof.names_left}.")
