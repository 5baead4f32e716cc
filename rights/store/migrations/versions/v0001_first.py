"""Cases, events, questions, look-up, access log, leases, accounts, and the insert-only triggers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from rights.store.instants import UtcInstant

revision = "v0001"
down_revision = None

_INSERT_ONLY = (
    "case_file",
    "event",
    "answer",
    "dispatch_key",
    "reminder_key",
    "access_log",
    "key_destruction",
)
_KEYS = {
    "case_file": "case_ref = NEW.case_ref",
    "answer": "case_ref = NEW.case_ref AND answered_seq = NEW.answered_seq",
    "dispatch_key": "case_ref = NEW.case_ref AND key = NEW.key",
    "reminder_key": "key = NEW.key",
    "key_destruction": "case_ref = NEW.case_ref",
}


def _text(name: str, *extra: sa.ForeignKey, primary: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), *extra, nullable=False, primary_key=primary)


def _case(primary: bool = False) -> sa.Column[str]:
    return _text("case_ref", sa.ForeignKey("case_file.case_ref"), primary=primary)


def _number(name: str, primary: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, primary_key=primary, autoincrement=False)


def upgrade() -> None:
    """Makes all tables and triggers."""
    _case_tables()
    _question_tables()
    _once_tables()
    _office_tables()
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_triggers()
    else:
        _postgresql_triggers()


def _case_tables() -> None:
    op.create_table(
        "case_file",
        _text("case_ref", primary=True),
        _text("right"),
        _number("year"),
        _number("number"),
        _text("item"),
        sa.Column("opened_at", UtcInstant(), nullable=False),
        sa.UniqueConstraint("year", "number"),
        sa.UniqueConstraint("item"),
    )
    op.create_table(
        "event",
        _case(primary=True),
        _number("seq", primary=True),
        _text("kind"),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("recorded_at", UtcInstant(), nullable=False),
        _text("hash"),
    )
    op.create_index("ix_event_kind", "event", ["kind"])


def _question_tables() -> None:
    op.create_table(
        "question",
        _case(primary=True),
        _number("asked_seq", primary=True),
        _text("question"),
        _text("topic"),
        _text("stage"),
        _text("role"),
        _text("options"),
        sa.Column("due_on", sa.Date()),
        sa.Column("withdrawn_seq", sa.Integer()),
    )
    live = sa.text("withdrawn_seq IS NULL")
    op.create_index(
        "live_question",
        "question",
        ["case_ref", "question"],
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )
    op.create_table(
        "answer",
        _text("case_ref", primary=True),
        _number("answered_seq", primary=True),
        _number("asked_seq"),
        _number("supersedes"),
        _text("answer"),
        _text("answered_by"),
        sa.ForeignKeyConstraint(
            ["case_ref", "asked_seq"], ["question.case_ref", "question.asked_seq"]
        ),
        sa.UniqueConstraint("case_ref", "asked_seq", "supersedes"),
    )


def _once_tables() -> None:
    op.create_table("dispatch_key", _case(primary=True), _text("key", primary=True), _number("seq"))
    op.create_table("reminder_key", _text("key", primary=True), _case(), _number("seq"))
    op.create_table("name_part", _text("digest", primary=True), _case(primary=True))


def _office_tables() -> None:
    op.create_table(
        "access_log",
        _number("id", primary=True),
        sa.Column("at", UtcInstant(), nullable=False),
        _text("actor"),
        _text("what"),
        _text("case_ref"),
        _text("hash"),
    )
    op.create_table(
        "key_destruction",
        _case(primary=True),
        sa.Column("at", UtcInstant(), nullable=False),
        _text("actor"),
        _text("ground"),
    )
    op.create_table(
        "lease",
        _case(primary=True),
        _text("holder"),
        _number("token"),
        sa.Column("expires_at", UtcInstant(), nullable=False),
    )
    op.create_table(
        "account",
        _text("login", primary=True),
        _text("password_hash"),
        _text("roles"),
        _number("failures"),
        sa.Column("locked_until", UtcInstant()),
        sa.Column("disabled", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "sign_in",
        _text("token_hash", primary=True),
        _text("login", sa.ForeignKey("account.login")),
        sa.Column("expires_at", UtcInstant(), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_sign_in_login", "sign_in", ["login"])


def _sqlite_triggers() -> None:
    for table in _INSERT_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
            )
    # INSERT OR REPLACE deletes without a delete trigger unless the connection asks for one.
    for table, same in _KEYS.items():
        exists = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - names from above
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {exists} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
        )
    op.execute(
        "CREATE TRIGGER event_in_order BEFORE INSERT ON event WHEN NEW.seq <> (SELECT "
        "coalesce(max(seq), 0) + 1 FROM event WHERE case_ref = NEW.case_ref) "
        "BEGIN SELECT RAISE(ABORT, 'event is out of order'); END"
    )
    op.execute(
        "CREATE TRIGGER access_log_in_order BEFORE INSERT ON access_log "
        "WHEN NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM access_log) "
        "BEGIN SELECT RAISE(ABORT, 'access_log is out of order'); END"
    )


def _postgresql_triggers() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; "
        "END $$"
    )
    for table in _INSERT_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
