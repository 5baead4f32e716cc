"""The other rights on the demo council, each from receipt to the sent reply."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.demo_sources import changes, count_sources
from cli.rehearse_rules import filled

if TYPE_CHECKING:
    from casework.office import Office
    from casework.questions import SignedIn
    from cli.demo_sources import Counted
    from rights.case import Case
    from rights.release import CaseRef, Right

NAMES = (
    "erasure",
    "rectification",
    "restriction",
    "objection",
    "consent",
    "automated",
    "portability",
    "complaint",
)
"""The rights besides access, as the command line calls them."""


def right_named(name: str) -> Right:
    """The right of this name on the command line."""
    from rights.release import Right

    return next(r for r in Right if r.value.split()[0] == name)


def show(name: str, council: Path, folder: Path, console: Any) -> None:
    """Take one request from receipt to its end in a council of its own, and say what became of it.

    Args:
        name: One of `NAMES`.
        council: A generated council; copied, because its systems are changed.
        folder: Where everything goes; emptied first.
        console: Where it is said.
    """
    from casework.settings import REPOSITORY
    from cli.demo import staff_of
    from rights.law.yamlfile import parse_yaml

    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(council, folder / "council")
    rules = parse_yaml((REPOSITORY / "demo" / "rights.yaml").read_bytes())
    office = _office(folder)
    try:
        staff, _ = staff_of(office)
        about = ""
        if earlier := rules[name].get("about"):
            about = _to_the_end(office, folder, staff, rules, earlier, {})
        before = count_sources(office)
        ref = _to_the_end(office, folder, staff, rules, name, {"about": about})
        _say(office, office.case(ref), before, folder, console)
    finally:
        office.store.close()


def _office(folder: Path) -> Office:
    """The demo's office with leave to write to every database of its council."""
    from casework.office import open_office
    from casework.settings import Settings
    from rights.sources import load_mapping
    from rights.sources.actions.sql import sqlite_write_url

    systems = folder / "council"
    known = [load_mapping(p) for p in sorted((Settings().council / "sources").glob("*.yaml"))]
    urls = {
        m.name: sqlite_write_url(systems / m.location)
        for m in known
        if m.kind == "sql" and m.actions is not None
    }
    office = open_office(Settings(home=folder, systems=systems, source_write_urls=urls))
    office.settings.intake.mkdir(parents=True, exist_ok=True, mode=0o700)
    return office


def _to_the_end(
    office: Office,
    folder: Path,
    staff: Mapping[str, SignedIn],
    rules: Mapping[str, Any],
    name: str,
    words: Mapping[str, str],
) -> CaseRef:
    """Receive the request of a right and answer what it asks until it is closed."""
    from casework.work import work_on
    from cli.demo import decisions, people_on_the_letter, stop_if_stuck
    from cli.rehearse import Rehearsal

    mine = rules[name]
    people = people_on_the_letter(folder / "council")
    people["asked_for"] = mine["asked_for"]
    known = {**words, "email": people["subject"]["emails"][0]}
    received = office.today() - dt.timedelta(days=mine.get("days_ago", 2))
    ref = _receive(office, name, str(mine["letter"]), people, received)
    ruled = filled([*mine["answers"], *rules["all"]], known)
    rehearsal = Rehearsal(office, dict(staff), {**decisions(), "answers": ruled}, people)
    while waiting := work_on(office, ref, "demo").waiting:
        stop_if_stuck(ref, waiting)
        rehearsal.answer_waiting(ref, waiting)
    return ref


def _receive(
    office: Office, name: str, words: str, people: Mapping[str, Any], on: dt.date
) -> CaseRef:
    from casework import intake
    from casework.receive import Receipt, receive
    from rights.events import Actor, Attested

    message = EmailMessage()
    message["From"] = people["subject"]["emails"][0]
    message["To"] = office.council.letterhead.email
    message["Subject"] = "My data"
    message.set_content(f"Hello,\n\n{words}\n{people['recipient']['name']}\n")
    (office.settings.intake / f"{name}.eml").write_bytes(message.as_bytes(policy=SMTP))
    (item,) = intake.items(office.settings.intake)
    receipt = Receipt(
        right=right_named(name),
        channel="email",
        received_on=on,
        received_by="Information Governance",
        danger=False,
        item=item.code,
    )
    return receive(office, receipt, Actor(login="officer1", attested=Attested.COMMAND))


def _say(office: Office, case: Case, before: Counted, folder: Path, console: Any) -> None:
    from casework.clock import clock_of

    clock = clock_of(office, case)
    due = f"due {_day(clock.due)}" if clock.due else "the law sets no day for the outcome"
    assert case.closed is not None and case.received_on is not None
    console.rule(f"{case.right.value.capitalize()}, {case.ref}", align="left")
    _line(console, f"Received {_day(case.received_on)}, {due}, answered {_day(case.sent_on)}.")
    console.print("Decided:")
    for line in _decided(office, case):
        _line(console, line)
    _line(console, f"The whole: [bold]{case.closed.outcome}[/]")
    console.print("In the systems, before and after, read again:")
    changed = [
        f"{what}: {was} -> {now}" for what, was, now in changes(before, count_sources(office))
    ]
    by_hand = sum(1 for a in case.actions.values() if a.done and a.done.by_hand)
    if by_hand:
        changed.append(f"done by hand, with the proof brought back: {by_hand}")
    for line in changed or ["nothing was to change, and nothing did"]:
        _line(console, line)
    untold = sum(1 for told in case.told.values() if told.told_on is None)
    console.print(f"Letters, opened for you in {folder / 'letters'}:")
    for line in _letters(office, case, folder):
        _line(console, line)
    if untold:
        _line(console, f"{untold} kind(s) of recipients had nothing and were not written to")


def _line(console: Any, text: str) -> None:
    console.print(f"  {text}", soft_wrap=True, highlight=False)


def _decided(office: Office, case: Case) -> list[str]:
    """What people weighed and decided on the way, the like ones as one line."""
    from rights.decisions.record import OUTCOME

    found: dict[str, int] = {}
    for question in case.answered("assess"):
        if question.answer is None or question.answer.value == _EACH:
            continue
        weighed = question.body.get("kind") in ("group", "record")
        count = len(question.body["records"]) if weighed else 1
        said = f"{question.answer.value} ({question.answer.login})"
        found[said] = found.get(said, 0) + (count if weighed else 0)
    lines = [f"{n} record(s): {said}" if n else said for said, n in found.items()]
    for made in case.decisions:
        event = made.event
        if event.matter == OUTCOME or event.matter.startswith("assess/point/"):
            cited = "; ".join(_cited(office, r, event.decided_on) for r in event.rules)
            lines.append(
                f"{event.outcome} ({event.actor.login}){f', under {cited}' if cited else ''}"
            )
    return lines


_EACH = "decide record by record"


def _cited(office: Office, rule: str, day: dt.date) -> str:
    return office.law.dated(rule, day).citation


def _letters(office: Office, case: Case, folder: Path) -> list[str]:
    """Write every letter of the case in clear to the demo's folder; its file and its reader."""
    out = folder / "letters"
    out.mkdir(exist_ok=True)
    known = office.council.register.recipients
    rows: list[str] = []
    for letter in case.letters.values():
        code = letter.letter.split("/")[1] if letter.letter.startswith("recipient/") else ""
        name = f"{case.ref}-{letter.letter.replace('/', '-').removesuffix('-letter')}.pdf"
        (out / name).write_bytes(office.store.get_file(case.ref, letter.file))
        rows.append(f"{name}, to {known[code].text if code else 'the person'}")
    for part in case.parts:
        if part.seal is not None:
            name = f"{case.ref}-reply.pdf"
            (out / name).write_bytes(office.store.get_file(case.ref, part.seal.event.letter_file))
            rows.append(f"{name}, to the person: sealed, approved by {part.seal.approved_by}, sent")
    return rows


def _day(day: dt.date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "not yet"
