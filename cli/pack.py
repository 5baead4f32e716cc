"""Verify a sealed pack against its manifest; say what is withheld in a case."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from casework.redactions import InkLine, PartRedactions

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


@app.command()
def report(
    ref: Annotated[str, typer.Argument(help="Case reference, such as SAR-2026-0041-K.")],
    as_json: Annotated[bool, typer.Option("--json", help="Every box too, as JSON.")] = False,
) -> None:
    """How much is black, by page, person, ground and reviewer, and how each rule fared."""
    import getpass
    from dataclasses import asdict

    from casework.redactions import account_of
    from casework.review import Shelf
    from cli._office import office

    desk = office()
    known = desk.known(ref)
    review = Shelf(desk).open(known)
    desk.store.journal_access(f"{getpass.getuser()} at the command line", "what is withheld", known)
    parts = account_of(review)
    if as_json:
        typer.echo(json.dumps([asdict(part) for part in parts], indent=2, default=str))
        return
    for part in parts:
        for line in _report(part):
            typer.echo(line)


def _report(part: PartRedactions) -> Iterator[str]:
    account = part.account
    yield f"Part {part.number}, as sealed" if part.number else "As decided so far"
    boxes = sum(not line.whole for line in account.log)
    gone = len(account.log) - boxes
    yield (
        f"  {account.whole:.1%} of the area of {len(account.pages)} pages is black: {boxes} boxes; "
        f"{gone} pages left out whole."
    )
    for page in account.pages:
        if page.stands_out:
            number = f", page {page.page} of the pack" if page.page else ""
            yield (
                f"  Stands out: {page.document} page {page.source_page}{number}: {page.share:.1%}"
            )
    yield from _inked("person", account.people, "no one person")
    yield from _inked("ground", account.codes, "none")
    yield from _inked("who decided", account.reviewers, "follows from other decisions")
    yield "  By rule: proposed, upheld, precision, recall"
    for rule in account.rules:
        yield (
            f"    {rule.rule}: {rule.proposed}, {rule.upheld}, "
            f"{rule.precision:.1%}, {rule.recall:.1%}"
        )


def _inked(of: str, lines: Sequence[InkLine], nobody: str) -> Iterator[str]:
    yield f"  By {of}: black, boxes"
    for line in lines:
        loud = "  stands out" if line.stands_out else ""
        law = f", {line.against} though the law shows it" if line.against else ""
        yield f"    {line.what or nobody}: {line.share:.2%}, {line.boxes}{law}{loud}"
