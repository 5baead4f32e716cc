"""Events, tampering and forks for the store's tests."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from rights import failpoints
from rights.events import Actor, Attested
from rights.events.kinds import (
    CaseOpened,
    DispatchStarted,
    PeopleRecorded,
    QuestionAnswered,
    QuestionAsked,
    QuestionWithdrawn,
    ReminderSent,
)
from rights.release import Right

OFFICER = Actor(login="officer", attested=Attested.DESK)
CANARY = "Zebedee Quillfeather-Okonkwo"


class Clock:
    """A clock that stands until the test moves it."""

    def __init__(self) -> None:
        self.time = dt.datetime(2026, 2, 5, 9, 14, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.time

    def advance(self, **by: float) -> None:
        self.time += dt.timedelta(**by)


def opened() -> CaseOpened:
    return CaseOpened(
        actor=OFFICER,
        right=Right.ACCESS,
        channel="letter",
        received_on=dt.date(2026, 1, 31),
        received_by="front desk",
    )


def people(text: str = CANARY) -> PeopleRecorded:
    return PeopleRecorded(actor=OFFICER, people=text)


def asked(question: str = "cast/P03/name", role: str = "officer") -> QuestionAsked:
    return QuestionAsked(
        actor=OFFICER,
        question=question,
        topic="cast",
        stage="review",
        role=role,
        text=f"May {CANARY} be named?",
        options=("disclose", "withhold"),
        due_on=dt.date(2026, 2, 20),
    )


def answered(
    answer: str = "withhold", question: str = "cast/P03/name", supersedes: int = 0
) -> QuestionAnswered:
    return QuestionAnswered(actor=OFFICER, question=question, answer=answer, supersedes=supersedes)


def withdrawn(question: str = "cast/P03/name") -> QuestionWithdrawn:
    return QuestionWithdrawn(actor=OFFICER, question=question, why="no longer needed")


def dispatch(key: str = "part-1") -> DispatchStarted:
    return DispatchStarted(actor=OFFICER, key=key, sha256="00", channel="folder")


def reminder(key: str) -> ReminderSent:
    return ReminderSent(
        actor=OFFICER, key=key, rule="due-soon", sent_on=dt.date(2026, 2, 6), to_role="officer"
    )


def execute(url: str, *statements: str) -> None:
    """Statements on the bare database, as its administrator could give them."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        connection = sqlite3.connect(str(parsed.database), isolation_level=None)
        try:
            for statement in statements:
                connection.execute(statement)
        finally:
            connection.close()
        return
    plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as server:
        for statement in statements:
            server.execute(statement.encode())


def tamper(url: str, *statements: str) -> None:
    """The same with the triggers switched off, as an intruder would."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            off = [f"DROP TRIGGER {name}" for (name,) in names.fetchall()]
        connection.close()
        execute(url, *off, *statements)
    else:
        execute(url, "SET session_replication_role = replica", *statements)


def dump(url: str) -> str:
    """Every stored value of every table, and for SQLite the raw files too."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        path = Path(str(parsed.database))
        return "".join(p.read_bytes().decode("latin-1") for p in path.parent.iterdir())
    plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as server:
        tables = server.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        ).fetchall()
        return "".join(
            str(server.execute(f'SELECT * FROM "{name}"'.encode()).fetchall()) for (name,) in tables
        )


def in_child(work: Callable[[], object], failpoint: str | None = None) -> str:
    """Runs work in a forked child: 'done', 'failed', or 'killed' at the failpoint."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            if failpoint:
                failpoints.arm(failpoint)
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return "killed"
    return "done" if os.waitstatus_to_exitcode(status) == 0 else "failed"
