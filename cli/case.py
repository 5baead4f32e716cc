"""List cases, show one, say what is missing and why anything is as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from casework.explained import Reason
    from casework.why import RuleLine, Why

app = typer.Typer(no_args_is_help=True)

Reference = Annotated[str, typer.Argument(help="Case reference, such as SAR-2026-0041-K.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]


@app.command("list")
def list_cases(as_json: AsJson = False) -> None:
    """Every open case with its due date and what it waits for; no names."""
    from casework.boards import rows
    from cli._office import office

    table = rows(office())
    if as_json:
        typer.echo(json.dumps([row.as_dict() for row in table], indent=2))
        return
    from rich.console import Console
    from rich.table import Table

    out = Table("Reference", "Right", "Received", "Due", "Days left", "Waits for")
    for row in table:
        out.add_row(row.ref, row.right, row.received, row.due, row.left, row.waits_for)
    Console().print(out)


@app.command()
def show(ref: Reference) -> None:
    """The timeline of one case: what happened, when, and who did it; no personal data."""
    from casework.boards import timeline
    from cli._office import office

    for line in timeline(office(), ref):
        typer.echo(line)


@app.command()
def why(
    ref: Reference,
    decision: Annotated[
        str, typer.Option(help="Why this: the id of a decision or of an answered question.")
    ] = "",
    letter: Annotated[
        str, typer.Option(help="Why this letter: its id, or 'reply' for the answer.")
    ] = "",
    date: Annotated[
        str, typer.Option(help="Why this date: due, notice, target, 'reply day' or opinion.")
    ] = "",
    facts: Annotated[
        bool, typer.Option("--facts", help="With --decision: the facts too. Looking is journaled.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """What is missing and who can supply it; or why a decision, a letter or a date is as it is."""
    from casework import explained
    from casework.why import why as stands
    from cli._office import office
    from rights.errors import InputError

    if sum(map(bool, (decision, letter, date))) > 1 or (facts and not decision):
        raise InputError(
            "why.options",
            "These options do not go together.",
            "Ask about one decision, one letter or one date; --facts goes with --decision.",
        )
    if decision:
        login = f"{_account()} at the command line"
        found = explained.why_decision(office(), ref, decision, login, facts=facts)
    elif letter:
        found = explained.why_letter(office(), ref, letter)
    elif date:
        found = explained.why_date(office(), ref, date)
    else:
        whole = stands(office(), ref)
        told = json.dumps(whole.as_dict(), indent=2) if as_json else "\n".join(_lines(whole))
        typer.echo(told)
        return
    told = json.dumps(asdict(found), indent=2, default=str)
    typer.echo(told if as_json else "\n".join(_reason(found)))


def _account() -> str:
    import getpass

    return getpass.getuser()


def _reason(found: Reason) -> Iterator[str]:
    yield found.what
    yield from (f"  {line}" for line in found.lines)
    if found.rules:
        yield "Rules:"
        yield from (f"  {line}" for rule in found.rules for line in _rule(rule))
    if found.facts is not None:
        yield "Facts (personal data):"
        yield from (f"  {name}: {value}" for name, value in found.facts.items())


def _rule(rule: RuleLine) -> Iterator[str]:
    until = f" until {rule.until.isoformat()}" if rule.until else ""
    sure = "" if rule.status == "checked" else f", {rule.status}"
    yield f"{rule.id}: {rule.title}"
    yield f"    {rule.citation}; in force from {rule.start.isoformat()}{until}{sure}"


def _lines(whole: Why) -> Iterator[str]:
    due = whole.due.isoformat() if whole.due else whole.clock
    left = "" if whole.days_left is None else f", {whole.days_left} days left"
    yield f"{whole.case}: {whole.right}, received {whole.received_on.isoformat()}, due {due}{left}"
    yield f"Next: {whole.next}" + ("; it starts by itself." if whole.by_itself else ".")
    counts = whole.documents
    yield f"Documents: {counts['sent']} sent, {counts['ready']} ready, {counts['waiting']} waiting."
    if ahead := whole.effort:
        rates = "" if ahead.measured else ", by the rates of another machine"
        room = ahead.as_dict()
        yield (
            f"Still ahead: {ahead.in_words()} of this machine{rates}; "
            f"{room['needs_mb']} MB of {room['free_mb']} MB that are free."
        )
    for part in whole.parts:
        when = f" on {part.sent_on.isoformat()}" if part.sent_on else ""
        last = ", the last" if part.last else ""
        held = f"; held up by {', '.join(part.holds_up)}" if part.holds_up else ""
        yield f"Part {part.part}{last}: {part.documents} documents, {part.state}{when}{held}"
    yield f"Missing: {len(whole.missing) or 'nothing'}"
    for item in whole.missing:
        count = item.documents
        holds = "the answer" if count is None else f"{count} document(s)" if count else "nothing"
        since = f", since {item.since.isoformat()}" if item.since else ""
        by = f", by {item.due_on.isoformat()}" if item.due_on else ""
        yield f"  {item.question}: {item.role}{since}{by}; holds up {holds}"
    for block in whole.blocks:
        yield f"Forbidden: {block.sentence} [{block.citation}]"
    for concern in whole.warnings:
        yield f"Look at: {concern.sentence} [{concern.citation}]"
    yield from (f"Breach: {line}" for line in whole.breaches)
    for made in whole.decisions:
        stands = "" if made.in_force else " (no longer in force)"
        changed = ", which has since changed" if made.law_changed else ""
        yield (
            f"Decided {made.decided_on.isoformat()}: {made.matter}: {made.outcome}, by {made.by}, "
            f"{made.id}, under law data {made.law}{changed}{stands}"
        )
