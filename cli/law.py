"""``rights law``: the rules as they are held, and how far each provision is built."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rights.law import DatedValue, Law, Rule, Value
    from rights.law.coverage import Built, Covered

app = typer.Typer(help="Show the rules of law, and what is covered.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print data for scripts.")]


@app.command()
def show(
    rule: Annotated[str, typer.Argument(help="Id of a rule; without one, all ids.")] = "",
    on: Annotated[str, typer.Option(help="Only the value in force on this day.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show a rule: what it says from when, by what authority, and how sure we are."""
    from rights.law import load
    from rights.law.coverage import coverage, covering

    law = load()
    day = _day(on) if on else None
    if not rule:
        _list(law, as_json=as_json)
        return
    found = law.rule(rule)
    values = (law.dated(rule, day),) if day else found.values
    serves = covering(rule, coverage())
    if as_json:
        typer.echo(json.dumps(_rule_data(found, values, serves, law.version), indent=2))
        return
    for line in _rule_lines(found, values, serves):
        typer.echo(line)


@app.command("coverage")
def show_coverage(
    status: Annotated[
        str, typer.Option(help="Only: complete, partial, not built or nothing to build.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Show for each Article, section and paragraph how far it is built, and what proves it."""
    from collections import Counter

    from rights.law.coverage import coverage

    wanted = _status(status) if status else None
    entries = [e for e in coverage() if wanted is None or e.status is wanted]
    if as_json:
        typer.echo(json.dumps([asdict(entry) for entry in entries], indent=2))
        return
    for entry in entries:
        typer.echo(f"{entry.provision}: {entry.status.value}. {entry.about}.")
        for label, texts in (
            ("rules", entry.rules),
            ("letters", entry.letters),
            ("tests", entry.tests),
        ):
            if texts:
                typer.echo(f"    {label}: {', '.join(texts)}")
        if entry.missing:
            typer.echo(f"    {entry.missing}")
    counts = Counter(entry.status.value for entry in entries)
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    typer.echo(f"{len(entries)} provisions: {told}.")


def _list(law: Law, *, as_json: bool) -> None:
    rules = law.rules.values()
    if as_json:
        rows = [{"id": r.id, "title": r.title, "status": r.status} for r in rules]
        typer.echo(json.dumps(rows, indent=2))
        return
    width = max(len(rule.id) for rule in rules)
    for rule in rules:
        typer.echo(f"{rule.id:{width}}  {rule.title}")


def _rule_lines(rule: Rule, values: Sequence[DatedValue], serves: Sequence[Covered]) -> list[str]:
    from rights.workdays import english

    sure = f"read on {english(rule.checked_on)}" if rule.checked_on else rule.status
    lines = [f"{rule.id}: {rule.title}", f"{rule.citation} ({sure})", f"Unit: {rule.unit}"]
    for dated in values:
        until = f" until {english(dated.until)}" if dated.until else ""
        lines.append(f"From {english(dated.start)}{until}:{_told(dated.value)}")
        lines.append(f"    {dated.citation}")
        if dated.href:
            lines.append(f"    {dated.href}")
    if rule.note:
        lines.append(f"Note: {rule.note}")
    for entry in serves:
        lines.append(f"Serves {entry.provision}: {entry.status.value}")
        lines += [f"    {test}" for test in entry.tests]
    return lines


def _rule_data(
    rule: Rule, values: Sequence[DatedValue], serves: Sequence[Covered], version: str
) -> dict[str, Any]:
    return {
        "id": rule.id,
        "title": rule.title,
        "act": rule.act,
        "unit": rule.unit,
        "citation": rule.citation,
        "href": rule.href,
        "checked_on": rule.checked_on.isoformat() if rule.checked_on else None,
        "status": rule.status,
        "note": rule.note,
        "values": [
            {
                "from": dated.start.isoformat(),
                "until": dated.until.isoformat() if dated.until else None,
                "value": _plain(dated.value),
                "citation": dated.citation,
                "href": dated.href,
            }
            for dated in values
        ],
        "serves": [
            {"provision": e.provision, "status": e.status.value, "tests": e.tests} for e in serves
        ],
        "law_version": version,
    }


def _plain(value: Value) -> Any:
    """A value of the law as JSON can write it."""
    from collections.abc import Mapping, Sequence

    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return value


def _told(value: Value) -> str:
    """A value as it goes behind a colon: in the same line, or a table in lines of its own."""
    plain = _plain(value)
    if isinstance(plain, bool):
        return " on" if plain else " off"
    if isinstance(plain, list) and all(isinstance(item, str) for item in plain):
        return " " + (", ".join(plain) or "none")
    if isinstance(plain, dict | list):
        import yaml

        text = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=90)
        return "".join(f"\n    {line}" for line in text.splitlines())
    return f" {plain}"


def _status(text: str) -> Built:
    from rights.errors import InputError
    from rights.law.coverage import Built

    try:
        return Built(text.strip().lower())
    except ValueError:
        raise InputError(
            "law.status",
            "There is no status of that name.",
            "Use one of: " + ", ".join(s.value for s in Built) + ".",
        ) from None


def _day(text: str) -> dt.date:
    from rights.errors import InputError

    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise InputError(
            "law.date", "A date cannot be read.", "Write a date such as 2026-11-22."
        ) from None
