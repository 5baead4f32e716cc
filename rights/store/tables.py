"""The tables. They only store: meaning is in the events, secrecy in the sealing.

No column holds personal data in clear. `event.body` holds sealed values, `name_part.digest` keyed
hashes; references, sequence numbers, codes, dates and officers' logins are in clear.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import declared_attr, registry
from sqlmodel import Field, SQLModel

from rights.store.instants import UtcInstant


class StoreTable(SQLModel, registry=registry()):
    """Base of the store's tables, with metadata of its own; ``CaseFileRow`` is ``case_file``."""

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805  # pyright: ignore[reportIncompatibleVariableOverride]
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__.removesuffix("Row")).lower()


class CaseFileRow(StoreTable, table=True):
    """One case. Insert-only; everything that changes is an event."""

    __table_args__ = (UniqueConstraint("year", "number"),)

    case_ref: str = Field(primary_key=True)
    right: str
    year: int
    number: int
    item: str = Field(unique=True)
    """What makes opening safe to repeat: a token, never a file name."""
    opened_at: dt.datetime = Field(sa_type=UtcInstant)


class EventRow(StoreTable, table=True):
    """One event of a case. Insert-only; (case, seq) is unique and has no gaps."""

    case_ref: str = Field(primary_key=True, foreign_key="case_file.case_ref")
    seq: int = Field(primary_key=True)
    kind: str = Field(index=True)
    body: str = Field(sa_type=Text)
    """Canonical JSON whose personal values are sealed; the hash covers these very characters."""
    recorded_at: dt.datetime = Field(sa_type=UtcInstant)
    hash: str


class QuestionRow(StoreTable, table=True):
    """A question to a person; at most one live row for each question of a case."""

    __table_args__ = (
        Index(
            "live_question",
            "case_ref",
            "question",
            unique=True,
            sqlite_where=text("withdrawn_seq IS NULL"),
            postgresql_where=text("withdrawn_seq IS NULL"),
        ),
    )

    case_ref: str = Field(primary_key=True, foreign_key="case_file.case_ref")
    asked_seq: int = Field(primary_key=True)
    question: str
    topic: str
    stage: str
    role: str
    options: str
    """JSON list."""
    due_on: dt.date | None = None
    withdrawn_seq: int | None = None


class AnswerRow(StoreTable, table=True):
    """An answer. Insert-only: one first answer (`supersedes` 0), and each is superseded once."""

    __table_args__ = (
        UniqueConstraint("case_ref", "asked_seq", "supersedes"),
        ForeignKeyConstraint(
            ["case_ref", "asked_seq"], ["question.case_ref", "question.asked_seq"]
        ),
    )

    case_ref: str = Field(primary_key=True)
    answered_seq: int = Field(primary_key=True)
    asked_seq: int
    supersedes: int
    answer: str
    answered_by: str


class DispatchKeyRow(StoreTable, table=True):
    """A dispatch that was started; the key can be used once in a case, so nothing goes twice."""

    case_ref: str = Field(primary_key=True, foreign_key="case_file.case_ref")
    key: str = Field(primary_key=True)
    seq: int


class ReminderKeyRow(StoreTable, table=True):
    """A reminder that left; its key can be used once in the whole store."""

    key: str = Field(primary_key=True)
    case_ref: str = Field(foreign_key="case_file.case_ref")
    seq: int


class NamePartRow(StoreTable, table=True):
    """A keyed hash of a folded part of a name, for the look-up; deleted with the case's key."""

    digest: str = Field(primary_key=True)
    case_ref: str = Field(primary_key=True, foreign_key="case_file.case_ref")


class AccessLogRow(StoreTable, table=True):
    """Who looked at or looked for what. Insert-only and hash-chained."""

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: dt.datetime = Field(sa_type=UtcInstant)
    actor: str
    what: str
    case_ref: str = ""
    hash: str


class KeyDestructionRow(StoreTable, table=True):
    """The key of a case was destroyed, or is being. Insert-only."""

    case_ref: str = Field(primary_key=True, foreign_key="case_file.case_ref")
    at: dt.datetime = Field(sa_type=UtcInstant)
    actor: str
    ground: str


class LeaseRow(StoreTable, table=True):
    """Who is working on a case. `token` only ever grows."""

    case_ref: str = Field(primary_key=True, foreign_key="case_file.case_ref")
    holder: str
    token: int
    expires_at: dt.datetime = Field(sa_type=UtcInstant)


class AccountRow(StoreTable, table=True):
    """A person who may sign in."""

    login: str = Field(primary_key=True)
    password_hash: str
    roles: str
    """JSON list, sorted."""
    failures: int = 0
    locked_until: dt.datetime | None = Field(default=None, sa_type=UtcInstant)
    disabled: bool = False


class SignInRow(StoreTable, table=True):
    """A desk session. Only the hash of its token is kept."""

    token_hash: str = Field(primary_key=True)
    login: str = Field(foreign_key="account.login", index=True)
    expires_at: dt.datetime = Field(sa_type=UtcInstant)
    revoked: bool = False


class SuppressionRow(StoreTable, table=True):
    """A keyed mark of somebody who was erased or is not written to. Rows may be removed."""

    mark: str = Field(primary_key=True)
    purpose: str = Field(primary_key=True)
    order_key: str = Field(primary_key=True)
    added_on: dt.date


METADATA: Any = StoreTable.metadata
INSERT_ONLY = (
    "case_file",
    "event",
    "answer",
    "dispatch_key",
    "reminder_key",
    "access_log",
    "key_destruction",
)
"""Tables on which triggers forbid UPDATE and DELETE."""
