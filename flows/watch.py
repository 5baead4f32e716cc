"""Deadline watch and Sweep: scheduled, computed from the store and never from the tick."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from casework.reminders import watch
from prefect import flow

from casework.sweep import tidy
from flows.board import show_boards
from flows.desk_hours import answering
from flows.forms import field
from flows.next_stage import start
from rights.errors import InputError, RightsdeskError


@flow(name="Deadline watch", flow_run_name="deadline watch")
def deadline_watch(
    dry_run: Annotated[
        bool, field(1, "Only show", "Say what would be sent, and send nothing.")
    ] = False,
    today: Annotated[
        str, field(2, "As if today were", "yyyy-MM-dd; leave empty for today in London.")
    ] = "",
) -> Any:
    """Remind of what is due, by the council's rules; safe to run twice and to miss."""
    with answering() as (office, answer):
        sent = watch(office, _day(today) or office.today(), dry_run=dry_run)
        verb = "would be sent" if dry_run else "sent"
        answer.say(f"{len(sent)} reminder(s) {verb}.")
        for line in sent:
            answer.say(line)
        show_boards(office)
    return answer.state()


@flow(name="Sweep", flow_run_name="sweep")
def sweep() -> Any:
    """Find work that was lost, clear what was left behind, sign the day's anchors."""
    with answering() as (office, answer):
        for line in tidy(office):
            answer.say(line)
        for ref in office.store.cases():
            try:
                done = start(office, ref)
            except RightsdeskError as error:
                answer.say(f"{ref}: {error.sentence} [{error.code}]")
                continue
            if done not in (None, "under way"):
                answer.say(f"{ref}: {done}")
        show_boards(office)
    return answer.state()


def _day(text: str) -> dt.date | None:
    if not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise InputError(
            "watch.today",
            "The day is not written as yyyy-MM-dd.",
            "Write it as 2026-11-22, or leave it empty.",
        ) from None
