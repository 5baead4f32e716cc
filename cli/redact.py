"""``rights redact``: the engine by itself, for people and scripts; no case, office or key."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from casework.wallclock import utc_now

if TYPE_CHECKING:
    from pydantic import BaseModel

    from casework.redacting.reading import Given
    from redaction.exchange.base import UnreadableOut

app = typer.Typer(no_args_is_help=True)

PASSED, NOT_ALL = 0, 1
"""Exit codes; 2 is an input that cannot be used, or a refusal: nothing was written."""

T = TypeVar("T", bound="BaseModel")
Docs = Annotated[
    list[Path],
    typer.Argument(help="Files of any kind that is read; of a folder all that is in it."),
]
Workers = Annotated[int, typer.Option(help="Processes side by side.", min=1, max=64)]


@app.command()
def find(
    docs: Docs,
    people: Annotated[Path, typer.Option(help="The people of the record (YAML or JSON).")],
    out: Annotated[Path, typer.Option(help="Where the findings go (JSON).")],
    text: Annotated[
        bool, typer.Option("--text", help="The files are plain text; offsets are into them.")
    ] = False,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Add the text that offsets point into.")
    ] = False,
    finder: Annotated[
        list[str] | None,
        typer.Option(help="An optional finder: spacy=FOLDER, gliner=FOLDER, presidio."),
    ] = None,
    decisions: Annotated[
        Path | None, typer.Option(help="Learn from what was decided on some of these documents.")
    ] = None,
    workers: Workers = 2,
) -> None:
    r"""Find people, identifiers and passages; 1 if anything could not be read.

    PEOPLE.yaml says whom to look for; names alone will do:

    \b
    version: 1
    people:
      - names: [{forenames: Amy Louise, surname: Khan}]
        role: subject
      - names: [{forenames: Susan, surname: Smith-Jones}]

    With --text the offsets are into the text as given, in characters; `-` reads what is piped in.
    Exit codes: 0 all was read, 1 something could not be (it is listed), 2 nothing was written.
    """
    from importlib.metadata import version

    from casework.redacting.finding import find_in, findings_file, learned_from
    from casework.redacting.reading import read_texts
    from redaction.exchange import DecisionsFile, PeopleFile
    from redaction.find.suggest import load_finder
    from rights.law import load

    record = _given(people, PeopleFile)
    decided = _given(decisions, DecisionsFile) if decisions else None
    _can_write(out)
    named = [f.partition("=") for f in finder or ()]
    finders = [load_finder(name, Path(folder) if folder else None) for name, _, folder in named]
    given = read_texts(docs) if text else _read(docs, workers)
    law = load()
    found = find_in(given, record, law, _today())
    if decided is not None:
        with _scratch() as scratch:
            learned = learned_from(given, found, decided, Path(scratch))
        finders += [learned] if learned else []
    file = findings_file(
        given, found, law, version("rightsdesk"), with_text=with_text, finders=finders
    )
    _write(out, file.model_dump_json(indent=1).encode())
    typer.echo(
        f"{len(file.documents)} document(s), {sum(d.pages for d in file.documents)} page(s): "
        f"{len(file.findings)} finding(s), {len(file.capitals)} capitalised string(s) to look at, "
        f"{sum(d.hidden for d in file.documents)} hidden item(s)."
    )
    _tell(file.unreadable)


@app.command("apply")
def apply_(
    docs: Docs,
    decisions: Annotated[Path, typer.Option(help="What was decided (YAML or JSON).")],
    out: Annotated[Path, typer.Option(help="A new or empty folder for the files.")],
    must_not: Annotated[
        Path | None,
        typer.Option(help="Where the list for `verify` goes: personal data, it stays with you."),
    ] = None,
    workers: Workers = 2,
) -> None:
    """Make new files as decided, each verified; nothing is written unless all of it passes."""
    from casework.redacting.applying import apply_decisions
    from redaction.exchange import DecisionsFile
    from rights.errors import InputError
    from rights.law import load

    decided = _given(decisions, DecisionsFile)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(
            "redact.out", "The folder for the files is not empty.", "Name a new or empty folder."
        )
    if must_not is not None:
        _can_write(must_not)
        if out.resolve() in must_not.resolve().parents:
            raise InputError(
                "redact.list_leaves",
                "The list would lie among the files that leave, and it holds what is withheld.",
                "Name a place outside that folder.",
            )
    given = _read(docs, workers)
    with _scratch() as scratch:
        done = apply_decisions(
            given, decided, load(), _today(), scratch=Path(scratch), workers=workers
        )
    for chain in done.chains:
        where = sorted({f"{c.span.document} page {c.span.page}" for c in chain.clues})
        typer.echo(
            f"Look again: {chain.person} is withheld by name, and what stays in sight may still "
            f"tell who it is ({', '.join(sorted({c.what for c in chain.clues}))}): "
            f"{', '.join(where[:5])}.",
            err=True,
        )
    out.mkdir(parents=True, exist_ok=True)
    for file in done.files:
        _write(out / file.name, file.data)
        typer.echo(f"{file.name} is {file.document}")
    if must_not is not None:
        _write(must_not, done.check.model_dump_json(indent=1).encode())
    typer.echo(
        f"{len(done.files)} file(s) written and verified; {done.boxes} box(es), "
        f"{done.left_out} page(s) left out."
    )


@app.command()
def verify(
    folder: Annotated[Path, typer.Argument(help="The files that are to leave.")],
    must_not: Annotated[Path, typer.Option(help="What must not be in them (YAML or JSON).")],
    thorough: Annotated[
        bool,
        typer.Option(
            "--thorough", help="Read every page again by OCR, not only scans and pictures."
        ),
    ] = False,
    workers: Workers = 2,
) -> None:
    """Check finished PDFs, every one of a folder; 1 if anything is wrong."""
    from casework.redacting.checking import verify_folder
    from redaction.exchange import MustNotFile

    wanted = _given(must_not, MustNotFile)
    with _scratch() as scratch:
        checked = verify_folder(
            folder, wanted, scratch=Path(scratch), workers=workers, thorough=thorough
        )
    for fault in checked.faults:
        where = f"file {fault.file}" if fault.file else "the folder"
        page = f", page {fault.page}" if fault.page else ""
        typer.echo(f"{where}{page}: {fault.check}: {fault.cause}", err=True)
    if checked.faults:
        typer.echo(f"{len(checked.faults)} fault(s): nothing of this may leave.", err=True)
        raise typer.Exit(NOT_ALL)
    typer.echo(
        f"{checked.files} file(s), {checked.pages} page(s), {checked.read_again} of them read "
        "again by OCR: nothing wrong was found."
    )


@app.command()
def inspect(
    docs: Docs,
    as_json: Annotated[bool, typer.Option("--json", help="Print data for scripts.")] = False,
    workers: Workers = 2,
) -> None:
    """Show what is hidden in a file; 1 if anything could not be read."""
    from casework.redacting.inspecting import hidden_in

    found = hidden_in(_read(docs, workers))
    if as_json:
        typer.echo(found.model_dump_json(indent=1))
    else:
        for document in found.documents:
            inside = f" inside {document.parent}" if document.parent else ""
            typer.echo(
                f"{document.id}{inside}: {document.name} ({document.media_type or 'not read'}), "
                f"{document.pages} page(s), {document.hidden} hidden item(s)"
            )
            for item in found.hidden:
                if item.document == document.id:
                    page = f", page {item.page}" if item.page else ""
                    shown = " ".join(item.text.split())
                    kind = item.kind.value.replace("_", " ")
                    typer.echo(f"  {kind}, {item.where}{page}: {shown}")
            for eyes in found.needs_eyes:
                if eyes.document == document.id:
                    typer.echo(f"  page {eyes.page} needs a person's eyes: {eyes.why}")
    _tell(found.unreadable)


@app.command()
def schema(
    name: Annotated[
        str, typer.Argument(help="people, findings, decisions, must-not or hidden.")
    ] = "",
) -> None:
    """Print the JSON Schema of a kind of file; without a name, the kinds there are."""
    from redaction.exchange import KINDS, shipped_schema

    typer.echo(shipped_schema(name) if name else "\n".join(KINDS), nl=not name)


def _given(path: Path, model: type[T]) -> T:
    from redaction.exchange import read_file
    from rights.errors import InputError

    try:
        data = path.read_bytes()
    except OSError:
        raise InputError(
            "redact.no_file", "A file that is named cannot be opened.", "See whether it is there."
        ) from None
    return read_file(data, model)


def _read(docs: list[Path], workers: int) -> tuple[Given, ...]:
    from casework.redacting.reading import read_files

    with _scratch() as scratch:
        return read_files(docs, Path(scratch), workers)


def _scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder that only this user may open, gone when the work ends."""
    return tempfile.TemporaryDirectory(prefix="rights-redact-")


def _can_write(path: Path) -> None:
    from rights.errors import InputError

    if not path.parent.is_dir() or path.is_dir():
        raise InputError(
            "redact.cannot_write", "The file cannot be written there.", "Name a file in a folder."
        )


def _write(path: Path, data: bytes) -> None:
    """Written whole or not at all, and for this user's eyes: it may hold personal data."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
        try:
            part.write(data)
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).replace(path)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise


def _tell(unreadable: tuple[UnreadableOut, ...]) -> None:
    for item in unreadable:
        typer.echo(f"{item.document} could not be read: {item.why} {item.next_step}", err=True)
    if unreadable:
        raise typer.Exit(NOT_ALL)


def _today() -> dt.date:
    from rights.clock.fold import LONDON

    return utc_now().astimezone(LONDON).date()
