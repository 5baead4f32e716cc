"""Check the systems that a search asks."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True)

_MAY_ACCEPT = frozenset({"manager", "approver", "dpo"})


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
            for note in probe.told:
                typer.echo(f"    new: {note}")
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
def accept(
    name: Annotated[str, typer.Argument(help="Name of the source, as its mapping has it.")],
    by: Annotated[str, typer.Option("--by", help="Your login at the desk; it is kept.")],
    reason: Annotated[str, typer.Option(help="What its owner says has changed, and why.")],
) -> None:
    """Accept the shape that a source has now. Asks for your password."""
    from cli._office import office
    from rights.errors import InputError, RefusedError
    from rights.sources.shapes import ShapeBook
    from rights.sources.tablesource import TableSource
    from rights.sources.tripwire import differences

    at = office()
    found = next((s for s in at.sources if s.name == name), None)
    if not isinstance(found, TableSource):
        raise InputError(
            "source.no_shape",
            "There is no source of that name that keeps its data in tables.",
            "See the names: rights source check.",
        )
    # A typed name attests nothing.
    account = at.store.check_password(by, typer.prompt("Password", hide_input=True))
    if account is None or not account.roles & _MAY_ACCEPT:
        raise RefusedError(
            "source.not_allowed",
            "That login and password do not go together, or may not accept a shape.",
            "A manager, an approver or the data protection officer can do it.",
        )
    book = ShapeBook(at.settings.shapes)
    before = book.accepted(name)
    shape = found.shape()
    book.accept(shape, by=by, on=at.today(), reason=reason)
    if before is not None:
        for line in differences(before.shape, shape):
            typer.echo(f"    {line}")
    typer.echo(f"The shape of {name} is accepted; later searches are compared with it.")


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
