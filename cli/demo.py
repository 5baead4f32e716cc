"""The main job from receipt to a sealed pack, on a synthetic council, without a server."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.demo_rights import NAMES, show

if TYPE_CHECKING:
    from casework.office import Office
    from casework.questions import SignedIn
    from casework.work import StageRun
    from rights.case import Question
    from rights.release import CaseRef

SHOWN = ("access", *NAMES)
"""The rights that can be shown."""


def demo(
    seed: Annotated[int, typer.Option(help="Another seed, another family.")] = 1,
    home: Annotated[Path | None, typer.Option(help="Where to put everything.")] = None,
    right: Annotated[str, typer.Option(help=f"{', '.join(SHOWN)}, or all.")] = "access",
) -> None:
    """Run one right's request from receipt to the sent reply; access makes the pack as well."""
    from rich.console import Console

    from casework.settings import Settings

    console = Console()
    began = time.perf_counter()
    folder = home or Settings().home / f"demo-{seed}"
    if right not in (*SHOWN, "all"):
        raise typer.BadParameter(f"Choose one of: {', '.join(SHOWN)}, all.", param_hint="--right")
    shutil.rmtree(folder, ignore_errors=True)
    with console.status("Making a council, a family and their files ..."):
        _generate(folder / "council", seed)
    for name in NAMES:
        if right in (name, "all"):
            show(name, folder / "council", folder / name, console)
    if right in NAMES:
        console.print(f"All of it took {time.perf_counter() - began:.0f} s.")
        return
    office = _office(folder)
    staff, passwords = staff_of(office)
    ref = _receive(office, folder)
    _paper_arrives(folder, ref)
    console.print(f"Received: [bold]{ref}[/]")
    runs: list[StageRun] = []
    _work(office, ref, folder, staff, console, runs)
    _report(office, ref, folder, runs, console)
    _desk(folder, passwords)
    console.print(f"All of it took {time.perf_counter() - began:.0f} s.")


def _generate(out: Path, seed: int) -> None:
    from casework.settings import REPOSITORY

    command = [sys.executable, "-m", "demo", str(out), "--seed", str(seed)]
    subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)


def _office(folder: Path) -> Office:
    from casework.office import open_office
    from casework.settings import Settings

    office = open_office(
        Settings(home=folder, systems=folder / "council", council=_own_data(folder / "own"))
    )
    office.settings.intake.mkdir(parents=True, exist_ok=True, mode=0o700)
    return office


def _own_data(folder: Path) -> Path:
    """The example council's own data, and what the demo lays over them: returns, a paper store."""
    from casework.settings import REPOSITORY

    for part in (REPOSITORY / "council", REPOSITORY / "demo" / "council"):
        shutil.copytree(part, folder, dirs_exist_ok=True)
    return folder


def _paper_arrives(folder: Path, ref: CaseRef) -> None:
    """Copies from the store lie in the folder of the case before anybody enters the return."""
    place = folder / "council" / "returned" / "paper_files"
    (place / "as found").rename(place / ref)


def staff_of(office: Office) -> tuple[dict[str, SignedIn], dict[str, str]]:
    """The demo's accounts, each signed in with a password drawn just now."""
    import secrets

    from casework.settings import REPOSITORY
    from casework.signin import check
    from rights.law.yamlfile import parse_yaml

    listed = parse_yaml((REPOSITORY / "demo" / "staff.yaml").read_bytes())
    staff: dict[str, SignedIn] = {}
    passwords: dict[str, str] = {}
    for account in listed["accounts"]:
        login = account["login"]
        passwords[login] = secrets.token_urlsafe(12)
        office.store.add_account(login, passwords[login], account["roles"])
        staff[login] = check(office, login, passwords[login])
    return staff, passwords


def _receive(office: Office, folder: Path) -> CaseRef:
    from casework import intake
    from casework.receive import Receipt, receive
    from rights.events import Actor, Attested
    from rights.release import Right

    letter = folder / "council" / "requests" / "item-1.pdf"
    shutil.copy(letter, office.settings.intake / letter.name)
    (item,) = intake.items(office.settings.intake)
    receipt = Receipt(
        right=Right.ACCESS,
        channel="letter",
        received_on=office.today() - dt.timedelta(days=2),
        received_by="Information Governance",
        danger=False,
        item=item.code,
    )
    return receive(office, receipt, Actor(login="officer1", attested=Attested.COMMAND))


def _work(
    office: Office,
    ref: CaseRef,
    folder: Path,
    staff: dict[str, SignedIn],
    console: Any,
    runs: list[StageRun],
) -> None:
    from casework.together import groups_of
    from casework.work import work_on
    from cli.rehearse import Rehearsal

    rehearsal = Rehearsal(office, staff, decisions(), people_on_the_letter(folder / "council"))
    while True:
        with console.status("Working ..."):
            next_ = work_on(office, ref, "demo", runs.append)
        if not next_.waiting:
            return
        topics = {q.topic for q in next_.waiting}
        stop_if_stuck(ref, next_.waiting)
        holds = [q for q in office.case(ref).open_questions if q.topic == "hold"]
        asked = (*next_.waiting, *holds)
        kinds = len(groups_of(asked))
        count = rehearsal.answer_waiting(ref, asked)
        said = "1 answer" if count == 1 else f"{count} answers in {kinds} decisions"
        console.print(f"  {said}: {', '.join(sorted(topics))}")


def decisions() -> dict[str, Any]:
    """The rules by which the demo's officers decide."""
    from casework.settings import REPOSITORY
    from rights.law.yamlfile import parse_yaml

    return parse_yaml((REPOSITORY / "demo" / "decisions.yaml").read_bytes())


def stop_if_stuck(ref: CaseRef, waiting: Iterable[Question]) -> None:
    """End the demo where a step failed or the independent check refused.

    Raises:
        RightsdeskError: ``demo.stopped``.
    """
    from rights.errors import RightsdeskError

    topics = {q.topic for q in waiting}
    if topics & {"refused", "stuck"}:
        raise RightsdeskError(
            "demo.stopped",
            f"{ref} needs a person: {', '.join(sorted(topics))}.",
            f"Look at it: rights case why {ref}",
        )


def people_on_the_letter(council: Path) -> dict[str, Any]:
    """What an officer types from the request letter, and what the service says must not slip."""
    truth = json.loads((council / "truth.json").read_text(encoding="utf-8"))
    subject = next(p for p in truth["people"] if p["key"] == truth["subject"])
    numbers = dict(subject["identifiers"])
    name = subject["names"][0]
    address = subject["addresses"][-1] if subject["addresses"] else ""  # where she writes from
    full = f"{name['forenames']} {name['surname']}"
    return {
        "subject": {
            "names": [
                {"forenames": n["forenames"], "surname": n["surname"], "kind": n["kind"]}
                for n in subject["names"]
            ],
            "date_of_birth": subject["date_of_birth"],
            "addresses": subject["addresses"],
            "nhs": numbers.get("nhs", ""),
            "phones": subject["phones"],
            "emails": subject["emails"],
        },
        "requester": "self",
        "recipient": {
            "name": full,
            "address": [line.strip() for line in address.split(",") if line.strip()],
            "channel": "post",
        },
        "support": {"helps": ["call before"]},
        "asked_for": "All the records the council holds about me and my time in care.",
        # A surname alone can be an ordinary word; the full name stands beside it.
        "protected_facts": [
            f["text"] for f in truth["protected_facts"] if f["id"] != "referrer-surname"
        ],
    }


def _report(office: Office, ref: CaseRef, folder: Path, runs: list[StageRun], console: Any) -> None:
    from rich.table import Table

    from casework.account_of import account_of

    times = Table("Stage", "Times", "Seconds", title="How long each stage took")
    for stage in dict.fromkeys(run.stage for run in runs):
        took = [run.seconds for run in runs if run.stage == stage]
        times.add_row(stage, str(len(took)), f"{sum(took):.1f}")
    console.print(times)
    account = account_of(office, ref)
    withheld = Table("What", "Why", "Boxes", title="What was withheld, and why")
    for line in account.withheld:
        withheld.add_row(line.what, line.citation, str(line.boxes))
    console.print(withheld)
    console.print(f"{account.pages} pages in the pack, {account.pages_disclosed} from the files.")
    for note in account.notes:
        console.print(f"  {note}")
    out = folder / "pack"
    out.mkdir(exist_ok=True)
    for name, data in account.files.items():
        (out / name).write_bytes(data)
    console.print(f"The pack, opened for you: [bold]{out / f'{ref}-pack.pdf'}[/]")
    console.print(f"As sent, under a passphrase: {office.settings.outbox}")


def _desk(folder: Path, passwords: dict[str, str]) -> None:
    lines = [
        f"RIGHTS_HOME={folder}",
        f"RIGHTS_SYSTEMS={folder / 'council'}",
        f"RIGHTS_COUNCIL={folder / 'own'}",
    ]
    typer.echo(f"To look around at the desk: {' '.join(lines)} .venv/bin/rights desk")
    for login, password in passwords.items():
        typer.echo(f"    {login}  {password}")
