"""``rights identity``: index tables of people, search and link them, compare names, audit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rights.identity import Candidate, Index
    from rights.identity.anytable import PeopleTable
    from rights.identity.proof import Asked

app = typer.Typer(no_args_is_help=True)

PARTIAL = 3
"""Exit code when something was left out, and everything else was done."""
_TOLD = 20  # rows or cells left out that are told one by one

Tables = Annotated[
    list[str], typer.Argument(help="CSV, XLSX, Parquet, JSON, XML or SQLite files, or addresses.")
]
MappingFile = Annotated[
    Path | None,
    typer.Option("--mapping", help="YAML: which column holds what. Without: the own names."),
]
IndexAt = Annotated[str, typer.Option("--index", help="The index: a file, or postgresql://...")]
OutFile = Annotated[
    Path | None, typer.Option("--out", help="CSV or Parquet, by its ending. Without: printed.")
]
Explain = Annotated[bool, typer.Option("--explain", help="Add the bars of the score as JSON.")]


@app.command("index")
def index_tables(
    tables: Tables,
    index: IndexAt,
    mapping: MappingFile = None,
    update: Annotated[
        bool, typer.Option("--update", help="Read only these tables again; keep the others.")
    ] = False,
    workers: Annotated[int, typer.Option(help="Processes that prepare records.")] = 1,
) -> None:
    """Build the index of people from tables, or bring some of its tables up to date."""
    from rights.identity import build_index, update_index

    sources = [_table(table, mapping, several=len(tables) > 1) for table in tables]
    write = update_index if update else build_index
    report = write(_target(index), sources, workers=workers)
    for name, count in report.records.items():
        typer.echo(f"{name}: {count} records, {report.without_key[name]} without a key.")
    typer.echo(f"{report.added} rows written, {report.removed} taken out.")
    _finish(sources, len(report.failed))


@app.command("search")
def search_index(
    index: IndexAt,
    queries: Annotated[str, typer.Option("--queries", help="A table with a row for each query.")],
    out: OutFile = None,
    mapping: MappingFile = None,
    explain: Explain = False,
    guards: Annotated[bool, typer.Option(help="Guards send doubtful matches to review.")] = True,
) -> None:
    """Find the records of each person asked for: a row for each candidate."""
    from rights.identity import Settings, search_norm
    from rights.identity.fit import fit
    from rights.identity.keys import query_keys
    from rights.identity.link import sample
    from rights.identity.normalise import of_person
    from rights.identity.weights import load_weights

    asked = _table(queries, mapping)
    opened = _open(index)
    norms = sample(asked)
    if len(norms) >= load_weights().prior.measured_from:
        opened.weights = fit(opened, norms, load_weights())
    limits: dict[str, int] = {}
    empty = rejected = 0

    def rows() -> Iterator[list[object]]:
        nonlocal empty, rejected
        for person in asked.people():
            norm = of_person(person)
            if not query_keys(norm):
                empty += 1
                continue
            result = search_norm(opened, norm, settings=Settings(guards=guards))
            rejected += result.rejected
            for limit in result.limits:
                limits[limit] = limits.get(limit, 0) + 1
            for candidate in result.candidates:
                yield [person.key, *_row(candidate, explain)]

    written = _write(out, ["query", "source", *_columns(explain)], rows())
    typer.echo(f"{written} candidates; {rejected} more were rejected.", err=True)
    _tell_limits(limits, empty)
    _finish([asked], 0, empty)


@app.command("link")
def link_tables(
    left: Annotated[str, typer.Argument(help="The table whose rows are looked for.")],
    right: Annotated[str, typer.Argument(help="The table in which; the same one to find doubles.")],
    mapping: MappingFile = None,
    right_mapping: Annotated[
        Path | None, typer.Option("--right-mapping", help="If the right table has other columns.")
    ] = None,
    out: OutFile = None,
    best: Annotated[
        bool, typer.Option("--best", help="Only the likeliest of each left row, from one half.")
    ] = False,
    min_p: Annotated[
        float | None, typer.Option("--min-p", help="Only pairs of at least this probability.")
    ] = None,
    guards: Annotated[bool, typer.Option(help="Guards send doubtful matches to review.")] = True,
    explain: Explain = False,
    workers: Annotated[int, typer.Option(help="Processes that prepare records.")] = 1,
) -> None:
    """Pair the rows of two tables that are one person's, or find doubles within one."""
    from rights.identity.link import Rule, linking

    same = left == right or ("://" not in left and Path(left).resolve() == Path(right).resolve())
    one = _table(left, mapping)
    other = one if same else _table(right, right_mapping or mapping)
    with linking(one, other, workers=workers) as ready:
        found = ready.pairs(one, Rule(best, min_p, guards), same=same)
        rows = ([pair.left, *_row(pair.candidate, explain)[1:]] for pair in found)
        written = _write(out, ["left", *_columns(explain)], rows)
    typer.echo(f"{written} pairs from {ready.asked} rows.", err=True)
    _tell_limits(ready.limits, ready.unsearchable)
    _finish([one] if same else [one, other], 0, ready.unsearchable)


@app.command("compare-names")
def compare_names(
    one: Annotated[str, typer.Argument(help='A name, as "Amy Khan" or "KHAN, Amy".')],
    other: Annotated[str, typer.Argument(help="Another.")],
) -> None:
    """Say how well two names agree, part by part: the level, why, and the bits.

    Try:

      rights identity compare-names "Kasia Nowak" "NOWAK, Katarzyna"

      rights identity compare-names "Muhammad Ibrahim Khan" "Mohammed Yusuf Khan"

      rights identity compare-names "Siobhán O'Brien" "Shivaun O Brien-Kelly"
    """
    from rights.identity.explain import names_as_text
    from rights.sources.fullname import split_full_name

    typer.echo(names_as_text(split_full_name(one), split_full_name(other)))


@app.command("audit")
def audit_index(
    index: IndexAt,
    queries: Annotated[
        str | None, typer.Option("--queries", help="A table of queries; without: a sample.")
    ] = None,
    mapping: MappingFile = None,
    sample: Annotated[int, typer.Option(help="Records of the index taken as queries.")] = 100,
    out: OutFile = None,
    least: Annotated[
        float, typer.Option(help="Recall of matches below which the command fails.")
    ] = 0.998,
) -> None:
    """Weigh every record of the index for some queries, and list what a search would miss."""
    from collections import Counter

    from rights.errors import IntegrityError
    from rights.identity.keys import query_keys
    from rights.identity.normalise import of_person
    from rights.identity.proof import Asked, prove, sampled

    opened = _open(index)
    asked: list[Asked] = []
    table = _table(queries, mapping) if queries else None
    if table:
        norms = ((person.key, of_person(person)) for person in table.people())
        asked = [Asked(key, norm) for key, norm in norms if query_keys(norm)]
    else:
        asked = sampled(opened, sample)
    proof = prove(opened, asked)
    typer.echo(
        f"{proof.queries} queries against {opened.size} records: {proof.shown} should be shown, "
        f"{proof.sure} of them as matches."
    )
    typer.echo(
        f"The keys bring up {proof.recall:.5f} of all, {proof.recall_of_sure:.5f} of the matches."
    )
    for cause, count in Counter(item.cause for item in proof.missed).most_common():
        typer.echo(f"    missed {count}: {cause}")
    missed = ([m.query, m.source, m.key, f"{m.p_same:.6f}", m.cause] for m in proof.missed)
    if out:
        _write(out, ["query", "source", "key", "p_same", "cause"], missed)
    if proof.recall_of_sure < least:
        raise IntegrityError(
            "identity.recall",
            f"The keys bring up less than {least} of what a search should show.",
            "Look at what was missed (`--out`); names or dates may be mapped to wrong columns.",
        )
    if table:
        _finish([table], 0)


def _table(table: str, mapping: Path | None, *, several: bool = False) -> PeopleTable:
    from rights.identity.anytable import called, open_people

    return open_people(table, mapping, called(table) if several else "")


def _target(index: str) -> Path | str:
    return index if "://" in index else Path(index)


def _open(index: str) -> Index:
    from rights.identity import open_index

    return open_index(_target(index))


def _columns(explain: bool) -> list[str]:
    columns = ["key", "p_same", "p_family", "band", "guards", "sentence"]
    return [*columns, "bars"] if explain else columns


def _row(candidate: Candidate, explain: bool) -> list[object]:
    """Source and the values of `_columns`."""
    import json
    from dataclasses import asdict

    row: list[object] = [
        candidate.source,
        candidate.key,
        round(candidate.p_same, 6),
        round(candidate.p_family, 6),
        candidate.band.value,
        " ".join(guard.code for guard in candidate.guards),
        candidate.sentence,
    ]
    if explain:
        row.append(json.dumps([asdict(bar) for bar in candidate.bars], ensure_ascii=False))
    return row


def _write(out: Path | None, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Writes a table, as CSV to the screen without `out`; the number of rows."""
    import csv
    import os
    import sys

    from rights.errors import InputError

    if out is None:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        count = 0
        for row in rows:
            writer.writerow(row)
            count += 1
        return count
    # Names and dates of birth stand in it: readable by its owner only, from the first byte.
    try:
        os.close(os.open(out, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600))
    except OSError:
        raise InputError(
            "identity.out",
            "The file for the results cannot be written.",
            "Check that the folder of `--out` is there and may be written to.",
        ) from None
    if out.suffix.lower() in (".parquet", ".pq"):
        from rights.identity.parquet import write_parquet

        return write_parquet(out, columns, rows)
    with out.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        count = 0
        for row in rows:
            writer.writerow(row)
            count += 1
        return count


def _tell_limits(limits: dict[str, int], empty: int) -> None:
    for limit, count in limits.items():
        typer.echo(f"Limit, in {count} searches: {limit}", err=True)
    if empty:
        typer.echo(f"{empty} rows hold nothing to search by and were not looked for.", err=True)


def _finish(tables: Sequence[PeopleTable], failed: int, empty: int = 0) -> None:
    """Tells what was left out; ends with `PARTIAL` when anything was."""
    left = empty
    for table in tables:
        if table.error:
            typer.echo(f"{table.error.sentence} {table.error.next_step}", err=True)
        for note in table.notes()[:_TOLD]:
            typer.echo(f"{table.name}: {note}", err=True)
        for fault in table.faults()[:_TOLD]:
            typer.echo(f"{table.name}: {fault.sentence}", err=True)
        count = table.left_out()
        if count > _TOLD:
            typer.echo(f"{table.name}: {count - _TOLD} more like these.", err=True)
        left += count
    if failed == len(tables):
        raise typer.Exit(2)
    if failed or left:
        raise typer.Exit(PARTIAL)
