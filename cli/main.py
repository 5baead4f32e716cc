"""The `rights` command. Each sub-command imports what it needs when it runs."""

from __future__ import annotations

import sys

import typer

from cli import (
    account,
    audit,
    breaches,
    case,
    clock,
    demo,
    figures,
    gates,
    identity,
    keys,
    law,
    pack,
    redact,
    register,
    serve,
    source,
)
from rights.errors import RightsdeskError

app = typer.Typer(
    name="rights",
    help="Answers data-rights requests, from receipt to a signed-off reply.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(case.app, name="case", help="List cases, show one, say what is missing.")
app.add_typer(clock.app, name="clock", help="Work out due dates, and why.")
app.add_typer(law.app, name="law", help="Show the rules of law, and what is covered.")
app.add_typer(register.app, name="register", help="What the council's register leaves open.")
app.add_typer(source.app, name="source", help="Check the systems that a search asks.")
app.add_typer(pack.app, name="pack", help="Verify a sealed pack; say what is withheld.")
app.add_typer(redact.app, name="redact", help="Find, redact and verify without a case.")
app.add_typer(audit.app, name="audit", help="Prove that the journal is whole.")
app.add_typer(identity.app, name="identity", help="Find, link and tell apart people in tables.")
app.add_typer(keys.app, name="keys", help="Rotate the master key; destroy a case's key.")
app.add_typer(account.app, name="account", help="Sign-ins for the desk.")
app.command("demo")(demo.demo)
app.command("breaches")(breaches.breaches)
app.command("figures")(figures.figures)
app.command("gates")(gates.gates)
app.command("up")(serve.up)
app.command("desk")(serve.desk)


def main() -> None:
    """Run the command line; errors become a sentence and the next step, never a traceback."""
    try:
        app()
    except RightsdeskError as error:
        typer.echo(f"{error.sentence}\n{error.next_step}  [{error.code}]", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
